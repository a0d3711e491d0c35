"""One run of one tool in a process of its own: seconds by phase, peak memory, answers, limits kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidewaiter.bench.engine.peers.work import Work

_GLANCE = 0.2  # seconds between two looks at a process


@dataclass(frozen=True)
class Limits:
    """What a run may take.

    Attributes:
        seconds: for all its phases.
        bytes: memory it may hold.
    """

    seconds: float
    bytes: float


@dataclass
class Measured:
    """What a run told.

    Attributes:
        name: the tool.
        phases: seconds of ``decode``, ``cube``, ``statistics`` (Tidewaiter: ``whole``).
        peak: the most memory it held, in bytes.
        rows: rows of the cube.
        version: of the tool.
        answers: statistic → how many are defined, and their sum.
        sample: file with all statistics of some series.
        more: whatever else it told.
        skipped: why there is no result; empty when there is one.
    """

    name: str
    phases: dict[str, float] = field(default_factory=dict)
    peak: int = 0
    rows: int = 0
    version: str = ""
    answers: dict[str, tuple[int, float]] = field(default_factory=dict)
    sample: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    skipped: str = ""

    @property
    def seconds(self) -> float:
        """All phases together."""
        return sum(self.phases.values())


def measure(
    name: str, module: str, work: Work, limits: Limits, tell: Callable[[str], object] = str
) -> Measured:
    """Run a tool on a task.

    Args:
        name: how it is called in the table.
        module: argument of the tool's process, see :mod:`tidewaiter.bench.engine.peers`.
        work: the task.
        limits: beyond them the process is ended, and the result says why.
        tell: told which phase is at work.
    """
    told = Measured(name)
    call = [sys.executable, "-m", "tidewaiter.bench.engine.peers", module, work.to_json()]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 — ourselves
        faults: list[str] = []
        listener = threading.Thread(target=lambda: faults.extend(process.stderr or ()))
        listener.start()
        guard = threading.Thread(target=_guard, args=(process, limits, told))
        guard.start()
        for line in process.stdout or ():
            _take(told, line, tell)
    guard.join()
    listener.join()
    if process.returncode and not told.skipped:
        told.skipped = f"failed: {faults[-1].strip() if faults else process.returncode}"
    return told


def _take(told: Measured, line: str, tell: Callable[[str], object]) -> None:
    try:
        what = json.loads(line)
    except ValueError:
        return  # a library's own talk
    if "begins" in what:
        tell(f"{told.name}: {what['begins']}")
    elif "phase" in what:
        told.phases[what["phase"]] = what["seconds"]
    else:
        told.answers |= {name: (n, total) for name, (n, total) in what.pop("answers", {}).items()}
        for name in ("peak", "rows", "version", "sample"):
            if name in what:
                setattr(told, name, what.pop(name))
        told.more |= what


def _guard(process: subprocess.Popen[str], limits: Limits, told: Measured) -> None:
    """End the process when it takes more than it may."""
    began = time.perf_counter()
    while process.poll() is None:
        time.sleep(_GLANCE)
        held = _held(process.pid)
        if time.perf_counter() - began > limits.seconds:
            told.skipped = f"took more than {limits.seconds:,.0f} s"
        elif held > limits.bytes:
            told.skipped = f"held more than {limits.bytes / 1e9:.1f} GB"
        if told.skipped:
            process.kill()
            return


def _held(pid: int) -> int:
    """Memory a process holds now, in bytes; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) * 1024
    except (OSError, StopIteration):
        return 0


def memory() -> tuple[int, int]:
    """Memory of the machine and what is free of it, in bytes."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        told = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines}
        return told["MemTotal"], told["MemAvailable"]
    except (OSError, KeyError):
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        return size, size
