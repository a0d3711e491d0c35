"""Columns of texts → codes, once a distinct text. Millions of rows cost as much as their distinct texts.

A column becomes its distinct texts and one small number a row (:class:`Coded`); a dimension becomes its
distinct codes and one small number a row (:class:`Resolved`). A text that resolves to nothing is one
fault, told with its first line and how many rows hold it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa

from tidewaiter.errors import TidewaiterError
from tidewaiter.sources.mapping.tabular import Tabular, cell_text

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


@dataclass(frozen=True)
class Resolved:
    """A dimension as distinct labels and one index a row; no index: one label for all rows."""

    labels: list[Any]
    index: pl.Series | None = None

    def column(
        self, kind: pl.DataType, pick: Callable[[Any], Any] = lambda label: label
    ) -> pl.Series | pl.Expr:
        """One value a row."""
        if self.index is None:
            return pl.lit(pick(self.labels[0]), dtype=kind)
        return pl.Series([pick(label) for label in self.labels], dtype=kind).gather(self.index)


class Rows:
    """The rows that count, and where each stands in the file."""

    def __init__(self, tab: Tabular, kept: pl.Series | None) -> None:
        self.file = tab.file
        self.table = tab.table if kept is None else tab.table.take(kept.to_arrow())
        self.height = self.table.num_rows
        self._kept = kept
        self._coded: dict[str, Coded] = {}
        self._skipped = sorted(tab.skipped)
        self._places = tab.places
        many = len(self._skipped) > _MANY
        self.word = "row" if many else tab.word
        self._first = 1 if many else tab.first

    def lines(self) -> pl.Series:
        """The line of each row."""
        if self._places:
            places = pl.Series("line", self._places, dtype=pl.String)
            return places if self._kept is None else places.gather(self._kept)
        at = self._kept if self._kept is not None else pl.int_range(self.height, eager=True, dtype=pl.Int64)
        line = at.cast(pl.Int64) + self._first
        if len(self._skipped) <= _MANY:
            for skipped in self._skipped:
                line = line + (line >= skipped).cast(pl.Int64)
        return line.alias("line")

    def place(self, row: int, column: str) -> str:
        """``line 14, partnerCode``."""
        return f"{self.word} {self._one(row)}, {column}"

    def _one(self, row: int) -> int | str:
        if self._places:
            return self._places[int(self._kept[row]) if self._kept is not None else row]
        line = int(self._kept[row]) + self._first if self._kept is not None else row + self._first
        if len(self._skipped) <= _MANY:
            for skipped in self._skipped:
                line += line >= skipped
        return line

    def coded(self, column: str) -> Coded:
        """A column of the table, encoded once."""
        if column not in self._coded:
            self._coded[column] = encode(self.table.column(column))
        return self._coded[column]

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


def encode(column: pa.ChunkedArray) -> Coded:
    """A column as distinct texts and indices."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    column = column.unify_dictionaries()
    if not column.num_chunks:
        return Coded([], pl.Series("at", [], dtype=pl.UInt32))
    array = column.combine_chunks() if column.num_chunks > 1 else column.chunk(0)
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0)
    texts = [cell_text(value).strip() for value in array.dictionary.to_pylist()]
    index = pl.Series("at", pl.from_arrow(array.indices))
    if index.null_count():
        index = index.fill_null(len(texts))
        texts.append("")
    return Coded(texts, index.cast(pl.UInt32).alias("at"))


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
    return Resolved(list(labels), pl.Series(ids, dtype=pl.UInt32).gather(coded.index).alias("at"))


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
