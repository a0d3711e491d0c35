"""Customs open data 6053: monthly totals in NT$ thousand, newest month first.

``年月,出口(千元),進口(千元)``. The bracket says 千元 and not 美元: these are New Taiwan dollars, kept under
the measure ``twd`` so that they never meet the US$ series. The file comes with a byte-order mark or in
Big5; columns are found by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.model.release import Reading
from tidewaiter.nomenclature import find_flow
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.customs_query import PUBLISHER
from tidewaiter.sources.delimited import header_of, read_sheet
from tidewaiter.sources.gathering import Gathering
from tidewaiter.sources.month_text import read_period
from tidewaiter.sources.printed import count_numbers, split_unit, unit_of

if TYPE_CHECKING:
    from tidewaiter.model.unit import Unit
    from tidewaiter.sources.delimited import Sheet
    from tidewaiter.sources.protocol import Blob

_TIME = ("年月", "資料年月", "年月別", "統計年月", "日期", "月份", "資料期", "統計期", "資料期(民國年)")
_FLOWS = frozenset({"exports", "imports", "balance", "total_trade", "re_exports", "re_imports"})


class CustomsTotals:
    """Reads the open data file."""

    name = "customs-totals"

    def sniff(self, blob: Blob) -> bool:
        """A column of months, and beside it nothing but flows with a currency in brackets."""
        header = _header(blob)
        rest = [heading for heading in header if fold(heading) != fold(header[0])] if header else []
        return bool(rest) and any(_meaning(h) for h in rest) and all(split_unit(h)[1] for h in rest)

    def read(self, blob: Blob) -> list[Reading]:
        """One reading, edition = the last month."""
        found = Gathering(blob.name)
        header = _header(blob)
        time = _time_column(header)
        sheet = read_sheet(blob, (time,), found)
        columns = _columns(sheet, time, found)
        for line in sheet.lines:
            period = found.attempt(sheet.place(line, time), read_period, line[time])
            for heading, (key, unit) in columns.items():
                place = sheet.place(line, heading)
                printed = found.number(line[heading], place)
                if printed and period:
                    decimals = printed.decimals
                    found.add(Observation(key, period, LEVEL, printed.value, unit, place, decimals=decimals))
        observations = found.finish()
        return [
            Reading(
                dataset=self.name,
                edition=str(max(seen.period.last_month() for seen in observations)),
                title="海關進出口總值 Customs totals (open data 6053)",
                publisher=PUBLISHER,
                observations=observations,
                numeric_cells=sheet.numeric_cells,
                layout_cells=count_numbers(line[time] for line in sheet.lines),
                notes=tuple(f"{heading}: {unit}" for heading, (_, unit) in columns.items()),
                findings=tuple(found.findings),
            )
        ]


SOURCE = CustomsTotals()


def _header(blob: Blob) -> tuple[str, ...]:
    """The header, its column of months first in what is returned; empty when there is none."""
    for name in _TIME:
        if header := header_of(blob, (name,)):
            at = [fold(heading) for heading in header].index(fold(name))
            return (header[at], *header[:at], *header[at + 1 :])
    return ()


def _time_column(header: tuple[str, ...]) -> str:
    return header[0]


def _meaning(heading: str) -> tuple[Key, Unit] | None:
    name, bracket = split_unit(heading)
    flow, unit = find_flow(name), unit_of(bracket) if bracket else None
    if flow not in _FLOWS or unit is None or unit.kind not in {"TWD", "USD"}:
        return None
    return Key("TWN", flow, measure="twd" if unit.kind == "TWD" else ""), unit


def _columns(sheet: Sheet, time: str, found: Gathering) -> dict[str, tuple[Key, Unit]]:
    columns = {}
    for heading in sheet.header:
        if fold(heading) == fold(time):
            continue
        if (meaning := _meaning(heading)) is None:
            found.fault(
                f"header, {heading}", "no flow and currency we know", "such as 出口(千元), 進口(美元千元)"
            )
        else:
            columns[heading] = meaning
    return columns
