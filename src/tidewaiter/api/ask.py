"""Periods and statistics as a user writes them, turned into single questions.

A range answers for itself where the statistic is defined on it, and for every period in it:
``2023-01..2023-11`` gives the cumulative figure and the eleven months, ``2018..2023`` the years.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tidewaiter.errors import UnparsableError
from tidewaiter.model.period import MONTHS, Period
from tidewaiter.statistics import statistic, statistics

if TYPE_CHECKING:
    from collections.abc import Iterable

ALL = "all"
_ON_YEARS = frozenset({"average_annual_growth"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A statistic with its parameter, checked to exist."""

    name: str
    of: str = ""

    @property
    def looks_back(self) -> bool:
        """It is computed from a whole history (records, streaks …)."""
        return statistic(self.name).look is not None

    def __str__(self) -> str:
        return f"{self.name}:{self.of}" if self.of else self.name


def wanted(names: str | Iterable[str]) -> list[Wanted]:
    """``yoy``, ``share:partner``, ``rank:level:same_month`` … or ``all``.

    Raises:
        UnknownNameError: no statistic has this name.
    """
    given = [names] if isinstance(names, str) else list(names)
    if ALL in given:
        return [Wanted(name) for name in statistics()]
    asked = []
    for text in given or ["level"]:
        name, _, of = text.strip().partition(":")
        asked.append(Wanted(statistic(name).name, of))
    return asked


@dataclass(frozen=True, slots=True)
class Periods:
    """What ``P`` or ``P..P`` asks for: the period itself, and the periods in it."""

    whole: Period
    each: tuple[Period, ...] = ()

    def of(self, asked: Wanted) -> list[Period]:
        """The periods a statistic is wanted at."""
        if not self.each:
            return [self.whole]
        if self.whole.start_year == self.whole.end_year or asked.name in _ON_YEARS:
            return [self.whole, *(period for period in self.each if period != self.whole)]
        return list(self.each)


def periods(text: str) -> Periods:
    """Read a period or a range of periods.

    Examples:
        >>> periods("2025-08").whole, len(periods("2024-01..2026-06").each)
        (Period('2025-08'), 30)
        >>> periods("2024-Q1..2025-Q2").each[-1]
        Period('2025-Q2')

    Raises:
        UnparsableError: it does not read.
    """
    start, dots, _ = text.partition("..")
    whole = Period.parse(text)
    if not dots or not start.strip():
        return Periods(whole)
    grain = Period.parse(start).months
    steps = range(whole.first, whole.last - grain + 2, grain)
    return Periods(whole, tuple(Period(at, at + grain - 1) for at in steps))


def chronological(period: Period) -> tuple[int, int, int]:
    """Years first, then spans and quarters, then months; each oldest first."""
    group = 0 if period.months % MONTHS == 0 else 2 if period.is_month else 1
    return (group, period.last, period.first)


def day(text: str | date | None) -> date | None:
    """A day given as a date or as ``2025-09-09``.

    Raises:
        UnparsableError: the text is no day.
    """
    if text is None or isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnparsableError(f"{text!r} is not a day", hint="write 2025-09-09") from error
