"""Data on stdout: the same rows as a table, CSV, JSON, JSON lines or Parquet."""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, Any

from tidewaiter.cli.talk import page
from tidewaiter.errors import UsageError
from tidewaiter.sources.spreadsheet import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Row = dict[str, Any]


def write_json(rows: Iterable[Row], *, lines: bool) -> None:
    """A JSON array, or one object a line. Infinite ends of an interval are null."""
    clean = [_finite(row) for row in rows]
    if lines:
        for row in clean:
            sys.stdout.write(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        write_object(clean)


def write_object(value: Any) -> None:
    """One JSON value."""
    sys.stdout.write(json.dumps(_finite(value), ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def write_csv(rows: Sequence[Row], columns: Sequence[str]) -> None:
    """CSV with a header. Lists are joined by ``; ``; text that a spreadsheet would run is quoted."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[_cell(row.get(name)) for name in columns] for row in rows])


def write_parquet(rows: Sequence[Row], columns: Sequence[str]) -> None:
    """A Parquet file on stdout.

    Raises:
        UsageError: stdout is a terminal.
    """
    import polars as pl

    refuse_terminal()
    flat = [{name: _flat(row.get(name)) for name in columns} for row in rows]
    pl.DataFrame(flat, infer_schema_length=None).write_parquet(sys.stdout.buffer)


def refuse_terminal() -> None:
    """Bytes do not belong on a terminal.

    Raises:
        UsageError: stdout is one.
    """
    if sys.stdout.isatty():
        raise UsageError(
            "Parquet is not for the terminal", hint="redirect it: … --format parquet > figures.parquet"
        )


def write_table(
    rows: Sequence[Sequence[Any]],
    columns: Sequence[str],
    *,
    title: str = "",
    caption: str = "",
    styles: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """A table for eyes; columns of numbers stand right.

    Args:
        rows: cells in the order of the columns.
        columns: names.
        title: above.
        caption: below.
        styles: column → cell text → colour.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left")
    numeric = [all(_is_number(row[at]) for row in rows) and bool(rows) for at in range(len(columns))]
    for name, right in zip(columns, numeric, strict=True):
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    inked = [(styles or {}).get(name, {}) for name in columns]
    for row in rows:
        shown = [_shown(value) for value in row]
        table.add_row(*(Text(cell, style=ink.get(cell, "")) for cell, ink in zip(shown, inked, strict=True)))
    out = page()
    out.print(table)
    if caption:
        out.print(Text(caption))


def emit(rows: Sequence[Row], columns: Sequence[str], form: str, *, shown: Sequence[str] = ()) -> None:
    """The rows in the format asked for; ``shown`` are the columns of the table."""
    if form == "json":
        write_json(rows, lines=False)
    elif form == "jsonl":
        write_json(rows, lines=True)
    elif form == "csv":
        write_csv(rows, columns)
    elif form == "parquet":
        write_parquet(rows, columns)
    else:
        names = shown or columns
        write_table([[row.get(name) for name in names] for row in rows], names)


def sensible(value: float, unit: str = "") -> str:
    """A number as a reader likes it: rates with two decimals, large levels with thousands parted.

    Examples:
        >>> sensible(34.06823, "percent"), sensible(58487.447, "1e6 USD"), sensible(3.0, "months")
        ('34.07', '58,487.4', '3')
    """
    if value != value or abs(value) == float("inf"):  # noqa: PLR0124 — not a number
        return "–"
    if unit in ("months", "rank", "bool", "sign") or value == int(value):
        return f"{value:,.0f}"
    if unit in ("percent", "percentage_point") or abs(value) < 1000:  # noqa: PLR2004
        return f"{value:,.2f}"
    return f"{value:,.1f}"


def _is_number(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float) or value is None:
        return True
    text = str(value).replace(",", "").replace("–", "0").removeprefix("+")
    return bool(text) and text.lstrip("-").replace(".", "", 1).isdigit()


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return sensible(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return str(value)


def _cell(value: Any) -> Any:
    flat = _flat(value)
    if isinstance(flat, str):
        return guarded(flat)
    return "" if flat is None else flat


def _flat(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return "; ".join(json.dumps(v, ensure_ascii=False) if isinstance(v, dict) else str(v) for v in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def _finite(value: Any) -> Any:
    if isinstance(value, float) and (value != value or abs(value) == float("inf")):  # noqa: PLR0124
        return None
    if isinstance(value, dict):
        return {name: _finite(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return value
