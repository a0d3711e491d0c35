"""Growth: the one formula that year on year, month on month and cumulative growth share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model.interval import Interval
from tidewaiter.statistics.statistic import UndefinedError

if TYPE_CHECKING:
    from tidewaiter.statistics.statistic import Number


def comparable(now: float, base: float) -> bool:
    """Growth is defined: the base is not zero and the sign does not change. Missing (NaN) never is.

    Examples:
        >>> comparable(0.0, 5.0), comparable(5.0, 0.0), comparable(1.0, -1.0), comparable(-2.0, -1.0)
        (True, False, False, True)
    """
    return ((base > 0) & (now >= 0)) | ((base < 0) & (now <= 0))


def rate(now: Number, base: Number) -> Number:
    """``(now / base − 1) × 100``, whether it is defined or not."""
    return (now / base - 1) * 100


def rises(now: float, base: float) -> bool:
    """Growth is defined and above zero; a deficit rises when it widens."""
    return ((base > 0) & (now > base)) | ((base < 0) & (now < base))


def growth(now: Number, base: Number) -> Number:
    """``(now / base − 1) × 100``, in percent.

    Two deficits grow when the deficit widens. Growth from zero or across a sign change is not defined:
    give the amount instead (the release prints it too).

    Args:
        now: level of the period, any unit, float, interval or column.
        base: level of the base period in the same unit.

    Raises:
        UndefinedError: the base may be zero or the sign changes (floats and intervals).

    Examples:
        Exports of August 2025 on August 2024, US$ million (release of 9 September 2025,
        Table 1; printed 34.1):

        >>> round(growth(58487.447, 43625.148), 4)
        34.0682
    """
    if isinstance(now, Interval) or isinstance(base, Interval):
        _same_sign(now, base)
    elif isinstance(now, int | float) and not comparable(now, base):
        raise UndefinedError("growth from zero or across a sign change is not defined")
    return rate(now, base)


def _same_sign(now: Interval, base: Interval) -> None:
    if not (base.low > 0 or base.high < 0):
        raise UndefinedError("growth from zero is not defined")
    if (base.low > 0 and now.high < 0) or (base.high < 0 and now.low > 0):
        raise UndefinedError("growth across a sign change is not defined")
