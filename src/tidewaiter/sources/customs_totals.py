"""Customs open data 6053: monthly totals in NT$ thousand, newest month first.

``年月,出口(千元),進口(千元)``, or year and month apart: ``年度,月份,出口總值(新臺幣千元),…``. 千元 without
美元 are New Taiwan dollars, kept under the measure ``twd`` so that they never meet the US$ series. The file
comes with a byte-order mark or in Big5; columns are found by name.
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
_APART = (("年度", "月份"), ("年", "月"), ("年別", "月別"))  # as the file stood in September 2026: the first
_FLOWS = frozenset({"exports", "imports", "balance", "total_trade", "re_exports", "re_imports"})


class CustomsTotals:
    """Reads the open data file."""

    name = "customs-totals"

    def sniff(self, blob: Blob) -> bool:
        """A column of months (or of years and one of months), and nothing else but flows with a currency."""
        _, rest = _layout(blob)
        return bool(rest) and any(_meaning(h) for h in rest) and all(split_unit(h)[1] for h in rest)

    def read(self, blob: Blob) -> list[Reading]:
        """One reading, edition = the last month."""
        found = Gathering(blob.name)
        times, _ = _layout(blob)
        sheet = read_sheet(blob, times, found)
        columns = _columns(sheet, times, found)
        for line in sheet.lines:
            period = found.attempt(
                sheet.place(line, times[0]), read_period, _month([line[at] for at in times])
            )
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
                layout_cells=count_numbers(line[at] for line in sheet.lines for at in times),
                notes=tuple(f"{heading}: {unit}" for heading, (_, unit) in columns.items()),
                findings=tuple(found.findings),
            )
        ]


SOURCE = CustomsTotals()


def _layout(blob: Blob) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that tell the month, and the others; nothing where there are none."""
    for names in (*_APART, *((name,) for name in _TIME)):
        if header := header_of(blob, names):
            folded = [fold(heading) for heading in header]
            at = [folded.index(fold(name)) for name in names]
            rest = tuple(heading for n, heading in enumerate(header) if n not in at)
            return tuple(header[n] for n in at), rest
    return (), ()


def _month(parts: list[str]) -> str:
    """``115``, ``6`` → ``115年6月``; one part stands as it is."""
    return parts[0] if len(parts) == 1 else f"{parts[0].strip()}年{parts[1].strip()}月"


def _meaning(heading: str) -> tuple[Key, Unit] | None:
    name, bracket = split_unit(heading)
    flow, unit = find_flow(name), unit_of(bracket) if bracket else None
    if flow not in _FLOWS or unit is None or unit.kind not in {"TWD", "USD"}:
        return None
    return Key("TWN", flow, measure="twd" if unit.kind == "TWD" else ""), unit


def _columns(sheet: Sheet, times: tuple[str, ...], found: Gathering) -> dict[str, tuple[Key, Unit]]:
    columns = {}
    for heading in sheet.header:
        if heading in times:
            continue
        if (meaning := _meaning(heading)) is None:
            found.fault(
                f"header, {heading}", "no flow and currency we know", "such as 出口(千元), 進口(美元千元)"
            )
        else:
            columns[heading] = meaning
    return columns
