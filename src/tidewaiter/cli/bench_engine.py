"""``tidewaiter bench engine``: the engine against other tools, on invented records."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from tidewaiter.cli.output import write_table
from tidewaiter.cli.talk import say
from tidewaiter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = dict[str, Any]
Shape = Literal["table", "json"]
_LARGEST = 2_000_000_000
_RUN = {
    "records": "records", "tool": "tool", "decode": "decode s", "cube": "cube s",
    "statistics": "statistics s", "seconds": "all s", "times_statistics": "statistics ×",
    "times_whole": "all ×", "peak_gb": "peak GB", "answers": "answers", "note": "note",
}  # fmt: skip


def engine(
    *,
    rows: str = "1e6",
    tools: str = "all",
    repeat: int = 5,
    seed: int = 1,
    cores: int = 0,
    limit_seconds: float = 600.0,
    limit_gb: float = 0.0,
    folder: Path | None = None,
    serving: bool = False,
    vintages: bool = False,
    loading: bool = False,
    spark: bool = False,
    format: Annotated[Shape, Parameter(help="table, or json: one object a line.")] = "table",
) -> int:
    """The engine's whole pass against DuckDB, Polars, pandas and chdb, answers compared.

    Makes customs records up, runs each tool in a process of its own, and prints seconds, ratios to
    Tidewaiter, peak memory, what the machine's memory gives, and how time grows with size.

    Examples:
        tidewaiter bench engine --rows 1e6,1e7 --repeat 5
        tidewaiter bench engine --rows 1e8 --tools tidewaiter --folder bench-data --format json
        tidewaiter bench engine --rows 1e7 --serving
        tidewaiter bench engine --rows 1e7 --vintages
        tidewaiter bench engine --rows 1e7 --loading
        tidewaiter bench engine --rows 1e7 --spark

    Args:
        rows: Numbers of records, parted by commas.
        tools: Which tools besides Tidewaiter: duckdb, polars, pandas, chdb; or all.
        repeat: Runs of what is short; the median counts.
        seed: Of the records.
        cores: For every tool; 0 is all there are.
        limit_seconds: A tool that takes longer is ended, and not asked at larger sizes.
        limit_gb: A tool that holds more memory is ended; 0 is four fifths of what is free.
        folder: Where the records are kept for the next call. Default: a temporary folder.
        serving: Single series with all statistics from cold instead, at 1 and at 32 clients.
        vintages: Reading one of 24 vintages against reading a single snapshot instead.
        loading: From CSV to sorted, verified records against DuckDB reading the CSV to memory instead.
        spark: The run on Spark (local, the same cores) against the run on one machine instead.
        format: table or json.
    """
    from tidewaiter.bench.engine.measured import Limits, memory
    from tidewaiter.bench.engine.run import Plan, engine_rows, tools_of

    limits = Limits(limit_seconds, limit_gb * 1e9 or memory()[1] * 0.8)
    plan = Plan(_sizes(rows), tools_of(tools), repeat, seed, cores, limits, folder)
    if serving + vintages + loading + spark > 1:
        raise UsageError(
            "--serving, --vintages, --loading and --spark are measures of their own", hint="ask for one"
        )
    if serving:
        from tidewaiter.bench.engine.serving import serving_rows

        found: Iterable[Row] = serving_rows(plan, say)
    elif vintages:
        from tidewaiter.bench.engine.vintages import vintage_rows

        found = vintage_rows(plan, say)
    elif loading:
        from tidewaiter.bench.engine.loading import loading_rows

        found = loading_rows(plan, say)
    elif spark:
        from tidewaiter.bench.engine.cluster import cluster_rows

        found = cluster_rows(plan, say)
    else:
        found = engine_rows(plan, say)
    _emit(found, format)
    return 0


def _sizes(rows: str) -> tuple[int, ...]:
    """Numbers of records.

    Raises:
        UsageError: one is no number, or out of reach.
    """
    try:
        found = tuple(int(float(one)) for one in rows.split(","))
    except (ValueError, OverflowError) as error:
        raise UsageError(f"--rows {rows!r} are no numbers", hint="write 1e6,1e7") from error
    if not all(1000 <= size <= _LARGEST for size in found):  # noqa: PLR2004 — fewer say nothing
        raise UsageError(
            f"--rows {rows!r}: between a thousand and two milliard records", hint="write 1e6,1e7"
        )
    return found


def _emit(rows: Iterable[Row], form: str) -> None:
    """Each row as it is found in JSON; a table for each kind of row at the end."""
    kinds: dict[str, list[Row]] = {}
    for row in rows:
        if form == "json":
            sys.stdout.write(json.dumps(row) + "\n")
            sys.stdout.flush()
        kinds.setdefault(str(row["what"]), []).append(row)
    for kind, found in kinds.items() if form == "table" else ():
        names = (
            _RUN if kind == "run" else {name: name.replace("_", " ") for name in found[0] if name != "what"}
        )
        cells = [[_shown(row.get(name)) for name in names] for row in found]
        write_table(cells, list(names.values()), title="" if kind == "run" else kind)


def _shown(value: Any) -> Any:
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"  # noqa: PLR2004
    return value
