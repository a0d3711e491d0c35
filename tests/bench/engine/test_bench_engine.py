"""The benchmark of the engine: its records, its tools' equal answers, its limits, its rows."""

from __future__ import annotations

import json
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from tidewaiter.bench.engine.answers import differences
from tidewaiter.bench.engine.data import FIRST, SPAN, Invented
from tidewaiter.bench.engine.files import csv_file, lists_files, records_file
from tidewaiter.bench.engine.loading import to_records
from tidewaiter.bench.engine.measured import Limits, Measured, measure
from tidewaiter.bench.engine.peers import MODULES, TIDEWAITER, module_of
from tidewaiter.bench.engine.peers.tidewaiter_blocks import Answers, regions
from tidewaiter.bench.engine.peers.work import STATISTICS, Work
from tidewaiter.bench.engine.run import _growths
from tidewaiter.bench.engine.vintages import VINTAGES, write_vintage
from tidewaiter.store.records import Records

ROWS = 4_000
MADE = Invented(ROWS, seed=3)


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    return Work(records_file(MADE, folder), *lists_files(MADE, folder), cores=1, folder=folder)


@pytest.fixture(scope="module")
def mine(work):
    """Tidewaiter's answers."""
    answers = Answers(work, regions(Records(work.records).header))
    answers.collect()
    told = {name: (answers.counts[name], answers.sums[name]) for name in STATISTICS}
    return _kept(work, TIDEWAITER, answers.counts["level"], told, answers.sample())


def _kept(work, name, rows, answers, sample):
    path = work.folder / f"sample-{name}.parquet"
    sample.sort("s", "month").write_parquet(path)
    return Measured(name, rows=rows, answers=answers, sample=str(path))


def test_the_same_seed_gives_the_same_records_and_another_gives_others():
    one, same, other = (next(iter(Invented(ROWS, seed).blocks())) for seed in (3, 3, 4))
    assert all(np.array_equal(one.columns[name], same.columns[name]) for name in one.columns)
    assert not np.array_equal(one.columns["value"], other.columns["value"])


def test_about_as_many_records_as_asked_for_in_order_and_within_the_span():
    blocks = list(MADE.blocks())
    assert sum(map(len, blocks)) == pytest.approx(ROWS, rel=0.1)
    assert all((a.flow, a.chapter) < (b.flow, b.chapter) for a, b in pairwise(blocks))
    for block in blocks:
        month, value = block.columns["month"], block.columns["value"]
        assert month.min() >= FIRST
        assert month.max() < FIRST + SPAN
        assert value.min() >= 1


@pytest.mark.parametrize("name", [name for name in MODULES if name != TIDEWAITER])
def test_every_tool_gives_the_answers_of_the_engine(work, mine, name):
    if find_spec(name) is None:
        pytest.skip(f"{name} is not installed")
    peer = import_module(module_of(name)).Peer(work)
    peer.decode()
    rows = peer.cube()
    theirs = _kept(work, name, rows, peer.statistics(), peer.sample())
    assert differences(mine, theirs) == []
    assert pl.read_parquet(theirs.sample).height > 0


def test_one_wrong_cell_is_found(mine, tmp_path):
    sample = pl.read_parquet(mine.sample)
    wrong = sample.with_columns(level=pl.when(pl.int_range(pl.len()) == 1).then(0.0).otherwise("level"))
    wrong.write_parquet(tmp_path / "wrong.parquet")
    other = Measured("x", rows=mine.rows, answers=mine.answers, sample=str(tmp_path / "wrong.parquet"))
    assert differences(mine, other)[0].startswith("level of series")


def test_one_value_more_is_found(mine):
    (count, total) = mine.answers["mom"]
    other = Measured(
        "x", rows=mine.rows, answers={**mine.answers, "mom": (count + 1, total)}, sample=mine.sample
    )
    assert differences(mine, other) == [f"mom: {count} and {count + 1} values"]


def test_a_tool_beyond_its_limits_is_ended_and_says_why(work):
    assert measure("polars", "polars", work, Limits(0.0, 1e12)).skipped == "took more than 0 s"
    assert "held more than" in measure("polars", "polars", work, Limits(60.0, 1.0)).skipped


def test_a_tool_that_fails_says_why(work, tmp_path):
    broken = Work(tmp_path / "none.parquet", work.goods, work.partners, 1, tmp_path)
    assert measure("polars", "polars", broken, Limits(60.0, 1e12)).skipped.startswith("failed: ")


def test_growth_is_the_exponent_between_sizes():
    (row,) = _growths({"x": {1_000: 1.0, 100_000: 10.0}})
    assert row["exponent"] == pytest.approx(0.5)


def test_the_csv_becomes_the_same_records(work, tmp_path):
    to_records(csv_file(MADE, tmp_path), tmp_path / "read.parquet")
    found, told = Records(tmp_path / "read.parquet").header, Records(work.records).header
    assert [block.digest for block in found.blocks] == [block.digest for block in told.blocks]


def test_vintages_bring_a_month_each_and_restate_a_twentieth_of_all_in_the_end(tmp_path):
    first, last = (write_vintage(MADE, number, tmp_path / f"{number}.parquet") for number in (0, VINTAGES))
    plain = Records(records_file(MADE, tmp_path)).header
    assert len(first.header.covered["exports"]) == SPAN - VINTAGES
    assert last.header.covered == {flow: tuple(range(FIRST, FIRST + SPAN)) for flow in plain.flows}
    assert last.header.rows == pytest.approx(plain.rows * (1 - 0.05 * 0.1), rel=0.01)


def test_the_command_prints_one_json_object_a_line(tidewaiter, tmp_path):
    answer = tidewaiter("bench", "engine", "--rows", "2000", "--tools", "polars", "--repeat", "1",
                        "--folder", tmp_path, "--format", "json")  # fmt: skip
    kinds = [json.loads(line)["what"] for line in answer.out.splitlines()]
    assert answer.code == 0
    assert kinds[0] == "machine"
    runs = [json.loads(line) for line in answer.out.splitlines() if json.loads(line)["what"] == "run"]
    assert [run["tool"] for run in runs] == ["tidewaiter", "polars"]
    assert runs[1]["answers"].startswith("equal"), runs


def test_rows_that_are_no_number_are_refused(tidewaiter):
    answer = tidewaiter("bench", "engine", "--rows", "many")
    assert answer.code == 2
    assert "1e6,1e7" in answer.err


def test_two_measures_at_once_are_refused(tidewaiter):
    assert tidewaiter("bench", "engine", "--serving", "--vintages").code == 2
