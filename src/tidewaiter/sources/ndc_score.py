"""The cycle signal's score by month, as restated in ``period,score,light_from_score``.

The third column is the light that follows from the score; where it does not, a finding says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.model.release import Reading
from tidewaiter.sources.customs_twd import PUBLISHER
from tidewaiter.sources.delimited import header_of, read_sheet
from tidewaiter.sources.gathering import Gathering
from tidewaiter.sources.month_text import read_period
from tidewaiter.sources.ndc_cycle import POINTS, light_of

if TYPE_CHECKING:
    from tidewaiter.sources.protocol import Blob

_LIGHT = "light_from_score"
_REQUIRED = ("period", "score", _LIGHT)


class NdcScore:
    """Reads the scores."""

    name = "ndc-score"

    def sniff(self, blob: Blob) -> bool:
        """Period, score and light are in the header."""
        return bool(header_of(blob, _REQUIRED))

    def read(self, blob: Blob) -> list[Reading]:
        """One reading, edition = the last month."""
        found = Gathering(blob.name)
        sheet = read_sheet(blob, _REQUIRED, found)
        for heading in sheet.header:
            if heading not in _REQUIRED:
                found.fault(f"header, {heading}", "a column this layout does not have")
        for line in sheet.lines:
            period = found.attempt(sheet.place(line, "period"), read_period, line["period"])
            place = sheet.place(line, "score")
            printed = found.number(line["score"], place)
            if period is None or printed is None:
                continue
            key = Key("TWN", "cycle_signal")
            found.add(Observation(key, period, LEVEL, printed.value, POINTS, place, decimals=0))
            if line[_LIGHT] != light_of(printed.value, "en"):
                light = light_of(printed.value, "en")
                told = f"the light is {line[_LIGHT]}, the score {printed.value:g} is {light}"
                found.findings.append(f"{sheet.place(line, _LIGHT)}: {told}")
        observations = found.finish()
        return [
            Reading(
                dataset=self.name,
                edition=str(max(seen.period for seen in observations)),
                title="景氣對策信號綜合分數 Cycle signal scores",
                publisher=PUBLISHER,
                observations=observations,
                numeric_cells=sheet.numeric_cells,
                layout_cells=sheet.numeric_cells - len(observations),
                authority=1,
                findings=tuple(found.findings),
            )
        ]


SOURCE = NdcScore()
