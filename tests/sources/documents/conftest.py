"""Bulletins of our own as files of every format, and papers set from cells with Typst."""

from __future__ import annotations

import json

import pytest
import typst

from tidewaiter import official
from tidewaiter.bulletin import write_brief, write_release
from tidewaiter.bulletin.render import render
from tidewaiter.engine import Book
from tidewaiter.model.period import Period
from tidewaiter.sources import registry
from tidewaiter.sources.protocol import Blob
from tidewaiter.store import Store
from tidewaiter.store.load import Incoming

_PAPER = """
#let told = json(bytes(sys.inputs.told))
#set page(width: auto, height: auto, margin: 1cm)
#set text(font: "Noto Sans CJK TC", size: 7pt)
#for line in told.above [#line #parbreak()]
#table(columns: told.width, stroke: if told.ruled { 0.4pt } else { none }, inset: 4pt,
  ..told.cells.map(c => table.cell(x: c.x, y: c.y, colspan: c.across, rowspan: c.down,
    align: if c.head { center + horizon } else if c.x == 0 { left } else { right })[#c.text]))
#for line in told.below [#line #parbreak()]
"""


def _book(folder, tmp) -> Book:
    store = Store(tmp / "store")
    store.put(
        Incoming(
            f.blob.name, f.blob.data, registry.recognise(f.blob).read(f.blob), f.origin.published,
            f.origin.edition, f.origin.title,
        )
        for f in registry.files([official.folder() / folder])
    )  # fmt: skip
    return Book.of(store)


@pytest.fixture(scope="session")
def brief(tmp_path_factory):
    """Our own brief on brief 459's cells, as a file of a format."""
    bulletin = write_brief(_book("moea-brief-459", tmp_path_factory.mktemp("brief")), "HS847150", "zh")

    def get(to: str) -> Blob:
        return Blob(f"brief.{to}", render(bulletin, to))

    return get


@pytest.fixture(scope="session")
def release(tmp_path_factory):
    """Our own release on August 2025, as a file of a format."""
    book = _book("mof-release-2025-08", tmp_path_factory.mktemp("release"))
    bulletin = write_release(book, Period.parse("2025-08"), "zh")

    def get(to: str) -> Blob:
        return Blob(f"release.{to}", render(bulletin, to))

    return get


@pytest.fixture(scope="session")
def paper():
    """A PDF with one table, cells told as (column, row, words, columns across, rows down, of the head)."""

    def get(above, cells, *, below=(), ruled=True, name="paper.pdf") -> Blob:
        told = {
            "above": list(above),
            "below": list(below),
            "ruled": ruled,
            "width": max(x + across for x, _, _, across, _, _ in cells),
            "cells": [
                {"x": x, "y": y, "text": text, "across": across, "down": down, "head": head}
                for x, y, text, across, down, head in cells
            ],
        }
        inputs = {"told": json.dumps(told, ensure_ascii=False)}
        return Blob(name, typst.compile(_PAPER.encode(), format="pdf", sys_inputs=inputs))

    return get
