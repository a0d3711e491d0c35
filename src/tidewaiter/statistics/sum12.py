"""Twelve-month sum (近12個月合計): the month and the eleven before it."""

from tidewaiter.model.key import Key
from tidewaiter.model.period import MONTHS, Period
from tidewaiter.statistics.level import level
from tidewaiter.statistics.statistic import Needed, Statistic


def span(period: Period) -> Period:
    """The twelve months that end with the period.

    Examples:
        >>> span(Period.parse("2025-08"))
        Period('2024-09..2025-08')
    """
    return Period(period.last - MONTHS + 1, period.last)


def needs(key: Key, period: Period, _of: str) -> tuple[Needed, ...]:
    """The span of twelve months."""
    return (Needed(key, span(period)),)


STATISTIC = Statistic(
    name="sum12", unit=None, zh="近12個月合計", en="twelve-month sum",
    formula="xₜ₋₁₁ + … + xₜ", source="the sum of twelve levels, as the year's total is",
    needs=needs, kernel=level,
)  # fmt: skip
