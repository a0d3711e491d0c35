"""ODS: the tables as a workbook in the release's layout, heads merged, numbers with all their digits."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from tidewaiter.bulletin.render.opendocument import (
    LANGUAGES,
    SANS,
    document,
    font,
    fonts,
    package,
    sized,
    weight,
)  # fmt: skip
from tidewaiter.bulletin.render.sheets import Look, Placed, Sheet, sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.bulletin.document import Bulletin, Lang

_BAND, _FAINT, _SOFT = "#f1f5f8", "#c9d2da", "#46535f"
_DIGIT, _LINE = 0.2, 0.55  # cm: a digit's width, a line's height
_SIZES = {"title": 13, "unit": 9, "note": 9}
_ALIGNED = {"unit": "end", "head": "center", "cell": "end"}
_FORM = re.compile(r'(?P<before>(?:"[^"]*")?)(?P<sign>[+-]?)(?P<digits>[#,0.]+)(?P<after>(?:"[^"]*")?)')
_COVERED = "<table:covered-table-cell/>"


def render(bulletin: Bulletin) -> bytes:
    """The tables as an OpenDocument spreadsheet."""
    writer = _Writer()
    pages = "".join(writer.sheet(each) for each in sheets(bulletin))
    inside = (
        f"{fonts()}<office:automatic-styles>{writer.styles()}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{pages}</office:spreadsheet></office:body>"
    )
    return package("spreadsheet", bulletin, document("content", inside), _styles(bulletin.lang))


class _Writer:
    """Writes sheets; equal looks, widths and heights share a style."""

    def __init__(self) -> None:
        self._looks: dict[Look, str] = {}
        self._lengths: dict[tuple[str, float], str] = {}
        self._forms: dict[str, str] = {}

    def sheet(self, sheet: Sheet) -> str:
        """A sheet: columns, the rows of its head (repeated on paper), the others."""
        columns = "".join(
            f'<table:table-column table:style-name="{self._length("column", width * _DIGIT)}"/>'
            for width in sheet.widths
        )
        lines = sheet.lines()
        rows = [
            self._row(cells, lines.get(at, 1), max(len(sheet.widths), _across(cells)))
            for at, cells in enumerate(_by_row(sheet))
        ]
        head = "".join(rows[: sheet.head])
        return (
            f'<table:table table:name={quoteattr(sheet.name)} table:style-name="sheet">{columns}'
            f"{f'<table:table-header-rows>{head}</table:table-header-rows>' if head else ''}"
            f"{''.join(rows[sheet.head :])}</table:table>"
        )

    def styles(self) -> str:
        """All styles used, number formats first."""
        looks = "".join(self._look_xml(look, name) for look, name in self._looks.items())
        lengths = "".join(_length_xml(*key, name) for key, name in self._lengths.items())
        forms = "".join(_form_xml(form, name) for form, name in self._forms.items())
        page = '<style:table-properties table:display="true" style:writing-mode="lr-tb"/>'
        head = 'style:name="sheet" style:family="table" style:master-page-name="Default"'
        return f"{forms}<style:style {head}>{page}</style:style>{lengths}{looks}"

    def _row(self, cells: dict[int, Placed | None], lines: int, width: int) -> str:
        told = []
        for column in range(width):
            if column not in cells:
                told.append("<table:table-cell/>")
            else:
                cell = cells[column]
                told.append(_COVERED if cell is None else self._cell(cell))
        height = self._length("row", lines * _LINE)
        return f'<table:table-row table:style-name="{height}">{"".join(told)}</table:table-row>'

    def _cell(self, cell: Placed) -> str:
        spans = ""
        if cell.across > 1 or cell.down > 1:
            spans = f' table:number-columns-spanned="{cell.across}" table:number-rows-spanned="{cell.down}"'
        if isinstance(cell.content, str):
            kind, shown = 'office:value-type="string"', cell.content
        else:
            kind, shown = f'office:value-type="float" office:value="{cell.content!r}"', cell.text
        text = f"<text:p>{escape(shown)}</text:p>" if shown else ""
        name = self._looks.setdefault(cell.look, f"c{len(self._looks) + 1}")
        return f'<table:table-cell table:style-name="{name}" {kind}{spans}>{text}</table:table-cell>'

    def _length(self, family: str, cm: float) -> str:
        return self._lengths.setdefault((family, round(cm, 2)), f"{family}{len(self._lengths) + 1}")

    def _look_xml(self, look: Look, name: str) -> str:
        data = ""
        if look.form and look.form != "General":
            data = f' style:data-style-name="{self._forms.setdefault(look.form, f"n{len(self._forms) + 1}")}"'
        fine, heavy = f"0.25pt solid {_FAINT}", "0.5pt solid #000000"
        framed = look.role in ("head", "label", "cell", "section")
        top = heavy if look.rule or look.role == "head" else "none"
        bottom = heavy if look.role == "head" else "none"
        side = fine if framed else "none"
        wraps = "wrap" if look.role in ("head", "note", "plain") else "no-wrap"
        colour = f' fo:background-color="{_BAND}"' if look.band else ""
        align, indent = _ALIGNED.get(look.role, "start"), f"{look.indent * 0.35:.2f}cm"
        ink = f' fo:color="{_SOFT}"' if look.role == "note" else ""
        return (
            f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default"'
            f'{data}><style:table-cell-properties style:vertical-align="middle" fo:wrap-option="{wraps}" '
            f'fo:border-left="{side}" fo:border-right="{side}" fo:border-top="{top}" '
            f'fo:border-bottom="{bottom}" style:text-align-source="fix"{colour}/><style:paragraph-properties '
            f'fo:text-align="{align}" fo:margin-left="{indent}"/>'
            f"<style:text-properties {sized(_SIZES.get(look.role, 10))} {weight(bold=look.bold)}{ink}/>"
            "</style:style>"
        )


def _by_row(sheet: Sheet) -> Iterator[dict[int, Placed | None]]:
    """Cells by column for each row; None where a span covers the place."""
    last = max(cell.row + cell.down for cell in sheet.cells)
    grid: list[dict[int, Placed | None]] = [{} for _ in range(last)]
    for row, cells in groupby(sorted(sheet.cells, key=lambda cell: cell.row), key=lambda cell: cell.row):
        for cell in cells:
            for at in range(row, row + cell.down):
                grid[at] |= dict.fromkeys(range(cell.column, cell.column + cell.across))
            grid[row][cell.column] = cell
    yield from grid


def _across(cells: dict[int, Placed | None]) -> int:
    return max(cells, default=-1) + 1


def _length_xml(family: str, cm: float, name: str) -> str:
    what = "column-width" if family == "column" else "row-height"
    free = "" if family == "column" else ' style:use-optimal-row-height="false"'
    return (
        f'<style:style style:name="{name}" style:family="table-{family}">'
        f'<style:table-{family}-properties style:{what}="{cm}cm"{free}/></style:style>'
    )


def _form_xml(form: str, name: str) -> str:
    """An Excel format in the words of OpenDocument; its second half, if any, is for numbers below zero."""
    first, _, below = form.partition(";")
    if not below:
        return f'<number:number-style style:name="{name}">{_number(first)}</number:number-style>'
    # a style that maps negative values shows their size only, so the sign is written out
    above = f"{name}P"
    return (
        f'<number:number-style style:name="{above}" style:volatile="true">{_number(first)}'
        f'</number:number-style><number:number-style style:name="{name}">{_number(below)}'
        f'<style:map style:condition="value()&gt;=0" style:apply-style-name="{above}"/></number:number-style>'
    )


def _number(form: str) -> str:
    match = _FORM.fullmatch(form)
    if match is None:
        raise AssertionError(f"sheets.number_format writes no {form!r}")
    places = len(match["digits"].partition(".")[2])
    grouped = ' number:grouping="true"' if "," in match["digits"] else ""
    digits = (
        f'<number:number number:decimal-places="{places}" number:min-decimal-places="{places}" '
        f'number:min-integer-digits="1"{grouped}/>'
    )
    before = f"{match['before'].strip(chr(34))}{match['sign']}"
    return f"{_text(before)}{digits}{_text(match['after'].strip(chr(34)))}"


def _text(text: str) -> str:
    return f"<number:text>{escape(text)}</number:text>" if text else ""


def _styles(lang: Lang) -> bytes:
    inside = (
        f'{fonts()}<office:styles><style:default-style style:family="table-cell"><style:text-properties '
        f"{font(SANS, lang)} {sized(10)} {LANGUAGES}/></style:default-style>"
        '<style:style style:name="Default" style:family="table-cell"/></office:styles>'
        '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties '
        'fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" '
        'fo:margin="1.2cm" style:scale-to-X="1" style:scale-to-Y="0" style:print="objects"/>'
        "</style:page-layout></office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Default" style:page-layout-name="A4"/></office:master-styles>'
    )
    return document("styles", inside)
