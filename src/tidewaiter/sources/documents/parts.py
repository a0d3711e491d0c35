"""The parts of a document: lines of text and tables, in reading order, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from tidewaiter.errors import Fault, FaultsError
from tidewaiter.sources.documents.numbers import flat
from tidewaiter.sources.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tidewaiter.sources.grid import Cell

MAX_CELLS = 400_000
"""Of one table: more is no table that somebody reads."""
MAX_SPAN = 512
"""Columns or rows that one cell may cover."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a line on paper."""

    text: str
    where: str


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        grid: its cells as texts; merged cells by their anchors.
        where: the place of each row: ``page 3, line 12`` or ``table 2, row 5``.
    """

    grid: Grid
    where: tuple[str, ...]


Part: TypeAlias = Line | Table


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell as marked up: its words, the columns and rows it covers."""

    text: str
    across: int = 1
    down: int = 1


def refusal(name: str, problem: str, hint: str = "") -> FaultsError:
    """The error of a document that cannot be read."""
    return FaultsError([Fault(name, problem, hint)])


@dataclass
class Laid:
    """Rows of spanned cells put on a grid."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    anchors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    where: list[str] = field(default_factory=list)

    def add(self, cells: Iterable[Spanned], where: str) -> None:
        """One more row.

        Raises:
            FaultsError: the table is larger than any that is read.
        """
        row = len(self.rows)
        line: list[Cell] = []
        for cell in cells:
            while (row, len(line)) in self.anchors:
                line.append("")
            across, down = (max(1, min(span, MAX_SPAN)) for span in (cell.across, cell.down))
            at = len(line)
            line += [flat(cell.text), *[""] * (across - 1)]
            if across > 1 or down > 1:
                self._merge(row, at, across, down)
            if len(line) > MAX_SPAN or len(self.anchors) > MAX_CELLS:
                raise refusal(self.name, f"a table with more than {MAX_SPAN} columns ({where})")
        self.rows.append(line)
        self.where.append(where)
        if len(self.rows) * max(len(line), 1) > MAX_CELLS:
            raise refusal(self.name, f"a table of more than {MAX_CELLS} cells ({where})")

    def _merge(self, row: int, column: int, across: int, down: int) -> None:
        for r in range(row, row + down):
            for c in range(column, column + across):
                self.anchors[r, c] = (row, column)

    def table(self) -> Table:
        """The table; merges that run below its last row are cut."""
        anchors = {at: home for at, home in self.anchors.items() if at[0] < len(self.rows)}
        return Table(Grid("", self.rows, anchors), tuple(self.where))
