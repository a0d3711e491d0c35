"""The parts of an OpenDocument text or spreadsheet: what is shown, so that decimals stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.sources.documents.numbers import flat
from tidewaiter.sources.documents.packed import Packed
from tidewaiter.sources.documents.parts import MAX_SPAN, Laid, Line, Part, Spanned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_NS = "urn:oasis:names:tc:opendocument:xmlns"
_OFFICE, _TEXT, _TABLE = (f"{{{_NS}:{name}:1.0}}" for name in ("office", "text", "table"))
_GONE = frozenset(
    [f"{_TEXT}{name}" for name in ("tracked-changes", "note", "table-of-content", "ruby-text")]
    + [f"{_OFFICE}annotation", f"{_OFFICE}forms"]
)
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n", f"{_TEXT}s": " "}
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def parts_of_odf(data: bytes, name: str) -> list[Part]:
    """Paragraphs and tables in order; of a spreadsheet each sheet is a table below a line with its name.

    Raises:
        FaultsError: the file is damaged or has no body.
    """
    body = Packed(data, name).tree("content.xml").find(f"{_OFFICE}body")
    return list(_Walk(name).parts(body)) if body is not None else []


class _Walk:
    def __init__(self, name: str) -> None:
        self.name = name
        self.paragraphs = self.tables = 0

    def parts(self, parent: _Element) -> Iterator[Part]:
        for node in parent:
            if node.tag in _GONE:
                continue
            if node.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self.paragraphs += 1
                for line in _words(node).split("\n"):
                    if shown := flat(line):
                        yield Line(shown, f"paragraph {self.paragraphs}")
            elif node.tag == f"{_TABLE}table":
                yield self._table(node)
            elif isinstance(node.tag, str):
                yield from self.parts(node)

    def _table(self, table: _Element) -> Part:
        self.tables += 1
        sheet = table.get(f"{_TABLE}name") or f"table {self.tables}"
        laid = Laid(self.name)
        number = 0
        for row in table.iter(f"{_TABLE}table-row"):
            cells = list(_cells(row))
            times = _times(row, "number-rows-repeated")
            while cells and not cells[-1].text and cells[-1].across == 1:
                cells.pop()
            if cells:
                laid.add(cells, f"{sheet}, row {number + 1}")
            number += times
        return laid.table()


def _cells(row: _Element) -> Iterator[Spanned]:
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        if cell.tag == _CELLS[1]:
            continue  # what a cell on the left or above covers is laid by that cell's span
        times = _times(cell, "number-columns-repeated")
        words = "\n".join(_words(part) for part in cell.iter(f"{_TEXT}p", f"{_TEXT}h"))
        one = Spanned(words, _times(cell, "number-columns-spanned"), _times(cell, "number-rows-spanned"))
        for _ in range(times):
            yield one


def _times(node: _Element, name: str) -> int:
    given = node.get(f"{_TABLE}{name}", "1")
    return min(int(given), MAX_SPAN - 1) if given.isdigit() and len(given) < 9 else 1  # noqa: PLR2004


def _words(node: _Element) -> str:
    parts = [node.text or ""]
    for child in node:
        if child.tag in _SIGNS:
            parts.append(_SIGNS[str(child.tag)])
        elif child.tag not in _GONE and isinstance(child.tag, str):
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)
