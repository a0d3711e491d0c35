"""Change on the previous month (較上月增減), as an amount."""

from tidewaiter.statistics.change import change
from tidewaiter.statistics.mom import needs
from tidewaiter.statistics.statistic import Statistic

STATISTIC = Statistic(
    name="mom_change", unit=None, zh="較上月增減", en="change on the previous month",
    formula="xₜ − xₜ₋₁", source="財政部 海關進出口貿易初步統計, 較上月增減", needs=needs, kernel=change,
)  # fmt: skip
