"""Customs exports and machinery imports in NT$ billion, from the National Development Council's files.

The council restates the customs figures in two files. The coincident-indicator file holds them as they
are. The cycle-signal file holds an exports column that, from some month on, is interpolated: smooth
where trade is not. It is counted, compared and not loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.model.period import Period
from tidewaiter.model.release import Publisher
from tidewaiter.model.unit import Unit
from tidewaiter.sources.columnar import Columnar
from tidewaiter.sources.printed import count_numbers, read_number

if TYPE_CHECKING:
    from tidewaiter.sources.delimited import Line, Sheet
    from tidewaiter.sources.gathering import Gathering

PUBLISHER = Publisher(
    "National Development Council",
    "國家發展委員會",
    "Open Government Data License, version 1.0 (attribution)",
)
_EXPORTS = "customs_exports_ntd_bn_coincident_file"
_SIGNAL = "customs_exports_ntd_bn_signal_file"
_SERIES = {
    _EXPORTS: Key("TWN", "exports", measure="twd"),
    "mach_elec_imports_ntd_bn_coincident_file": Key("TWN", "imports", "machinery_electrical", measure="twd"),
}
_REQUIRED = ("period", _EXPORTS)
_REVISION = 0.01  # customs months are revised by less
_LEAST_DECIMALS = 2  # two decimals until 2023, three since; zeros at the end are dropped


class CustomsTwd(Columnar):
    """Reads the council's customs columns."""

    name = "ndc-components"
    title = "景氣同時指標構成項目：海關出口值、機械及電機設備進口值"
    publisher = PUBLISHER
    authority = 1
    required = _REQUIRED
    columns = ("period", _SIGNAL, *_SERIES)

    def take(self, sheet: Sheet, found: Gathering) -> None:
        """The levels of each month."""
        for line in sheet.lines:
            _levels(sheet, line, found)

    def told(self, sheet: Sheet, observations: list[Observation], found: Gathering) -> dict[str, Any]:
        """Where the column that is not loaded parts from the one that is."""
        del observations, found
        return {
            "layout_cells": count_numbers(
                line.get(heading) for line in sheet.lines for heading in ("period", _SIGNAL)
            ),
            "notes": ("customs figures in NT$ billion as restated by the council",),
            "findings": _signal_finding(sheet),
        }


SOURCE = CustomsTwd()


def _levels(sheet: Sheet, line: Line, found: Gathering) -> None:
    period = found.attempt(sheet.place(line, "period"), Period.parse, line["period"])
    if signal := line.get(_SIGNAL):
        found.number(signal, sheet.place(line, _SIGNAL))
    for heading, key in _SERIES.items():
        place = sheet.place(line, heading)
        printed = found.number(line.get(heading), place)
        if printed and period:
            decimals = max(printed.decimals, _LEAST_DECIMALS)
            unit = Unit("TWD", 9)
            found.add(Observation(key, period, LEVEL, printed.value, unit, place, decimals=decimals))


def _signal_finding(sheet: Sheet) -> tuple[str, ...]:
    """Says where the signal file's column parts from the coincident file's by more than a revision."""
    apart = [line["period"] for line in sheet.lines if _differs(line)]
    if not apart:
        return ()
    finding = (
        f"{_SIGNAL} is not loaded: it repeats {_EXPORTS} and then is interpolated; the two are more than "
        f"{_REVISION:.0%} apart in {len(apart)} months, {apart[0]} to {apart[-1]}"
    )
    return (finding,)


def _differs(line: Line) -> bool:
    signal, level = read_number(line.get(_SIGNAL)), read_number(line[_EXPORTS])
    return signal is not None and level is not None and abs(signal.value / level.value - 1) > _REVISION
