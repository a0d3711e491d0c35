"""Observations of a file of millions of rows: distinct texts, small numbers a row, values.

A frame in the schema of :mod:`tidewaiter.sources.table` holds each text of each number once a row: for
seven million numbers that is gigabytes, and most of it says the same. Here a dimension is its distinct
labels and one small number a row (:class:`Resolved`), and the columns of numbers of a file stand side by
side over the same rows (:class:`Block`). The frame is built when it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from tidewaiter.model.period import MONTHS
from tidewaiter.sources.table import DEFAULTS, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DIMENSIONS = ("reporter", "flow", "commodity", "partner")
_TEXT = pl.String()
_MONTH = pl.Int32()


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

    def take(self, rows: pl.Series) -> Resolved:
        """The same of some rows, in their order."""
        return self if self.index is None else replace(self, index=self.index.gather(rows))


@dataclass(frozen=True)
class Lines:
    """Where rows stand in their file.

    Attributes:
        height: how many rows.
        word: ``line`` or ``row``.
        first: number of the first row of the file.
        kept: which of the file's rows these are; None: all.
        skipped: lines between that hold no row, sorted.
        places: where each row of the file stands, when counting does not tell it.
    """

    height: int
    word: str = "row"
    first: int = 1
    kept: pl.Series | None = None
    skipped: tuple[int, ...] = ()
    places: tuple[str, ...] = ()

    def numbers(self) -> pl.Series:
        """The line of each row; texts where the file's places are no lines."""
        if self.places:
            told = pl.Series("line", self.places, dtype=pl.String)
            return told if self.kept is None else told.gather(self.kept)
        at = self.kept if self.kept is not None else pl.int_range(self.height, eager=True, dtype=pl.Int64)
        line = at.cast(pl.Int64)
        if self.skipped:  # the nth line skipped (from 0) stands before the row it would have been, less n
            before = pl.Series([skipped - self.first - n for n, skipped in enumerate(self.skipped)])
            line = line + before.search_sorted(line, side="right").cast(pl.Int64)
        return (line + self.first).alias("line")

    def one(self, row: int) -> int | str:
        """The line of one row."""
        at = int(self.kept[row]) if self.kept is not None else row
        if self.places:
            return self.places[at]
        line = at + self.first
        for skipped in self.skipped:
            line += line >= skipped
        return line


@dataclass(frozen=True)
class Block:
    """One column of numbers over the rows.

    Attributes:
        values: the numbers; null where the cell has none.
        unit: of each.
        measure: of each, as in keys.
        flow: where it differs from the rows' own.
        period: first and last month, where all its numbers speak of one period.
        to_date: its numbers run from January to the end of the row's period.
        decimals: printed; None: full precision.
        preliminary: rows, where it differs from the rows' own.
        more: how many further rows were added to the row's number; null or 0: none.
    """

    values: pl.Series
    unit: Resolved
    measure: Resolved
    flow: str = ""
    period: tuple[int, int] | None = None
    to_date: bool = False
    decimals: int | None = None
    preliminary: pl.Series | None = None
    more: pl.Series | None = None

    @cached_property
    def count(self) -> int:
        """How many numbers it has."""
        return len(self.values) - self.values.null_count()

    def take(self, rows: pl.Series) -> Block:
        """The same of some rows, in their order."""
        return replace(
            self,
            values=self.values.gather(rows),
            unit=self.unit.take(rows),
            measure=self.measure.take(rows),
            preliminary=self.preliminary.gather(rows) if self.preliminary is not None else None,
            more=self.more.gather(rows) if self.more is not None else None,
        )


