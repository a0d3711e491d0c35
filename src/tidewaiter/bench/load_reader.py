"""One reader in a process of its own: ``python -m tidewaiter.bench.load_reader TASK`` (see :mod:`.load`)."""

from __future__ import annotations

import csv
import json
import resource
import sys
import tempfile
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_LOOKED_AT = 1000  # rows in which a code with a leading zero shows
_KIB = 1024


def main(task: dict[str, Any]) -> dict[str, Any]:
    """Read as often as asked; seconds of each read, rows, peak memory."""
    path = Path(task["path"])
    read = _reader(task["reader"], path, task["mapping"])
    seconds, rows = [], 0
    for _ in range(task["rounds"] + 1):
        begun = perf_counter()
        rows = read()
        seconds.append(perf_counter() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _KIB
    return {"seconds": seconds, "rows": rows, "peak_mib": peak}


def _reader(name: str, path: Path, mapping: str | None) -> Callable[[], int]:
    if name == "polars":
        return _polars(path)
    if name == "duckdb":
        return _duckdb(path)
    return _kept(path, mapping) if "kept" in name else _ours(path, mapping)


def _ours(path: Path, mapping: str | None) -> Callable[[], int]:
    """File to memory: recognised, resolved, checked."""
    import polars  # noqa: F401, ICN001, PLC0415 — imports are not what is measured

    from tidewaiter.api.loading import read_files  # noqa: PLC0415

    def read() -> int:
        done = read_files([path], mapping=mapping)
        return sum(done.rows.values())

    return read


def _kept(path: Path, mapping: str | None) -> Callable[[], int]:
    """File to store: sorted, written, its order read back."""
    import polars  # noqa: F401, ICN001, PLC0415

    from tidewaiter.api.loading import read_files  # noqa: PLC0415
    from tidewaiter.store import Store  # noqa: PLC0415

    def read() -> int:
        with tempfile.TemporaryDirectory() as folder:
            done = read_files([path], mapping=mapping)
            Store(folder).put(done.incoming)
            return sum(done.rows.values())

    return read


def _polars(path: Path) -> Callable[[], int]:
    import polars as pl  # noqa: PLC0415

    if _is_parquet(path):
        return lambda: pl.read_parquet(path).height
    delimiter, texts = _codes(path)
    kinds = dict.fromkeys(texts, pl.String)
    return lambda: pl.read_csv(path, separator=delimiter, schema_overrides=kinds).height


def _duckdb(path: Path) -> Callable[[], int]:
    import duckdb  # noqa: PLC0415

    delimiter, texts = ("", []) if _is_parquet(path) else _codes(path)
    kinds = ", ".join(f"'{name}': 'VARCHAR'" for name in texts)
    source = (
        f"'{path}'" if _is_parquet(path) else f"read_csv('{path}', delim='{delimiter}', types={{{kinds}}})"
    )

    def read() -> int:
        base = duckdb.connect()
        base.execute(f"create table read as from {source}")
        (rows,) = base.execute("select count(*) from read").fetchone() or (0,)
        base.close()
        return int(rows)

    return read


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _codes(path: Path) -> tuple[str, list[str]]:
    """The delimiter, and the columns that are codes: a number with a leading zero is text."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        first = file.readline()
        delimiter = max(",;\t|", key=first.count)
        names = next(csv.reader([first], delimiter=delimiter))
        rows = list(islice(csv.reader(file, delimiter=delimiter), _LOOKED_AT))
    coded = [
        name
        for at, name in enumerate(names)
        if any(len(row) > at and row[at][:1] == "0" and row[at][1:].isdigit() for row in rows)
    ]
    return delimiter, coded


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))  # noqa: T201 — the caller reads it
