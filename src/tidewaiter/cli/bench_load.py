"""``tidewaiter bench load``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tidewaiter.cli.common import Flat
from tidewaiter.cli.output import emit
from tidewaiter.cli.talk import progress, say

_COLUMNS = (
    "reader", "rows", "seconds", "rows_per_second", "of_the_faster_bare_read", "first_seconds", "peak_mib",
    "checks",
)  # fmt: skip
_SHOWN = _COLUMNS[:-1]


def load(
    file: Path,
    /,
    *,
    rounds: int = 5,
    map: Annotated[Path | None, Parameter(name="--map")] = None,
    format: Flat = "table",
) -> int:
    """Reading a file with all checks, beside bare reads of it by Polars and DuckDB.

    Examples:
        tidewaiter bench load exports.parquet
        tidewaiter bench load records.csv --map records.yml --rounds 9 --format json

    Args:
        file: The file: CSV or Parquet.
        rounds: Reads that are timed, after a first one; their median counts.
        map: Read it by this mapping (a YAML; `tidewaiter map FILE` proposes one).
        format: table, csv, json or jsonl.
    """
    from tidewaiter.bench.load import CHECKS, load_rows

    with progress(f"reading {file.name}") as tell:
        rows = load_rows(file, rounds, map, tell)
    emit(rows, _COLUMNS, format, shown=_SHOWN)
    say(f"checked: {'; '.join(CHECKS)}")
    return 0
