"""A series with few records is computed from them alone, to the bits of the kernel month by month."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from tidewaiter.engine.compute import run
from tidewaiter.engine.compute.block import Worker
from tidewaiter.engine.compute.context import Context
from tidewaiter.engine.compute.top import run_top
from tidewaiter.engine.cube import Area
from tidewaiter.engine.dense.columns import COLUMNS, PLACE
from tidewaiter.errors import UsageError
from tidewaiter.model.period import Period
from tidewaiter.store.records import Records, write_frame

AREAS = (Area("CLUB", {"AAA": (0, 32_000), "CCC": (0, 32_000)}),)
CODES = ("HS84713000", "HS84715000", "HS84717000", "HS85423100", "HS8543", "HS850110")
FIRST = 24_005  # a June
COLUMN_NAMES = ("flow", "commodity", "partner", "month", "value")


def _records(path, months, density, values, *, step=1, first=FIRST):
    chance = random.Random(months)
    rows = [
        ("exports", code, partner, first + month * step, values(chance))
        for code in CODES
        for partner in ("AAA", "BBB", "CCC", "DDD")
        for month in range(months)
        if chance.random() < density
    ]
    rows += [("exports", "HS01012100", "EEE", first + month * step, 1) for month in range(months)]
    frame = pl.DataFrame(rows, schema=COLUMN_NAMES, orient="row").with_columns(pl.col("month").cast(pl.Int32))
    write_frame(path, frame, reporter="TWN", unit="USD", step=step)
    return Records(path)


def _everything(records, at, *, dense):
    context = Context.of(records.header, Period(at, at + records.header.step - 1), AREAS)
    if dense:  # as if a month were not covered: nothing is known to be steady
        context = replace(context, flows=tuple(replace(flow, steady=0) for flow in context.flows))
    worker, chunks, upward, tallies = Worker(context), [], [], []
    for block in records.blocks:
        tally, passed = worker.run(block.flow, records.columns(block), chunks.append)
        upward.append(passed)
        tallies.append(tally)
    run_top(worker, 0, upward, chunks.append)
    cells = np.concatenate([chunk.values.reshape(len(COLUMNS), -1) for chunk in chunks], axis=1)
    return cells, sum(tally.counts for tally in tallies), sum(tally.totals for tally in tallies)


@pytest.mark.parametrize(
    ("months", "density", "values", "step"),
    [
        (130, 0.03, lambda chance: chance.randint(1, 10**6), 1),
        (100, 0.1, lambda chance: chance.choice((-3, -1, 1, 2)), 1),
        (75, 0.3, lambda chance: chance.randint(1, 3), 1),
        (14, 0.5, lambda chance: chance.randint(1, 9), 1),
        (30, 0.3, lambda chance: chance.randint(1, 9), 12),
    ],
)
def test_few_records_give_what_all_months_give(tmp_path, months, density, values, step):
    first = FIRST if step == 1 else 24_000
    records = _records(tmp_path / "r.parquet", months, density, values, step=step, first=first)
    for at in (first + step * (months - 1), first + step * (months // 2)):
        few, counts, totals = _everything(records, at, dense=False)
        all_, counts_2, totals_2 = _everything(records, at, dense=True)
        assert np.array_equal(few.view(np.uint64), all_.view(np.uint64))
        assert np.array_equal(counts, counts_2)
        np.testing.assert_allclose(totals, totals_2, rtol=1e-11, atol=1e-9)


def test_only_what_is_asked_for_is_computed_and_it_is_the_same(tmp_path):
    records = _records(tmp_path / "r.parquet", 60, 0.2, lambda chance: chance.randint(1, 9))
    every = run(records.path, areas=AREAS)
    some = run(records.path, areas=AREAS, statistics=("yoy", "streak:yoy", "rank:level:partners"))
    asked = {"level", "yoy", "streak:yoy", "rank:level:partners"}
    assert {name for name, count in some.counts.items() if count} == asked
    assert {name: some.counts[name] for name in asked} == {name: every.counts[name] for name in asked}
    assert {name: some.sums[name] for name in asked} == {name: every.sums[name] for name in asked}


def test_a_statistic_that_is_not_known_is_refused(tmp_path):
    records = _records(tmp_path / "r.parquet", 3, 1.0, lambda chance: chance.randint(1, 9))
    with pytest.raises(UsageError, match="yyy"):
        run(records.path, statistics=("yyy", *list(PLACE)[:1]))
