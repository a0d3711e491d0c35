"""Tables with what is printed around them: number and caption, unit, notes below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.sources.documents.numbers import is_missing, shown_number
from tidewaiter.sources.documents.parts import Line, Table
from tidewaiter.sources.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tidewaiter.sources.documents.parts import Part
    from tidewaiter.sources.grid import Cell

_CAPTION = re.compile(
    r"\s*(?P<name>附?表\s*[\d一二三四五六七八九十]+|Table\s*\d+)(?:[\s、:：.．]+|(?=\D))(?P<topic>\S.*)",
    re.IGNORECASE,
)
_UNIT = re.compile(r"[(（]?\s*(?:單位|unit)\s*[:：]\s*(?P<unit>.+?)\s*[)）]?\Z", re.IGNORECASE)
_UNIT_WITHIN = re.compile(
    r"[(（]\s*(?:單位|unit)\s*[:：]\s*(?P<unit>[^()（）]+)[)）]|(?<=\S)\s*(?:單位|\bunit)\s*[:：]\s*(?P<tail>.+)\Z",
    re.IGNORECASE,
)
_FOOT = re.compile(r"\s*(?:資料來源|說明|附?註|備註|Source|Note)s?\s*\d*\s*[:：]", re.IGNORECASE)
_ABOVE = 4  # lines between a caption and its table
_LONG = 60


@dataclass(frozen=True)
class Titled:
    """A table with its surroundings.

    Attributes:
        name: ``表1``; of a table without number, the place it has among the tables: ``table 2``.
        caption: the rest of the caption, empty when nothing stands above the table.
        unit: what follows 單位：, empty when nothing does.
        table: header and rows.
        foot: source and notes.
        where: where it begins.
    """

    name: str
    caption: str
    unit: str
    table: Table
    foot: tuple[str, ...]
    where: str


def titled(parts: Sequence[Part]) -> Iterator[Titled]:
    """Every table with two columns or more and a number in it."""
    above: list[Line] = []
    number = 0
    for at, part in enumerate(parts):
        if isinstance(part, Line):
            above.append(part)
            continue
        inside, table, below = _cut(part)
        if count_numbers(table):
            number += 1
            lines = [*above[-_ABOVE:], *inside]
            foot = [*below, *_foot(parts[at + 1 :])]
            yield _titled(lines, table, tuple(foot), f"table {number}")
            above = []
        else:
            above += [*inside, *(Line(text, part.where[0]) for text in below if part.where)]


def count_numbers(table: Table) -> int:
    """Numbers in the cells of a table, whatever they mean."""
    return sum(
        1
        for row in table.grid.rows
        for cell in row
        if isinstance(cell, str) and shown_number(cell) is not None
    )


def _titled(lines: list[Line], table: Table, foot: tuple[str, ...], name: str) -> Titled:
    unit = caption = ""
    where = table.where[0] if table.where else ""
    for line in reversed(lines):
        text = line.text
        if found := _UNIT_WITHIN.search(text):
            unit, text = unit or found["unit"] or found["tail"], _UNIT_WITHIN.sub("", text).strip()
        elif found := _UNIT.match(text):
            unit = unit or found["unit"]
            continue
        if match := _CAPTION.fullmatch(text):
            return Titled(
                "".join(match["name"].split()), match["topic"].strip(), unit, table, foot, line.where
            )
        if not caption and text and len(text) <= _LONG and "。" not in text and not _FOOT.match(text):
            caption, where = text, line.where
    return Titled(name, caption, unit, table, foot, where)


def _foot(after: Sequence[Part]) -> Iterator[str]:
    for part in after:
        if not isinstance(part, Line) or not _FOOT.match(part.text):
            return
        yield part.text


def _cut(table: Table) -> tuple[list[Line], Table, list[str]]:
    """Lines above, the table itself, lines below: on a sheet captions and notes are rows, too."""
    grid = table.grid
    first, last = 0, grid.height
    above: list[Line] = []
    while first < last and len(texts := row_texts(grid, first)) <= 1 and stands_first(grid, first):
        if texts:
            above.append(Line(texts[0], table.where[first]))
        first += 1
    below: list[str] = []
    while last > first and len(texts := row_texts(grid, last - 1)) <= 1:
        if texts and shown_number(texts[0]) is not None:
            break
        below[:0] = texts
        last -= 1
    rows: list[list[Cell]] = grid.rows[first:last]
    anchors = {
        (row - first, column): (home - first, left)
        for (row, column), (home, left) in grid.anchors.items()
        if first <= row < last and home >= first
    }
    return above, Table(Grid(grid.sheet, rows, anchors), table.where[first:last]), below


def stands_first(grid: Grid, row: int) -> bool:
    """The row's only text stands in the first column or over nearly all: it heads no single column."""
    at = next((column for column, cell in enumerate(grid.rows[row]) if cell), 0)
    covered = sum(1 for (r, _), home in grid.anchors.items() if r == row and home == (row, at))
    return at == 0 or covered >= grid.width - 1


def row_texts(grid: Grid, row: int) -> list[str]:
    """The texts of a row, each merge once."""
    return [cell for cell in grid.rows[row] if isinstance(cell, str) and cell]


def is_value(text: str) -> bool:
    """A number, or a sign that there is none."""
    return bool(text) and (shown_number(text) is not None or is_missing(text))
