"""The tables of a product brief as a tidy file: one printed cell a row, decimals kept.

Gives the same observations as :mod:`tidewaiter.sources.brief_tables` gives from the text. Its
``2018..2023`` for an average growth names the years averaged; our period includes the base, 2017..2023.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.errors import UnknownNameError, UnparsableError
from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.model.period import Period
from tidewaiter.model.release import Reading
from tidewaiter.model.unit import PERCENT, Unit
from tidewaiter.nomenclature import areas, flows
from tidewaiter.nomenclature.codelist import commodity_code
from tidewaiter.sources.brief_tables import (
    AVERAGE_GROWTH,
    DATASET,
    PUBLISHER,
    SERIES_TITLE,
    average_span,
)
from tidewaiter.sources.delimited import Line, Sheet, header_of, read_sheet
from tidewaiter.sources.gathering import Gathering
from tidewaiter.sources.printed import count_numbers

if TYPE_CHECKING:
    from tidewaiter.sources.protocol import Blob

_COLUMNS = (
    "table", "reporter", "flow", "hs", "partner", "label_zh",
    "period", "statistic", "value", "decimals", "unit", "source",
)  # fmt: skip
_STATISTICS = frozenset({LEVEL, "yoy", "share", AVERAGE_GROWTH})
_UNITS = {"100m USD": Unit("USD", 8), "1e8 USD": Unit("USD", 8), "percent": PERCENT}


class BriefCsv:
    """Reads the tidy file of a brief."""

    name = DATASET

    def sniff(self, blob: Blob) -> bool:
        """All twelve columns are in the header."""
        return bool(header_of(blob, _COLUMNS))

    def read(self, blob: Blob) -> list[Reading]:
        """One reading of the dataset ``moea-brief``."""
        found = Gathering(blob.name)
        sheet = read_sheet(blob, _COLUMNS, found)
        rows_are = _rows_are(sheet)
        for line in sheet.lines:
            _line(sheet, line, rows_are.get(line["table"], "partner"), found)
        observations = found.finish()
        edition = _edition(observations)
        return [
            Reading(
                dataset=DATASET,
                edition=edition,
                title=f"{SERIES_TITLE}（{edition}）",
                publisher=PUBLISHER,
                observations=observations,
                numeric_cells=sheet.numeric_cells,
                layout_cells=count_numbers(
                    line[column] for line in sheet.lines for column in _COLUMNS if column != "value"
                ),
                notes=tuple(dict.fromkeys(f"{line['table']}: {line['source']}" for line in sheet.lines)),
                findings=tuple(found.findings),
            )
        ]


SOURCE = BriefCsv()


def _rows_are(sheet: Sheet) -> dict[str, str]:
    """Table → ``reporter`` when its rows are reporters, else ``partner``."""
    reporters: dict[str, set[str]] = {}
    for line in sheet.lines:
        reporters.setdefault(line["table"], set()).add(line["reporter"])
    return {table: "reporter" if len(codes) > 1 else "partner" for table, codes in reporters.items()}


def _line(sheet: Sheet, line: Line, rows_are: str, found: Gathering) -> None:
    place = sheet.place(line, "value")
    key = _key(sheet, line, found)
    statistic = line["statistic"]
    if statistic not in _STATISTICS:
        hint = f"known: {', '.join(sorted(_STATISTICS))}"
        found.fault(sheet.place(line, "statistic"), f"no statistic is called {statistic!r}", hint)
    unit = _UNITS.get(line["unit"])
    if unit is None:
        found.fault(sheet.place(line, "unit"), f"no unit is called {line['unit']!r}")
    period = found.attempt(sheet.place(line, "period"), _period, line["period"], statistic)
    printed = found.number(line["value"], place)
    decimals = found.number(line["decimals"], sheet.place(line, "decimals"))
    if printed and decimals is None:
        found.fault(sheet.place(line, "decimals"), "a value without its decimals")
    if not (key and unit and period and printed and decimals):
        return
    if printed.decimals > decimals.value:
        found.fault(place, f"{line['value']} has more than {line['decimals']} decimals")
    of = rows_are if statistic == "share" else ""
    shown = int(decimals.value)
    cell = Observation(key, period, statistic, printed.value, unit, place, decimals=shown, of=of)
    found.add(cell, line["table"])


def _key(sheet: Sheet, line: Line, found: Gathering) -> Key | None:
    reporter = found.attempt(sheet.place(line, "reporter"), areas().code_of, line["reporter"])
    flow = found.attempt(sheet.place(line, "flow"), flows().code_of, line["flow"])
    commodity = found.attempt(sheet.place(line, "hs"), commodity_code, line["hs"])
    partner = found.attempt(sheet.place(line, "partner"), areas().code_of, line["partner"])
    if not (reporter and flow and commodity and partner):
        return None
    shown = line["label_zh"]
    known = areas().find(shown)
    if known is not None and known not in {reporter, partner}:
        error = UnknownNameError.of("row label", shown, [f"{partner} ({areas().label(partner, 'zh')})"])
        found.fault(sheet.place(line, "label_zh"), error.detail, "label and code disagree")
    return Key(reporter, flow, commodity, partner)


def _period(text: str, statistic: str) -> Period:
    period = Period.parse(text)
    if statistic != AVERAGE_GROWTH:
        return period
    if not period.is_years:
        raise UnparsableError(f"an average growth over {text!r}", hint="it needs years: 2018..2023")
    return average_span(period.start_year, period.end_year)


def _edition(observations: list[Observation]) -> str:
    """Product and last month: the layout does not tell its brief's number (an ``origin.yml`` may)."""
    commodity = observations[0].key.commodity
    last = str(max(seen.period.last_month() for seen in observations))
    return f"{commodity}-{last}"
