"""A news page: the article that trafilatura finds in it, written again in our plain shape."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from tidewaiter.check.formats.blocks import blocks_of
from tidewaiter.check.formats.dates import read_day
from tidewaiter.check.formats.extracted import Draft
from tidewaiter.check.formats.lines import flat, render, unbroken

if TYPE_CHECKING:
    from tidewaiter.check.formats.meta import Meta


def read_news(text: str, meta: Meta) -> Draft:
    """Title and article; comments, menus and recommended stories are left out.

    trafilatura is given the page's text, never an address: it fetches nothing.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415 — heavy

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a page without an article is no event here
    found: Any = bare_extraction(
        unbroken(text),
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=False,
        fast=True,
    )
    if found is None or found.body is None:
        return Draft("html", "")
    title = meta.title or flat(found.title or "")
    return Draft(
        kind="html",
        text=render(blocks_of(found.body), title),
        title=title,
        author=meta.author or flat(found.author or ""),
        day=meta.day or read_day(found.date or ""),
        findings=["the article alone is read; menus, recommended stories and readers' comments are left out"],
    )
