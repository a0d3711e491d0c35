"""Distance from the five-year range (與近5年同月區間之距): is the month outside what the last five years saw?

Zero inside the range of the same month of the five years before; above it the percentage over the
highest of them, below it the (negative) percentage under the lowest. A base effect shows here: a month
that grew fast and stays inside its range only comes back from a low base.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model.interval import Interval
from tidewaiter.model.unit import PERCENT
from tidewaiter.statistics.growth import comparable, growth, rate
from tidewaiter.statistics.statistic import Result, Statistic

if TYPE_CHECKING:
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period
    from tidewaiter.statistics.statistic import Ask

YEARS = 5


def distance(now: float, low: float, high: float) -> float:
    """Percent above ``high`` or below ``low``; 0 between them; NaN where that growth is not defined.

    Examples:
        >>> distance(110.0, 80.0, 100.0), distance(90.0, 80.0, 100.0), distance(60.0, 80.0, 100.0)
        (10.000000000000009, 0.0, -25.0)
        >>> distance(1.0, 0.0, 0.0)
        nan
    """
    nearest = high if now > high else low
    outside = rate(now, nearest) if comparable(now, nearest) else float("nan")
    return 0.0 if low <= now <= high else outside


def look(ask: Ask, key: Key, period: Period, _of: str) -> Result:
    """From the period and the same one of the five years before it; all six must be known."""
    now = ask.level(key, period)
    before = [ask.level(key, period.year_ago(years)) for years in range(1, YEARS + 1)]
    bounds = [figure.interval * figure.unit.factor_to(now.unit) for figure in before]
    low = min(bounds, key=lambda one: one.mid)
    high = max(bounds, key=lambda one: one.mid)
    above, below = now.interval.mid > high.mid, now.interval.mid < low.mid
    value = growth(now.interval, high if above else low) if above or below else Interval.exact(0.0)
    note = f"the same months of {YEARS} years before: {low.mid:,.6g} to {high.mid:,.6g}"
    detail = (("low", f"{low.mid:.6g}"), ("high", f"{high.mid:.6g}"))
    return Result(value, (now, *before), note, detail)


STATISTIC = Statistic(
    name="five_year_range", unit=PERCENT, zh="與近5年同期區間之距", en="distance from the five-year range",
    formula="0 inside min…max of xₜ₋₁₂ₘ … xₜ₋₆₀ₘ, else growth on the nearer end",
    source="growth on the end of the range that was passed", look=look,
)  # fmt: skip
