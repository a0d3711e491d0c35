"""Year on year (年增率): growth on the same months a year earlier."""

from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.model.unit import PERCENT
from tidewaiter.statistics.growth import growth
from tidewaiter.statistics.statistic import Needed, Statistic


def needs(key: Key, period: Period, _of: str) -> tuple[Needed, ...]:
    """This period and the same one a year ago. For a span both are sums."""
    return (Needed(key, period), Needed(key, period.year_ago()))


STATISTIC = Statistic(
    name="yoy", unit=PERCENT, zh="年增率", en="growth on a year earlier",
    formula="(xₜ / xₜ₋₁₂ₘ − 1) × 100",
    source="財政部 海關進出口貿易初步統計, 年增率", needs=needs, kernel=growth,
)  # fmt: skip
