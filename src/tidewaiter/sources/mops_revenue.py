"""Monthly revenue of listed companies (公開資訊觀測站): one row a company, NT$ thousand.

A row gives the month, the month before, the same month a year ago, the year to date and that of a year
ago, with the three rates the exchange computes from them. A company's series is
``TWN.revenue.C2330``: its stock code behind a C. Revenue is consolidated and in NT$, so it is not
comparable with US$ customs exports without saying so. Rates from zero are empty in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import UnparsableError
from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.model.release import Publisher, Reading
from tidewaiter.model.roc import to_year
from tidewaiter.model.unit import PERCENT, Unit
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.columnar import Columnar
from tidewaiter.sources.month_text import read_period
from tidewaiter.sources.printed import count_numbers, plain
from tidewaiter.sources.protocol import Blob

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidewaiter.model.period import Period
    from tidewaiter.sources.delimited import Line, Sheet
    from tidewaiter.sources.gathering import Gathering

PUBLISHER = Publisher(
    "Taiwan Stock Exchange, Market Observation Post System",
    "臺灣證券交易所 公開資訊觀測站",
    "Open Government Data License, version 1.0 (attribution)",
)
_REQUIRED = ("資料年月", "公司代號", "營業收入-當月營收")
_TEXTS = ("出表日期", "資料年月", "公司代號", "公司名稱", "產業別", "備註")
_MONEY = Unit("TWD", 3)
_HEAD = 4_000  # characters within which the header ends
_DAY_DIGITS = 4  # 1140816: the day of the year's calendar is the last four


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds: a statistic of a period that follows from the row's month."""

    statistic: str
    period: Callable[[Period], Period]
    is_cumulative: bool = False


_COLUMNS = {
    "營業收入-當月營收": _Column(LEVEL, lambda month: month),
    "營業收入-上月營收": _Column(LEVEL, lambda month: month.previous()),
    "營業收入-去年當月營收": _Column(LEVEL, lambda month: month.year_ago()),
    "營業收入-上月比較增減(%)": _Column("mom", lambda month: month),
    "營業收入-去年同月增減(%)": _Column("yoy", lambda month: month),
    "累計營業收入-當月累計營收": _Column(LEVEL, lambda month: month.to_date(), is_cumulative=True),
    "累計營業收入-去年累計營收": _Column(LEVEL, lambda month: month.to_date().year_ago(), is_cumulative=True),
    "累計營業收入-前期比較增減(%)": _Column("yoy", lambda month: month.to_date(), is_cumulative=True),
}


class MopsRevenue(Columnar):
    """Reads the exchange's file."""

    name = "mops-revenue"
    title = "上市公司每月營業收入彙總表 Monthly revenue of listed companies"
    publisher = PUBLISHER
    required = _REQUIRED

    def sniff(self, blob: Blob) -> bool:
        """Month, company and its revenue are in the header."""
        return super().sniff(_named(blob))

    def read(self, blob: Blob) -> list[Reading]:
        """One reading, edition = the month.

        Raises:
            FaultsError: every fault of the file.
        """
        return super().read(_named(blob))

    def take(self, sheet: Sheet, found: Gathering) -> None:
        """The revenue of each company, and that the days are days."""
        known = {fold(name) for name in (*_COLUMNS, *_TEXTS)}
        for heading in sheet.header:
            if fold(heading) not in known:
                _beside(sheet, heading, found)
        for line in sheet.lines:
            _row(sheet, line, found)
        for line in _made(sheet):
            found.attempt(sheet.place(line, "出表日期"), _day, line["出表日期"])

    def told(self, sheet: Sheet, observations: list[Observation], found: Gathering) -> dict[str, Any]:
        """The publication day is the day the table was made."""
        del observations, found
        return {
            "published": max((_day(line["出表日期"]) for line in _made(sheet)), default=None),
            "notes": ("revenue is consolidated, in NT$ thousand; C and the stock code name a company",),
        }


SOURCE = MopsRevenue()


def _named(blob: Blob) -> Blob:
    """The file with its headings written one way: some markets' files have 營業收入_當月營收."""
    head, line, rest = blob.text[:_HEAD].partition("\n")
    if "營業收入_" not in head:
        return blob
    text = head.replace("營業收入_", "營業收入-") + line + rest + blob.text[_HEAD:]
    return Blob(blob.name, text.encode())


def _beside(sheet: Sheet, heading: str, found: Gathering) -> None:
    """A column beside the layout's own: words are told as not used, numbers nobody has named are a fault."""
    if count_numbers(line[heading] for line in sheet.lines):
        found.fault(f"header, {heading}", "a column this layout does not have")
    else:
        found.findings.append(f"{heading}: words beside the revenue, not used")


def _made(sheet: Sheet) -> list[Line]:
    """The first line of each day in the column 出表日期."""
    first: dict[str, Line] = {}
    for line in sheet.lines:
        if text := line.get("出表日期"):
            first.setdefault(text, line)
    return list(first.values())


def _day(text: str) -> date:
    """``1140816`` → 2025-08-16.

    Raises:
        UnparsableError: it is no such day.
    """
    digits = plain(text).replace("/", "").replace("-", "")
    year, rest = digits[:-_DAY_DIGITS], digits[-_DAY_DIGITS:]
    try:
        return date(to_year(int(year)), int(rest[:2]), int(rest[2:]))
    except ValueError as error:
        raise UnparsableError(f"{text!r} is not a day like 1140816") from error


def _row(sheet: Sheet, line: Line, found: Gathering) -> None:
    month = found.attempt(sheet.place(line, "資料年月"), read_period, line["資料年月"])
    code = plain(line["公司代號"])
    if not (code.isascii() and code.isalnum()):
        found.fault(sheet.place(line, "公司代號"), f"{code!r} is no stock code", "digits and letters: 2330")
        return
    for heading, column in _COLUMNS.items():
        if not line.get(heading):
            continue
        place = sheet.place(line, heading)
        printed = found.number(line[heading], place)
        if printed is None or month is None:
            continue
        # rates come with as many digits as a float has: full precision of what the levels in thousands give
        level = column.statistic == LEVEL
        observation = Observation(
            Key("TWN", "revenue", f"C{code}"),
            column.period(month),
            column.statistic,
            printed.value,
            _MONEY if level else PERCENT,
            place,
            decimals=printed.decimals if level else None,
        )
        # in January the cumulative columns repeat the month's: the same number in another table
        found.add(observation, "cumulative" if column.is_cumulative else "month")
