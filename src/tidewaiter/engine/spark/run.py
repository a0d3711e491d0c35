"""One run on a cluster: every statistic of every series of a file of records.

Stage one gives each worker blocks; it reads them from the file by itself, so no record goes through Spark.
Stage two adds up, flow by flow, what the blocks passed on: integers, so their order does not matter. What
comes back are counts, check sums and what stands out.
"""

from __future__ import annotations

import heapq
import json
import os
import re
import time as clock
import uuid
import warnings
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidewaiter import errors
from tidewaiter.engine.spark.ready import session
from tidewaiter.errors import StoreError, TidewaiterError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tidewaiter.engine.compute import Summary
    from tidewaiter.engine.compute.run import Pass
    from tidewaiter.engine.cube import Area, Group
    from tidewaiter.engine.spark.work import Job
    from tidewaiter.model.period import Period

_SHOWN = 300
_NAMED = re.compile(r"[A-Za-z_.]+(?:Error|Exception): ")
# a task costs Spark some hundredths of a second; four a core leave little to wait for at the end, and little
# to do again when a machine falls out
_A_CORE, _CORES = 4, 16
_PLACES = 16  # places for the flows: so many that two large ones seldom meet in one
_SET = {
    "spark.sql.shuffle.partitions": str(_PLACES),
    "spark.sql.adaptive.coalescePartitions.enabled": "false",  # it would put the flows into one task
}


def run(
    path: Path | str,
    out: Path | str | None = None,
    period: Period | None = None,
    threads: int | None = None,
    progress: Callable[[str], None] | None = None,
    *,
    master: str = "",
    areas: tuple[Area, ...] | None = None,
    groups: tuple[Group, ...] = (),
    checked: bool = True,
) -> Summary:
    """As :func:`tidewaiter.engine.compute.run`, on a Spark cluster; the same files, bit for bit.

    The summary's ``seconds`` tell ``start`` besides: what it took to have a session.

    Args:
        path: a file of records, on storage that this and every worker machine sees under the same name.
        out: folder for the statistics, likewise.
        period: the months kept, written and looked at; without one the last one covered.
        threads: how many cores the cluster has, about: the blocks are dealt to four times as many tasks.
        progress: is told what is being done.
        master: the cluster (see :func:`tidewaiter.engine.spark.ready.session`).
        areas: areas of partners; without any those whose members are known.
        groups: groups of goods.
        checked: count and sum every column over all periods.

    Raises:
        UsageError: no master is named.
        UnavailableError: pyspark or Java is missing, nobody answers, or the cluster gave the run up.
        StoreError: as in the run on one machine.
    """
    from tidewaiter.engine.compute.run import summary_of  # noqa: PLC0415 — imports numba
    from tidewaiter.engine.spark.parcel import found_of  # noqa: PLC0415

    tell = progress or (lambda _: None)
    began = clock.perf_counter()
    job = _job(path, out, period, areas, groups, tasks=_A_CORE * (threads or _cores(master)), checked=checked)
    work, output = job.opened()
    before = output.entries() if output else {}
    tell(f"asking {master}")
    asked = clock.perf_counter()
    with session(master) as spark:
        work.seconds["start"] = clock.perf_counter() - asked
        rows = _answers(spark, job, tell)
    found = {(row["flow"], row["place"]): row for row in rows}
    told = {key: json.loads(row["told"]) for key, row in found.items()}
    _refuse(list(told.values()))
    wanted = _in_order(work, found)
    if output is not None:
        entries = {one["name"]: one["entry"] for one in told.values()}
        output.take(job.name, entries, [name for name, entry in entries.items() if before.get(name) == entry])
    wall = clock.perf_counter() - began
    for one in told.values():
        for stage, spent in one["seconds"].items():
            work.seconds[stage] += spent
    every = [found_of(found[key]["found"], work.context) for key in wanted]
    return summary_of(work, every, wall, len({one["who"] for one in told.values()}), output)


