"""Rows of a table without ruling lines: cells that stand below each other are a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tidewaiter.check.formats.lines import Rows
    from tidewaiter.check.formats.printed import Cell, Printed

_FULL = 0.6  # of the cells of the fullest row: a row that tells where columns are
_NUMBERS = 0.25  # of the cells of a table are numbers, else it is text in columns
_FEW = 2


def aligned(lines: list[Printed]) -> Rows | None:
    """The rows of some lines with each cell in its column; None when they are no table of numbers.

    Args:
        lines: neighbouring lines whose gaps are those of rows.
    """
    cells = [cell for line in lines for cell in line.cells]
    if len(lines) < _FEW or sum(cell.number for cell in cells) < _NUMBERS * len(cells):
        return None
    columns = _columns(lines)
    return [_placed(line.cells, columns) for line in lines] if len(columns) >= _FEW else None


def _columns(lines: list[Printed]) -> list[tuple[float, float]]:
    """Where columns stand: what the cells of the fuller rows cover, from left to right."""
    most = max(len(line.cells) for line in lines)
    covered = sorted(
        (cell.x0, cell.x1) for line in lines if len(line.cells) >= _FULL * most for cell in line.cells
    )
    columns: list[tuple[float, float]] = []
    for x0, x1 in covered:
        if columns and x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _placed(cells: Iterable[Cell], columns: list[tuple[float, float]]) -> list[str]:
    row = [""] * len(columns)
    for cell in cells:
        at = min(range(len(columns)), key=lambda at: _distance(cell, columns[at]))
        row[at] = f"{row[at]} {cell.text}".strip()
    return row


def _distance(cell: Cell, column: tuple[float, float]) -> tuple[float, float]:
    """How far a cell is from a column: overlap counts first, then the way between their left edges."""
    overlap = min(cell.x1, column[1]) - max(cell.x0, column[0])
    return (-min(overlap, 1.0) if overlap > 0 else -overlap, abs(cell.x0 - column[0]))
