"""PDFs and large pages are read in a process of their own (see :mod:`tidewaiter.sources.apart`)."""

from __future__ import annotations

from datetime import date
from typing import Any

from tidewaiter.check.formats.extracted import Draft
from tidewaiter.check.formats.limits import MAX_SECONDS, broken
from tidewaiter.errors import UnparsableError
from tidewaiter.sources.apart import run_apart

_JOBS = {kind: f"{__name__}:told_{kind}" for kind in ("pdf", "html")}


def read_apart(kind: str, data: bytes, name: str) -> Draft:
    """The draft of a pdf or html file, read by a child that the system bounds.

    Raises:
        FaultsError: damaged, locked, or beyond the bounds of time and memory.
    """
    try:
        told = run_apart(_JOBS[kind], data, MAX_SECONDS[kind])
    except UnparsableError as error:
        raise broken(name, error.detail, error.hint) from error
    day = date.fromisoformat(told["day"]) if told["day"] else None
    return Draft(
        kind=told["kind"],
        text=told["text"],
        title=told["title"],
        author=told["author"],
        day=day,
        findings=told["findings"],
    )


def told_pdf(data: bytes) -> dict[str, Any]:
    """In the child: the draft of a PDF."""
    from tidewaiter.check.formats.pdf import read_pdf  # noqa: PLC0415 — after the bounds are set

    return _told(read_pdf(data))


def told_html(data: bytes) -> dict[str, Any]:
    """In the child: the draft of a page."""
    from tidewaiter.check.formats.page import read_page  # noqa: PLC0415

    return _told(read_page(data.decode()))


def _told(draft: Draft) -> dict[str, Any]:
    words = {name: getattr(draft, name) for name in ("kind", "text", "title", "author", "findings")}
    return words | {"day": draft.day.isoformat() if draft.day else ""}
