"""``bench engine --serving``: one series with all its statistics, at 1 and at 32 clients.

Three servers, each one process; the clients are threads that ask one series after the other. All start from
files that hold levels only, and each answer is every month of every statistic:

* Tidewaiter: the mapped series file and the engine's kernel.
* DuckDB rows, same kernel: a DuckDB file sorted by series gives the cells, the kernel computes.
* DuckDB window SQL: the same file, statistics by window functions (no ranks, no shares of the code above).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tidewaiter.bench.engine.data import Invented
from tidewaiter.bench.engine.files import records_file
from tidewaiter.bench.engine.peers.duckdb_sql import LOOKED, TOLD
from tidewaiter.bench.engine.peers.tidewaiter_blocks import regions
from tidewaiter.bench.engine.run import installed, machine
from tidewaiter.engine.serving import Served, rank_among, write_series
from tidewaiter.model.period import MONTHS
from tidewaiter.store.records import Records
from tidewaiter.store.series import Cells, SeriesFile
from tidewaiter.store.series.layout import FLOW_SHIFT, NODE_SHIFT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tidewaiter.bench.engine.run import Plan

CLIENTS = (1, 32)
_MODULE = "tidewaiter.bench.engine.serving"
_QUERIES, _MOST_SECONDS = 2_000, 20.0
Row = dict[str, Any]


def serving_rows(plan: Plan, tell: Callable[[str], object] = str) -> Iterator[Row]:
    """One row a size, a server and a number of clients."""
    cores = plan.cores or 2
    yield machine(cores)
    for size in plan.sizes:
        with ExitStack() as kept:
            folder = Path(kept.enter_context(tempfile.TemporaryDirectory(dir=plan.folder)))
            records = Records(records_file(Invented(size, plan.seed), plan.folder or folder))
            tell("writing every series")
            began = time.perf_counter()
            write_series(records, folder / "series", areas=regions(records.header), threads=cores)
            written = time.perf_counter() - began
            servers = ["tidewaiter", *(("duckdb-kernel", "duckdb-sql") if installed("duckdb") else ())]
            if len(servers) > 1:
                tell("writing the DuckDB file")
                write_duckdb(folder / "series", folder / "series.duckdb")
            for server in servers:
                tell(f"asking {server}")
                call = [sys.executable, "-m", _MODULE, server, str(folder), str(cores), str(plan.seed)]
                told = subprocess.run(call, capture_output=True, text=True, check=True)  # noqa: S603 — ourselves
                for line in told.stdout.splitlines():
                    asked = {"what": "serving", "records": records.header.rows, "server": server}
                    yield {**asked, **json.loads(line)}
            yield {
                "what": "series file", "records": records.header.rows, "write_seconds": written,
                "mb": (folder / "series").stat().st_size / 1e6, "series": len(SeriesFile(folder / "series")),
            }  # fmt: skip


def write_duckdb(series: Path, path: Path) -> None:
    """The cells of a series file as a DuckDB table, sorted by series and month."""
    import duckdb  # noqa: PLC0415 — the tool itself
    import pyarrow as pa  # noqa: PLC0415

    file = SeriesFile(series)
    with duckdb.connect(str(path)) as base:
        base.execute("create table cells (s bigint, month smallint, x bigint)")
        step = 200_000
        for at in range(0, len(file), step):
            starts, counts = file.starts[at : at + step], file.counts[at : at + step].astype(np.int64)
            first = np.repeat(starts - np.cumsum(counts) + counts, counts)
            cells = first + np.arange(int(counts.sum()))
            part = pa.table(  # read by name in the next statement
                {
                    "s": np.repeat(file.keys[at : at + step], counts),
                    "month": file.months[cells].astype(np.int16),
                    "x": file.values[cells],
                }
            )
            base.register("part", part)
            base.execute("insert into cells select * from part").fetchall()
        header = Served(series).context.header
        totals = [header.totals[flow] for flow in header.flows]
        rows = [
            (flow, month, float(total), float(sums[month - MONTHS]) if month >= MONTHS else None)
            for flow, sums in enumerate(totals)
            for month, total in enumerate(sums)
        ]
        base.execute("create table totals (flow bigint, month smallint, total double, total12 double)")
        base.executemany("insert into totals values (?, ?, ?, ?)", rows)


class Rows:
    """DuckDB rows, same kernel."""

    def __init__(self, folder: Path, cores: int) -> None:
        self._served, self._base = Served(folder / "series"), _Base(folder, cores)

    def ask(self, key: int) -> object:
        """All statistics of a series: its cells, its siblings' and those of the series above in one query."""
        flow, node, slot = parted(key)
        served, countries = self._served, self._served.context.places.partners
        over = served.above(flow, node, slot)
        above = int(served.file.keys[over]) if over >= 0 else -1
        low, high = (key - slot, key - slot + countries - 1) if slot < countries else (key, key)
        rows = self._base.run(
            "select s, month, x from cells where s between ? and ? or s = ? order by s, month",
            [low, high, above],
        )
        s, month, x = (np.asarray(rows[name], np.int64) for name in ("s", "month", "x"))

        def cells(of: int) -> Cells:
            begin, end = np.searchsorted(s, [of, of + 1])
            return Cells(month[begin:end], x[begin:end], np.zeros(end - begin, np.bool_))

        def rank(own: np.ndarray) -> np.ndarray:
            begin, end = np.searchsorted(s, [low, low + countries])
            starts = begin + np.flatnonzero(np.diff(s[begin:end], prepend=-1))
            counts = np.diff(starts, append=end).astype(np.int32)
            many = len(starts) if slot < countries else 0
            found: np.ndarray = rank_among(own, x, month.astype(np.uint16), starts, counts, 0, many)
            return found

        return served.compute(flow, cells(key), cells(above) if over >= 0 else None, rank)


