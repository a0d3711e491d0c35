"""Streak (連續n個月正成長, 連n紅): how many periods in a row the sign has held, this one included.

Signs are those of unrounded growth; zero ends a streak. A missing month, or a growth printed 0 whose sign
is not known, ends it too: the length is then a lower bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.errors import NoFigureError
from tidewaiter.model.interval import Interval
from tidewaiter.model.unit import MONTHS
from tidewaiter.statistics.lookback import common
from tidewaiter.statistics.statistic import Result, Statistic, UndefinedError

if TYPE_CHECKING:
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period
    from tidewaiter.statistics.statistic import Ask

__all__ = ["STATISTIC", "Episode", "episodes", "rank_of_streak"]


def step(growth: float, run: float) -> float:
    """The streak up to a month, from that month's growth and the streak before it.

    Its size is the number of months, its sign that of growth; 0 where growth is zero or missing.

    Examples:
        >>> runs, run = [], 0.0
        >>> for growth in (1.0, 2.0, -1.0, -3.0, 0.0, 4.0):
        ...     run = step(growth, run)
        ...     runs.append(run)
        >>> runs
        [1.0, 2.0, -1.0, -2.0, 0.0, 1.0]
    """
    if growth > 0:
        return run + 1 if run > 0 else 1.0
    if growth < 0:
        return run - 1 if run < 0 else -1.0
    return 0.0


@dataclass(frozen=True, slots=True)
class Episode:
    """One run of periods with the same sign.

    ``open_start`` is set when the run reaches back to a gap, to a month whose sign is not certain, or to
    the start of the data.
    """

    start: Period
    end: Period
    length: int
    open_start: bool

    def __str__(self) -> str:
        more = "at least " if self.open_start else ""
        return f"{self.start}–{self.end} ({more}{self.length})"


def episodes(values: list[tuple[Period, Interval]], *, positive: bool) -> list[Episode]:
    """All runs of growth (of falls), oldest first.

    A value whose interval holds zero has no certain sign and ends a run; the next one starts open.

    Examples:
        >>> from tidewaiter.model.period import Period
        >>> months = list(Period.parse("2023-01..2023-04").each_month())
        >>> values = [Interval.exact(x) for x in (-1.0, 2.0, 3.0, -1.0)]
        >>> [str(e) for e in episodes(list(zip(months, values)), positive=True)]
        ['2023-02–2023-03 (2)']
    """
    runs: list[Episode] = []
    run: list[Period] = []
    open_start, previous, maybe = True, None, False
    for period, value in values:
        gap = previous is not None and period.first != previous.last + 1
        holds = value.low > 0 if positive else value.high < 0
        if run and (gap or not holds):
            runs.append(Episode(run[0], run[-1], len(run), open_start))
            run = []
        if holds and not run:
            open_start = previous is None or gap or maybe
        if holds:
            run.append(period)
        previous, maybe = period, (value.high > 0 if positive else value.low < 0)
    if run:
        runs.append(Episode(run[0], run[-1], len(run), open_start))
    return runs


def look(ask: Ask, key: Key, period: Period, of: str) -> Result:
    """The streak that ends at the period. ``of`` is ``yoy+``, ``yoy-`` or ``yoy`` (whatever holds)."""
    current, runs, _ = _runs(ask, key, period, of)
    length = float(current.length)
    interval = Interval(length, float("inf")) if current.open_start else Interval.exact(length)
    longer = sorted((e for e in runs if e is not current), key=lambda e: -e.length)[:3]
    listed = "; ".join(str(e) for e in longer)
    return Result(
        interval,
        (ask.figure(key, of.rstrip("+-"), period),),
        note=f"{current}; the longest others: {listed}" if listed else str(current),
        detail=(("start", str(current.start)), ("others", listed)),
    )


def rank_of_streak(ask: Ask, key: Key, period: Period, of: str) -> Result:
    """Place of this streak's length among all streaks of its sign (史上次長): ties are named.

    ``of`` is ``streak+`` or ``streak-``, of year-on-year growth. Equal lengths share a place; the rank
    counts lengths (a 14, then two of 13: both 13s are the second longest). The universe is what is known
    since the data begin; a streak that reaches back to a gap in them leaves the place open.
    """
    current, runs, began = _runs(ask, key, period, f"yoy{of.removeprefix('streak')}")
    before = [e for e in runs if e is not current]
    longer = {e.length for e in before if e.length > current.length}
    ties = [e for e in before if e.length == current.length]
    listed = "; ".join(str(e) for e in sorted(runs, key=lambda e: -e.length)[:4])
    note = f"this streak: {current}; the longest: {listed}"
    if ties:
        note += f"; ties with {'; '.join(str(e) for e in ties)}"
    figure = ask.figure(key, "yoy", period)
    maybe_longer = sum(e.open_start and e.start != began and e.length <= current.length for e in before)
    maybe_first = current.open_start and current.start != began
    place = Interval(1.0 if maybe_first else 1.0 + len(longer), 1.0 + len(longer) + maybe_longer)
    months = str(period.last - began.last + 1)
    return Result(place, (figure,), note, (("ties", str(len(ties))), ("episodes", listed), ("count", months)))


def _runs(ask: Ask, key: Key, period: Period, of: str) -> tuple[Episode, list[Episode], Period]:
    """The run that ends at the period, all runs, and the first period known."""
    base = of.rstrip("+-")
    values = common(ask.history(key, base, period))
    if not values or values[-1][0] != period:
        raise NoFigureError(f"no {base} at {period}", where=str(key))
    positive = of.endswith("+") or (not of.endswith("-") and values[-1][1].mid > 0)
    runs = episodes(values, positive=positive)
    if not runs or runs[-1].end != period:
        sign = "growth" if positive else "fall"
        raise UndefinedError(f"{period} is not a month of {sign}: {base} is {values[-1][1].mid:.4g}")
    return runs[-1], runs, values[0][0]


STATISTIC = Statistic(
    name="streak", unit=MONTHS, zh="連續月數", en="streak",
    formula="number of periods up to t with the sign of growth at t",
    source="財政部 海關進出口貿易初步統計, 連續n個月正成長", look=look, of="yoy",
    parameters=("yoy", "yoy+", "yoy-"),
)  # fmt: skip
