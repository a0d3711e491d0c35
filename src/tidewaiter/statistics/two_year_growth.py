"""Two-year growth (較前年同月增率): on the same month two years earlier; it looks past a low or high base."""

from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.model.unit import PERCENT
from tidewaiter.statistics.growth import growth
from tidewaiter.statistics.statistic import Needed, Statistic


def needs(key: Key, period: Period, _of: str) -> tuple[Needed, ...]:
    """This period and the same one two years ago."""
    return (Needed(key, period), Needed(key, period.year_ago(2)))


STATISTIC = Statistic(
    name="two_year_growth", unit=PERCENT, zh="較前年同期增率", en="growth on two years earlier",
    formula="(xₜ / xₜ₋₂₄ₘ − 1) × 100", source="the formula of growth, on a base two years back",
    needs=needs, kernel=growth,
)  # fmt: skip
