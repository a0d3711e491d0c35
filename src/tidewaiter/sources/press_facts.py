"""Figures as printed in the press on their day: first prints of totals, groups, markets and orders.

One row a report: several reports tell one figure, and some of them are wrong. The *first print* is what
most reports of the first weeks say (:mod:`tidewaiter.sources.first_print`); its day is the observation's
``known_at``. Of the rest a report that repeats the figure is counted, one that disagrees is named in the
findings, and a later value that at least two sources tell is kept as a later vintage.

A row whose indicator or statistic the engine does not know is counted and told; a text where the number
of a row we read should stand is a fault.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.errors import UnknownNameError, UnparsableError
from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation
from tidewaiter.model.period import Period
from tidewaiter.model.release import Publisher, Reading
from tidewaiter.model.unit import PERCENT, Unit
from tidewaiter.nomenclature import areas, commodities
from tidewaiter.sources.delimited import Line, Sheet, header_of, read_sheet
from tidewaiter.sources.first_print import Print, printed_day, settle
from tidewaiter.sources.gathering import Gathering
from tidewaiter.sources.printed import count_numbers

if TYPE_CHECKING:
    from datetime import date

    from tidewaiter.sources.first_print import Settled
    from tidewaiter.sources.protocol import Blob

PUBLISHER = Publisher(
    "Departments of Statistics, Ministry of Finance and Ministry of Economic Affairs, as the press reported",
    "財政部統計處、經濟部統計處（媒體報導）",
    "facts",
)
_REQUIRED = (
    "period", "indicator", "commodity", "partner", "statistic", "value", "unit", "published",
)  # fmt: skip
_RELEASE_DAY = {"export_orders": 20}  # of the month after; the customs release comes about the 9th
_INDICATORS = frozenset({"exports", "imports", "balance", "total_trade", "export_orders"})
_STATISTICS = {
    "level": LEVEL, "yoy": "yoy", "mom": "mom", "share": "share", "ytd_level": LEVEL, "ytd_yoy": "yoy",
}  # fmt: skip
_COMMODITIES = {
    "integrated_circuits": "ic",
    "electronics_and_ict": "electronics_ict",
    "computers_units": "computers",
    "agri_ind_raw_materials": "raw_materials",
}
_OF_ORDERS = {  # orders have groups of their own
    "ict_av": "ict_products",
    "electronic_components": "electronic_products",
    "optical_precision": "optical",
}
_NO_GROUP = frozenset({"non_electronics_ict"})  # all but two groups: the release prints no such group

_Identity = tuple[Key, Period, str, str, Unit]


@dataclass(frozen=True, slots=True)
class _Row:
    """One report of one figure."""

    line: Line
    identity: _Identity
    print: Print


class PressFacts:
    """Reads the reports."""

    name = "press-facts"

    def sniff(self, blob: Blob) -> bool:
        """Indicator, statistic, value and publication columns are in the header."""
        return bool(header_of(blob, _REQUIRED))

    def read(self, blob: Blob) -> list[Reading]:
        """One reading, edition = the last month with a print."""
        found = Gathering(blob.name)
        sheet = read_sheet(blob, _REQUIRED, found)
        passed: Counter[str] = Counter()
        read = (_row(sheet, line, passed, found) for line in sheet.lines)
        rows = _dated([row for row in read if row is not None])
        figures: dict[_Identity, list[_Row]] = defaultdict(list)
        for row in rows:
            figures[row.identity].append(row)
        settled = {identity: settle([row.print for row in of]) for identity, of in figures.items()}
        for identity in _too_small(settled, found):
            del settled[identity]
        for identity, prints in settled.items():
            _keep(sheet, identity, prints, found)
        found.findings[:0] = [f"not read: {n} {what}" for what, n in sorted(passed.items())]
        observations = found.finish()
        return [
            Reading(
                dataset=self.name,
                edition=str(max(seen.period.last_month() for seen in observations)),
                title="Trade and orders as printed in the press on the day",
                publisher=PUBLISHER,
                observations=observations,
                numeric_cells=sheet.numeric_cells,
                layout_cells=sheet.numeric_cells - len(observations),
                authority=1,
                notes=_notes(sheet, rows, settled),
                findings=tuple(found.findings),
            )
        ]


SOURCE = PressFacts()


def _row(sheet: Sheet, line: Line, passed: Counter[str], found: Gathering) -> _Row | None:
    """The report of a line; None where it is passed over (counted and told) or has a fault."""
    if line["indicator"] not in _INDICATORS or line["statistic"] not in _STATISTICS:
        passed[f"rows of {line['indicator']} {line['statistic']}"] += 1
        return None
    if line["commodity"] in _NO_GROUP:
        passed[f"rows of {line['indicator']} of {line['commodity']}, no group of the release"] += 1
        return None
    try:
        period = Period.parse(line["period"])
        day, inferred = printed_day(line["published"], period, _RELEASE_DAY.get(line["indicator"], 9))
    except UnparsableError as error:
        passed[f"row, line {line.number}: {error.detail}"] += 1
        return None
    place = sheet.place(line, "value")
    number = found.number(line["value"], place)
    unit = found.attempt(sheet.place(line, "unit"), _unit, line)
    key = _key(sheet, line, found)
    if number is None or unit is None or key is None:
        return None
    if line["statistic"].startswith("ytd_") and period.is_month:
        period = period.to_date()
    statistic = _STATISTICS[line["statistic"]]
    of = "" if statistic != "share" else "commodity" if key.partner == "W00" else "partner"
    decimals = _decimals(line["value"], number.decimals, unit)
    source = line.get("source_url").partition("://")[2].partition("/")[0] or line.get("source_url")
    printed = Print(number.value, decimals, day, inferred, source, line.number)
    return _Row(line, (key, period, statistic, of, unit), printed)


def _dated(rows: list[_Row]) -> list[_Row]:
    """Reports that tell only their month get the first day that others tell for the same release."""
    told: dict[tuple[bool, int, int, int], list[date]] = defaultdict(list)
    for row in rows:
        if not row.print.inferred:
            told[_issue(row)].append(row.print.day)
    return [
        replace(row, print=replace(row.print, day=min(told[_issue(row)])))
        if row.print.inferred and _issue(row) in told
        else row
        for row in rows
    ]


def _issue(row: _Row) -> tuple[bool, int, int, int]:
    """Which release a report is on, and the month in which it reports."""
    key, period = row.identity[:2]
    day = row.print.day
    return key.flow == "export_orders", period.last, day.year, day.month


def _unit(line: Line) -> Unit:
    """The unit, of a kind that the statistic can have.

    Raises:
        UnparsableError: a rate that is not in percent, a level that is no amount of money.
    """
    unit = Unit.parse(line["unit"])
    is_level = _STATISTICS[line["statistic"]] == LEVEL
    if (is_level and unit.kind != "USD") or (not is_level and unit != PERCENT):
        raise UnparsableError(
            f"{line['statistic']} is given in {unit}", hint="levels in US$, rates in percent"
        )
    return unit


def _key(sheet: Sheet, line: Line, found: Gathering) -> Key | None:
    name = line["commodity"]
    name = (_OF_ORDERS if line["indicator"] == "export_orders" else _COMMODITIES).get(name, name)
    goods = found.attempt(sheet.place(line, "commodity"), commodities().code_of, name)
    partner = found.attempt(sheet.place(line, "partner"), _partner, line["partner"])
    return Key("TWN", line["indicator"], goods, partner) if goods and partner else None


def _partner(code: str) -> str:
    if code not in areas().entries:
        raise UnknownNameError(f"no area has the code {code!r}")
    return code


def _decimals(text: str, decimals: int, unit: Unit) -> int:
    """As printed; 130 (億美元) may be 13.0 or 13 billion, so its last zero is not taken for a digit."""
    return -1 if unit.kind == "USD" and not decimals and text.endswith("0") else decimals


def _too_small(settled: dict[_Identity, Settled], found: Gathering) -> list[_Identity]:
    """Levels of a span below that of one of its months: told for another period. Each is a finding."""
    months = [
        (key, period, settled[key, period, statistic, of, unit].first)
        for key, period, statistic, of, unit in settled
        if statistic == LEVEL and period.is_month and key.flow != "balance"
    ]
    by_key: dict[Key, list[tuple[Period, Print]]] = defaultdict(list)
    for key, period, first in months:
        by_key[key].append((period, first))
    wrong = []
    for identity, prints in settled.items():
        key, period, statistic, _, _ = identity
        if statistic != LEVEL or period.is_month or key.flow == "balance":
            continue
        larger = next((m for m, p in by_key[key] if m in period and p.value > prints.first.value), None)
        if larger is not None:
            found.findings.append(
                f"{key} {period}: {prints.first} is less than its month {larger} alone; not loaded"
            )
            wrong.append(identity)
    return wrong


def _keep(sheet: Sheet, identity: _Identity, prints: Settled, found: Gathering) -> None:
    key, period, statistic, of, unit = identity
    for one in (prints.first, *prints.later):
        place = sheet.place(Line(one.line, {}), "value")
        found.observations.append(
            Observation(key, period, statistic, one.value, unit, place, one.decimals, of, known_at=one.day)
        )
    if prints.others:
        told = ", ".join(str(one) for one in prints.others)
        found.findings.append(
            f"{key} {statistic} {period}: first print {prints.first}; passed over as it disagrees: {told}"
        )


def _notes(sheet: Sheet, rows: list[_Row], settled: dict[_Identity, Settled]) -> tuple[str, ...]:
    repeats = sum(prints.repeats for prints in settled.values())
    later = sum(len(prints.later) for prints in settled.values())
    inferred = sum(row.print.inferred for row in rows)
    sources = len({row.print.source for row in rows})
    years = count_numbers(line["period"] for line in sheet.lines)
    told = (
        f"{len(rows)} reports by {sources} sources on {len(settled)} figures: "
        f"{repeats} repeat a figure, {later} tell a later vintage; "
        f"{inferred} tell only their month or nothing and "
        "take the day others tell for that release, else the 9th, for orders the 20th"
    )
    return (
        told,
        "the last zero of a whole number of 1e8 USD is taken for no digit (13 billion is told as 130)",
        f"{years} of the numbers are years in the period column",
    )
