"""Level: what was counted, as published or put together from what was published."""

from tidewaiter.model.interval import Interval
from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.statistics.statistic import Needed, Statistic


def level(now: Interval) -> Interval:
    """The level itself, in the series' own unit. Source: the release's tables."""
    return now


def needs(key: Key, period: Period, _of: str) -> tuple[Needed, ...]:
    """The one level."""
    return (Needed(key, period),)


STATISTIC = Statistic(
    name="level", unit=None, zh="金額", en="level",
    formula="xₜ", source="IMTS 2010, chapter 10", needs=needs, kernel=level,
)  # fmt: skip
