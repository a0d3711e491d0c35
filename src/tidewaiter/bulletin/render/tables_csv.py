"""CSV: every table as printed, and every figure of every table with all its digits and its identity.

UTF-8 with a byte order mark, so that Excel reads Chinese. A text that a spreadsheet would take for a
formula is quoted with an apostrophe; numbers are left alone (:mod:`tidewaiter.sources.spreadsheet`).
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING

from tidewaiter.bulletin.render.package import pack
from tidewaiter.bulletin.render.statements import cells
from tidewaiter.sources.spreadsheet import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tidewaiter.bulletin.document import Bulletin
    from tidewaiter.bulletin.tables import Table

_MARK = "\ufeff"
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_COLUMNS = ("table", "section", "row", "column", "text", "value", "figure")


def render(bulletin: Bulletin) -> bytes:
    """The tables as a zip of CSV files."""
    stem = f"{bulletin.id}.{bulletin.lang}"
    members = [(f"{stem}.table-{table.number}.csv", _file(_rows(table))) for table in bulletin.tables()]
    figures = [[_told(cell[name]) for name in _COLUMNS] for cell in cells(bulletin)]
    return pack([*members, (f"{stem}.figures.csv", _file([_COLUMNS, *figures]))], bulletin.published)


def _file(rows: Iterable[Sequence[str]]) -> bytes:
    told = StringIO()
    csv.writer(told, lineterminator="\r\n").writerows([guarded(text) for text in row] for row in rows)
    return (_MARK + told.getvalue()).encode()


def _rows(table: Table) -> Iterator[list[str]]:
    yield [table.stub, *(" ".join(filter(None, path)) for path in table.paths())]
    for row in table.rows:
        yield [row.label, *(_plain(cell.text) for cell in row.cells)]


def _plain(text: str) -> str:
    """Without the commas that only help the eye."""
    return text.replace(",", "") if _GROUPED.fullmatch(text) else text


def _told(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, float) else str(value)
