"""``bench engine --loading``: a CSV to sorted, verified records, against DuckDB reading the CSV to memory."""

from __future__ import annotations

import tempfile
import time
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from tidewaiter.bench.engine.data import Invented
from tidewaiter.bench.engine.files import REPORTER, UNIT, csv_file, records_file
from tidewaiter.bench.engine.run import machine
from tidewaiter.store.records import Records, write_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tidewaiter.bench.engine.run import Plan

Row = dict[str, Any]


def loading_rows(plan: Plan, tell: Callable[[str], object] = str) -> Iterator[Row]:
    """One row a size."""
    yield machine(plan.cores or 2)
    for size in plan.sizes:
        with ExitStack() as kept:
            folder = Path(kept.enter_context(tempfile.TemporaryDirectory(dir=plan.folder)))
            made = Invented(size, plan.seed)
            source = csv_file(made, folder, lambda place: tell(f"writing CSV: {place}"))
            told = Records(records_file(made, folder)).header
            times: dict[str, list[float]] = {"tidewaiter": [], "duckdb": []}
            for number in range(plan.repeat):
                tell(f"reading, {number + 1} of {plan.repeat}")
                times["tidewaiter"].append(_seconds(to_records, source, folder / "read.parquet"))
                if find_spec("duckdb"):
                    times["duckdb"].append(_seconds(_duckdb, source))
            found = Records(folder / "read.parquet").header
            equal = [b.digest for b in found.blocks] == [b.digest for b in told.blocks]
            one, other = median(times["tidewaiter"]), median(times["duckdb"] or [float("nan")])
            yield {
                "what": "loading", "records": told.rows, "csv_mb": source.stat().st_size / 1e6,
                "tidewaiter_seconds": one, "duckdb_seconds": other, "times": one / other,
                "records_mb": (folder / "read.parquet").stat().st_size / 1e6,
                "answers": "equal" if equal else "NOT EQUAL",
            }  # fmt: skip


def to_records(source: Path, path: Path) -> None:
    """Read the CSV (codes stay text) and write it as sorted, verified records."""
    import polars as pl  # noqa: PLC0415 — heavy

    codes = dict.fromkeys(("flow", "commodity", "partner", "month"), pl.Categorical)
    frame = pl.read_csv(source, schema={**codes, "value": pl.Int64})
    month = pl.col("month").cast(pl.String).str.splitn("-", 2)
    months = (
        frame.select(pl.col("month").unique())
        .select(
            "month",
            ordinal=month.struct[0].cast(pl.Int16) * 12 + month.struct[1].cast(pl.Int16) - 1,
        )
    )  # fmt: skip
    names = frame.select(pl.col("commodity").unique())
    frame = frame.with_columns(
        month=pl.col("month").replace_strict(months["month"], months["ordinal"], return_dtype=pl.Int16),
        commodity=pl.col("commodity").cast(pl.String).replace_strict(
            names["commodity"].cast(pl.String), ("HS" + names["commodity"].cast(pl.String)),
        ),
    )  # fmt: skip
    write_frame(path, frame, reporter=REPORTER, unit=UNIT, scale=0)


def _duckdb(source: Path) -> None:
    import duckdb  # noqa: PLC0415 — the tool itself

    texts = ", ".join(f"'{name}': 'VARCHAR'" for name in ("flow", "commodity", "partner", "month"))
    columns = f"{{{texts}, 'value': 'BIGINT'}}"
    with duckdb.connect() as base:
        base.execute(f"create table records as from read_csv('{source}', columns = {columns})")


def _seconds(work: Callable[..., None], *of: Path) -> float:
    began = time.perf_counter()
    work(*of)
    return time.perf_counter() - began
