"""What the statistics that look back share: a series of intervals, and comparisons that may be open.

Numbers known only to a decimal can tie. A comparison of intervals is then open, and counts of better
months become an interval too: certain at the low end, possible at the high end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.errors import NoFigureError
from tidewaiter.model.interval import Interval
from tidewaiter.model.period import MONTHS

if TYPE_CHECKING:
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period
    from tidewaiter.statistics.statistic import Ask

SLACK = 1e-12  # relative: numbers that should be equal may differ in the last digit of a double
UNIVERSES = ("all_months", "same_month", "same_period", "full_years", "all_years", "this_year")


@dataclass(frozen=True, slots=True)
class Parameter:
    """``[-]base[:universe]``: what is ranked, in which universe, from the bottom when it starts with −.

    Examples:
        >>> Parameter.parse("-share:same_period")
        Parameter(base='share', universe='same_period', low=True)
    """

    base: str
    universe: str
    low: bool

    @classmethod
    def parse(cls, of: str, universe: str = "all_months") -> Parameter:
        """Read it."""
        base, _, named = of.lstrip("-").partition(":")
        return cls(base or "level", named or universe, of.startswith("-"))


def better(one: float, other: float) -> bool:
    """``one`` is higher by more than the noise of arithmetic; equal numbers tie. Missing is never better."""
    return one > other + SLACK * max(abs(one), abs(other))


def beats(one: Interval, other: Interval, *, low: bool) -> tuple[bool, bool]:
    """Whether ``one`` is certainly, and possibly, better (higher; lower when ``low``) than ``other``.

    Two full-precision numbers that are equal tie: neither is better.
    """
    if low:
        one, other = -one, -other
    if one.width == other.width == 0:
        surely = better(one.low, other.low)
        return surely, surely
    return better(one.low, other.high), better(one.high, other.low)


def common(figures: list[Figure]) -> list[tuple[Period, Interval]]:
    """Period and value of each, in the unit of the last one."""
    if not figures:
        return []
    unit = figures[-1].unit
    return [
        (f.id.period, f.interval if f.unit == unit else f.interval * f.unit.factor_to(unit)) for f in figures
    ]


def _bounded_by_years(ask: Ask, key: Key, period: Period, others: list[Figure]) -> list[Figure]:
    """Where a year's span is not known, its full year bounds it: what beats the year beats the span."""
    known = {f.id.period.end_year for f in others}
    found = list(others)
    for year in ask.history(key, "level", period.whole_year().year_ago()):
        if year.id.period.end_year not in known and year.interval.low > 0:
            span = period.year_ago(period.end_year - year.id.period.end_year)
            found.append(
                replace(year, id=replace(year.id, period=span), interval=Interval(0.0, year.interval.high))
            )
    return sorted(found, key=lambda f: f.id.period)


def unbroken(figures: list[Figure], period: Period, *, yearly: bool) -> list[Figure]:
    """Those that reach ``period`` without a gap: a place among months not all known proves nothing."""
    kept: list[Figure] = []
    later = period.last
    for figure in reversed(figures):
        at = figure.id.period.last
        if later - at > (MONTHS if yearly else period.months):
            break
        kept.append(figure)
        later = at
    return kept[::-1]


def look_back(ask: Ask, key: Key, period: Period, parameter: Parameter) -> tuple[Figure, list[Figure]]:
    """The figure ranked, and the others of its universe up to ``period``, oldest first.

    Raises:
        NoFigureError: the figure itself, or any other to rank it among, cannot be had.
    """
    base, universe = parameter.base, parameter.universe
    if universe in ("same_period", "full_years"):
        period = period.to_date()
    if universe == "all_years":
        period = period.whole_year()
    figure = ask.figure(key, base, period)
    if universe == "full_years":
        others = ask.history(key, base, period.whole_year().year_ago())
    else:
        others = [f for f in ask.history(key, base, period) if f.id.period != period]
    if universe == "same_period" and base == "level" and figure.interval.low > 0:
        others = _bounded_by_years(ask, key, period, others)
    if universe == "same_month":
        others = [f for f in others if f.id.period.start_month == period.start_month]
    if universe == "this_year":
        others = [f for f in others if f.id.period.start_year == period.start_year]
    others = unbroken(others, period, yearly=universe not in ("all_months", "this_year"))
    if not others:
        raise NoFigureError(
            f"no other {universe.replace('_', ' ')} of {base} before {period}", where=str(key)
        )
    return figure, others
