"""Are the answers equal? Counts exactly, sums within rounding, and some series cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bench.engine.peers.work import STATISTICS

if TYPE_CHECKING:
    from tidewaiter.bench.engine.measured import Measured

TOLERANCE = 1e-9  # relative: sums of many numbers depend on their order in the last digits


def differences(one: Measured, other: Measured) -> list[str]:
    """What the answers of two runs differ in; empty when they are equal."""
    found = []
    if one.rows != other.rows:
        found.append(f"rows of the cube: {one.rows} and {other.rows}")
    for name in STATISTICS:
        (count, total), (count_2, total_2) = one.answers[name], other.answers[name]
        if count != count_2:
            found.append(f"{name}: {count} and {count_2} values")
        elif abs(total - total_2) > TOLERANCE * max(abs(total), abs(total_2), 1.0):
            found.append(f"{name}: sums {total!r} and {total_2!r}")
    return found or _cells(one.sample, other.sample)


def _cells(one: str, other: str) -> list[str]:
    import polars as pl  # noqa: PLC0415 — heavy

    frames = [
        pl.read_parquet(path).select("s", "month", *(pl.col(name).cast(pl.Float64) for name in STATISTICS))
        for path in (one, other)
    ]
    keys = pl.col("s", "month").cast(pl.Int64)
    if not frames[0].select(keys).equals(frames[1].select(keys)):
        return ["the sampled series have other months"]
    found = []
    for name in STATISTICS:
        mine, theirs = frames[0][name], frames[1][name]
        far = (mine - theirs).abs() > TOLERANCE * mine.abs().clip(lower_bound=1.0)
        odd = (mine.is_null() != theirs.is_null()) | far.fill_null(value=False)
        if odd.any():
            at = odd.arg_max() or 0
            row = frames[0].row(at, named=True)
            found.append(f"{name} of series {row['s']} in {row['month']}: {mine[at]} and {theirs[at]}")
    return found


def sampled(measured: Measured) -> int:
    """How many cells were compared one by one."""
    import polars as pl  # noqa: PLC0415

    return pl.read_parquet(measured.sample).height * len(STATISTICS)
