"""A tabular file as columns: CSV, JSON, a workbook's first sheet, Parquet.

Texts are read by arrow as text, so leading zeros stay. A row of another length than the header is a
fault with its line, never filled up or cut. Numbers of a typed file (Parquet) keep their type.
"""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from tidewaiter.errors import TidewaiterError, UnparsableError
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.mapping.csvs import Wanted, as_utf8, encoding_of, read_text
from tidewaiter.sources.mapping.jsons import rows_of_json
from tidewaiter.sources.mapping.parquets import read_parquet
from tidewaiter.sources.mapping.shape import is_laid_out, shaped, text_rows
from tidewaiter.sources.mapping.tab import Head, Tabular, cell_text, unique
from tidewaiter.sources.workbooks import opened, within

if TYPE_CHECKING:
    from collections.abc import Collection

    from tidewaiter.sources.mapping.spec import FileSpec
    from tidewaiter.sources.protocol import Blob

__all__ = [
    "Head",
    "Tabular",
    "all_rows",
    "cell_text",
    "count_rows",
    "encoding_of",
    "head_of",
    "read_table",
    "unique",
]
_HEAD = 65_536  # bytes looked at to find the header
_HEADER_WITHIN = 15  # lines
_LARGE = 1 << 23  # bytes; the lines of a larger text are counted by their ends
_PIECE = 1 << 26  # bytes looked at together
_DELIMITERS = (",", ";", "\t", "|")
_SHEETS = 20  # names of sheets that are listed


def count_rows(blob: Blob) -> int:
    """How many rows of data a file that is no workbook holds, whatever its layout."""
    if blob.data[:4] == b"PAR1":
        return int(parquet.read_metadata(pa.BufferReader(blob.data)).num_rows)
    head = head_of(blob)
    if head.format == "json":
        found = rows_of_json(blob.data)
        return len(found[1]) if found else 0
    if len(blob.data) > _LARGE and not head.encoding.startswith("utf-16"):
        return max(_count_lines(blob.data) - 1, 0)
    lines = blob.data.splitlines() if not head.encoding.startswith("utf-16") else blob.data.split(b"\n")
    return max(sum(1 for line in lines if line.strip(b" \0\r")) - 1, 0)


def _count_lines(data: bytes) -> int:
    """Lines that do not end where they begin, by the bytes that follow the ends of others."""
    signs = np.frombuffer(data, np.uint8)
    count = int(signs[0] not in b"\r\n")
    for start in range(0, len(signs) - 1, _PIECE):
        piece = signs[start : start + _PIECE + 1]
        after = piece[1:][piece[:-1] == ord("\n")]
        count += int(((after != ord("\n")) & (after != ord("\r"))).sum())
    return count


@lru_cache(maxsize=4)
def head_of(blob: Blob) -> Head:
    """The first look at a file. Never raises."""
    try:
        return _head(blob)
    except (ValueError, LookupError, OSError, pa.ArrowException, csv.Error, RecursionError, TidewaiterError):
        return Head()


def _head(blob: Blob) -> Head:
    data = blob.data
    if data[:4] == b"PAR1":
        return Head("parquet", (tuple(parquet.read_schema(pa.BufferReader(data)).names),))
    if blob.is_workbook:
        return Head("xlsx", tuple(tuple(row) for row in islice(_sheet(blob), _HEADER_WITHIN)))
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Head()
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in {b"[", b"{"}:
        found = rows_of_json(data)
        return Head("json", (tuple(found[0]),)) if found else Head()
    encoding = encoding_of(data)
    text = data[:_HEAD].decode(encoding, errors="ignore")
    delimiter = _delimiter(text)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    return Head("csv", tuple(tuple(row) for row in islice(rows, _HEADER_WITHIN)), encoding, delimiter)


