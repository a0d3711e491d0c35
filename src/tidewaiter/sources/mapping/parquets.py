"""Parquet as columns: texts by their distinct values, numbers as they are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa
from pyarrow import parquet

from tidewaiter.errors import UnparsableError
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.mapping.tab import Tabular

if TYPE_CHECKING:
    from collections.abc import Collection

    from tidewaiter.sources.protocol import Blob


def read_parquet(blob: Blob, required: Collection[str], wanted: Collection[str]) -> Tabular | None:
    """The wanted columns (all, when none are named); None when a required one is missing.

    Raises:
        UnparsableError: the bytes do not read as Parquet.
    """
    try:
        schema = parquet.read_schema(pa.BufferReader(blob.data))
        if not {fold(name) for name in required} <= {fold(name) for name in schema.names}:
            return None
        folded = {fold(name) for name in wanted}
        names = [name for name in schema.names if fold(name) in folded] if wanted else schema.names
        return Tabular(blob.name, _columns(blob.data, schema, names))
    except (OSError, pa.ArrowException, pl.exceptions.PolarsError) as error:
        raise UnparsableError(f"not readable as Parquet: {str(error)[:200]}", where=blob.name) from error


def _columns(data: bytes, schema: pa.Schema, names: list[str]) -> pa.Table:
    """Arrow keeps the file's dictionaries, polars is quicker with floats: each does its part."""
    kinds = {name: schema.field(name).type for name in names}
    texts = [
        name for name in names if pa.types.is_string(kinds[name]) or pa.types.is_large_string(kinds[name])
    ]
    floats = [name for name in names if pa.types.is_float64(kinds[name])]
    others = [name for name in names if name not in floats]
    if len(set(names)) < len(names) or not floats or not others:
        return _by_arrow(data, names, texts, threads=True)
    with ThreadPoolExecutor(1) as beside:
        numbers = beside.submit(partial(pl.read_parquet, data, columns=floats, use_pyarrow=False))
        table = _by_arrow(data, others, texts, threads=False)
        held = numbers.result().to_arrow()
    given = {name: held.column(name) for name in floats} | {name: table.column(name) for name in others}
    return pa.table({name: given[name] for name in names})


def _by_arrow(data: bytes, names: list[str], texts: list[str], *, threads: bool) -> pa.Table:
    file = parquet.ParquetFile(pa.BufferReader(data), read_dictionary=texts, pre_buffer=False)
    return file.read(columns=names, use_threads=threads)
