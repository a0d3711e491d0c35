"""The customs query file (財政部關務署, GA30): commodity × month in US$ thousand, as users download it.

The header is ``進出口別,日期,貨品號列,中文貨名,英文貨名,美元(千元)``; a query by country adds 國家, one
by quantity adds 數量 and 數量單位 or 重量(公斤). Dates are in ROC years, a month marked ``(初步值)`` is
preliminary. Native files are Big5. Totals include re-exports, as the office's headline does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from tidewaiter.errors import UnknownNameError
from tidewaiter.model.key import WORLD, Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.model.release import Publisher, Reading
from tidewaiter.model.roc import parse_roc
from tidewaiter.model.unit import Unit
from tidewaiter.nomenclature import areas, find_flow, flows
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.delimited import Line, Sheet, header_of, read_sheet
from tidewaiter.sources.gathering import Gathering
from tidewaiter.sources.month_text import read_period
from tidewaiter.sources.printed import count_numbers, currency_column, is_number, plain, split_unit

if TYPE_CHECKING:
    from tidewaiter.model.period import Period
    from tidewaiter.sources.protocol import Blob

PUBLISHER = Publisher(
    "Ministry of Finance, Customs Administration",
    "財政部關務署",
    "Open Government Data License, version 1.0 (attribution)",
)
_REQUIRED = ("進出口別", "日期", "貨品號列")
_MEASURED = frozenset({"重量", "淨重", "數量"})
_FLOW = ("進出口別", "進出口", "貿易別")
_DATE = ("日期", "年月", "資料期", "期間")
_CODE = ("貨品號列", "貨品分類號列", "貨品分類", "稅則號列", "貨品代碼", "HS號列")
_COUNTRY = ("國家", "國家(地區)", "國別", "國家名稱", "國家中文名稱", "國家(地區)名稱", "地區")
_NAMES = (
    "中文貨名", "英文貨名", "貨名", "國家英文名稱", "國家代碼", "國家(地區)代碼", "數量單位", "單位", "備註",
)  # fmt: skip
_WEIGHTS = {"公斤": Unit("kg"), "公噸": Unit("kg", 3), "千公斤": Unit("kg", 3)}
_PRELIMINARY = "(初步值)"
_HS_DIGITS = frozenset({2, 4, 6})
_CCC_DIGITS = frozenset({8, 10, 11})


@dataclass(frozen=True, slots=True)
class _Row:
    """What one row is about; its columns of numbers share it."""

    key: Key
    period: Period
    preliminary: bool


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of numbers. ``unit`` None: each row tells its own."""

    heading: str
    unit: Unit | None
    measure: str


class CustomsQuery:
    """Reads the query file."""

    name = "customs-query"

    def sniff(self, blob: Blob) -> bool:
        """The three dimension columns are in the header."""
        return bool(_required(blob))

    def read(self, blob: Blob) -> list[Reading]:
        """One reading, edition = the last month the file speaks of."""
        found = Gathering(blob.name)
        sheet = _named(read_sheet(blob, _required(blob), found, _mend))
        columns = _columns(sheet, found)
        codes = 0
        for line in sheet.lines:
            codes += count_numbers(line.get(heading) for heading in _texts(sheet))
            if row := _row(sheet, line, found):
                _numbers(sheet, line, row, columns, found)
        observations = found.finish()
        last = max(seen.period.last_month() for seen in observations)
        return [
            Reading(
                dataset=self.name,
                edition=str(last),
                title="海關進出口統計 Customs trade statistics query",
                publisher=PUBLISHER,
                observations=observations,
                numeric_cells=sheet.numeric_cells,
                layout_cells=codes,
                notes=_flow_labels(sheet),
            )
        ]


SOURCE = CustomsQuery()


def _required(blob: Blob) -> tuple[str, ...]:
    """The headings of flow, date and code as this file has them, empty when it is of another layout."""
    for flow, date, code in product(_FLOW, _DATE, _CODE):
        if header := header_of(blob, (flow, date, code)):
            money = any(
                currency_column(name) is not None or split_unit(name)[0] in _MEASURED for name in header
            )
            return (flow, date, code) if money else ()
    return ()


def _named(sheet: Sheet) -> Sheet:
    """The sheet with its three headings by the names they have in most files."""
    folded = {fold(name) for name in sheet.header}
    names = [next((name for name in one if fold(name) in folded), one[0]) for one in (_FLOW, _DATE, _CODE)]
    back = {fold(name): fold(usual) for name, usual in zip(names, _REQUIRED, strict=True)}
    usual = {fold(name): known for name, known in zip(names, _REQUIRED, strict=True)}
    return replace(
        sheet,
        header=tuple(usual.get(fold(name), name) for name in sheet.header),
        lines=tuple(
            Line(line.number, {back.get(name, name): cell for name, cell in line.cells.items()})
            for line in sheet.lines
        ),
    )


