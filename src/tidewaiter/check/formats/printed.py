"""A line on paper: its signs by their places, cut into cells where the gaps are too wide for a blank."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tidewaiter.check.formats.lines import flat

_CUT = 0.75  # of the size of a sign: a gap between two cells, if the line is a row
_WIDE = 1.8  # a gap that no running text has
_SPACE = 0.6  # a blank even in Chinese
_BLANK = 0.2
_SMALL, _RAISED = 0.75, 0.2
_MARKS = re.compile(r"[\d\[\]()*†]\Z")
_SHAPES = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_HYPHENS = frozenset("\u00ad\u2010\u2011")
_NUMBER = re.compile(r"[-+−–△▲]?\s*\(?[\d,]+(?:\.\d+)?\)?\s*[%％*rp]?\Z|[-–—－…X]\Z")
_ROW = 3  # cells of a row without wide gaps
_BRIEF = 10  # signs in each of them


@dataclass(frozen=True, slots=True)
class Cell:
    """Words between two gaps."""

    x0: float
    x1: float
    text: str

    @property
    def number(self) -> bool:
        """A number or the dash that stands for none."""
        return bool(_NUMBER.match(self.text))


@dataclass(frozen=True, slots=True)
class Printed:
    """A line, in points from the left and top of its page.

    Attributes:
        text: its words, as running text.
        cells: its words, cut at gaps.
        row: the gaps are those of a row of a table.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    cells: tuple[Cell, ...] = ()
    row: bool = False


def printed(line: dict[str, Any]) -> Printed:
    """A line of pdfplumber's."""
    chars = sorted(line["chars"], key=lambda char: char["x0"])
    sizes = Counter(round(char["size"], 1) for char in chars if char["text"].strip())
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    chars = [char for char in chars if not _is_mark(char, line["bottom"], size)]
    cells = _cut(chars, size)
    text = flat(" ".join(cell.text for cell in _cut(chars, size, _SPACE)))
    wide = any(after.x0 - cell.x1 > _WIDE * size for cell, after in pairwise(cells))
    words = sum(len(cell.text) for cell in cells)
    row = wide or (len(cells) >= _ROW and words <= _BRIEF * len(cells))
    return Printed(text, line["x0"], line["x1"], line["top"], line["bottom"], size, cells, row)


def _is_mark(char: dict[str, Any], foot: float, size: float) -> bool:
    """A small raised digit is the mark of a note, not a digit of the number before it."""
    small = char["size"] < _SMALL * size and char["bottom"] < foot - _RAISED * size
    return small and bool(_MARKS.match(char["text"]))


def _cut(chars: list[dict[str, Any]], size: float, gap: float = _CUT) -> tuple[Cell, ...]:
    """Cells of a line. A narrow gap is a blank between Latin signs alone: digits stand apart in Chinese."""
    cells: list[Cell] = []
    words, start, last, blank = "", 0.0, 0.0, False
    for char in chars:
        sign = plain_sign(char["text"])
        if not sign.strip():
            blank = bool(words)
            continue
        space = char["x0"] - last
        if words and space > gap * size:
            cells.append(Cell(start, last, flat(words)))
            words = ""
        elif words and (blank or (space > _BLANK * size and words[-1].isascii() and sign[0].isascii())):
            words += " "
        start = start if words else char["x0"]
        words, last, blank = words + sign, char["x1"], False
    return (*cells, Cell(start, last, flat(words))) if words else tuple(cells)


def plain_sign(sign: str) -> str:
    """A sign as one types it: fonts tell radicals (⽉), ligatures (ﬁ) and soft hyphens for what they draw.

    >>> "".join(map(plain_sign, "⽉ﬁ"))
    '月fi'
    """
    if _SHAPES.match(sign):
        return unicodedata.normalize("NFKC", sign)
    return "-" if sign in _HYPHENS else sign
