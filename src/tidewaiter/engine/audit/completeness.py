"""Completeness: a month (or year) missing inside a series.

Only dense series can miss a month. Of a single product to a single country an absent month is most
often a month without trade, which files leave out; it is not told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tidewaiter.engine.audit.declared import tolerance
from tidewaiter.engine.audit.lines import Status
from tidewaiter.engine.audit.sheet import observation
from tidewaiter.model.period import MONTHS, Period

if TYPE_CHECKING:
    from tidewaiter.engine.audit.sheet import Sheet
    from tidewaiter.engine.audit.table_rule import Findings

_CODED = r"^(?:HS|CCC)\d"


def gaps(sheet: Sheet, found: Findings) -> None:
    """A shorter series has no rhythm, and a sparse one no gaps."""
    for months in (1, MONTHS):
        _of_length(sheet, months, found)


def _of_length(sheet: Sheet, months: int, found: Findings) -> None:
    """Series of months, or of calendar years: the number behind each gap is told."""
    limit = tolerance("complete")
    length = pl.col("last") - pl.col("first") + 1
    starts = (length == months) & ((pl.col("first") % months) == 0)
    plain = ~pl.col("commodity").str.contains(_CODED)
    rows = sheet.levels.filter(starts & plain)
    step = (pl.col("first").diff().over("series") / months).alias("step")
    many = pl.len().over("series").alias("n")
    span = ((pl.col("first").max() - pl.col("first").min()) / months + 1).over("series").alias("span")
    rows = rows.with_columns(step, many, span).filter(
        (pl.col("n") >= limit["least"]) & (pl.col("n") / pl.col("span") >= limit["dense"])
    )
    found.agrees += int((rows["step"].fill_null(1) == 1).sum())
    for row in rows.filter(pl.col("step") > 1).iter_rows(named=True):
        absent = int(row["step"]) - 1
        before = Period(row["first"], row["last"]).shift(-months)
        told = f"{before}" if absent == 1 else f"{absent} periods up to {before}"
        status = Status.MISSING if sheet.mixed or sheet.release.authority else Status.DISAGREES
        found.tell(observation(row), status, f"{told} missing before it, inside the series")
