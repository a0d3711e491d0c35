"""No key twice: rows alike in key are found, added where they are parts of one number, or told."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from tidewaiter.sources.blocks import Block, Resolved
    from tidewaiter.sources.gathering import Gathering
    from tidewaiter.sources.mapping.resolve import Rows, Telling
    from tidewaiter.sources.mapping.spec import Mapping

_LISTED = 20
_NARROW = 1 << 31  # keys up to here fit in half the memory
_MARKED = 1 << 28  # keys up to here are marked one by one in a field of this many bytes


@dataclass(frozen=True)
class Keys:
    """The key of each row as one number.

    Attributes:
        parts: period, flow, reporter, partner, commodity.
        packed: the numbers; None where all parts are the same for all rows.
        size: how many keys there could be.
    """

    parts: tuple[Resolved, ...]
    packed: pl.Series | None
    size: int

    @classmethod
    def of(cls, parts: tuple[Resolved, ...]) -> Keys:
        """Packed with the part of most labels first: offices sort files by commodity."""
        varying = [part for part in parts if part.index is not None]
        varying.sort(key=lambda part: -len(part.labels))
        size = math.prod(len(part.labels) for part in varying)
        kind = np.uint32 if size < _NARROW else np.int64
        packed: np.ndarray | None = None
        for part in varying:
            at = part.index.to_numpy()  # type: ignore[union-attr]
            if packed is None:
                packed = at.astype(kind)
                continue
            packed *= kind(len(part.labels))
            packed += at if kind is np.uint32 else at.astype(kind)
        return cls(parts, pl.Series("packed", packed) if packed is not None else None, size)

    def repeated(self, height: int) -> pl.Series | None:
        """Which rows share their key with another; None: no row does."""
        if self.packed is None:
            return pl.repeat(value=True, n=height, dtype=pl.Boolean, eager=True) if height > 1 else None
        if _distinct(self.packed.to_numpy(), self.size):
            return None
        return self.packed.is_duplicated()

    def or_one(self, height: int) -> pl.Series:
        """The numbers, for frames."""
        if self.packed is not None:
            return self.packed
        return pl.repeat(0, n=height, dtype=pl.UInt32, eager=True).alias("packed")

    def told(self, row: int) -> tuple[str, int, int]:
        """The key of a row as in keys, and its period."""
        labels = [part.labels[0 if part.index is None else part.index[row]] for part in self.parts]
        period, flow, reporter, partner, commodity = labels
        first, last = period or (0, 0)
        return f"{reporter}.{flow}.{commodity}.{partner}", first, last


def _distinct(packed: np.ndarray, size: int) -> bool:
    """No number is there twice."""
    if (packed[1:] > packed[:-1]).all():
        return True
    if len(packed) > size:
        return False
    if size <= min(_MARKED, 64 * len(packed)):
        seen = np.zeros(size, np.bool_)
        seen[packed] = True
        return int(np.count_nonzero(seen)) == len(packed)
    return int(pl.Series(packed).n_unique()) == len(packed)


def told_apart(mapping: Mapping, rows: Rows, packed: pl.Series, found: Gathering) -> None:
    """Rows that add up must differ in what parts them: a row given twice would count twice."""
    packed = packed.cast(pl.Int64)
    for column in mapping.parts:
        coded = rows.coded(column)
        packed = packed * len(coded.texts) + coded.index.cast(pl.Int64)
    if packed.n_unique() == len(packed):
        return
    again = packed.is_duplicated().arg_true()
    columns = ", ".join(mapping.parts)
    problem = f"{len(again)} rows are alike in key and parts ({columns}): one of them would count twice"
    found.fault(rows.place(int(again[0]), columns), problem)


def _shared(block: Block, twice: pl.Series, packed: pl.Series, preliminary: pl.Series | None) -> pl.DataFrame:
    """The numbers of rows that share their key: row, key, unit, value and mark."""
    at = (twice & block.values.is_not_null()).arg_true()
    unit = block.unit.index.gather(at) if block.unit.index is not None else pl.lit(0, pl.UInt32)
    marks = preliminary.gather(at) if preliminary is not None else pl.lit(value=False)
    return pl.select(row=at).with_columns(
        packed=packed.gather(at), unit=unit, value=block.values.gather(at), preliminary=marks
    )


def added(block: Block, twice: pl.Series, packed: pl.Series, preliminary: pl.Series | None) -> Block:
    """Rows that are parts of one number, added; the place is the first part's."""
    shared = _shared(block, twice, packed, preliminary)
    sums = shared.group_by("packed", "unit", maintain_order=True).agg(
        pl.col("row").first(), pl.col("value").sum(), pl.len().alias("many"), pl.col("preliminary").any()
    )
    values = block.values.scatter(shared["row"], None).scatter(sums["row"], sums["value"])
    more = pl.zeros(len(values), dtype=pl.UInt32, eager=True)
    more = more.scatter(sums["row"], (sums["many"] - 1).cast(pl.UInt32))
    marks = preliminary
    if preliminary is not None:
        marks = preliminary.clone().scatter(sums["row"], sums["preliminary"])
    return replace(block, values=values, more=more, preliminary=marks)


def without_twins(block: Block, twice: pl.Series, keys: Keys, telling: Telling) -> Block:
    """A key given twice: with one value it counts once (a finding), with two it is a fault."""
    found, column = telling.found, telling.column
    shared = _shared(block, twice, keys.or_one(telling.rows.height), None)
    groups = shared.group_by("packed", "unit").agg(
        pl.len(), pl.col("value").n_unique().alias("values"), pl.col("row").sort()
    )
    groups = groups.filter(pl.col("len") > 1)
    if groups.is_empty():
        return block
    split = groups.filter(pl.col("values") > 1).sort(pl.col("row").list.first())
    for row in split.head(_LISTED).iter_rows(named=True):
        _tell(block, row["row"], keys, telling)
    if split.height > _LISTED:
        found.fault(column, f"{split.height - _LISTED} more series and periods are given twice")
    if same := int((groups.filter(pl.col("values") == 1)["len"] - 1).sum()):
        found.findings.append(f"{same} rows repeat a number of {column} and count once")
    again = groups.select(pl.col("row").list.slice(1).explode())["row"]
    return replace(block, values=block.values.scatter(again, None))


def _tell(block: Block, at: list[int], keys: Keys, telling: Telling) -> None:
    first, second = at[0], at[1]
    key, *span = keys.told(second)
    if block.flow:
        reporter, _, rest = key.split(".", 2)
        key = f"{reporter}.{block.flow}.{rest}"
    start, end = block.period or span
    lines = telling.rows.lines
    telling.found.fault(
        telling.rows.place(second, telling.column),
        f"{key} {Period(start, end)} is {block.values[second]:g} here and {block.values[first]:g} at "
        f"{lines.word} {lines.one(first)}" + (f" ({len(at)} rows)" if len(at) > 2 else ""),  # noqa: PLR2004
        "one series has one number a period: a condition (where) is missing, or a part of the key",
    )
