"""Point 3: the reporter's share in the imports of the main importer, its place and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.brief.exports import above_last_year
from tidewaiter.bulletin.document import Point
from tidewaiter.bulletin.release.desk import sentence_case

if TYPE_CHECKING:
    from tidewaiter.bulletin.brief.desk import Desk
    from tidewaiter.bulletin.document import Runs
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period


def importer_point(desk: Desk) -> Point | None:
    """Lead with place and share; the leader; when the place was won; the last year; the latest span."""
    whole = desk.importer
    if whole is None or not desk.suppliers:
        return None
    ours, periods = whole.but(partner=desk.reporter), desk.periods(whole)
    share = desk.pen.find(ours, "share", periods[-1], "partner")
    place = _rank(desk, ours, periods[-1])
    if share is None or place is None:
        return None
    years = [period for period in periods if period.is_year]
    told = [desk.say.clauses([_top(desk, periods, ours)]), desk.say.clauses([_since(desk, ours, periods)])]
    if years:
        told.append(desk.say.clauses(_year(desk, whole, ours, years[-1])))
    if not periods[-1].is_year:
        told.append(desk.say.clauses(_span(desk, ours, periods[-1])))
    return Point(desk.say.sentences(told), _lead(desk, share, place))


def _lead(desk: Desk, share: Figure, place: Figure) -> Runs:
    at = int(place.value)
    name = desk.area(desk.reporter)
    slots = {
        "reporter": name,
        "Reporter": sentence_case(name),
        "importer": desk.area(share.id.key.reporter),
        "goods": desk.goods,
        "span": desk.when(share.id.period),
    }
    said = desk.pen.percent(share)
    if at == 1:
        return desk.say("importer.lead.first", share=said, **slots)
    from tidewaiter.phrases.numbers import ordinal_en  # noqa: PLC0415

    n, nth = desk.pen.said(str(at), place), desk.pen.said(ordinal_en(at), place)
    return desk.say("importer.lead", share=said, n=n, nth=nth, **slots)


def _rank(desk: Desk, key: Key, period: Period) -> Figure | None:
    found = desk.pen.find(key, "rank", period, "share:partners")
    return found if found is not None and not found.interval.width else None


def _top(desk: Desk, periods: list[Period], ours: Key) -> Runs:
    """The leader and the range of its shares, where it has led all along and is not the reporter."""
    leader = desk.suppliers[0]
    shares = [desk.pen.find(leader, "share", period, "partner") for period in periods]
    places = [_rank(desk, leader, period) for period in periods]
    known = [share for share in shares if share is not None]
    last = places[-1]
    led = last is not None and all(place is not None and place.value == 1 for place in places)
    if leader == ours or not led or last is None or len(known) < len(periods):
        return ()
    least, most = (pick(known, key=lambda each: each.value) for pick in (min, max))
    name = desk.area(leader.partner)
    return desk.say(
        "importer.top",
        name=name,
        Name=sentence_case(name),
        least=desk.pen.percent(least),
        most=desk.pen.percent(most),
        place=desk.place(last),
    )


def _since(desk: Desk, ours: Key, periods: list[Period]) -> Runs:
    """我國自2019年起超越中國大陸，居次: the first year of the unbroken run at the present place."""
    places = [_rank(desk, ours, period) for period in periods]
    now = places[-1]
    if now is None:
        return ()
    name = desk.area(desk.reporter)
    at = len(places) - 1
    while at > 0 and (before := places[at - 1]) is not None and before.value == now.value:
        at -= 1
    won, before = places[at], places[at - 1] if at else None
    if won is None or before is None or before.value < now.value:
        return desk.say("importer.stays", reporter=name, place=desk.place(now))
    passed = _at_place(desk, periods[at - 1], now.value, ours)
    if passed is None:
        return desk.say("importer.stays", reporter=name, place=desk.place(now))
    year = desk.pen.said(desk.when(periods[at]), won, before)
    return desk.say(
        "importer.since", reporter=name, year=year, name=desk.area(passed.partner), place=desk.place(now)
    )


def _at_place(desk: Desk, period: Period, place: float, ours: Key) -> Key | None:
    """Who held a place in a period."""
    for key in desk.suppliers:
        found = _rank(desk, key, period)
        if key != ours and found is not None and found.value == place:
            return key
    return None


def _year(desk: Desk, whole: Key, ours: Key, year: Period) -> list[Runs]:
    pen = desk.pen
    level, yoy = pen.find(whole, "level", year), pen.find(whole, "yoy", year)
    mine, share = pen.find(ours, "yoy", year), pen.find(ours, "share", year, "partner")
    if level is None or yoy is None or mine is None or share is None:
        return []
    names = {"importer": desk.area(whole.reporter), "goods": desk.goods, "year": desk.when(year)}
    total = desk.say(
        "importer.total", {"value": yoy.value}, level=pen.amount(level), yoy=pen.percent(yoy), **names
    )
    values = {"value": mine.value, "total": yoy.value}
    slots = {"yoy": pen.percent(mine), "share": pen.percent(share)}
    return [total, desk.say("importer.ours", values, reporter=desk.area(desk.reporter), **slots)]


def _span(desk: Desk, ours: Key, span: Period) -> list[Runs]:
    pen = desk.pen
    level, yoy = pen.find(ours, "level", span), pen.find(ours, "yoy", span)
    if level is None or yoy is None:
        return []
    slots = {"level": pen.amount(level), "yoy": pen.percent(yoy)}
    names = {"span": desk.when(span), "reporter": desk.area(desk.reporter), "goods": desk.goods}
    names["importer"] = desk.area(ours.reporter)
    told = [desk.say("importer.span", {"value": yoy.value}, **slots, **names)]
    return [*told, above_last_year(desk, ours, span)]
