"""Three-month average (三個月移動平均): trailing, the month included."""

from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.statistics.statistic import Needed, Number, Statistic


def average(*months: Number) -> Number:
    """The plain mean of the months, in the unit of the series.

    The office's average in Table 13 is trailing: the month and the two before it.

    Examples:
        Adjusted exports, June to August 2025, US$ million (Table 13; printed 55,047.4):

        >>> round(average(52673.9, 55009.3, 57459.0), 1)
        55047.4
    """
    total = months[0]
    for month in months[1:]:
        total = total + month
    return total / len(months)


def needs(key: Key, period: Period, _of: str) -> tuple[Needed, ...]:
    """The last month of the period and the two before it."""
    last = period.last_month()
    return tuple(Needed(key, last.shift(-lag)) for lag in (2, 1, 0))


STATISTIC = Statistic(
    name="ma3", unit=None, zh="三個月移動平均", en="three-month average",
    formula="(xₜ₋₂ + xₜ₋₁ + xₜ) / 3",
    source="財政部 海關進出口貿易初步統計, 表13", needs=needs, kernel=average,
)  # fmt: skip
