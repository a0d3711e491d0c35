"""DOCX: paragraphs and tables in the order of the document."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from tidewaiter.check.formats.extracted import Draft
from tidewaiter.check.formats.lines import PROPERTIES, first_line, flat, render, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.check.formats.lines import Block

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = frozenset(
    [
        f"{_W}{name}"
        for name in ("del", "moveFrom", "instrText", "delText", "fldData", "pPr", "rPr", "txbxContent")
    ]
    + [_FALLBACK]
)
_WORD_SIGNS = {
    f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}ptab": " ",
}  # fmt: skip
_MARK = re.compile(r"[\[(（]?\d{1,2}[\])）]?\Z")
_TITLE_STYLES = frozenset(("Title", "標題"))


def read_docx(data: bytes, name: str) -> Draft:  # noqa: ARG001 — all readers are called alike
    """The text of a Word document; deleted words, headers, footers and comments are left out."""
    from docx import Document  # noqa: PLC0415 — heavy

    document: Any = Document(BytesIO(data))
    body = document.element.body
    blocks = list(_word_blocks(body))
    told = document.core_properties
    title = _title(body) or flat(told.title or "")
    text = render([*blocks, *_word_notes(document)], title)
    author = "" if told.author == "python-docx" else flat(told.author or "")
    return Draft("docx", text, title or first_line(text), author, findings=[PROPERTIES])


def _title(body: Any) -> str:
    styles = f"{_W}pPr/{_W}pStyle"
    for node in body.findall(f"{_W}p")[:10]:
        style = node.find(styles)
        if style is not None and style.get(f"{_W}val") in _TITLE_STYLES:
            return flat(_word_text(node))
    return ""


def _word_blocks(parent: Any) -> Iterator[Block]:
    for node in parent:
        if node.tag == f"{_W}p":
            yield _word_text(node)
            for box in node.iter(f"{_W}txbxContent"):
                if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                    yield from _word_blocks(box)
        elif node.tag == f"{_W}tbl":
            yield spread([_word_cell(cell) for cell in _word_cells(row)] for row in node.iter(f"{_W}tr"))
        elif node.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"):
            yield from _word_blocks(node)


def _word_cells(row: Any) -> Iterator[Any]:
    for node in row:
        if node.tag == f"{_W}tc":
            yield node
        elif node.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _word_cells(node)


def _word_cell(cell: Any) -> tuple[str, int, int]:
    """Word writes the rest of a merged column as empty cells, so that a row span needs no care."""
    across = cell.find(f"{_W}tcPr/{_W}gridSpan")
    given = "1" if across is None else across.get(f"{_W}val", "1")
    words = " ".join(_word_text(part) for part in cell.iter(f"{_W}p"))
    return words, int(given) if given.isdigit() else 1, 1


def _word_text(node: Any) -> str:
    parts: list[str] = []
    for child in node:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _WORD_SIGNS:
            parts.append(_WORD_SIGNS[child.tag])
        elif child.tag not in _GONE and not _is_mark(child):
            parts.append(_word_text(child))
    return "".join(parts)


def _is_mark(run: Any) -> bool:
    """A raised number is the mark of a note, not a digit of the number before it."""
    raised = run.find(f"{_W}rPr/{_W}vertAlign")
    if raised is None or raised.get(f"{_W}val") != "superscript":
        return False
    return bool(_MARK.match("".join(run.itertext()).strip()))


def _word_notes(document: Any) -> Iterator[Block]:
    """Footnotes, after the text."""
    from docx.oxml.parser import parse_xml  # noqa: PLC0415

    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/footnotes", "/endnotes")) and not relation.is_external:
            for note in parse_xml(relation.target_part.blob):
                if note.get(f"{_W}type") is None:
                    yield from _word_blocks(note)
