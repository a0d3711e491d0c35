"""How periods are written: ROC years in Chinese releases, common-era years in briefs and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model.roc import OFFSET

if TYPE_CHECKING:
    from datetime import date

    from tidewaiter.bulletin.document import Lang
    from tidewaiter.model.period import Period

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month_name(month: int) -> str:
    """The English name of a month, 1–12."""
    return _MONTHS[month - 1]


def year_text(period: Period, lang: Lang, *, roc: bool = True) -> str:
    """114年, 2025年 or 2025."""
    if lang == "en":
        return str(period.end_year)
    return f"{period.end_year - OFFSET if roc else period.end_year}年"


def month_text(period: Period, lang: Lang, *, year: bool = False) -> str:
    """8月, 114年8月; August, August 2025."""
    if lang == "zh":
        return f"{year_text(period, lang) if year else ''}{period.end_month}月"
    return f"{month_name(period.end_month)} {period.end_year}" if year else month_name(period.end_month)


def span_text(period: Period, lang: Lang, *, year: bool = False) -> str:
    """1至8月, 114年1至8月; January–August (2025). A single month is written as one."""
    if period.is_month:
        return month_text(period, lang, year=year)
    if period.is_year:
        return year_text(period, lang)
    if lang == "zh":
        return f"{year_text(period, lang) if year else ''}{period.start_month}至{period.end_month}月"
    return (
        f"{month_name(period.start_month)}–{month_name(period.end_month)}"
        f"{f' {period.end_year}' if year else ''}"
    )


def row_text(period: Period, lang: Lang, *, roc: bool = True, year: bool = True) -> str:
    """The label of a row or column: 113年, 114年1-8月, 8月; 2024, Jan–Aug 2025, Aug."""
    if period.is_year:
        return year_text(period, lang, roc=roc)
    if lang == "zh":
        head = year_text(period, lang, roc=roc) if year else ""
        months = "" if period.is_month else f"{period.start_month}-"
        return f"{head}{months}{period.end_month}月"
    months = "" if period.is_month else f"{month_name(period.start_month)[:3]}–"
    return f"{months}{month_name(period.end_month)[:3]}{f' {period.end_year}' if year else ''}"


def day_text(day: date, lang: Lang, *, roc: bool = True) -> str:
    """114年9月9日, 2025年9月9日; 9 September 2025."""
    if lang == "zh":
        return f"{day.year - (OFFSET if roc else 0)}年{day.month}月{day.day}日"
    return f"{day.day} {month_name(day.month)} {day.year}"
