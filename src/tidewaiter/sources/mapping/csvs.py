"""Delimited texts as columns, by arrow: texts stay texts, rows keep their length, lines are counted.

Columns of codes become their distinct texts and an index a row, columns of numbers become numbers where
every cell is one at once; a column where some is not is kept as text and read cell by cell later.
"""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
from pyarrow import compute

from tidewaiter.errors import Fault
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.mapping.tab import Head, Tabular, unique
from tidewaiter.sources.watching import stream_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from tidewaiter.sources.mapping.spec import FileSpec
    from tidewaiter.sources.protocol import Blob

_HEAD = 65_536  # bytes looked at to find the header
_HEADER_WITHIN = 15  # lines
_FAULTS = 50  # faults of one kind that are listed; the others are counted
_PIECE = 1 << 24  # bytes checked or converted at once
_BLOCK = 1 << 24  # bytes a thread parses at once; a longer line is refused
_LARGE = 1 << 23  # bytes; of a larger text only the wanted columns are read
_COLUMN = re.compile(r"column #(\d+): CSV conversion error to double")
_UTF8 = {"utf8", "utf8sig", "ascii"}


@dataclass(frozen=True)
class Wanted:
    """Folded names of the columns that are needed, and of those that are numbers."""

    columns: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, columns: Collection[str], numbers: Collection[str]) -> Wanted:
        """From names as the mapping writes them."""
        return cls(frozenset(map(fold, columns)), frozenset(map(fold, numbers)))


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


def read_text(
    blob: Blob, spec: FileSpec, head: Head, required: Collection[str], wanted: Wanted
) -> Tabular | None:
    """The text in columns; None when no row names the required ones."""
    delimiter = {"tab": "\t"}.get(spec.delimiter, spec.delimiter) or head.delimiter or ","
    encoding = spec.encoding or head.encoding or encoding_of(blob.data)
    data = as_utf8(blob.data, encoding)
    if data is None:
        return Tabular(
            blob.name, pa.table({}), faults=[Fault(blob.name, f"the text is not {encoding} throughout")]
        )
    lines = [line.decode(errors="replace") for line in data[:_HEAD].split(b"\n")[:_HEADER_WITHIN]]
    rows = tuple(
        tuple(next(csv.reader([line.rstrip("\r").replace("\r", " ")], delimiter=delimiter), ()))
        for line in lines
    )
    at = spec.header - 1 if spec.header else Head("csv", rows).header(required)
    if at is None or at >= len(rows):
        return None
    names = unique(list(rows[at]))
    if spec.trailing or (at + 1 < len(rows) and len(rows[at + 1]) == len(names) + 1 and not rows[at + 1][-1]):
        names.append("")  # rows end in one delimiter more than the header
    return _Text(blob.name, data, names, at, delimiter).read(wanted)


def as_utf8(data: bytes, encoding: str) -> bytes | None:
    """The bytes in UTF-8, None when they are not in the encoding. Piece by piece: a text may be large."""
    plain = encoding.lower().replace("-", "").replace("_", "") in _UTF8
    if plain and data.isascii():
        return data
    try:
        reader = codecs.getincrementaldecoder("utf-8" if plain else encoding)()
        pieces = []
        for start in range(0, len(data) or 1, _PIECE):
            text = reader.decode(data[start : start + _PIECE], final=start + _PIECE >= len(data))
            if not plain:
                pieces.append(text.encode())
    except (UnicodeError, LookupError):
        return None
    return data.removeprefix(codecs.BOM_UTF8) if plain else b"".join(pieces)


