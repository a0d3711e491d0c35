"""Comma-separated files: the header found by content, columns by name, rows checked for their length."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tidewaiter.model.observation import Place
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.printed import count_numbers
from tidewaiter.sources.watching import EVERY, tell_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from tidewaiter.sources.gathering import Gathering
    from tidewaiter.sources.protocol import Blob

    Mend = Callable[[list[str], list[str]], list[str] | None]

_HEADER_WITHIN = 10  # rows; offices put a title above the header at times
_SNIFFED = 16_384  # characters; enough for ten rows


@dataclass(frozen=True, slots=True)
class Line:
    """One row of data.

    Attributes:
        number: line of the file, from 1.
        cells: folded column name → text.
    """

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[fold(column)].strip()

    def get(self, column: str) -> str:
        """The text of a column, empty when the file has no such column."""
        return self.cells.get(fold(column), "").strip()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A delimited file.

    Attributes:
        file: its name.
        header: column names as printed.
        lines: rows of data.
        numeric_cells: how many numbers stand in the rows, whatever the column.
    """

    file: str
    header: tuple[str, ...]
    lines: tuple[Line, ...]
    numeric_cells: int

    def place(self, line: Line, column: str) -> Place:
        """Where a cell stands: ``line 14, 美元(千元)``."""
        return Place(self.file, "", f"line {line.number}, {column}")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    for row in reader:
        yield reader.line_num, row


def _is_header(row: list[str], required: Collection[str]) -> bool:
    return {fold(name) for name in required} <= {fold(cell) for cell in row}


def header_of(blob: Blob, required: Collection[str]) -> tuple[str, ...]:
    """The header as printed when the first rows hold one with the required columns, else empty."""
    try:
        for _, row in islice(_rows(blob.text[:_SNIFFED]), _HEADER_WITHIN):
            if _is_header(row, required):
                return tuple(cell.strip() for cell in row)
    except csv.Error:
        pass
    return ()


def read_sheet(blob: Blob, required: Collection[str], found: Gathering, mend: Mend | None = None) -> Sheet:
    """All rows below the header.

    Args:
        blob: the file.
        required: columns that make a row the header.
        found: where faults go: a row of another length, a broken quote, a column named twice.
        mend: given header and a row of another length, the row as it was meant, or None.
    """
    header: list[str] = []
    lines: list[Line] = []
    numbers = 0
    try:
        for number, row in _rows(blob.text):
            if not header:
                header = _header(row, required, found)
            elif any(cell.strip() for cell in row):
                if lines and len(lines) % EVERY == 0:
                    tell_rows(blob.name, len(lines))
                fitted = row if len(row) == len(header) else mend(header, row) if mend else None
                if fitted is None:
                    problem = f"the row has {len(row)} cells, the header {len(header)}"
                    found.fault(f"line {number}", problem, "quote cells that hold commas")
                    continue
                numbers += count_numbers(fitted)
                lines.append(Line(number, dict(zip((fold(name) for name in header), fitted, strict=True))))
    except csv.Error as error:
        found.fault(f"line {lines[-1].number + 1 if lines else 1}", f"not readable as CSV: {error}")
    return Sheet(blob.name, tuple(header), tuple(lines), numbers)


def _header(row: list[str], required: Collection[str], found: Gathering) -> list[str]:
    if not _is_header(row, required):
        return []
    header = [cell.strip() for cell in row]
    for name in sorted({name for name in header if header.count(name) > 1}):
        found.fault("header", f"the column {name!r} is there twice")
    return header
