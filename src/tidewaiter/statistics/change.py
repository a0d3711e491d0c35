"""Change: the difference that yearly, monthly and cumulative changes share."""

from tidewaiter.statistics.statistic import Number


def change(now: Number, base: Number) -> Number:
    """``now − base``, in the unit of the series.

    Computed from unrounded levels and rounded once: 3,984.3 − 3,085.0 prints 899.4 when the levels
    are 398,434.0 and 308,498.5 (release of 9 September 2025, Table 1).

    Examples:
        >>> round(change(58487.447, 43625.148), 3)
        14862.299
    """
    return now - base
