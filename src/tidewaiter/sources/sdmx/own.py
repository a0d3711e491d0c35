"""Our own dataflow: what Tidewaiter wrote as SDMX, loaded again as the same observations.

One release of the message becomes one reading with the dataset, edition, day, publisher and authority it
was written with. Each observation keeps its value to the last digit, its unit, status, decimals,
statistic and day; its place is the line of this file, with the table and the cell it once stood in beside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from tidewaiter.errors import TidewaiterError, UnparsableError
from tidewaiter.model.observation import LEVEL
from tidewaiter.model.release import Publisher, Reading
from tidewaiter.sources.gathering import Gathering
from tidewaiter.sources.sdmx.text import from_id, read_time
from tidewaiter.sources.sdmx.units import unit_of
from tidewaiter.sources.spreadsheet import unguarded
from tidewaiter.sources.table import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidewaiter.sources.sdmx.message import DataSet

AGENCY, FLOW, VERSION = "TIDEWAITER", "OBSERVATIONS", "1.0.0"
DIMENSIONS = (
    "FREQ", "REF_AREA", "FLOW", "COMMODITY", "COUNTERPART_AREA", "MEASURE", "STATISTIC", "STATISTIC_OF",
    "RELEASE", "KNOWN_AT", "OCCURRENCE", "TIME_PERIOD",
)  # fmt: skip
ATTRIBUTES = (
    "UNIT_MEASURE", "UNIT_MULT", "DECIMALS", "OBS_STATUS", "ORIGIN_FILE", "ORIGIN_SHEET", "ORIGIN_CELL",
)  # fmt: skip
OF_RELEASE = ("DATASET", "EDITION", "TITLE", "PUBLISHED", "PUBLISHER", "PUBLISHER_ZH", "LICENCE", "AUTHORITY")
_KEY = {
    "reporter": "REF_AREA", "flow": "FLOW", "commodity": "COMMODITY", "partner": "COUNTERPART_AREA",
    "measure": "MEASURE", "statistic": "STATISTIC", "of": "STATISTIC_OF",
}  # fmt: skip
_LISTED = 20
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\Z")


def is_own(data: DataSet) -> bool:
    """The data set is of our dataflow and has all of its components."""
    return data.flow.agency == AGENCY and data.flow.id == FLOW


def readings(data: DataSet, file: str) -> list[Reading]:
    """One reading a release.

    Raises:
        FaultsError: components that are missing, texts that do not read.
    """
    found = Gathering(file)
    lacking = [name for name in (*DIMENSIONS, *ATTRIBUTES, *OF_RELEASE) if name not in data.table.columns]
    for name in lacking:
        found.fault("header", f"the component {name} is missing", "it was written by `tidewaiter export`")
    if lacking:
        found.finish()
    quoted = [name for name in (*ATTRIBUTES, *OF_RELEASE) if data.table[name].str.starts_with("'").any()]
    table = data.table.with_columns(
        pl.col(name).map_elements(unguarded, return_dtype=pl.String) for name in quoted
    )
    frame = _Columns(table, data.places, found).frame(file)
    if found.faults:
        found.finish()
    parts = frame.with_columns(release=table["RELEASE"]).partition_by("release", as_dict=True)
    return [
        _reading(part.drop("release"), table.row(by_predicate=_first(name, table), named=True), file)
        for (name,), part in parts.items()
    ]


def _first(release: Any, table: pl.DataFrame) -> pl.Expr:
    """The row of a release that tells what it is: the first that names its dataset."""
    rows = table.with_row_index("at").filter((pl.col("RELEASE") == release) & (pl.col("DATASET") != ""))
    at = int(rows["at"][0]) if rows.height else int((table["RELEASE"] == release).arg_max() or 0)
    return pl.int_range(pl.len()) == at


def _reading(frame: pl.DataFrame, told: dict[str, str], file: str) -> Reading:
    derived = int((frame["statistic"] != LEVEL).sum())
    return Reading(
        dataset=told["DATASET"] or "sdmx-tidewaiter",
        edition=told["EDITION"] or "export",
        title=told["TITLE"] or file,
        publisher=Publisher(told["PUBLISHER"] or "unknown", told["PUBLISHER_ZH"] or "未詳", told["LICENCE"]),
        observations=[],
        numeric_cells=frame.height,
        authority=int(told["AUTHORITY"] or 1),
        published=_day(told["PUBLISHED"]),
        findings=(f"an export of {told['RELEASE']}: {frame.height - derived} levels, {derived} derived",),
        table=frame,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UnparsableError(f"{text!r} is not a day", hint="2025-09-09") from error


@dataclass(frozen=True)
class _Columns:
    """Texts of the message as columns of observations."""

    table: pl.DataFrame
    places: pl.Series
    found: Gathering

    def frame(self, file: str) -> pl.DataFrame:
        """The observations in the schema of the store."""
        periods = self._each("TIME_PERIOD", _months, (0, 0))
        units = self.table.select(pl.concat_str("UNIT_MEASURE", "UNIT_MULT", separator=" ").alias("u"))["u"]
        columns: dict[str, list[Any]] = {ours: self._each(name, from_id, "") for ours, name in _KEY.items()}
        columns |= {
            "first": [first for first, _ in periods],
            "last": [last for _, last in periods],
            "value": self._each("OBS_VALUE", _number, 0.0),
            "unit": self._each("UNIT_MEASURE", _unit, "", units),
            "decimals": self._each("DECIMALS", lambda text: int(text) if text else None, None),
            "preliminary": [text == "P" for text in self.table["OBS_STATUS"]],
            "known_at": self._each("KNOWN_AT", lambda text: _day(from_id(text)), None),
            "file": [file] * self.table.height,
            "sheet": [
                " › ".join(part for part in pair if part)
                for pair in zip(self.table["ORIGIN_FILE"], self.table["ORIGIN_SHEET"], strict=True)
            ],
            "cell": [
                f"{place} ({cell})" if cell else place
                for place, cell in zip(self.places, self.table["ORIGIN_CELL"], strict=True)
            ],
        }
        return pl.DataFrame(columns, schema=SCHEMA)

    def _each(
        self, name: str, read: Callable[[str], Any], instead: Any, texts: pl.Series | None = None
    ) -> list[Any]:
        """A column read once for each distinct text; faults stand ``instead`` and are told."""
        given = (self.table[name] if texts is None else texts).to_list()
        done: dict[str, Any] = {}
        for at, text in enumerate(given):
            if text in done:
                continue
            try:
                done[text] = read(text)
            except TidewaiterError as error:
                done[text] = instead
                self._fault(at, name, error.detail, error.hint)
            except ValueError:
                done[text] = instead
                self._fault(at, name, f"{text!r} does not read")
        return [done[text] for text in given]

    def _fault(self, at: int, name: str, problem: str, hint: str = "") -> None:
        if len(self.found.faults) < _LISTED:
            self.found.fault(f"{self.places[at]}, {name}", problem, hint)


def _months(text: str) -> tuple[int, int]:
    period = read_time(text)
    return period.first, period.last


def _number(text: str) -> float:
    if not _NUMBER.match(text):
        raise UnparsableError(f"{text!r} stands where a number belongs")
    return float(text)


def _unit(text: str) -> str:
    kind, _, power = text.rpartition(" ")
    return str(unit_of(from_id(kind), power, own=True))
