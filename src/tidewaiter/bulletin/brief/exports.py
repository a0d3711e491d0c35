"""Points 1 and 2: exports of the product and the main partner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.document import Point
from tidewaiter.bulletin.release.desk import sentence_case
from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from tidewaiter.bulletin.brief.desk import Desk
    from tidewaiter.bulletin.document import Runs
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key

_YEARS_ENOUGH = 9


def exports_point(desk: Desk) -> Point | None:
    """The latest span in the lead, the last full year and the range of growth, the place of the span."""
    periods = desk.periods(desk.exports)
    level = desk.pen.find(desk.exports, "level", periods[-1]) if periods else None
    if level is None:
        return None
    pen, say = desk.pen, desk.say
    years = [period for period in periods if period.is_year]
    yoy = pen.find(desk.exports, "yoy", periods[-1])
    slots = {"span": desk.when(periods[-1]), "goods": desk.goods}
    if yoy is not None:
        lead = say(
            "exports.lead", {"value": yoy.value}, level=pen.amount(level), yoy=pen.percent(yoy), **slots
        )
    else:
        lead = say("exports.lead.level", level=pen.amount(level), **slots)
    sentences = [say.clauses([_year(desk, years[-1]), _range(desk, years)])] if years else []
    if not periods[-1].is_year:
        sentences.append(say.clauses(_place(desk, periods[-1])))
    return Point(say.sentences(sentences), lead)


def _year(desk: Desk, year: Period) -> Runs:
    level, yoy = (desk.pen.find(desk.exports, name, year) for name in ("level", "yoy"))
    if level is None or yoy is None:
        return ()
    said = {"level": desk.pen.amount(level), "yoy": desk.pen.percent(yoy)}
    names = {"year": desk.when(year), "goods": desk.goods}
    return desk.say("exports.year", {"value": yoy.value}, **said, **names)


def _range(desk: Desk, years: list[Period]) -> Runs:
    """Least and most growth, where every year rose."""
    growths = [found for year in years if (found := desk.pen.find(desk.exports, "yoy", year)) is not None]
    if len(growths) < len(years) or len(years) < 3 or any(each.interval.low <= 0 for each in growths):  # noqa: PLR2004
        return ()
    least, most = (pick(growths, key=lambda each: each.value) for pick in (min, max))
    return desk.say(
        "exports.range",
        first=desk.when(years[0]),
        least_year=desk.when(least.id.period),
        least=desk.pen.percent(least),
        most_year=desk.when(most.id.period),
        most=desk.pen.percent(most),
    )


def _place(desk: Desk, span: Period) -> list[Runs]:
    """創歷年同期新高, 已超越2023年全年."""
    pen = desk.pen
    told: list[Runs] = []
    same = pen.find(desk.exports, "rank", span, "level:same_period")
    if same is not None and same.interval.high == 1 and int(dict(same.detail)["count"]) >= _YEARS_ENOUGH:
        told.append((pen.phrase("record.same_period", same),))
    if passed := above_last_year(desk, desk.exports, span):
        told.append(passed)
    if told:
        told[0] = desk.say("exports.span", span=desk.when(span), goods=desk.goods, place=told[0])
    return told


def above_last_year(desk: Desk, key: Key, span: Period) -> Runs:
    """已超越2023年全年, or nothing."""
    found = desk.pen.find(key, "exceeds", span, "full_year")
    if found is None or found.interval.low < 1:
        return ()
    return (desk.pen.phrase("exceeds.year", found, year=desk.when(span.whole_year().year_ago())),)


def partner_point(desk: Desk) -> Point | None:
    """The main partner: average growth, its share then and now; the partner that lost most."""
    if not desk.partners:
        return None
    key = desk.partners[0]
    span = desk.periods(desk.exports)[-1]
    share = desk.pen.find(key, "share", span, "partner")
    if share is None:
        return None
    name = desk.area(key.partner)
    names = {"name": name, "Name": sentence_case(name), "goods": desk.goods}
    lead = desk.say("partner.lead", span=desk.when(span), share=desk.pen.percent(share), **names)
    grown = _average(desk, key, name)
    whose = desk.say.text("whose.also" if grown else "whose.alone")
    told = [desk.say.clauses([grown, *share_moves(desk, key, whose)])]
    if (loser := _loser(desk)) is not None:
        theirs = desk.say.text("whose.other", name=desk.area(loser.partner), goods=desk.goods)
        told.append(desk.say.clauses(share_moves(desk, loser, theirs)))
    return Point(desk.say.sentences(told), lead)


def _average(desk: Desk, key: Key, name: str) -> Runs:
    found = average(desk, key)
    if found is None:
        return ()
    words = {
        "n": str(found.id.period.months // 12 - 1),
        "years": years_text(desk, found),
        "name": name,
        "goods": desk.goods,
    }
    return desk.say("partner.average", {"value": found.value}, average=desk.pen.percent(found), **words)


def average(desk: Desk, key: Key) -> Figure | None:
    """Average growth over the years of the tables, by the narrowest route."""
    years = [period for period in desk.periods(desk.exports) if period.is_year]
    if len(years) < 3:  # noqa: PLR2004
        return None
    return desk.pen.find(key, "average_annual_growth", Period.span(years[0], years[-1]))


def years_text(desk: Desk, found: Figure) -> str:
    """2018-2023: the years of growth, the base year left off."""
    period = found.id.period
    return f"{period.start_year + 1}{'-' if desk.lang == 'zh' else '–'}{period.end_year}"


def share_moves(desk: Desk, key: Key, whose: str) -> list[Runs]:
    """占比由2017年8.1%升至2023年73.0%, 2024年1-9月續升至78.9%."""
    periods = [p for p in desk.periods(key) if desk.pen.find(key, "share", p, "partner") is not None]
    years = [period for period in periods if period.is_year]
    if len(years) < 2:  # noqa: PLR2004
        return []
    old, new, now = (
        desk.pen.figure(key, "share", at, "partner") for at in (years[0], years[-1], periods[-1])
    )
    value = new.value - old.value
    told = [
        desk.say(
            "share.move", {"value": value}, whose=whose,
            from_year=desk.when(years[0]), old=desk.pen.percent(old),
            to_year=desk.when(years[-1]), new=desk.pen.percent(new),
        )
    ]  # fmt: skip
    if periods[-1] != years[-1] and now.value != new.value:
        values = {"value": now.value - new.value, "before": value}
        told.append(desk.say("share.then", values, span=desk.when(periods[-1]), share=desk.pen.percent(now)))
    return told


def _loser(desk: Desk) -> Key | None:
    """The partner whose share fell most from the first year to the last, if any fell."""
    years = [period for period in desk.periods(desk.exports) if period.is_year]
    if len(years) < 2:  # noqa: PLR2004
        return None
    span = Period.span(years[0], years[-1])
    moved = [
        (found.value, key)
        for key in desk.partners
        if (found := desk.pen.find(key, "pp_change", span, "share:partner")) is not None
    ]
    worst = min(moved, default=None)
    return worst[1] if worst is not None and worst[0] < 0 else None
