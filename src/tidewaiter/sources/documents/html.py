"""The parts of an HTML page: lines and tables as a reader sees them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.sources.documents.numbers import flat
from tidewaiter.sources.documents.parts import Laid, Line, Part, Spanned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

# fmt: off
_SILENT = frozenset((
    "head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "nav",
    "select", "button", "textarea",
))
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "em", "font", "i", "ins", "label", "mark",
    "q", "ruby", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))
# fmt: on
_MARK = re.compile(r"[\[(]?(?:註|注|note)?\s*[\d*†‡]{1,2}[\])]?\Z", re.IGNORECASE)
_BROKEN = frozenset({"br", "hr"})
_DEEP = 200


def parts_of_html(text: str, name: str) -> list[Part]:
    """Lines and tables in order; scripts and menus are left out."""
    from lxml import html  # noqa: PLC0415 — heavy

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    root = html.document_fromstring(text.encode(), parser=parser)
    return list(_Walk(name).parts(root))


class _Walk:
    def __init__(self, name: str) -> None:
        self.name = name
        self.running: list[str] = []
        self.line = 1

    def parts(self, node: _Element, depth: int = 0) -> Iterator[Part]:
        yield from self._inside(node, depth)
        yield from self._flush()

    def _inside(self, node: _Element, depth: int) -> Iterator[Part]:
        if node.text:
            self.running.append(node.text)
        for child in node:
            yield from self._child(child, depth + 1)
            if child.tail:
                self.running.append(child.tail)

    def _child(self, child: _Element, depth: int) -> Iterator[Part]:
        tag = _tag(child)
        if not tag or tag in _SILENT or depth > _DEEP:
            return
        if tag in _INLINE:
            if not _is_mark(child, tag):
                yield from self._inside(child, depth)
        elif tag in _BROKEN:
            yield from self._flush()
        elif tag == "table" and child.find(".//table") is None:
            yield from self._flush()
            yield from self._table(child)
        else:
            yield from self._flush()
            self.line = child.sourceline or self.line
            yield from self._inside(child, depth)
            yield from self._flush()

    def _flush(self) -> Iterator[Line]:
        words = flat("".join(self.running))
        self.running.clear()
        if words:
            yield Line(words, f"line {self.line}")

    def _table(self, table: _Element) -> Iterator[Part]:
        for caption in table.iter("caption"):
            for line in _text(caption).split("\n"):
                if words := flat(line):
                    yield Line(words, f"line {caption.sourceline}")
        laid = Laid(self.name)
        for row in table.iter("tr"):
            cells = [cell for cell in row if _tag(cell) in {"td", "th"}]
            laid.add(
                (Spanned(_text(cell), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in cells),
                f"line {row.sourceline}",
            )
        yield laid.table()


def _text(node: _Element, depth: int = 0) -> str:
    parts = [" ".join((node.text or "").split("\n"))]
    for child in node:
        tag = _tag(child)
        if tag == "br":
            parts.append("\n")
        elif tag and tag not in _SILENT and not _is_mark(child, tag) and depth < _DEEP:
            inside = _text(child, depth + 1)
            parts.append(inside if tag in _INLINE else f"\n{inside}\n")
        parts.append(" ".join((child.tail or "").split("\n")))
    return "".join(parts)


def _is_mark(node: _Element, tag: str) -> bool:
    """A raised number is the mark of a note, not a digit of the number before it."""
    return tag == "sup" and bool(_MARK.match("".join(node.itertext()).strip()))


def _span(cell: _Element, name: str) -> int:
    given = cell.get(name) or "1"
    return int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 1  # noqa: PLR2004


def _tag(node: _Element) -> str:
    return node.tag.lower() if isinstance(node.tag, str) else ""
