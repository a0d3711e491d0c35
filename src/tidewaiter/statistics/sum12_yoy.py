"""Growth of the twelve-month sum (近12個月合計年增率), on the twelve months before them."""

from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.model.unit import PERCENT
from tidewaiter.statistics.growth import growth
from tidewaiter.statistics.statistic import Needed, Statistic
from tidewaiter.statistics.sum12 import span


def needs(key: Key, period: Period, _of: str) -> tuple[Needed, ...]:
    """The last twelve months and the twelve before them."""
    months = span(period)
    return (Needed(key, months), Needed(key, months.year_ago()))


STATISTIC = Statistic(
    name="sum12_yoy", unit=PERCENT, zh="近12個月合計年增率", en="growth of the twelve-month sum",
    formula="(Σx over t−11…t / Σx over t−23…t−12 − 1) × 100",
    source="the formula of growth, on sums of twelve months", needs=needs, kernel=growth,
)  # fmt: skip