def _delimiter(text: str) -> str:
    """The sign that parts the first lines into most cells, alike in all of them."""
    lines = [line for line in text.splitlines()[:_HEADER_WITHIN] if line.strip()]
    if not lines:
        return _DELIMITERS[0]

    def cells(sign: str) -> int:
        counts = sorted(len(next(csv.reader([line], delimiter=sign), [])) for line in lines)
        return counts[len(counts) // 2]

    tabs = {line.count("\t") for line in lines}
    if len(tabs) == 1 and tabs != {0}:
        return "\t"  # alike in all lines: commas stand within the cells then
    return max(_DELIMITERS, key=cells)


def read_table(
    blob: Blob,
    spec: FileSpec,
    required: Collection[str],
    wanted: Collection[str] = (),
    numbers: Collection[str] = (),
) -> Tabular | None:
    """The file in columns; None when no row names the required columns.

    Of a typed or large file only the ``wanted`` columns are read (all, when none are named), and of a text
    those of ``numbers`` as numbers where all their cells are.
    """
    head = head_of(blob)
    kind = spec.format or head.format
    if kind in {"csv", "xlsx", "json"} and is_laid_out(spec):
        return _laid_out(blob, spec, head)
    if kind == "parquet":
        return read_parquet(blob, required, wanted)
    if kind == "json":
        names, rows = rows_of_json(blob.data) or ((), [])
        return Tabular(blob.name, _from_rows(list(names), rows)) if _has(names, required) else None
    if kind == "xlsx":
        return _workbook(blob, spec, required)
    return read_text(blob, spec, head, required, Wanted.of(wanted, numbers))


def _laid_out(blob: Blob, spec: FileSpec, head: Head) -> Tabular | None:
    """A table for the eye: several rows of names, periods across the top, notes below."""
    found = shaped(blob.name, all_rows(blob, spec, head), spec)
    if found is None:
        return None
    word = "line" if head.format == "csv" else "row"
    return Tabular(blob.name, found.table(), 1, word, faults=found.faults, places=found.places)


def all_rows(blob: Blob, spec: FileSpec, head: Head) -> list[list[str]]:
    """Every row of a file as texts, those above the names too."""
    kind = spec.format or head.format
    if kind == "xlsx":
        return _sheet(blob, spec.sheet)
    if kind == "json":
        names, rows = rows_of_json(blob.data) or ((), [])
        return [list(names), *([cell_text(cell) for cell in row] for row in rows)]
    data = as_utf8(blob.data, spec.encoding or head.encoding or encoding_of(blob.data))
    if data is None:
        raise UnparsableError(f"the text is not {spec.encoding or head.encoding} throughout", where=blob.name)
    delimiter = {"tab": "\t"}.get(spec.delimiter, spec.delimiter) or head.delimiter or ","
    try:
        return text_rows(data.decode(), delimiter)
    except csv.Error as error:
        raise UnparsableError(f"not readable as CSV: {error}", where=blob.name) from error


def _has(names: Collection[str], required: Collection[str]) -> bool:
    return {fold(name) for name in required} <= {fold(name) for name in names}


def _from_rows(names: list[str], rows: list[list[Any]]) -> pa.Table:
    texts = [[cell_text(row[at]) if at < len(row) else "" for row in rows] for at in range(len(names))]
    return pa.table([pa.array(column, pa.string()) for column in texts], names=unique(names))


def sheets_of(blob: Blob) -> tuple[str, ...]:
    """The names of a workbook's sheets.

    Raises:
        UnparsableError: it is no workbook.
    """
    return tuple(opened(blob.data, blob.name).sheet_names)


def _sheet(blob: Blob, name: str = "") -> list[list[str]]:
    from python_calamine import CalamineError  # noqa: PLC0415 — only for workbooks

    book = opened(blob.data, blob.name)
    if not book.sheet_names or (name and name not in book.sheet_names):
        shown = ", ".join(book.sheet_names[:_SHEETS]) or "none"
        raise UnparsableError(f"there is no sheet {name!r}", hint=f"sheets: {shown}", where=blob.name)
    try:
        sheet = within(lambda: book.get_sheet_by_name(name or book.sheet_names[0]), blob.name)
        rows = within(lambda: sheet.to_python(skip_empty_area=False), blob.name)
    except CalamineError as error:
        raise UnparsableError(f"not readable as a workbook: {error}", where=blob.name) from error
    return [[cell_text(cell) for cell in row] for row in rows]


def _workbook(blob: Blob, spec: FileSpec, required: Collection[str]) -> Tabular | None:
    rows = _sheet(blob, spec.sheet)
    shown = Head("xlsx", tuple(tuple(row) for row in rows[:_HEADER_WITHIN]))
    at = spec.header - 1 if spec.header else shown.header(required)
    if at is None or at >= len(rows):
        return None
    body = rows[at + 1 :]
    blank = [n for n, row in enumerate(body) if not any(cell.strip() for cell in row)]
    kept = [row for row in body if any(cell.strip() for cell in row)]
    first = at + 2
    return Tabular(
        blob.name, _from_rows(list(rows[at]), list(kept)), first, "row", [first + n for n in blank]
    )
