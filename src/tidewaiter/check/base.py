"""The base of a growth rate: a rise after a fall is told with the fall (低基期)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.check.judged import Verdict
from tidewaiter.model.interval import round_half_up

if TYPE_CHECKING:
    from tidewaiter.check.judged import Checked
    from tidewaiter.engine.vintages import Vintages

_GROWTH = ("yoy", "ytd_yoy")


def with_low_base(item: Checked, books: Vintages) -> Checked:
    """A confirmed rise on a year that had fallen, with that fall told beside it."""
    found = item.judgement
    figure = found.figure
    if found.verdict is not Verdict.CONFIRMED or figure is None or figure.id.statistic not in _GROWTH:
        return item
    if figure.interval.low <= 0:
        return item
    before = books.latest.find(figure.id.key, figure.id.statistic, figure.id.period.year_ago(), figure.id.of)
    if before is None or before.interval.high >= 0:
        return item
    fall = f"{round_half_up(before.value, 1):f}%"
    told = replace(
        found,
        reason=_joined(found.reason, f"a low base: {fall} a year earlier", "; "),
        reason_zh=_joined(found.reason_zh, f"低基期：上年同期{fall}", "；"),
    )
    return replace(item, judgement=told)


def _joined(one: str, other: str, by: str) -> str:
    return f"{one}{by}{other}" if one else other
