"""Part 6: other economies, each with the span it has published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.dates import span_text
from tidewaiter.bulletin.document import Block, Heading, NumberedList, Paragraph, Point
from tidewaiter.bulletin.release.desk import REPORTER, Desk
from tidewaiter.bulletin.release.spec import PEERS
from tidewaiter.model.key import Key

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Runs
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.period import Period


def peers(desk: Desk, number: str) -> list[Block]:
    """The part; nothing when the release has no other economy."""
    flows = [(flow, growths(desk, flow)) for flow in ("exports", "imports")]
    told = [(flow, found) for flow, found in flows if len(found) > 1]
    if not told:
        return []
    points = tuple(
        Point(
            desk.say.clauses([desk.say.listed([_item(desk, each) for each in found])]),
            desk.say(f"peers.lead.{flow}"),
        )
        for flow, found in told
    )
    return [
        Heading(desk.say("part.peers", n=number)),
        Paragraph(desk.say.clauses([desk.say("peers.open")], "colon")),
        NumberedList(points, "(1)"),
    ]


def growths(desk: Desk, flow: str) -> list[Figure]:
    """Cumulative growth of each economy over its own latest span, the fastest first."""
    found = []
    for code in (REPORTER, *PEERS):
        key = Key(code, flow)
        span = _latest_span(desk, key)
        growth = span and desk.pen.find(key, "yoy", span)
        if growth:
            found.append(growth)
    return sorted(found, key=lambda figure: -figure.value)


def _latest_span(desk: Desk, key: Key) -> Period | None:
    """The longest cumulative span of the year that is printed, up to the month told."""
    spans = [
        period
        for period in desk.pen.own.periods(key)
        if period.end_year == desk.month.end_year
        and period.is_year_to_date
        and period.last <= desk.month.last
    ]
    return max(spans, key=lambda period: period.last, default=None)


def _item(desk: Desk, growth: Figure) -> Runs:
    return desk.say(
        "peers.item",
        {"value": growth.value, "exports": float(growth.id.key.flow == "exports")},
        name=desk.area(growth.id.key.reporter),
        span=span_text(growth.id.period, desk.lang),
        rate=desk.pen.percent(growth),
    )
