"""Ranges that offices announced for months to come, as the press reported them, with their outcome.

A range of levels and a range of growths become observations of the measure ``forecast``, statistics
``forecast_low`` and ``forecast_high`` with what they are of (``level``, ``yoy``), known on the day they
were made. The measure keeps them apart from the series itself: a forecast is never taken for a number
that came. Outcomes stand beside them in the file; they are first prints, which other files hold with
their days, so they are counted and not loaded.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import UnparsableError
from tidewaiter.model.key import Key
from tidewaiter.model.observation import Observation
from tidewaiter.model.period import Period
from tidewaiter.model.release import Publisher
from tidewaiter.model.unit import PERCENT, Unit
from tidewaiter.nomenclature import flows
from tidewaiter.sources.columnar import Columnar
from tidewaiter.sources.printed import read_number

if TYPE_CHECKING:
    from tidewaiter.sources.delimited import Line, Sheet
    from tidewaiter.sources.gathering import Gathering

PUBLISHER = Publisher(
    "Departments of Statistics, Ministry of Finance and Ministry of Economic Affairs, as the press reported",
    "財政部統計處、經濟部統計處（媒體報導）",
    "facts",
)
MEASURE = "forecast"
_REQUIRED = ("target", "series", "made_published", "range_low_1e8usd", "yoy_low")
_LEVEL = Unit("USD", 8)
_COLUMNS = {
    "range_low_1e8usd": ("forecast_low", "level", _LEVEL),
    "range_high_1e8usd": ("forecast_high", "level", _LEVEL),
    "yoy_low": ("forecast_low", "yoy", PERCENT),
    "yoy_high": ("forecast_high", "yoy", PERCENT),
    "yoy_point": ("forecast", "yoy", PERCENT),
}
_DAY = re.compile(
    r"(?P<before>before )?(?P<year>\d{4})-(?P<month>\d{2})(?:-(?P<day>\d{2}))?(?P<recalled> \(recalled\))?\Z"
)


class ForecastLedger(Columnar):
    """Reads the ledger."""

    name = "forecast-ledger"
    title = "Ranges announced for months to come"
    publisher = PUBLISHER
    authority = 1
    required = _REQUIRED

    def take(self, sheet: Sheet, found: Gathering) -> None:
        """The ranges of each announcement."""
        for line in sheet.lines:
            _row(sheet, line, found)

    def told(self, sheet: Sheet, observations: list[Observation], found: Gathering) -> dict[str, Any]:
        """A cell with two reports is no plain number; it counts all the same."""
        del observations
        return {
            "numeric_cells": sheet.numeric_cells + len(found.findings),
            "notes": ("known_at is the day a range was made; a day told as a month is its last",),
        }


SOURCE = ForecastLedger()


def _row(sheet: Sheet, line: Line, found: Gathering) -> None:
    period = found.attempt(sheet.place(line, "target"), Period.parse, line["target"])
    flow = found.attempt(sheet.place(line, "series"), flows().code_of, line["series"])
    day = found.attempt(sheet.place(line, "made_published"), _day, line["made_published"])
    for heading, (statistic, of, unit) in _COLUMNS.items():
        place = sheet.place(line, heading)
        text = line.get(heading)
        told = text.split("/")  # two reports of one end
        if len(told) > 1 and all(read_number(one) for one in told):
            found.findings.append(f"{place}: reports differ ({text}); the first is kept")
            text = told[0]
        printed = found.number(text, place)
        if printed is None or period is None or flow is None or day is None:
            continue
        key = Key("TWN", flow, measure=MEASURE)
        found.add(
            Observation(
                key, period, statistic, printed.value, unit, place,
                decimals=printed.decimals, of=of, known_at=day,
            ),
            str(day),
        )  # fmt: skip


def _day(text: str) -> date:
    """The day a range was made; a recalled one was known by the day it was recalled.

    Raises:
        UnparsableError: it is no day.
    """
    if (match := _DAY.match(text)) is None:
        raise UnparsableError(
            f"{text!r} is not a day", hint="2025-08-08, 2025-08, before 2025-08-08 (recalled)"
        )
    year, month = int(match["year"]), int(match["month"])
    if match["day"] is None:
        after = Period.month(year, month).shift(1)
        return date.fromordinal(date(after.start_year, after.start_month, 1).toordinal() - 1)
    try:
        return date(year, month, int(match["day"]))
    except ValueError as error:
        raise UnparsableError(f"{text!r} is not a day") from error
