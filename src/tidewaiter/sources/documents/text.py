"""The parts of a text: cells parted by tabs, or columns made with blanks."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from tidewaiter.sources.documents.numbers import flat, shown_number
from tidewaiter.sources.documents.paper import Page, Row, Word, parts_of_pages
from tidewaiter.sources.documents.parts import Laid, Line, Part, Spanned

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANKS = 2  # so many blanks part two columns
MAX_LINE = 20_000


def parts_of_text(text: str, name: str) -> list[Part]:
    """Lines and tables in order, each with the number of its line."""
    lines = text.splitlines()
    if any("\t" in line for line in lines):
        return list(_tabbed(lines, name))
    rows = [_row(line, number) for number, line in enumerate(lines, 1)]
    return list(parts_of_pages([Page([row for row in rows if row.words])]))


def _tabbed(lines: list[str], name: str) -> Iterator[Part]:
    """Runs of lines with tabs are tables; a heading between two of them (one cell) is of the table."""
    laid = Laid(name)
    for number, line in enumerate(lines, 1):
        here = f"line {number}"
        if "\t" in line[:MAX_LINE] and line.strip():
            laid.add((Spanned(cell) for cell in line.split("\t")), here)
            continue
        if laid.rows and _is_block(line, lines[number : number + 2]):
            laid.add([Spanned(line)], here)
            continue
        if laid.rows and line.strip():
            yield laid.table()
            laid = Laid(name)
        if shown := flat(line):
            yield Line(shown, here)
    if laid.rows:
        yield laid.table()


def _is_block(line: str, after: list[str]) -> bool:
    """A short line that ends in brackets with rows right below it: ``年增率(%)``."""
    below = next((other for other in after if other.strip()), "")
    numbers = sum(shown_number(cell) is not None for cell in below.split("\t"))
    return line.strip().endswith((")", "）")) and "\t" in below and numbers > 0 and "。" not in line


def _row(line: str, number: int) -> Row:
    """A line as words by columns of a terminal: Chinese signs take two."""
    words: list[Word] = []
    at, start, blanks, held = 0, 0, _BLANKS, ""
    for sign in line[:MAX_LINE]:
        width = 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if sign.isspace():
            blanks += width
        else:
            if held and blanks >= _BLANKS:
                words.append(Word(start, at - blanks, held))
                held = ""
            held, start = (held + (" " if blanks else "") + sign, start) if held else (sign, at)
            blanks = 0
        at += width
    if held:
        words.append(Word(start, at - blanks, held))
    return Row(words, number * 2.0, number * 2.0 + 1.0, f"line {number}")
