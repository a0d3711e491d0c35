"""Real records go through whole, and their totals are the files' own."""

from __future__ import annotations

import csv
import math
from collections import defaultdict

import numpy as np
import polars as pl
import pytest

from tidewaiter.api import open_store
from tidewaiter.engine.compute import run
from tidewaiter.model.period import Period
from tidewaiter.store import Store
from tidewaiter.store.records import Records, write_release

pytestmark = pytest.mark.shared


def _releases(folder, tmp_path):
    open_store(tmp_path / "store").load(folder)
    store = Store(tmp_path / "store")
    return store, {release.id: release for release in store.releases()}


def _read(folder):
    parts = [pl.read_parquet(path) for path in sorted(folder.glob("*/*.parquet"))]
    return pl.concat([part.with_columns(pl.col(pl.Categorical).cast(pl.String)) for part in parts])


@pytest.mark.parametrize(("month", "file"), [("2025-01", "Jan"), ("2025-02", "Feb")])
def test_new_zealand_at_ten_digits_adds_up_to_its_file_at_every_level(shared_path, tmp_path, month, file):
    folder = shared_path("data/nz-hs10")
    store, known = _releases(folder, tmp_path)
    write_release(store, known[f"nz-hs10@{month}"], tmp_path / "r.parquet")
    run(tmp_path / "r.parquet", tmp_path / "out")
    told = _read(tmp_path / "out").filter(pl.col("partner") == "W00")
    expected = defaultdict(int)
    with (folder / f"{file}_2025_Exports_HS10_by_Country.csv").open(encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            value = int(row["total_export_FOB"])
            for code in ("total", *(f"HS{row['hs'].zfill(10)[:n]}" for n in (2, 4, 6, 8, 10))):
                expected[code] += value
    assert dict(zip(told["commodity"], told["level"], strict=True)) == expected


def test_india_s_three_million_rows_go_through_by_fiscal_year(shared_path, tmp_path):
    folder = shared_path("data/india-hs8")
    store, known = _releases(folder, tmp_path)
    (release,) = known.values()
    header = write_release(store, release, tmp_path / "r.parquet")
    assert (header.step, header.unit, header.scale) == (12, "1e6 USD", 2)
    run(tmp_path / "r.parquet", tmp_path / "out", Period.parse("2018-04..2025-03"))
    told = _read(tmp_path / "out").filter(pl.col("partner") == "W00")
    rows = pl.read_parquet(next(folder.glob("*.parquet"))).drop_nulls("value_usd_mn")
    cents = rows.with_columns((pl.col("value_usd_mn") * 100).round().cast(pl.Int64))
    for code, column in (("total", pl.lit("total")), ("HS", "HS" + pl.col("hs8").str.slice(0, 2))):
        years = cents.group_by(column.alias("code"), "fy").agg(pl.col("value_usd_mn").sum())
        own = told.filter(
            pl.col("commodity") == code if code == "total" else pl.col("commodity").str.len_chars() == 4
        )
        levels = {(c, m // 12): v for c, m, v in own.select("commodity", "month", "level").iter_rows()}
        assert {(c, y): v / 100 for c, y, v in years.iter_rows()} == {k: v for k, v in levels.items() if v}


EDITIONS = ("swiss-exports-region-group@2018-12.1", "swiss-exports-region-group@2018-12.2")
TABLES = (*EDITIONS, "swiss-exports-country@2018-12", "swiss-exports-goods@2018-12")
SPAN = Period.parse("1988-01..2018-12")


@pytest.fixture(scope="module")
def swiss(request, tmp_path_factory):
    folder = request.path.parents[4] / "shared" / "data" / "swiss-monthly"
    if not folder.exists():
        pytest.skip("needs ../shared/data/swiss-monthly, which is not beside this checkout")
    home = tmp_path_factory.mktemp("swiss")
    store, known = _releases(folder, home)
    found = {}
    for name in TABLES:
        path = home / f"{name}.parquet"
        write_release(store, known[name], path)
        run(path, home / name, SPAN)
        found[name] = (Records(path).header, _read(home / name).sort("commodity", "partner", "month"))
    return found


def test_the_second_swiss_edition_is_the_sum_by_country_and_by_goods_and_the_first_is_not(swiss):
    totals = {}
    for name, (header, table) in swiss.items():
        own = table.filter(pl.col("commodity") == "total", pl.col("partner") == "W00").sort("month")
        totals[name] = own["level"].to_list()
        assert totals[name] == list(header.totals["exports"])
    assert totals[EDITIONS[1]] == totals[TABLES[2]] == totals[TABLES[3]] != totals[EDITIONS[0]]
    years = {name: [sum(months[-24:-12]), sum(months[-12:])] for name, months in totals.items()}
    assert years[EDITIONS[1]][0] == 220_582_404_650
    assert [round(years[name][1] / 1e9, 3) for name in EDITIONS] == [233.146, 233.224]


@pytest.mark.parametrize("name", TABLES)
def test_every_record_streak_rank_and_best_in_n_of_the_swiss_years(swiss, name):
    header, table = swiss[name]
    months = SPAN.months
    series = dict(table.group_by("commodity", "partner"))
    finest = {c for c in header.commodities if c != "total"} or {"total"}
    own = [k for k in series if k[0] in finest and k[1] in header.partners]
    assert len(own) == {TABLES[2]: 245, TABLES[3]: 198}.get(name, 96)
    for key, rows in series.items():
        part = rows.sort("month")
        level = part["level"].to_numpy()
        assert len(level) == months
        assert not np.isnan(level).any()
        to_date = np.array([level[t - t % 12 : t + 1].sum() for t in range(months)])
        growth = [math.nan] * 12 + [_growth(level[t], level[t - 12]) for t in range(12, months)]
        for t in range(months):
            before = level[:t]
            expected = {
                "record:level:all_months": _place(level[t], before),
                "record:level:same_month": _place(level[t], level[t % 12 : t : 12]),
                "record:level:same_period": _place(to_date[t], to_date[t % 12 : t : 12]),
                "best_in_n:level": _away(np.flatnonzero(before > level[t]), t),
                "worst_in_n:level": _away(np.flatnonzero(before < level[t]), t),
                "streak:yoy": _streak(growth, t),
            }
            for column, value in expected.items():
                told = part[column][t]
                assert told == value or (math.isnan(told) and math.isnan(value)), (
                    key,
                    column,
                    t,
                    told,
                    value,
                )
    for column, siblings, kept in (
        ("rank:level:partners", ["commodity"], pl.col("partner").is_in(list(header.partners))),
        ("rank:level:commodities", ["partner", "above"], pl.col("commodity").is_in(list(finest))),
    ):
        beside = table.filter(kept).with_columns(above=pl.col("commodity").str.head(-2))
        group = ["month", *siblings]
        place = pl.col("level").rank("min", descending=True).over(group).cast(pl.Float64)
        alone = pl.len().over(group) < 2
        expected = beside.select(pl.when(alone).then(math.nan).otherwise(place).alias("place"))["place"]
        assert expected.equals(beside[column].rename("place"), null_equal=False)


def _growth(now, base):
    return (now / base - 1) * 100 if base > 0 else math.nan


def _place(now, before):
    return math.nan if not len(before) else float(min(3, 1 + int((before > now).sum())))


def _away(better, t):
    if t == 0:
        return math.nan
    return float(t - better[-1]) if len(better) else float(t + 1)


def _streak(growth, t):
    def sign(value):
        return 0 if math.isnan(value) or value == 0 else math.copysign(1, value)

    now, length = sign(growth[t]), 0
    if not now:
        return math.nan
    while t - length >= 0 and sign(growth[t - length]) == now:
        length += 1
    return now * length
