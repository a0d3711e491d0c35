"""The tables of the monthly release inside a document, put on grids as its workbooks have them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.errors import Fault
from tidewaiter.sources.documents.numbers import shown_number, unmarked
from tidewaiter.sources.grid import Grid, PrintedFloat, column_name, squash
from tidewaiter.sources.mof_release.cells import Harvest, read_block
from tidewaiter.sources.mof_release.layout import find_blocks
from tidewaiter.sources.mof_release.rows import is_row
from tidewaiter.sources.mof_release.titles import read_title
from tidewaiter.sources.mof_release.words import PERIOD_HEADERS, heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidewaiter.sources.documents.captions import Titled
    from tidewaiter.sources.grid import Cell

_REF = re.compile(r"\b([A-Z]{1,3})(\d+)\b")
_TOP = 2  # rows put above a table: title and unit


def is_release(titled: Titled) -> bool:
    """The caption is the title of one of the release's tables, and its rows are periods."""
    grid = titled.table.grid
    title = read_title(squash(f"{titled.name}、{titled.caption}"))
    if (title is None or title.dimension is None) and not _own_titles(grid):
        return False
    labels = (squash(str(row[0])) for row in grid.rows if row)
    return sum(is_row(unmarked(label)[0]) for label in labels) > 1


def _own_titles(grid: Grid) -> bool:
    """The first row holds the titles of halves side by side."""
    found = (read_title(squash(str(cell))) for cell in grid.rows[0] if cell) if grid.rows else ()
    return any(title is not None and title.dimension is not None for title in found)


def read_tables(file: str, tables: Sequence[Titled]) -> tuple[Harvest, int]:
    """What the tables gave, and how many numbers stand in them. Places are those of the document."""
    whole = Harvest(file)
    numbers = 0
    for titled in tables:
        one = Harvest(file)
        grid, where = release_grid(titled)
        for block in find_blocks(grid, file, one.faults):
            read_block(block, one)
        numbers += sum(1 for _ in grid.numbers())
        _gather(whole, one, where)
    return whole, numbers


def release_grid(titled: Titled) -> tuple[Grid, list[str]]:
    """The table below a row with its title and one with its unit, and the place of each row."""
    source = titled.table.grid
    header = next((at for at, row in enumerate(source.rows) if _labelled(row)), source.height)
    own = _own_titles(source)
    top = 0 if own else _TOP
    rows: list[list[Cell]] = [
        [f"{titled.name}、{titled.caption}"],
        [f"單位：{titled.unit}"] if titled.unit else [],
    ]
    where = [titled.where, titled.where]
    rows, where = rows[:top], where[:top]
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    split = header == 1 and _has_joined(source.rows[0])
    if split:
        names, statistics = zip(*(_apart(str(cell)) for cell in source.rows[0]), strict=True)
        rows += [list(names), list(statistics)]
        where += [titled.table.where[0]] * 2
    else:
        anchors = {
            (r + top, c): (home + top, left)
            for (r, c), (home, left) in source.anchors.items()
            if r < header and home < header
        }
        first = _first_names(source, header) if own else 0
        rows += [_with_period_header(source, at, (first, header)) for at in range(header)]
        where += titled.table.where[:header]
    for at in range(header, source.height):
        rows.append([_cell(cell, column) for column, cell in enumerate(source.rows[at])])
        where.append(titled.table.where[at])
    for note in titled.foot:
        rows.append([note])
        where.append(titled.where)
    return Grid(_name(titled, own=own), rows, anchors), where


def _name(titled: Titled, *, own: bool) -> str:
    titles = (read_title(squash(str(cell))) for cell in titled.table.grid.rows[0]) if own else ()
    return next((f"表{title.number}" for title in titles if title is not None), titled.name)


def _labelled(row: Sequence[Cell]) -> bool:
    return bool(row) and isinstance(row[0], str) and is_row(squash(unmarked(row[0])[0]))


def _first_names(grid: Grid, header: int) -> int:
    """The first header row below titles and units that stand on the grid itself."""
    return next(
        (
            at
            for at in range(1, header)
            if not any(squash(str(cell)).startswith("單位:") for cell in grid.rows[at])
        ),
        1,
    )


def _with_period_header(grid: Grid, at: int, names: tuple[int, int]) -> list[Cell]:
    """A header row. The head of the periods, set halfway down on paper or left out, goes to the first."""
    first, header = names
    row = list(grid.rows[at])
    heads = {squash(str(grid.own(r, 0))) for r in range(first, header)} - {""}
    if row and at >= first and heads <= PERIOD_HEADERS:
        row[0] = "年(月)別" if at == first else ""
    return row


def _has_joined(row: Sequence[Cell]) -> bool:
    return sum(bool(_apart(str(cell))[1]) for cell in row) > 1


def _apart(text: str) -> tuple[str, str]:
    """``出口 年增率`` → 出口, 年增率: a heading in one line that stood in two."""
    name, _, last = text.rstrip().rpartition(" ")
    return (name, last) if name and heading(squash(last)) is not None else (text, "")


def _cell(cell: Cell, column: int) -> Cell:
    """A label without marks, a number as printed."""
    if not isinstance(cell, str):
        return cell
    if column == 0 and is_row(squash(unmarked(cell)[0])):
        return unmarked(cell)[0]
    shown = shown_number(cell)
    return (
        cell if shown is None else PrintedFloat.of(shown.value, shown.decimals, preliminary=shown.preliminary)
    )


def _gather(whole: Harvest, one: Harvest, where: list[str]) -> None:
    """Add what one table gave, its cells named by their places in the document."""

    def place(cell: str) -> str:
        match = _REF.search(cell)
        if match is None or not 0 < int(match[2]) <= len(where):
            return cell
        return f"{where[int(match[2]) - 1]}, column {_number(match[1])}"

    for seen in one.observations:
        told = replace(seen.place, cell=place(seen.place.cell))
        whole.observations.append(replace(seen, place=told))
    for fault in one.faults:
        head, _, cell = fault.place.rpartition(" › ")
        whole.faults.append(
            Fault(f"{head} › {place(cell)}" if head else fault.place, fault.problem, fault.hint)
        )
    whole.layout += one.layout
    whole.months |= one.months
    whole.pending += [place(cell) for cell in one.pending]
    whole.shorter += [_REF.sub(lambda m: place(m[0]), cell, count=1) for cell in one.shorter]
    whole.notes += one.notes


def _number(letters: str) -> int:
    at = 0
    while column_name(at) != letters:
        at += 1
    return at + 1
