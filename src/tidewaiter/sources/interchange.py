"""Parquet and Arrow files that Tidewaiter wrote, loaded again as the same observations.

Recognised by their metadata; see :mod:`tidewaiter.store.interchange.columns` for what is in them.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import Fault, FaultsError
from tidewaiter.model.release import Publisher, Reading

if TYPE_CHECKING:
    import polars as pl

    from tidewaiter.sources.protocol import Blob

MARK = "tidewaiter"
FORMAT = 1
_PARQUET, _ARROW = b"PAR1", b"ARROW1"
_AGAIN = "write it again with this version: `tidewaiter export`"


class Interchange:
    """Reads our own Parquet and Arrow files."""

    name = "tidewaiter"

    def sniff(self, blob: Blob) -> bool:
        """The file's metadata are ours."""
        return blob.data.startswith((_PARQUET, _ARROW)) and MARK in _metadata(blob)

    def read(self, blob: Blob) -> list[Reading]:
        """One reading a release.

        Raises:
            FaultsError: the file does not read, or lacks columns.
        """
        import pyarrow as pa  # noqa: PLC0415 — heavy

        try:
            told = json.loads(_metadata(blob)[MARK])
            if told["format"] != FORMAT:
                problem = f"was written in format {told['format']}, this version reads {FORMAT}"
                raise FaultsError([Fault(blob.name, problem, _AGAIN)])
            parts = _frame(blob).partition_by("release", as_dict=True, include_key=False)
            return [_reading(part, told["releases"][name], name) for (name,), part in parts.items()]
        except (OSError, pa.ArrowException, KeyError, TypeError, ValueError) as error:
            problem = f"not readable: {type(error).__name__} {str(error)[:200]}"
            raise FaultsError([Fault(blob.name, problem, _AGAIN)]) from error

    def rows(self, blob: Blob) -> int:
        """How many observations it holds."""
        return int(_table(blob).num_rows)


SOURCE = Interchange()


def _metadata(blob: Blob) -> dict[str, str]:
    import pyarrow as pa  # noqa: PLC0415 — heavy
    from pyarrow import ipc, parquet  # noqa: PLC0415

    try:
        buffer = pa.BufferReader(blob.data)
        schema = ipc.open_file(buffer).schema if blob.data[:6] == _ARROW else parquet.read_schema(buffer)
    except (OSError, pa.ArrowException, ValueError):
        return {}
    given = schema.metadata or {}
    return {name.decode(errors="replace"): text.decode(errors="replace") for name, text in given.items()}


def _table(blob: Blob) -> Any:
    import pyarrow as pa  # noqa: PLC0415 — heavy
    from pyarrow import ipc, parquet  # noqa: PLC0415

    buffer = pa.BufferReader(blob.data)
    return ipc.open_file(buffer).read_all() if blob.data[:6] == _ARROW else parquet.read_table(buffer)


def _frame(blob: Blob) -> pl.DataFrame:
    """The observations; places name the row of this file, and the table and cell of the first one."""
    import polars as pl  # noqa: PLC0415 — heavy

    from tidewaiter.sources.table import SCHEMA  # noqa: PLC0415 — polars

    frame = pl.DataFrame(pl.from_arrow(_table(blob)))
    lacking = [name for name in ("release", *SCHEMA) if name not in frame.columns]
    if lacking:
        raise FaultsError([Fault(blob.name, f"the columns {', '.join(lacking)} are missing", _AGAIN)])
    frame = frame.select("release", *(pl.col(name).cast(kind) for name, kind in SCHEMA.items()))
    wrong = frame.filter(
        ~pl.col("value").is_finite() | pl.col("value").is_null() | (pl.col("last") < pl.col("first"))
    )
    if wrong.height:
        raise FaultsError([Fault(blob.name, f"{wrong.height} rows have no number or no period", _AGAIN)])
    row = pl.format("row {}", pl.int_range(1, pl.len() + 1))
    beside = pl.when(pl.col("cell") == "").then(row).otherwise(pl.format("{} ({})", row, "cell"))
    table = pl.concat_str("file", "sheet", separator=" › ").str.strip_suffix(" › ")
    return frame.with_columns(file=pl.lit(blob.name), sheet=table, cell=beside)


def _reading(frame: pl.DataFrame, told: dict[str, Any], release: Any) -> Reading:
    derived = int((frame["statistic"] != "level").sum())
    return Reading(
        dataset=str(told["dataset"]),
        edition=str(told["edition"]),
        title=str(told["title"]),
        publisher=Publisher(**told["publisher"]),
        observations=[],
        numeric_cells=frame.height,
        authority=int(told["authority"]),
        published=date.fromisoformat(told["published"]) if told["published"] else None,
        findings=(f"an export of {release}: {frame.height - derived} levels, {derived} derived",),
        table=frame,
    )
