"""Unit jumps: a number a thousand times its neighbours is in another unit, not another trade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tidewaiter.engine.audit.declared import tolerance
from tidewaiter.engine.audit.lines import Status
from tidewaiter.engine.audit.sheet import observation
from tidewaiter.model.key import WORLD

if TYPE_CHECKING:
    from tidewaiter.engine.audit.sheet import Sheet
    from tidewaiter.engine.audit.table_rule import Findings

_LIMIT = tolerance("unit.jump")  # steps in powers of ten
_JUMP = (_LIMIT["low"], _LIMIT["high"])
_CODED = r"^(?:HS|CCC)\d"


def jumps(sheet: Sheet, found: Findings) -> None:
    """Single numbers in calm series, and whole periods."""
    power = pl.when(pl.col("base") > 0).then(pl.col("base").log10())
    same = pl.col("series") == pl.col("series").shift(1)
    step = pl.when(same).then(power - power.shift(1))
    rows = sheet.levels.with_columns(power.alias("power"), step.alias("step"))
    single = ~pl.col("commodity").str.contains(_CODED) | (pl.col("partner") == WORLD)
    long = pl.len().over("series") >= _LIMIT["least"]
    _one_by_one(rows.filter(single).filter(long), found)
    _whole_periods(rows, found)


def _one_by_one(rows: pl.DataFrame, found: Findings) -> None:
    """Numbers far from the one before and from the middle of a calm series."""
    steps = pl.col("step").abs()
    away = (pl.col("power") - pl.col("power").median().over("series")).abs()
    calm = rows.with_columns(
        steps.median().over("series").alias("usual"),
        steps.quantile(0.75).over("series").alias("most"),
        away.alias("away"),
    ).filter((pl.col("usual") <= _LIMIT["calm"]) & (pl.col("most") <= _LIMIT["steady"]))
    told = calm.filter(pl.col("step").abs().is_between(*_JUMP) & pl.col("away").is_between(*_JUMP))
    found.agrees += calm.height - told.height
    for row in told.iter_rows(named=True):
        times = f"{10 ** row['step']:,.0f} times" if row["step"] > 0 else f"1/{10 ** -row['step']:,.0f} of"
        reason = f"{times} the number before it, in a series that moves by little: another unit?"
        found.tell(observation(row), Status.DISAGREES, reason)


def _whole_periods(rows: pl.DataFrame, found: Findings) -> None:
    """A period in which half of many series jump together was written in another unit."""
    up, down = pl.col("step").is_between(*_JUMP), pl.col("step").is_between(-_JUMP[1], -_JUMP[0])
    judged = (
        rows.drop_nulls("step")
        .group_by("reporter", "flow", "measure", "unit", "first", "last", maintain_order=True)
        .agg(pl.len().alias("many"), up.mean().alias("up"), down.mean().alias("down"))
        .filter(pl.col("many") >= _LIMIT["many"])
    )
    jumped = judged.filter(pl.max_horizontal("up", "down") >= _LIMIT["most"])
    for row in jumped.iter_rows(named=True):
        same = (
            pl.col(name) == row[name] for name in ("reporter", "flow", "measure", "unit", "first", "last")
        )
        one = rows.drop_nulls("step").filter(*same).row(0, named=True)
        share = max(row["up"], row["down"])
        reason = f"{share:.0%} of {row['many']} series jump by about a thousand here: another unit?"
        found.tell(observation(one), Status.DISAGREES, reason)
