"""statements.json: every statement of the text, every cell and every point, with its figures.

A checker reads it back: what the page says must be what the figures are.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tidewaiter.bulletin.document import Said, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.bulletin.document import Bulletin


def render(bulletin: Bulletin) -> bytes:
    """The statements as UTF-8 JSON."""
    content = {
        "bulletin": bulletin.id,
        "lang": bulletin.lang,
        "title": bulletin.title,
        "published": str(bulletin.published),
        "period": str(bulletin.period),
        "statements": list(statements(bulletin)),
        "cells": list(cells(bulletin)),
        "points": list(_points(bulletin)),
        "evidence": [asdict(each) for each in bulletin.evidence],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def statements(bulletin: Bulletin) -> Iterator[dict[str, Any]]:
    """Each statement in reading order; ``id`` is its anchor in the HTML.

    ``offset`` is where the statement begins in ``context``, the text it stands in.
    """
    count = 0
    for runs in bulletin.texts():
        context, offset = plain(runs), 0
        for run in runs:
            if isinstance(run, Said):
                count += 1
                yield {
                    "id": f"s{count}",
                    "lang": bulletin.lang,
                    "text": run.text,
                    "figures": list(run.figures),
                    "values": list(run.values),
                    "context": context,
                    "offset": offset,
                }
            offset += len(run if isinstance(run, str) else run.text)


def cells(bulletin: Bulletin) -> Iterator[dict[str, Any]]:
    """Each cell of a table that states a figure, with the labels it stands under."""
    for table in bulletin.tables():
        paths = [" ".join(filter(None, path)) for path in table.paths()]
        section = ""
        for row in table.rows:
            section = row.label if row.kind == "section" else section
            for path, cell in zip(paths, row.cells, strict=False):
                if cell.figure:
                    yield {
                        "table": table.number,
                        "section": section,
                        "row": row.label,
                        "column": path,
                        "text": cell.text,
                        "value": cell.value,
                        "figure": cell.figure,
                    }


def _points(bulletin: Bulletin) -> Iterator[dict[str, Any]]:
    for chart in bulletin.charts():
        for series in chart.series:
            for point in series.points:
                if point.figure:
                    yield {
                        "chart": chart.number,
                        "series": series.name,
                        "at": point.at,
                        "text": point.text,
                        "value": point.value,
                        "figure": point.figure,
                    }