@dataclass(frozen=True)
class Blocks:
    """The observations of one file. Anything a frame can do is done by :attr:`frame`, built when asked.

    Attributes:
        file: its name.
        dimensions: name → labels and indices of reporter, flow, commodity and partner.
        period: likewise; labels are (first, last) months.
        lines: where the rows stand.
        blocks: the columns of numbers.
        preliminary: rows the publisher marks so; None: none.
        beside: columns whose texts are added to the place of each number.
    """

    file: str
    dimensions: dict[str, Resolved]
    period: Resolved
    lines: Lines
    blocks: tuple[Block, ...]
    preliminary: pl.Series | None = None
    beside: tuple[Resolved, ...] = field(default=())

    @property
    def rows(self) -> int:
        """How many rows the file has that count."""
        return self.lines.height

    @cached_property
    def height(self) -> int:
        """How many observations."""
        return sum(block.count for block in self.blocks)

    @cached_property
    def frame(self) -> pl.DataFrame:
        """All observations in the schema of :mod:`tidewaiter.sources.table`, a block after the other."""
        return self.select_only(list(SCHEMA))

    def select_only(self, columns: Sequence[str]) -> pl.DataFrame:
        """Some columns of all observations; the others are not built."""
        base = self._base({*columns})
        frames = [_observed(base, block, {*columns}) for block in self.blocks if block.count]
        whole = pl.concat(frames) if frames else pl.DataFrame(schema=SCHEMA)
        given = {**DEFAULTS, "file": self.file}
        missing = [name for name in columns if name not in whole.columns]
        filled = whole.with_columns(pl.lit(given[name], dtype=SCHEMA[name]).alias(name) for name in missing)
        return filled.select(pl.col(name).cast(SCHEMA[name]) for name in columns)

    def last_span(self) -> tuple[int, int]:
        """The last period that has a number, the longest of those that end with it: (first, last) month."""
        return self._span(lambda span: (-span[1], span[0]))

    def first_month(self) -> int:
        """The first month of all periods that have a number; open beginnings (0) aside."""
        return self._span(lambda span: (span[0] <= 0, span[0]))[0]

    def _span(self, order: Callable[[tuple[int, int]], Any]) -> tuple[int, int]:
        """The first period in an order that has a number."""
        spans: dict[tuple[int, int], list[tuple[Block, int | None]]] = {}
        for block in self.blocks:
            if block.period:
                spans.setdefault(block.period, []).append((block, None))
                continue
            for at, label in enumerate(self.period.labels):
                spans.setdefault(self._own_span(block, label), []).append((block, at))
        for span in sorted(spans, key=order):
            if any(self._has(block, at) for block, at in spans[span]):
                return span
        return 0, 0

    def _has(self, block: Block, at: int | None) -> bool:
        """A block has a number, of a period."""
        if at is None or self.period.index is None or not block.count:
            return block.count > 0
        return bool(((self.period.index == at) & block.values.is_not_null()).any())

    @property
    def is_single(self) -> bool:
        """No key and period can stand there twice, given that no two rows are alike in theirs.

        A column with a flow or period of its own makes rows alike that differ in theirs; two columns of one
        flow, measure and period are one series twice.
        """
        flows, spans = self.dimensions["flow"].labels, self.period.labels
        taken: set[tuple[str, str, tuple[int, int]]] = set()
        for block in self.blocks:
            own = [block.period] if block.period else [self._own_span(block, label) for label in spans]
            if (block.flow and len(flows) > 1) or len(own) != len(set(own)) or len(own) < len(spans):
                return False
            names = [block.flow] if block.flow else flows
            here = {
                (flow, measure, span) for flow in names for measure in block.measure.labels for span in own
            }
            if taken & here:
                return False
            taken |= here
        return True

    def _own_span(self, block: Block, label: Any) -> tuple[int, int]:
        """A period of the rows as a block tells it."""
        first, last = label or (0, 0)
        return (last - last % MONTHS if block.to_date else first), last

    def preliminary_at(self, last: int) -> Blocks:
        """The same, with the numbers of periods that end in a month marked preliminary."""
        ends = [bool(label) and label[1] == last for label in self.period.labels]
        if self.period.index is None:
            marks = pl.repeat(ends[0], n=self.rows, dtype=pl.Boolean, eager=True)
        else:
            marks = pl.Series(ends, dtype=pl.Boolean).gather(self.period.index)
        whole = self.preliminary | marks if self.preliminary is not None else marks
        blocks = [_marked(block, marks, last) for block in self.blocks]
        return replace(self, preliminary=whole, blocks=tuple(blocks))

    def marked(self) -> int:
        """How many numbers are preliminary."""
        count = 0
        for block in self.blocks:
            marks = block.preliminary if block.preliminary is not None else self.preliminary
            count += int((marks & block.values.is_not_null()).sum()) if marks is not None else 0
        return count

    def _base(self, wanted: set[str]) -> pl.DataFrame:
        """What is the same in all blocks, a row a row."""
        columns: dict[str, Any] = {
            name: part.column(_TEXT) for name, part in self.dimensions.items() if name in wanted
        }
        if wanted & {"first", "last"}:
            columns["first"] = self.period.column(_MONTH, lambda label: label[0] if label else 0)
            columns["last"] = self.period.column(_MONTH, lambda label: label[1] if label else 0)
        if "preliminary" in wanted and self.preliminary is not None:
            columns["preliminary"] = self.preliminary
        if "cell" in wanted:
            columns["cell"] = self.cells()
        return pl.select(pl.int_range(self.rows, dtype=pl.UInt32).alias("row")).with_columns(**columns)

    def cells(self) -> pl.Series:
        """The place of each row in the file: ``line 14``, with the texts that stand beside it."""
        told = pl.format(self.lines.word + " {}", self.lines.numbers())
        for part in self.beside:
            told = pl.format("{} ({})", told, part.column(_TEXT))
        return pl.select(cell=told)["cell"]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.frame, name)

    def __getitem__(self, name: Any) -> Any:
        return self.frame[name]


def _marked(block: Block, marks: pl.Series, last: int) -> Block:
    if block.period:
        marks = pl.repeat(block.period[1] == last, n=len(marks), dtype=pl.Boolean, eager=True)
    elif block.preliminary is None:
        return block
    return replace(block, preliminary=marks if block.preliminary is None else block.preliminary | marks)


def _observed(base: pl.DataFrame, block: Block, wanted: set[str]) -> pl.DataFrame:
    """The observations of one block: the wanted columns of it, of the base, and the number."""
    told: dict[str, Any] = {"value": block.values}
    for name, part in (("unit", block.unit), ("measure", block.measure)):
        if name in wanted:
            told[name] = part.column(_TEXT)
    if "preliminary" in wanted and ("preliminary" not in base.columns or block.preliminary is not None):
        told["preliminary"] = block.preliminary if block.preliminary is not None else pl.lit(value=False)
    if "decimals" in wanted:
        told["decimals"] = pl.lit(block.decimals, dtype=pl.Int16)
    frame = base.with_columns(**told)
    if "cell" in wanted and block.more is not None:
        several = pl.format("{} and {} more", pl.col("cell"), block.more)
        frame = frame.with_columns(cell=pl.when(block.more > 0).then(several).otherwise(pl.col("cell")))
    if block.values.null_count():
        frame = frame.filter(pl.col("value").is_not_null())
    if block.flow and "flow" in wanted:
        frame = frame.with_columns(flow=pl.lit(block.flow))
    if "first" in frame.columns and block.to_date:
        frame = frame.with_columns(first=pl.col("last") - pl.col("last") % MONTHS)
    if "first" in frame.columns and block.period:
        first, last = block.period
        frame = frame.with_columns(first=pl.lit(first, dtype=_MONTH), last=pl.lit(last, dtype=_MONTH))
    return frame.drop("row")
