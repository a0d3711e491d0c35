"""The cycle signal's score by month, as restated in ``period,score,light_from_score``.

The third column is the light that follows from the score; where it does not, a finding says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.sources.columnar import Columnar
from tidewaiter.sources.customs_twd import PUBLISHER
from tidewaiter.sources.month_text import read_period
from tidewaiter.sources.ndc_cycle import POINTS, light_of

if TYPE_CHECKING:
    from tidewaiter.sources.delimited import Sheet
    from tidewaiter.sources.gathering import Gathering

_LIGHT = "light_from_score"
_REQUIRED = ("period", "score", _LIGHT)


class NdcScore(Columnar):
    """Reads the scores."""

    name = "ndc-score"
    title = "景氣對策信號綜合分數 Cycle signal scores"
    publisher = PUBLISHER
    authority = 1
    required = _REQUIRED
    columns = _REQUIRED

    def take(self, sheet: Sheet, found: Gathering) -> None:
        """The score of each month, and whether its light follows from it."""
        for line in sheet.lines:
            period = found.attempt(sheet.place(line, "period"), read_period, line["period"])
            place = sheet.place(line, "score")
            printed = found.number(line["score"], place)
            if period is None or printed is None:
                continue
            key = Key("TWN", "cycle_signal")
            found.add(Observation(key, period, LEVEL, printed.value, POINTS, place, decimals=0))
            light = light_of(printed.value, "en")
            if line[_LIGHT] != light:
                told = f"the light is {line[_LIGHT]}, the score {printed.value:g} is {light}"
                found.findings.append(f"{sheet.place(line, _LIGHT)}: {told}")


SOURCE = NdcScore()
