"""Which of several reports of one figure is the first print.

Reports of the first weeks vote: each backs every number it is compatible with (374.7 and a rounded 375
back each other). Where the vote is even the earliest report wins. Among the numbers that fit the winner
the one with more digits is kept. Reports of later weeks repeat the first print, or tell a restated
number: that counts as a later vintage when at least two sources tell it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tidewaiter.errors import UnparsableError
from tidewaiter.model.interval import Interval
from tidewaiter.model.period import Period

WINDOW = timedelta(days=45)  # a month and a half: the next release restates at the earliest after a month
_AGREEING = 2  # sources that make a later number a vintage
_MONTH = re.compile(r"\d{4}-\d{2}\Z")


@dataclass(frozen=True, slots=True)
class Print:
    """A number in one report.

    Attributes:
        value: the number.
        decimals: decimals printed; negative when the last digits are no digits.
        day: of the report.
        inferred: the report tells only its month, or nothing.
        source: who reported, as far as it tells sources apart.
        line: of the file.
    """

    value: float
    decimals: int
    day: date
    inferred: bool
    source: str
    line: int

    @property
    def interval(self) -> Interval:
        """What the number stands for."""
        return Interval.rounded(self.value, self.decimals)

    def fits(self, other: Print) -> bool:
        """One number can round to both."""
        return self.interval.meets(other.interval)

    def __str__(self) -> str:
        return f"{self.value:.{max(self.decimals, 0)}f} ({self.day}, line {self.line})"


@dataclass(frozen=True, slots=True)
class Settled:
    """The prints of one figure.

    Attributes:
        first: the first print, with the day of the first report that it fits.
        later: restated values told by two sources or more, oldest first.
        others: reports that fit neither.
        repeats: how many reports repeat one of those kept.
    """

    first: Print
    later: tuple[Print, ...]
    others: tuple[Print, ...]
    repeats: int


def settle(prints: list[Print]) -> Settled:
    """Judge the reports of one figure.

    Examples:
        Exports of March 2025 (US$ 100 million), two digits swapped in the first report:

        >>> day = date(2025, 4, 10)
        >>> told = [(459.7, 0), (495.7, 1), (495.7, 28)]
        >>> made = [
        ...     Print(v, 1, day + timedelta(days=d), False, f"s{d}", n) for n, (v, d) in enumerate(told)
        ... ]
        >>> str(settle(made).first), len(settle(made).others)
        ('495.7 (2025-04-11, line 1)', 1)
    """
    ordered = sorted(prints, key=lambda one: (one.day, -one.decimals, one.line))
    early = [one for one in ordered if one.day - ordered[0].day <= WINDOW]
    first = _majority(early)
    rest = [one for one in ordered if not one.fits(first)]
    restated = [one for one in rest if one not in early]
    later = []
    while restated:
        told = _majority(restated)
        backing = [one for one in restated if one.fits(told)]
        if len({one.source for one in backing}) >= _AGREEING:
            later.append(told)
        restated = [one for one in restated if one not in backing]
    others = [one for one in rest if not any(one not in early and one.fits(kept) for kept in later)]
    repeats = len(prints) - 1 - len(later) - len(others)
    return Settled(first, tuple(sorted(later, key=lambda one: one.day)), tuple(others), repeats)


def _majority(prints: list[Print]) -> Print:
    """The number most reports back, as printed with most digits, with its first day."""

    def votes(one: Print) -> int:
        return sum(one.fits(other) for other in prints)

    leader = max(prints, key=votes)  # the first one where they tie: prints are in order of their days
    finer = [one for one in prints if one.fits(leader) and one.decimals > leader.decimals]
    chosen = max(finer, key=votes) if finer else leader
    since = min((one for one in prints if one.fits(chosen)), key=lambda one: one.day)
    return replace(chosen, day=since.day, inferred=since.inferred)


def printed_day(text: str, period: Period, release_day: int) -> tuple[date, bool]:
    """The day of a report, and whether it was inferred from its month or from the release calendar.

    Examples:
        >>> printed_day("2024-01", Period.parse("2023-12"), 9)
        (datetime.date(2024, 1, 9), True)
        >>> printed_day("", Period.parse("2023-12"), 9)
        (datetime.date(2024, 1, 9), True)

    Raises:
        UnparsableError: neither a day nor a month, or before the period was over.
    """
    month = Period.parse(text) if _MONTH.match(text) else period.last_month().shift(1) if not text else None
    try:
        day = date(month.end_year, month.end_month, release_day) if month else date.fromisoformat(text)
    except ValueError as error:
        raise UnparsableError(f"{text!r} is not the day of a report") from error
    if (day.year, day.month) <= (period.end_year, period.end_month):
        raise UnparsableError(f"published {text}, before {period} was over")
    return day, month is not None
