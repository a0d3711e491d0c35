"""The sheets of an xlsx workbook as they show: with the decimals of each cell's number format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.model.interval import decimals_of
from tidewaiter.sources.documents.numbers import flat
from tidewaiter.sources.documents.packed import Packed
from tidewaiter.sources.documents.parts import MAX_CELLS, MAX_SPAN, Part, Table, refusal
from tidewaiter.sources.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from tidewaiter.sources.grid import Cell

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})\Z")
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\Z")
_BUILTIN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 39: "#,##0.00"}
_DECIMALS = re.compile(r"[0#](?:\.(0+))?")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_MAX_ROWS = 1_048_576


@dataclass(frozen=True)
class _Book:
    packed: Packed
    texts: list[str]
    formats: list[int | None]


def parts_of_workbook(data: bytes, name: str) -> list[Part]:
    """One table a sheet, in the order of the workbook.

    Raises:
        FaultsError: the file is damaged, or larger than any workbook that is read by eye.
    """
    packed = Packed(data, name)
    tree = packed.tree("xl/workbook.xml")
    links = {
        link.get("Id"): link.get("Target", "")
        for link in packed.tree("xl/_rels/workbook.xml.rels").iter(_RELATION)
    }
    book = _Book(packed, _texts(packed), _formats(packed))
    parts: list[Part] = []
    for sheet in tree.iter(f"{_S}sheet"):
        target = links.get(sheet.get(_R, ""), "").removeprefix("/xl/")
        if f"xl/{target}" in packed.members:
            parts.append(_sheet(book, f"xl/{target}", sheet.get("name", "sheet")))
    return parts


def _texts(packed: Packed) -> list[str]:
    if "xl/sharedStrings.xml" not in packed.members:
        return []
    return [
        "".join(str(text.text or "") for text in item.iter(f"{_S}t") if not _is_guide(text))
        for item in packed.tree("xl/sharedStrings.xml").iter(f"{_S}si")
    ]


def _is_guide(text: _Element) -> bool:
    """A guide to pronunciation is no part of the words."""
    above = text.getparent()
    return above is not None and above.tag == f"{_S}rPh"


def _formats(packed: Packed) -> list[int | None]:
    """By style, how many decimals its numbers show; None where the format does not say."""
    if "xl/styles.xml" not in packed.members:
        return []
    tree = packed.tree("xl/styles.xml")
    codes = dict(_BUILTIN)
    for own in tree.iter(f"{_S}numFmt"):
        given = own.get("numFmtId", "")
        if given.isdigit():
            codes[int(given)] = own.get("formatCode", "")
    styles = tree.find(f"{_S}cellXfs")
    kinds = [] if styles is None else [style.get("numFmtId", "0") for style in styles]
    return [_decimals(codes.get(int(kind), "") if kind.isdigit() else "") for kind in kinds]


def _decimals(code: str) -> int | None:
    found = _DECIMALS.search(_QUOTED.sub("", code.split(";", maxsplit=1)[0]))
    return len(found[1] or "") if found else None


def _sheet(book: _Book, member: str, name: str) -> Table:
    rows: list[list[Cell]] = []
    tree = book.packed.tree(member)
    for row, column, text in _cells(book, tree):
        if row >= MAX_CELLS or column >= MAX_SPAN or row > _MAX_ROWS:
            raise refusal(book.packed.name, f"{name}: a sheet larger than any that is read by eye")
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = text
    grid = Grid(name, rows, dict(_merges(tree)))
    return Table(grid, tuple(f"{name}, row {n}" for n in range(1, len(rows) + 1)))


def _cells(book: _Book, tree: _Element) -> Iterator[tuple[int, int, str]]:
    row = column = -1
    for node in tree.iter(f"{_S}c"):
        match = _REF.match(node.get("r", ""))
        if match is None:
            continue
        row, column = int(match[2]) - 1, _column(match[1])
        if text := _shown(book, node):
            yield row, column, text


def _shown(book: _Book, cell: _Element) -> str:
    kind, value = cell.get("t", "n"), cell.findtext(f"{_S}v") or ""
    if kind == "s":
        return flat(book.texts[int(value)]) if value.isdigit() and int(value) < len(book.texts) else ""
    if kind == "inlineStr":
        return flat("".join(str(text.text or "") for text in cell.iter(f"{_S}t")))
    if kind != "n" or not value:
        return flat(value) if kind == "str" else ""
    style = cell.get("s", "0")
    at = int(style) if style.isdigit() else 0
    return _number(value, book.formats[at] if at < len(book.formats) else None)


def _number(value: str, decimals: int | None) -> str:
    """The stored number, with zeros behind it where the format shows them; never rounded."""
    try:
        number = float(value)
    except ValueError:
        return value
    stored = f"{number:.12f}".rstrip("0").rstrip(".") if abs(number) < 1e15 else repr(number)  # noqa: PLR2004
    if decimals is None or decimals_of(stored) >= decimals:
        return stored
    return f"{number:.{decimals}f}"


def _merges(tree: _Element) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for merge in tree.iter(f"{_S}mergeCell"):
        if match := _RANGE.match(merge.get("ref", "")):
            top, left = int(match[2]) - 1, _column(match[1])
            bottom, right = int(match[4]) - 1, _column(match[3])
            if (bottom - top + 1) * (right - left + 1) > MAX_CELLS:
                continue
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield (row, column), (top, left)


def _column(letters: str) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at - 1
