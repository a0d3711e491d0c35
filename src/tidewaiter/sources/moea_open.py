"""Open data of the economic ministry: export orders, production indices, production, sales and stocks.

One long layout with variants: ``統計項目``, at times a dimension (``貨品別``; ``地區代碼,地區別``;
``行業代碼,行業別``; ``產品別``), ``資料期(民國年)`` as ``11507``, then ``統計值`` with its ``計量單位``, or
one pair of these a currency (``統計值(美元),計量單位(美元)``, …). Units stand in each row.
Files of one survey are not equally fresh. Industries in no list of ours go by ``SIC`` and their code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.model.key import TOTAL, WORLD, Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.model.release import Publisher, Reading
from tidewaiter.model.unit import PERCENT
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.delimited import header_of, read_sheet
from tidewaiter.sources.gathering import Gathering
from tidewaiter.sources.moea_words import MANUFACTURING, Item, area, goods, industry, item_of, moea_unit
from tidewaiter.sources.month_text import read_period
from tidewaiter.sources.printed import split_unit

if TYPE_CHECKING:
    from tidewaiter.model.unit import Unit
    from tidewaiter.sources.delimited import Line, Sheet
    from tidewaiter.sources.protocol import Blob

PUBLISHER = Publisher(
    "Ministry of Economic Affairs, Department of Statistics",
    "經濟部統計處",
    "Open Government Data License, version 1.0 (attribution)",
)
_ITEM = "統計項目"
_TIME = (
    "資料期(民國年)", "資料期", "資料期(民國年月)", "資料期(民國年季)", "資料期(年月)", "資料期(年)",
    "資料期(西元年)", "資料期(西元年月)", "資料期間", "資料年月",
)  # fmt: skip
_VALUE, _UNIT = "統計值", "計量單位"
_GOODS = ("貨品別", "產品別", "產品名稱", "貨品名稱")
_INDUSTRY = ("行業別", "業別")
_AREA = ("地區別", "國家別", "國家(地區)別", "國別")
_CODES = ("行業代碼", "地區代碼", "貨品代碼", "產品代碼")
_PRELIMINARY = ("(初步值)", "(p)", "p", "P", "r", "(r)")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A column of values and the column of its units."""

    value: str
    unit: str


class MoeaOpen:
    """Reads the ministry's files."""

    name = "moea-open"

    def sniff(self, blob: Blob) -> bool:
        """Item, period of the Republic's calendar and value columns are in the header."""
        header = _header(blob)
        return any(split_unit(heading)[0] == _VALUE for heading in header)

    def read(self, blob: Blob) -> list[Reading]:
        """One reading, edition = the last month."""
        found = Gathering(blob.name)
        time = next(name for name in _TIME if header_of(blob, (_ITEM, name)))
        sheet = read_sheet(blob, (_ITEM, time), found)
        pairs = _pairs(sheet, time, found)
        for line in sheet.lines:
            _row(sheet, line, time, pairs, found)
        observations = found.finish()
        return [
            Reading(
                dataset=_dataset(observations),
                edition=str(max(seen.period.last_month() for seen in observations)),
                title="、".join(dict.fromkeys(line[_ITEM] for line in sheet.lines)),
                publisher=PUBLISHER,
                observations=observations,
                numeric_cells=sheet.numeric_cells,
                layout_cells=sheet.numeric_cells - len(observations),
                notes=tuple(
                    dict.fromkeys(f"{pair.unit}: {line[pair.unit]}" for line in sheet.lines for pair in pairs)
                ),
                findings=tuple(dict.fromkeys(found.findings)),
            )
        ]


SOURCE = MoeaOpen()


def _header(blob: Blob) -> tuple[str, ...]:
    return next((header for name in _TIME if (header := header_of(blob, (_ITEM, name)))), ())


def _pairs(sheet: Sheet, time: str, found: Gathering) -> list[_Pair]:
    """Value columns with the unit column of the same bracket, else the only one."""
    known = {fold(name) for name in (_ITEM, time, *_GOODS, *_INDUSTRY, *_AREA, *_CODES, "備註")}
    units = {split_unit(h)[1]: h for h in sheet.header if split_unit(h)[0] == _UNIT}
    pairs = []
    for heading in sheet.header:
        name, bracket = split_unit(heading)
        if name == _VALUE:
            unit = units.get(bracket) or units.get("")
            if unit is None:
                found.fault(f"header, {heading}", "no column tells the unit of these values", "計量單位")
            else:
                pairs.append(_Pair(heading, unit))
        elif name != _UNIT and fold(heading) not in known:
            _beside(sheet, heading, found)
    return pairs


