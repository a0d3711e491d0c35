"""``tidewaiter search``."""

from __future__ import annotations

from tidewaiter.cli.common import Common, Flat
from tidewaiter.cli.output import emit
from tidewaiter.cli.talk import progress, say

_COLUMNS = ("kind", "key", "zh", "en", "get", "has_data", "releases")
_LONG = 60


def search(*words: str, top: int = 20, format: Flat = "table", common: Common | None = None) -> int:
    """Find series, products, groups, areas and statistics, the best first, with the key to use in get.

    Words may be Chinese (Simplified too) or English, synonyms (chips, 晶片, 筆電) or with a slip.

    Examples:
        tidewaiter search 伺服器
        tidewaiter search 半導體設備 --top 5
        tidewaiter search exports United States --format json

    Args:
        words: Words in Chinese or English, or parts of a code.
        top: How many hits the table shows; the other formats give all.
        format: table, csv, json or jsonl.
    """
    options = common or Common()
    with progress("searching"):
        hits = options.open().search(" ".join(words))
    rows = [hit.row() for hit in hits]
    if format == "table":
        rows = [{**row, "zh": _short(row["zh"]), "en": _short(row["en"])} for row in rows[:top]]
    emit(rows, _COLUMNS, format, shown=_COLUMNS[:-1])
    if format == "table" and len(hits) > top:
        say(f"{len(hits) - top:,} more; --top {len(hits)} or --format json gives all")
    return 0


def _short(name: str) -> str:
    return name if len(name) <= _LONG else f"{name[:_LONG]}…"
