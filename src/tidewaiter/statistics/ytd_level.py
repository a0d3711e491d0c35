"""Cumulative level (累計, 1至n月): January to the month."""

from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.statistics.level import level
from tidewaiter.statistics.statistic import Needed, Statistic


def needs(key: Key, period: Period, _of: str) -> tuple[Needed, ...]:
    """The span from January."""
    return (Needed(key, period.to_date()),)


STATISTIC = Statistic(
    name="ytd_level", unit=None, zh="累計金額", en="year-to-date level",
    formula="Σ x from January to t", source="財政部 海關進出口貿易初步統計, 1-8月", needs=needs, kernel=level,
)  # fmt: skip
