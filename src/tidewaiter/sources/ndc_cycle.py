"""The National Development Council's cycle files: indices, the signal's score, and their components.

Four files share one layout: a first column ``Date`` of months (``198201``), then a column a series with
its unit in the last bracket of the heading: ``海關出口值(十億元)``, ``股價指數(Index1966=100)``. ``-`` and
empty cells are months without a number. The light (藍 黃藍 綠 黃紅 紅) follows from the score and is
compared with it, not loaded.

In one of the files the customs columns are interpolated after some month: a straight line (or a flat
one) where trade jumps. From there on they are not loaded, and a finding says from which month.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.model.release import Reading
from tidewaiter.model.unit import INDEX, PERCENT, Unit
from tidewaiter.nomenclature import find_flow
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.customs_twd import PUBLISHER
from tidewaiter.sources.delimited import header_of, read_sheet
from tidewaiter.sources.gathering import Gathering
from tidewaiter.sources.month_text import read_period
from tidewaiter.sources.printed import plain, read_number, unit_of

if TYPE_CHECKING:
    from tidewaiter.model.period import Period
    from tidewaiter.sources.delimited import Line, Sheet
    from tidewaiter.sources.printed import Printed
    from tidewaiter.sources.protocol import Blob

POINTS = Unit("points")
BANDS = ((9, 16, "藍", "blue"), (17, 22, "黃藍", "yellow-blue"), (23, 31, "綠", "green"),
         (32, 37, "黃紅", "yellow-red"), (38, 45, "紅", "red"))  # fmt: skip
_LIGHT = "景氣對策信號"
_NAMED_UNIT = re.compile(r"(?P<name>.+)[(（](?P<unit>[^()（）]+)[)）]\s*\Z")
_BASE = re.compile(r"index\s*\d{4}\s*=\s*100\Z", re.IGNORECASE)
_UNITS = {
    "小時": Unit("hours"),
    "十億度": Unit("kWh", 9),
    "千平方公尺": Unit("m2", 3),
    "%": PERCENT,
    "以家數計": INDEX,
}
_TRADE = {
    "海關出口值": ("exports", "total"),
    "機械及電機設備進口值": ("imports", "machinery_electrical"),
    "名目半導體設備進口": ("imports", "semiconductor_equipment"),
}
_STRAIGHT = 4  # steps of one size in a row: trade never does that, interpolation always
_SAME_STEP = 1e-6


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the file: its series, unit and how far its months are observed."""

    heading: str
    key: Key
    unit: Unit


class NdcCycle:
    """Reads the council's files."""

    name = "ndc-cycle"

    def sniff(self, blob: Blob) -> bool:
        """A first column ``Date``, and beside it series of the council's that we know."""
        header = header_of(blob, ("Date",))
        known = [heading for heading in header[1:] if _column(heading) is not None]
        return (
            bool(header) and fold(header[0]) == "date" and bool(known) and 2 * len(known) >= len(header) - 1
        )

    def read(self, blob: Blob) -> list[Reading]:
        """One reading, edition = the last month; the four files of a month are one release."""
        found = Gathering(blob.name)
        sheet = read_sheet(blob, ("Date",), found, _without_last_comma)
        columns = _columns(sheet, found)
        months = [
            (line, found.attempt(sheet.place(line, "Date"), read_period, line["Date"]))
            for line in sheet.lines
        ]
        for column in columns:
            _series(sheet, column, months, found)
        _lights(sheet, found)
        observations = found.finish()
        return [
            Reading(
                dataset=self.name,
                edition=str(max(seen.period for seen in observations)),
                title="景氣指標及燈號 Business cycle indicators",
                publisher=PUBLISHER,
                observations=observations,
                numeric_cells=sheet.numeric_cells,
                layout_cells=sheet.numeric_cells - len(observations),
                authority=1,
                notes=tuple(f"{column.heading}: {column.key}" for column in columns),
                findings=tuple(found.findings),
            )
        ]


SOURCE = NdcCycle()


def _without_last_comma(header: list[str], row: list[str]) -> list[str] | None:
    """Rows of some of the files end in a comma that the header does not have."""
    return row[:-1] if len(row) == len(header) + 1 and not row[-1].strip() else None


