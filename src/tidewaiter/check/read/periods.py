"""Periods in words: 前11月, 今年1-8月, 一一四年, 去年12月, January-September, the first 11 months.

What a text leaves out (the year of ``11月``, the month of ``上月``) is filled in from the day it was
published and from the year named last. A period is kept as text in the form of
:class:`~tidewaiter.model.period.Period`, but a first quarter or half stays ``2023-Q1`` or ``2023-H1``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.phrases.numerals import NUMBER, read_number

if TYPE_CHECKING:
    from datetime import date

_D = "[〇○零一二三四五六七八九]"
_Y = (
    rf"(?:(?:19|20)\d\d|民國前?\d{{1,3}}|民國{_D}{{2,3}}|(?:[89]\d|1[0-3]\d)(?=年)|[一二]?{_D}{{3}}|"
    rf"[一二]{_D}{{3}}|[九八七]十?{_D}|[九八七]十(?=年)|一百[一二三]?十?[一二三四五六七八九]?)年度?"
)
_REL = "(?:今年|去年(?!同[期月季])|(?<![加以])上年(?!底|初|紀|輕|同[期月季])|前年|明年|本年|當年|同年|前一年)"
_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_PART = (
    rf"(?:1、2月(?:份)?(?:合計|合併)?|元月(?!宵)|(?:前|首){NUMBER}個?月|{_M}月?(?:份)?(?:-|~|至|到){_M}月|{_M}月(?!\d{{1,2}}日|[一二三]?十?[一二三四五六七八九十]日)|"
    r"上半年?|下半年|前[一二三123]季|首季|第?[一二三四1234]季(?!度?財)|Q[1-4]|[1-4]Q|全年|整年)"
)
PERIOD_ZH = (
    rf"(?P<pe_day>(?:{_Y}年|(?<!\d)){_M}月(?:\d{{1,2}}|[一二三]?十?[一二三四五六七八九十])日|\d{{4}}/\d{{1,2}}/\d{{1,2}})|"
    rf"(?:(?:累計|累積|截至|合計)(?:至)?)?(?:(?P<pe_y0>(?:19|20)\d\d|1[01]\d)(?:年)?(?:-|~|至|到)(?P<pe_y1>(?:19|20)\d\d|1[0-3]\d)年|"
    rf"(?<![\d.近逾過])(?P<pe_y>{_Y}|{_REL}|(?:19|20)\d\d(?=全年|整年|[上下]半年))(?:的)?(?P<pe_p>{_PART})?(?:(?:至|到|-|~)(?P<pe_y2>{_Y})(?P<pe_p2>{_PART})?)?|(?<![\d.第個])(?P<pe_q>{_PART})|"
    r"(?P<pe_r>上個?月|本月(?!底|中|初|[0-9])|當月|上季|本季))(?:份)?(?P<pe_s>以前|之前)?"
)
_MONTHS_EN = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_MON = (
    r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept\.|Sep\.|Oct\.|Nov\.|Dec\.)"
)
_YEAR_EN = r"(?:19|20)\d\d"
_WHICH = rf"(?:,? (?:of )?(?P<pe_y{{0}}>{_YEAR_EN}|last year|this year|the year)\b)?"
PERIOD_EN = (
    rf"(?P<pe_day>\b{_MON} \d{{1,2}}(?:st|nd|rd|th)?\b(?!\.\d)(?:, {_YEAR_EN})?|"
    rf"\b\d{{1,2}} {_MON}\b(?: {_YEAR_EN})?)|"
    rf"\b(?:(?P<pe_a>{_MON})(?: ?- ?| to | through )(?P<pe_b>{_MON}){_WHICH.format(1)}|"
    rf"(?P<pe_j>(?-i:January and February|Jan\. and Feb\.)){_WHICH.format(7)}|"
    rf"(?P<pe_m>{_MON})(?:(?:'s)?){_WHICH.format(2)}|"
    rf"(?:the )?first (?P<pe_n>\d+|two|three|four|five|six|seven|eight|nine|ten|"
    rf"eleven) months{_WHICH.format(3)}|"
    rf"(?:the )?(?P<pe_h>first|second|third|fourth|last)[ -](?P<pe_k>quarter|half){_WHICH.format(4)}|"
    rf"Q(?P<pe_q>[1-4])(?: of)?(?: (?P<pe_y5>{_YEAR_EN}))?|"
    rf"(?P<pe_f>(?:the )?(?:full|whole|entire)[- ]year|for the year|for all of|"
    rf"all of)(?: (?P<pe_y6>{_YEAR_EN}|last year|this year))?|"
    rf"(?P<pe_z>{_YEAR_EN})(?:(?:-| to | through )(?P<pe_w>{_YEAR_EN}))?"
    rf"(?![\d,.]\d|%|\w)|(?P<pe_r>last month|"
    rf"last year|this year|next year|the month|next month|this month|the current month|"
    rf"the (?:previous|prior|preceding) (?:quarter|month)))"
)


@dataclass(slots=True)
class Calendar:
    """What relative words refer to.

    Attributes:
        published: the day the text was published.
        month: the month it is about, as (year, month): the one before publication until it names another.
        year: the year named last, 0 when none was.
    """

    published: date
    month: tuple[int, int]
    year: int = 0

    @classmethod
    def of(cls, published: date) -> Calendar:
        """The calendar of a text published on a day."""
        return cls(published, _before(published.year, published.month))

    def year_of(self, month: int, *, ahead: bool) -> int:
        """The year of a month named without one."""
        today = self.published
        if ahead:  # up to ten months to come, or one of the last two
            distance = (month - today.month) % 12
            last = today.year * 12 + today.month - 1 + (distance if distance < 10 else distance - 12)  # noqa: PLR2004
            return last // 12
        if self.year and (self.year, month) <= (today.year, today.month):
            return self.year
        return today.year if month <= today.month else today.year - 1


def _before(year: int, month: int) -> tuple[int, int]:
    return (year, month - 1) if month > 1 else (year - 1, 12)


def _month(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}"


def to_date(year: int, month: int) -> str:
    """January to a month: ``2023-01..2023-11``."""
    return f"{_month(year, 1)}..{_month(year, month)}" if month > 1 else _month(year, 1)


def read_year(text: str, calendar: Calendar) -> int:
    """The common-era year of 2023年, 114年, 一一四年, 民國90年, 去年, last year."""
    now = calendar.published.year
    if text in ("同年", "當年"):
        return calendar.year or now
    if (relative := _RELATIVE.get(text.casefold())) is not None:
        return now + relative
    digits = text.removeprefix("民國").removesuffix("度").removesuffix("年")
    year = int(read_number(digits))
    return year if year >= 1900 else year + 1911  # noqa: PLR2004 - ROC years are three digits at most


_RELATIVE = {
    "今年": 0, "本年": 0, "去年": -1, "上年": -1, "前一年": -1, "前年": -2, "明年": 1,
    "last year": -1, "this year": 0, "the year": 0, "next year": 1,
}  # fmt: skip
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SPAN = re.compile(rf"(?P<a>{_M})月?(?:份)?(?:-|~|至|到)(?P<b>{_M})月")


def read_zh(match: re.Match[str], calendar: Calendar, *, ahead: bool = False) -> str:
    """The period of a match of :data:`PERIOD_ZH`, empty for a mere date."""
    if match["pe_day"]:
        return ""
    if match["pe_y0"]:
        return f"{read_year(match['pe_y0'], calendar)}..{read_year(match['pe_y1'], calendar)}"
    if near := match["pe_r"]:
        year, month = calendar.month
        if near.startswith("本") and ahead:
            year, month = calendar.published.year, calendar.published.month
        if near.startswith("上") and near.endswith("月"):
            year, month = _before(calendar.published.year, calendar.published.month)
        return _month(year, month)
    named = match["pe_y"]
    year = read_year(named, calendar) if named else 0
    part = match["pe_p"] or match["pe_q"] or ""
    head = match[0]
    result = _part_zh(part, year, calendar, ahead=ahead, so_far=head.startswith(("累計至", "截至", "累積至")))
    if match["pe_y2"]:
        tail = _part_zh(match["pe_p2"] or "", read_year(match["pe_y2"], calendar), calendar)
        result = f"{result}..{tail}"
    return f"..{result}" if match["pe_s"] else result


def _part_zh(part: str, year: int, calendar: Calendar, *, ahead: bool = False, so_far: bool = False) -> str:  # noqa: PLR0911 - one return for each form
    if not part or part in ("全年", "整年"):
        return str(year or calendar.year or _year_of_report(calendar))
    if part.startswith("1、2月"):
        return to_date(year or calendar.year_of(2, ahead=ahead), 2)
    if span := _SPAN.fullmatch(part):
        last = int(read_number(span["b"]))
        first = int(read_number(span["a"]))
        year = year or calendar.year_of(last, ahead=ahead)
        return f"{_month(year, first)}..{_month(year, last)}"
    if part[0] in "前首" and part.endswith("月"):
        last = int(read_number(part[1:].rstrip("個月")))
        return to_date(year or calendar.year_of(last, ahead=False), last)
    if part[0] in "上下" and "半" in part:
        half = 1 if part[0] == "上" else 2
        return f"{year or calendar.year_of(half * 6, ahead=ahead)}-H{half}"
    if part[0] == "前":
        last = 3 * _QUARTERS[part[1]]
        return to_date(year or calendar.year_of(last, ahead=False), last)
    if part == "首季" or "季" in part or "Q" in part:
        quarter = 1 if part == "首季" else next(_QUARTERS[sign] for sign in part if sign in _QUARTERS)
        return f"{year or calendar.year_of(quarter * 3, ahead=ahead)}-Q{quarter}"
    head = part.split("月", maxsplit=1)[0]
    month = 1 if head == "元" else int(read_number(head))
    year = year or calendar.year_of(month, ahead=ahead)
    return to_date(year, month) if so_far else _month(year, month)


def _year_of_report(calendar: Calendar) -> int:
    """The year of 全年 without one: last year while January's reports come out."""
    today = calendar.published
    return today.year - 1 if today.month <= 2 else today.year  # noqa: PLR2004


