"""``tidewaiter bench engine``: sizes × tools, answers compared, ratios, limits of the machine."""

from __future__ import annotations

import math
import os
import platform
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from tidewaiter.bench.engine.answers import differences, sampled
from tidewaiter.bench.engine.data import Invented
from tidewaiter.bench.engine.files import lists_files, records_file
from tidewaiter.bench.engine.measured import Limits, Measured, measure, memory
from tidewaiter.bench.engine.peers import MODULES, TIDEWAITER
from tidewaiter.bench.engine.peers.work import Work
from tidewaiter.bench.engine.stream import read_rate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Row = dict[str, Any]
_SHORT = 20.0  # seconds; what takes longer is run once
_GB = 1e9


@dataclass(frozen=True)
class Plan:
    """What is to be measured.

    Attributes:
        sizes: numbers of records.
        tools: names, as in :data:`~tidewaiter.bench.engine.peers.MODULES`.
        repeat: runs of what is short; the median counts.
        seed: of the records.
        cores: for every tool; 0 is all there are.
        limits: for each run.
        folder: where data are kept for the next call; None is a temporary one.
    """

    sizes: tuple[int, ...]
    tools: tuple[str, ...]
    repeat: int
    seed: int
    cores: int
    limits: Limits
    folder: Path | None = None


def engine_rows(plan: Plan, tell: Callable[[str], object] = str) -> Iterator[Row]:
    """Everything, one row a finding, as it is found."""
    plan = replace(plan, cores=plan.cores or os.cpu_count() or 1)
    yield machine(plan.cores)
    with ExitStack() as kept:
        folder = plan.folder or Path(
            kept.enter_context(tempfile.TemporaryDirectory(prefix="tidewaiter-bench-"))
        )
        folder.mkdir(parents=True, exist_ok=True)
        whole: dict[str, dict[int, float]] = {}
        beyond: dict[str, str] = {}
        for size in sorted(plan.sizes):
            work, records = _prepare(plan, size, folder, tell)
            results = [_measured(tool, work, plan, beyond, tell) for tool in plan.tools]
            mine = next((r for r in results if r.name == TIDEWAITER and not r.skipped), None)
            for result in results:
                if result.skipped:
                    beyond.setdefault(result.name, f"{result.skipped} at {records:,} records")
                else:
                    whole.setdefault(result.name, {})[records] = result.seconds
                yield _row(records, result, mine, results)
            if mine and "kernel" in mine.more:
                yield {"what": "kernel", "records": records, **mine.more["kernel"]}
        yield from _growths(whole)


def machine(cores: int) -> Row:
    """What was measured on."""
    total, free = memory()
    return {
        "what": "machine",
        "processor": _processor(),
        "cores": cores,
        "memory_gb": total / _GB,
        "free_gb": free / _GB,
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "memory_read_gb_s": read_rate(cores) / _GB,
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def installed(tool: str) -> bool:
    """The tool can be run here."""
    return tool == TIDEWAITER or find_spec(tool) is not None


def _prepare(plan: Plan, size: int, folder: Path, tell: Callable[[str], object]) -> tuple[Work, int]:
    from tidewaiter.store.records import Records  # noqa: PLC0415 — heavy

    made = Invented(size, plan.seed)
    path = records_file(made, folder, lambda place: tell(f"making {size:,} records: {place}"))
    goods, partners = lists_files(made, folder)
    return Work(path, goods, partners, plan.cores, folder), Records(path).header.rows


def _measured(
    tool: str, work: Work, plan: Plan, beyond: dict[str, str], tell: Callable[[str], object]
) -> Measured:
    """The run of a tool; the run of the median where it is short enough to be repeated."""
    if not installed(tool):
        return Measured(tool, skipped="not installed")
    if tool in beyond:
        return Measured(tool, skipped=beyond[tool])
    runs = [measure(tool, tool, work, plan.limits, tell)]
    while not runs[0].skipped and runs[0].seconds < _SHORT and len(runs) < plan.repeat:
        runs.append(measure(tool, tool, work, plan.limits, tell))
    runs = [run for run in runs if not run.skipped] or runs
    told = sorted(runs, key=lambda run: run.seconds)[len(runs) // 2]
    told.more["runs"] = len(runs)
    told.peak = int(median(run.peak for run in runs))
    return told


def _row(records: int, told: Measured, mine: Measured | None, results: Sequence[Measured]) -> Row:
    row: Row = {
        "what": "run", "records": records, "tool": told.name, "version": told.version,
        "decode": told.phases.get("decode"), "cube": told.phases.get("cube"),
        "statistics": told.phases.get("statistics"), "seconds": told.seconds or None,
        "times_statistics": None, "times_whole": None,
        "peak_gb": told.peak / _GB or None, "cube_rows": told.rows or None,
        "runs": told.more.get("runs", 0), "answers": "", "note": told.skipped,
    }  # fmt: skip
    if told.skipped:
        return row
    if mine:
        row["times_statistics"] = told.phases.get("statistics", told.seconds) / mine.seconds
        row["times_whole"] = told.seconds / mine.seconds
    base = mine or next(r for r in results if not r.skipped)
    if told is base:
        row["answers"] = f"{sum(n for n, _ in told.answers.values()):,} values"
    else:
        apart = differences(base, told)
        row["answers"] = "; ".join(apart[:3]) or f"equal, {sampled(told):,} cells one by one"
    return row


def _growths(whole: dict[str, dict[int, float]]) -> Iterator[Row]:
    """How time grows with size: the exponent b of time ∝ size^b between neighbouring sizes."""
    for tool, times in whole.items():
        sizes = sorted(times)
        for one, other in pairwise(sizes):
            exponent = math.log(times[other] / times[one]) / math.log(other / one)
            yield {"what": "growth", "tool": tool, "from": one, "to": other, "exponent": exponent}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def tools_of(names: str) -> tuple[str, ...]:
    """Names from ``duckdb,polars``; ``all`` is every tool."""
    return tuple(MODULES) if names == "all" else tuple(dict.fromkeys([TIDEWAITER, *names.split(",")]))
