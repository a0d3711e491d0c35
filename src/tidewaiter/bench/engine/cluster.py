"""``bench engine --spark``: the run on Spark against that on one machine, on the same cores, files compared.

Once both only count and sum every statistic, once they write those of the last month too. Spark runs on this
machine (``local[n]``): what it costs to start its Java process is told by itself, because a cluster is there
already; what it costs to start Python and to load the kernel in each worker is counted.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from tidewaiter.bench.engine.data import Invented
from tidewaiter.bench.engine.files import records_file
from tidewaiter.bench.engine.run import machine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tidewaiter.bench.engine.run import Plan

Row = dict[str, Any]


def cluster_rows(plan: Plan, tell: Callable[[str], object] = str) -> Iterator[Row]:
    """One row a size: seconds of both, by turns, the median of each."""
    cores = plan.cores or os.cpu_count() or 1
    yield machine(cores)
    for size in plan.sizes:
        with ExitStack() as kept:
            folder = Path(kept.enter_context(tempfile.TemporaryDirectory(dir=plan.folder)))
            path = records_file(Invented(size, plan.seed), plan.folder or folder, tell)
            for written in (False, True):
                yield _measured(path, folder if written else None, cores, plan.repeat, tell)


def _measured(path: Path, folder: Path | None, cores: int, repeat: int, tell: Callable[[str], object]) -> Row:
    from tidewaiter.engine import compute, spark  # noqa: PLC0415 — heavy

    compute.run(path, threads=cores)  # compiles the kernel, or loads it
    times: dict[str, list[float]] = {"embedded": [], "spark": [], "start": []}
    for turn in range(repeat):
        one, other = (folder and folder / f"{name}-{turn}" for name in ("embedded", "spark"))
        tell("embedded")
        here = compute.run(path, one, threads=cores)
        tell("Spark")
        there = spark.run(path, other, master=f"local[{cores}]")
        times["embedded"].append(here.seconds["whole"])
        times["start"].append(there.seconds["start"])
        times["spark"].append(there.seconds["whole"] - there.seconds["start"])
        same = here.counts == there.counts and here.sums == there.sums
        answers = (
            _compared(one, other) if one and other else f"{'equal' if same else 'other'} counts and sums"
        )
    found = {name: median(each) for name, each in times.items()}
    return {
        "what": "spark", "records": here.rows, "cores": cores, "runs": repeat, "written": folder is not None,
        "embedded_seconds": found["embedded"], "spark_seconds": found["spark"],
        "times": found["spark"] / found["embedded"], "start_seconds": found["start"], "answers": answers,
    }  # fmt: skip


def _compared(one: Path, other: Path) -> str:
    names = [sorted(str(path.relative_to(at)) for path in at.rglob("*.parquet")) for at in (one, other)]
    apart = [name for name in names[0] if (one / name).read_bytes() != (other / name).read_bytes()]
    if names[0] != names[1] or apart:
        return f"{len(apart) or 'other'} files differ"
    return f"equal bytes, {len(names[0])} files"
