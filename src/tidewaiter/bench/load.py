"""How fast a file is read with all checks, beside bare reads of the same file by Polars and DuckDB.

Each reader works in a process of its own: one read to warm up (told as the first), then as many as asked
for, of which the median counts. A bare read brings every column into memory as values and checks nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from statistics import median
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHECKS = (
    "rows as long as the header",
    "every column the layout names is there",
    "every period, flow, reporter, partner, commodity and unit resolved by its list",
    "every cell of a column of numbers a number, blank or a known mark",
    "no series with two numbers of one period",
)
_BARE = ("polars", "duckdb")
_KEPT = "tidewaiter, kept sorted"


def load_rows(
    path: Path,
    rounds: int = 5,
    mapping: Path | None = None,
    tell: Callable[[str], object] = lambda _: None,
) -> list[dict[str, Any]]:
    """One row a reader: rows, seconds, rows a second, ratio to the faster bare read, peak memory.

    Args:
        path: the file.
        rounds: reads that are timed, after the first.
        mapping: a YAML to read it by; without one the layout is recognised.
        tell: is told the reader at work.

    Raises:
        UsageError: there is no such file, or a reader could not read it.
    """
    if not path.is_file():
        raise UsageError(f"there is no file {path}")
    readers = ["tidewaiter", _KEPT, *(name for name in _BARE if find_spec(name))]
    found = []
    for name in readers:
        tell(name)
        found.append(_one(name, path, rounds, mapping))
    fastest = min((row["seconds"] for row in found if row["reader"] in _BARE), default=None)
    for row in found:
        row["rows_per_second"] = round(row["rows"] / row["seconds"])
        row["of_the_faster_bare_read"] = round(fastest / row["seconds"], 2) if fastest else None
        row["checks"] = list(CHECKS) if row["reader"] not in _BARE else []
    return found


def _one(name: str, path: Path, rounds: int, mapping: Path | None) -> dict[str, Any]:
    task = {"reader": name, "path": str(path), "rounds": rounds, "mapping": str(mapping) if mapping else None}
    done = subprocess.run(  # noqa: S603 — this very interpreter
        [sys.executable, "-m", "tidewaiter.bench.load_reader", json.dumps(task)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        raise UsageError(f"{name} could not read {path.name}: {last}")
    told = json.loads(done.stdout.splitlines()[-1])
    first, *timed = told["seconds"]
    return {
        "reader": name,
        "rows": told["rows"],
        "seconds": median(timed or [first]),
        "first_seconds": first,
        "peak_mib": told["peak_mib"],
    }
