"""PDF through Typst: A4, tagged for readers who listen (PDF/UA-1), statements attached.

The document goes to a fixed template as data; nothing of a text is ever read as markup. The date inside
the file is the day of publication, so equal bulletins give equal bytes.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import typst

from tidewaiter.bulletin.charts import svg
from tidewaiter.bulletin.document import Chart, Heading, NumberedList, Paragraph, Said, plain
from tidewaiter.bulletin.numbering import after_lead, label_of
from tidewaiter.bulletin.render import statements, text
from tidewaiter.bulletin.render.laid import DIGIT, POINT, foot, last_lines, publication, widths
from tidewaiter.bulletin.typography import clumps, pieces
from tidewaiter.bulletin.words import Words, words
from tidewaiter.errors import TidewaiterError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.bulletin.document import Block, Bulletin, Runs
    from tidewaiter.bulletin.tables import Cell, Table

_CJK_FONTS = {"sans": "Noto Sans CJK TC", "serif": "Noto Serif CJK TC"}
_OTHERS = {
    "sans": ("Noto Sans", "DejaVu Sans", "Libertinus Serif"),
    "serif": ("Noto Serif", "Libertinus Serif"),
}
_MOST_COLUMNS = 16  # cells of six or seven digits that fit across A4 in the smallest size
_FIRST_CJK = "\u2e80"


class MissingFontError(TidewaiterError):
    """A PDF in Chinese needs a font with Traditional Chinese characters."""

    title = "A font is missing"
    exit_code = 3


def render(bulletin: Bulletin) -> bytes:
    """The bulletin as a tagged PDF.

    Raises:
        MissingFontError: the text has Chinese characters and no Traditional Chinese font is installed.
    """
    fonts = _fonts(needs_cjk=_has_cjk(bulletin))
    template = resources.files(__package__ or __name__).joinpath("assets/bulletin.typ").read_bytes()
    content = _content(bulletin) | {"fonts": fonts}
    made: bytes = typst.compile(
        template,
        format="pdf",
        sys_inputs={
            "document": json.dumps(content, ensure_ascii=False),
            "statements": statements.render(bulletin).decode(),
        },
        timestamp=datetime.combine(bulletin.published, time(), UTC),
        pdf_standards=["ua-1"],
    )
    return made


@lru_cache(maxsize=1)
def _installed() -> frozenset[str]:
    return frozenset(typst.Fonts().families())


def _fonts(*, needs_cjk: bool) -> dict[str, list[str]]:
    installed = _installed()
    missing = [name for name in _CJK_FONTS.values() if name not in installed]
    if needs_cjk and missing:
        raise MissingFontError(
            f"no font called {' or '.join(missing)} is installed",
            hint="apt-get install fonts-noto-cjk, or write another format (html needs no font here)",
        )
    return {
        style: [name for name in (_CJK_FONTS[style], *_OTHERS[style]) if name in installed]
        for style in _CJK_FONTS
    }


def _has_cjk(bulletin: Bulletin) -> bool:
    return any(sign >= _FIRST_CJK for sign in text.render(bulletin).decode())


def _content(bulletin: Bulletin) -> dict[str, Any]:
    say, head = words(bulletin.lang), bulletin.masthead
    return {
        "lang": "zh" if bulletin.lang == "zh" else "en",
        "region": "TW" if bulletin.lang == "zh" else "US",
        "title": bulletin.title,
        "title_pieces": _pieces(bulletin.title),
        "subtitle": _pieces(bulletin.subtitle),
        "office": head.office,
        "publication": publication(bulletin),
        "fields": [[label + say.colon.rstrip(), value] for label, value in head.fields],
        "date": [bulletin.published.year, bulletin.published.month, bulletin.published.day],
        "page": say.page.split("{}"),
        "blocks": [block for each in bulletin.blocks for block in _blocks(each, bulletin, say)],
        "foot": [_pieces(line) for line in last_lines(bulletin)],
    }


def _pieces(text: str) -> list[dict[str, Any]]:
    return [{"t": piece.text, "keep": piece.keep} for piece in pieces(text)]


def _runs(runs: Runs) -> list[dict[str, Any]]:
    laid: list[dict[str, Any]] = []
    for clump in clumps(runs):
        texts = [run.text if isinstance(run, Said) else run for run in clump.runs]
        laid += [{"t": "".join(texts), "keep": True}] if clump.keep else _pieces(texts[0])
    return laid


def _blocks(block: Block, bulletin: Bulletin, say: Words) -> Iterator[dict[str, Any]]:
    if isinstance(block, Heading):
        yield {"kind": "heading", "level": block.level, "runs": _runs(block.runs)}
    elif isinstance(block, Paragraph):
        opens = plain(block.runs)[-1:] in {"：", ":"}  # what it opens must not begin on the next page
        yield {"kind": "paragraph", "opens": opens, **_led(block.lead, block.runs, say)}
    elif isinstance(block, NumberedList):
        yield _list(block, say)
    elif isinstance(block, Chart):
        label = say.figure.format(block.number)
        yield {
            "kind": "chart",
            "label": label,
            "title": _pieces(block.title),
            "alt": block.alt,
            "svg": svg(block, bulletin.lang),
            "foot": [_pieces(line) for line in foot(block, say)],
        }
    else:
        yield from _table_parts(block, say)


def _led(lead: Runs, runs: Runs, say: Words) -> dict[str, Any]:
    joint = after_lead(lead, say) if lead and runs else ""
    return {"lead": _runs(lead), "joint": joint, "runs": _runs(runs)}


def _list(block: NumberedList, say: Words) -> dict[str, Any]:
    points = [
        {
            "sign": label_of(block.numbering, at).rstrip(),
            **_led(point.lead, point.runs, say),
            "below": _list(point.below, say) if point.below else None,
        }
        for at, point in enumerate(block.points, start=1)
    ]
    return {"kind": "list", "points": points}


def _table_parts(table: Table, say: Words) -> Iterator[dict[str, Any]]:
    parts = table.folded(_MOST_COLUMNS)
    for at, part in enumerate(parts):
        lacks = part.shortfalls()
        yield {
            "kind": "table",
            "label": say.table.format(table.number),
            "caption": _pieces(table.caption + (say.continued if at else "")),
            "unit": f"{say.unit}{say.colon}{table.unit}" if table.unit else "",
            "stub": part.stub,
            "width": part.width,
            "widths": widths(part),
            "head": [
                [{"label": _pieces(head.label), "across": head.across, "down": head.down} for head in line]
                for line in part.head()
            ],
            "rows": [
                {
                    "label": row.label,
                    "kind": row.kind,
                    "level": row.level,
                    "cells": [
                        _cell(cell, lack) for cell, lack in zip(row.cells, lacks.get(line, ()), strict=True)
                    ],
                }
                for line, row in enumerate(part.rows)
            ],
            "foot": [_pieces(line) for line in foot(table, say)] if at == len(parts) - 1 else [],
        }


def _cell(cell: Cell, lack: int) -> list[Any]:
    pad = lack * DIGIT + (POINT if lack and cell.places == 0 else 0.0)
    return [cell.text, round(pad, 3)]
