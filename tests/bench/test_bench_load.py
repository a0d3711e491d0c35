"""bench load: every reader reads the same rows, and what is checked is told."""

import pytest

pytest.importorskip("duckdb", reason="the extra [bench] is not installed")

_YAML = """
dataset: made
period: {column: when, format: month}
flow: {constant: exports}
reporter: {constant: NZL}
partner: {column: to, codes: [iso3]}
commodity: {column: what, scheme: HS, digits: [4]}
values: [{column: usd, unit: USD}]
"""


def test_all_readers_read_the_same_rows(tidewaiter, tmp_path):
    path, mapping = tmp_path / "made.csv", tmp_path / "made.yml"
    rows = [
        f"2024{month:02},{code:04},AUS,{month * code}" for month in range(1, 13) for code in range(101, 140)
    ]
    path.write_text("\n".join(["when,what,to,usd", *rows]), encoding="utf-8")
    mapping.write_text(_YAML, encoding="utf-8")
    answer = tidewaiter("bench", "load", path, "--map", mapping, "--rounds", "1", "--format", "json")
    assert answer.code == 0
    readers = {row["reader"]: row for row in answer.json}
    assert set(readers) == {"tidewaiter", "tidewaiter, kept sorted", "polars", "duckdb"}
    assert {row["rows"] for row in answer.json} == {len(rows)}
    assert readers["tidewaiter"]["checks"]
    assert not readers["polars"]["checks"]
    assert (
        max(readers["polars"]["of_the_faster_bare_read"], readers["duckdb"]["of_the_faster_bare_read"]) == 1
    )


def test_a_file_that_is_not_there_is_told(tidewaiter, tmp_path):
    assert tidewaiter("bench", "load", tmp_path / "nowhere.csv").code == 2
