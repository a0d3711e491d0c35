"""The blocks of a marked-up tree (HTML, or the tree trafilatura gives): what a reader sees, in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.check.formats.lines import flat, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from tidewaiter.check.formats.lines import Block

# fmt: off
_SILENT = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "video", "audio",
    "canvas", "button", "select", "option", "input", "textarea", "nav", "aside", "footer", "dialog",
    "map", "graphic", "del",
))
"""A form is no silent element: pages made with ASP.NET stand in one from top to bottom."""
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "hi", "i", "ins",
    "kbd", "label", "mark", "q", "ref", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
))
# fmt: on
_BREAKS = frozenset(("br", "lb"))
_TABLES = frozenset(("table",))
_ROWS = frozenset(("tr", "row"))
_CELLS = frozenset(("td", "th", "cell"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|share|social|related|recommend|cookies?|"
    r"advert(?:isement)?|ads?|pagination|pager|toolbar|skip|sr-only|accesskey|btn|fontsize)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu"))
_MARK = re.compile(r"[\[(（]?(?:註|注|note)?\s*[\d*†‡]{1,2}[\])）]?\Z")
_BREAK = "\n"
_COLON = "："  # between a term and what is said of it
_LINKS = 0.6  # of a list's words: it is a menu
_LAYOUT = 150  # signs in a cell on average: the table lays out a page
_DEEP = 200


def blocks_of(root: _Element) -> Iterator[Block]:
    """Paragraphs and tables below an element, what is hidden or page furniture left out."""
    running: list[str] = []
    yield from _walk(root, running, 0)
    yield from _flush(running)


def _walk(node: _Element, running: list[str], depth: int) -> Iterator[Block]:
    if node.text:
        running.append(node.text if _tag(node) == "pre" else flat_source(node.text))
    for child in node:
        yield from _child(child, running, depth)
        if child.tail:
            running.append(child.tail if _tag(node) == "pre" else flat_source(child.tail))


def _child(child: _Element, running: list[str], depth: int) -> Iterator[Block]:
    tag = _tag(child)
    if not tag or depth > _DEEP or is_silent(child):
        return
    if tag in _BREAKS:
        running.append(_BREAK)
    elif tag in _INLINE:
        if tag != "sup" or not _MARK.match("".join(child.itertext()).strip()):
            yield from _walk(child, running, depth + 1)
    elif tag == "dt":
        yield from _flush(running)
        yield from _walk(child, running, depth + 1)
        running.append(_COLON)
    elif tag in _TABLES and not _lays_out(child):
        yield from _flush(running)
        yield from (flat("".join(caption.itertext())) for caption in child.findall("caption"))
        yield rows_of(child)
    else:
        if not (tag == "dd" and running and "".join(running).rstrip().endswith(_COLON)):
            yield from _flush(running)
        yield from _walk(child, running, depth + 1)
        yield from _flush(running)


def _flush(running: list[str]) -> Iterator[Block]:
    lines = [flat(line) for line in "".join(running).split(_BREAK)]
    running.clear()
    words = _BREAK.join(lines).strip()
    if words:
        yield from (part for part in re.split(r"\n{2,}", words) if part)


def flat_source(words: str) -> str:
    """Text of a tree with the line breaks of its source taken away: those that are meant are elements."""
    head = " " if words[:1].isspace() else ""
    tail = " " if words[-1:].isspace() else ""
    return f"{head}{flat(words)}{tail}" if words.strip() else " "


def is_silent(node: _Element) -> bool:
    """Not for a reader's eyes, or furniture of the page: scripts, menus, what is hidden."""
    tag = _tag(node)
    if tag in _SILENT or (tag == "header" and not node.findall(".//h1")):
        return True
    given = node.attrib
    if not given:
        return tag in ("ul", "ol") and _is_menu(node)
    return (
        "hidden" in given
        or given.get("role") in _ROLES
        or bool(_HIDDEN.search(given.get("style", "")))
        or bool(
            _FURNITURE.search(f"{given.get('class', '')} {given.get('id', '')}")
            and tag not in ("body", "main")
        )
        or (tag in ("ul", "ol") and _is_menu(node))
    )


def _is_menu(node: _Element) -> bool:
    links = node.findall(".//a")
    if len(links) < 3:  # noqa: PLR2004 — two links are a list of sources
        return False
    linked = sum(len("".join(link.itertext()).strip()) for link in links)
    return linked > _LINKS * len("".join(node.itertext()).strip())


def _lays_out(table: _Element) -> bool:
    """A table that places parts of a page, as old pages do."""
    if table.find(".//table") is not None:
        return True
    cells = [cell for cell in table.iter() if _tag(cell) in _CELLS]
    return sum(len("".join(cell.itertext())) for cell in cells) > _LAYOUT * max(1, len(cells))


def rows_of(table: _Element) -> list[list[str]]:
    """The cells of a table with spans laid out."""
    rows = (node for node in table.iter() if _tag(node) in _ROWS)
    return spread([_cell(cell) for cell in row if _tag(cell) in _CELLS] for row in rows)


def _cell(cell: _Element) -> tuple[str, int, int]:
    running: list[str] = []
    parts = [part for part in _walk(cell, running, 0) if isinstance(part, str)]
    parts += [part for part in _flush(running) if isinstance(part, str)]
    return " ".join(parts), _span(cell, "colspan"), _span(cell, "rowspan")


def _span(cell: _Element, name: str) -> int:
    given = cell.get(name) or "1"
    return int(given) if given.isascii() and given.isdigit() and len(given) < 5 else 1  # noqa: PLR2004


def _tag(node: _Element) -> str:
    """Its name in small letters without namespace, empty for comments and instructions."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""
