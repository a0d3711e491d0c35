"""Between observations as values and as a table (schema in :mod:`tidewaiter.sources.table`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import polars as pl

from tidewaiter.model.key import Key
from tidewaiter.model.observation import Observation, Place
from tidewaiter.model.period import Period
from tidewaiter.model.unit import Unit
from tidewaiter.sources.blocks import Blocks
from tidewaiter.sources.table import ORDER, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tidewaiter.model.release import Reading


def to_frame(observations: list[Observation]) -> pl.DataFrame:
    """Observations as a table."""
    rows = [
        (
            *o.key.parts(), o.period.first, o.period.last, o.statistic, o.of, o.value, str(o.unit),
            o.decimals, o.preliminary, o.known_at, o.place.file, o.place.sheet, o.place.cell,
        )
        for o in observations
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def table_of(reading: Reading) -> pl.DataFrame:
    """All that was read, as a table."""
    if reading.table is None:
        return to_frame(reading.observations)
    whole = reading.table.frame if isinstance(reading.table, Blocks) else reading.table
    return cast("pl.DataFrame", whole)


def in_order(frame: pl.DataFrame, published: date) -> pl.DataFrame:
    """Sorted by key, statistic and period, every row with the day it became known."""
    known = frame.with_columns(pl.col("known_at").fill_null(published))
    return known.sort(ORDER, maintain_order=True)


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
