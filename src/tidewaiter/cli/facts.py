"""``tidewaiter facts``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidewaiter.cli.common import Common, Flat
from tidewaiter.cli.output import emit
from tidewaiter.cli.talk import progress

if TYPE_CHECKING:
    from tidewaiter.engine.facts import Fact

_COLUMNS = ("rank", "text", "weight", "why", "kind", "key", "figures")
_SHOWN = ("rank", "text", "weight", "why")


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
    rows = [_row(rank, fact, options.language) for rank, fact in enumerate(found, start=1)]
    emit(rows, _COLUMNS, format, shown=_SHOWN)
    return 0


def _row(rank: int, fact: Fact, lang: str) -> dict[str, Any]:
    from tidewaiter.phrases.tell import tell

    return {
        "rank": rank,
        "text": tell(fact, lang),
        "weight": fact.weight,
        "why": fact.why_zh if lang == "zh" else fact.why,
        "kind": fact.kind,
        "key": str(fact.key),
        "figures": [str(figure.id) for figure in fact.figures],
    }
