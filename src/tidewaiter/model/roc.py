"""The calendar of the Republic of China (民國): year 1 is 1912.

Publishers write ``114年8月``, ``113年``, ``114年1-8月``, ``114年1月~114年7月`` and, on open data,
``11407``. All of these become a :class:`~tidewaiter.model.period.Period`.
"""

from __future__ import annotations

import re

from tidewaiter.errors import UnparsableError
from tidewaiter.model.period import Period

OFFSET = 1911
_CENTURY = 1900  # a written year from here on is already a common-era year

_FORM = re.compile(
    r"\s*(?P<y>\d{2,4})\s*年\s*(?:(?P<m>\d{1,2})\s*(?:[-~－～至]\s*(?:(?P<y2>\d{2,4})\s*年\s*)?(?P<m2>\d{1,2})\s*)?月?)?"
    r"(?:\s*[-~－～至]\s*(?P<y3>\d{2,4})\s*年\s*(?:(?P<m3>\d{1,2})\s*月)?)?\s*\Z"
)


def to_year(written: int) -> int:
    """The common-era year of a written one: 114 → 2025, 2025 → 2025."""
    return written if written >= _CENTURY else written + OFFSET


def parse_roc(text: str) -> Period:
    """The period of a ROC (or common-era) date in Chinese.

    Examples:
        >>> parse_roc("114年8月"), parse_roc("113年"), parse_roc("114年1-8月")
        (Period('2025-08'), Period('2024'), Period('2025-01..2025-08'))
        >>> parse_roc("114年1月~114年7月")
        Period('2025-01..2025-07')

    Raises:
        UnparsableError: the text is no such date.
    """
    match = _FORM.match(text)
    if not match:
        raise UnparsableError(f"{text!r} is not a date like 114年8月, 113年 or 114年1-8月")
    start = _at(match["y"], match["m"])
    for year, month in ((match["y3"], match["m3"]), (match["y2"] or match["y"], match["m2"])):
        if (year == match["y3"] and year) or month:
            return Period.span(start, _at(year, month))
    return start


def _at(year: str, month: str | None) -> Period:
    if month is None:
        return Period.year(to_year(int(year)))
    return Period.month(to_year(int(year)), int(month))


def write_roc(period: Period) -> str:
    """The period as a Taiwanese office writes it.

    Examples:
        >>> write_roc(Period.parse("2025-01..2025-08")), write_roc(Period.parse("2024"))
        ('114年1-8月', '113年')
    """
    year = period.start_year - OFFSET
    if period.is_year:
        return f"{year}年"
    if period.is_years:
        return f"{year}年至{period.end_year - OFFSET}年"
    if period.is_month:
        return f"{year}年{period.start_month}月"
    if period.start_year == period.end_year:
        return f"{year}年{period.start_month}-{period.end_month}月"
    return f"{year}年{period.start_month}月至{period.end_year - OFFSET}年{period.end_month}月"
