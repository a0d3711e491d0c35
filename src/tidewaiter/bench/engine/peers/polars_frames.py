"""Polars: rows sorted by series and month, so that sums over spans are differences of one running sum.

The place where a span begins is found by an as-of join on one number that holds series and month. Rolling
sums by month in each group (``rolling_sum_by`` … ``over``) take several times as long here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tidewaiter.bench.engine.data import PARTNERS
from tidewaiter.bench.engine.peers.work import (
    AREAS,
    GOODS,
    MA3_FROM,
    SAMPLE,
    SECOND,
    STATISTICS,
    TWO_YEARS_FROM,
    WORLD,
    YEAR_FROM,
)

if TYPE_CHECKING:
    from tidewaiter.bench.engine.peers.work import Answers, Work

WIDE = 1 << 15  # more than any month: series × WIDE + month is one sortable number
X, MONTH, AT = pl.col("x"), pl.col("month"), pl.col("at")
IN_YEAR = MONTH % 12


class Peer:
    """See the module."""

    version = pl.__version__

    def __init__(self, work: Work) -> None:
        self._work = work

    def decode(self) -> None:
        """The records with their places in the cube."""
        goods, partners = pl.read_parquet(self._work.goods), pl.read_parquet(self._work.partners)
        self._whole = goods["n0"][0]
        self._records = (
            pl.scan_parquet(self._work.records)
            .join(goods.lazy(), on="commodity")
            .join(partners.lazy(), on="partner")
            .drop("commodity", "partner")
            .collect(engine="streaming")
        )

    def cube(self) -> int:
        """One group-by a level."""
        rows = self._records.lazy()
        parts = [
            rows.group_by("flow", good, area, "month")
            .agg(pl.col("value").sum().alias("x"))
            .rename({good: "good", area: "area"})
            for good in GOODS
            for area in AREAS
        ]
        flow, good, area = (pl.col(name).cast(pl.Int64) for name in ("flow", "good", "area"))
        series = flow * 2**40 + good * 2**16 + area
        cube = pl.concat(parts).with_columns(series.alias("s"), MONTH.cast(pl.Int64)).sort("s", "month")
        self._cube = cube.with_columns(at=pl.col("s") * WIDE + MONTH).collect(engine="streaming")
        del self._records
        return self._cube.height

    def statistics(self) -> Answers:
        """Count and sum of each."""
        told = self._told()
        found = told.select(
            *(pl.col(name).count().alias(f"{name} n") for name in STATISTICS),
            *(pl.col(name).sum().cast(pl.Float64).alias(f"{name} sum") for name in STATISTICS),
        ).collect(engine="streaming")
        row = found.row(0, named=True)
        return {name: (row[f"{name} n"], row[f"{name} sum"]) for name in STATISTICS}

    def sample(self) -> pl.DataFrame:
        """Every so many-th series."""
        return self._told().filter(pl.col("s") % SAMPLE == 0).collect(engine="streaming")

    def _told(self) -> pl.LazyFrame:
        rows = self._cube.lazy().with_columns(running=X.cum_sum().set_sorted())
        known = rows.select("at", then="running", level="x", seen="at")
        for name, back in _SPANS.items():
            rows = rows.with_columns(key=(AT - back).set_sorted()).join_asof(
                known.rename({"then": f"to_{name}", "level": f"x_{name}", "seen": f"seen_{name}"}),
                left_on="key", right_on="at", strategy="backward",
            )  # fmt: skip
            rows = rows.drop("at_right", strict=False)
        return self._figures(
            rows.join(self._totals(), on=["flow", "month"], how="left", maintain_order="left")
        )

    def _totals(self) -> pl.LazyFrame:
        total = self._cube.lazy().filter(pl.col("good") == self._whole, pl.col("area") == WORLD)
        now = total.select("flow", "month", total="x")
        then = now.select("flow", MONTH + 12, total12="total")
        return now.join(then, on=["flow", "month"], how="left")

    def _figures(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        def base(name: str) -> pl.Expr:
            return pl.when(pl.col(f"seen_{name}") == AT - _SPANS[name]).then(pl.col(f"x_{name}"))

        def to(name: str) -> pl.Expr:
            return pl.col(f"to_{name}").fill_null(0)

        year = pl.col("running") - to("12")
        ytd, ytd_base = pl.col("running") - to("year"), to("12") - to("last_year")
        year_base = to("12") - to("24")
        risen = (base("12") < X).fill_null(value=False)
        stops = pl.when(~risen).then(MONTH).when(base("1").is_null()).then(MONTH - 1)
        streak = MONTH - stops.forward_fill().over("s")
        best = X.cum_max().over("s")
        place = X.rank("min", descending=True).over("flow", "good", "month", pl.col("area") < PARTNERS)
        return rows.select(
            "s", "month", level=X,
            mom=(X / base("1") - 1) * 100,
            yoy=(X / base("12") - 1) * 100,
            ytd_level=ytd,
            ytd_yoy=pl.when(ytd_base > 0).then((ytd / ytd_base - 1) * 100),
            sum12=pl.when(MONTH >= YEAR_FROM).then(year),
            sum12_yoy=pl.when(MONTH >= TWO_YEARS_FROM, year_base > 0).then((year / year_base - 1) * 100),
            ma3=pl.when(MONTH >= MA3_FROM).then((pl.col("running") - to("3")) / 3),
            share=X / pl.col("total") * 100,
            contribution=(X - base("12").fill_null(0)) / pl.col("total12") * 100,
            streak=pl.when(streak > 0).then(streak),
            record=pl.when(MONTH >= SECOND, best <= X).then(1),
            rank=pl.when(pl.col("area") < PARTNERS).then(place),
        )  # fmt: skip


_SPANS: dict[str, pl.Expr | int] = {
    "1": 1, "3": 3, "12": 12, "24": 24, "year": IN_YEAR + 1, "last_year": IN_YEAR + 13,
}  # fmt: skip
