"""The customs' yearly table by CCC-11 code and country, as spreadsheets carry it on.

``Year,Country,HS Code,Description,Export Value (USD)``: countries in Chinese, codes of the national
classification (8, 10 or 11 digits), values in single US dollars. Which office it is from shows in these
two; a table with such a header and other codes or names is not this one. Nothing says how far the last
year reaches, so its numbers are marked preliminary and a finding says so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.model.release import Reading
from tidewaiter.model.unit import Unit
from tidewaiter.nomenclature import areas
from tidewaiter.sources.customs_query import PUBLISHER
from tidewaiter.sources.delimited import header_of, read_sheet
from tidewaiter.sources.gathering import Gathering
from tidewaiter.sources.month_text import read_period
from tidewaiter.sources.printed import count_numbers

if TYPE_CHECKING:
    from tidewaiter.sources.delimited import Line, Sheet
    from tidewaiter.sources.protocol import Blob

_REQUIRED = ("Year", "Country", "HS Code")
_TEXTS = (*_REQUIRED, "Description")
_VALUE = re.compile(
    r"(?P<flow>re-?export|re-?import|export|import)s?\s+value\s*"
    r"\((?:(?P<scale>[\w, ]*) )?(?P<unit>USD|US\$|TWD|NTD|NT\$)(?: (?P<after>[\w, ]*))?\)\Z",
    re.IGNORECASE,
)
_POWERS = {"": 0, "thousand": 3, "thousands": 3, "1000": 3, "1,000": 3, "million": 6, "billion": 9}
_KINDS = {"usd": "USD", "us$": "USD", "twd": "TWD", "ntd": "TWD", "nt$": "TWD"}
_FLOWS = {"export": "exports", "import": "imports", "reexport": "re_exports", "reimport": "re_imports"}
_OWN_CODE = re.compile(r"\d{8}(?:\d{2,3})?\Z")
_HAN = re.compile(r"[一-鿿]")
_SNIFFED = 20  # rows; one broken cell among them is a fault to tell, not another layout


class CustomsByCountry:
    """Reads the table."""

    name = "customs-by-country"

    def sniff(self, blob: Blob) -> bool:
        """The header is there, and below it national codes and Chinese names."""
        header = header_of(blob, _REQUIRED)
        if not any(_VALUE.match(heading) for heading in header):
            return False
        rows = [row.split(",") for row in islice(blob.text.splitlines(), _SNIFFED)]
        return any(
            any(_OWN_CODE.match(c.strip('" ')) for c in row) and any(_HAN.search(c) for c in row)
            for row in rows
        )

    def read(self, blob: Blob) -> list[Reading]:
        """One reading, edition = the last year."""
        found = Gathering(blob.name)
        sheet = read_sheet(blob, _REQUIRED, found)
        columns = _columns(sheet, found)
        for line in sheet.lines:
            _row(sheet, line, columns, found)
        observations = _with_precision(found.finish())
        last = max(seen.period for seen in observations)
        return [
            Reading(
                dataset=self.name,
                edition=str(last),
                title="海關進出口統計：貨品別與國家別 Customs trade by CCC code and country",
                publisher=PUBLISHER,
                observations=[
                    replace(seen, preliminary=True) if seen.period == last else seen for seen in observations
                ],
                numeric_cells=sheet.numeric_cells,
                layout_cells=count_numbers(line.get(name) for line in sheet.lines for name in _TEXTS),
                findings=(*found.findings, _last_year(observations)),
            )
        ]


SOURCE = CustomsByCountry()


def _columns(sheet: Sheet, found: Gathering) -> dict[str, tuple[str, Unit]]:
    """Value column → flow and unit; a column that is neither text nor value is a fault."""
    columns = {}
    for heading in sheet.header:
        if heading in _TEXTS:
            continue
        match = _VALUE.match(heading)
        power = _POWERS.get((match["scale"] or match["after"] or "").lower()) if match else None
        if match is None or power is None:
            found.fault(
                f"header, {heading}", "no unit we know is in this heading", "such as Export Value (USD)"
            )
        else:
            flow = _FLOWS[match["flow"].lower().replace("-", "")]
            columns[heading] = (flow, Unit(_KINDS[match["unit"].lower()], power))
    return columns


def _row(sheet: Sheet, line: Line, columns: dict[str, tuple[str, Unit]], found: Gathering) -> None:
    period = found.attempt(sheet.place(line, "Year"), read_period, line["Year"])
    partner = found.attempt(sheet.place(line, "Country"), areas().code_of, line["Country"])
    code = line["HS Code"]
    if not _OWN_CODE.match(code):
        hint = "8, 10 or 11 digits; a spreadsheet may have cut a leading zero"
        found.fault(sheet.place(line, "HS Code"), f"{code!r} is no code of the national classification", hint)
        return
    for heading, (flow, unit) in columns.items():
        place = sheet.place(line, heading)
        printed = found.number(line[heading], place)
        if printed and period and partner:
            measure = "twd" if unit.kind == "TWD" else ""
            key = Key("TWN", flow, f"CCC{code}", partner, measure)
            found.add(Observation(key, period, LEVEL, printed.value, unit, place, decimals=printed.decimals))


def _with_precision(observations: list[Observation]) -> list[Observation]:
    """Software drops zeros at the end of a number: the column's own precision holds for all."""
    most = max(seen.decimals or 0 for seen in observations)
    return [replace(seen, decimals=most) for seen in observations]


def _last_year(observations: list[Observation]) -> str:
    last = max(seen.period for seen in observations)
    sums = {
        period: sum(seen.value for seen in observations if seen.period == period)
        for period in (last, last.year_ago())
    }
    before = sums[last.year_ago()]
    told = f", its sum is {sums[last] / before:.0%} of the year before" if before else ""
    return f"{last} is the last year and nothing says that it is whole{told}: marked preliminary"
