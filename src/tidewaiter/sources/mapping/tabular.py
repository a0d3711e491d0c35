"""A tabular file as columns: CSV, JSON, a workbook's first sheet, Parquet.

Texts are read by arrow as text, so leading zeros stay. A row of another length than the header is a
fault with its line, never filled up or cut. Numbers of a typed file (Parquet) keep their type.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv as arrow_csv
from pyarrow import compute, parquet

from tidewaiter.errors import Fault, TidewaiterError, UnparsableError
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.mapping.jsons import rows_of_json
from tidewaiter.sources.mapping.shape import is_laid_out, shaped, text_rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from tidewaiter.sources.mapping.spec import FileSpec
    from tidewaiter.sources.protocol import Blob

_HEAD = 65_536  # bytes looked at to find the header
_HEADER_WITHIN = 15  # lines
_DELIMITERS = (",", ";", "\t", "|")
_SHEETS = 20  # names of sheets that are listed
_FAULTS = 50  # faults of one kind that are listed; the others are counted
_TOO_LONG = 10_000_000  # characters in one line: no table of an office has that


@dataclass(frozen=True)
class Head:
    """What a look at the start of a file tells.

    Attributes:
        format: csv, json, xlsx, parquet; empty: none of these.
        rows: the first rows of a text, or the column names of another format as one row.
        encoding: of a text.
        delimiter: of a text.
    """

    format: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    encoding: str = ""
    delimiter: str = ""

    def header(self, required: Collection[str]) -> int | None:
        """The row (from 0) that names the required columns."""
        wanted = {fold(name) for name in required}
        for at, row in enumerate(self.rows):
            if wanted <= {fold(cell) for cell in row}:
                return at
        return None


@dataclass
class Tabular:
    """A file in columns.

    Attributes:
        file: its name.
        table: columns by name, data rows only.
        first: line of the first data row (1: rows are counted from the first).
        word: ``line`` where lines can be counted, else ``row``.
        skipped: lines between that hold no row (blank ones).
        faults: rows that could not be read.
        places: where each row stands, when counting from the first does not tell it.
    """

    file: str
    table: pa.Table
    first: int = 1
    word: str = "row"
    skipped: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def count_rows(blob: Blob) -> int:
    """How many rows of data a file that is no workbook holds, whatever its layout."""
    if blob.data[:4] == b"PAR1":
        return int(parquet.read_metadata(pa.BufferReader(blob.data)).num_rows)
    head = head_of(blob)
    if head.format == "json":
        found = rows_of_json(blob.data)
        return len(found[1]) if found else 0
    lines = blob.data.splitlines() if not head.encoding.startswith("utf-16") else blob.data.split(b"\n")
    return max(sum(1 for line in lines if line.strip(b" \0\r")) - 1, 0)


def encoding_of(data: bytes) -> str:
    """UTF-8 (with or without BOM), Big5 where that reads, else Windows Latin.

    A text in Latin-1 with few accents often is valid Big5 by chance, so Big5 must also give no
    unusual sign: its characters have to be Chinese.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    cut = data[:_HEAD]
    for encoding in ("utf-8-sig", "cp950"):
        for short in range(4):  # the cut may go through a character
            try:
                text = cut[: len(cut) - short].decode(encoding)
            except UnicodeDecodeError:
                continue
            if encoding == "utf-8-sig" or _is_chinese(text):
                return encoding
            break
    return "cp1252"


def _is_chinese(text: str) -> bool:
    foreign = [sign for sign in text if ord(sign) > 0x7F]  # noqa: PLR2004 — beyond ASCII
    common = sum(
        "\u4e00" <= sign <= "\u9fff" or "\u3000" <= sign <= "\u30ff" or sign > "\uff00" for sign in foreign
    )
    runs = sum(a > "\u3000" and b > "\u3000" for a, b in pairwise(text))
    return bool(foreign) and common > 0.9 * len(foreign) and runs > 0.3 * len(foreign)


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

    return max(_DELIMITERS, key=cells)


