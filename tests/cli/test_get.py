"""``tidewaiter get``: figures with their origin. Golden numbers cite where they are printed."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import pytest

CONTRACT = ("figure", "key", "statistic", "period", "value", "unit", "as_of", "release", "origin")

# as known on, key, statistic, period, value, digits; guide to statistics, golden numbers (official)
GOLDEN = [
    # 財政部統計處, 114年8月海關進出口貿易初步統計, 表1
    ("2025-09-30", "TWN.exports", "level", "2022", 479415.23, 2),
    ("2025-09-30", "TWN.exports", "level", "2023", 432419.96, 2),
    ("2025-09-30", "TWN.exports", "level", "2024", 474995.71, 2),
    ("2025-09-30", "TWN.imports", "level", "2022", 428082.52, 2),
    ("2025-09-30", "TWN.imports", "level", "2023", 351631.64, 2),
    ("2025-09-30", "TWN.imports", "level", "2024", 394365.30, 2),
    ("2025-09-30", "TWN.exports", "level", "2025-08", 58487.447, 3),
    ("2025-09-30", "TWN.exports", "yoy", "2025-08", 34.0682, 4),
    # the same, 表8
    ("2025-09-30", "TWN.exports..CHN+HKG", "level", "2024", 150611.40, 2),
    ("2025-09-30", "TWN.exports..CHN+HKG", "share", "2024", 31.71, 2),
    ("2025-09-30", "TWN.exports..CHN+HKG", "share", "2023-11", 33.92, 2),
    # 財政部關務署, 海關進出口統計, 貨品號列 847150, US$ thousand
    ("2026-07-31", "TWN.exports.HS847150", "level", "2024-01", 1125614, 0),
    ("2026-07-31", "TWN.exports.HS847150", "level", "2025-12", 9697826, 0),
    ("2026-07-31", "TWN.exports.HS847150", "level", "2026-06", 9731761, 0),
    # 經濟部統計處, 產業經濟統計簡訊《459》, 表3 (printed 61.3)
    ("2025-09-30", "TWN.exports.HS847150", "average_annual_growth", "2017..2023", 61.3, 1),
    # 財政部統計處, 財政統計資料庫, 115年8月版
    ("2026-08-31", "TWN.exports", "level", "2023-11", 37456.355, 3),
    ("2026-08-31", "TWN.exports", "yoy", "2023-11", 3.72, 2),
    ("2026-08-31", "TWN.exports.electronic_components", "yoy", "2023-11", -3.62, 2),
    ("2026-08-31", "TWN.exports.electronic_components", "streak", "2023-11", 13, 0),
    ("2026-08-31", "TWN.exports.ict_av", "level", "2023-11", 9369.15, 2),
    ("2026-08-31", "TWN.exports.ict_av", "yoy", "2023-11", 73.98, 2),
    ("2026-08-31", "TWN.exports.ict_av", "record", "2023-11", 1, 0),
    ("2026-08-31", "TWN.exports.ict_av", "ytd_level", "2023-11", 73253.183, 3),
    ("2026-08-31", "TWN.exports.ict_av", "ytd_yoy", "2023-11", 23.14, 2),
    ("2026-08-31", "TWN.exports.ict_av", "level", "2022", 64678.777, 3),
    ("2026-08-31", "TWN.exports", "ytd_level", "2023-11", 392499.558, 3),
    ("2026-08-31", "TWN.exports", "ytd_yoy", "2023-11", -11.54, 2),
]


@pytest.mark.parametrize(("day", "key", "statistic", "period", "value", "digits"), GOLDEN)
def test_golden_numbers(tidewaiter, official_store, day, key, statistic, period, value, digits):  # noqa: PLR0917
    asked = ("get", key, "--statistic", statistic, "--period", period, "--as-of", day)
    answer = tidewaiter(*asked, "--store", official_store, "--format", "json")
    (figure,) = answer.json
    assert answer.code == 0
    assert round(figure["value"], digits) == pytest.approx(value, abs=0.51 * 10**-digits)


def test_a_figure_has_the_fields_of_the_contract_and_its_cell(tidewaiter, official_store):
    (figure,) = tidewaiter(
        "get", "TWN.exports.HS847150", "--period", "2026-06", "--store", official_store, "--format", "json"
    ).json
    assert all(name in figure for name in CONTRACT)
    assert figure["figure"] == "TWN.exports.HS847150.W00/level/2026-06@latest"
    assert figure["preliminary"] is True
    (origin,) = figure["origin"]
    assert origin["file"] == "exports_hs847150_2024-01_2026-06.csv"
    assert origin["cell"].startswith("line ")
    assert origin["publisher"]
    assert origin["published"] == "2026-07-09"


def test_a_workbook_cell_is_named(tidewaiter, official_store):
    (figure,) = tidewaiter(
        "get", "TWN.exports", "--period", "2024", "--as-of", "2025-09-30", "--store", official_store,
        "--format", "json",
    ).json  # fmt: skip
    places = [(origin["sheet"], origin["cell"]) for origin in figure["origin"]]
    assert ("表1", "B16") in places


def test_names_serve_as_keys(tidewaiter, official_store):
    asked = ("--period", "2025-08", "--store", official_store, "--format", "json")
    by_code = tidewaiter("get", "TWN.exports.ict_av.CHN+HKG", *asked).json
    by_name = tidewaiter("get", "台灣.出口.資通與視聽產品.中國大陸與香港", *asked).json
    assert by_code == by_name
    bare = tidewaiter("get", "TWN.exports.847150", "--period", "2024-01", *asked[2:]).json
    assert bare[0]["key"] == "TWN.exports.HS847150.W00"


def test_a_wildcard_gives_every_series(tidewaiter, official_store):
    found = tidewaiter(
        "get", "TWN.exports.*.CHN+HKG", "--period", "2025-08", "--store", official_store, "--format", "json"
    ).json
    commodities = {figure["key"].split(".")[2] for figure in found}
    assert {"total", "ict_av", "electronic_components"} <= commodities


def test_without_a_period_every_level_comes(tidewaiter, official_store):
    found = tidewaiter("get", "TWN.exports.HS847150", "--store", official_store, "--format", "json").json
    months = [figure for figure in found if len(figure["period"]) == 7]
    assert len({figure["period"] for figure in months}) == 30
    assert {figure["statistic"] for figure in found} == {"level"}


def test_a_range_answers_for_itself_and_each_month(tidewaiter, official_store):
    found = tidewaiter(
        "get", "TWN.exports", "--period", "2025-01..2025-03", "--store", official_store, "--format", "json"
    ).json
    assert [figure["period"] for figure in found] == ["2025-01..2025-03", "2025-01", "2025-02", "2025-03"]
    assert found[0]["value"] == pytest.approx(sum(figure["value"] for figure in found[1:]))


def test_a_range_over_years_gives_each_month(tidewaiter, official_store):
    found = tidewaiter(
        "get",
        "TWN.exports.HS847150",
        "--period",
        "2024-01..2026-06",
        "--store",
        official_store,
        "--format",
        "json",
    ).json
    assert len(found) == 30


def test_as_of_answers_as_known_on_the_day(tidewaiter, official_store):
    asked = ("get", "TWN.exports", "--period", "2023-11", "--store", official_store, "--format", "json")
    (then,) = tidewaiter(*asked, "--as-of", "2023-12-20").json
    (now,) = tidewaiter(*asked).json
    assert (then["value"], then["unit"]) == (374.7, "1e8 USD")
    assert then["as_of"] == "2023-12-20"
    assert round(now["value"], 3) == 37456.355
    assert 374.7 in [vintage["value"] for vintage in now["other_vintages"]]


def test_statistics_may_be_several_or_all(tidewaiter, official_store):
    asked = (
        "get",
        "TWN.exports.ict_av",
        "--period",
        "2023-11",
        "--store",
        official_store,
        "--format",
        "json",
    )
    two = tidewaiter(*asked, "--statistic", "yoy", "--statistic", "mom").json
    assert [figure["statistic"] for figure in two] == ["yoy", "mom"]
    every = {figure["statistic"] for figure in tidewaiter(*asked, "--statistic", "all").json}
    assert {"level", "yoy", "mom", "share", "record", "rank", "streak", "ma3"} <= every


def test_csv_and_parquet_hold_the_same_unrounded_numbers(official_store):
    import polars as pl  # noqa: PLC0415

    call = [sys.executable, "-m", "tidewaiter", "get", "TWN.exports.ict_av", "--statistic", "yoy", "--store"]
    call += [str(official_store), "--period", "2024-01..2024-12", "--format"]
    table = subprocess.run([*call, "csv"], check=True, capture_output=True, text=True).stdout
    parquet = subprocess.run([*call, "parquet"], check=True, capture_output=True).stdout
    rows = list(csv.DictReader(io.StringIO(table)))
    frame = pl.read_parquet(io.BytesIO(parquet))
    assert [float(row["value"]) for row in rows] == frame["value"].to_list()
    assert len(rows) == 13


def test_the_table_names_its_source_and_marks_the_preliminary(tidewaiter, official_store):
    answer = tidewaiter("get", "TWN.exports.847150", "--period", "2026-06", "--store", official_store)
    assert "9,731,761" in answer.out
    assert "2026-06*" in answer.out
    assert "Customs Administration" in answer.out
    assert "* preliminary" in answer.out


def test_an_unknown_name_lists_candidates(tidewaiter, official_store):
    answer = tidewaiter("get", "TWN.exports.資通視聽品", "--store", official_store)
    assert answer.code == 1
    assert "did you mean" in answer.err
    assert "ict_av" in answer.err
    assert answer.out == ""


def test_what_the_store_cannot_give_is_said_with_what_it_has(tidewaiter, official_store):
    answer = tidewaiter("get", "TWN.exports.HS847150", "--period", "1999-01", "--store", official_store)
    assert answer.code == 1
    assert answer.err.startswith("No such figure")


@pytest.mark.parametrize(
    "argv",
    [
        ("get",),
        ("get", "TWN"),
        ("get", "TWN.exports", "--period", "2025-13"),
        ("get", "TWN.exports", "--period", "soon"),
        ("get", "TWN.exports", "--as-of", "yesterday"),
        ("get", "TWN.exports", "--format", "odd"),
        ("get", "TWN.exports", "--no-such-option"),
        ("no-such-verb",),
    ],
)
def test_wrong_calls_are_usage_errors_without_a_traceback(tidewaiter, official_store, argv):
    answer = tidewaiter(*argv, *(("--store", official_store) if argv[0] == "get" else ()))
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err
    assert "Traceback" not in answer.err


def test_the_real_command_answers(official_store):
    """One call through a real process: exit code, data on stdout, silence on stderr."""
    call = [sys.executable, "-m", "tidewaiter", "get", "TWN.exports", "--statistic", "yoy"]
    call += ["--period", "2025-08", "--as-of", "2025-09-30", "--format", "json"]
    surroundings = {**os.environ, "TIDEWAITER_STORE": str(official_store)}
    done = subprocess.run(call, check=False, capture_output=True, text=True, env=surroundings)
    assert done.returncode == 0
    assert done.stderr == ""
    assert round(json.loads(done.stdout)[0]["value"], 4) == 34.0682


@pytest.fixture
def two_editions(tidewaiter, tmp_path):
    """490510 and 490599 of HS 2017 are 490590 of HS 2022 (UN conversion table)."""
    lines = ["進出口別,日期,貨品號列,中文貨名,英文貨名,美元(千元)"]
    for code, month, value in (
        ("490510", "110年12月", 3), ("490599", "110年12月", 4), ("490590", "112年1月", 9),
    ):  # fmt: skip
        lines.append(f"出口總值(含復出口),{month},{code},貨,goods,{value}")
    (tmp_path / "file.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    tidewaiter("load", tmp_path / "file.csv", "--store", tmp_path / "store")
    return tmp_path / "store"


def test_a_code_carried_across_editions_tells_edition_and_relation_of_each_period(tidewaiter, two_editions):
    asked = ("get", "TWN.exports.490590", "--carried", "--store", two_editions)
    told = [
        (row["period"], row["value"], row["edition"], row["relation"], row["codes"])
        for row in tidewaiter(*asked, "--format", "json").json
    ]
    assert told == [
        ("2021-12", 7.0, "HS2017", "n:1", ["490510", "490599"]), ("2023-01", 9.0, "", "", ["490590"]),
    ]  # fmt: skip
    table = tidewaiter(*asked).out
    assert "490510 + 490599" in table
    assert "before HS2022 the sum of 490510, 490599 (n:1)" in table
    (one,) = tidewaiter(*asked, "--period", "2021", "--format", "json").json
    assert one["period"] == "2021-12"


def test_only_levels_are_carried(tidewaiter, two_editions):
    asked = ("get", "TWN.exports.490590", "--carried", "--statistic", "yoy", "--store", two_editions)
    answer = tidewaiter(*asked)
    assert answer.code == 2
    assert "--carried gives levels only" in answer.err