class Windows:
    """DuckDB window SQL."""

    def __init__(self, folder: Path, cores: int) -> None:
        self._base = _Base(folder, cores)
        numbers = {"countries": 0, "second": 1, "ma3_from": 2, "year_from": 11, "two_years_from": 23}
        own = "select s, s >> 56 as flow, month, x::double as x, null as rank from cells where s = ?"
        self._sql = TOLD.format(looked=LOOKED.format(ranked=own), **numbers)

    def ask(self, key: int) -> object:
        """All statistics of a series, but for the rank and the share of the code above."""
        return self._base.run(self._sql, [key])


class _Base:
    """A DuckDB file; each thread asks through a cursor of its own."""

    def __init__(self, folder: Path, cores: int) -> None:
        import duckdb  # noqa: PLC0415 — the tool itself

        self._base = duckdb.connect(str(folder / "series.duckdb"), config={"threads": cores})
        self._local = threading.local()

    def run(self, sql: str, values: list[int]) -> dict[str, Any]:
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._base.cursor()
        found: dict[str, Any] = self._local.cursor.execute(sql, values).fetchnumpy()
        return found


class Mapped:
    """Tidewaiter."""

    def __init__(self, folder: Path, _cores: int) -> None:
        self._served = Served(folder / "series")

    def ask(self, key: int) -> object:
        """All statistics of a series."""
        return self._served.at(*parted(key))


SERVERS = {"tidewaiter": Mapped, "duckdb-kernel": Rows, "duckdb-sql": Windows}


def parted(key: int) -> tuple[int, int, int]:
    """Flow, node and slot of a key."""
    return key >> FLOW_SHIFT, key >> NODE_SHIFT & 0xFF_FFFF_FFFF, key & 0xFFFF


def latencies(ask: Callable[[int], object], keys: list[int], clients: int, workers: int) -> list[float]:
    """Seconds of each answer, waiting included; every client asks its share, one series after the other.

    As in a server, no more than ``workers`` are answered at a time; the others wait in line.
    """
    line = threading.Semaphore(workers)
    spent: list[list[float]] = [[] for _ in range(clients)]
    until = time.perf_counter() + _MOST_SECONDS

    def client(number: int) -> None:
        for key in keys[number::clients]:
            began = time.perf_counter()
            with line:
                ask(key)
            done = time.perf_counter()
            spent[number].append(done - began)
            if done > until:
                return

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [one for part in spent for one in part]


def main(server: str, folder: Path, cores: int, seed: int) -> None:
    """One server, asked by each number of clients in turn; a line of JSON for each."""
    from tidewaiter.bench.engine.peers.work import peak_memory  # noqa: PLC0415

    at_work: Any = SERVERS[server](folder, cores)
    keys = np.random.default_rng([seed, 4]).choice(SeriesFile(folder / "series").keys, _QUERIES)
    latencies(
        at_work.ask, keys[: 2 * max(CLIENTS)].tolist(), max(CLIENTS), cores
    )  # compiled, threads at work
    for clients in CLIENTS:
        began = time.perf_counter()
        spent = latencies(at_work.ask, keys.tolist(), clients, cores)
        whole = time.perf_counter() - began
        p50, p99 = (float(np.percentile(spent, share)) * 1e3 for share in (50, 99))
        told = {"clients": clients, "p50_ms": p50, "p99_ms": p99, "answers_s": len(spent) / whole}
        sys.stdout.write(json.dumps({**told, "peak_gb": peak_memory() / 1e9}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
