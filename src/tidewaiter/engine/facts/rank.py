"""Ranking the facts of a month, without saying one thing twice."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tidewaiter.engine.facts.candidates import candidates
from tidewaiter.model.key import Key

if TYPE_CHECKING:
    from tidewaiter.engine.book import Book
    from tidewaiter.engine.facts.fact import Fact
    from tidewaiter.model.period import Period

_FLOWS = {"exports": 1.0, "imports": 0.8, "balance": 0.8, "total_trade": 0.5}
_A_SERIES_SAYS = 2  # how many facts one series may have among those told


def facts(book: Book, period: Period, top: int = 20, reporter: str = "TWN") -> list[Fact]:
    """The facts worth telling about a month, the weightiest first.

    Args:
        book: the figures, as known on the day of telling.
        period: the month.
        top: how many.
        reporter: whose trade.
    """
    found = []
    for key in _series(book, period, reporter):
        found += candidates(book, key, period, _size(book, key, period))
    found.sort(key=lambda fact: (-fact.weight, str(fact.key), fact.kind))
    return _without_repeats(found, top)


def _series(book: Book, period: Period, reporter: str) -> list[Key]:
    return [
        key
        for key in book.keys(Key(reporter, "*", "*", "*"))
        if key.flow in _FLOWS and book.find(key, "level", period)
    ]


def _size(book: Book, key: Key, period: Period) -> float:
    """Square root of the share of the flow's total, times what the flow counts for readers."""
    level, whole = (
        book.level(key, period),
        book.find(key.but(commodity="total", partner="W00"), "level", period),
    )
    if whole is None or not whole.value:
        return 0.0
    share = abs(level.value * level.unit.factor_to(whole.unit) / whole.value)
    return _FLOWS[key.flow] * math.sqrt(min(share, 1.0))


def _without_repeats(found: list[Fact], top: int) -> list[Fact]:
    """Drop what says the same: the same numbers under another name, and a series' third fact."""
    kept: list[Fact] = []
    told: dict[Key, int] = {}
    seen: set[tuple[str, str, float]] = set()
    for fact in found:
        level = next((f.value for f in fact.figures if f.id.statistic == "level"), 0.0)
        same = (fact.kind, fact.main.id.of, round(level, 3))
        kinds = {(other.kind, other.main.id.of.partition(":")[0]) for other in kept if other.key == fact.key}
        repeated = (fact.kind, fact.main.id.of.partition(":")[0]) in kinds
        if (level and same in seen) or told.get(fact.key, 0) >= _A_SERIES_SAYS or repeated:
            continue
        seen.add(same)
        told[fact.key] = told.get(fact.key, 0) + 1
        kept.append(fact)
        if len(kept) == top:
            break
    return kept
