"""ODT: paragraphs and tables in the order of the document.

Its two parts are parsed here, by a parser that resolves no entities, rather than by a library that may.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

from tidewaiter.check.formats.extracted import Draft
from tidewaiter.check.formats.limits import broken
from tidewaiter.check.formats.lines import PROPERTIES, first_line, flat, render, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.check.formats.lines import Block

_NS = "urn:oasis:names:tc:opendocument:xmlns"
_OFFICE = f"{{{_NS}:office:1.0}}"
_TEXT = f"{{{_NS}:text:1.0}}"
_TABLE = f"{{{_NS}:table:1.0}}"
_SVG = f"{{{_NS}:svg-compatible:1.0}}"
_META = f"{{{_NS}:meta:1.0}}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_GONE = frozenset(
    [
        f"{_TEXT}{name}"
        for name in ("tracked-changes", "note", "table-of-content", "ruby-text", "sequence-decls")
    ]
    + [f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_SVG}title", f"{_SVG}desc"]
)
_SIGNS = {f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}
_MOST = 200  # columns that one cell may stand for


def read_odt(data: bytes, name: str) -> Draft:
    """The text of an OpenDocument text; tracked changes, comments, headers and footers are left out.

    Raises:
        FaultsError: it has no body.
    """
    with zipfile.ZipFile(BytesIO(data)) as packed:
        content = _tree(packed.read("content.xml"))
        meta = _tree(packed.read("meta.xml")) if "meta.xml" in packed.namelist() else None
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise broken(name, "it is an OpenDocument text without a body")
    notes = [_text(part) for note in body.iter(f"{_TEXT}note-body") for part in note]
    title = _told(meta, f"{_DC}title")
    text = render([*_blocks(body), *notes], title)
    author = _told(meta, f"{_META}initial-creator") or _told(meta, f"{_DC}creator")
    return Draft("odt", text, title or first_line(text), author, findings=[PROPERTIES])


def _tree(xml: bytes) -> Any:
    from lxml import etree  # noqa: PLC0415 — heavy

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(xml, parser)


def _told(meta: Any, tag: str) -> str:
    return "" if meta is None else flat(next((node.text or "" for node in meta.iter(tag)), ""))


def _blocks(parent: Any) -> Iterator[Block]:
    for node in parent:
        if node.tag in _GONE:
            continue
        if node.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield _text(node)
        elif node.tag == f"{_TABLE}table":
            yield spread(_rows(node))
        elif isinstance(node.tag, str):
            yield from _blocks(node)


def _rows(table: Any) -> Iterator[list[tuple[str, int, int]]]:
    for row in table.iter(f"{_TABLE}table-row"):
        cells: list[tuple[str, int, int]] = []
        for cell in row:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            words = " ".join(_text(part) for part in cell.iter(f"{_TEXT}p", f"{_TEXT}h"))
            cells += [(words, 1, 1)] * _times(cell)
        yield cells


def _times(cell: Any) -> int:
    """A cell stands for several alike; covered cells are written out, so that spans need no care."""
    given = cell.get(f"{_TABLE}number-columns-repeated", "1")
    return min(int(given), _MOST) if given.isdigit() and len(given) < 9 else 1  # noqa: PLR2004


def _text(node: Any) -> str:
    parts = [node.text or ""]
    for child in node:
        if child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag == f"{_TEXT}s":
            parts.append(" ")
        elif child.tag not in _GONE and isinstance(child.tag, str):
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
