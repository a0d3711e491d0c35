"""Where things stand on a sheet: titles, unit lines, header rows, period column, data rows.

Nothing is taken from a position. A block runs from one title row to the next; a title that stands
further right begins the second half of the same table; the cell ``年(月)別`` marks the header's first row
and the period column; the first row below it that names a year is the first row of data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from tidewaiter.errors import Fault
from tidewaiter.sources.grid import ref
from tidewaiter.sources.mof_release.rows import is_dated
from tidewaiter.sources.mof_release.titles import Title, read_title
from tidewaiter.sources.mof_release.words import PERIOD_HEADERS, chinese, heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.sources.grid import Grid

_UNIT = re.compile(r"\((?:金額)?單位:(?P<inside>.+)\)\Z|(?:金額)?單位:(?P<unit>.*)\Z")


@dataclass(frozen=True)
class HeaderCell:
    """One text of a column's header and where it stands."""

    text: str
    row: int
    column: int


@dataclass(frozen=True)
class Half:
    """The columns under one title cell.

    Attributes:
        title: the title, read.
        first: its first column.
        last: its last column.
        unit: the words after ``單位：``, empty when there are none.
        unit_at: where they stand, the title's own cell when there are none.
    """

    title: Title
    first: int
    last: int
    unit: str
    unit_at: tuple[int, int]


@dataclass(frozen=True)
class Block:
    """One table on a sheet (or one of two that stand below each other).

    Attributes:
        grid: the sheet.
        top: its title row.
        header: its first header row.
        data: its first row of data.
        end: the row after its last.
        labels: the columns that name the periods.
        halves: the parts side by side.
    """

    grid: Grid
    top: int
    header: int
    data: int
    end: int
    labels: tuple[int, ...]
    halves: tuple[Half, ...]
    _filled: dict[tuple[int, int], HeaderCell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in range(self.header, self.data):
            for column in range(self.grid.width):
                if (cell := self._fill(row, column)) is not None:
                    self._filled[row, column] = cell

    def half_of(self, column: int) -> Half:
        """The part a column belongs to."""
        return next(half for half in reversed(self.halves) if half.first <= column or half is self.halves[0])

    def label_of(self, column: int) -> int | None:
        """The period column that serves a data column: the nearest on its left."""
        return max((label for label in self.labels if label < column), default=None)

    def has_header(self, column: int) -> bool:
        """Some header cell is the column's own (a merge counts, what is filled from the left does not)."""
        return any(self.grid.text(row, column) for row in range(self.header, self.data))

    def path(self, column: int) -> list[HeaderCell]:
        """The column's header from top to bottom, each text once."""
        cells: dict[tuple[int, int], HeaderCell] = {}
        for row in range(self.header, self.data):
            if (cell := self._filled.get((row, column))) is not None:
                cells.setdefault((cell.row, cell.column), cell)
        return list(cells.values())

    def _fill(self, row: int, column: int) -> HeaderCell | None:
        """What heads a column in one header row; an empty cell belongs to the name on its left.

        Not so when a header above it begins in this very column, or when the left cell is a statistic:
        ``金額`` is never meant for its neighbour.
        """
        if text := self.grid.text(row, column):
            return HeaderCell(text, *self.grid.anchor(row, column))
        left = self._filled.get((row, column - 1))
        if left is None or heading(left.text) or column - 1 in self.labels or self._starts(row, column):
            return None
        return left

    def _starts(self, row: int, column: int) -> bool:
        if any(half.first == column for half in self.halves[1:]) and self._has_name(column):
            return True  # a title may also stand over the second column of a name: 金額 | 年增率
        return any(
            self.grid.text(above, column) and self.grid.anchor(above, column)[1] == column
            for above in range(self.header, row)
        )

    def _has_name(self, column: int) -> bool:
        texts = (self.grid.text(row, column) for row in range(self.header, self.data))
        return any(text and heading(text) is None for text in texts)


def titles_of(grid: Grid, last: int | None = None) -> list[tuple[int, int, Title]]:
    """Every title cell of a sheet (of its rows before ``last``)."""
    found = grid.texts(0, grid.height if last is None else last)
    return [(row, column, title) for row, column, text in found if (title := read_title(text))]


def find_blocks(grid: Grid, file: str, faults: list[Fault]) -> Iterator[Block]:
    """The tables of a sheet. What is missing goes to ``faults``."""
    titles = titles_of(grid)
    tops = sorted({row for row, _, _ in titles})
    for top, end in pairwise([*tops, grid.height]):
        here = sorted(((column, title) for row, column, title in titles if row == top), key=lambda t: t[0])
        block = _block(grid, (top, end), here)
        if isinstance(block, Block):
            yield block
        else:
            faults.append(Fault(f"{file} › {grid.sheet} › {block.cell}", block.problem))


@dataclass(frozen=True)
class _NoBlock:
    cell: str
    problem: str


def _block(grid: Grid, rows: tuple[int, int], titles: list[tuple[int, Title]]) -> Block | _NoBlock:
    top, end = rows
    labels = [(row, column) for row, column, text in grid.texts(top, end) if chinese(text) in PERIOD_HEADERS]
    if not labels:
        return _NoBlock(ref(top, titles[0][0]), "the table has no column 年(月)別, which names the periods")
    header = min(row for row, _ in labels)
    columns = tuple(sorted({column for _, column in labels}))
    data = next((row for row in range(header + 1, end) if is_dated(grid.text(row, columns[0]))), None)
    if data is None:
        return _NoBlock(ref(*labels[0]), "no row below this header names a year")
    return Block(grid, top, header, data, end, columns, _halves(grid, top, data, titles))


def _halves(grid: Grid, top: int, data: int, titles: list[tuple[int, Title]]) -> tuple[Half, ...]:
    """The parts side by side, each with its own unit line, or with that of another part."""
    units = [
        ((row, column), chinese(match["inside"] or match["unit"]))
        for row, column, text in grid.texts(top, data)
        if (match := _UNIT.match(text))
    ]
    halves = []
    starts = [column for column, _ in titles]
    for (first, title), after in zip(titles, [*starts[1:], grid.width], strict=True):
        own = [unit for unit in units if first <= unit[0][1] < after]
        at, unit = (own or units or [((top, first), "")])[0]
        halves.append(Half(title, first, after - 1, unit, at))
    return tuple(halves)
