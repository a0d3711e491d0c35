"""Monthly exports by commodity from the Ministry of Finance's statistics database, in US$ million.

Columns: ``period``, then ``<series>_usd_mn`` (levels, three decimals) and ``<series>_yoy_pct`` (growth
on the same month a year ago, two decimals, computed by the office). The file is one late vintage:
growth of months long past is that vintage's, not the one first printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.model.period import Period
from tidewaiter.model.release import Publisher, Reading
from tidewaiter.model.unit import PERCENT, Unit
from tidewaiter.sources.delimited import Line, header_of, read_sheet
from tidewaiter.sources.gathering import Gathering
from tidewaiter.sources.printed import count_numbers

if TYPE_CHECKING:
    from tidewaiter.model.observation import Place
    from tidewaiter.sources.protocol import Blob

PUBLISHER = Publisher(
    "Ministry of Finance, Department of Statistics (statistics database)",
    "財政部統計處（統計資料庫）",
    "Open Government Data License, version 1.0 (attribution)",
)
_LEVEL, _GROWTH = "_usd_mn", "_yoy_pct"
_LEVEL_DECIMALS, _GROWTH_DECIMALS = 3, 2  # as the database gives them; trailing zeros are dropped
_SERIES = {
    "exports_total": Key("TWN", "exports"),
    "exports": Key("TWN", "exports"),
    "imports_total": Key("TWN", "imports"),
    "imports": Key("TWN", "imports"),
    "electronic_components": Key("TWN", "exports", "electronic_components"),
    "ict_av": Key("TWN", "exports", "ict_av"),
    "base_metals": Key("TWN", "exports", "base_metals"),
    "machinery": Key("TWN", "exports", "machinery"),
    "plastics_rubber": Key("TWN", "exports", "plastics_rubber"),
    "chemicals": Key("TWN", "exports", "chemicals"),
}


class MofMonthly:
    """Reads the database's monthly table."""

    name = "mof-database"

    def sniff(self, blob: Blob) -> bool:
        """``period``, at least one level column, and no column of another kind."""
        header = header_of(blob, ("period",))
        others = [heading for heading in header if heading != "period"]
        return any(heading.endswith(_LEVEL) for heading in others) and all(
            heading.endswith((_LEVEL, _GROWTH)) for heading in others
        )

    def read(self, blob: Blob) -> list[Reading]:
        """One reading, edition = the last month."""
        found = Gathering(blob.name)
        sheet = read_sheet(blob, ("period",), found)
        series = {heading: _key(heading, found) for heading in sheet.header if heading != "period"}
        for line in sheet.lines:
            period = found.attempt(sheet.place(line, "period"), Period.parse, line["period"])
            for heading, key in series.items():
                seen = _number(line, heading, sheet.place(line, heading), found)
                if seen and period and key:
                    statistic, unit, value, decimals = seen
                    place = sheet.place(line, heading)
                    found.add(Observation(key, period, statistic, value, unit, place, decimals=decimals))
        observations = found.finish()
        last = max(seen.period for seen in observations)
        return [
            Reading(
                dataset=self.name,
                edition=str(last),
                title="出口貨品分類 Exports by principal commodity, monthly",
                publisher=PUBLISHER,
                observations=observations,
                numeric_cells=sheet.numeric_cells,
                layout_cells=count_numbers(line["period"] for line in sheet.lines),
                notes=("one vintage: past months as restated by the edition's day",),
            )
        ]


SOURCE = MofMonthly()


def _key(heading: str, found: Gathering) -> Key | None:
    name = heading.removesuffix(_LEVEL).removesuffix(_GROWTH)
    if (key := _SERIES.get(name)) is None:
        found.fault(f"header, {heading}", f"no series is called {name!r}", f"known: {', '.join(_SERIES)}")
    return key


def _number(line: Line, heading: str, place: Place, found: Gathering) -> tuple[str, Unit, float, int] | None:
    """Statistic, unit, value and decimals of a cell, None when it is blank or faulty."""
    if (printed := found.number(line[heading], place)) is None:
        return None
    growth = heading.endswith(_GROWTH)
    decimals = _GROWTH_DECIMALS if growth else _LEVEL_DECIMALS
    if printed.decimals > decimals:
        found.fault(place, f"{printed.decimals} decimals where the database gives {decimals}")
    statistic, unit = ("yoy", PERCENT) if growth else (LEVEL, Unit("USD", 6))
    return statistic, unit, printed.value, decimals
