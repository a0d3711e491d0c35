"""What must be there before a cluster is asked, each with the one command that brings it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import warnings
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import UnavailableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

JAVA = 17  # the oldest that Spark 4 runs on
_EXTRA = "pip install 'tidewaiter[spark]'"
_PACKAGE = "sudo apt-get install openjdk-17-jre-headless"
_PORTS = {"spark": 7077, "sc": 15002}
_PATIENCE = 5.0  # seconds for a connection
_LOCAL = re.compile(r"local(?:\[(?:\d+|\*)(?:,\d+)?\])?\Z")
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')


@contextmanager
def session(master: str) -> Iterator[Any]:
    """A Spark session of one's own, ended at the end; the cluster stays.

    Args:
        master: ``spark://host:port`` (standalone; several hosts parted by commas), ``sc://host:port`` (Spark
            Connect), ``local[2]``, ``local[*]``, or what else Spark takes (``yarn``, ``k8s://…``).

    Raises:
        UsageError: no master is named.
        UnavailableError: pyspark or Java is missing, or nobody answers.
    """
    if not master:
        raise UsageError(
            "no cluster is named", hint="--master spark://host:7077, sc://host:15002 or 'local[*]'"
        )
    connected = master.startswith("sc://")
    _need_pyspark(connected=connected)
    if not connected:
        _need_java()
    _need_answer(master)
    found = _opened(master, connected=connected)
    try:
        yield found
    finally:
        found.stop()


def _opened(master: str, *, connected: bool) -> Any:
    from pyspark.sql import SparkSession  # noqa: PLC0415 — heavy, an extra

    # the workers need this package: by default the same Python as here (on one machine, or on shared storage)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    maker = SparkSession.builder.appName("tidewaiter")
    quiet: dict[str, Any] = {"spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of pandas, which takes no part in this
            return (
                maker.remote(master) if connected else maker.master(master).config(map=quiet)
            ).getOrCreate()
    except Exception as error:  # pyspark's, py4j's and grpc's have no root of their own
        raise _unreachable(master, str(error).strip().partition("\n")[0]) from error


def _need_pyspark(*, connected: bool) -> None:
    for name in ("pyspark", *(("grpc",) if connected else ())):
        if find_spec(name) is None:
            raise UnavailableError(f"the package {name} is not installed", kind="missing", hint=_EXTRA)


def _need_java() -> None:
    """A Java that is new enough, found where Spark looks for it."""
    home = os.environ.get("JAVA_HOME", "")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    found = java_version(java) if java else 0
    if found < JAVA:
        told = f"Java {found} is too old" if found else "no Java is found"
        where = f" ({java})" if java else ""
        raise UnavailableError(f"{told}{where}; Spark needs {JAVA} or newer", kind="missing", hint=_PACKAGE)


def java_version(java: str) -> int:
    """The first number of a Java's version; 0 where it does not run."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return 0
    match = _VERSION.search(told.stderr + told.stdout)
    return int(match[1]) if match else 0


def _need_answer(master: str) -> None:
    """Somebody listens at the address: Spark itself would try for a minute before it says so.

    Raises:
        UsageError: the address does not read.
        UnavailableError: nobody listens.
    """
    scheme, parted, rest = master.partition("://")
    if not parted and (_LOCAL.match(master) or master == "yarn"):
        return
    if not parted or scheme not in {*_PORTS, "k8s"}:
        raise UsageError(
            f"{master!r} names no cluster", hint="spark://host:7077, sc://host:15002 or 'local[*]'"
        )
    if scheme not in _PORTS:
        return
    faults = []
    for place in rest.partition("/")[0].split(","):
        host, _, port = place.rpartition(":") if ":" in place else (place, "", str(_PORTS[scheme]))
        if not port.isdigit() or not host:
            raise UsageError(f"{place!r} is no host and port", hint=f"{scheme}://host:{_PORTS[scheme]}")
        try:
            with socket.create_connection((host.strip("[]"), int(port)), _PATIENCE):
                return
        except OSError as error:
            faults.append(f"{place}: {error.strerror or error}")
    raise _unreachable(master, "; ".join(faults))


def _unreachable(master: str, why: str) -> UnavailableError:
    return UnavailableError(
        f"no Spark answers: {why}",
        kind="unreachable",
        retriable=True,
        hint="start the cluster, or name the address its log tells (docs/cluster.md)",
        where=master,
    )
