"""``make bench``: how long the daily questions take, on the figures carried with the project.

Each line is a question, the best of several runs in seconds, and what it went through. Then the engine on a
million invented records, against whatever other tools are installed (``tidewaiter bench engine``).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_RUNS = 5


def best(work: Callable[[], object]) -> float:
    """The shortest of several runs, in seconds."""
    times = []
    for _ in range(_RUNS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def shell(*arguments: str) -> Callable[[], object]:
    """The command line, as typed."""
    call = [sys.executable, "-m", "tidewaiter", *arguments]
    return lambda: subprocess.run(call, check=False, capture_output=True)


def main() -> None:
    """Print one line a question."""
    import tidewaiter as tw  # noqa: PLC0415 — timed below
    from tidewaiter.official import folder  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as kept:
        home = Path(kept) / "store"
        tw.open(home).load(folder())
        ict, server = "TWN.exports.ict_av", "TWN.exports.HS847150"
        inside = {
            "load everything carried": lambda: tw.open(Path(kept) / str(time.monotonic_ns())).load(folder()),
            "open and get one figure": lambda: tw.open(home).get(ict, "yoy", "2025-08"),
            "a record of 275 months": lambda: tw.open(home).get(ict, "record", "2023-11"),
            "audit everything": lambda: tw.open(home).audit(),
        }
        outside = {
            "tidewaiter --help": shell("--help"),
            "tidewaiter get": shell("get", server, "--period", "2025-12", "--store", str(home)),
            "tidewaiter audit": shell("audit", "--store", str(home)),
        }
        for name, work in {**inside, **outside}.items():
            print(f"{name:28}{best(work):8.3f} s")
    subprocess.run([sys.executable, "-m", "tidewaiter", "bench", "engine", "--rows", "1e6"], check=False)


if __name__ == "__main__":
    main()
