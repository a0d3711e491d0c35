"""Month on month (月增率): growth on the span of the same length just before."""

from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.model.unit import PERCENT
from tidewaiter.statistics.growth import growth
from tidewaiter.statistics.statistic import Needed, Statistic


def needs(key: Key, period: Period, _of: str) -> tuple[Needed, ...]:
    """This period and the one before (the month before a month, the quarter before a quarter)."""
    return (Needed(key, period), Needed(key, period.previous()))


STATISTIC = Statistic(
    name="mom", unit=PERCENT, zh="月增率", en="growth on the previous month",
    formula="(xₜ / xₜ₋₁ − 1) × 100",
    source="財政部 海關進出口貿易初步統計, 較上月增減", needs=needs, kernel=growth,
)  # fmt: skip
