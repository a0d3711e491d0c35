"""Change on a year earlier (較上年同月增減, 較上年同期增減), as an amount."""

from tidewaiter.statistics.change import change
from tidewaiter.statistics.statistic import Statistic
from tidewaiter.statistics.yoy import needs

STATISTIC = Statistic(
    name="yoy_change", unit=None, zh="較上年同期增減", en="change on a year earlier",
    formula="xₜ − xₜ₋₁₂ₘ", source="財政部 海關進出口貿易初步統計, 較上年同月增減", needs=needs, kernel=change,
)  # fmt: skip
