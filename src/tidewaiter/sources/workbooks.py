"""Workbooks opened within bounds: what a spreadsheet says of its size need not be so, nor be small.

A sheet of two cells, one at each end, is seventeen thousand million cells to whoever makes a grid of it;
one long text that every cell refers to is as bad. Both are counted in the packed file before anything is
unpacked into a grid. Formulas are not computed: the value they last had stands in the file and is read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from tidewaiter.errors import UnparsableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from python_calamine import CalamineWorkbook

    _Got = TypeVar("_Got")

MAX_CELLS = 20_000_000
"""Cells of the rectangle a sheet spans: a million rows of twenty columns."""
MAX_TEXT = 1 << 29
"""Characters of all cells together, texts that are referred to counted each time."""
_MAX_MEMBER = 1 << 30
_CHUNK = 1 << 20
_OVERLAP = 400  # bytes a cell's tag may lie across two chunks
_CELL = re.compile(rb'<(?:\w+:)?c\s[^<>]{0,200}?r="\$?([A-Z]{1,3})\$?(\d{1,7})"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]{0,100}?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_SHARED = re.compile(rb't="s"')
_REFERRED = re.compile(rb't="s"[^<>]{0,100}>(?:<f[^<>]*>[^<>]*</f>|<f[^<>]*/>)?<(?:\w+:)?v>(\d{1,9})<')
_STRING = re.compile(rb"<(?:\w+:)?si>(.*?)</(?:\w+:)?si>|<(?:\w+:)?si/>", re.DOTALL)
_REPEATED = re.compile(
    rb"<table:table-row\b(?P<row>[^>]*)>|<table:(?:covered-)?table-cell\b(?P<cell>[^>]*?)(?P<end>/?)>"
)
_TIMES = {kind: re.compile(rb'number-%s-repeated="(\d{1,9})"' % kind) for kind in (b"rows", b"columns")}
_LETTERS = 26


def opened(data: bytes, name: str = "") -> CalamineWorkbook:
    """The workbook of some bytes.

    Raises:
        UnparsableError: they are none, or it is past all bounds.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 — only for workbooks

    if (problem := _problem(data)) is not None:
        raise UnparsableError(f"not readable as a workbook: {problem}", where=name)
    try:
        return within(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)), name)
    except CalamineError as error:
        raise UnparsableError(f"the bytes are no workbook: {error}", where=name) from error


def within(read: Callable[[], _Got], name: str = "") -> _Got:
    """Read something of a workbook; where the library itself gives up, that is a fault of the file.

    Raises:
        UnparsableError: the library panicked.
    """
    try:
        return read()
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the library's own; it derives from BaseException
            raise
        raise UnparsableError("not readable as a workbook: it is damaged", where=name) from error


@lru_cache(maxsize=4)
def _problem(data: bytes) -> str | None:
    """What is wrong with the size of a workbook, None when nothing is (or when it is no zip)."""
    if data[:4] != b"PK\x03\x04":
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            texts = _texts(archive, names)
            for name in names:
                if re.match(r"xl/worksheets/.*\.xml\Z", name) and (told := _of_sheet(archive, name, texts)):
                    return told
            return _of_open_document(archive) if "content.xml" in names else None
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        return f"it is damaged: {error}"


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A member piece by piece; each piece begins with the end of the one before."""
    read, before = 0, b""
    with archive.open(name) as member:
        while chunk := member.read(_CHUNK):
            read += len(chunk)
            if read > _MAX_MEMBER:
                raise ValueError(f"{name} unpacks to more than {_MAX_MEMBER >> 20} MiB")
            yield before + chunk
            before = chunk[-_OVERLAP:]


def _texts(archive: zipfile.ZipFile, names: list[str]) -> list[int]:
    """How long each shared text is; empty where they are few and short enough not to matter."""
    shared = "xl/sharedStrings.xml"
    if shared not in names:
        return []
    data = b"".join(_whole(archive, shared))
    return [len(match[1] or b"") for match in _STRING.finditer(data)]


def _whole(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as member:
        data = member.read(_MAX_MEMBER + 1)
    if len(data) > _MAX_MEMBER:
        raise ValueError(f"{name} unpacks to more than {_MAX_MEMBER >> 20} MiB")
    yield data


def _of_sheet(archive: zipfile.ZipFile, name: str, texts: list[int]) -> str | None:
    rows, columns, merged, referred = 0, 0, 0, 0
    for chunk in _chunks(archive, name):
        for match in _CELL.finditer(chunk):
            rows, columns = max(rows, int(match[2])), max(columns, _column(match[1]))
        if rows * columns > MAX_CELLS:
            return f"{name} spans {rows:,} rows and {columns:,} columns, more than {MAX_CELLS:,} cells"
        for left, top, right, bottom in _MERGED.findall(chunk):
            merged += (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1)
        if merged > MAX_CELLS:
            return f"{name} merges more than {MAX_CELLS:,} cells"
        referred += len(_SHARED.findall(chunk))
    if texts and referred * max(texts) > MAX_TEXT and _referred(archive, name, texts) > MAX_TEXT:
        return f"the texts of {name} have more than {MAX_TEXT:,} signs"
    return None


def _referred(archive: zipfile.ZipFile, name: str, texts: list[int]) -> int:
    """The characters of all cells that refer to shared texts."""
    total = 0
    for chunk in _chunks(archive, name):
        for match in _REFERRED.finditer(chunk):
            at = int(match[1])
            total += texts[at] if at < len(texts) else 0
    return total


def _of_open_document(archive: zipfile.ZipFile) -> str | None:
    """Rows and cells of an OpenDocument may say that they are repeated; those that hold something count."""
    rows, held, cells = 1, 0, 0
    for data in _whole(archive, "content.xml"):
        for match in _REPEATED.finditer(data):
            if match["row"] is not None:
                cells += rows * held
                rows, held = _times(match["row"], b"rows"), 0
            elif not match["end"] or b"value" in match["cell"]:
                held += _times(match["cell"], b"columns")
            if cells + rows * held > MAX_CELLS:
                return f"its cells are repeated more than {MAX_CELLS:,} times"
    return None


def _times(attributes: bytes, kind: bytes) -> int:
    match = _TIMES[kind].search(attributes)
    return int(match[1]) if match else 1


def _column(letters: bytes) -> int:
    at = 0
    for letter in letters:
        at = at * _LETTERS + letter - ord("A") + 1
    return at
