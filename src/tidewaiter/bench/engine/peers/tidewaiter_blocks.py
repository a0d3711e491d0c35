"""Tidewaiter: the whole pass (decode, cube, every statistic, what stands out), then its answers to compare.

It is asked for the others' statistics and those that its facts of the last month are weighed by. Its
kernel is compiled (or loaded) on a few records before the clock runs, as the others are imported before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tidewaiter import __version__
from tidewaiter.bench.engine.data import Invented
from tidewaiter.bench.engine.files import LEVELS, REGIONS, records_file
from tidewaiter.bench.engine.peers.work import SAMPLE, STATISTICS, peak_memory, phase, tell
from tidewaiter.bench.engine.stream import read_rate
from tidewaiter.engine.compute import run
from tidewaiter.engine.compute.block import Worker
from tidewaiter.engine.compute.context import Context
from tidewaiter.engine.compute.top import run_top
from tidewaiter.engine.cube import Area
from tidewaiter.engine.dense.columns import PLACE
from tidewaiter.model.period import Period
from tidewaiter.store.records import Records

if TYPE_CHECKING:
    import polars as pl

    from tidewaiter.bench.engine.peers.work import Work
    from tidewaiter.engine.compute import Summary
    from tidewaiter.engine.compute.chunk import Chunk, Upward
    from tidewaiter.store.records import Header

COLUMNS = {
    "share": "share:total",
    "contribution": "contribution:total",
    "streak": "streak:yoy",
    "record": "record:level:all_months",
    "rank": "rank:level:partners",
}  # what is called otherwise there
FACTS = ("best_in_n:level", "worst_in_n:level")  # what stands out is weighed by them
ASKED = (*(COLUMNS.get(name, name) for name in STATISTICS), *FACTS)
_WARM = 2_000
_ALWAYS = (0, 32_000)


def perform(work: Work) -> None:
    """Do the work and tell of it."""
    areas = regions(Records(work.records).header)
    run(records_file(Invented(_WARM), work.folder), threads=work.cores, areas=areas, statistics=ASKED)
    with phase("whole"):
        summary = run(work.records, threads=work.cores, areas=areas, statistics=ASKED)
    peak = peak_memory()
    answers = Answers(work, areas)
    answers.collect()
    tell(
        peak=peak, version=__version__, rows=answers.counts["level"], series=summary.series,
        stages=summary.seconds, kernel=_kernel(summary, work.cores),
        answers={name: (answers.counts[name], answers.sums[name]) for name in STATISTICS},
    )  # fmt: skip
    kept = work.folder / "sample-tidewaiter.parquet"
    answers.sample().sort("s", "month").write_parquet(kept)
    tell(sample=str(kept))


def regions(header: Header) -> tuple[Area, ...]:
    """The regions that the other tools join, see ``files.lists_files``."""
    return tuple(
        Area(f"R{place}", dict.fromkeys(header.partners[place::REGIONS], _ALWAYS)) for place in range(REGIONS)
    )


def _kernel(summary: Summary, cores: int) -> dict[str, Any]:
    """The kernel's time against one plain read of the matrix it works on, both with all cores."""
    seconds = summary.seconds["statistics"] / summary.threads
    read = summary.cells * 8 / read_rate(cores)
    return {"seconds": seconds, "read_seconds": read, "times_read": seconds / read, "cells": summary.cells}


class Answers:
    """Every statistic of every month in which a series traded, counted and added up."""

    def __init__(self, work: Work, areas: tuple[Area, ...]) -> None:
        self._records = Records(work.records)
        header = self._records.header
        first, last = header.span
        self._context = Context.of(header, Period(first, last), areas)
        self._goods = _places(header)
        self.counts = dict.fromkeys(STATISTICS, 0)
        self.sums = dict.fromkeys(STATISTICS, 0.0)
        self._kept: list[dict[str, np.ndarray]] = []

    def collect(self) -> None:
        """One block after the other."""
        worker = Worker(self._context, checked=False)
        parts: dict[int, list[Upward]] = {}
        for block in self._records.blocks:
            _, upward = worker.run(block.flow, self._records.columns(block), self._take)
            parts.setdefault(block.flow, []).append(upward)
        for flow, upwards in parts.items():
            run_top(worker, flow, upwards, self._take)

    def sample(self) -> pl.DataFrame:
        """Every so many-th series."""
        import polars as pl  # noqa: PLC0415

        columns = {name: np.concatenate([part[name] for part in self._kept]) for name in self._kept[0]}
        return pl.DataFrame(columns).fill_nan(None)

    def _take(self, chunk: Chunk) -> None:
        month, at = np.nonzero(chunk.values[PLACE["level"]] > 0)  # NaN is not
        names = [self._context.code_of(int(node)) for node in chunk.nodes]
        goods = np.array([self._goods[name] for name in names], np.int64)
        series = (np.int64(chunk.flow) << 40) + (goods << 16) + chunk.slots
        kept = np.flatnonzero((series % SAMPLE == 0)[at])
        country = chunk.slots < len(self._context.header.partners)
        _, node, many = np.unique(chunk.nodes[country], return_inverse=True, return_counts=True)
        alone = np.zeros(len(series), np.bool_)  # no rank among none here; SQL calls it the first
        alone[np.flatnonzero(country)[many[node] == 1]] = True
        told = {"s": series[at[kept]], "month": (self._context.first + month[kept]).astype(np.int64)}
        for name in STATISTICS:
            values = chunk.values[PLACE[COLUMNS.get(name, name)]][month, at]
            if name == "streak":
                values = np.where(values > 0, values, np.nan)
            if name == "record":
                values = np.where(values == 1, values, np.nan)
            if name == "rank":
                values = np.where(alone[at], 1.0, values)
            known = values[~np.isnan(values)]
            self.counts[name] += len(known)
            self.sums[name] += float(known.sum())
            told[name] = values[kept]
        self._kept.append(told)


def _places(header: Header) -> dict[str, int]:
    """Code → node number in the lists that the other tools join."""
    digits = np.array([int(code.removeprefix("HS")) for code in header.commodities], np.int64)
    found: dict[str, int] = {}
    taken = 0
    for length in LEVELS:
        codes = np.unique(digits // 10 ** (LEVELS[0] - length)).tolist()
        names = [f"HS{code:0{length}d}" if length else "total" for code in codes]
        found |= {name: taken + place for place, name in enumerate(names)}
        taken += len(codes)
    return found
