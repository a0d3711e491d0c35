"""Texts of SDMX: identifiers of codes and time periods, to and from ours.

An SDMX identifier holds letters and digits of ASCII, ``_ @ $ -``. Our codes hold ``+`` (``CHN+HKG``) and
may hold Chinese. Every sign that may not stand, and a first ``@`` or ``-`` (a formula to spreadsheets), is
written ``$`` code point ``$``. An empty part of a key is ``_Z``, "not applicable".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.errors import UnparsableError
from tidewaiter.model.period import MONTHS, Period

if TYPE_CHECKING:
    from collections.abc import Callable

NOTHING = "_Z"
_FOREIGN = re.compile(r"[^A-Za-z0-9_@\-]|^[@\-]")
_WRITTEN = re.compile(r"\$([0-9A-F]+)\$")
_MONTH = re.compile(r"(\d{4})-M(\d{1,2})\Z")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])\Z")
_HALF = re.compile(r"(\d{4})-?[SBH]([12])\Z")
_YEAR = re.compile(r"(\d{4})-A1\Z")
_DAY = re.compile(r"(\d{4})-(\d{2})-\d{2}(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?\Z")
_RANGE = re.compile(r"(\d{4})-(\d{2})(?:-01)?(?:T00:00:00)?/P(?:(\d+)Y)?(?:(\d+)M)?\Z")
_PARTS: dict[str, Callable[[Period], str]] = {
    "M": lambda period: f"{period.start_year:04d}-{period.start_month:02d}",
    "Q": lambda period: f"{period.start_year:04d}-Q{period.end_month // 3}",
    "S": lambda period: f"{period.start_year:04d}-S{period.end_month // 6}",
    "A": lambda period: f"{period.start_year:04d}",
}
_EARLIEST = 1  # the year that stands for a period without a beginning


def to_id(code: str) -> str:
    """One of our codes as an identifier of SDMX.

    Examples:
        >>> to_id("CHN+HKG"), to_id("ict_av"), to_id("")
        ('CHN$2B$HKG', 'ict_av', '_Z')
    """
    return _FOREIGN.sub(lambda sign: f"${ord(sign[0]):X}$", code) if code else NOTHING


def from_id(text: str) -> str:
    """Our code of an identifier that :func:`to_id` wrote.

    Examples:
        >>> from_id("CHN$2B$HKG"), from_id("_Z")
        ('CHN+HKG', '')

    Raises:
        UnparsableError: ``$`` stands around what is no character.
    """
    if text == NOTHING:
        return ""
    try:
        return _WRITTEN.sub(lambda code: chr(int(code[1], 16)), text)
    except (ValueError, OverflowError) as error:
        raise UnparsableError(f"{text!r} is no identifier Tidewaiter wrote") from error


def to_time(period: Period) -> str:
    """A period as SDMX writes it: months, quarters, halves and years by name, other spans as a range.

    Examples:
        >>> [to_time(Period.parse(text)) for text in ("2025-08", "2025-Q1", "2025-H1", "2025")]
        ['2025-08', '2025-Q1', '2025-S1', '2025']
        >>> to_time(Period.parse("2025-01..2025-08"))
        '2025-01-01/P8M'
    """
    if period.is_open:
        first = _EARLIEST * MONTHS
        return f"{_EARLIEST:04d}-01-01/P{period.last - first + 1}M"
    part = _PARTS.get(to_frequency(period))
    if part is None:
        return f"{period.start_year:04d}-{period.start_month:02d}-01/P{period.months}M"
    return part(period)


def to_frequency(period: Period) -> str:
    """The code of a period's length in the code list CL_FREQ: A, S, Q, M, else _O (other).

    Examples:
        >>> [to_frequency(Period.parse(text)) for text in ("2025", "2025-Q3", "2025-08", "2025-01..2025-08")]
        ['A', 'Q', 'M', '_O']
    """
    if period.is_open or period.first % period.months:
        return "_O"
    return {1: "M", 3: "Q", 6: "S", MONTHS: "A"}.get(period.months, "_O")


def read_time(text: str) -> Period:
    """The period of a TIME_PERIOD: 2025, 2025-08, 2025-M08, 2025-Q3, 2025Q3, 2025-S1, 2025-01-01/P8M.

    A day stands for its month: monthly data are at times dated by their first or last day. Weeks and
    single days are not kept here; a message of another frequency is refused before.

    Examples:
        >>> read_time("2025-M08"), read_time("2025-S2"), read_time("2025-01-01/P8M")
        (Period('2025-08'), Period('2025-H2'), Period('2025-01..2025-08'))

    Raises:
        UnparsableError: the text is no period of months.
    """
    shown = text.strip()
    if match := _QUARTER.match(shown):
        return Period.quarter(int(match[1]), int(match[2]))
    if match := _HALF.match(shown):
        return Period.half(int(match[1]), int(match[2]))
    if match := _YEAR.match(shown):
        return Period.year(int(match[1]))
    if match := _MONTH.match(shown) or _DAY.match(shown):
        return Period.month(int(match[1]), int(match[2]))
    if match := _RANGE.match(shown):
        return _range(int(match[1]), int(match[2]), int(match[3] or 0) * MONTHS + int(match[4] or 0))
    if re.fullmatch(r"\d{4}(-\d{2})?", shown):
        return Period.parse(shown)
    raise UnparsableError(
        f"{text!r} is not a TIME_PERIOD of months", hint="2025, 2025-08, 2025-M08, 2025-Q3, 2025-S1"
    )


def _range(year: int, month: int, months: int) -> Period:
    first = Period.month(year, month)
    if not months:
        raise UnparsableError(f"a range from {first} has no months", hint="2025-01-01/P8M")
    last = Period(first.first + months - 1, first.first + months - 1)
    return Period.up_to(last) if year == _EARLIEST else Period.span(first, last)
