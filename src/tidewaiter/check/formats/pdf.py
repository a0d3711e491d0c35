"""The words of a PDF by where they stand: lines, tables, and what repeats on every page.

A PDF knows signs and places only. Lines come from pdfplumber with their edges; a table has ruling lines,
or rows whose cells stand apart by wide gaps. What stands at the top or foot of most pages is furniture.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from tidewaiter.check.formats.limits import MAX_PAGES
from tidewaiter.check.formats.lines import flat, render
from tidewaiter.check.formats.wrap import Printed, rejoin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.check.formats.lines import Block

_EDGE = 0.12  # of a page's height: where headers and footers stand
_NUMBER = re.compile(
    r"[-–—\s]*(?:第\s*)?\d{1,4}\s*(?:頁|页)?(?:\s*[/／,，共of]+\s*\d{1,4}\s*(?:頁|页)?)?[-–—\s]*\Z"
)
_DIGITS = re.compile(r"\d+")
_TABLE_CELLS = 2
_GAP = 1.8  # of the size of a sign: between two cells of a row
_BLANK = 0.2
_SMALL, _RAISED = 0.75, 0.2
_MARKS = re.compile(r"[\d\[\]()*†]\Z")
_SHAPES = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_HYPHENS = frozenset("\u00ad\u2010\u2011")
_FEW = 3  # rows in a run before wide gaps make a table


@dataclass(frozen=True, slots=True)
class Placed:
    """A ruled table and where it stands."""

    top: float
    rows: list[list[str]]


@dataclass(slots=True)
class Sheet:
    """A page: its lines and tables from top to bottom."""

    height: float
    width: float
    lines: list[Printed]
    tables: list[Placed]


def draft_of(data: bytes) -> dict[str, Any]:
    """The draft of a PDF as plain values, to cross from one process to another."""
    import pdfplumber  # noqa: PLC0415 — heavy

    with pdfplumber.open(BytesIO(data)) as book:
        pages = book.pages[:MAX_PAGES]
        sheets = [_sheet(page) for page in pages]
        findings = [f"pages after {MAX_PAGES} left out"] if len(book.pages) > MAX_PAGES else []
        told = {str(key): value for key, value in (book.metadata or {}).items() if isinstance(value, str)}
    bare = [number for number, sheet in enumerate(sheets, 1) if not sheet.lines and not sheet.tables]
    if bare:
        findings.append(f"no text on {_pages(bare)}: pictures are not read")
    findings += _drop_furniture(sheets)
    title = flat(told.get("Title", ""))
    text = render(rejoin(_flow(sheets), _margins(sheets)))
    title = title if title and title in text[:2000] else text.split("\n", 1)[0][:120].strip()
    return {
        "text": text,
        "title": title,
        "author": flat(told.get("Author", "")),
        "day": "",
        "findings": findings,
    }


def _pages(numbers: list[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:8])
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}{' …' if len(numbers) > 8 else ''}"  # noqa: PLR2004


def _sheet(page: Any) -> Sheet:
    page = page.dedupe_chars(tolerance=0.5)
    tables = [table for table in page.find_tables() if _is_table(table)]
    boxes = [table.bbox for table in tables]
    lines = [_printed(line) for line in _lines(page, boxes)]
    placed = [
        Placed(table.bbox[1], [[cell or "" for cell in row] for row in table.extract()]) for table in tables
    ]
    sheet = Sheet(float(page.height), float(page.width), [line for line in lines if line.text], placed)
    page.close()
    return sheet


def _is_table(table: Any) -> bool:
    """Ruled, with words in two columns at least: a frame around a paragraph is none."""
    rows = table.extract()
    columns = {at for row in rows for at, cell in enumerate(row) if cell and cell.strip()}
    return len(rows) > 1 and len(columns) >= _TABLE_CELLS


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


def _printed(line: dict[str, Any]) -> Printed:
    chars = sorted(line["chars"], key=lambda char: char["x0"])
    sizes = Counter(round(char["size"], 1) for char in chars)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    chars = [char for char in chars if not _is_mark(char, line["bottom"], size)]
    return Printed("\t".join(_cells(chars, size)), line["x0"], line["x1"], line["top"], line["bottom"], size)


def _is_mark(char: dict[str, Any], foot: float, size: float) -> bool:
    """A small raised digit is the mark of a note, not a digit of the number before it."""
    small = char["size"] < _SMALL * size and char["bottom"] < foot - _RAISED * size
    return small and bool(_MARKS.match(char["text"]))


def _cells(chars: list[dict[str, Any]], size: float) -> list[str]:
    """The words of a line, cut where a gap is too wide for a blank.

    A narrow gap is a blank between Latin signs alone: typesetters put some space between Chinese and digits.
    """
    cells, words, last, blank = list[str](), "", None, False
    for char in chars:
        sign = plain_sign(char["text"])
        if not sign.strip():
            blank = True
            continue
        gap = 0.0 if last is None else char["x0"] - last
        if gap > _GAP * size:
            cells.append(words)
            words = ""
        elif words and (blank or (gap > _BLANK * size and words[-1].isascii() and sign[0].isascii())):
            words += " "
        words, last, blank = words + sign, char["x1"], False
    return [cell for cell in map(flat, [*cells, words]) if cell]


def plain_sign(sign: str) -> str:
    """A sign as one types it: fonts tell radicals (⽉), ligatures (ﬁ) and soft hyphens for what they draw.

    >>> "".join(map(plain_sign, "⽉ﬁ"))
    '月fi'
    """
    if _SHAPES.match(sign):
        return unicodedata.normalize("NFKC", sign)
    return "-" if sign in _HYPHENS else sign


def _drop_furniture(sheets: list[Sheet]) -> list[str]:
    """Lines at the edge of pages that repeat but for their digits, and bare page numbers."""
    seen = Counter(key for sheet in sheets for key in {_key(line) for line in _edges(sheet)})
    often = {key for key, times in seen.items() if times > 1 and times * 2 >= len(sheets)}
    dropped = 0
    for sheet in sheets:
        gone = [line for line in _edges(sheet) if _key(line) in often or _NUMBER.match(line.text)]
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
    lines = [line for sheet in sheets for line in sheet.lines if "\t" not in line.text]
    if not lines:
        return 0.0, 0.0
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    reached = sum(line.x1 > right - line.size for line in lines)
    symmetric = sheets[0].width - left
    return left, right if reached >= _FEW else max(right, symmetric)


def _flow(sheets: list[Sheet]) -> Iterator[Printed | Block]:
    """Lines and tables in reading order; runs of rows with gaps become tables, single ones lines."""
    for sheet in sheets:
        parts: list[tuple[float, Printed | Block]] = [(line.top, line) for line in sheet.lines]
        parts += [(placed.top, placed.rows) for placed in sheet.tables]
        run: list[Printed] = []
        for _, part in sorted(parts, key=lambda pair: pair[0]):
            if isinstance(part, Printed) and "\t" in part.text:
                run.append(part)
                continue
            yield from _settle(run)
            run = []
            yield part
        yield from _settle(run)


def _settle(run: list[Printed]) -> Iterator[Printed | Block]:
    if len(run) >= _FEW or (len(run) > 1 and all(line.text.count("\t") > 1 for line in run)):
        yield [line.text.split("\t") for line in run]
    else:
        yield from (line.on_one_line() for line in run)
