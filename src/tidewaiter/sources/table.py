"""Observations as a table: for files of millions of rows, where a value object a row would not fit.

A source that reads such a file fills ``Reading.table`` with a polars frame in this schema instead of
``Reading.observations``. The store keeps all observations in it.
"""

from __future__ import annotations

import polars as pl

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
    "known_at": pl.Date(),  # null: the release's own day
    "file": pl.String(),
    "sheet": pl.String(),
    "cell": pl.String(),
}
KEY_COLUMNS = ("reporter", "flow", "commodity", "partner", "measure")
IDENTITY = (*KEY_COLUMNS, "statistic", "of", "first", "last")
ORDER = [*IDENTITY, "known_at"]
DEFAULTS = {
    "measure": "", "statistic": "level", "of": "", "preliminary": False, "sheet": "", "cell": "",
    "decimals": None, "known_at": None,
}  # fmt: skip


def complete(frame: pl.DataFrame, **constants: object) -> pl.DataFrame:
    """The frame in this schema: constants filled in, defaults for what it lacks, columns in order.

    Args:
        frame: has at least ``value``, ``first``, ``last`` and the key columns not given as constants.
        constants: columns with one value for all rows (``reporter="IND"``, ``unit="1e6 USD"`` …).
    """
    given = {**DEFAULTS, **constants}
    missing = [name for name in SCHEMA if name not in frame.columns]
    filled = frame.with_columns(pl.lit(given[name], dtype=SCHEMA[name]).alias(name) for name in missing)
    return filled.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
