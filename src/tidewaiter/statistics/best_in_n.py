"""Best in n (近n個月最佳): the highest of the last n months, this one included.

n is the distance to the last month that was better. Chinese may name the window's first month,
English the better month itself: both are given (``window`` and ``better``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model.interval import Interval
from tidewaiter.model.unit import MONTHS
from tidewaiter.statistics.lookback import Parameter, beats, common, look_back
from tidewaiter.statistics.statistic import Result, Statistic

if TYPE_CHECKING:
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period
    from tidewaiter.statistics.statistic import Ask


def distance(values: list[tuple[Period, Interval]], *, low: bool) -> tuple[Interval, Period | None]:
    """Months back to the last better one, and which that was; to the start of the data when none was.

    Examples:
        >>> from tidewaiter.model.period import Period
        >>> months = list(Period.parse("2023-01..2023-04").each_month())
        >>> values = [Interval.exact(x) for x in (5.0, 1.0, 2.0, 3.0)]
        >>> distance(list(zip(months, values)), low=False)
        (Interval(3.0000, 3.0000), Period('2023-01'))
    """
    now, value = values[-1]
    certain: Period | None = None
    nearest_possible: Period | None = None
    for period, other in reversed(values[:-1]):
        surely, maybe = beats(other, value, low=low)
        if maybe and nearest_possible is None:
            nearest_possible = period
        if surely:
            certain = period
            break
    whole = float(now.last - values[0][0].last + 1)
    high = float(now.last - certain.last) if certain else whole
    least = float(now.last - nearest_possible.last) if nearest_possible else whole
    return Interval(least, high), certain


def look(ask: Ask, key: Key, period: Period, of: str) -> Result:
    """The distance for the highest (``best_in_n``) or, with a leading −, the lowest."""
    parameter = Parameter.parse(of)
    figure, others = look_back(ask, key, period, parameter)
    values = common([*others, figure])
    months, better = distance(values, low=parameter.low)
    if better is None:
        note = f"{'lowest' if parameter.low else 'highest'} since the data begin in {values[0][0]}"
        return Result(
            Interval(months.low, float("inf")), (figure,), note,
            (("better", ""), ("window", str(values[0][0])), ("since", str(values[0][0]))),
        )  # fmt: skip
    was = next(value for at, value in values if at == better)
    window = next(at for at, _ in values if at.last > better.last)
    note = f"the last {'lower' if parameter.low else 'higher'} one is {better} ({was.mid:.4g})"
    detail = (("better", str(better)), ("window", str(window)), ("since", str(values[0][0])))
    return Result(months, (figure,), note, detail)


STATISTIC = Statistic(
    name="best_in_n", unit=MONTHS, zh="近n個月最佳", en="best in n months",
    formula="t − (last period with a better value), in months",
    source="財政部 海關進出口貿易初步統計, 近n個月最佳", look=look, of="level:all_months",
    parameters=("level", "yoy", "share", "level:same_month"),
)  # fmt: skip
