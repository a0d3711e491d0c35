"""``tidewaiter list``."""

from __future__ import annotations

from tidewaiter.cli.common import Common, Format
from tidewaiter.cli.output import emit
from tidewaiter.cli.talk import say

_COLUMNS = (
    "release", "dataset", "source", "title", "published", "published_inferred", "periods", "observations",
    "derived_cells", "vintage", "preliminary", "files",
)  # fmt: skip
_SHOWN = (
    "release",
    "source",
    "published",
    "periods",
    "observations",
    "derived_cells",
    "vintage",
    "preliminary",
)


def listing(*, format: Format = "table", common: Common | None = None) -> int:
    """What the store holds: releases with source, publication day, periods and vintage.

    Examples:
        tidewaiter list
        tidewaiter list --as-of 2025-10-01 --format json

    Args:
        format: table, csv, json, jsonl or parquet.
    """
    options = common or Common()
    store = options.open()
    rows = []
    for release in store.releases(options.as_of):
        publisher = release.publisher
        rows.append(
            {
                "release": release.id,
                "dataset": release.dataset,
                "source": publisher.name_zh if options.language == "zh" else publisher.name,
                "title": release.title,
                "published": release.published.isoformat(),
                "published_inferred": release.published_inferred,
                "periods": f"{release.first_period}..{release.last_period}",
                "observations": release.observations,
                "derived_cells": release.derived_cells,
                "vintage": store.vintage(release),
                "preliminary": release.preliminary,
                "files": [file.name for file in release.files],
            }
        )
    emit(rows, _COLUMNS, format, shown=_SHOWN)
    if not rows:
        say(f"the store at {store.folder} is empty: tidewaiter load PATH…")
    return 0
