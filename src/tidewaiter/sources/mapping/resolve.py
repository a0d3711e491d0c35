"""Columns of texts → codes, once a distinct text. Millions of rows cost as much as their distinct texts.

A column becomes its distinct texts and one small number a row (:class:`Coded`); a dimension becomes its
distinct codes and one small number a row (:class:`~tidewaiter.sources.blocks.Resolved`). A text that
resolves to nothing is one fault, told with its first line and how many rows hold it.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pyarrow as pa

from tidewaiter.errors import TidewaiterError
from tidewaiter.sources.blocks import Lines, Resolved
from tidewaiter.sources.mapping.tabular import Tabular, cell_text
from tidewaiter.sources.printed import is_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tidewaiter.sources.gathering import Gathering

_MANY = 1000  # skipped lines past which rows are told instead
_LISTED = 40  # unmatched texts of one column that are listed


@dataclass(frozen=True)
class Coded:
    """A column as distinct texts and one index a row."""

    texts: list[str]
    index: pl.Series

    def used(self) -> dict[int, int]:
        """Index of a text → how many rows hold it."""
        counts = self.index.value_counts()
        return dict(zip(counts[self.index.name].to_list(), counts["count"].to_list(), strict=True))


class Rows:
    """The rows that count, and where each stands in the file."""

    def __init__(self, tab: Tabular, kept: pl.Series | None) -> None:
        self.file = tab.file
        self.table = tab.table if kept is None else tab.table.take(kept.to_arrow())
        self.height = self.table.num_rows
        self._coded: dict[str, Coded] = {}
        many = len(tab.skipped) > _MANY
        self.lines = Lines(
            self.height,
            "row" if many else tab.word,
            1 if many else tab.first,
            kept,
            () if many else tuple(sorted(tab.skipped)),
            tuple(tab.places),
        )

    def place(self, row: int, column: str) -> str:
        """``line 14, partnerCode``."""
        return f"{self.lines.word} {self.lines.one(row)}, {column}"

    def prepare(self, columns: Sequence[str]) -> None:
        """Encode columns side by side: arrow does it without holding the others up."""
        names = [c for c in dict.fromkeys(columns) if c in self.table.column_names and c not in self._coded]
        with ThreadPoolExecutor(max_workers=2) as beside:
            found = beside.map(encode, [self.table.column(name) for name in names])
            self._coded |= dict(zip(names, found, strict=True))

    def coded(self, column: str) -> Coded:
        """A column of the table, encoded once."""
        if column not in self._coded:
            self._coded[column] = encode(self.table.column(column))
        return self._coded[column]

    def numeric(self, tab: Tabular) -> int:
        """How many cells of the whole file are numbers, whatever they mean."""
        whole = tab.table is self.table
        return sum(
            numeric_cells(column, partial(self.coded if whole else partial(_encoded, tab.table), name))
            for name, column in zip(tab.table.column_names, tab.table.columns, strict=True)
        )

    def joined(self, columns: Sequence[str]) -> Coded:
        """One or several columns as one, their texts with a blank between."""
        first, *others = (self.coded(column) for column in columns)
        for other in others:
            width = len(other.texts)
            pairs = (first.index.cast(pl.Int64) * width + other.index.cast(pl.Int64)).alias("at")
            distinct = pairs.unique().sort()
            texts = [f"{first.texts[at // width]} {other.texts[at % width]}".strip() for at in distinct]
            first = Coded(texts, distinct.search_sorted(pairs).cast(pl.UInt32).alias("at"))
        return first


def _encoded(table: pa.Table, name: str) -> Coded:
    return encode(table.column(name))


def numeric_cells(column: pa.ChunkedArray, coded: Callable[[], Coded]) -> int:
    """How many cells of a column are numbers, whatever they mean."""
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return int(len(column) - column.null_count)
    if pa.types.is_boolean(column.type) or pa.types.is_temporal(column.type):
        return 0
    told = coded()
    flags = np.array([text.isdecimal() or is_number(text) for text in told.texts], np.bool_)
    if not flags.any():
        return 0
    if flags.all():
        return len(told.index)
    return int(flags[told.index.to_numpy()].sum())


def encode(column: pa.ChunkedArray) -> Coded:
    """A column as distinct texts and indices."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    if not column.num_chunks:
        return Coded([], pl.Series("at", [], dtype=pl.UInt32))
    column = column.unify_dictionaries()
    texts = [
        (v if isinstance(v, str) else cell_text(v)).strip() for v in column.chunk(0).dictionary.to_pylist()
    ]
    pieces = [np.asarray(_indices(chunk.indices, len(texts))).view(np.uint32) for chunk in column.chunks]
    if column.null_count:
        texts.append("")
    return Coded(texts, pl.Series("at", pieces[0] if len(pieces) == 1 else np.concatenate(pieces)))


def _indices(indices: pa.Array, blank: int) -> pa.Array:
    """Indices of 32 bits, an empty cell's beyond the others."""
    filled = indices.fill_null(blank) if indices.null_count else indices
    return filled if filled.type == pa.int32() else filled.cast(pa.int32())


@dataclass(frozen=True)
class Telling:
    """Where the faults of a column go and how they are placed.

    Attributes:
        rows: for places.
        column: its name, for places.
        found: where faults go.
        said: index of a text → what else to tell in its fault (the name beside a code).
    """

    rows: Rows
    column: str
    found: Gathering
    said: Callable[[int], str] = lambda _: ""


def resolve(coded: Coded, read: Callable[[str], Any], telling: Telling) -> Resolved:
    """Read each distinct text once; what cannot be read is a fault.

    Args:
        coded: the column.
        read: text → label; raises one of our errors.
        telling: where the faults go.
    """
    labels: dict[Any, int] = {}
    ids: list[int] = []
    wrong: dict[int, TidewaiterError] = {}
    for at, text in enumerate(coded.texts):
        try:
            label = read(text)
        except TidewaiterError as error:
            wrong[at] = error
            ids.append(0)
            continue
        ids.append(labels.setdefault(label, len(labels)))
    if wrong:
        _tell(coded, wrong, telling)
    if not labels:
        labels[None] = 0
    if ids == list(range(len(ids))):
        return Resolved(list(labels), coded.index)
    places = np.array(ids, np.uint32)[coded.index.to_numpy()]
    return Resolved(list(labels), pl.Series("at", places))


def _tell(coded: Coded, wrong: dict[int, TidewaiterError], telling: Telling) -> None:
    counts = coded.used()
    used = sorted((at for at in wrong if counts.get(at)), key=lambda at: -counts[at])
    for at in used[:_LISTED]:
        first = coded.index.index_of(at)
        error = wrong[at]
        many = f"{counts[at]} rows" if counts[at] > 1 else "1 row"
        problem = f"{error.detail}{telling.said(at)} ({many})"
        telling.found.fault(telling.rows.place(int(first or 0), telling.column), problem, error.hint)
    if len(used) > _LISTED:
        left = ", ".join(coded.texts[at] for at in used[_LISTED:][:9])
        telling.found.fault(telling.column, f"{len(used) - _LISTED} more texts cannot be read", left)
