"""Tables: a tree of column heads, rows of a kind, cells that carry figures.

>>> table = Table(1, "出口", (Column("總值", (Column("金額"), Column("年增率"))), Column("占比")), ())
>>> [[(head.label, head.across, head.down) for head in line] for line in table.head()]
[[('總值', 2, 1), ('占比', 1, 2)], [('金額', 1, 1), ('年增率', 1, 1)]]
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from tidewaiter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

RowKind: TypeAlias = Literal["item", "total", "year", "month", "cumulative", "difference", "section"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or the common head of several."""

    label: str
    below: tuple[Column, ...] = ()

    @property
    def leaves(self) -> int:
        """How many columns of cells it spans."""
        return sum(each.leaves for each in self.below) if self.below else 1

    @property
    def depth(self) -> int:
        """How many lines of heads it needs."""
        return 1 + max((each.depth for each in self.below), default=0)

    def paths(self) -> Iterator[tuple[str, ...]]:
        """The labels from here down to each column of cells."""
        if not self.below:
            yield (self.label,)
        for each in self.below:
            yield from ((self.label, *path) for path in each.paths())


@dataclass(frozen=True, slots=True)
class Head:
    """A head cell as laid out: its label, how many columns across and lines down."""

    label: str
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell.

    Attributes:
        text: as printed; ``-`` where it does not apply.
        value: unrounded, in the unit of the column; None where it does not apply.
        figure: identity, None for what is no figure.
        decimals: decimals printed, for alignment at the point; read from the text when not given.
    """

    text: str
    value: float | None = None
    figure: str | None = None
    decimals: int | None = None

    @property
    def places(self) -> int:
        """Decimals printed."""
        if self.decimals is not None:
            return self.decimals
        return len(self.text.partition(".")[2].rstrip(" )%"))


@dataclass(frozen=True, slots=True)
class Row:
    """A row. ``section`` rows (年增率(%)) open a block and hold no cells; ``level`` indents the label."""

    label: str
    cells: tuple[Cell, ...] = ()
    kind: RowKind = "item"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        number: 表1 is 1.
        caption: without the number.
        columns: heads of the columns of cells (the row labels' column is ``stub``).
        rows: each with one cell a column; section rows with none.
        unit: the unit line (``單位：億美元；%``), without the word 單位.
        stub: head of the row labels.
        folds: indices of top columns before which paper folds the table; empty lets the paper decide.
    """

    kind: ClassVar[str] = "table"
    number: int
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    stub: str = ""
    notes: tuple[str, ...] = ()
    source: str = ""
    folds: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            wanted = 0 if row.kind == "section" else self.width
            if len(row.cells) != wanted:
                raise UsageError(
                    f"row {row.label!r} has {len(row.cells)} cells, its table {wanted} columns",
                    where=f"table {self.number}",
                )

    @property
    def width(self) -> int:
        """Columns of cells."""
        return sum(each.leaves for each in self.columns)

    def head(self) -> list[list[Head]]:
        """The head, line by line."""
        depth = max((each.depth for each in self.columns), default=1)
        lines: list[list[Head]] = [[] for _ in range(depth)]
        for column in self.columns:
            _lay(column, 0, lines)
        return lines

    def paths(self) -> list[tuple[str, ...]]:
        """For each column of cells the labels above it."""
        return [path for column in self.columns for path in column.paths()]

    def figures(self) -> Iterator[str]:
        """Identities in its cells, row by row."""
        return (cell.figure for row in self.rows for cell in row.cells if cell.figure)

    def blocks(self) -> Iterator[tuple[Row | None, tuple[Row, ...]]]:
        """Section rows with the rows that follow them; None for rows before any section."""
        section: Row | None = None
        rows: list[Row] = []
        for row in self.rows:
            if row.kind != "section":
                rows.append(row)
                continue
            if rows or section:
                yield section, tuple(rows)
            section, rows = row, []
        if rows or section:
            yield section, tuple(rows)

    def folded(self, most: int) -> tuple[Table, ...]:
        """Stacked parts with at most about ``most`` columns of cells, heads never cut."""
        bounds = [0, *(self.folds or _balance(self.columns, most)), len(self.columns)]
        if len(bounds) == 2:  # noqa: PLR2004  (nothing to fold: start and end)
            return (self,)
        parts: list[Table] = []
        at = 0
        for start, end in pairwise(bounds):
            columns = self.columns[start:end]
            width = sum(each.leaves for each in columns)
            rows = tuple(replace(row, cells=row.cells[at : at + width]) for row in self.rows)
            parts.append(replace(self, columns=columns, rows=rows, folds=()))
            at += width
        return tuple(parts)

    def shortfalls(self) -> dict[int, tuple[int, ...]]:
        """By row index, the decimals each cell lacks to its column's longest: what to pad on the right.

        Columns are aligned within one section, since each has decimals of its own. Rows of differences
        are left alone: amounts and rates take turns there.
        """
        lacks: dict[int, tuple[int, ...]] = {
            at: (0,) * self.width for at, row in enumerate(self.rows) if row.kind == "difference"
        }
        groups: dict[int, list[int]] = {}
        section = 0
        for at, row in enumerate(self.rows):
            section += row.kind == "section"
            if row.kind not in ("section", "difference"):
                groups.setdefault(section, []).append(at)
        for members in groups.values():
            most = [max(self.rows[at].cells[c].places for at in members) for c in range(self.width)]
            for at in members:
                cells = self.rows[at].cells
                lacks[at] = tuple(_pad(cell, top) for cell, top in zip(cells, most, strict=True))
        return lacks


def _pad(cell: Cell, most: int) -> int:
    return most - cell.places if cell.value is not None else 0


def _lay(column: Column, line: int, lines: list[list[Head]]) -> None:
    down = 1 if column.below else len(lines) - line
    lines[line].append(Head(column.label, column.leaves, down))
    for each in column.below:
        _lay(each, line + 1, lines)


def _balance(columns: tuple[Column, ...], most: int) -> tuple[int, ...]:
    total = sum(each.leaves for each in columns)
    parts = -(-total // most)
    folds: list[int] = []
    seen = 0
    for at, column in enumerate(columns):
        if at and len(folds) < parts - 1 and seen + column.leaves / 2 > total / parts * (len(folds) + 1):
            folds.append(at)
        seen += column.leaves
    return tuple(folds)
