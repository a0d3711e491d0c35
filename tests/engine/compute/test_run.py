"""A whole pass: alike on one thread and two, through Arrow, through files; only what changed is remade."""

from __future__ import annotations

import random

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tidewaiter.engine.compute import run
from tidewaiter.engine.compute.context import Context
from tidewaiter.engine.compute.protocol import engine
from tidewaiter.engine.compute.pure import both_of, statistics_of_top
from tidewaiter.engine.dense.columns import COLUMNS
from tidewaiter.errors import StoreError, UnknownNameError, UsageError
from tidewaiter.model.period import Period
from tidewaiter.store.records import Records, write_frame

CODES = ("HS84713000", "HS84715000", "HS84011000", "HS85423100", "HS01012100")
SCHEMA = dict.fromkeys(("flow", "commodity", "partner"), pl.String) | {
    "month": pl.Int32,
    "value": pl.Int64,
}
KEYS = ["flow", "commodity", "partner", "month"]


@pytest.fixture(scope="module")
def rows():
    chance = random.Random(5)
    return [
        (flow, code, partner, 24000 + month, chance.randint(1, 10**6))
        for flow in ("exports", "imports")
        for code in CODES
        for partner in ("CHN", "JPN", "USA", "VNM")
        for month in range(30)
        if chance.random() < 0.8
    ]


def _write(path, rows):
    write_frame(path, pl.DataFrame(rows, schema=SCHEMA, orient="row"), reporter="TWN", unit="USD")
    return path


def _files(folder):
    parts = [pl.read_parquet(path) for path in sorted(folder.glob("*/*.parquet"))]
    text = pl.concat([part.with_columns(pl.col(pl.Categorical).cast(pl.String)) for part in parts])
    return text.sort(KEYS)


def _same_bits(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    same = one.select(KEYS).equals(other.select(KEYS))
    return same and all(
        np.array_equal(one[c.name].to_numpy().view(np.int64), other[c.name].to_numpy().view(np.int64))
        for c in COLUMNS
    )


def _told(summary):
    return repr((summary.counts, summary.sums, summary.top))  # repr: what is not defined equals itself


def test_threads_do_not_change_a_bit(tmp_path, rows):
    path = _write(tmp_path / "r.parquet", rows)
    one = run(path, tmp_path / "one", Period.parse("2002-01..2002-06"), threads=1)
    two = run(path, tmp_path / "two", Period.parse("2002-01..2002-06"), threads=2)
    assert _told(one) == _told(two)
    assert _same_bits(_files(tmp_path / "one"), _files(tmp_path / "two"))


def test_blocks_through_arrow_give_the_bits_of_the_whole_pass(tmp_path, rows):
    path = _write(tmp_path / "r.parquet", rows)
    period = Period.parse("2002-05..2002-06")
    run(path, tmp_path / "out", period)
    records = Records(path)
    context = Context.of(records.header, period)
    tables, partials = [], {}
    for block in records.blocks:
        statistics, passed = both_of(records.table(block), context)
        tables.append(statistics)
        partials.setdefault(block.flow, []).append(passed)
    tables += [statistics_of_top(pa.concat_tables(parts), context) for parts in partials.values()]
    whole = pl.concat([pl.from_arrow(t).with_columns(pl.col(pl.Categorical).cast(pl.String)) for t in tables])
    assert _same_bits(whole.sort(KEYS), _files(tmp_path / "out"))


def test_a_second_run_computes_nothing_again(tmp_path, rows):
    path = _write(tmp_path / "r.parquet", rows)
    first = run(path, tmp_path / "out")
    before = _files(tmp_path / "out")
    second = run(path, tmp_path / "out")
    assert (first.files, first.kept) == (8, 0)
    assert (second.files, second.kept) == (8, 8)
    assert _told(second) == _told(first)
    assert _same_bits(before, _files(tmp_path / "out"))


def test_a_restated_month_long_ago_touches_only_its_chapter_and_its_total(tmp_path, rows):
    run(_write(tmp_path / "r.parquet", rows), tmp_path / "out")
    place = next(i for i, row in enumerate(rows) if row[:2] == ("exports", "HS84715000") and row[3] == 24002)
    restated = [(*row[:4], row[4] + (i == place)) for i, row in enumerate(rows)]
    path = _write(tmp_path / "s.parquet", restated)
    second = run(path, tmp_path / "out")
    assert second.files - second.kept == 2
    run(path, tmp_path / "fresh")
    assert _same_bits(_files(tmp_path / "out"), _files(tmp_path / "fresh"))


def test_a_new_month_is_the_run_of_all(tmp_path, rows):
    run(_write(tmp_path / "r.parquet", [row for row in rows if row[3] < 24029]), tmp_path / "out")
    path = _write(tmp_path / "s.parquet", rows)
    run(path, tmp_path / "out")
    run(path, tmp_path / "fresh")
    assert _same_bits(_files(tmp_path / "out"), _files(tmp_path / "fresh"))


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path, rows):
    path = _write(tmp_path / "r.parquet", rows)

    def stop(item):
        if item.startswith("3 of"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(path, tmp_path / "out", threads=1, progress=stop)
    assert not list((tmp_path / "out").rglob(".*"))
    again = run(path, tmp_path / "out")
    assert again.kept >= 2
    run(path, tmp_path / "fresh")
    assert _same_bits(_files(tmp_path / "out"), _files(tmp_path / "fresh"))


def test_a_file_that_was_cut_short_is_made_again(tmp_path, rows):
    path = _write(tmp_path / "r.parquet", rows)
    run(path, tmp_path / "out")
    broken = tmp_path / "out" / "exports" / "84.parquet"
    broken.write_bytes(broken.read_bytes()[:100])
    assert run(path, tmp_path / "out").kept == 7


def test_a_lost_block_shows_in_the_totals(tmp_path, rows):
    path = _write(tmp_path / "r.parquet", rows)
    header = Records(path).header
    table = pq.read_table(path)
    values = table["value"].to_pylist()
    values[0] += 1
    changed = table.set_column(4, "value", pa.array(values, pa.int64()))
    with pq.ParquetWriter(path, changed.schema.with_metadata({b"tidewaiter": header.to_json()})) as out:
        at = 0
        for block in header.blocks:
            out.write_table(changed.slice(at, block.rows))
            at += block.rows
    with pytest.raises(StoreError, match="add up to"):
        run(path)


def test_a_period_before_the_records_and_a_foreign_folder_are_refused(tmp_path, rows):
    path = _write(tmp_path / "r.parquet", rows)
    with pytest.raises(UsageError, match="before the records"):
        run(path, period=Period.parse("1990-01"))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(StoreError, match="other files"):
        run(path, tmp_path / "full")


def test_an_engine_that_is_not_there_is_named(tmp_path):
    assert engine("local") is run
    with pytest.raises(UnknownNameError, match="engine"):
        engine("abacus")


def test_the_command_tells_counts_and_writes_files(tidewaiter, tmp_path, rows):
    path = _write(tmp_path / "r.parquet", rows)
    answer = tidewaiter("compute", path, "--out", tmp_path / "out", "--format", "json")
    assert answer.code == 0
    told = {row["statistic"]: row for row in answer.json}
    assert told["level"]["values"] == len(_files(tmp_path / "out")) * 30
    assert "8 files" in answer.err
