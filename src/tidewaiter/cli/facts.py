"""``tidewaiter facts``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tidewaiter.cli.common import Common, Flat
from tidewaiter.cli.output import emit
from tidewaiter.cli.talk import progress, say

if TYPE_CHECKING:
    from tidewaiter.engine.facts import Fact

_COLUMNS = ("rank", "text", "weight", "why", "kind", "key", "factors", "figures", "also")
_SHOWN = ("rank", "text", "weight", "why")


def facts(
    *,
    period: str,
    top: int = 20,
    product: str = "",
    partner: str = "",
    statistic: str = "",
    reporter: str = "",
    format: Flat = "table",
    common: Common | None = None,
) -> int:
    """What an editor would lead with, ranked, each with its weight explained.

    Records, turns, streaks, overtakings, large contributions, round numbers passed, rare growth, low
    bases, broad or narrow growth. The month is told from its own release, as known then; what says the
    same is told once and listed under `also`.

    Examples:
        tidewaiter facts --period 2025-08
        tidewaiter facts --period 2025-08 --top 5 --lang zh --format json
        tidewaiter facts --period 2025-08 --partner USA
        tidewaiter facts --period 2025-08 --statistic streak
        tidewaiter facts --period 2011-05 --reporter CHE

    Args:
        period: Which month (2025-08), or year (2024).
        top: How many.
        product: Only of these goods: a code or a name.
        partner: Only with this partner: a code or a name.
        statistic: Only facts of this statistic (streak, rank) or kind (record, turn, overtaking).
        reporter: Whose trade. Default: Taiwan's, else whose the store has.
        format: table, csv, json or jsonl.
    """
    from tidewaiter.api.worth import Asked

    options = common or Common()
    asked = Asked(reporter, product, partner, statistic)
    with progress("weighing") as tell:
        found = options.open().facts(period, top, options.as_of, asked, tell)
    if not found:
        say("nothing stands out: no such series, or too little history to say (two years of months, or more)")
    rows = [_row(rank, fact, options.language) for rank, fact in enumerate(found, start=1)]
    emit(rows, _COLUMNS, format, shown=_SHOWN)
    return 0


def _row(rank: int, fact: Fact, lang: str) -> dict[str, Any]:
    from tidewaiter.phrases.tell import tell

    return {
        "rank": rank,
        "text": tell(fact, lang),
        "weight": round(fact.weight, 4),
        "why": fact.why_zh if lang == "zh" else fact.why,
        "kind": fact.kind,
        "key": str(fact.key),
        "factors": {name: round(value, 4) for name, value in asdict(fact.factors).items()},
        "figures": [str(figure.id) for figure in fact.figures],
        "also": [tell(other, lang) for other in fact.also],
    }
