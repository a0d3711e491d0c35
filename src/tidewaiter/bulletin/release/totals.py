"""Part 1: exports, imports and balance of the month and of the year to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.document import Block, Heading, Paragraph
from tidewaiter.bulletin.release import clauses
from tidewaiter.bulletin.release.desk import BALANCE, EXPORTS, IMPORTS, Desk

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Runs
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key


def totals(desk: Desk) -> list[Block]:
    """The part, its paragraphs for month and span."""
    month = [_month(desk, EXPORTS), _month(desk, IMPORTS), _balance(desk)]
    blocks: list[Block] = [Heading(desk.say("part.total")), Paragraph(paragraph(desk, month))]
    if desk.cumulates:
        span = [_to_date(desk, EXPORTS), _to_date(desk, IMPORTS), _balance_to_date(desk)]
        blocks.append(Paragraph(paragraph(desk, span)))
    return blocks


def paragraph(desk: Desk, parts: list[list[Runs]]) -> Runs:
    """Semicolons in Chinese, sentences in English."""
    told = [part for part in parts if part]
    ends = ["semicolon" if desk.lang == "zh" else "end"] * (len(told) - 1) + ["end"]
    return desk.say.sentences([desk.say.clauses(part, end) for part, end in zip(told, ends, strict=True)])


def _month(desk: Desk, key: Key) -> list[Runs]:
    level = desk.find(key, "level")
    if level is None:
        return []
    head = desk.say(f"total.{key.flow}", month=desk.month_name, level=desk.pen.amount(level))
    return [head, clauses.record(desk, key), clauses.moves(desk, key), clauses.streak(desk, key)]


def _to_date(desk: Desk, key: Key) -> list[Runs]:
    level = desk.find(key, "ytd_level")
    if level is None:
        return []
    head = desk.say(f"ytd.{key.flow}", desk.values(level), span=desk.span_name, level=desk.pen.amount(level))
    return [head, *clauses.record_to_date(desk, key), clauses.growth_to_date(desk, key)]


def _balance(desk: Desk) -> list[Runs]:
    level = desk.find(BALANCE, "level")
    if level is None:
        return []
    pen, say = desk.pen, desk.say
    told = [say("total.balance", {"value": level.value}, level=pen.amount(level, size=True))]
    if level.value > 0:
        told.append(clauses.record(desk, BALANCE))
    before = pen.find(BALANCE, "level", desk.month.year_ago())
    if before is not None and before.value * level.value < 0:
        values = {"value": before.value}
        return [*told, say("turned.balance", values, level=pen.amount(before, size=True))]
    mom, yoy = desk.find(BALANCE, "mom_change"), desk.find(BALANCE, "yoy_change")
    if mom is not None and yoy is not None:
        values = {"mom": _widened(level, mom), "yoy": _widened(level, yoy)}
        sizes = {"mom": pen.amount(mom, size=True), "yoy": pen.amount(yoy, size=True)}
        told.append(say("change.balance", values, **sizes))
    return told


def _balance_to_date(desk: Desk) -> list[Runs]:
    level = desk.find(BALANCE, "ytd_level")
    change, rate = desk.find(BALANCE, "ytd_change"), desk.find(BALANCE, "ytd_yoy")
    if level is None:
        return []
    pen, say = desk.pen, desk.say
    told = [say("ytd.balance", {"value": level.value}, level=pen.amount(level, size=True))]
    if level.value > 0:
        told.extend(clauses.record_to_date(desk, BALANCE)[:1])
    if change is not None and rate is not None:
        values = {**desk.values(change), "value": _widened(level, change)}
        sizes = {"change": pen.amount(change, size=True), "rate": pen.percent(rate, signed=True)}
        told.append(say("change.balance_ytd", values, **sizes))
    return told


def _widened(level: Figure, change: Figure) -> float:
    """By how much the surplus or the deficit grew: a deficit grows when the balance falls."""
    return change.value if level.value >= 0 else -change.value
