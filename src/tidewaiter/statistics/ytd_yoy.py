"""Cumulative growth (累計年增率): January to the month on the same span a year earlier."""

from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.model.unit import PERCENT
from tidewaiter.statistics.growth import growth
from tidewaiter.statistics.statistic import Needed, Statistic


def needs(key: Key, period: Period, _of: str) -> tuple[Needed, ...]:
    """The span from January, and the same span a year ago."""
    span = period.to_date()
    return (Needed(key, span), Needed(key, span.year_ago()))


STATISTIC = Statistic(
    name="ytd_yoy", unit=PERCENT, zh="累計年增率", en="year-to-date growth on a year earlier",
    formula="(Σxₜ / Σxₜ₋₁₂ₘ − 1) × 100", source="財政部 海關進出口貿易初步統計, 較上年同期增減",
    needs=needs, kernel=growth,
)  # fmt: skip
