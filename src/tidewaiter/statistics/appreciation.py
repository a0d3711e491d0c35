"""Appreciation (升貶幅): a currency against the US dollar, on a year earlier."""

from tidewaiter.model.unit import PERCENT
from tidewaiter.statistics.statistic import Number, Statistic
from tidewaiter.statistics.yoy import needs


def appreciation(now: Number, base: Number) -> Number:
    """``(base / now − 1) × 100`` of a rate in units of the currency a dollar; positive: it rose.

    Examples:
        NT$ 32.3179 a dollar in 2016 after 31.8983 in 2015 (Table 16; printed −1.30):

        >>> round(appreciation(32.3179, 31.8983), 2)
        -1.3
    """
    return (base / now - 1) * 100


STATISTIC = Statistic(
    name="appreciation", unit=PERCENT, zh="升貶幅", en="appreciation on a year earlier",
    formula="(rateₜ₋₁₂ₘ / rateₜ − 1) × 100", source="財政部 海關進出口貿易初步統計, 表16 說明",
    needs=needs, kernel=appreciation,
)  # fmt: skip
