"""``tidewaiter facts``."""

from __future__ import annotations

from typing import Any

from tidewaiter.cli.common import Common, Flat
from tidewaiter.cli.output import emit
from tidewaiter.cli.talk import progress

_COLUMNS = ("rank", "text", "weight", "why", "figures")


def facts(*, period: str, top: int = 20, format: Flat = "table", common: Common | None = None) -> int:
    """What is worth telling about a month, ranked.

    Examples:
        tidewaiter facts --period 2025-08
        tidewaiter facts --period 2025-08 --top 5 --lang zh --format json

    Args:
        period: Which month (2025-08).
        top: How many.
        format: table, csv, json or jsonl.
    """
    options = common or Common()
    with progress("weighing"):
        found = options.open().facts(period, top, options.as_of)
    rows = [_row(fact, options.language) for fact in found]
    emit(rows, _COLUMNS, format, shown=_COLUMNS[:-1])
    return 0


def _row(fact: Any, lang: str) -> dict[str, Any]:
    return {
        "rank": fact.rank,
        "text": fact.text_zh if lang == "zh" else fact.text_en,
        "text_zh": fact.text_zh,
        "text_en": fact.text_en,
        "weight": fact.weight,
        "why": fact.why,
        "figures": [str(getattr(figure, "id", figure)) for figure in fact.figures],
    }
