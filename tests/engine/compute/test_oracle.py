"""A second oracle: the same figures by ibis on DuckDB, over a calendar without gaps."""

from __future__ import annotations

import random

import polars as pl
import pytest

from tidewaiter.engine.compute import run
from tidewaiter.model.period import Period
from tidewaiter.store.records import write_frame

ibis = pytest.importorskip("ibis")
duckdb = pytest.importorskip("duckdb")
MONTHS, FIRST = 40, 24000


def test_lags_sums_shares_and_ranks_by_window_sql(tmp_path):
    chance = random.Random(3)
    rows = [
        ("exports", code, partner, FIRST + month, chance.randint(1, 99))
        for code in ("HS84713000", "HS84715000", "HS85423100")
        for partner in ("CHN", "JPN", "USA")
        for month in range(MONTHS)
        if chance.random() < 0.7 or month in (0, MONTHS - 1)
    ]
    frame = pl.DataFrame(rows, schema=["flow", "commodity", "partner", "month", "value"], orient="row")
    write_frame(tmp_path / "r.parquet", frame, reporter="TWN", unit="USD")
    run(tmp_path / "r.parquet", tmp_path / "out", Period(FIRST, FIRST + MONTHS - 1), areas=())
    told = pl.concat(
        pl.read_parquet(path).with_columns(pl.col(pl.Categorical).cast(pl.String))
        for path in (tmp_path / "out").glob("*/*.parquet")
    )
    calendar = told.select("commodity", "partner").unique().join(frame.select("month").unique(), how="cross")
    parts = [
        frame.with_columns(commodity=code(pl.col("commodity")), partner=partner)
        for code in (lambda c: c, lambda c: c.str.head(8), lambda c: c.str.head(6), lambda c: c.str.head(4),
                     lambda _: pl.lit("total"))
        for partner in (pl.col("partner"), pl.lit("W00"))
    ]  # fmt: skip
    sums = pl.concat(parts).group_by("commodity", "partner", "month").agg(pl.col("value").sum())
    full = calendar.join(sums, on=["commodity", "partner", "month"], how="left").with_columns(
        pl.col("value").fill_null(0).cast(pl.Float64)
    )
    full.write_parquet(tmp_path / "full.parquet")
    table = ibis.table(
        {"commodity": "string", "partner": "string", "month": "int64", "value": "float64"}, name="cube"
    )
    series = ibis.window(group_by=["commodity", "partner"], order_by="month")
    twelve = ibis.window(group_by=["commodity", "partner"], order_by="month", preceding=11, following=0)
    lag = table.value.lag(12).over(series)
    asked = table.mutate(
        yoy=ibis.cases((lag > 0, (table.value / lag - 1) * 100)),
        sum12=ibis.cases((table.month >= FIRST + 11, table.value.sum().over(twelve))),
        rank=ibis.cases(
            (
                table.partner != "W00",
                1.0 + ibis.rank().over(
                    group_by=["commodity", "month", table.partner == "W00"], order_by=ibis.desc("value")
                ),
            )
        ),
    )  # fmt: skip
    base = duckdb.connect()
    base.execute(f"create view cube as from read_parquet('{tmp_path / 'full.parquet'}')")
    answer = base.execute(str(ibis.to_sql(asked, dialect="duckdb"))).fetchall()
    names = [*table.columns, "yoy", "sum12", "rank"]
    expected = pl.DataFrame(answer, schema=names, orient="row").sort("commodity", "partner", "month")
    own = told.sort("commodity", "partner", "month").fill_nan(None)
    for column, theirs in (
        ("level", "value"),
        ("yoy", "yoy"),
        ("sum12", "sum12"),
        ("rank:level:partners", "rank"),
    ):
        for mine, other in zip(own[column], expected[theirs], strict=True):
            assert mine == pytest.approx(float(other), rel=1e-12) if other is not None else mine is None, (
                column
            )
