"""The facts that one series offers in one month, each with how seldom it happens."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tidewaiter.engine.facts.fact import Fact
from tidewaiter.statistics.streak import episodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.engine.book import Book
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period

_LONG_HISTORY, _YEARS = 120, 9
_BEST_FROM = 12  # a best of fewer months is no news
_STREAK_FROM = 6
_NEWS = 2  # a record and a second are news, a third is not
_BIG_SHARE_OF_GROWTH = 0.2
_WEIGHT = {  # what a reader makes of a place: a record of all months says most, one of the span least
    ("level", "all_months"): 2.0,
    ("yoy", "all_months"): 1.5,
    ("level", "same_month"): 1.0,
    ("level", "same_period"): 1.0,
}


def candidates(book: Book, key: Key, period: Period, size: float) -> list[Fact]:
    """Everything worth a sentence about the series in the month."""
    makers = (_records, _distances, _streaks, _turns, _contributions)
    return [fact for make in makers for fact in make(book, key, period, size)]


def _records(book: Book, key: Key, period: Period, size: float) -> Iterator[Fact]:
    told: set[str] = set()
    for (statistic, universe), weight in _WEIGHT.items():
        at = period.to_date() if universe == "same_period" else period
        if statistic in told or (universe == "same_period" and not at.is_year_to_date):
            continue  # a record of all months is one of the same month too
        figure = book.find(key, "rank", at, f"{statistic}:{universe}")
        count = int(dict(figure.detail).get("count", 0)) if figure else 0
        if figure is None or figure.interval.width or count < _enough(universe) or figure.value > _NEWS:
            continue
        if universe == "all_months":
            told.add(statistic)
        # a growing series sets records often: what counts is how often it did in its history
        often = _how_often(book, key, at, statistic, int(figure.value))
        rarity = weight * max(-math.log2(often) if often else math.log2(count), 1.0)
        yield _fact(
            "record" if figure.value == 1 else "second", key, figure, book, rarity, size,
            f"place {figure.value:.0f} of {count}; so high in {often:.0%} of its history",
            f"{count}期中居第{figure.value:.0f}；歷史上{often:.0%}的時候如此",
        )  # fmt: skip


def _enough(universe: str) -> int:
    return _LONG_HISTORY if universe == "all_months" else _YEARS


def _how_often(book: Book, key: Key, at: Period, statistic: str, place: int) -> float:
    """In which share of the past it stood this high at its time."""
    values = [figure.value for figure in book.history(key, statistic, at)]
    hits = sum(
        sum(other > value for other in values[:index]) < place for index, value in enumerate(values) if index
    )
    return hits / max(len(values) - 1, 1)


def _distances(book: Book, key: Key, period: Period, size: float) -> Iterator[Fact]:
    for name in ("best_in_n", "worst_in_n"):
        for statistic in ("yoy", "level"):
            figure = book.find(key, name, period, statistic)
            if figure is None or figure.interval.high == float("inf") or figure.value < _BEST_FROM:
                continue
            n = figure.value
            yield _fact(
                "best" if name == "best_in_n" else "worst", key, figure, book, math.log2(n) / 2, size,
                f"so {'high' if name == 'best_in_n' else 'low'} once in {n:.0f} months", f"{n:.0f}個月一見",
            )  # fmt: skip
            break


def _streaks(book: Book, key: Key, period: Period, size: float) -> Iterator[Fact]:
    figure = book.find(key, "streak", period)
    if figure is None or figure.interval.width or figure.value < _STREAK_FROM:
        return
    history = [(f.id.period, f.interval) for f in book.history(key, "yoy", period)]
    growth = book.find(key, "yoy", period)
    runs = episodes(history, positive=growth is not None and growth.value > 0)
    as_long = sum(run.length >= figure.interval.low for run in runs)
    yield _fact(
        "streak", key, figure, book, math.log2(1 + figure.interval.low) / (1 + as_long), size,
        f"one of {as_long} runs of that length in {len(history)} months",
        f"{len(history)}個月中第{as_long}次如此長",
    )  # fmt: skip


def _turns(book: Book, key: Key, period: Period, size: float) -> Iterator[Fact]:
    figure = book.find(key, "turn", period, "yoy")
    if figure is None or figure.value != 1:
        return
    before = book.find(key, "streak", period.previous())
    length = before.interval.low if before else 1.0
    if before is None or length < 3:  # noqa: PLR2004 — one month up and down is noise
        return
    now = book.find(key, "yoy", period)
    fact = _fact(
        "turn", key, figure, book, math.log2(1 + length), size,
        f"ends {length:.0f} months of the other sign", f"結束{length:.0f}個月的反向走勢",
    )  # fmt: skip
    if now is not None:
        yield fact


def _contributions(book: Book, key: Key, period: Period, size: float) -> Iterator[Fact]:
    if (key.commodity == "total" and key.partner == "W00") or key.flow not in ("exports", "imports"):
        return
    of = "partner" if key.partner != "W00" else "commodity"
    figure = book.find(key, "contribution", period, of)
    whole = book.find(key.but(commodity="total", partner="W00"), "yoy", period)
    if figure is None or whole is None or not whole.value:
        return
    part = figure.value / whole.value
    if part < _BIG_SHARE_OF_GROWTH:
        return
    yield _fact(
        "contribution", key, figure, book, 4 * part, size,
        f"{part:.0%} of the total's growth", f"占總成長{part:.0%}",
    )  # fmt: skip


def _fact(  # noqa: PLR0917 — called in one place each, in reading order
    kind: str, key: Key, figure: Figure, book: Book, rarity: float, size: float, *why: str
) -> Fact:  # fmt: skip
    """A fact with the level and growth of the same period beside it."""
    at = figure.id.period
    beside = (book.find(key, name, at) for name in ("level", "yoy"))
    return Fact(kind, key, (figure, *(f for f in beside if f is not None)), rarity, size, *why)
