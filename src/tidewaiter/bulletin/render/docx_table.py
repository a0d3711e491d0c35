"""Tables in Word: heads as a tree of merged cells and repeated on each page, digits aligned at the point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tidewaiter.bulletin.render.laid import DIGIT, POINT, held, stub_width, widths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.bulletin.tables import Head, Row, Table

_BAND, _FAINT = "F1F5F8", "C9D2DA"
_HEAVY = ("total", "cumulative", "section")
_SIZES = ((8, 8.5), (11, 7.5), (99, 6.5))  # up to so many columns, points
_WHOLE = 45  # rows: a table with more may be torn by the end of a page
_LEADING = 1.36  # lines so high that two tables of a release stand on a page
_TWIPS = 20


def table_xml(table: Table, line: int, title: str) -> Any:
    """The table as an element of the body, ``line`` twentieths of a point wide."""
    size = next(points for most, points in _SIZES if table.width <= most)
    columns = _columns(table, line)
    head = table.head()
    rows = [
        *(_head_row(table, lines, columns, size) for lines in _grid(table, head)),
        *_body_rows(table, columns, size),
    ]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"{_borders()}"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/>'
        '<w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" '
        'w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(title)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )


def _borders() -> str:
    heavy = 'w:val="single" w:sz="8" w:space="0" w:color="000000"'
    faint = f'w:val="single" w:sz="2" w:space="0" w:color="{_FAINT}"'
    return f"<w:tblBorders><w:top {heavy}/><w:bottom {heavy}/><w:insideV {faint}/></w:tblBorders>"


def _columns(table: Table, line: int) -> list[int]:
    shares = [stub_width(table), *widths(table)]
    return [round(line * share / sum(shares)) for share in shares]


def _grid(table: Table, head: list[list[Head]]) -> list[list[tuple[str, int, int, str]]]:
    """Head cells by line with place and width; the rest of a column that spans lines is ``continue``."""
    lines: list[list[tuple[str, int, int, str]]] = [[] for _ in head]
    for at in range(len(head)):
        merge = "" if len(head) == 1 else ("continue" if at else "restart")
        lines[at].append(("" if at else table.stub, 0, 1, merge))
    taken: list[set[int]] = [set() for _ in head]
    for at, cells in enumerate(head):
        place = 1
        for cell in cells:
            while place in taken[at]:
                place += 1
            for below in range(at, at + cell.down):
                taken[below].update(range(place, place + cell.across))
                merge = "" if cell.down == 1 else ("continue" if below > at else "restart")
                text = cell.label if below == at else ""
                lines[below].append((text, place, cell.across, merge))
            place += cell.across
    return [sorted(cells, key=lambda cell: cell[1]) for cells in lines]


def _head_row(table: Table, cells: list[tuple[str, int, int, str]], columns: list[int], size: float) -> str:
    told = []
    for text, place, across, merge in cells:
        span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
        joined = f'<w:vMerge w:val="{merge}"/>' if merge else ""
        width = sum(columns[place : place + across])
        rule = (
            f'<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{_FAINT}"/></w:tcBorders>'
        )
        told.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{joined}{rule}'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{_BAND}"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{_paragraph(text, size, 'center', kept=bool(table.rows), bold=True)}</w:tc>"
        )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(told)}</w:tr>"


def _body_rows(table: Table, columns: list[int], size: float) -> Iterator[str]:
    lacks = table.shortfalls()
    last = len(table.rows) - 1
    for at, row in enumerate(table.rows):
        before = table.rows[at - 1].kind if at else row.kind
        kept = at < last and (last < _WHOLE or row.kind == "section")
        ruled = row.kind in ("month", "difference") and before not in (row.kind, "cumulative")
        yield _row(row, lacks.get(at, ()), columns, size, kept=kept, ruled=ruled)


def _row(
    row: Row, lacks: tuple[int, ...], columns: list[int], size: float, *, kept: bool, ruled: bool
) -> str:
    bold = row.kind in _HEAVY
    look = _look(row, ruled=ruled)
    if row.kind == "section":
        cells = (
            f'<w:tc><w:tcPr><w:tcW w:w="{sum(columns)}" w:type="dxa"/><w:gridSpan w:val="{len(columns)}"/>'
            f"{look}</w:tcPr>{_paragraph(row.label, size, 'left', kept=kept, bold=True)}</w:tc>"
        )
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    indent = round(row.level * 0.8 * size * _TWIPS)
    told = [_cell(_paragraph(row.label, size, "left", left=indent, kept=kept, bold=bold), columns[0], look)]
    for cell, lack, width in zip(row.cells, lacks, columns[1:], strict=True):
        em = lack * DIGIT + (POINT if lack and cell.places == 0 else 0.0)
        right = round(em * size * _TWIPS)
        text = _paragraph(cell.text, size, "right", right=right, kept=kept, bold=bold)
        told.append(_cell(text, width, look))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(told)}</w:tr>"


def _look(row: Row, *, ruled: bool) -> str:
    rule = '<w:tcBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tcBorders>'
    band = f'<w:shd w:val="clear" w:color="auto" w:fill="{_BAND}"/>'
    shaded = row.kind in ("section", "cumulative")
    return f'{rule if ruled else ""}{band if shaded else ""}<w:vAlign w:val="center"/>'


def _cell(paragraph: str, width: int, look: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>{paragraph}</w:tc>'


def _paragraph(
    text: str,
    size: float,
    align: str,
    *,
    left: int = 0,
    right: int = 0,
    kept: bool = False,
    bold: bool = False,
) -> str:
    half = round(size * 2)
    weight = "<w:b/>" if bold else ""
    indent = f'<w:ind w:left="{left}" w:right="{right}"/>' if left or right else ""
    run = (
        f'<w:r><w:rPr>{weight}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(held(text))}</w:t></w:r>'
        if text
        else ""
    )
    keep = "<w:keepNext/>" if kept else ""
    line = f'<w:spacing w:line="{round(size * _LEADING * _TWIPS)}" w:lineRule="exact"/>'
    form = f'<w:pStyle w:val="Cells"/>{keep}{line}{indent}<w:jc w:val="{align}"/>'
    return f"<w:p><w:pPr>{form}</w:pPr>{run}</w:p>"