def _beside(sheet: Sheet, heading: str, found: Gathering) -> None:
    """A column beside the layout's own: told where it says one thing of the whole file, else a fault."""
    held = {line[heading] for line in sheet.lines}
    if len(held) > 1:
        found.fault(f"header, {heading}", "a column this layout does not have")
    elif held - {""}:
        found.findings.append(f"{heading}: {held.pop()}, not used")


def _row(sheet: Sheet, line: Line, time: str, pairs: list[_Pair], found: Gathering) -> None:
    text = line[time]
    marked = next((mark for mark in _PRELIMINARY if text.endswith(mark)), "")
    period = found.attempt(sheet.place(line, time), read_period, text.removesuffix(marked))
    item = found.attempt(sheet.place(line, _ITEM), item_of, line[_ITEM])
    if item is None:
        return
    partner = _partner(sheet, line, item, found)
    for pair in pairs:
        place = sheet.place(line, pair.value)
        printed = found.number(line[pair.value], place)
        if printed is None:
            continue
        if (unit := moea_unit(line[pair.unit])) is None:
            found.fault(sheet.place(line, pair.unit), f"{line[pair.unit]!r} is no unit we know")
        elif item.statistic and unit != PERCENT:
            found.fault(sheet.place(line, pair.unit), f"a rate in {line[pair.unit]!r}", "a rate is in %")
        elif period is not None and partner is not None:
            key = _key(line, item, partner, unit)
            preliminary = marked in _PRELIMINARY[:4]
            found.add(
                Observation(
                    key, period, item.statistic or LEVEL, printed.value, unit, place,
                    decimals=printed.decimals, preliminary=preliminary,
                )
            )  # fmt: skip


def _first(line: Line, names: tuple[str, ...]) -> tuple[str, str]:
    """The first of these columns that the row fills, and its text."""
    return next(((name, text) for name in names if (text := line.get(name))), ("", ""))


def _partner(sheet: Sheet, line: Line, item: Item, found: Gathering) -> str | None:
    column, name = _first(line, _AREA)
    if not column:
        return item.partner or WORLD
    return found.attempt(sheet.place(line, column), area, name)


def _key(line: Line, item: Item, partner: str, unit: Unit) -> Key:
    """The series of a row; the flow follows from the unit where no word tells it."""
    flow = item.flow or _flow_of_unit(unit)
    commodity = item.commodity or TOTAL
    if name := _first(line, _GOODS)[1]:
        commodity = goods(name, flow)
    elif item.commodity and flow == "export_orders":
        commodity = goods(item.commodity, flow)
    elif name := _first(line, _INDUSTRY)[1]:
        commodity = industry(name, line.get("行業代碼"))
    if flow == "industrial_production" and commodity == MANUFACTURING:
        flow, commodity = "manufacturing_production", TOTAL
    measure = item.measure
    if flow == "export_orders":  # kept in US$ as published first; the other currency is a measure
        measure = "twd" if unit.kind == "TWD" else ""
    elif measure == "twd":
        measure = ""
    return Key("TWN", flow, commodity, partner, measure)


def _flow_of_unit(unit: Unit) -> str:
    """The ministry's only series in US$ are orders, its only indices without a name those of production."""
    return {"USD": "export_orders", "index": "industrial_production", "TWD": "production_value"}.get(
        unit.kind, "production_quantity"
    )


def _dataset(observations: list[Observation]) -> str:
    """Named after what the file is of, so that files of different tables are not vintages of each other."""
    flows = {seen.key.flow for seen in observations}
    goods_ = {seen.key.commodity for seen in observations}
    areas_ = {seen.key.partner for seen in observations}
    survey = "orders" if flows <= {"export_orders", "overseas_production_ratio"} else "production"
    parts = ["moea", survey]
    if len(flows) == 1 and survey == "production":
        parts.append(next(iter(flows)))
    if len(areas_) > 1:
        parts.append("areas")
    elif len(goods_) > 1:
        parts.append("industries" if any(code.startswith("SIC") for code in goods_) else "goods")
    elif goods_ != {TOTAL}:
        parts.append(next(iter(goods_)))
    if {seen.key.measure for seen in observations} == {"sa"}:
        parts.append("sa")
    return "-".join(parts)
