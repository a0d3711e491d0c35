"""Periods: a month, a quarter, a half, a year, or any span of whole months.

A period is two month ordinals, first and last, both included. Its text form is the shortest one that
reads back to the same period::

    2023-11            a month
    2023-Q4  2023-H1   a quarter, a half
    2023               a year
    2023-01..2023-11   a span of months (here the cumulative January–November)
    2018..2023         a span of whole years
    ..2017             everything up to the end of 2017

ROC years (中華民國) are 1911 less: 114年8月 is 2025-08. See :mod:`tidewaiter.model.roc`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tidewaiter.errors import UnparsableError

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = 12
_OPEN = 0  # first month of an open-ended start: older than any trade statistic
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_PART = re.compile(r"(\d{4})-([QH])(\d)\Z")
_YEAR = re.compile(r"(\d{4})\Z")
_PART_MONTHS = {"Q": 3, "H": 6}


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A span of whole months, both ends included.

    Attributes:
        first: ordinal of the first month, year × 12 + month − 1.
        last: ordinal of the last month.

    Examples:
        >>> Period.parse("2023-11")
        Period('2023-11')
        >>> Period.parse("2023-01..2023-11").year_ago()
        Period('2022-01..2022-11')
        >>> Period.month(2025, 8).to_date()
        Period('2025-01..2025-08')
    """

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise UnparsableError(f"a period cannot end before it begins: {self.first} > {self.last}")

    # -- making one ---------------------------------------------------------------------------

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """The month ``month`` (1–12) of ``year``."""
        if not 1 <= month <= MONTHS:
            raise UnparsableError(f"no month {month} in a year")
        at = year * MONTHS + month - 1
        return cls(at, at)

    @classmethod
    def year(cls, year: int) -> Period:
        """The calendar year."""
        return cls(year * MONTHS, year * MONTHS + MONTHS - 1)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """The quarter ``quarter`` (1–4) of ``year``."""
        return cls._part(year, quarter, 3)

    @classmethod
    def half(cls, year: int, half: int) -> Period:
        """The half ``half`` (1–2) of ``year``."""
        return cls._part(year, half, 6)

    @classmethod
    def _part(cls, year: int, part: int, months: int) -> Period:
        if not 1 <= part <= MONTHS // months:
            raise UnparsableError(f"no part {part} of {months} months in a year")
        first = year * MONTHS + (part - 1) * months
        return cls(first, first + months - 1)

    @classmethod
    def span(cls, start: Period, end: Period) -> Period:
        """From the first month of ``start`` to the last month of ``end``."""
        return cls(start.first, end.last)

    @classmethod
    def up_to(cls, end: Period) -> Period:
        """Everything up to the end of ``end``."""
        return cls(_OPEN, end.last)

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read the text form.

        Raises:
            UnparsableError: the text is none of the forms above.
        """
        return _parse(text.strip())

    # -- what it is ---------------------------------------------------------------------------

    @property
    def months(self) -> int:
        """How many months it spans."""
        return self.last - self.first + 1

    @property
    def is_month(self) -> bool:
        """One month."""
        return self.first == self.last

    @property
    def is_year(self) -> bool:
        """One calendar year."""
        return self.months == MONTHS and self.first % MONTHS == 0

    @property
    def is_years(self) -> bool:
        """More than one whole calendar year."""
        return self.months > MONTHS and self.first % MONTHS == 0 and self.last % MONTHS == MONTHS - 1

    @property
    def is_open(self) -> bool:
        """No start: everything up to its last month."""
        return self.first == _OPEN

    @property
    def is_year_to_date(self) -> bool:
        """From January to a month before December of the same year, more than one month."""
        return self.first % MONTHS == 0 and 1 < self.months < MONTHS

    @property
    def start_year(self) -> int:
        """Calendar year of the first month."""
        return self.first // MONTHS

    @property
    def end_year(self) -> int:
        """Calendar year of the last month."""
        return self.last // MONTHS

    @property
    def start_month(self) -> int:
        """Month number (1–12) of the first month."""
        return self.first % MONTHS + 1

    @property
    def end_month(self) -> int:
        """Month number (1–12) of the last month."""
        return self.last % MONTHS + 1

    # -- its relatives ------------------------------------------------------------------------

    def shift(self, months: int) -> Period:
        """The same length, ``months`` later (earlier when negative)."""
        return Period(self.first + months, self.last + months)

    def year_ago(self, years: int = 1) -> Period:
        """The same months ``years`` earlier. An open start stays open."""
        if self.is_open:
            return Period(_OPEN, self.last - MONTHS * years)
        return self.shift(-MONTHS * years)

    def previous(self) -> Period:
        """The span of the same length that ends the month before this one begins."""
        return self.shift(-self.months)

    def to_date(self) -> Period:
        """January to this period's last month (the cumulative span)."""
        return Period(self.last - self.last % MONTHS, self.last)

    def last_month(self) -> Period:
        """Its last month."""
        return Period(self.last, self.last)

    def whole_year(self) -> Period:
        """The calendar year of its last month."""
        return Period.year(self.end_year)

    def each_month(self) -> Iterator[Period]:
        """Its months, oldest first."""
        return (Period(at, at) for at in range(self.first, self.last + 1))

    def each_year(self) -> Iterator[Period]:
        """The calendar years it touches, oldest first."""
        return (Period.year(year) for year in range(self.start_year, self.end_year + 1))

    def __contains__(self, other: Period) -> bool:
        return self.first <= other.first and other.last <= self.last

    # -- its text -----------------------------------------------------------------------------

    def __str__(self) -> str:
        if self.is_open:
            return f"..{_end(self.last)}"
        if self.is_month:
            return _month(self.first)
        if self.is_year:
            return f"{self.start_year:04d}"
        if self.is_years:
            return f"{self.start_year:04d}..{self.end_year:04d}"
        for letter, months in _PART_MONTHS.items():
            if self.months == months and self.first % months == 0 and self.first % MONTHS != 0:
                return f"{self.start_year:04d}-{letter}{self.first % MONTHS // months + 1}"
        return f"{_month(self.first)}..{_month(self.last)}"

    def __repr__(self) -> str:
        return f"Period('{self}')"


def _month(at: int) -> str:
    return f"{at // MONTHS:04d}-{at % MONTHS + 1:02d}"


def _end(at: int) -> str:
    return f"{at // MONTHS:04d}" if at % MONTHS == MONTHS - 1 else _month(at)


@lru_cache(maxsize=4096)
def _parse(text: str) -> Period:
    if ".." in text:
        start, end = text.split("..", 1)
        last = _parse_plain(end, text)
        return Period.span(_parse_plain(start, text), last) if start else Period.up_to(last)
    return _parse_plain(text, text)


def _parse_plain(text: str, whole: str) -> Period:
    if match := _MONTH.match(text):
        return Period.month(int(match[1]), int(match[2]))
    if match := _YEAR.match(text):
        return Period.year(int(match[1]))
    if match := _PART.match(text):
        return Period._part(int(match[1]), int(match[3]), _PART_MONTHS[match[2]])  # noqa: SLF001
    raise UnparsableError(
        f"{whole!r} is not a period",
        hint="write 2023-11, 2023-Q4, 2023-H1, 2023, 2023-01..2023-11 or 2018..2023",
    )
