"""What a heading of a table says: a period, a statistic, a unit, a name, or several of these.

``2024年1-9月`` · ``金額(億美元)`` · ``2023年年增率(%)`` · ``較上年同期增減`` · ``美國`` · ``113年(p)``
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidewaiter.errors import UnparsableError
from tidewaiter.model.observation import LEVEL
from tidewaiter.model.period import Period
from tidewaiter.model.roc import parse_roc, to_year
from tidewaiter.model.unit import PERCENT, Unit
from tidewaiter.sources.brief_tables import AVERAGE_GROWTH, average_span
from tidewaiter.sources.documents.numbers import unmarked
from tidewaiter.sources.month_text import read_period
from tidewaiter.sources.printed import plain, split_unit, unit_of

_AVERAGE = re.compile(
    r"(\d{2,4})\s*年?\s*[-~至]\s*(\d{2,4})\s*年?\s*(?:年?平均.*(?:成長|增)|年均|複合|CAGR).*", re.IGNORECASE
)
_DATED = re.compile(
    r"(?:民國|西元)?\s*(?P<date>\d{2,4}\s*年(?:\s*(?:第?[1-4一二三四]季|上半年|下半年|\d{1,2}(?:\s*[-~至]\s*\d{1,2})?\s*月))?"
    r"(?:\s*[-~至]\s*\d{2,4}\s*年\s*\d{1,2}\s*月)?)(?P<rest>.*)\Z"
)
_QUARTER = re.compile(r"(\d{2,4})\s*年\s*第?([1-4一二三四])季\Z")
_PLAIN = re.compile(r"(?:19|20)\d{2}(?:[-/.M](?:0?[1-9]|1[0-2]))?\Z|\d{2,4}[-/.]?Q[1-4]\Z")
_SHARE = re.compile(r"占比|佔比|比重|市占|市佔|結構|份額|占有率|[占佔](?:總|全|對)")
_MONTHLY = re.compile(r"月增|較上月|與上月比")
_GROWTH = re.compile(r"年增|成長率|增減率|變動率|[較比][上去]年|同期比|增減")
_LEVEL = re.compile(
    r"(?:出口|進口|貿易|出進口)?(?:金額|總?值|總?額|規模|價值)\Z|(?:百|千|十)?[萬億兆千百]?(?:美元|元)\Z"
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
# fmt: off
_CORNER = frozenset((
    "國別", "國家", "地區", "國家/地區", "國家(地區)", "地區別", "市場", "區域", "項目", "貨品", "貨品別",
    "產品", "年別", "年月別", "年(月)別", "年度", "年月", "月份", "期間",
))
# fmt: on
LAYOUT = frozenset(
    {"排名", "名次", "序號", "順位", "編號", "號列", "貨品號列", "HS", "HSCODE", "稅則號列", "排序"}
)
"""Heads of columns that number or name the rows."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says; None and empty where it says nothing of the kind."""

    period: Period | None = None
    average: bool = False
    statistic: str = ""
    unit: Unit | None = None
    name: str = ""
    preliminary: bool = False


def read_heading(text: str) -> Heading:
    """The parts of a heading.

    Examples:
        >>> read_heading("2024年1-9月").period, read_heading("113年(p)").preliminary
        (Period('2024-01..2024-09'), True)
        >>> told = read_heading("2023年年增率(%)")
        >>> str(told.period), told.statistic, told.name, read_heading("美國").name
        ('2023', 'yoy', '', '美國')
    """
    shown, preliminary = unmarked(plain(text))
    if match := _AVERAGE.match(shown):
        span = average_span(to_year(int(match[1])), to_year(int(match[2])))
        return Heading(span, average=True, statistic=AVERAGE_GROWTH, unit=PERCENT)
    period, rest = _period(shown)
    name, bracket = split_unit(rest)
    unit = unit_of(bracket) if bracket else None
    if bracket and unit is None:
        name = rest
    statistic = _statistic(name, unit)
    if statistic and unit is None and statistic != LEVEL:
        unit = PERCENT
    if statistic == LEVEL and unit is None:
        unit = unit_of(name)
    told = "" if statistic or "".join(name.split()) in _CORNER else name.strip()
    return Heading(period, statistic=statistic, unit=unit, name=told, preliminary=preliminary)


def _statistic(name: str, unit: Unit | None) -> str:
    words = "".join(name.split())
    if not words:
        return LEVEL if unit is not None and unit != PERCENT else ""
    if unit is not None and unit != PERCENT and re.search(r"增減|增加|變動", words):
        return "mom_change" if _MONTHLY.search(words) else "yoy_change"
    for pattern, statistic in ((_SHARE, "share"), (_MONTHLY, "mom"), (_GROWTH, "yoy"), (_LEVEL, LEVEL)):
        if pattern.search(words):
            return statistic
    return ""


def _period(text: str) -> tuple[Period | None, str]:
    """The period a text opens with, and what follows."""
    if _PLAIN.match(text):
        return read_period(text), ""
    match = _DATED.match(text)
    if match is None:
        return None, text
    date = re.sub(r"\s", "", match["date"])
    try:
        if quarter := _QUARTER.match(date):
            number = _QUARTERS.get(quarter[2]) or int(quarter[2])
            return Period.quarter(to_year(int(quarter[1])), number), match["rest"].strip()
        return parse_roc(date), match["rest"].strip()
    except UnparsableError:
        return None, text
