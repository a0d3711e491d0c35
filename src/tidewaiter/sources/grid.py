"""A worksheet as a grid: every cell by row and column, merged cells filled, A1 references.

Office tables are laid out for the eye: a header spans its columns by a merge, of which only the first
cell holds the text. :meth:`Grid.value` answers for the whole merge, :meth:`Grid.own` for the cell alone,
so headers are read through the first and numbers are counted through the second.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from python_calamine import CalamineError

from tidewaiter.errors import UnparsableError
from tidewaiter.sources.workbooks import opened, within

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime, time, timedelta

    from python_calamine import CalamineSheet

    Cell: TypeAlias = int | float | str | bool | time | date | datetime | timedelta

_LETTERS = 26


class PrintedFloat(float):
    """A number that was printed: it knows its decimals, where a workbook holds the full double.

    Attributes:
        decimals: as printed.
        preliminary: a (p) stands beside it.
    """

    decimals: int = 0
    preliminary: bool = False

    @classmethod
    def of(cls, value: float, decimals: int, *, preliminary: bool = False) -> PrintedFloat:
        """A number as printed."""
        made = cls(value)
        made.decimals, made.preliminary = decimals, preliminary
        return made


@dataclass(frozen=True)
class Grid:
    """One worksheet. Rows and columns count from zero; ``ref`` gives the name a reader knows.

    Attributes:
        sheet: the sheet's name.
        rows: its cells, ``""`` where empty.
        anchors: each cell inside a merge → the cell that holds the merge's content.
    """

    sheet: str
    rows: list[list[Cell]]
    anchors: dict[tuple[int, int], tuple[int, int]]

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """How many columns its widest row has."""
        return max(map(len, self.rows), default=0)

    def own(self, row: int, column: int) -> Cell:
        """What the cell itself holds, ``""`` outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell whose content shows here: itself, or the first cell of its merge."""
        return self.anchors.get((row, column), (row, column))

    def value(self, row: int, column: int) -> Cell:
        """What shows here, merges filled."""
        return self.own(*self.anchor(row, column))

    def text(self, row: int, column: int) -> str:
        """What shows here as squashed text (see :func:`squash`); numbers and blanks give ``""``."""
        shown = self.value(row, column)
        return squash(shown) if isinstance(shown, str) else ""

    def number(self, row: int, column: int) -> float | None:
        """The cell's own number, None when it holds none."""
        held = self.own(row, column)
        return held if isinstance(held, int | float) and not isinstance(held, bool) else None

    def numbers(self) -> Iterator[tuple[int, int, float]]:
        """Every numeric cell, row by row."""
        for at, row in enumerate(self.rows):
            for column in range(len(row)):
                if (value := self.number(at, column)) is not None:
                    yield at, column, value

    def texts(self, first: int, last: int) -> Iterator[tuple[int, int, str]]:
        """Squashed text cells (each merge once) of the rows ``first`` to ``last``, ``last`` not included."""
        for row in range(max(first, 0), min(last, self.height)):
            for column, held in enumerate(self.rows[row]):
                if isinstance(held, str) and (text := squash(held)):
                    yield row, column, text


def squash(text: str) -> str:
    """Half-width forms, no blanks of any kind: ``年 增 率`` → ``年增率``, ``單位：％`` → ``單位:%``."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def column_name(column: int) -> str:
    """The letters of a column: 0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def ref(row: int, column: int) -> str:
    """The A1 reference of a cell: (16, 2) → C17."""
    return f"{column_name(column)}{row + 1}"


def read_grids(data: bytes) -> list[Grid]:
    """Every worksheet of a workbook, in its order.

    Raises:
        UnparsableError: the bytes are no workbook.
    """
    book = opened(data)
    try:
        return within(lambda: [_grid(book.get_sheet_by_name(name)) for name in book.sheet_names])
    except CalamineError as fault:
        raise UnparsableError(f"the bytes are no workbook: {fault}") from fault


def _grid(sheet: CalamineSheet) -> Grid:
    rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    anchors = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                anchors[row, column] = (top, left)
    return Grid(sheet.name, rows, anchors)
