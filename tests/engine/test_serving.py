"""One series served is the series of the whole pass: same kernel, same numbers."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from tidewaiter.engine.compute.block import Worker
from tidewaiter.engine.compute.context import Context
from tidewaiter.engine.compute.top import run_top
from tidewaiter.engine.cube import Area
from tidewaiter.engine.dense.columns import PLACE
from tidewaiter.engine.serving import NAMES, Served, write_series
from tidewaiter.errors import NoFigureError
from tidewaiter.model.period import Period
from tidewaiter.store.records import Records, write_frame

FIRST, MONTHS = Period.month(2019, 1).first, 40
AREA = Area("ASIA", {"JPN": (0, 30_000), "SGP": (0, 30_000)})


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    """Two flows, three chapters, four partners; gaps, negative balances, ties and withheld values."""
    chance = np.random.default_rng(7)
    rows = [
        (flow, code, partner, FIRST + month, None if chance.random() < 0.02 else int(chance.integers(-3, 30)))
        for flow in ("exports", "imports")
        for code in ("HS01012100", "HS01012900", "HS84713000", "HS84715000", "HS85423100")
        for partner in ("DEU", "JPN", "SGP", "USA")
        for month in range(MONTHS)
        if chance.random() < 0.6
    ]
    frame = pl.DataFrame(rows, schema=["flow", "commodity", "partner", "month", "value"], orient="row")
    path = tmp_path_factory.mktemp("served") / "records.parquet"
    write_frame(path, frame, reporter="XXX", unit="USD")
    return Records(path)


@pytest.fixture(scope="module")
def served(records, tmp_path_factory):
    path = tmp_path_factory.mktemp("served") / "made.series"
    write_series(records, path, areas=(AREA,), threads=2)
    return Served(path)


def whole_pass(records):
    """(flow, code, slot) → column → values, from the engine's own run."""
    first, last = records.header.span
    context = Context.of(records.header, Period(first, last), (AREA,))
    worker, found, parts = Worker(context), {}, {}

    def take(chunk):
        for at, (node, slot) in enumerate(zip(chunk.nodes, chunk.slots, strict=True)):
            name = context.header.flows[chunk.flow], context.code_of(int(node)), context.places.slots[slot]
            found[name] = chunk.values[:, :, at].copy()

    for block in records.blocks:
        parts.setdefault(block.flow, []).append(worker.run(block.flow, records.columns(block), take)[1])
    for flow, upward in parts.items():
        run_top(worker, flow, upward, take)
    return found


def test_every_series_and_statistic_is_that_of_the_whole_pass(records, served):
    found = whole_pass(records)
    assert len(served) == len(found)
    for name, values in found.items():
        mine = served.series(*name).values
        for column in NAMES:
            assert np.array_equal(mine[column], values[PLACE[column]], equal_nan=True), (name, column)


def test_a_series_that_is_not_there_says_so(served):
    for key in (("exports", "HS99", "USA"), ("re-exports", "HS84", "USA"), ("exports", "HS84", "FRA")):
        with pytest.raises(NoFigureError, match="no such series"):
            served.series(*key)
