"""Worst in n (近n個月最低): the lowest of the last n months. The mirror of best in n."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model.unit import MONTHS
from tidewaiter.statistics import best_in_n
from tidewaiter.statistics.statistic import Result, Statistic

if TYPE_CHECKING:
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period
    from tidewaiter.statistics.statistic import Ask


def look(ask: Ask, key: Key, period: Period, of: str) -> Result:
    """As best in n, from the bottom."""
    return best_in_n.look(ask, key, period, f"-{of.lstrip('-')}")


STATISTIC = Statistic(
    name="worst_in_n", unit=MONTHS, zh="近n個月最低", en="worst in n months",
    formula="t − (last period with a lower value), in months",
    source="財政部 海關進出口貿易初步統計, 近n個月最低", look=look, of="level:all_months",
    parameters=("level", "yoy", "share", "level:same_month"),
)  # fmt: skip
