"""A made sheet as a file: .xlsx, or .ods."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

if TYPE_CHECKING:
    from made_release import Sheet

_NS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(*sheets: Sheet) -> bytes:
    """A workbook with these sheets, cells and merges."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    amount = book.add_format({"num_format": "#,##0;-#,##0"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for top, left, bottom, right in sheet.merges:
            if (top, left) != (bottom, right):
                page.merge_range(top, left, bottom, right, "")
        for row, line in enumerate(sheet.rows):
            for column, value in enumerate(line):
                if isinstance(value, str) and value:
                    page.write_string(row, column, value)
                elif not isinstance(value, str) and value is not None:
                    page.write_number(row, column, value, amount)
    book.close()
    return held.getvalue()


def ods(*sheets: Sheet) -> bytes:
    """The same as an OpenDocument spreadsheet."""
    held = io.BytesIO()
    body = "".join(_table(sheet) for sheet in sheets)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NS} office:version="1.2">'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return held.getvalue()


def _table(sheet: Sheet) -> str:
    spans = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}
    covered = {
        (row, column)
        for (top, left), (bottom, right) in spans.items()
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    rows = []
    for at, line in enumerate(sheet.rows):
        cells = (_cell((at, n), value, spans, covered) for n, value in enumerate(line))
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return f"<table:table table:name={quoteattr(sheet.name)}>{''.join(rows)}</table:table>"


def _cell(at: tuple[int, int], value: object, spans: dict, covered: set) -> str:
    if at in covered:
        return "<table:covered-table-cell/>"
    span = ""
    if at in spans:
        bottom, right = spans[at]
        span = (
            f' table:number-rows-spanned="{bottom - at[0] + 1}"'
            f' table:number-columns-spanned="{right - at[1] + 1}"'
        )
    if isinstance(value, str):
        if not value:
            return f"<table:table-cell{span}/>"
        lines = "".join(f"<text:p>{escape(part)}</text:p>" for part in value.split("\n"))
        return f'<table:table-cell office:value-type="string"{span}>{lines}</table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value!r}"{span}/>'
