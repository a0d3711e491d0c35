"""Months as open data write them: ``11407``, ``07301``, ``198201``, ``114年7月``, ``2025-07``, ``114/07``.

Years before 1912 cannot be common-era years of these files, so a year of two or three digits (with or
without leading zeros) is of the Republic's calendar and one of four digits from 1900 on is not.
"""

from __future__ import annotations

import re

from tidewaiter.errors import UnparsableError
from tidewaiter.model.period import Period
from tidewaiter.model.roc import parse_roc, to_year
from tidewaiter.sources.printed import plain

_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d|\d{2,3})(?P<month>0[1-9]|1[0-2])\Z")
_PARTED = re.compile(r"(?P<year>\d{2,4})\s*[-/.M]\s*(?P<month>0?[1-9]|1[0-2])\Z")
_QUARTER = re.compile(r"(?P<year>\d{2,4})\s*(?:年\s*第?\s*|[-/]?Q)(?P<quarter>[1-4])\s*季?\Z")
_YEAR = re.compile(r"\d{2,4}\Z")


def read_period(text: str) -> Period:
    """The month, quarter or year of a cell.

    Examples:
        >>> read_period("11407"), read_period("07301"), read_period("198201")
        (Period('2025-07'), Period('1984-01'), Period('1982-01'))
        >>> read_period("114年7月"), read_period("114/07"), read_period("114Q2"), read_period("113")
        (Period('2025-07'), Period('2025-07'), Period('2025-Q2'), Period('2024'))

    Raises:
        UnparsableError: the text is none of these.
    """
    shown = plain(text)
    if match := _COMPACT.match(shown) or _PARTED.match(shown):
        return Period.month(to_year(int(match["year"])), int(match["month"]))
    if match := _QUARTER.match(shown):
        return Period.quarter(to_year(int(match["year"])), int(match["quarter"]))
    if _YEAR.match(shown):
        return Period.year(to_year(int(shown)))
    try:
        return parse_roc(shown)
    except UnparsableError as error:
        raise UnparsableError(f"{text!r} is not a month like 11407, 202507 or 114年7月") from error
