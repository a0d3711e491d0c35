"""The words of a PDF by where they stand: lines, tables, and what repeats on every page.

A PDF knows signs and places only. Lines come from pdfplumber with their edges; a table has ruling lines,
or rows whose cells stand apart by wide gaps. What stands at the top or foot of most pages is furniture.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tidewaiter.check.formats.extracted import Draft
from tidewaiter.check.formats.grid import aligned
from tidewaiter.check.formats.limits import MAX_PAGES
from tidewaiter.check.formats.lines import flat, render
from tidewaiter.check.formats.printed import Printed, printed
from tidewaiter.check.formats.tagged import read_tagged
from tidewaiter.check.formats.wrap import rejoin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.check.formats.lines import Block

_EDGE = 0.12  # of a page's height: where headers and footers stand
_PAGE = re.compile(
    r"[-–—\s]*(?:第\s*|page\s+)?\d{1,4}\s*(?:頁|页)?(?:\s*(?:[/／,，共]|of)+\s*\d{1,4}\s*(?:頁|页)?)?[-–—\s]*\Z",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_BARE = re.compile(r"[-+−–\d.,%％\s]+\Z")
_CAPTION = re.compile(
    r"(?:附?[表圖]\s*[\d一二三四五六七八九十]|Table\s*\d|[(（]?單位\s*[:：])", re.IGNORECASE
)
_UNIT = re.compile(r"[(（]?(?:單位|unit)\s*[:：]", re.IGNORECASE)
_HEADING = 1.15  # of the usual size
_REACHED = 3  # lines that end alike
_SHOWN = 8
_FAITHFUL = 0.98


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table and where it stands."""

    top: float
    rows: list[list[str]]


@dataclass(slots=True)
class Sheet:
    """A page: its lines and ruled tables."""

    height: float
    width: float
    lines: list[Printed]
    tables: list[Ruled]


def read_pdf(data: bytes) -> Draft:
    """The text of a PDF; page headers, footers and the bare numbers of charts are left out."""
    import pdfplumber  # noqa: PLC0415 — heavy

    with pdfplumber.open(BytesIO(data)) as book:
        if (tagged := read_tagged(book)) is not None:
            return tagged
        sheets = [_sheet(page) for page in book.pages[:MAX_PAGES]]
        findings = [f"pages after {MAX_PAGES} left out"] if len(book.pages) > MAX_PAGES else []
        told = {str(key): value for key, value in (book.metadata or {}).items() if isinstance(value, str)}
    bare = [number for number, sheet in enumerate(sheets, 1) if not sheet.lines and not sheet.tables]
    if bare:
        findings.append(f"no text on {_pages(bare)}: pictures are not read")
    findings += _drop_furniture(sheets)
    title, margins = _title(sheets, flat(told.get("Title", ""))), _margins(sheets)
    parts = list(_flow(sheets))
    kept = [part for part in parts if not (isinstance(part, Printed) and _BARE.match(part.text))]
    if len(kept) < len(parts):
        findings.append(f"{len(parts) - len(kept)} lines of bare numbers (charts) left out")
    text = render(rejoin(kept, margins))
    return Draft("pdf", text, title, flat(told.get("Author", "")), findings=findings)


def _title(sheets: list[Sheet], told: str) -> str:
    """The title of the properties if the first page bears it, else the largest words there."""
    lines = [line for line in sheets[0].lines if not line.row] if sheets else []
    together = "".join("".join(line.text.split()) for line in lines)
    if told and "".join(told.split()) in together:
        return told
    if not lines:
        return ""
    sizes = Counter(round(line.size) for line in lines)
    largest = max(line.size for line in lines)
    if largest < _HEADING * sizes.most_common(1)[0][0]:
        return lines[0].text if len(lines) > 1 else ""
    first = next(at for at, line in enumerate(lines) if line.size == largest)
    return next(
        " ".join(line.text for line in run)
        for big, run in groupby(lines[first:], lambda line: line.size == largest)
        if big
    )


def _pages(numbers: list[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:_SHOWN])
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}{' …' if len(numbers) > _SHOWN else ''}"


def _sheet(page: Any) -> Sheet:
    page = page.dedupe_chars(tolerance=0.5)
    tables = [table for table in page.find_tables() if _is_table(table, page)]
    boxes = [table.bbox for table in tables]
    ruled = [
        Ruled(table.bbox[1], [[cell or "" for cell in row] for row in table.extract()]) for table in tables
    ]
    lines = [line for line in map(printed, _lines(page, boxes)) if line.text]
    sheet = Sheet(float(page.height), float(page.width), lines, ruled)
    page.close()
    return sheet


