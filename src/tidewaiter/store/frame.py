"""Observations as a table: the one place that knows the Parquet schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tidewaiter.model.key import Key
from tidewaiter.model.observation import Observation, Place
from tidewaiter.model.period import Period
from tidewaiter.model.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

SCHEMA: dict[str, pl.DataType] = {
    "reporter": pl.String(),
    "flow": pl.String(),
    "commodity": pl.String(),
    "partner": pl.String(),
    "measure": pl.String(),
    "first": pl.Int32(),  # month ordinals of the period
    "last": pl.Int32(),
    "statistic": pl.String(),
    "of": pl.String(),
    "value": pl.Float64(),
    "unit": pl.String(),
    "decimals": pl.Int16(),  # null: full precision
    "preliminary": pl.Boolean(),
    "known_at": pl.Date(),
    "file": pl.String(),
    "sheet": pl.String(),
    "cell": pl.String(),
}
KEY_COLUMNS = ("reporter", "flow", "commodity", "partner", "measure")
ORDER = [*KEY_COLUMNS, "statistic", "of", "first", "last", "known_at"]


def to_frame(observations: list[Observation], published: date) -> pl.DataFrame:
    """Observations as a table sorted by key, statistic and period; ``known_at`` is always filled."""
    rows = [
        (
            *o.key.parts(), o.period.first, o.period.last, o.statistic, o.of, o.value, str(o.unit),
            o.decimals, o.preliminary, o.known_at or published, o.place.file, o.place.sheet, o.place.cell,
        )
        for o in observations
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").sort(ORDER, maintain_order=True)


def from_frame(frame: pl.DataFrame) -> Iterator[Observation]:
    """The observations of a table."""
    units = {text: Unit.parse(text) for text in frame["unit"].unique()}
    for row in frame.iter_rows():
        reporter, flow, commodity, partner, measure, first, last, statistic, of, *rest = row
        value, unit, decimals, preliminary, known_at, file, sheet, cell = rest
        yield Observation(
            key=Key(reporter, flow, commodity, partner, measure),
            period=Period(first, last),
            statistic=statistic,
            value=value,
            unit=units[unit],
            place=Place(file, sheet, cell),
            decimals=decimals,
            of=of,
            preliminary=preliminary,
            known_at=known_at,
        )
