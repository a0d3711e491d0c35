"""Average annual growth (平均年增率): geometric, from the year before the range.

The period names base and end: ``2017..2023`` is the growth of 2018–2023. Other publishers fit a
log-linear trend; the method is part of the statistic's name.
"""

from tidewaiter.errors import NoFigureError
from tidewaiter.model.interval import Interval
from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.model.unit import PERCENT
from tidewaiter.statistics.statistic import Ask, Number, Result, Statistic, UndefinedError


def average_annual_growth(first: Number, last: Number, years: int) -> Number:
    """``((last / first)^(1/years) − 1) × 100``, in percent a year.

    Examples:
        Taiwan's server exports 2017 and 2023, US$ 100 million (brief 459, Table 1; printed 61.3):

        >>> round(average_annual_growth(5.7, 100.5, 6), 1)
        61.3
    """
    return ((last / first) ** (1 / years) - 1) * 100


def look(ask: Ask, key: Key, period: Period, _of: str) -> Result:
    """From the two end levels, or by chaining printed yearly growth, whichever is narrower."""
    years = list(period.each_year())
    if len(years) < 2:  # noqa: PLR2004 — a base and an end
        raise UndefinedError("average growth needs a base year and an end year: write 2017..2023")
    found = [r for r in (_from_ends(ask, key, years), _from_chain(ask, key, years)) if r is not None]
    if not found:
        raise NoFigureError(
            f"neither the levels of {years[0]} and {years[-1]} nor each year's growth", where=str(key)
        )
    return min(found, key=lambda result: result.interval.width)


def _from_ends(ask: Ask, key: Key, years: list[Period]) -> Result | None:
    try:
        first, last = ask.level(key, years[0]), ask.level(key, years[-1])
    except NoFigureError:
        return None
    if first.interval.low <= 0:
        return None
    factor = last.unit.factor_to(first.unit)
    value = average_annual_growth(first.interval, last.interval * factor, len(years) - 1)
    return Result(value, (first, last), "from the levels of the first and last year")


def _from_chain(ask: Ask, key: Key, years: list[Period]) -> Result | None:
    try:
        growths = [ask.figure(key, "yoy", year) for year in years[1:]]
    except NoFigureError:
        return None
    product = Interval.exact(1.0)
    for growth in growths:
        product = product * (growth.interval / 100 + 1)
    if product.low <= 0:
        return None
    value = average_annual_growth(Interval.exact(1.0), product, len(growths))
    return Result(value, tuple(growths), "from each year's growth, chained")


STATISTIC = Statistic(
    name="average_annual_growth", unit=PERCENT, zh="平均年增率", en="average annual growth (geometric)",
    formula="((x_last / x_base)^(1/n) − 1) × 100",
    source="經濟部統計處 產業經濟統計簡訊 第459號, 表3", look=look,
)  # fmt: skip
