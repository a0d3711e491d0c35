"""Cumulative change (較上年同期增減), as an amount."""

from tidewaiter.statistics.change import change
from tidewaiter.statistics.statistic import Statistic
from tidewaiter.statistics.ytd_yoy import needs

STATISTIC = Statistic(
    name="ytd_change", unit=None, zh="累計較上年同期增減", en="year-to-date change on a year earlier",
    formula="Σxₜ − Σxₜ₋₁₂ₘ",
    source="財政部 海關進出口貿易初步統計, 較上年同期增減", needs=needs, kernel=change,
)  # fmt: skip
