"""The headline and part 7, the summary: chosen by weight among what happened. No outlook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.document import Block, Heading, NumberedList, Point
from tidewaiter.bulletin.release import clauses
from tidewaiter.bulletin.release.desk import BALANCE, EXPORTS, IMPORTS, Desk, sentence_case
from tidewaiter.bulletin.release.spec import SCHEMES
from tidewaiter.bulletin.release.totals import paragraph

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Runs
    from tidewaiter.bulletin.release.parts import Scheme
    from tidewaiter.model.key import Key

_LEADERS = 3


def headline(desk: Desk) -> Runs:
    """What is worth most: exports always, then the balance or imports where they made a record."""
    level, yoy = desk.find(EXPORTS, "level"), desk.find(EXPORTS, "yoy")
    if level is None:
        return ()
    parts = [desk.say("headline.exports", level=desk.pen.amount(level)), clauses.record(desk, EXPORTS)]
    if yoy is not None:
        parts.append(desk.say("headline.yoy", {"value": yoy.value}, value=desk.pen.percent(yoy)))
    parts.append(clauses.streak(desk, EXPORTS))
    return desk.say("headline", month=desk.month_name, parts=desk.say.clauses(parts, "no_end"))


def summary(desk: Desk, number: str) -> list[Block]:
    """The part: totals, products, markets."""
    by_name = {scheme.name: scheme for scheme in SCHEMES}
    points = [
        _point(desk, "summary.total", _totals(desk)),
        _point(desk, "summary.groups", _leaders(desk, by_name["groups"])),
        _point(desk, "summary.markets", _markets(desk, by_name["markets"])),
    ]
    told = tuple(point for point in points if point is not None)
    return [Heading(desk.say("part.summary", n=number)), NumberedList(told, "(1)")] if told else []


def _point(desk: Desk, lead: str, runs: Runs) -> Point | None:
    return Point(runs, desk.say(lead)) if runs else None


def _totals(desk: Desk) -> Runs:
    parts = []
    for key in (EXPORTS, IMPORTS, BALANCE):
        level = desk.find(key, "level")
        if level is None:
            continue
        amount = desk.pen.amount(level, size=True)
        head = desk.say(f"total.{key.flow}", {"value": level.value}, month=desk.month_name, level=amount)
        told = [head, clauses.record(desk, key) if level.value > 0 else ()]
        if key is not BALANCE:
            told.append(clauses.streak(desk, key))
        parts.append(told)
    return paragraph(desk, parts)


def _leaders(desk: Desk, scheme: Scheme) -> Runs:
    """Which groups moved exports most: their points of its growth."""
    rate = desk.find(scheme.whole, "yoy")
    items = []
    for key in clauses.by_size(desk, list(scheme.keys))[:_LEADERS]:
        found = desk.find(key, "contribution", scheme.dimension)
        if found is not None:
            name, points = scheme.label(desk, key), desk.pen.points(found)
            items.append(
                desk.say("summary.contribution.item", {"value": found.value}, name=name, points=points)
            )
    if rate is None or not items:
        return ()
    told = desk.say.listed(items)
    values = {"value": rate.value}
    return desk.say.clauses(
        [desk.say("summary.contribution", values, rate=desk.pen.percent(rate), items=told)]
    )


def _markets(desk: Desk, scheme: Scheme) -> Runs:
    found = [(share.value, key) for key in scheme.keys if (share := desk.find(key, "share", "partner"))]
    items: list[Runs] = []
    for _, key in sorted(found, key=lambda pair: -pair[0])[:3]:
        share = desk.find(key, "share", "partner")
        if share is not None:
            name = _sentence_name(desk, scheme, key, first=not items)
            items.append(desk.say("summary.share.item", name=name, share=desk.pen.percent(share)))
    return desk.say.clauses([desk.say("summary.shares", items=desk.say.listed(items))]) if items else ()


def _sentence_name(desk: Desk, scheme: Scheme, key: Key, *, first: bool) -> str:
    name = scheme.label(desk, key)
    return sentence_case(name) if first else name
