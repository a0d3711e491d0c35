"""A run on a real cluster gives the bits of the run on one machine, also when a worker falls out of it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tidewaiter.bench.engine.data import Invented
from tidewaiter.bench.engine.files import records_file
from tidewaiter.engine.spark.ready import JAVA, java_version

pytest.importorskip("pyspark", reason="needs the extra: pip install 'tidewaiter[spark]'")
import spark_cluster as own

ROWS = 100_000
PERIOD = "2025-11..2025-12"
GROUPS = """
machines: {include: ["84", "85"], exclude: ["8471"], also: {"847141": {since: 2012-01}}}
food: {include: ["01", "02", "0303"]}
"""
_JAVA = os.environ.get("JAVA_HOME") and str(Path(os.environ["JAVA_HOME"]) / "bin" / "java")
pytestmark = [
    pytest.mark.skipif(
        java_version(_JAVA or shutil.which("java") or "java") < JAVA,
        reason=f"needs Java {JAVA}: sudo apt-get install openjdk-17-jre-headless",
    ),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes by /proc"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("cluster")
    (made / "groups.yml").write_text(GROUPS)
    return made


@pytest.fixture(scope="module")
def records(folder):
    return records_file(Invented(ROWS), folder)


def _call(records: Path, out: Path, *more: str) -> list[str]:
    groups = str(records.with_name("groups.yml"))
    return ["compute", str(records), "--period", PERIOD, "--groups", groups, "--out", str(out),
            "--format", "json", *more]  # fmt: skip


@pytest.fixture(scope="module")
def embedded(folder, records):
    """The folder and the answer of the run on one machine."""
    done = subprocess.run(
        [sys.executable, "-m", "tidewaiter", *_call(records, folder / "embedded")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return folder / "embedded", json.loads(done.stdout)


@pytest.fixture(scope="module")
def cluster(folder):
    made = own.Cluster(folder)
    try:
        yield made
    finally:
        made.close()


class Run:
    """A run of the command on a cluster, in a process of its own."""

    def __init__(self, records: Path, out: Path, master: str) -> None:
        self.out = out
        call = _call(records, out, "--engine", "spark", "--master", master, "--threads", "4")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tidewaiter", *call],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=own.surroundings(records.parent),
        )  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()

    def answer(self):
        """Its standard output."""
        said, told = self.process.communicate(timeout=own.PATIENCE * 2)
        assert self.process.returncode == 0, told
        return json.loads(said)


def test_a_worker_killed_in_the_middle_of_a_block_changes_nothing(cluster, records, embedded, folder):
    cluster.two_workers()
    with Run(records, folder / "standalone", cluster.url) as run:
        _kill_one_at_work(cluster, run)
        _is_the_run_on_one_machine(run, embedded)


def test_the_same_over_spark_connect(cluster, records, embedded, folder):
    cluster.two_workers()
    url, server = cluster.connect()
    try:
        with Run(records, folder / "connect", url) as run:
            _kill_one_at_work(cluster, run)
            _is_the_run_on_one_machine(run, embedded)
        with Run(records, run.out, url) as again:  # all is current: the files are not written again
            before = _times(run.out)
            assert again.answer() == embedded[1]
            assert _times(run.out) == before
    finally:
        server.end()


def test_an_error_of_a_worker_is_told_as_on_one_machine(cluster, records, folder, capsys):
    broken = folder / "broken.parquet"
    broken.write_bytes(_with_a_changed_byte(records.read_bytes()))
    codes, said = [], []
    for more in ((), ("--engine", "spark", "--master", "local[1]", "--threads", "1")):
        done = subprocess.run(
            [sys.executable, "-m", "tidewaiter", "compute", str(broken), *more],
            capture_output=True, text=True, check=False, env=own.surroundings(folder),
        )  # fmt: skip
        codes.append(done.returncode)
        said.append([line for line in done.stderr.splitlines() if "The store is not usable" in line])
    assert codes == [3, 3]
    assert said[0]
    assert said[0][0].partition("block ")[2] == said[1][0].partition("block ")[2]


def _with_a_changed_byte(content: bytes) -> bytes:
    """The first page of the file does not unpack."""
    return content[:4] + bytes(64) + content[68:]


def _kill_one_at_work(cluster, run):
    """Kill a worker, its executor and its Python processes while one of them is inside a block."""
    victim = cluster.workers()[0]
    unfinished = own.caught_at_work(victim, run.out, run.process)
    victim.end(signal.SIGKILL)
    assert unfinished.exists(), "the block was not finished by the one that began it"
    assert run.process.poll() is None


def _is_the_run_on_one_machine(run, embedded):
    there, told = embedded
    assert run.answer() == told
    names = sorted(str(path.relative_to(there)) for path in there.rglob("*.parquet"))
    assert names == sorted(str(path.relative_to(run.out)) for path in run.out.rglob("*.parquet"))
    assert len(names) > 100
    assert not list(run.out.rglob(".*")), "what the killed worker left unfinished is removed"
    for name in names:
        _bits_are_equal(pq.read_table(run.out / name), pq.read_table(there / name), name)
    assert _manifest(run.out) == _manifest(there)


def _bits_are_equal(one, other, name):
    assert one.schema == other.schema, name
    keys = [(key, "ascending") for key in ("flow", "commodity", "partner", "month")]
    plain = [table.cast(_undictionaried(table.schema)).sort_by(keys) for table in (one, other)]
    for column in one.column_names:
        mine, theirs = (np.asarray(table[column].combine_chunks()) for table in plain)
        if mine.dtype == np.float64:
            mine, theirs = mine.view(np.int64), theirs.view(np.int64)
        assert np.array_equal(mine, theirs), f"{name} {column}"


def _undictionaried(schema):
    return pa.schema(
        [(field.name, pa.string() if pa.types.is_dictionary(field.type) else field.type) for field in schema]
    )


def _manifest(out: Path):
    return json.loads((out / "manifest.json").read_text())


def _times(out: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in out.rglob("*.parquet")}
