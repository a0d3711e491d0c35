"""A tagged PDF tells its paragraphs, lists and tables itself: nothing need be guessed from places on a page.

Word, LibreOffice and Typst write such files for readers who cannot see the page. Each sign belongs to a
numbered piece of content, and the structure tree says which pieces make a heading, a paragraph or a cell.
Headers, footers and ornaments are artifacts, in no paragraph, and so left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tidewaiter.check.formats.extracted import Draft
from tidewaiter.check.formats.limits import MAX_PAGES
from tidewaiter.check.formats.lines import flat, render, spread
from tidewaiter.check.formats.structure import BrokenTreeError, structure_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tidewaiter.check.formats.lines import Block
    from tidewaiter.check.formats.structure import Content, Element

_ENOUGH = 0.97  # of the signs that are no ornament must be in the tree, or the tree is not to be trusted
_LEAVES = frozenset(
    "P H H1 H2 H3 H4 H5 H6 Title Caption Note FENote BlockQuote TOCI LI".split()  # noqa: SIM905
)
_INNER = frozenset(("Table", "L", "P", "H1", "H2", "H3", "H4"))
_PICTURES = frozenset(("Figure", "Form"))
_NEW_LINE = 0.6  # of a sign's height: so much lower is the next line
_WORD = 0.15  # of a sign's height: so wide a gap between two signs is a blank
_SPACED = 0.6  # the same beside a Chinese sign: typesetters leave a quarter between scripts
_CHINESE = "\u2e80"  # from here on
_SOFT = "\u00ad"


@dataclass(slots=True)
class _Pieces:
    """The signs of a file by the piece of content they stand in, and how many have been told."""

    chars: dict[Content, list[dict[str, Any]]] = field(default_factory=dict)
    loose: int = 0
    used: set[Content] = field(default_factory=set)

    def text(self, contents: Iterable[Content]) -> str:
        """The words of some pieces, on one line."""
        known = [content for content in contents if content in self.chars]
        self.used.update(known)
        return flat(_words(char for content in known for char in self.chars[content]))

    def trusted(self) -> bool:
        """Nearly everything on the pages has been told."""
        sizes = {
            content: sum(not char["text"].isspace() for char in own) for content, own in self.chars.items()
        }
        told = sum(sizes[content] for content in self.used)
        return told > 0 and told >= _ENOUGH * (sum(sizes.values()) + self.loose)


def read_tagged(book: Any) -> Draft | None:
    """The text by the file's own structure; None where it has none, or one that leaves much out."""
    if len(book.pages) > MAX_PAGES:
        return None
    try:
        tree = structure_of(book)
    except BrokenTreeError:
        return None
    if tree is None:
        return None
    pieces = _pieces(book)
    blocks = list(_blocks(tree, pieces))
    if not pieces.trusted():
        return None
    about = {str(key): value for key, value in (book.metadata or {}).items() if isinstance(value, str)}
    heading = next((part for part in tree.walk() if part.type in ("Title", "H1", "H")), None)
    title = flat(about.get("Title", "")) or (pieces.text(heading.contents()) if heading else "")
    pictures = sum(part.type in _PICTURES for part in tree.walk())
    findings = [f"{pictures} figures left out"] if pictures else []
    return Draft("tagged pdf", render(blocks, title), title, flat(about.get("Author", "")), findings=findings)


def _pieces(book: Any) -> _Pieces:
    """Every sign under its piece. A sign within a mark inside a piece is still the piece's."""
    found = _Pieces()
    for page in book.pages:
        here: Content | None = None
        for char in page.chars:
            if char.get("tag") == "Artifact":
                here = None
            elif char.get("mcid") is not None:
                here = (page.page_number, char["mcid"])
            elif char["text"] == _SOFT:
                char["text"] = "-"  # with words of its own: a hyphen of the writer's at a line's end
            if here is not None:
                found.chars.setdefault(here, []).append(char)
            elif char.get("tag") != "Artifact":
                found.loose += not char["text"].isspace()
        page.close()
    return found


def _blocks(element: Element, pieces: _Pieces) -> Iterator[Block]:
    """Paragraphs and tables in the order of the tree; pictures are passed over."""
    if element.type in _PICTURES:
        pieces.text(element.contents())
    elif element.type == "Table":
        rows = (row for row in element.walk() if row.type == "TR")
        yield spread(
            [_cell(cell, pieces) for cell in row.elements() if cell.type in ("TD", "TH")] for row in rows
        )
    elif element.type in _LEAVES and not any(part.type in _INNER for part in _below(element)):
        yield pieces.text(element.contents())
    else:
        yield from _mixed(element, pieces)


def _mixed(element: Element, pieces: _Pieces) -> Iterator[Block]:
    """A part that holds others: its own words, and theirs, each a block."""
    own: list[Content] = []
    for part in element.holds:
        if isinstance(part, tuple):
            own.append(part)
            continue
        if own:
            yield pieces.text(own)
            own = []
        yield from _blocks(part, pieces)
    if own:
        yield pieces.text(own)


def _below(element: Element) -> Iterator[Element]:
    return (part for child in element.elements() for part in child.walk())


def _cell(cell: Element, pieces: _Pieces) -> tuple[str, int, int]:
    return pieces.text(cell.contents()), cell.across, cell.down


def _words(chars: Iterable[dict[str, Any]]) -> str:
    """Signs in a row: a line break where they go on lower, a blank where they stand apart.

    A hyphen that the typesetter put in goes, and what it parted is one word again.
    """
    told: list[str] = []
    before: dict[str, Any] | None = None
    for char in chars:
        if before is not None and before["text"] != _SOFT:
            size = max(before["size"], 1.0)
            if abs(char["top"] - before["top"]) > _NEW_LINE * size:
                told.append("" if told[-1] == "-" or _chinese(before, char) else "\n")
            elif char["x0"] - before["x1"] > _gap(before, char) * size and not told[-1].isspace():
                told.append(" ")
        told.append("" if char["text"] == _SOFT else char["text"])
        before = char
    return "".join(told)


def _gap(before: dict[str, Any], char: dict[str, Any]) -> float:
    return _SPACED if _chinese(before, char) else _WORD


def _chinese(before: dict[str, Any], char: dict[str, Any]) -> bool:
    return bool(max(before["text"], char["text"]) >= _CHINESE)
