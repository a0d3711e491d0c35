"""Point 4: the world's exporters, their shares and places, and who alone grew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.brief.exports import average, years_text
from tidewaiter.bulletin.document import Point
from tidewaiter.model.key import WORLD
from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from tidewaiter.bulletin.brief.desk import Desk
    from tidewaiter.bulletin.document import Runs
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key

_LEADERS = 3


def world_point(desk: Desk) -> Point | None:
    """Share and place in the lead; the leaders' shares and their change; average growth; who alone grew."""
    world = desk.exports.but(reporter=WORLD)
    years = [period for period in desk.periods(world) if period.is_year]
    if not desk.exporters or not years:
        return None
    year = years[-1]
    share, place = desk.pen.find(desk.exports, "share", year, "reporter"), _rank(desk, desk.exports, year)
    if share is None or place is None:
        return None
    slots = {"year": desk.when(year), "reporter": desk.area(desk.reporter), "goods": desk.goods}
    lead = desk.say("world.lead", share=desk.pen.percent(share), place=desk.place(place), **slots)
    shares = [_item(desk, key, years) for key in desk.exporters[: max(_LEADERS, int(place.value))]]
    opened = desk.say.clauses([desk.say("world.open", **slots)], "colon")
    listed = desk.say.clauses([_semicolons(desk, [item for item in shares if item])])
    told = [(*opened, *(() if desk.lang == "zh" else (" ",)), *listed)]
    told.append(desk.say.clauses(_average(desk, world)))
    told.append(desk.say.clauses([_only(desk, year, place)]))
    return Point(desk.say.sentences(told), lead)


def _semicolons(desk: Desk, items: list[Runs]) -> Runs:
    """Items that hold commas themselves."""
    ends = ["semicolon"] * (len(items) - 1) + ["no_end"]
    return tuple(run for item, end in zip(items, ends, strict=True) for run in desk.say.clauses([item], end))


def _rank(desk: Desk, key: Key, year: Period) -> Figure | None:
    found = desk.pen.find(key, "rank", year, "share:exporters")
    return found if found is not None and not found.interval.width else None


def _item(desk: Desk, key: Key, years: list[Period]) -> Runs:
    pen = desk.pen
    share, place = pen.find(key, "share", years[-1], "reporter"), _rank(desk, key, years[-1])
    moved = pen.find(key, "pp_change", Period.span(years[0], years[-1]), "share:reporter")
    if share is None or place is None or moved is None:
        return ()
    return desk.say(
        "world.item",
        {"value": moved.value},
        name=desk.area(key.reporter),
        share=pen.percent(share),
        place=desk.place(place),
        points=pen.points(moved),
        from_year=desk.when(years[0]),
    )


def _average(desk: Desk, world: Key) -> list[Runs]:
    ours, whole = average(desk, desk.exports), average(desk, world)
    if ours is None or ours.value < 0:
        return []
    words = {
        "n": str(ours.id.period.months // 12 - 1),
        "years": years_text(desk, ours),
        "reporter": desk.area(desk.reporter),
        "goods": desk.goods,
    }
    told = [desk.say("world.average", ours=desk.pen.percent(ours), **words)]
    if whole is not None:
        said = desk.pen.percent(whole)
        told.append(desk.say("world.average.all", {"value": whole.value}, world=said, goods=desk.goods))
    return told


def _only(desk: Desk, year: Period, place: Figure) -> Runs:
    """前3大出口國中唯一正成長, with the falls of the others."""
    if place.value > _LEADERS:
        return ()
    leaders = desk.exporters[:_LEADERS]
    growths = {key: found for key in leaders if (found := desk.pen.find(key, "yoy", year)) is not None}
    ours = growths.get(desk.exports)
    others = [found for key, found in growths.items() if key != desk.exports]
    if (
        ours is None
        or ours.interval.low <= 0
        or len(growths) < _LEADERS
        or any(o.interval.high >= 0 for o in others)
    ):
        return ()
    fell = [
        desk.say("world.fell", name=desk.area(each.id.key.reporter), rate=desk.pen.percent(each))
        for each in others
    ]
    return desk.say(
        "world.only",
        goods=desk.goods,
        year=desk.when(year),
        n=desk.pen.said(str(_LEADERS), place),
        reporter=desk.area(desk.reporter),
        only=desk.pen.phrase("only_positive", ours, *others),
        yoy=desk.pen.percent(ours),
        others=desk.say.listed(fell),
    )
