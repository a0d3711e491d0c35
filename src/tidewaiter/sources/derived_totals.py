"""Monthly totals computed by others from levels and growth rates: evidence of last resort.

Columns ``year,month,export_usd_mn,import_usd_mn,basis``. The basis of each month stays with the reading
as a note; two months of different vintages stand side by side here, so nothing of this is the office's.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.model.period import Period
from tidewaiter.model.release import Publisher
from tidewaiter.model.unit import Unit
from tidewaiter.sources.columnar import Columnar

if TYPE_CHECKING:
    from tidewaiter.sources.delimited import Line, Sheet
    from tidewaiter.sources.gathering import Gathering

PUBLISHER = Publisher(
    "Computed by third parties from Ministry of Finance figures", "第三方依財政部統計推算", "facts"
)
_REQUIRED = ("year", "month", "export_usd_mn", "import_usd_mn", "basis")
_SERIES = {"export_usd_mn": Key("TWN", "exports"), "import_usd_mn": Key("TWN", "imports")}


class DerivedTotals(Columnar):
    """Reads the computed months."""

    name = "mof-totals-derived"
    title = "Monthly totals implied by published levels and growth rates"
    publisher = PUBLISHER
    authority = 2
    required = _REQUIRED
    columns = _REQUIRED

    def take(self, sheet: Sheet, found: Gathering) -> None:
        """Exports and imports of each month."""
        for line in sheet.lines:
            _line(sheet, line, found)

    def told(self, sheet: Sheet, observations: list[Observation], found: Gathering) -> dict[str, Any]:
        """From which vintage each run of months was computed."""
        del observations, found
        return {"layout_cells": 2 * len(sheet.lines), "notes": _bases(sheet)}  # year and month


SOURCE = DerivedTotals()


def _line(sheet: Sheet, line: Line, found: Gathering) -> None:
    period = found.attempt(sheet.place(line, "year, month"), _month, line)
    for heading, key in _SERIES.items():
        place = sheet.place(line, heading)
        printed = found.number(line[heading], place)
        if printed and period:
            found.add(
                Observation(
                    key, period, LEVEL, printed.value, Unit("USD", 6), place, decimals=printed.decimals
                )
            )


def _month(line: Line) -> Period:
    return Period.parse(f"{line['year']}-{line['month'].zfill(2)}")


def _bases(sheet: Sheet) -> tuple[str, ...]:
    notes = []
    for basis, group in groupby(sheet.lines, key=lambda line: line["basis"]):
        months = [_month(line) for line in group]
        notes.append(f"{months[0]} to {months[-1]}: {basis}")
    return tuple(notes)
