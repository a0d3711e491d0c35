"""Sheets of a workbook before they are a file: each cell with its place, its look and its value.

Numbers stay numbers with all their digits; what is printed is their format. Nothing is computed in the
workbook, since every figure was computed once, in one place.

>>> number_format("58,487", 58487.447), number_format("+34.1%", 34.0682), number_format("0.0", -0.01)
('#,##0', '+0.0"%";-0.0"%"', '0.0;0.0')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Literal, TypeAlias

from tidewaiter.bulletin.render.laid import foot, last_lines, publication, text_width, unit_line
from tidewaiter.bulletin.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.bulletin.document import Bulletin
    from tidewaiter.bulletin.tables import Cell, Row, Table
    from tidewaiter.bulletin.words import Words

Role: TypeAlias = Literal["title", "unit", "head", "label", "cell", "section", "note", "plain"]
_PARTS = re.compile(r"(?P<before>[^\d+\-]*)(?P<sign>[+-]?)(?P<whole>[\d,]+)(?:\.(?P<rest>\d+))?(?P<after>.*)")
_WRAPPED = ("head", "note", "plain")
_HEAVY = ("total", "cumulative", "section")
_LEAST_WIDTH, _SIGN_WIDTH, _MARGIN = 8.0, 1.05, 2.0
_ABOUT = 100.0
_NARROWEST_LINE = 8  # columns: a table narrower than this lends its notes the room of more


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; equal looks are one style of the workbook."""

    role: Role
    form: str = ""
    bold: bool = False
    band: bool = False
    rule: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in its place.

    Attributes:
        row: from 0.
        column: from 0.
        content: a text or a number.
        look: style.
        across: columns it spans.
        down: rows it spans.
        text: as printed, where the content is a number.
    """

    row: int
    column: int
    content: str | float
    look: Look
    across: int = 1
    down: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its cells row by row, column widths in digits, and how many rows are its head."""

    name: str
    cells: tuple[Placed, ...]
    widths: tuple[float, ...]
    head: int = 0

    def lines(self) -> dict[int, int]:
        """How many lines of text a row needs, where it needs more than one."""
        needed: dict[int, int] = {}
        for cell in self.cells:
            if cell.look.role in _WRAPPED and isinstance(cell.content, str) and cell.down == 1:
                room = sum(self.widths[cell.column : cell.column + cell.across]) - 1
                needed[cell.row] = max(needed.get(cell.row, 1), ceil(_digits(cell.content) / room))
        return {row: count for row, count in needed.items() if count > 1}


def sheets(bulletin: Bulletin) -> list[Sheet]:
    """One sheet a table, and a last one that says what the workbook is and where it comes from."""
    say = words(bulletin.lang)
    return [*(_sheet(table, say) for table in bulletin.tables()), _about(bulletin, say)]


def number_format(text: str, value: float) -> str:
    """The format that prints ``value`` as ``text``: decimals, grouping, sign and what stands around it."""
    match = _PARTS.fullmatch(text)
    if match is None:
        return "General"
    whole = "#,##0" if "," in match["whole"] else "0"
    digits = whole + (f".{'0' * len(match['rest'])}" if match["rest"] else "")
    body = f"{_literal(match['before'])}{{}}{digits}{_literal(match['after'])}"
    if match["sign"] == "+":
        return f"{body.format('+')};{body.format('-')}"
    if value < 0 and (
        match["sign"] != "-" or not match["whole"].strip("0,") + (match["rest"] or "").strip("0")
    ):
        return f"{body.format('')};{body.format('')}"  # the words tell the sign, or nothing is left of it
    return body.format("")


def _literal(text: str) -> str:
    return f'"{text}"' if text else ""


def _sheet(table: Table, say: Words) -> Sheet:
    cells = [*_top(table, say)]
    unit, head = bool(table.unit), table.head()
    first = 1 + unit
    cells += _heads(table, first)
    body = first + len(head)
    for at, row in enumerate(table.rows):
        before = table.rows[at - 1].kind if at else row.kind
        ruled = row.kind in ("month", "difference") and before not in (row.kind, "cumulative")
        cells += _row(row, body + at, table.width, ruled=ruled)
    below = body + len(table.rows)
    across = max(table.width + 1, _NARROWEST_LINE)
    for at, line in enumerate(foot(table, say)):
        cells.append(Placed(below + at, 0, line, Look("note"), across=across))
    return Sheet(say.table.format(table.number), tuple(cells), _widths(table), body)


def _top(table: Table, say: Words) -> Iterator[Placed]:
    title = f"{say.table.format(table.number)}　{table.caption}"
    yield Placed(0, 0, title, Look("title", bold=True), across=table.width + 1)
    if table.unit:
        yield Placed(1, 0, unit_line(table, say), Look("unit"), across=table.width + 1)


def _heads(table: Table, first: int) -> Iterator[Placed]:
    lines = table.head()
    look = Look("head", bold=True, band=True)
    yield Placed(first, 0, table.stub, look, down=len(lines))
    taken: set[tuple[int, int]] = set()
    for at, line in enumerate(lines):
        place = 1
        for head in line:
            while (at, place) in taken:
                place += 1
            yield Placed(first + at, place, head.label, look, head.across, head.down)
            taken.update(
                (at + down, place + across) for down in range(head.down) for across in range(head.across)
            )
            place += head.across


def _row(row: Row, at: int, width: int, *, ruled: bool) -> Iterator[Placed]:
    bold, band = row.kind in _HEAVY, row.kind in ("section", "cumulative")
    if row.kind == "section":
        yield Placed(at, 0, row.label, Look("section", bold=True, band=True), across=width + 1)
        return
    yield Placed(at, 0, row.label, Look("label", "", bold, band, ruled, row.level))
    for column, cell in enumerate(row.cells, start=1):
        content, form = _content(cell)
        yield Placed(at, column, content, Look("cell", form, bold, band, ruled), text=cell.text)


def _content(cell: Cell) -> tuple[str | float, str]:
    if cell.value is None:
        return cell.text, ""
    return cell.value, number_format(cell.text, cell.value)


def _widths(table: Table) -> tuple[float, ...]:
    labels = [table.stub, *(row.label for row in table.rows if row.kind != "section")]
    found = [max(map(_digits, labels), default=_LEAST_WIDTH) + _MARGIN]
    for at, path in enumerate(table.paths()):
        texts = [row.cells[at].text for row in table.rows if row.cells]
        most = max(map(len, texts), default=0) * _SIGN_WIDTH
        found.append(max(_LEAST_WIDTH, most, _digits(path[-1])) + _MARGIN)
    return tuple(round(width, 1) for width in found)


def _digits(text: str) -> float:
    """The width of a text in digits."""
    return text_width(text) / text_width("0")


def _about(bulletin: Bulletin, say: Words) -> Sheet:
    """Title, dates, sources and notes: a workbook is passed on without the page it came from."""
    lines = [
        f"{bulletin.masthead.office}　{publication(bulletin)}",
        *(f"{label}{say.colon}{text}" for label, text in bulletin.masthead.fields),
        *last_lines(bulletin),
    ]
    cells = [Placed(0, 0, bulletin.title, Look("title", bold=True))]
    cells += [Placed(at, 0, line, Look("plain")) for at, line in enumerate(lines, start=1)]
    return Sheet(say.notes, tuple(cells), (_ABOUT,))
