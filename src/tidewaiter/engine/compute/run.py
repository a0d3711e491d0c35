"""A whole pass: every statistic of every series of a file of records, block by block, on all cores."""

from __future__ import annotations

import os
import threading
import time as clock
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidewaiter.store.records import Block, Records

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tidewaiter.engine.compute.block import Worker
    from tidewaiter.engine.compute.chunk import Chunk, Tally, Upward
    from tidewaiter.engine.compute.context import Context
    from tidewaiter.engine.compute.leads import Leads
    from tidewaiter.engine.cube import Area, Group
    from tidewaiter.model.period import Period

Progress = "Callable[[str], None]"
TOP = 100


@dataclass(frozen=True)
class Summary:
    """What a pass did.

    Attributes:
        period: the periods whose statistics were kept.
        rows: records read.
        series: series computed.
        cells: series × periods.
        counts: column → how many values there are, over all series and periods; for ranks and breadth over
            the periods that are kept, which are those they are computed for.
        sums: column → their sum, a check sum.
        top: what stands out in the last period, the weightiest first (:mod:`.leads`).
        seconds: stage → seconds of work, over all threads; ``whole`` is the wall clock.
        threads: how many worked.
        files: files written, when a folder was named; ``kept`` of them were current and left alone.
    """

    period: Period
    rows: int
    series: int
    cells: int
    counts: dict[str, int]
    sums: dict[str, float]
    top: list[dict[str, Any]]
    seconds: dict[str, float]
    threads: int
    files: int = 0
    kept: int = 0


@dataclass
class Done:
    """What a block left behind."""

    tally: Tally
    upward: Upward
    leads: Leads


@dataclass
class Pass:
    """One pass: the threads' workers and what they found."""

    records: Records
    context: Context
    checked: bool
    workers: list[Worker] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    local: threading.local = field(default_factory=threading.local)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def worker(self) -> Worker:
        """This thread's worker."""
        from tidewaiter.engine.compute.block import Worker  # noqa: PLC0415 — compiles

        if not hasattr(self.local, "worker"):
            self.local.worker = Worker(self.context, checked=self.checked)
            with self.lock:
                self.workers.append(self.local.worker)
        found: Worker = self.local.worker
        return found

    def block(self, block: Block, emit: Callable[[Chunk], None] | None = None) -> Done:
        """Read and compute one block."""
        from tidewaiter.engine.compute.leads import Leads  # noqa: PLC0415

        began = clock.perf_counter()
        columns = self.records.columns(block)
        spent = clock.perf_counter() - began
        with self.lock:
            self.seconds["decode"] += spent
        leads = Leads(self.context, TOP)
        tally, upward = self.worker().run(block.flow, columns, _both(leads.take, emit))
        return Done(tally, upward, leads)

    def top(self, flow: int, parts: Sequence[Upward], emit: Callable[[Chunk], None] | None = None) -> Done:
        """Compute the chapters and the total of a flow."""
        from tidewaiter.engine.compute.leads import Leads  # noqa: PLC0415
        from tidewaiter.engine.compute.top import run_top  # noqa: PLC0415

        leads = Leads(self.context, TOP)
        tally = run_top(self.worker(), flow, parts, _both(leads.take, emit))
        return Done(tally, parts[0], leads)


def _both(
    one: Callable[[Chunk], None], other: Callable[[Chunk], None] | None
) -> Callable[[Chunk], None]:  # fmt: skip
    if other is None:
        return one

    def emit(chunk: Chunk) -> None:
        one(chunk)
        other(chunk)

    return emit


