"""Renderers: one document model, several papers. Equal bulletins give equal bytes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tidewaiter.errors import UsageError

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Bulletin

# Imported on demand: typst, altair and the office libraries are heavy, and a text needs none of them.
_ROOMS = {
    "html": "html:render",
    "pdf": "pdf:render",
    "odt": "odt:render",
    "docx": "docx:render",
    "ods": "ods:render",
    "xlsx": "xlsx:render",
    "csv": "tables_csv:render",
    "png": "images:render_png",
    "svg": "images:render_svg",
    "txt": "text:render",
    "json": "statements:render",
}
FORMATS = tuple(_ROOMS)


def render(bulletin: Bulletin, to: str) -> bytes:
    """The bulletin as a file of format ``to``.

    ``html``, ``pdf``, ``odt``, ``docx`` and ``txt`` are the whole bulletin, ``xlsx`` and ``ods`` its tables
    as a workbook, ``csv`` a zip of its tables, ``png`` and ``svg`` a zip of its charts, ``json`` its
    statements.

    Raises:
        UsageError: no such format.
        TidewaiterError: the PDF needs a font that this machine lacks.
    """
    if to not in _ROOMS:
        raise UsageError(f"no bulletin is written as {to!r}", hint=f"take one of {', '.join(FORMATS)}")
    room, _, verb = _ROOMS[to].partition(":")
    rendered: bytes = getattr(import_module(f"{__name__}.{room}"), verb)(bulletin)
    return rendered
