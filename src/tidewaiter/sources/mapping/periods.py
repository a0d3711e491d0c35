"""Periods as files write them: 2023, 202311, 2023-11, 2023M11, Nov 2023, 2023Q4, 113年1月, 11301, FY2018.

Months are read in some forty languages (``nomenclature/month_names.csv``, from the Unicode CLDR; names
that mean one month in one language and another in the next are left out). A year from 2440 to 2640 is a
Thai one (543 more than ours). Signs behind a period that call it preliminary or revised are passed over.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

from tidewaiter.errors import UnparsableError
from tidewaiter.model.period import MONTHS, Period
from tidewaiter.model.roc import OFFSET, parse_roc

_YEAR = re.compile(r"(?:FY|CY)?\s*(\d{4})(?:\.0)?\s*(?:年度?|년도?)?\Z", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})\s*(?:[-/. _:]\s*)?[Mm]?(\d{1,2})\.?(?:\s*[-–]\s*[^\W\d_]+)?\Z")
_MONTH_FIRST = re.compile(r"[Mm]?(\d{1,2})\s*[-/. ]\s*(\d{4})\Z")
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?: [\d:.]+)?\Z")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_WORD = r"[^\W\d_][^\d\W]*(?:\.[^\W\d_]+)*\.?"
_NAMED = re.compile(
    rf"(?:\d{{1,2}}[-/. ]+)?({_WORD})[-/ ,.'’]*(?:de |del )?(?:\d{{1,2}}[, ]+)?(\d{{4}}|\d{{2}})\Z"
)
_NAMED_LAST = re.compile(rf"(\d{{4}})\s*[-/ ,.:_]*\s*({_WORD})\Z")
_SPAN = re.compile(
    rf"(?:({_WORD})\s*(?:[-–~]|to|a)\s*({_WORD})[-/ ,.]*|(\d{{1,2}})[-–](\d{{1,2}})/)(\d{{4}})\Z"
)
_SPAN_LAST = re.compile(rf"(\d{{4}})[-/ ,.:]*({_WORD}|\d{{1,2}})\s*[-–~]\s*({_WORD}|\d{{1,2}})\Z")
_QUARTER = re.compile(r"(\d{4})\s*[-/ .:]?\s*[QqTtKk][. ]?([1-4])\Z")
_QUARTER_FIRST = re.compile(r"(?:[QqTt][. ]?([1-4])|([1-4])[. ]?[QqTt])\s*[-/ .]?\s*(\d{4})\Z")
_HALF = re.compile(r"(?:(\d{4})\s*[-/ ]?\s*[HhSs]([12])|[HhSs]([12])\s*[-/ ]?\s*(\d{4}))\Z")
_ASIAN = re.compile(r"(令和|平成|昭和|民國)?\s*(\d{1,4}|元)\s*[年년 ]\s*(\d{1,2})\s*[月월]\Z")
_ROC_DIGITS = re.compile(r"(\d{2,3})(\d{2})?\Z")
_ROC_APART = re.compile(r"(\d{2,3})[ /.-](\d{1,2})\Z")
_FISCAL = re.compile(r"(?:FY|F\.Y\.)?\s*(\d{4})\s*[-/–]\s*(\d{2}|\d{4})\Z", re.IGNORECASE)
_MARKS = re.compile(
    r"\s*(?:[(\[](?:p|r|e|prov\w*\.?|prel\w*\.?|rev\w*\.?|初步值?|暫定値?|速報)[)\]]|[*†]+|(?<=\d) ?[pr])\Z",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[\d\d\]\s*(?=[^\W\d])")  # [07] Juli
_MONTH_ALONE = re.compile(r"(?:[Mm月]?(\d{1,2})[月월]?|\[?(\d{1,2})\]?\s*[-–.:]?\s*([^\W\d][^\d]*))\Z")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": OFFSET}
_THAI = 543
_THAI_YEARS = range(2440, 2641)
_THIS_CENTURY = 60  # a year of two digits before 年: up to here 20xx
_HUNDRED = 100
_FIRST_YEAR, _LAST_YEAR = 1800, 2640
_LONGEST = 60  # signs of a period


@lru_cache(maxsize=8192)
def read_period(text: str, form: str = "any", start: int = 1) -> Period:
    """The period of a text.

    Args:
        text: as the file writes it; parts from several columns stand with a blank between.
        form: ``year``, ``month``, ``quarter``, ``roc``, ``iso``, ``fiscal`` (a year that begins in
            month ``start``; the year named is the one it begins in), ``fiscal_end`` (the one it ends in),
            or ``any`` of the common-era ones.
        start: first month of a fiscal year.

    Examples:
        >>> read_period("202311"), read_period("Nov-23"), read_period("2018", "fiscal", 4)
        (Period('2023-11'), Period('2023-11'), Period('2018-04..2019-03'))

    Raises:
        UnparsableError: the text is no period of this form.
    """
    shown = _BRACKETED.sub("", _MARKS.sub("", unicodedata.normalize("NFKC", text).strip()))
    readers = {
        "any": (_iso, _year, _month, _day, _named, _quarter, _asian, _chinese, _span, _apart),
        "year": (_year, _day_of_year),
        "month": (_month, _day, _named, _compact_day, _asian, _apart),
        "quarter": (_quarter,),
        "iso": (_iso,),
        "roc": (_chinese, _roc),
    }
    if len(shown) > _LONGEST:
        raise UnparsableError(f"a text of {len(shown)} signs is not a period ({form})")
    if form in {"fiscal", "fiscal_end"}:
        return _fiscal(shown, start, back=form == "fiscal_end")
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
    return period if _sane(period.end_year) and period.end_year not in _THAI_YEARS else None


def _common(year: int) -> int:
    """The common-era year of a written one."""
    return year - _THAI if year in _THAI_YEARS else year


def _year(text: str) -> Period | None:
    match = _YEAR.match(text)
    return Period.year(_common(int(match[1]))) if match and _sane(int(match[1])) else None


def _day_of_year(text: str) -> Period | None:
    match = _DAY.match(text) or _COMPACT_DAY.match(text)
    if not match and (match := _DAY_FIRST.match(text)):
        return Period.year(int(match[3])) if _sane(int(match[3])) else None
    return Period.year(int(match[1])) if match and _sane(int(match[1])) else None


def _of_month(year: str, month: int) -> Period | None:
    full = int(year) + (0 if len(year) > 2 else 2000 if int(year) < 70 else 1900)  # noqa: PLR2004
    return Period.month(_common(full), month) if 1 <= month <= MONTHS and _sane(full) else None


def _month(text: str) -> Period | None:
    if match := _MONTH.match(text):
        return _of_month(match[1], int(match[2]))
    if match := _MONTH_FIRST.match(text):
        return _of_month(match[2], int(match[1]))
    return None


def _day(text: str) -> Period | None:
    if match := _DAY.match(text):
        return _of_month(match[1], int(match[2]))
    match = _DAY_FIRST.match(text)  # only the first of a month: 03/04/2024 could be either
    return _of_month(match[3], int(match[2])) if match and int(match[1]) == 1 else None


def _compact_day(text: str) -> Period | None:
    match = _COMPACT_DAY.match(text)
    return _of_month(match[1], int(match[2])) if match else None


@cache
def _names() -> dict[str, int]:
    text = resources.files("tidewaiter.nomenclature").joinpath("month_names.csv").read_text(encoding="utf-8")
    return {row["name"]: int(row["month"]) for row in csv.DictReader(text.splitlines())}


def month_named(text: str) -> int:
    """The month of a name in any of the languages known, 0 when it is none.

    Examples:
        >>> month_named("Aug."), month_named("diciembre"), month_named("8月"), month_named("Summe")
        (8, 12, 8, 0)
    """
    shown = unicodedata.normalize("NFKC", text).strip().casefold()
    return _names().get(shown) or _names().get(shown.rstrip(".")) or _alone(shown)


def _alone(text: str) -> int:
    match = _MONTH_ALONE.match(text)
    month = int(match[1] or match[2]) if match and len(text) <= _LONGEST else 0
    if match and match[3] and month_named(match[3]) != month:
        return 0
    return month if month <= MONTHS else 0


def _named(text: str) -> Period | None:
    if match := _NAMED.match(text):
        name, year = match[1], match[2]
    elif match := _NAMED_LAST.match(text):
        name, year = match[2], match[1]
    else:
        return None
    month = month_named(name)
    return _of_month(year, month) if month else None


def _apart(text: str) -> Period | None:
    """A year and, behind a blank, a month however a column of months writes it: ``2025 08. Agosto``."""
    year, _, rest = text.partition(" ")
    month = month_named(rest) if len(year) == len("2025") and year.isdigit() else 0
    return _of_month(year, month) if month else None


def _quarter(text: str) -> Period | None:
    if match := _QUARTER.match(text):
        return Period.quarter(int(match[1]), int(match[2]))
    if match := _QUARTER_FIRST.match(text):
        return Period.quarter(int(match[3]), int(match[1] or match[2]))
    if match := _HALF.match(text):
        return Period.half(int(match[1] or match[4]), int(match[2] or match[3]))
    return None


def _span(text: str) -> Period | None:
    """``Jan-Aug 2025``, ``1-8/2025``."""
    if match := _SPAN.match(text):
        first, last, year = match[1] or match[3], match[2] or match[4], match[5]
    elif match := _SPAN_LAST.match(text):
        year, first, last = match[1], match[2], match[3]
    else:
        return None
    start, end = _of_month(year, month_named(first)), _of_month(year, month_named(last))
    return Period.span(start, end) if start and end and start < end else None


def _asian(text: str) -> Period | None:
    """``令和7年8月``, ``2025년 8월``, ``25年8月`` (this century; ``114年8月`` is of the Republic)."""
    match = _ASIAN.match(text)
    if not match:
        return None
    year = 1 if match[2] == "元" else int(match[2])
    if match[1]:
        year += _ERAS[match[1]]
    elif year < _THIS_CENTURY:
        year += 2000
    elif year < _HUNDRED * 10:
        year += OFFSET
    return _of_month(str(year), int(match[3]))


def _chinese(text: str) -> Period | None:
    try:
        return parse_roc(text) if "年" in text else None
    except UnparsableError:
        return None


def _roc(text: str) -> Period | None:
    """``11301`` is January of year 113; ``113`` the year."""
    if apart := _ROC_APART.match(text):
        return _of_month(str(int(apart[1]) + OFFSET), int(apart[2]))
    match = _ROC_DIGITS.match(text)
    if not match:
        return _month(text) or _year(text)
    if match[2] is None:
        return Period.year(int(match[1]) + OFFSET)
    return _of_month(str(int(match[1]) + OFFSET), int(match[2]))


def _fiscal(text: str, start: int, *, back: bool) -> Period:
    match = _YEAR.match(text) or _FISCAL.match(text)
    if not match:
        raise UnparsableError(f"{text!r} is not a fiscal year", hint="2018, FY2018 or 2018-19")
    alone = _YEAR.match(text) is not None  # 2024-25 says itself where it begins
    first = Period.month(int(match[1]) - (back and alone), start)
    return Period(first.first, first.first + MONTHS - 1)
