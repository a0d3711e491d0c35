"""Parquet and Arrow files of observations: the store's own columns, typed, with the releases described.

Columns of the schema of :mod:`tidewaiter.sources.table`, before them ``release``, ``key`` and ``period`` as
texts. The description of each release stands in the file's metadata under ``tidewaiter``, as JSON.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa
from pyarrow import ipc, parquet

from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.sources.interchange import FORMAT, MARK
from tidewaiter.sources.table import KEY_COLUMNS, SCHEMA

if TYPE_CHECKING:
    from typing import Any, BinaryIO

    from tidewaiter.model.release import Release
    from tidewaiter.store.interchange.extract import Extract

_ROW_GROUP = 131_072


def to_arrow(extract: Extract) -> pa.Table:
    """The observations as an Arrow table with the releases in its metadata."""
    table = extract.table
    keys = _texts(table.select(KEY_COLUMNS), lambda row: str(Key(*row)))
    periods = _texts(table.select("first", "last"), lambda row: str(Period(*row)))
    shown = table.select(
        "release",
        pl.Series("key", keys, dtype=pl.String),
        pl.Series("period", periods, dtype=pl.String),
        *SCHEMA,
    )
    told = {"format": FORMAT, "releases": {release.id: _told(release) for release in extract.releases}}
    arrow = shown.to_arrow()
    return arrow.replace_schema_metadata({MARK: json.dumps(told, ensure_ascii=False)})


def write_parquet(extract: Extract, file: BinaryIO) -> None:
    """Write a Parquet file."""
    parquet.write_table(to_arrow(extract), file, compression="zstd", row_group_size=_ROW_GROUP)


def write_arrow(extract: Extract, file: BinaryIO) -> None:
    """Write an Arrow (IPC, Feather) file."""
    arrow = to_arrow(extract)
    with ipc.new_file(file, arrow.schema) as writer:
        writer.write_table(arrow, max_chunksize=_ROW_GROUP)


def _texts(rows: pl.DataFrame, write: Any) -> list[str]:
    done: dict[tuple[Any, ...], str] = {}
    return [done[row] if row in done else done.setdefault(row, write(row)) for row in rows.iter_rows()]


def _told(release: Release) -> dict[str, Any]:
    day = None if release.published_inferred else release.published.isoformat()
    return {
        "dataset": release.dataset,
        "edition": release.edition,
        "title": release.title,
        "published": day,
        "publisher": asdict(release.publisher),
        "authority": release.authority,
    }