def _job(
    path: Path | str,
    out: Path | str | None,
    period: Period | None,
    areas: tuple[Area, ...] | None,
    groups: tuple[Group, ...],
    *,
    tasks: int,
    checked: bool,
) -> Job:
    from tidewaiter.engine.dense.jit import digest_of_sources  # noqa: PLC0415 — imports numba
    from tidewaiter.engine.spark.work import Job  # noqa: PLC0415
    from tidewaiter.store.records import Records  # noqa: PLC0415

    blocks = Records(Path(path)).blocks
    return Job(
        uuid.uuid4().hex[:12], digest_of_sources(), str(Path(path).resolve()),
        None if out is None else str(Path(out).resolve()), period, areas, groups, checked,
        _dealt([block.rows for block in blocks], tasks),
    )  # fmt: skip


def _cores(master: str) -> int:
    """How many tasks run at a time where that is known before anybody is asked."""
    local = re.match(r"local(?:\[(\d+|\*))?", master)
    if not local:
        return _CORES
    return os.cpu_count() or 1 if local[1] == "*" else int(local[1] or 1)


def _dealt(rows: Sequence[int], tasks: int) -> tuple[tuple[int, ...], ...]:
    """Deal blocks to at most so many tasks: each to the one with the fewest rows; the largest tasks first.

    Examples:
        >>> _dealt([5, 90, 10, 60], 3)
        ((1,), (3,), (2, 0))
    """
    count = max(1, min(tasks, len(rows)))
    hands: list[list[int]] = [[] for _ in range(count)]
    heap = [(0, hand) for hand in range(count)]
    for place in sorted(range(len(rows)), key=lambda place: -rows[place]):
        held, hand = heapq.heappop(heap)
        hands[hand].append(place)
        heapq.heappush(heap, (held + rows[place], hand))
    weight = {hand: held for held, hand in heap}
    order = sorted(range(count), key=lambda hand: -weight[hand])
    return tuple(tuple(hands[hand]) for hand in order)


def _answers(spark: Any, job: Job, tell: Callable[[str], None]) -> list[dict[str, Any]]:
    """Run both stages; the rows of all blocks and tops."""
    from pyspark.errors import PySparkException  # noqa: PLC0415 — heavy, an extra

    from tidewaiter.engine.spark.work import FOUND_DDL, PASSED_DDL, blocks, tops  # noqa: PLC0415

    java: type[Exception] = import_module("py4j.protocol").Py4JError  # what pyspark does not translate
    for name, value in _SET.items():
        spark.conf.set(name, value)
    count = len(job.tasks)
    tell(f"{sum(map(len, job.tasks))} blocks in {count} tasks")
    numbers = spark.range(0, count, 1, count)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of pandas, which takes no part in this
            passed = numbers.mapInArrow(lambda batches: blocks(batches, job), PASSED_DDL)
            found = passed.groupBy("flow").applyInArrow(lambda table: tops(table, job), FOUND_DDL)
            rows: list[dict[str, Any]] = found.toArrow().to_pylist()
    except (PySparkException, java) as error:
        raise UnavailableError(
            f"the cluster gave the run up: {_reason(error)}",
            kind="cut",
            retriable=True,
            hint="what is finished is kept, so run the same again; docs/cluster.md tells where the logs are",
        ) from error
    return rows


def _in_order(work: Pass, found: Mapping[tuple[int, int], Any]) -> list[tuple[int, int]]:
    """Blocks in the file's order, then the tops: as the run on one machine joins them."""
    from tidewaiter.engine.spark.work import TOP  # noqa: PLC0415

    places = [(block.flow, place) for place, block in enumerate(work.records.blocks)]
    flows = sorted({flow for flow, _ in places})
    wanted = [*places, *((flow, TOP) for flow in flows)]
    if lost := set(wanted) ^ set(found):
        raise StoreError(f"the cluster lost {len(lost)} of {len(wanted)} blocks", hint="run the same again")
    return wanted


def _refuse(told: Sequence[dict[str, Any]]) -> None:
    """Raise the first error that a worker met, as the run on one machine would."""
    faults = [one["fault"] for one in told if "fault" in one]
    if not faults:
        return
    said = faults[0]
    kind = getattr(errors, said["kind"], StoreError)
    known = kind if kind in (StoreError, errors.UsageError) else TidewaiterError
    raise known(said["detail"], hint=said["hint"], where=said["where"])


def _reason(error: Exception) -> str:
    """The line of a long trace that says what happened."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    named = [line for line in lines if _NAMED.match(line)]
    return (named or lines or [type(error).__name__])[-1][:_SHOWN]
