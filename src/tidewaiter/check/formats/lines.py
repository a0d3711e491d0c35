"""Paragraphs and tables as lines: the one plain shape of all formats.

A blank line parts paragraphs, so that nothing downstream takes two of them for one wrapped line. A row of a
table is one line with a tab between cells.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Rows: TypeAlias = list[list[str]]
Block: TypeAlias = str | Rows
"""A paragraph, or the rows of a table."""

_BLANKS = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_CJK = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_BLANKS_IN_CHINESE = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_NUMBERING = re.compile(
    r"(?:\d{1,2}[.、)]|[(（]\d{1,2}[)）]|[(（]?[一二三四五六七八九十]{1,3}[)）、]|[•●○◆■□–-])\Z"
)
"""A paragraph that is the number of the next one."""
_MANY = 60
_HEADING = 60
_FIRST = 6  # blocks among which the title may stand by itself
_WIDEST = 256  # columns

PROPERTIES = (
    "the day in the file's properties is when it was saved, so it is not taken for the day of publication"
)
"""A finding of all office files."""


def flat(words: str) -> str:
    """Running text on one line: a line break in a file's source is a blank, none between Chinese signs."""
    joined = unbroken(_INVISIBLE.sub("", words))
    return " ".join(joined.split())


def unbroken(source: str) -> str:
    """A source without the line breaks between its Chinese signs, where others would read blanks."""
    return _BLANKS_IN_CHINESE.sub(_blank, source)


def _blank(found: re.Match[str]) -> str:
    return "" if "\n" in found[0] else " "


def paragraph(words: str) -> str:
    """A paragraph whose line breaks are meant."""
    lines = (_BLANKS.sub(" ", line).strip() for line in _INVISIBLE.sub("", words).split("\n"))
    return "\n".join(line for line in lines if line)


def render(blocks: Iterable[Block], title: str = "") -> str:
    """The text of some blocks, the title first unless they begin with it."""
    told: list[str] = []
    for block in blocks:
        lines = paragraph(block) if isinstance(block, str) else table_lines(block)
        if lines and told and _NUMBERING.match(told[-1]) and isinstance(block, str):
            told[-1] += f" {lines}"
        elif lines:
            told.append(lines)
    if title and not any(_same(line, title) for line in told[:_FIRST]):
        told.insert(0, title)
    return "\n\n".join(told)


def first_line(text: str) -> str:
    """The first line when it is short and no sentence: a heading; else empty."""
    line = text.split("\n", 1)[0]
    return line if len(line) <= _HEADING and not line.endswith(("。", ".", "；", "\t")) else ""


def _same(line: str, title: str) -> bool:
    return "".join(line.split()) == "".join(title.split())


def table_lines(rows: Rows) -> str:
    """Rows with tabs; empty columns and rows at the edges go, a table of one column is paragraphs."""
    cells = [[flat(cell) for cell in row] for row in rows]
    cells = [row for row in cells if any(row)]
    width = max((len(row) for row in cells), default=0)
    used = [at for at in range(width) if any(at < len(row) and row[at] for row in cells)]
    if len(used) <= 1:
        return "\n\n".join("".join(row) for row in cells)
    return "\n".join(_row([row[at] if at < len(row) else "" for at in used]) for row in cells)


def _row(cells: Sequence[str]) -> str:
    """A line that stands alone in a table (a heading over all columns) keeps one tab: it is of the table."""
    line = "\t".join(cells).rstrip("\t")
    return line if "\t" in line else f"{line}\t"


def spread(rows: Iterable[Iterable[tuple[str, int, int]]]) -> Rows:
    """Cells (words, columns, rows spanned) on a grid: words stand once, the rest of a span is empty."""
    grid: Rows = []
    held: dict[int, int] = {}  # column: rows that a cell above still covers
    for row in rows:
        line: list[str] = []
        for words, across, down in row:
            if len(line) > _WIDEST:
                break
            while held.get(len(line), 0) > 0 and len(line) <= _WIDEST:
                held[len(line)] -= 1
                line.append("")
            span = max(1, min(across, _MANY))
            for at in range(len(line), len(line) + span):
                held[at] = max(0, min(down, _MANY) - 1)
            line += [words, *[""] * (span - 1)]
        for at in [at for at in held if at >= len(line) and held[at] > 0]:
            held[at] -= 1
        grid.append(line)
    return grid
