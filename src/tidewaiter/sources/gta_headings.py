"""The headings of a Global Trade Atlas export: what a column is, and of which period."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidewaiter.errors import UnparsableError
from tidewaiter.model.observation import LEVEL
from tidewaiter.model.period import Period
from tidewaiter.model.unit import Unit

_ROLES = (
    ("reporter", r"reporter(?:s| country| name)?|reporting (?:country|economy|countries)|declarant"),
    ("partner", r"partner(?:s| country| countries| name)?|trading partner|country"),
    ("flow", r"(?:trade )?flow|direction|trade type|import/export"),
    ("code", r"commodity(?: code| group)?|(?:hs|hts|product|tariff|commodity)[ _-]?(?:code|number|no\.?)?"),
    ("description", r"(?:commodity |product |hs )?description"),
    ("unit", r"(?:quantity )?units?(?: of (?:quantity|measure))?|uom|(?:quantity )?unit 1|qty unit"),
    ("period", r"period|date|month|year|time period|time"),
)
_SHARE = re.compile(r"share|% of total", re.IGNORECASE)
_CHANGE = re.compile(r"change|growth|%\s*(?:yoy|chg)|\bΔ", re.IGNORECASE)
_QUANTITY = re.compile(r"quantity|qty|volume|weight", re.IGNORECASE)
_PRICE = re.compile(r"unit (?:value|price)|average price|price", re.IGNORECASE)
_VALUE = re.compile(
    r"value|dollar|usd|us\$|euro?s?\b|amount|yen|pound|currency|million|thousand", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(?P<{0}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_SPAN = re.compile(
    rf"{_NAME.format('a')}\s*[-–/to]+\s*{_NAME.format('b')},?\s*(?P<year>(?:19|20)\d\d)", re.IGNORECASE
)
_SPAN_LAST = re.compile(
    rf"(?P<year>(?:19|20)\d\d)\s*[:,]?\s*{_NAME.format('a')}\s*[-–/to]+\s*{_NAME.format('b')}", re.IGNORECASE
)
_SPAN_DIGITS = re.compile(r"(?P<a>\d{1,2})\s*[-–]\s*(?P<b>\d{1,2})\s*/\s*(?P<year>(?:19|20)\d\d)")
_TO_DATE = re.compile(rf"ytd\D*?{_NAME.format('b')}\s*(?P<year>(?:19|20)\d\d)", re.IGNORECASE)
_MONTH = re.compile(rf"{_NAME.format('a')}[-\s,]*(?P<year>(?:19|20)\d\d|\d\d\b)", re.IGNORECASE)
_MONTH_DIGITS = re.compile(r"\b(?P<a>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)\b")
_YEAR_MONTH = re.compile(r"\b(?P<year>(?:19|20)\d\d)[-/ ]?(?P<a>0[1-9]|1[0-2])\b")
_QUARTER = re.compile(
    r"(?:Q(?P<q>[1-4])[-\s/]*(?P<year>(?:19|20)\d\d)|(?P<year2>(?:19|20)\d\d)[-\s/]*Q(?P<q2>[1-4]))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?P<year>(?:19|20)\d\d)\b")
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers.

    Attributes:
        heading: its headings, joined.
        statistic: ``level``, ``share`` or ``yoy``.
        kind: ``value``, ``quantity`` or ``price``.
        period: what its heading names; None when rows tell theirs.
        unit: its money, where the heading tells it.
    """

    heading: str
    statistic: str
    kind: str
    period: Period | None
    unit: Unit | None


def role_of(text: str) -> str:
    """The role of a column that names its rows, empty for any other.

    Examples:
        >>> role_of("Partner Country"), role_of("HS Code"), role_of("2023")
        ('partner', 'code', '')
    """
    shown = text.strip().lower()
    return next((role for role, pattern in _ROLES if re.fullmatch(pattern, shown)), "")


def column_of(headings: list[str]) -> Column | None:
    """What the headings of a column of numbers say, None when they say nothing of the kind.

    Examples:
        >>> told = column_of(["United States Dollars", "01-09/2024"])
        >>> str(told.period), told.kind, str(told.unit)
        ('2024-01..2024-09', 'value', 'USD')
        >>> told = column_of(["% Change 2024/2023"])
        >>> told.statistic, str(told.period)
        ('yoy', '2024')
    """
    text = " ".join(headings).strip()
    period = period_of(text)
    if _CHANGE.search(text):
        return Column(text, "yoy", "value", _later(text) or period, None)
    if _SHARE.search(text):
        return Column(text, "share", "value", period, None)
    kind = "price" if _PRICE.search(text) else "quantity" if _QUANTITY.search(text) else "value"
    if period is None and kind == "value" and not _VALUE.search(text):
        return None
    return Column(text, LEVEL, kind, period, _unit(text) if kind != "quantity" else None)


def _unit(text: str) -> Unit | None:
    from tidewaiter.sources.mapping.headings import unit_in  # noqa: PLC0415

    shown = unit_in(text)
    try:
        return Unit.parse(shown) if shown else None
    except UnparsableError:
        return None


def _later(text: str) -> Period | None:
    """``2024/2023``: a change is of the later of two years."""
    years = [int(year) for year in _YEAR.findall(text)]
    named = period_of(text)
    if len(years) > 1 and (named is None or named.is_year):
        return Period.year(max(years))
    return None


def period_of(text: str) -> Period | None:
    """The period that a heading names.

    Examples:
        >>> [str(period_of(text)) for text in ("Jan - Sep 2024", "YTD Sep 2024", "09/2024", "Sep-24")]
        ['2024-01..2024-09', '2024-01..2024-09', '2024-09', '2024-09']
        >>> str(period_of("Q3 2024")), str(period_of("2024")), period_of("Quantity")
        ('2024-Q3', '2024', None)
    """
    for pattern in (_SPAN, _SPAN_LAST, _SPAN_DIGITS):
        if match := pattern.search(text):
            year, a, b = int(match["year"]), _number(match["a"]), _number(match["b"])
            return Period.span(Period.month(year, a), Period.month(year, b)) if a <= b else None
    if match := _TO_DATE.search(text):
        return Period.month(int(match["year"]), _number(match["b"])).to_date()
    if match := _QUARTER.search(text):
        return Period.quarter(int(match["year"] or match["year2"]), int(match["q"] or match["q2"]))
    for pattern in (_MONTH, _MONTH_DIGITS, _YEAR_MONTH):
        if match := pattern.search(text):
            year = int(match["year"])
            return Period.month(year if year > 99 else year + _CENTURY, _number(match["a"]))  # noqa: PLR2004
    match = _YEAR.search(text)
    return Period.year(int(match["year"])) if match else None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].lower()) + 1