def _texts(sheet: Sheet) -> list[str]:
    known = {fold(name) for name in (*_REQUIRED, *_COUNTRY, *_NAMES)}
    return [heading for heading in sheet.header if fold(heading) in known]


def _flow_labels(sheet: Sheet) -> tuple[str, ...]:
    return tuple(sorted({line["進出口別"] for line in sheet.lines}))


def _columns(sheet: Sheet, found: Gathering) -> list[_Column]:
    texts = _texts(sheet)
    columns = []
    for heading in sheet.header:
        if heading in texts:
            continue
        column = _column(heading)
        if column is None:
            hint = "known are 美元(千元), 新臺幣(千元), 重量(公斤), 數量; see the office's query page"
            found.fault(f"header, {heading}", "no unit we know is in this heading", hint)
        else:
            columns.append(column)
    if not columns and not found.faults:
        found.fault("header", "no column of numbers", "a value column reads 美元(千元)")
    return columns


def _column(heading: str) -> _Column | None:
    if (unit := currency_column(heading)) is not None:
        return _Column(heading, unit, "twd" if unit.kind == "TWD" else "")
    name, bracket = split_unit(heading)
    if name in {"重量", "淨重"}:
        return _Column(heading, _WEIGHTS[bracket], "weight") if bracket in _WEIGHTS else None
    return _Column(heading, None, "quantity") if name == "數量" else None


def _row(sheet: Sheet, line: Line, found: Gathering) -> _Row | None:
    flow = found.attempt(sheet.place(line, "進出口別"), _flow, line["進出口別"])
    date = plain(line["日期"])
    period = found.attempt(sheet.place(line, "日期"), _period, date.removesuffix(_PRELIMINARY))
    commodity = found.attempt(sheet.place(line, "貨品號列"), _commodity, line["貨品號列"])
    partner: str | None = WORLD
    for heading in _COUNTRY:
        if name := line.get(heading):
            partner = found.attempt(sheet.place(line, heading), areas().code_of, name)
    if flow is None or period is None or commodity is None or partner is None:
        return None
    return _Row(Key("TWN", flow, commodity, partner), period, date.endswith(_PRELIMINARY))


def _flow(name: str) -> str:
    """Exports, imports; re-exports and re-imports where a query asks for them apart.

    Raises:
        UnknownNameError: it is none of these.
    """
    return find_flow(name) or flows().code_of(name)


def _period(text: str) -> Period:
    """``113年1月``, a year, a span; some files write ``11301`` or ``2024/01``.

    Raises:
        UnparsableError: it is none of these.
    """
    return parse_roc(text) if "年" in text else read_period(text)


def _commodity(digits: str) -> str:
    """``847150`` → HS847150; 8, 10 and 11 digits are the national code: CCC85423100002.

    Raises:
        UnknownNameError: not 2, 4, 6, 8, 10 or 11 digits (a leading zero lost by a spreadsheet, say).
    """
    if digits.isascii() and digits.isdigit():
        if len(digits) in _HS_DIGITS:
            return f"HS{digits}"
        if len(digits) in _CCC_DIGITS:
            return f"CCC{digits}"
    raise UnknownNameError.of("commodity code", digits, [])


def _numbers(sheet: Sheet, line: Line, row: _Row, columns: list[_Column], found: Gathering) -> None:
    for column in columns:
        place = sheet.place(line, column.heading)
        if (printed := found.number(line[column.heading], place)) is None:
            continue
        unit = column.unit or Unit(line.get("數量單位") or "unit")
        found.add(
            Observation(
                row.key.but(measure=column.measure),
                row.period,
                LEVEL,
                printed.value,
                unit,
                place,
                decimals=printed.decimals,
                preliminary=row.preliminary,
            )
        )


def _mend(header: list[str], row: list[str]) -> list[str] | None:
    """A row whose English name holds commas, put together again.

    Only when it cannot be anything else: the surplus follows the English name and the piece before the
    next column is words. ``…,1,125,614`` is a number with separators and stays a fault.
    """
    surplus = len(row) - len(header)
    if surplus <= 0 or "英文貨名" not in header:
        return None
    at = header.index("英文貨名")
    pieces = row[at : at + surplus + 1]
    if is_number(pieces[-1]) or not pieces[-1].strip():
        return None
    return [*row[:at], ",".join(pieces), *row[at + surplus + 1 :]]
