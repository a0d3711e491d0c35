"""The parts of a Word document; deleted words, notes and text boxes are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.sources.documents.numbers import flat
from tidewaiter.sources.documents.packed import Packed
from tidewaiter.sources.documents.parts import Laid, Line, Part, Spanned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset(
    f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "txbxContent")
)
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_AROUND = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml"))
_MARK = re.compile(r"[\[(]?[\d*]{1,2}[\])]?\Z")


def parts_of_docx(data: bytes, name: str) -> list[Part]:
    """Paragraphs and tables in order.

    Raises:
        FaultsError: the file is damaged or has no body.
    """
    body = Packed(data, name).tree("word/document.xml").find(f"{_W}body")
    return list(_Walk(name).parts(body)) if body is not None else []


class _Walk:
    def __init__(self, name: str) -> None:
        self.name = name
        self.paragraphs = self.tables = 0

    def parts(self, parent: _Element) -> Iterator[Part]:
        for node in parent:
            if node.tag == f"{_W}p":
                self.paragraphs += 1
                for line in _text(node).split("\n"):
                    if words := flat(line):
                        yield Line(words, f"paragraph {self.paragraphs}")
            elif node.tag == f"{_W}tbl":
                yield self._table(node)
            elif node.tag in _AROUND:
                yield from self.parts(node)

    def _table(self, table: _Element) -> Part:
        self.tables += 1
        rows = [[_cell(cell) for cell in _cells(row)] for row in table.iterchildren(f"{_W}tr")]
        laid = Laid(self.name)
        for number, row in enumerate(_with_depth(rows), 1):
            laid.add(row, f"table {self.tables}, row {number}")
        return laid.table()


def _with_depth(rows: list[list[tuple[str, int, str]]]) -> Iterator[list[Spanned]]:
    """Rows with the depth of merged cells: Word marks each cell that goes on from the row above."""
    at = [_columns(row) for row in rows]
    for n, row in enumerate(rows):
        cells = []
        for column, (text, across, merge) in zip(at[n], row, strict=True):
            if merge == "continue":
                continue
            down = 1
            while (
                merge == "restart" and n + down < len(rows) and _goes_on(rows[n + down], at[n + down], column)
            ):
                down += 1
            cells.append(Spanned(text, across, down))
        yield cells


def _columns(row: list[tuple[str, int, str]]) -> list[int]:
    starts, column = [], 0
    for _, across, _ in row:
        starts.append(column)
        column += across
    return starts


def _goes_on(row: list[tuple[str, int, str]], starts: list[int], column: int) -> bool:
    return any(at == column and cell[2] == "continue" for at, cell in zip(starts, row, strict=True))


def _cells(row: _Element) -> Iterator[_Element]:
    for node in row:
        if node.tag == f"{_W}tc":
            yield node
        elif node.tag in _AROUND:
            yield from _cells(node)


def _cell(cell: _Element) -> tuple[str, int, str]:
    across = cell.find(f"{_W}tcPr/{_W}gridSpan")
    given = "1" if across is None else across.get(f"{_W}val", "1")
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    told = "" if merge is None else merge.get(f"{_W}val", "continue")
    words = "\n".join(_text(part) for part in cell.iter(f"{_W}p"))
    return words, int(given) if given.isdigit() and len(given) < 5 else 1, told  # noqa: PLR2004


def _text(node: _Element) -> str:
    parts: list[str] = []
    for child in node:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[str(child.tag)])
        elif child.tag not in _GONE and not _is_mark(child):
            parts.append(_text(child))
    return "".join(parts)


def _is_mark(run: _Element) -> bool:
    """A raised number is the mark of a note, not a digit of the number before it."""
    raised = run.find(f"{_W}rPr/{_W}vertAlign")
    if raised is None or raised.get(f"{_W}val") != "superscript":
        return False
    return bool(_MARK.match("".join(str(words) for words in run.itertext()).strip()))