def read_en(match: re.Match[str], calendar: Calendar, *, ahead: bool = False) -> str:  # noqa: PLR0911 - one return for each form
    """The period of a match of :data:`PERIOD_EN`, empty for a mere date."""
    if match["pe_day"]:
        return ""
    years = [match[f"pe_y{n}"] for n in range(1, 8) if match[f"pe_y{n}"]]
    year = read_year(years[0], calendar) if years else 0
    if match["pe_m"]:
        month = _month_number(match["pe_m"])
        return _month(year or calendar.year_of(month, ahead=ahead), month)
    if match["pe_j"]:
        return to_date(year or calendar.year_of(2, ahead=ahead), 2)
    if match["pe_a"]:
        first, last = _month_number(match["pe_a"]), _month_number(match["pe_b"])
        year = year or calendar.year_of(last, ahead=ahead)
        return f"{_month(year, first)}..{_month(year, last)}"
    if match["pe_n"]:
        last = _count(match["pe_n"])
        return to_date(year or calendar.year_of(last, ahead=False), last)
    if match["pe_k"]:
        place = {"first": 1, "second": 2, "third": 3}.get(match["pe_h"].casefold(), 4)
        letter, months = ("Q", 3) if match["pe_k"].casefold() == "quarter" else ("H", 6)
        place = min(place, 12 // months)
        return f"{year or calendar.year_of(place * months, ahead=ahead)}-{letter}{place}"
    if match["pe_q"]:
        return f"{year or calendar.year_of(int(match['pe_q']) * 3, ahead=ahead)}-Q{match['pe_q']}"
    if match["pe_f"]:
        return str(year or calendar.year or _year_of_report(calendar))
    if match["pe_z"]:
        return f"{match['pe_z']}..{match['pe_w']}" if match["pe_w"] else match["pe_z"]
    return _relative_en(match["pe_r"].casefold(), calendar)


def _relative_en(words: str, calendar: Calendar) -> str:
    today = calendar.published
    if words.endswith("quarter"):
        year, month = calendar.month
        before = year * 4 + (month - 1) // 3 - 1
        return f"{before // 4}-Q{before % 4 + 1}"
    if not words.endswith("month"):
        return str(read_year(words, calendar))
    if words == "last month":
        return _month(*_before(today.year, today.month))
    if words in ("this month", "the current month"):
        return _month(today.year, today.month)
    if words == "next month":
        return _month(today.year + today.month // 12, today.month % 12 + 1)
    return _month(*(calendar.month if words == "the month" else _before(*calendar.month)))


def _month_number(name: str) -> int:
    head = name[:3].casefold()
    return next(n for n, full in enumerate(_MONTHS_EN, 1) if full.startswith(head))


def _count(word: str) -> int:
    names = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]
    return int(word) if word.isdigit() else names.index(word.casefold()) + 1


def year_before(period: str) -> str:
    """The same months a year before; empty for a period of no year.

    Examples:
        >>> year_before("2024-01..2024-02")
        '2023-01..2023-02'
    """
    if not period[:4].isdigit():
        return ""
    return "..".join(f"{int(part[:4]) - 1}{part[4:]}" for part in period.split(".."))


def is_span(period: str) -> bool:
    """January to some month of one year, more than one month: the cumulative span."""
    start, _, end = period.partition("..")
    return bool(start) and len(start) == len("2023-01") and start.endswith("-01") and start[:4] == end[:4]


def is_month(period: str) -> bool:
    """One month."""
    return len(period) == len("2023-01") and period[5].isdigit()
