"""XLSX: the tables as a workbook in the release's layout, heads merged, numbers with all their digits."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

from tidewaiter.bulletin.render.laid import publication
from tidewaiter.bulletin.render.package import repack
from tidewaiter.bulletin.render.sheets import Look, Placed, Sheet, sheets

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Bulletin

_FONTS = {"zh": "Microsoft JhengHei", "en": "Arial"}
_BAND, _FAINT, _SOFT = "#F1F5F8", "#C9D2DA", "#46535F"
_A4 = 9
_LINE = 16.0  # points
_WIDE, _WIDEST = 8, 18  # columns: more are printed across, or on two pages side by side


def render(bulletin: Bulletin) -> bytes:
    """The tables as an Excel workbook."""
    made = BytesIO()
    # a text that looks like a formula or an address is a text
    plain = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(made, plain) as book:
        book.set_properties(
            {
                "title": bulletin.title,
                "subject": publication(bulletin),
                "author": bulletin.masthead.office,
                "keywords": str(bulletin.period),
                "created": datetime.combine(bulletin.published, time()),
            }
        )
        writer = _Writer(book, _FONTS[bulletin.lang])
        for sheet in sheets(bulletin):
            writer.add(sheet)
    return repack(made.getvalue(), bulletin.published)


class _Writer:
    """Writes sheets; equal looks share one format."""

    def __init__(self, book: Any, font: str) -> None:
        self._book, self._font = book, font
        self._formats: dict[Look, Any] = {}

    def add(self, sheet: Sheet) -> None:
        """A sheet with its cells, widths and print set-up."""
        page = self._book.add_worksheet(sheet.name)
        for column, width in enumerate(sheet.widths):
            page.set_column(column, column, width)
        for row, count in sheet.lines().items():
            page.set_row(row, _LINE * count)
        for cell in sheet.cells:
            self._put(page, cell)
        page.hide_gridlines(2)
        page.set_paper(_A4)
        page.fit_to_pages(1 if len(sheet.widths) <= _WIDEST else 2, 0)
        page.repeat_columns(0)
        page.set_footer("&R&P / &N")
        if sheet.head:
            page.freeze_panes(sheet.head, 1)
            page.repeat_rows(0, sheet.head - 1)
        if len(sheet.widths) > _WIDE:
            page.set_landscape()

    def _put(self, page: Any, cell: Placed) -> None:
        form = self._format(cell.look)
        if cell.across > 1 or cell.down > 1:
            last = cell.row + cell.down - 1, cell.column + cell.across - 1
            page.merge_range(cell.row, cell.column, *last, "", form)
        if isinstance(cell.content, str):
            page.write_string(cell.row, cell.column, cell.content, form)
        else:
            page.write_number(cell.row, cell.column, cell.content, form)

    def _format(self, look: Look) -> Any:
        if look not in self._formats:
            self._formats[look] = self._book.add_format(_properties(look, self._font))
        return self._formats[look]


def _properties(look: Look, font: str) -> dict[str, Any]:
    told: dict[str, Any] = {"font_name": font, "font_size": 10, "valign": "vcenter", "bold": look.bold}
    if look.role in ("title", "unit", "note", "plain"):
        sizes = {"title": 13, "unit": 9, "note": 9, "plain": 10}
        told |= {"font_size": sizes[look.role], "align": "right" if look.role == "unit" else "left"}
        told |= {"text_wrap": look.role in ("note", "plain")}
        return told if look.role != "note" else {**told, "font_color": _SOFT}
    told |= {"left": 1, "left_color": _FAINT, "right": 1, "right_color": _FAINT}
    if look.role == "head":
        return told | {"align": "center", "text_wrap": True, "bg_color": _BAND, "top": 1, "bottom": 1}
    if look.band:
        told["bg_color"] = _BAND
    if look.rule:
        told["top"] = 1
    if look.role == "cell":
        return told | {"align": "right", "num_format": look.form or "General"}
    return told | {"align": "left", "indent": look.indent}
