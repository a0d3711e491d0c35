"""Monthly totals computed by others from levels and growth rates: evidence of last resort.

Columns ``year,month,export_usd_mn,import_usd_mn,basis``. The basis of each month stays with the reading
as a note; two months of different vintages stand side by side here, so nothing of this is the office's.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.model.period import Period
from tidewaiter.model.release import Publisher, Reading
from tidewaiter.model.unit import Unit
from tidewaiter.sources.delimited import Line, Sheet, header_of, read_sheet
from tidewaiter.sources.gathering import Gathering

if TYPE_CHECKING:
    from tidewaiter.sources.protocol import Blob

PUBLISHER = Publisher(
    "Computed by third parties from Ministry of Finance figures", "第三方依財政部統計推算", "facts"
)
_REQUIRED = ("year", "month", "export_usd_mn", "import_usd_mn", "basis")
_SERIES = {"export_usd_mn": Key("TWN", "exports"), "import_usd_mn": Key("TWN", "imports")}


class DerivedTotals:
    """Reads the computed months."""

    name = "mof-totals-derived"

    def sniff(self, blob: Blob) -> bool:
        """All five columns are in the header."""
        return bool(header_of(blob, _REQUIRED))

    def read(self, blob: Blob) -> list[Reading]:
        """One reading, edition = the last month."""
        found = Gathering(blob.name)
        sheet = read_sheet(blob, _REQUIRED, found)
        for heading in sheet.header:
            if heading not in _REQUIRED:
                found.fault(f"header, {heading}", "a column this layout does not have")
        periods = [_line(sheet, line, found) for line in sheet.lines]
        observations = found.finish()
        return [
            Reading(
                dataset=self.name,
                edition=str(max(seen.period for seen in observations)),
                title="Monthly totals implied by published levels and growth rates",
                publisher=PUBLISHER,
                observations=observations,
                numeric_cells=sheet.numeric_cells,
                layout_cells=2 * len(sheet.lines),  # year and month, which found no fault
                authority=2,
                notes=_bases(sheet, [period for period in periods if period]),
            )
        ]


SOURCE = DerivedTotals()


def _line(sheet: Sheet, line: Line, found: Gathering) -> Period | None:
    text = f"{line['year']}-{line['month'].zfill(2)}"
    period = found.attempt(sheet.place(line, "year, month"), Period.parse, text)
    for heading, key in _SERIES.items():
        place = sheet.place(line, heading)
        printed = found.number(line[heading], place)
        if printed and period:
            found.add(
                Observation(
                    key, period, LEVEL, printed.value, Unit("USD", 6), place, decimals=printed.decimals
                )
            )
    return period


def _bases(sheet: Sheet, periods: list[Period]) -> tuple[str, ...]:
    rows = zip(periods, sheet.lines, strict=True)
    notes = []
    for basis, group in groupby(rows, key=lambda row: row[1]["basis"]):
        months = [period for period, _ in group]
        notes.append(f"{months[0]} to {months[-1]}: {basis}")
    return tuple(notes)
