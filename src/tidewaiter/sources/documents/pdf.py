"""The pages of a PDF: words by their places and ruling lines."""

from __future__ import annotations

import io
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import UnparsableError
from tidewaiter.sources.apart import run_apart
from tidewaiter.sources.documents.paper import Page, Row, Word, parts_of_pages
from tidewaiter.sources.documents.parts import Line, Part, Table, refusal
from tidewaiter.sources.documents.spread import Rules
from tidewaiter.sources.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PAGES = 400
MAX_SECONDS = 60
"""Of the process that reads one file."""
_SHAPES = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_SMALL, _RAISED = 0.75, 0.2
_BESIDE = 0.5  # of a size: words whose middles differ by less stand on one line
_TOUCH = 0.25  # of a size: signs nearer than this are one word
_THIN = 3.0  # points: a rectangle as thin as this is a ruling line


def parts_of_pdf(data: bytes, name: str) -> list[Part]:
    """Lines and tables of all pages, read by a child that the system bounds.

    Raises:
        FaultsError: the file is damaged, locked, has more pages than are read, or takes more time or memory
            than any document does.
    """
    told = _read_apart(data, MAX_SECONDS)
    if isinstance(told, UnparsableError):
        raise refusal(name, f"the PDF cannot be read: {told.detail}", told.hint) from told
    return [_part(*part) for part in told]


@lru_cache(maxsize=2)
def _read_apart(data: bytes, seconds: float) -> list[Any] | UnparsableError:
    """What the child tells; a file past the bounds is not tried again when it is read after sniffing."""
    try:
        told: list[Any] = run_apart(f"{__name__}:told_parts", data, seconds)
    except UnparsableError as error:
        return error
    return told


def told_parts(data: bytes) -> list[tuple[Any, ...]]:
    """In the child: the parts as JSON holds them.

    Raises:
        UnparsableError: more pages than are read.
    """
    import pdfplumber  # noqa: PLC0415 — heavy

    with pdfplumber.open(io.BytesIO(data)) as book:
        if (count := len(book.pages)) > MAX_PAGES:
            raise UnparsableError(f"{count} pages, more than {MAX_PAGES}")
        pages = [_page(page, number) for number, page in enumerate(book.pages, 1)]
    return [_told(part) for part in parts_of_pages(pages)]


def _told(part: Part) -> tuple[Any, ...]:
    if isinstance(part, Line):
        return part.text, part.where
    return part.grid.rows, list(part.where), [[*at, *to] for at, to in part.grid.anchors.items()]


def _part(held: Any, where: Any, anchors: Any = None) -> Part:
    if anchors is None:
        return Line(held, where)
    merged = {(row, column): (top, left) for row, column, top, left in anchors}
    return Table(Grid("", held, merged), tuple(where))


def _page(page: Any, number: int) -> Page:
    chars = [char for char in page.dedupe_chars(tolerance=0.5).chars if char.get("upright", True)]
    rules = _rules(page)
    rows = [
        Row(words, top, bottom, f"page {number}, line {at}")
        for at, (words, top, bottom) in enumerate(_rows(chars, rules), 1)
    ]
    page.close()
    return Page(rows, rules)


def _rows(chars: list[dict[str, Any]], rules: Rules) -> Iterator[tuple[list[Word], float, float]]:
    """Signs whose middles stand at one height, from the top."""
    lines: list[list[dict[str, Any]]] = []
    for char in sorted(chars, key=lambda c: (c["top"] + c["bottom"]) / 2):
        middle = (char["top"] + char["bottom"]) / 2
        last = lines[-1][0] if lines else None
        reach = _BESIDE * min(char["size"], last["size"]) if last else 0.0
        if last is not None and middle - (last["top"] + last["bottom"]) / 2 < reach:
            lines[-1].append(char)
        else:
            lines.append([char])
    for line in lines:
        top, bottom = min(float(c["top"]) for c in line), max(float(c["bottom"]) for c in line)
        words = _words(sorted(line, key=lambda c: float(c["x0"])), rules.walls(top, bottom))
        if words:
            yield words, top, bottom


def _words(chars: list[dict[str, Any]], walls: list[float]) -> list[Word]:
    sizes = sorted(float(char["size"]) for char in chars if char["text"].strip())
    if not sizes:
        return []
    size, foot = sizes[len(sizes) // 2], max(float(char["bottom"]) for char in chars)
    words: list[Word] = []
    blank = True
    for char in chars:
        sign = _plain(char["text"])
        if not sign.strip():
            blank = True
            continue
        if char["size"] < _SMALL * size and char["bottom"] < foot - _RAISED * size and sign.isdigit():
            continue  # a small raised digit is the mark of a note
        near = bool(words) and not blank and char["x0"] - words[-1].x1 < _TOUCH * size
        if near and not any(words[-1].x1 - 1 < wall < char["x0"] + 1 for wall in walls):
            words[-1] = Word(words[-1].x0, float(char["x1"]), words[-1].text + sign)
        else:
            words.append(Word(float(char["x0"]), float(char["x1"]), sign))
        blank = False
    return words


def _plain(sign: str) -> str:
    """A sign as one types it: fonts tell radicals and ligatures for what they draw."""
    return unicodedata.normalize("NFKC", sign) if _SHAPES.match(sign) else sign


def _rules(page: Any) -> Rules:
    upright, level = [], []
    for edge in page.edges:
        x0, x1, top, bottom = (float(edge[side]) for side in ("x0", "x1", "top", "bottom"))
        if x1 - x0 <= _THIN < bottom - top:
            upright.append(((x0 + x1) / 2, top, bottom))
        elif bottom - top <= _THIN < x1 - x0:
            level.append(((top + bottom) / 2, x0, x1))
    return Rules(tuple(upright), tuple(level))