def read_table(
    blob: Blob, spec: FileSpec, required: Collection[str], wanted: Collection[str] = ()
) -> Tabular | None:
    """The file in columns; None when no row names the required columns.

    Of a typed file only the ``wanted`` columns are read (all, when none are named).
    """
    head = head_of(blob)
    kind = spec.format or head.format
    if kind in {"csv", "xlsx", "json"} and is_laid_out(spec):
        return _laid_out(blob, spec, head)
    if kind == "parquet":
        return _parquet(blob, required, wanted)
    if kind == "json":
        names, rows = rows_of_json(blob.data) or ((), [])
        return Tabular(blob.name, _from_rows(list(names), rows)) if _has(names, required) else None
    if kind == "xlsx":
        return _workbook(blob, spec, required)
    return _text(blob, spec, head, required)


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
    data = _as_utf8(blob.data, spec.encoding or head.encoding or encoding_of(blob.data))
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


def cell_text(value: Any) -> str:
    """A cell as text: whole numbers without ``.0``, no words for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def unique(names: list[str]) -> list[str]:
    """Column names told apart: a second ``qty`` becomes ``qty.2``; an empty one ``column 4``."""
    done: list[str] = []
    for at, name in enumerate(names, 1):
        plain = name.strip() or f"column {at}"
        count = 1
        while (shown := plain if count == 1 else f"{plain}.{count}") in done:
            count += 1
        done.append(shown)
    return done


def _parquet(blob: Blob, required: Collection[str], wanted: Collection[str]) -> Tabular | None:
    try:
        schema = parquet.read_schema(pa.BufferReader(blob.data))
    except (OSError, pa.ArrowException) as error:
        raise UnparsableError(f"not readable as Parquet: {str(error)[:200]}", where=blob.name) from error
    if not _has(schema.names, required):
        return None
    folded = {fold(name) for name in wanted}
    names = [name for name in schema.names if fold(name) in folded] if wanted else schema.names
    texts = [
        n
        for n in names
        if pa.types.is_string(schema.field(n).type) or pa.types.is_large_string(schema.field(n).type)
    ]
    try:
        table = parquet.read_table(pa.BufferReader(blob.data), columns=names, read_dictionary=texts)
    except (OSError, pa.ArrowException) as error:
        raise UnparsableError(f"not readable as Parquet: {str(error)[:200]}", where=blob.name) from error
    return Tabular(blob.name, table)


def _sheet(blob: Blob, name: str = "") -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 — only for workbooks

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(blob.data))
        if name and name not in book.sheet_names:
            shown = ", ".join(book.sheet_names[:_SHEETS])
            raise UnparsableError(f"there is no sheet {name!r}", hint=f"sheets: {shown}", where=blob.name)
        sheet = book.get_sheet_by_name(name) if name else book.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
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


def _text(blob: Blob, spec: FileSpec, head: Head, required: Collection[str]) -> Tabular | None:
    delimiter = {"tab": "\t"}.get(spec.delimiter, spec.delimiter) or head.delimiter or ","
    encoding = spec.encoding or head.encoding or encoding_of(blob.data)
    data = _as_utf8(blob.data, encoding)
    if data is None:
        return Tabular(
            blob.name, pa.table({}), faults=[Fault(blob.name, f"the text is not {encoding} throughout")]
        )
    lines = [line.decode(errors="replace") for line in data[:_HEAD].split(b"\n")[:_HEADER_WITHIN]]
    rows = tuple(tuple(next(csv.reader([line.rstrip("\r")], delimiter=delimiter), ())) for line in lines)
    at = spec.header - 1 if spec.header else Head("csv", rows).header(required)
    if at is None or at >= len(rows):
        return None
    names = unique(list(rows[at]))
    if spec.trailing or (at + 1 < len(rows) and len(rows[at + 1]) == len(names) + 1 and not rows[at + 1][-1]):
        names.append("")  # rows end in one delimiter more than the header
    return _csv(blob.name, data, names, at, delimiter)


def _as_utf8(data: bytes, encoding: str) -> bytes | None:
    """The bytes in UTF-8, None when they are not in the encoding."""
    try:
        if encoding.lower().replace("-", "").replace("_", "") in {"utf8", "utf8sig", "ascii"}:
            data.decode("utf-8")
            return data.removeprefix(b"\xef\xbb\xbf")
        return data.decode(encoding).encode()
    except (UnicodeDecodeError, LookupError):
        return None


def _csv(file: str, data: bytes, names: list[str], header: int, delimiter: str) -> Tabular:
    offset = 0
    for _ in range(header + 1):
        cut = data.find(b"\n", offset)
        offset = len(data) if cut < 0 else cut + 1
    body = memoryview(data)[offset:]
    tab = Tabular(
        file, pa.table({name: pa.array([], pa.string()) for name in names if name}), header + 2, "line"
    )
    if not data[offset : offset + _HEAD].strip() and not data[offset:].strip():
        return tab
    quoted = data.find(b'"', offset) >= 0
    bad: list[Any] = []
    parse = partial(_parsed, body, names, delimiter=delimiter, bad=bad, quoted=quoted)
    table = parse(threads=True)
    if bad:
        bad.clear()
        table = parse(threads=False)  # only then rows are numbered
    if isinstance(table, str):
        tab.faults.append(Fault(file, f"not readable as CSV: {table}"))
        return tab
    _note_rows(tab, bad, names)
    newlines = data.count(b"\n", offset) + (not data.endswith(b"\n"))
    if newlines != table.num_rows + len(bad):
        tab.word, tab.first = "row", 1  # cells hold line breaks: rows are counted, not lines
    if "" in names and compute.any(compute.not_equal(table.column(len(names) - 1), "")).as_py():
        tab.faults.append(Fault(file, "rows have a cell more than the header, and it is not empty"))
    tab.table = _without_blanks(tab, table.select([name for name in names if name]))
    return tab


def _without_blanks(tab: Tabular, table: pa.Table) -> pa.Table:
    """Lines without any text are no rows; that they were there counts for the lines that follow."""
    if not table.num_rows:
        return table
    blank = compute.equal(table.column(0), "")
    for column in table.columns[1:]:
        if not compute.any(blank).as_py():
            return table
        blank = compute.and_(blank, compute.equal(column, ""))
    taken = sorted(tab.skipped)
    for at in compute.indices_nonzero(blank).to_pylist():
        line = at + tab.first
        for skipped in taken:
            line += line >= skipped
        tab.skipped.append(line)
    return table.filter(compute.invert(blank))


def _parsed(
    body: memoryview, names: list[str], *, delimiter: str, bad: list[Any], quoted: bool, threads: bool
) -> pa.Table | str:
    def other_length(row: Any) -> str:
        bad.append(row)
        return "skip"

    try:
        return arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(body)),
            read_options=arrow_csv.ReadOptions(column_names=names, use_threads=threads, block_size=1 << 24),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=quoted,
                ignore_empty_lines=False,
                invalid_row_handler=other_length,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowCapacityError) as error:
        return str(error).split("\n")[0][:200]


def _note_rows(tab: Tabular, bad: list[Any], names: list[str]) -> None:
    expected = len([name for name in names if name])
    wrong = [row for row in bad if row.text.strip()]
    for row in bad:
        if row.number is not None:
            tab.skipped.append(tab.first + row.number - 1)
    for row in wrong[:_FAULTS]:
        at = tab.first + row.number - 1 if row.number is not None else "?"
        tab.faults.append(
            Fault(
                f"{tab.file} › line {at}",
                f"the row has {row.actual_columns} cells, the header {expected}",
                "quote cells that hold the delimiter",
            )
        )
    if len(wrong) > _FAULTS:
        tab.faults.append(Fault(tab.file, f"{len(wrong) - _FAULTS} more rows of another length"))
