"""Periods as files write them: 2023, 202311, 2023-11, 2023M11, Nov 2023, 2023Q4, 113年1月, 11301, FY2018."""

from __future__ import annotations

import re
from functools import lru_cache

from tidewaiter.errors import UnparsableError
from tidewaiter.model.period import MONTHS, Period
from tidewaiter.model.roc import OFFSET, parse_roc

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(?:FY|CY)?\s*(\d{4})(?:\.0)?\Z", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})[-/. ]?[Mm]?(\d{1,2})\Z")
_MONTH_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{4})\Z")
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ][\d:.]+Z?)?\Z")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_NAMED = re.compile(r"([A-Za-z]{3,9})\.?[-/ ,]*(?:\d{1,2}[, ]+)?(\d{4}|\d{2})\Z")
_NAMED_LAST = re.compile(r"(\d{4})[-/ ,]*([A-Za-z]{3,9})\Z")
_QUARTER = re.compile(r"(\d{4})[-/ ]?[Qq]([1-4])\Z")
_QUARTER_FIRST = re.compile(r"[Qq]([1-4])[-/ ]?(\d{4})\Z")
_ROC_DIGITS = re.compile(r"(\d{2,3})(\d{2})?\Z")
_FISCAL = re.compile(r"(?:FY|F\.Y\.)?\s*(\d{4})\s*[-/–]\s*(\d{2}|\d{4})\Z", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1800, 2200


@lru_cache(maxsize=8192)
def read_period(text: str, form: str = "any", start: int = 1) -> Period:
    """The period of a text.

    Args:
        text: as the file writes it; parts from several columns stand with a blank between.
        form: ``year``, ``month``, ``quarter``, ``roc``, ``iso``, ``fiscal`` (a year that begins in
            month ``start``; the year named is the one it begins in), or ``any`` of the common-era ones.
        start: first month of a fiscal year.

    Examples:
        >>> read_period("202311"), read_period("Nov-23"), read_period("2018", "fiscal", 4)
        (Period('2023-11'), Period('2023-11'), Period('2018-04..2019-03'))

    Raises:
        UnparsableError: the text is no period of this form.
    """
    shown = text.strip()
    readers = {
        "any": (_iso, _year, _month, _day, _named, _quarter, _chinese),
        "year": (_year, _day_of_year),
        "month": (_month, _day, _named, _compact_day),
        "quarter": (_quarter,),
        "iso": (_iso,),
        "roc": (_chinese, _roc),
    }
    if form == "fiscal":
        return _fiscal(shown, start)
    for reader in readers[form]:
        if (period := reader(shown)) is not None:
            return period
    raise UnparsableError(
        f"{text!r} is not a period ({form})", hint="2023, 202311, 2023-11, 2023Q4, Nov 2023"
    )


def _sane(year: int) -> bool:
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _iso(text: str) -> Period | None:
    try:
        period = Period.parse(text)
    except UnparsableError:
        return None
    return period if _sane(period.end_year) else None


def _year(text: str) -> Period | None:
    match = _YEAR.match(text)
    return Period.year(int(match[1])) if match and _sane(int(match[1])) else None


def _day_of_year(text: str) -> Period | None:
    match = _DAY.match(text) or _COMPACT_DAY.match(text)
    return Period.year(int(match[1])) if match and _sane(int(match[1])) else None


def _of_month(year: str, month: int) -> Period | None:
    full = int(year) + (0 if len(year) > 2 else 2000 if int(year) < 70 else 1900)  # noqa: PLR2004
    return Period.month(full, month) if 1 <= month <= MONTHS and _sane(full) else None


def _month(text: str) -> Period | None:
    if match := _MONTH.match(text):
        return _of_month(match[1], int(match[2]))
    if match := _MONTH_FIRST.match(text):
        return _of_month(match[2], int(match[1]))
    return None


def _day(text: str) -> Period | None:
    match = _DAY.match(text)
    return _of_month(match[1], int(match[2])) if match else None


def _compact_day(text: str) -> Period | None:
    match = _COMPACT_DAY.match(text)
    return _of_month(match[1], int(match[2])) if match else None


def _named(text: str) -> Period | None:
    if match := _NAMED.match(text):
        name, year = match[1], match[2]
    elif match := _NAMED_LAST.match(text):
        name, year = match[2], match[1]
    else:
        return None
    short = name[:3].lower()
    return _of_month(year, _NAMES.index(short) + 1) if short in _NAMES else None


def _quarter(text: str) -> Period | None:
    if match := _QUARTER.match(text):
        return Period.quarter(int(match[1]), int(match[2]))
    if match := _QUARTER_FIRST.match(text):
        return Period.quarter(int(match[2]), int(match[1]))
    return None


def _chinese(text: str) -> Period | None:
    try:
        return parse_roc(text) if "年" in text else None
    except UnparsableError:
        return None


def _roc(text: str) -> Period | None:
    """``11301`` is January of year 113; ``113`` the year."""
    match = _ROC_DIGITS.match(text)
    if not match:
        return _month(text) or _year(text)
    if match[2] is None:
        return Period.year(int(match[1]) + OFFSET)
    return _of_month(str(int(match[1]) + OFFSET), int(match[2]))


def _fiscal(text: str, start: int) -> Period:
    match = _YEAR.match(text) or _FISCAL.match(text)
    if not match:
        raise UnparsableError(f"{text!r} is not a fiscal year", hint="2018, FY2018 or 2018-19")
    first = Period.month(int(match[1]), start)
    return Period(first.first, first.first + MONTHS - 1)
