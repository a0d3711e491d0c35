"""Change of rank (名次變動): places won (positive) or lost among siblings on a year earlier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model.unit import RANK
from tidewaiter.statistics.rank import SIBLINGS
from tidewaiter.statistics.statistic import Number, Result, Statistic

if TYPE_CHECKING:
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period
    from tidewaiter.statistics.statistic import Ask


def places_won(now: Number, base: Number) -> Number:
    """``base − now``: from third to first is +2.

    Examples:
        >>> places_won(1, 3)
        2
    """
    return base - now


def look(ask: Ask, key: Key, period: Period, of: str) -> Result:
    """From the ranks of the period and of the one a year ago. ``of`` as for rank (``level:partners``)."""
    now, base = (ask.figure(key, "rank", at, of) for at in (period, period.year_ago()))
    detail = (("from", f"{base.value:.0f}"), ("to", f"{now.value:.0f}"))
    return Result(places_won(now.interval, base.interval), (now, base), detail=detail)


STATISTIC = Statistic(
    name="rank_change", unit=RANK, zh="名次變動", en="change of rank",
    formula="rankₜ₋₁₂ₘ − rankₜ", source="財政部 海關進出口貿易初步統計, 躍居第n",
    look=look, of="level:partners", parameters=tuple(f"level:{universe}" for universe in SIBLINGS),
)  # fmt: skip
