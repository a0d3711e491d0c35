"""Share (占比): a part of its whole, in percent."""

from tidewaiter.model.interval import Interval
from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.model.unit import PERCENT
from tidewaiter.statistics.statistic import Needed, Number, Statistic, UndefinedError, whole_of


def proportion(part: Number, whole: Number) -> Number:
    """``part / whole × 100``, whether there is a whole or not."""
    return part / whole * 100


def share(part: Number, whole: Number) -> Number:
    """``part / whole × 100``, in percent.

    Raises:
        UndefinedError: the whole may be zero.

    Examples:
        Exports to mainland China and Hong Kong in 2024, US$ million (Table 8; printed 31.7):

        >>> round(share(150611.40, 474995.71), 2)
        31.71
    """
    if isinstance(whole, Interval) and whole.low <= 0 <= whole.high:
        raise UndefinedError("a share of nothing is not defined")
    return proportion(part, whole)


def needs(key: Key, period: Period, of: str) -> tuple[Needed, ...]:
    """The part and the whole at the same period."""
    return (Needed(key, period), Needed(whole_of(key, of), period))


STATISTIC = Statistic(
    name="share", unit=PERCENT, zh="占比", en="share", formula="part / whole × 100",
    source="財政部 海關進出口貿易初步統計, 占總出口", needs=needs, kernel=share,
    parameters=("partner", "commodity", "reporter", "parent", "total"),
)  # fmt: skip