def _is_table(table: Any, page: Any) -> bool:
    """Ruled all through: two columns at least, no words outside of its cells, no numbers stacked in one.

    Many offices rule a table between groups of rows alone, and leave its sides open: such a one is read by
    its gaps.
    """
    rows = [[cell or "" for cell in row] for row in table.extract()]
    columns = {at for row in rows for at, cell in enumerate(row) if cell.strip()}
    if len(rows) <= 1 or len(columns) <= 1:
        return False
    if any(sum(_stacked(cell) for cell in row) > 1 for row in rows):
        return False
    _, top, _, foot = table.bbox
    band = [
        char
        for char in page.chars
        if top <= (char["top"] + char["bottom"]) / 2 <= foot and char["text"].strip()
    ]
    inside = sum(len("".join(cell.split())) for row in rows for cell in row)
    return inside >= _FAITHFUL * len(band)


def _stacked(cell: str) -> bool:
    lines = cell.split("\n")
    return len(lines) > 1 and all(_BARE.match(line) for line in lines)


def _lines(page: Any, boxes: list[tuple[float, float, float, float]]) -> list[dict[str, Any]]:
    def outside(thing: dict[str, Any]) -> bool:
        if thing.get("object_type") != "char":
            return True
        if not thing.get("upright", True):
            return False
        x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(left <= x <= right and top <= y <= foot for left, top, right, foot in boxes)

    found: list[dict[str, Any]] = page.filter(outside).extract_text_lines(return_chars=True, strip=True)
    return found


def _drop_furniture(sheets: list[Sheet]) -> list[str]:
    """Lines at the edge of pages that repeat but for their digits, and bare page numbers."""
    seen = Counter(key for sheet in sheets for key in {_key(line) for line in _edges(sheet)})
    often = {key for key, times in seen.items() if times > 1 and times * 2 >= len(sheets)}
    dropped = 0
    for sheet in sheets:
        gone = [line for line in _edges(sheet) if _key(line) in often or _PAGE.match(line.text)]
        dropped += len(gone)
        sheet.lines = [line for line in sheet.lines if line not in gone]
    return [f"{dropped} lines of page headers and footers left out"] if dropped else []


def _edges(sheet: Sheet) -> list[Printed]:
    top, foot = sheet.height * _EDGE, sheet.height * (1 - _EDGE)
    return [line for line in sheet.lines if line.bottom < top or line.top > foot]


def _key(line: Printed) -> str:
    return _DIGITS.sub("#", "".join(line.text.split()))


def _margins(sheets: list[Sheet]) -> tuple[float, float]:
    """Left and right edge of the text: where three lines end alike, else with margins of one width."""
    lines = [line for sheet in sheets for line in sheet.lines if not line.row]
    if not lines:
        return 0.0, 0.0
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    reached = sum(line.x1 > right - line.size for line in lines)
    symmetric = sheets[0].width - left
    return left, right if reached >= _REACHED else max(right, symmetric)


def _flow(sheets: list[Sheet]) -> Iterator[Printed | Block]:
    """Lines and tables in reading order; neighbouring rows become a table where they are one."""
    for sheet in sheets:
        parts: list[tuple[float, Printed | Ruled]] = [(line.top, line) for line in _with_headers(sheet.lines)]
        parts += [(table.top, table) for table in sheet.tables]
        ordered = [part for _, part in sorted(parts, key=lambda pair: pair[0])]
        for is_row, run in groupby(ordered, lambda part: isinstance(part, Printed) and part.row):
            lines = list(run)
            rows = aligned([line for line in lines if isinstance(line, Printed)]) if is_row else None
            if rows is not None:
                yield rows
            else:
                yield from (part.rows if isinstance(part, Ruled) else part for part in lines)


def _with_headers(lines: list[Printed]) -> Iterator[Printed]:
    """Captions are no rows, though the unit stands far to the right; a label set between two rows is one."""
    for at, line in enumerate(lines):
        if line.row and _CAPTION.match(line.text):
            yield from (replace(line, text=cell, cells=(), row=False) for cell in _caption(line.text))
        elif not line.row and len(line.cells) == 1 and _between_rows(line, lines[max(0, at - 1) : at + 2]):
            yield replace(line, row=True)
        else:
            yield line


def _caption(text: str) -> list[str]:
    unit = _UNIT.search(text)
    parts = [text[: unit.start()], text[unit.start() :]] if unit else [text]
    return [part.strip() for part in parts if part.strip()]


def _between_rows(line: Printed, near: list[Printed]) -> bool:
    """Rows stand above and below, one of them so near that both share some height."""
    rows = [other for other in near if other.row]
    return len(rows) > 1 and any(other.top < line.bottom and line.top < other.bottom for other in rows)