@dataclass
class _Text:
    """A text in UTF-8 and what is known of its columns."""

    file: str
    data: bytes
    names: list[str]
    header: int
    delimiter: str
    bad: list[Any] = field(default_factory=list)

    def read(self, wanted: Wanted) -> Tabular:
        """Its rows, with the faults of those of another length."""
        named = [name for name in self.names if name]
        tab = Tabular(
            self.file, pa.table({n: pa.array([], pa.string()) for n in named}), self.header + 2, "line"
        )
        start = self._start()
        if not self.data[start : start + _HEAD].strip() and not self.data[start:].strip():
            return tab
        table = self._table(start, wanted)
        if isinstance(table, str):
            tab.faults.append(Fault(self.file, f"not readable as CSV: {table}"))
            return tab
        self._note_rows(tab)
        newlines = self.data.count(b"\n", start) + (not self.data.endswith(b"\n"))
        if newlines != table.num_rows + len(self.bad):
            tab.word, tab.first = "row", 1  # cells hold line breaks: rows are counted, not lines
        if "" in table.column_names and compute.any(compute.not_equal(table.column(""), "")).as_py():
            tab.faults.append(Fault(self.file, "rows have a cell more than the header, and it is not empty"))
        table = table.select([name for name in table.column_names if name])
        blank = _blank(table)
        if blank.any() and table.num_columns < len(named):
            return self.read(Wanted(numbers=wanted.numbers))  # what is empty here may hold text elsewhere
        tab.table = _without(tab, table, blank)
        return tab

    def _start(self) -> int:
        """Where the rows below the header begin."""
        offset = 0
        for _ in range(self.header + 1):
            cut = self.data.find(b"\n", offset)
            offset = len(self.data) if cut < 0 else cut + 1
        return offset

    def _table(self, start: int, wanted: Wanted) -> pa.Table | str:
        """All rows; with numbers as text where a cell is none."""
        kinds = {name: pa.string() for name in self.names}
        if wanted.columns and len(self.data) > _LARGE:
            kinds = {name: kind for name, kind in kinds.items() if not name or fold(name) in wanted.columns}
        for name in kinds:
            if fold(name) in wanted.numbers:
                kinds[name] = pa.float64()
            elif name and fold(name) in wanted.columns:
                kinds[name] = pa.dictionary(pa.int32(), pa.string())
        table = self._parsed(start, kinds, threads=True)
        while isinstance(table, str) and (match := _COLUMN.search(table)):
            kinds[self.names[int(match[1])]] = pa.string()
            table = self._parsed(start, kinds, threads=True)
        if self.bad and not isinstance(table, str):
            table = self._parsed(start, kinds, threads=False)  # only then rows are numbered
        odd = () if isinstance(table, str) else _not_finite(table)
        return (
            self._table(start, Wanted(wanted.columns, wanted.numbers - {*map(fold, odd)})) if odd else table
        )

    def _parsed(self, start: int, kinds: dict[str, pa.DataType], *, threads: bool) -> pa.Table | str:
        self.bad.clear()

        def other_length(row: Any) -> str:
            self.bad.append(row)
            return "skip"

        try:
            rows = memoryview(self.data)[start:]
            return arrow_csv.read_csv(
                stream_of(self.file, rows) or pa.BufferReader(pa.py_buffer(rows)),
                read_options=arrow_csv.ReadOptions(
                    column_names=self.names, use_threads=threads, block_size=_BLOCK
                ),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=self.delimiter,
                    newlines_in_values=self.data.find(b'"', start) >= 0,
                    ignore_empty_lines=False,
                    invalid_row_handler=other_length,
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=kinds,
                    include_columns=list(kinds),
                    null_values=[""],
                    strings_can_be_null=False,
                    quoted_strings_can_be_null=False,
                ),
            )
        except (pa.ArrowInvalid, pa.ArrowCapacityError) as error:
            told = str(error).split("\n", maxsplit=1)[0][:200]
            return f"a line is longer than {_BLOCK >> 20} MiB" if "straddling" in told else told

    def _note_rows(self, tab: Tabular) -> None:
        expected = len([name for name in self.names if name])
        wrong = [row for row in self.bad if row.text.strip()]
        for row in self.bad:
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


def _not_finite(table: pa.Table) -> list[str]:
    """Columns of numbers where a cell reads ``nan`` or ``inf``: words, not numbers."""
    numbers = [name for name in table.column_names if pa.types.is_floating(table.schema.field(name).type)]
    return [n for n in numbers if not compute.all(compute.is_finite(table.column(n)), min_count=0).as_py()]


def _blank(table: pa.Table) -> np.ndarray:
    """Which rows hold no text at all."""
    blank = np.ones(table.num_rows, np.bool_)
    for column in table.columns:
        if not blank.any():
            break
        blank &= np.concatenate([_empty(chunk) for chunk in column.chunks] or [np.ones(0, np.bool_)])
    return blank


def _empty(chunk: pa.Array) -> np.ndarray:
    if pa.types.is_dictionary(chunk.type):
        at = compute.index(chunk.dictionary, "").as_py()
        return np.asarray(np.asarray(chunk.indices) == at)
    if pa.types.is_floating(chunk.type):
        return np.asarray(chunk.is_null())
    return np.asarray(compute.equal(chunk, ""))


def _without(tab: Tabular, table: pa.Table, blank: np.ndarray) -> pa.Table:
    """Lines without any text are no rows; that they were there counts for the lines that follow."""
    if not blank.any():
        return table
    taken = sorted(tab.skipped)
    for at in np.flatnonzero(blank).tolist():
        line = at + tab.first
        for skipped in taken:
            line += line >= skipped
        tab.skipped.append(line)
    return table.filter(pa.array(~blank))
