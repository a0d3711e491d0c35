"""Tables inside a text: a numbered caption, a header row and rows, cells parted by tabs.

::

    表1 我國伺服器出口統計

     ⇥ 2017年 ⇥ 2018年 ⇥ … ⇥ 2024年 1-9月
    出口值(億美元)                              ← a block: what its rows say, and in which unit
    出口值 ⇥ 5.7 ⇥ 11.3 ⇥ … ⇥ 156.9
    美國 ⇥ 0.5 ⇥ 4.0 ⇥ … ⇥ 123.7
    年增率(%)
    …
    資料來源：財政部關務署「海關進出口統計」
    說明：…

Only the shape is read here. What a caption, a block or a label means is the reader's business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tidewaiter.sources.printed import count_numbers, plain, split_unit

_CAPTION = re.compile(r"\s*(表\s*[\d一二三四五六七八九十]+)(?:[\s、:：.．]+|(?=\D))(\S.*)")
_UNIT_LINE = re.compile(r"[(（]?單位\s*[:：]\s*(.+?)[)）]?\s*\Z")
_FOOT = re.compile(r"\s*(資料來源|說明|註|附註|備註)\s*\d*\s*[:：]")
_HEADER_CELLS = 2  # a header names at least this many columns of numbers
_HEADER_WITHIN = 3  # lines with text between caption and header (a unit line, a subtitle)


@dataclass(frozen=True, slots=True)
class TextRow:
    """A label and its cells, at a line of the document (from 1)."""

    label: str
    line: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class TextBlock:
    """Rows under one heading: ``出口值(億美元)`` is title 出口值, unit 億美元."""

    title: str
    unit: str
    line: int
    rows: list[TextRow] = field(default_factory=list)


@dataclass(slots=True)
class TextTable:
    """One table.

    Attributes:
        name: its number as printed, ``表1``.
        caption: the rest of the caption.
        line: line of the caption.
        header: names of the columns of numbers.
        blocks: in order.
        foot: source and notes below it, as printed.
        last: its last line.
    """

    name: str
    caption: str
    line: int
    header: tuple[str, ...]
    blocks: list[TextBlock] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    last: int = 0


def find_tables(text: str) -> list[TextTable]:
    """Every table of the text, in order. Captions without a table below them are passed over."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    tables = []
    at = 0
    while at < len(lines):
        table, after = _table_at(lines, at)
        if table is not None:
            table.last = after
            tables.append(table)
        at = max(after, at + 1)
    return tables


def stray_rows(text: str, tables: list[TextTable]) -> list[int]:
    """Lines with two or more numbers parted by tabs that belong to none of the tables."""
    taken = {line for table in tables for line in range(table.line, table.last + 1)}
    return [
        number
        for number, line in enumerate(text.split("\n"), 1)
        if number not in taken and "\t" in line and count_numbers(line.split("\t")) >= _HEADER_CELLS
    ]


def _table_at(lines: list[str], at: int) -> tuple[TextTable | None, int]:
    """The table whose caption stands at a line, and the line after its last."""
    caption = _CAPTION.fullmatch(lines[at])
    if caption is None or "\t" in lines[at].strip():
        return None, at + 1
    passed, unit = 0, ""
    for after in range(at + 1, len(lines)):
        line = lines[after]
        if header := _header(line):
            name = re.sub(r"\s", "", caption[1])
            table = TextTable(name, caption[2].strip(), at + 1, header)
            return table, _body(lines, after, table, unit)
        if not line.strip():
            continue
        if said := _UNIT_LINE.match(plain(line)):
            unit = said[1]
        passed += 1
        if passed >= _HEADER_WITHIN or _CAPTION.fullmatch(line):
            break
    return None, at + 1


def _header(line: str) -> tuple[str, ...]:
    """The column names of a header row, empty when the line is none."""
    first, *names = (cell.strip() for cell in line.split("\t"))
    dates = sum(bool(re.search(r"\d{2,4}\s*年", name)) for name in names)
    is_header = dates >= _HEADER_CELLS and not re.search(r"\d", first)
    return _trimmed(names) if is_header else ()


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return tuple(cells)


def _body(lines: list[str], header_at: int, table: TextTable, unit: str) -> int:
    """Fill blocks and foot; give the line after the table."""
    if not unit:
        unit = split_unit(lines[header_at].split("\t")[0])[1]
    block = TextBlock("", unit, header_at + 1)
    for at in range(header_at + 1, len(lines)):
        line = lines[at]
        if _FOOT.match(line) or table.foot:
            if not line.strip():
                continue
            if not _FOOT.match(line):
                return at
            table.foot.append(line.strip())
        elif line.strip():
            label, *cells = (cell.strip() for cell in line.split("\t"))
            if any(cells):
                if not table.blocks:
                    table.blocks.append(block)
                table.blocks[-1].rows.append(TextRow(label, at + 1, tuple(cells)))
            elif _is_heading(label):
                table.blocks.append(TextBlock(*split_unit(label), at + 1))
            else:
                return at
    return len(lines)


def _is_heading(text: str) -> bool:
    """A line of its own that ends in a unit in brackets, and is no caption or sentence."""
    name, unit = split_unit(text)
    return bool(unit) and not _CAPTION.fullmatch(text) and "。" not in name
