"""A Spark cluster of one's own, from the pyspark wheel: a master, workers, a Connect server, all on loopback.

Each process has a session (group) of its own, so that it can be ended with all that it started.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pyspark

if TYPE_CHECKING:
    from collections.abc import Callable

HOME = Path(pyspark.__file__).parent
LOOPBACK = "127.0.0.1"
PATIENCE = 180  # seconds for anything to start: two slow cores may be busy with much else


def free_port() -> int:
    """A port that nobody listens to."""
    with socket.create_server((LOOPBACK, 0)) as found:
        return int(found.getsockname()[1])


def until(holds: Callable[[], object], started: Started) -> None:
    """Wait until something holds of a process; a failure shows the end of its log."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert started.process.poll() is None, f"{started.name} ended\n{started.last()}"
        assert time.monotonic() < end, f"{started.name}: not within {PATIENCE} s\n{started.last()}"
        time.sleep(0.1)


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of every process of the cluster, and of its clients."""
    return {
        **os.environ,
        "SPARK_HOME": str(HOME),
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_LOCAL_DIRS": str(folder / "scratch"),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_DAEMON_MEMORY": "768m",
    }


class Started:
    """A process of the cluster with its log."""

    def __init__(self, folder: Path, name: str, *call: str) -> None:
        self.name, self.log = name, folder / f"{name}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(HOME / "bin" / "spark-class"), *call],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
                env=surroundings(folder), cwd=folder,
            )  # fmt: skip

    def told(self, text: str) -> bool:
        """Whether the log says so."""
        return text in self.log.read_text(encoding="utf-8", errors="replace")

    def last(self) -> str:
        """The end of its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-3000:]

    def end(self, how: int = signal.SIGTERM) -> None:
        """End it, its executors and their Python processes."""
        own = descendants(self.process.pid)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        for pid in own if how == signal.SIGKILL else ():
            with suppress(ProcessLookupError):
                os.kill(pid, how)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.end(signal.SIGKILL)


class Cluster:
    """A standalone master; workers of one core each are added to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: list[Started] = []
        port = free_port()
        self.url = f"spark://{LOOPBACK}:{port}"
        self.master = self._start(
            "master", "org.apache.spark.deploy.master.Master",
            "--host", LOOPBACK, "--port", str(port), "--webui-port", str(free_port()),
        )  # fmt: skip
        until(lambda: self.master.told("I have been elected leader"), self.master)

    def _start(self, name: str, *call: str) -> Started:
        started = Started(self.folder, f"{name}-{len(self.running)}", *call)
        self.running.append(started)
        return started

    def worker(self) -> Started:
        """One more worker."""
        return self._start(
            "worker", "org.apache.spark.deploy.worker.Worker",
            "--host", LOOPBACK, "--port", str(free_port()), "--webui-port", str(free_port()),
            "--cores", "1", "--memory", "1g", "--work-dir", str(self.folder / "work"), self.url,
        )  # fmt: skip

    def workers(self) -> list[Started]:
        """Those that run."""
        return [one for one in self.running if one.name.startswith("worker") and one.process.poll() is None]

    def two_workers(self) -> None:
        """Start what is missing to two workers, and wait until the master knows them."""
        for worker in [*self.workers(), *(self.worker() for _ in range(2 - len(self.workers())))]:
            until(lambda one=worker: one.told("Successfully registered"), worker)

    def connect(self) -> tuple[str, Started]:
        """A Connect server that runs on this cluster; its address."""
        port = free_port()
        server = self._start(
            "connect", "org.apache.spark.deploy.SparkSubmit",
            "--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--master", self.url,
            "--conf", f"spark.connect.grpc.binding.port={port}",
            "--conf", f"spark.connect.grpc.binding.address={LOOPBACK}",
            "--conf", "spark.ui.enabled=false", "--conf", "spark.executor.memory=512m", "spark-internal",
        )  # fmt: skip
        until(lambda: listening(port), server)
        return f"sc://{LOOPBACK}:{port}", server

    def close(self) -> None:
        """End everything."""
        for started in reversed(self.running):
            if started.process.poll() is None:
                started.end()


def listening(port: int) -> bool:
    """Whether somebody listens there."""
    try:
        with socket.create_connection((LOOPBACK, port), 1):
            return True
    except OSError:
        return False


def parents() -> dict[int, int]:
    """Process → its parent, of all processes."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            found[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    return found


def descendants(pid: int) -> list[int]:
    """All processes that a process started, and theirs."""
    above, found = parents(), [pid]
    for one in found:
        found += [child for child, parent in above.items() if parent == one]
    return found[1:]


def caught_at_work(worker: Started, out: Path, client: subprocess.Popen) -> Path:
    """Stop a Python process of a worker in the middle of a block; the file it was writing.

    A process writes a file whose name ends with its number before the file gets its own. The process is
    stopped, and is certainly at work when its file is still there.
    """
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert client.poll() is None, "the run ended before a worker was seen at work"
        own: list[int] | None = None
        for path in out.glob("*/.*.parquet.*"):
            number = path.name.rpartition("-")[2]
            own = descendants(worker.process.pid) if own is None else own
            if number.isdigit() and int(number) in own:
                with suppress(ProcessLookupError):
                    os.kill(int(number), signal.SIGSTOP)
                    if path.exists():
                        return path
                    os.kill(int(number), signal.SIGCONT)
        time.sleep(0.005)
    raise AssertionError(f"{worker.name} was not seen at work within {PATIENCE} s")
