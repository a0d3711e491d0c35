"""Renderers: one document model, several papers. Equal bulletins give equal bytes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tidewaiter.errors import UsageError

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Bulletin

# Imported on demand: typst and altair are heavy, and a text needs neither.
_ROOMS = {"html": "html", "pdf": "pdf", "txt": "text", "json": "statements"}
FORMATS = tuple(_ROOMS)


def render(bulletin: Bulletin, to: str) -> bytes:
    """The bulletin as a file of format ``to``: ``html``, ``pdf``, ``txt`` or ``json`` (statements).

    Raises:
        UsageError: no such format.
        TidewaiterError: the PDF needs a font that this machine lacks.
    """
    if to not in _ROOMS:
        raise UsageError(f"no bulletin is written as {to!r}", hint=f"take one of {', '.join(FORMATS)}")
    rendered: bytes = import_module(f"{__name__}.{_ROOMS[to]}").render(bulletin)
    return rendered
