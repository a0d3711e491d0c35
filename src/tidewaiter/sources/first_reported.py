"""Exports and imports as first reported by the press, month by month: the vintages offices do not keep.

Each row gives the first print of the level (US$ 100 million, one decimal) and of the growth, how many
reports agree, and the day of the first report. That day is the observation's ``known_at``. Where only
its month is told, or nothing, the release calendar decides: about the 9th of the month after.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import UnparsableError
from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.model.period import Period
from tidewaiter.model.release import Publisher
from tidewaiter.model.unit import PERCENT, Unit
from tidewaiter.sources.columnar import Columnar
from tidewaiter.sources.printed import count_numbers

if TYPE_CHECKING:
    from tidewaiter.sources.delimited import Line, Sheet
    from tidewaiter.sources.gathering import Gathering

PUBLISHER = Publisher(
    "Ministry of Finance, Department of Statistics, as first reported by the press",
    "財政部統計處（媒體首次報導）",
    "facts",
)
RELEASE_DAY = 9  # 16:00 on the 7th to 9th of the month after
_SERIES: dict[str, tuple[str, str, Unit]] = {
    "exports_1e8usd_first": ("exports", LEVEL, Unit("USD", 8)),
    "exports_yoy_first": ("exports", "yoy", PERCENT),
    "imports_1e8usd_first": ("imports", LEVEL, Unit("USD", 8)),
    "imports_yoy_first": ("imports", "yoy", PERCENT),
}
_REQUIRED = ("period", "published", "exports_1e8usd_first")
_OTHERS = ("period", "published", "n_sources")
_OFFICIAL = re.compile(r"(exports|imports)_1e8usd_official_\d{4}_\d{2}\Z")


class FirstReported(Columnar):
    """Reads the first prints."""

    name = "press-first-reported"
    title = "Monthly exports and imports as first reported"
    publisher = PUBLISHER
    authority = 1
    required = _REQUIRED
    columns = (*_OTHERS, *_SERIES)

    def knows(self, heading: str) -> bool:
        """One of the layout's columns, or a later official vintage."""
        return super().knows(heading) or bool(_OFFICIAL.match(heading))

    def take(self, sheet: Sheet, found: Gathering) -> None:
        """The prints of each month."""
        restated = _restated(sheet)
        for line in sheet.lines:
            _line(sheet, line, restated, found)

    def told(self, sheet: Sheet, observations: list[Observation], found: Gathering) -> dict[str, Any]:
        """How many reports agree, which days are inferred, what is not loaded."""
        del observations, found
        restated = _restated(sheet)
        layout = (line.get(heading) for line in sheet.lines for heading in (*_OTHERS, *restated))
        return {"layout_cells": count_numbers(layout), "notes": _notes(sheet, restated)}


SOURCE = FirstReported()


def _restated(sheet: Sheet) -> list[str]:
    return [heading for heading in sheet.header if _OFFICIAL.match(heading)]


def _line(sheet: Sheet, line: Line, restated: list[str], found: Gathering) -> None:
    period = found.attempt(sheet.place(line, "period"), Period.parse, line["period"])
    if period is None:
        return
    known = found.attempt(sheet.place(line, "published"), _known_at, line["published"], period)
    for heading in ("n_sources", *restated):
        found.number(line.get(heading), sheet.place(line, heading))
    for heading, (flow, statistic, unit) in _SERIES.items():
        place = sheet.place(line, heading)
        if (printed := found.number(line.get(heading), place)) and known:
            found.add(
                Observation(
                    Key("TWN", flow),
                    period,
                    statistic,
                    printed.value,
                    unit,
                    place,
                    decimals=printed.decimals,
                    known_at=known,
                )
            )


def _known_at(text: str, period: Period) -> date:
    """The day a print became known: as told, else the release day of the month told or due.

    Raises:
        UnparsableError: neither a day nor a month, or before the period was over.
    """
    try:
        day = date.fromisoformat(text) if text else _release_day(period.shift(1))
    except ValueError:
        day = _release_day(Period.parse(text))
    if (day.year, day.month) <= (period.end_year, period.end_month):
        raise UnparsableError(f"published {text}, before {period} was over")
    return day


def _release_day(month: Period) -> date:
    return date(month.end_year, month.end_month, RELEASE_DAY)


def _notes(sheet: Sheet, restated: list[str]) -> tuple[str, ...]:
    agree = ", ".join(
        f"{line['period']} {line['n_sources']}"
        for line in sheet.lines
        if line.get("n_sources") not in {"", "0"}
    )
    inferred = ", ".join(
        line["period"]
        for line in sheet.lines
        if any(line.get(heading) for heading in _SERIES) and len(line["published"]) != len("2025-02-09")
    )
    copies = tuple(f"{heading} repeats a later official vintage and is not loaded" for heading in restated)
    return (
        f"number of reports by month: {agree}",
        f"day inferred (the {RELEASE_DAY}th) where only a month is told: {inferred or 'none'}",
        *copies,
    )
