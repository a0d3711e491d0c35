"""Quarter on quarter (季增率): growth of a quarter on the quarter before."""

from tidewaiter.model.unit import PERCENT
from tidewaiter.statistics.growth import growth
from tidewaiter.statistics.mom import needs
from tidewaiter.statistics.statistic import Statistic

STATISTIC = Statistic(
    name="qoq", unit=PERCENT, zh="季增率", en="growth on the previous quarter",
    formula="(x_q / x_q₋₁ − 1) × 100",
    source="財政部 海關進出口貿易初步統計", needs=needs, kernel=growth,
)  # fmt: skip
