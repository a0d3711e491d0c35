"""``tidewaiter search``."""

from __future__ import annotations

from tidewaiter.cli.common import Common, Flat
from tidewaiter.cli.output import emit

_COLUMNS = ("kind", "key", "zh", "en", "releases")


def search(*words: str, format: Flat = "table", common: Common | None = None) -> int:
    """Find series, products, groups, areas and statistics whose names hold all the words.

    Examples:
        tidewaiter search 資通
        tidewaiter search exports United States

    Args:
        words: Words in Chinese or English, or parts of a code.
        format: table, csv, json or jsonl.
    """
    options = common or Common()
    hits = options.open().search(" ".join(words))
    emit([hit.row() for hit in hits], _COLUMNS, format)
    return 0
