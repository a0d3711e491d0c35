"""The structure tree of a tagged PDF, with what is empty and in the order it is written.

A cell without words is a cell: left out, the ones behind it would move a column to the left.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Content = tuple[int, int]
"""A numbered piece of content: page and number."""
_DEEP = 60
_MANY = 400_000  # elements; a file with more is read by its pages


@dataclass(slots=True)
class Element:
    """An element: its type, what it spans in a table, and what it holds in order."""

    type: str
    across: int = 1
    down: int = 1
    holds: list[Element | Content] = field(default_factory=list)

    def elements(self) -> Iterator[Element]:
        """The elements it holds."""
        return (part for part in self.holds if isinstance(part, Element))

    def walk(self) -> Iterator[Element]:
        """It and all below it."""
        yield self
        for part in self.elements():
            yield from part.walk()

    def contents(self) -> Iterator[Content]:
        """Every numbered piece in it, in order."""
        for part in self.holds:
            if isinstance(part, Element):
                yield from part.contents()
            else:
                yield part


class BrokenTreeError(Exception):
    """The tree cannot be followed: too deep, too large, or in a circle."""


def structure_of(book: Any) -> Element | None:
    """The tree of a file, None where it has none.

    Raises:
        BrokenTreeError: it cannot be followed.
    """
    from pdfminer.pdftypes import resolve1  # noqa: PLC0415 — heavy

    root = resolve1(book.doc.catalog.get("StructTreeRoot"))
    if not isinstance(root, dict):
        return None
    pages = {page.page_obj.pageid: page.page_number for page in book.pages}
    roles = {str(name): _name(role) for name, role in (resolve1(root.get("RoleMap")) or {}).items()}
    return _Walk(pages, roles, resolve1).element(root, None, 0)


@dataclass(slots=True)
class _Walk:
    pages: dict[Any, int]
    roles: dict[str, str]
    resolve: Any
    seen: int = 0

    def element(self, told: dict[str, Any], page: int | None, depth: int) -> Element:
        self.seen += 1
        if depth > _DEEP or self.seen > _MANY:
            raise BrokenTreeError
        kind = _name(told.get("S"))
        across, down = self._spans(told.get("A"))
        made = Element(self.roles.get(kind, kind), across, down)
        page = self._page(told) or page
        kids = self.resolve(told.get("K"))
        for kid in kids if isinstance(kids, list) else [kids]:
            self._hold(made, self.resolve(kid), page, depth)
        return made

    def _hold(self, made: Element, kid: Any, page: int | None, depth: int) -> None:
        if isinstance(kid, int) and page is not None:
            made.holds.append((page, kid))
        elif isinstance(kid, dict) and "MCID" in kid:
            here = self._page(kid) or page
            if here is not None:
                made.holds.append((here, int(self.resolve(kid["MCID"]))))
        elif isinstance(kid, dict) and "S" in kid:
            made.holds.append(self.element(kid, page, depth + 1))

    def _page(self, told: dict[str, Any]) -> int | None:
        return self.pages.get(getattr(told.get("Pg"), "objid", None))

    def _spans(self, told: Any) -> tuple[int, int]:
        told = self.resolve(told)
        across = down = 1
        for one in told if isinstance(told, list) else [told]:
            facts = self.resolve(one)
            if isinstance(facts, dict):
                across = _span(self.resolve(facts.get("ColSpan")), across)
                down = _span(self.resolve(facts.get("RowSpan")), down)
        return across, down


def _span(told: Any, otherwise: int) -> int:
    return told if isinstance(told, int) and told > 0 else otherwise


def _name(told: Any) -> str:
    name = getattr(told, "name", told)
    return name.decode("latin-1") if isinstance(name, bytes) else str(name or "")