def run(
    path: Path | str,
    out: Path | str | None = None,
    period: Period | None = None,
    threads: int | None = None,
    progress: Callable[[str], None] | None = None,
    *,
    areas: tuple[Area, ...] | None = None,
    groups: tuple[Group, ...] = (),
    statistics: tuple[str, ...] | None = None,
    checked: bool = True,
) -> Summary:
    """Compute every statistic of every series, or those that are asked for.

    Args:
        path: a file of records.
        out: folder for the statistics of ``period`` (:mod:`tidewaiter.engine.compute.output`); without one
            only the summary is made.
        period: the months kept, written and looked at; without one the last one covered.
        threads: how many blocks at a time; all cores without.
        progress: is told what is being done.
        areas: areas of partners; without any those whose members are known.
        groups: groups of goods.
        statistics: names of columns (:mod:`tidewaiter.engine.dense.columns`); all without. One that is not
            asked for costs nothing and has no values.
        checked: count and sum every column over all periods.

    Returns:
        Counts, check sums, what stands out in the last period, seconds by stage.

    Raises:
        StoreError: the records do not read, are out of order, or do not add up to their own totals.
        UsageError: a statistic is not known, or the period lies before the records.
    """
    from tidewaiter.engine.compute.context import Context  # noqa: PLC0415

    began = clock.perf_counter()
    records = Records(Path(path))
    context = Context.of(records.header, period, areas, groups, statistics)
    work = Pass(records, context, checked)
    count = threads or os.cpu_count() or 1
    if out is not None:
        from tidewaiter.engine.compute.output import Output  # noqa: PLC0415

        output: Output | None = Output(Path(out), records, context)
    else:
        output = None
    tell = progress or (lambda _: None)
    tell("compiling the kernel (once for this version)")
    done = _blocks(work, output, count, tell)
    tops = _tops(work, output, done, count, tell)
    if output is not None:
        output.finish()
    every = [(one.tally, one.leads) for one in (*(done[block] for block in records.blocks), *tops)]
    return summary_of(work, every, clock.perf_counter() - began, count, output)


def _blocks(work: Pass, output: Any, threads: int, tell: Callable[[str], None]) -> dict[Block, Done]:
    """All blocks, the largest first, so that no thread is left with a large one at the end."""
    blocks = sorted(work.records.blocks, key=lambda block: -block.rows)
    flows = work.context.header.flows
    done: dict[Block, Done] = {}

    def one(block: Block) -> Done:
        if output is None:
            return work.block(block)
        found: Done = output.block(block, work)
        return found

    with ThreadPoolExecutor(threads) as pool:
        waiting = {pool.submit(one, block): block for block in blocks}
        try:
            for number, future in enumerate(as_completed(waiting), start=1):
                block = waiting[future]
                done[block] = future.result()
                tell(f"{number} of {len(blocks)} blocks, {flows[block.flow]} {block.chapter}")
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return done


def _tops(
    work: Pass, output: Any, done: dict[Block, Done], threads: int, tell: Callable[[str], None]
) -> list[Done]:  # fmt: skip
    """The chapters and the total of each flow."""
    tell("totals")
    parts: dict[int, list[Upward]] = defaultdict(list)
    for block in work.records.blocks:
        parts[block.flow].append(done[block].upward)

    def one(flow: int) -> Done:
        if output is None:
            return work.top(flow, parts[flow])
        found: Done = output.top(flow, parts[flow], work)
        return found

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, sorted(parts)))


def summary_of(
    work: Pass, every: Sequence[tuple[Tally, Leads]], wall: float, threads: int, output: Any
) -> Summary:
    """Join what blocks and tops found, in their order: check sums depend on it in the last digits."""
    from tidewaiter.engine.compute.chunk import Tally  # noqa: PLC0415
    from tidewaiter.engine.compute.leads import Leads  # noqa: PLC0415
    from tidewaiter.engine.dense.columns import COLUMNS  # noqa: PLC0415
    from tidewaiter.model.period import Period  # noqa: PLC0415

    context = work.context
    tally, leads = Tally(), Leads(context, TOP)
    for counted, standing_out in every:
        tally.add(counted)
        leads.join(standing_out)
    seconds = dict(work.seconds)
    for worker in work.workers:
        for stage, spent in worker.seconds.items():
            seconds[stage] = seconds.get(stage, 0.0) + spent
    names = [column.name for column in COLUMNS]
    return Summary(
        period=Period.span(context.period(context.window), context.period(context.until)),
        rows=context.header.rows,
        series=tally.series,
        cells=tally.series * context.months,
        counts=dict(zip(names, tally.counts.tolist(), strict=True)),
        sums=dict(zip(names, tally.totals.tolist(), strict=True)),
        top=leads.told(),
        seconds={**{stage: round(spent, 4) for stage, spent in seconds.items()}, "whole": round(wall, 4)},
        threads=threads,
        files=output.files if output is not None else 0,
        kept=output.kept if output is not None else 0,
    )
