"""Tables on paper: words by their places → grids.

Rows of data are lines with numbers side by side. What their words cover from left to right are the
columns; what stands left of the first number is the label. The lines above them, up to the caption, are
the header: a name belongs to the columns between the ruling lines around it, else above the ruling line
below it, else to the run of columns whose middle is the middle of the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidewaiter.sources.documents.numbers import flat, is_missing, shown_number
from tidewaiter.sources.documents.parts import MAX_SPAN, Line, Part, Table
from tidewaiter.sources.documents.spread import NO_RULES, Header, Rules, spread_header
from tidewaiter.sources.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tidewaiter.sources.grid import Cell

_CAPTION = re.compile(r"(?:附?表\s*[\d一二三四五六七八九十]|Table\s*\d)", re.IGNORECASE)
_UNIT = re.compile(r"[(（]?\s*(?:單位|unit)\s*[:：]", re.IGNORECASE)
_FOOT = re.compile(r"(?:資料來源|說明|附?註|備註|Source|Note)s?\s*\d*\s*[:：]", re.IGNORECASE)
_SENTENCE = re.compile(r"[。；]")
_CUT = 0.6  # of a size: a gap between two cells
_DATA = 2  # numbers of a line of data
_GAP = 1  # lines without numbers that may stand among rows of data (headings of blocks, wrapped labels)
_ABOVE = 8  # lines of a header
_NEAR = 0.6  # of a size: lines of one header stand that near
_NEAR_WIDE = 1.2  # below a line of names they may stand wider
_OVER = 4  # of a size: how far a name may reach beyond the numbers below it
_SPACED = 2.5  # of a size: signs of one name set apart, as in 合　計
_SHORT = 7  # signs: 年(月)別, set halfway down the header
_YEAR = re.compile(r"(?:19|20)\d{2}\Z")


@dataclass(frozen=True, slots=True)
class Word:
    """Signs without a gap, by their place in points (or in signs, on a page of text)."""

    x0: float
    x1: float
    text: str

    @property
    def middle(self) -> float:
        """Its middle from the left."""
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class Row:
    """Words side by side.

    Attributes:
        words: from left to right.
        top: from the top of the page.
        bottom: likewise.
        where: ``page 3, line 12``.
    """

    words: list[Word]
    top: float
    bottom: float
    where: str
    cells: list[Word] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words as running text."""
        return flat("".join(_joined(self.words)))

    @property
    def x1(self) -> float:
        """Where its last word ends."""
        return self.words[-1].x1

    @property
    def size(self) -> float:
        """Height of its signs."""
        return max(self.bottom - self.top, 0.1)

    def numbers(self) -> int:
        """How many of its cells are numbers or signs for none, years aside."""
        found = [cell.text for cell in self.cells if not _YEAR.match(cell.text)]
        held = sum(shown_number(text) is not None for text in found)
        return held + sum(is_missing(text) for text in found) if held else 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its rows from the top, and its ruling lines."""

    rows: list[Row]
    rules: Rules = NO_RULES


def parts_of_pages(pages: Sequence[Page]) -> Iterator[Part]:
    """Lines and tables of some pages, in order."""
    for page in pages:
        for row in page.rows:
            row.cells = cut(row.words, row.size, page.rules.walls(row.top, row.bottom))
        yield from _parts(page)


def cut(words: list[Word], size: float, walls: Sequence[float] = ()) -> list[Word]:
    """Cells of a line: words whose gap is that of a blank belong together; two numbers never do.

    Args:
        words: from left to right.
        size: of its signs.
        walls: where upright ruling lines cross the line.
    """
    cells: list[Word] = []
    for word in words:
        last = cells[-1] if cells else None
        near = last is not None and word.x0 - last.x1 < _CUT * size
        spaced = last is not None and word.x0 - last.x1 < _SPACED * size and _is_sign(last) and _is_sign(word)
        if last is not None and (near or spaced) and not _apart(last, word, walls):
            cells[-1] = Word(last.x0, word.x1, flat("".join(_joined([last, word]))))
        else:
            cells.append(word)
    return cells


def _is_sign(word: Word) -> bool:
    """Chinese signs set apart: one, or several joined already."""
    return all(len(sign) == 1 and "\u4e00" <= sign <= "\u9fff" for sign in word.text.split())


def _apart(last: Word, word: Word, walls: Sequence[float]) -> bool:
    numbers = _numeric(last.text) and _numeric(word.text)
    return numbers or any(last.middle < wall < word.middle for wall in walls)


def _numeric(text: str) -> bool:
    return shown_number(text) is not None or text in {"-", "…"}


def _joined(words: Sequence[Word]) -> Iterator[str]:
    for at, word in enumerate(words):
        if (at and words[at - 1].text[-1:].isascii() and word.text[:1].isascii()) or (
            at and word.x0 - words[at - 1].x1 > _CUT * (word.x1 - word.x0 + 1)
        ):
            yield " "
        yield word.text


def _parts(page: Page) -> Iterator[Part]:
    """A table begins above each run of rows of data; all other lines are text."""
    rows, at = page.rows, 0
    for first, last in list(_runs(rows)):
        if first < at:
            continue
        top = _top(rows, first, at)
        yield from (Line(line, row.where) for row in rows[at:top] for line in _caption(row))
        yield _table(rows[top:first], rows[first : last + 1], page.rules)
        at = last + 1
    yield from (Line(row.text, row.where) for row in rows[at:] if row.text)


def _caption(row: Row) -> list[str]:
    """A caption and the unit that stands beside it are two lines."""
    text = row.text
    unit = next((at for at, cell in enumerate(row.cells) if at and _UNIT.match(cell.text)), None)
    if unit is None:
        return [text] if text else []
    return [flat(" ".join(cell.text for cell in row.cells[:unit])), row.cells[unit].text]


def _runs(rows: list[Row]) -> Iterator[tuple[int, int]]:
    """First and last row of data of each table."""
    first = last = -1
    for at, row in enumerate(rows):
        if row.numbers() >= _DATA and not _is_text(row):
            first, last = (first if first >= 0 else at), at
        elif first >= 0 and (_ends(row) or at - last > _GAP):
            yield first, last
            first = -1
    if first >= 0:
        yield first, last


def _is_text(row: Row) -> bool:
    """A sentence that happens to hold numbers."""
    return bool(_SENTENCE.search(row.text)) or _ends(row)


def _ends(row: Row) -> bool:
    return any(pattern.match(row.text) for pattern in (_CAPTION, _UNIT, _FOOT))


def _top(rows: list[Row], first: int, at: int) -> int:
    """The first line of the header: below the caption or unit, or where lines are no header any more.

    Captions side by side head the halves of one table: they are its first line of header.
    """
    left = rows[first].cells[0].x1
    for above in range(first - 1, max(at, first - _ABOVE) - 1, -1):
        row = rows[above]
        if sum(bool(_CAPTION.match(cell.text)) for cell in row.cells) > 1:
            return above
        if _is_text(row) or any(_UNIT.match(cell.text) for cell in row.cells):
            beside = (
                sum(bool(_CAPTION.match(cell.text)) for cell in rows[above - 1].cells) if above > at else 0
            )
            return above - 1 if beside > 1 else above + 1
        wide = any(len(other.cells) >= _DATA for other in rows[max(at, above - 3) : above])
        near = rows[above + 1].top - row.bottom < (_NEAR_WIDE if wide else _NEAR) * row.size
        if len(row.cells) < _DATA and not (near and _is_name(row, (left, rows[first].x1))):
            return above + 1
    return max(at, first - _ABOVE)


def _is_name(row: Row, edges: tuple[float, float]) -> bool:
    """A line of one cell may be of a header when it is short, or stands over the columns."""
    over = row.cells[0].x0 > edges[0] and row.x1 < edges[1] + _OVER * row.size
    return over or len(row.text) <= _SHORT


def _table(head: list[Row], body: list[Row], rules: Rules) -> Table:
    columns = _columns(body)
    left = columns[0][0] if columns else 0.0
    header = [
        Header(row.top, row.bottom, [(cell.x0, cell.x1, cell.text) for cell in row.cells], row.where)
        for row in head
    ]
    laid = spread_header(header, columns, left, rules)
    cells: list[list[Cell]] = [list(row) for row in laid.rows]
    where = list(laid.where)
    for row in body:
        cells.append(list(_placed(row, columns, left)))
        where.append(row.where)
    return Table(Grid("", cells, laid.anchors), tuple(where))


def _columns(body: list[Row]) -> list[tuple[float, float]]:
    """What the cells of rows of data cover, from the first number on."""
    data = [row for row in body if row.numbers() >= _DATA]
    starts = [next(cell.x0 for cell in row.cells if _numeric(cell.text)) for row in data]
    left = min(starts, default=0.0)
    covered = sorted((c.x0, c.x1) for row in data for c in row.cells if c.x0 >= left - 0.1)
    columns: list[tuple[float, float]] = []
    for x0, x1 in covered:
        if columns and x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns[:MAX_SPAN]


def _placed(row: Row, columns: list[tuple[float, float]], left: float) -> list[str]:
    """The label, then one text a column."""
    line = [""] * (len(columns) + 1)
    for cell in row.cells:
        if cell.x0 < left - 0.1:
            at = 0
        else:
            middle = cell.middle
            at = 1 + min(range(len(columns)), key=lambda n: _distance(middle, columns[n]))
        line[at] = f"{line[at]} {cell.text}".strip()
    return line


def _distance(middle: float, column: tuple[float, float]) -> float:
    return max(column[0] - middle, middle - column[1], 0.0)