def _columns(sheet: Sheet, found: Gathering) -> list[_Column]:
    columns = []
    for heading in sheet.header[1:]:
        if fold(heading) == fold(_LIGHT):
            continue
        if (column := _column(heading)) is None:
            found.fault(f"header, {heading}", "no series of the council's that we know, or no unit we know")
        else:
            columns.append(column)
    return columns


def _column(heading: str) -> _Column | None:
    """The series of a heading: its name looked up, its unit from the last bracket."""
    if (flow := find_flow(heading)) is not None:  # a name without a unit: an index, or the score
        return _Column(heading, Key("TWN", flow), POINTS if flow == "cycle_signal" else INDEX)
    match = _NAMED_UNIT.match(plain(heading))
    if match is None or (unit := _unit(match["unit"])) is None:
        return None
    name = match["name"].strip()
    if name in _TRADE:
        flow, commodity = _TRADE[name]
        return _Column(heading, Key("TWN", flow, commodity, measure="twd"), unit)
    if (flow := find_flow(name)) is None:
        return None
    return _Column(heading, Key("TWN", flow), unit)


def _unit(text: str) -> Unit | None:
    shown = plain(text)
    return INDEX if _BASE.match(shown) else _UNITS.get(shown) or unit_of(shown)


def _series(
    sheet: Sheet, column: _Column, months: list[tuple[Line, Period | None]], found: Gathering
) -> None:
    cells: list[tuple[Line, Period, Printed]] = []
    for line, month in months:
        printed = found.number(line[column.heading], sheet.place(line, column.heading))
        if printed is not None and month is not None:
            cells.append((line, month, printed))
    observed = len(cells)
    if column.key.measure == "twd":
        observed = _observed([printed.value for _, _, printed in cells])
        if observed < len(cells):
            text = f"{column.heading} is interpolated from {cells[observed][1]} on: not loaded from there"
            found.findings.append(text)
    for line, month, printed in cells[:observed]:
        place = sheet.place(line, column.heading)
        found.add(
            # zeros at the end are dropped, so the decimals of a cell say nothing: taken as given
            Observation(column.key, month, LEVEL, printed.value, column.unit, place, decimals=None)
        )


def _observed(values: list[float]) -> int:
    """How many of the values stand before the stretch that is interpolated up to the end.

    A straight line at the end gives it away. Before it come other pieces: values with more decimals than
    the council prints (a computed one among three may have few by chance), and points that lie on one
    line with the next two.
    """
    straight = 0
    while straight < len(values) - 2 and _on_a_line(values, len(values) - 3 - straight):
        straight += 1
    if straight + 1 < _STRAIGHT:
        return len(values)
    start = len(values) - 2 - straight
    while (
        before := next((at for at in (start - 1, start - 2) if at >= 0 and _finely_printed(values[at])), -1)
    ) >= 0:
        start = before
    while start > 0 and _on_a_line(values, start - 1):
        start -= 1
    return start


def _on_a_line(values: list[float], at: int) -> bool:
    """The value and the next two rise by one step."""
    first, second, third = values[at : at + 3]
    return abs((third - second) - (second - first)) <= _SAME_STEP * max(1.0, abs(second))


def _finely_printed(value: float) -> bool:
    """More than the three decimals the council prints: computed, not observed."""
    return abs(value * 1000 - round(value * 1000)) > _SAME_STEP


def _lights(sheet: Sheet, found: Gathering) -> None:
    """The light of each month against the band of its score."""
    score = next((h for h in sheet.header if find_flow(h) == "cycle_signal"), None)
    if score is None or fold(_LIGHT) not in {fold(heading) for heading in sheet.header}:
        return
    for line in sheet.lines:
        printed, light = read_number(line[score]), line[_LIGHT]
        if printed is not None and light != light_of(printed.value):
            told = f"the light is {light}, the score {printed.value:g} is {light_of(printed.value)}"
            found.findings.append(f"{sheet.place(line, _LIGHT)}: {told}")


def light_of(score: float, lang: str = "zh") -> str:
    """The light of a score, empty outside the scale.

    Examples:
        >>> light_of(31), light_of(32, "en")
        ('綠', 'yellow-red')
    """
    return next((zh if lang == "zh" else en for low, high, zh, en in BANDS if low <= score <= high), "")
