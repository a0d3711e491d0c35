"""How precisely a number is given: full double, or rounded before it was stored.

The workbooks mix both. Most growth rates are full doubles; some columns (the three-month average, the
price indices, Korea before it published levels) were typed in with one to four decimals. The rule looks
at the value itself: a derived cell whose shortest decimal form has at most four decimals is rounded, and
to as many decimals as the most detailed of such cells in its column (24.6 beside 24.69 is 24.60).
Amounts are exact sums of thousand dollars, so their three decimals are full precision. Levels that are
rounded are known by their table: prices and indices, home totals restated among the peers', and the
yearly totals among adjusted months.
"""

from __future__ import annotations

from tidewaiter.model.interval import decimals_of

_MOST = 4


def short_decimals(value: float) -> int | None:
    """Decimals of a number that was rounded before it was stored, None for a full double.

    Twelve significant digits undo binary noise (474995.67100000003).

    Examples:
        >>> short_decimals(-24.69), short_decimals(12.0), short_decimals(29.152625068575617)
        (2, 0, None)
    """
    text = f"{value:.12g}"
    if "e" in text:
        return None
    decimals = decimals_of(text)
    return decimals if decimals <= _MOST else None


def derived_decimals(values: list[float]) -> list[int | None]:
    """For each derived cell of a column: decimals, None where it is a full double."""
    short = [short_decimals(value) for value in values]
    most = max((s for s in short if s is not None), default=0)
    return [None if s is None else most for s in short]


def level_decimals(values: list[float]) -> list[int | None]:
    """For each level of a column of rounded levels: decimals; all None when one cell is a full double."""
    short = [short_decimals(value) for value in values]
    if not short or any(s is None for s in short):
        return [None] * len(values)
    return [max(s for s in short if s is not None)] * len(values)


def own_decimals(value: float) -> int | None:
    """Decimals of one level restated in a larger unit: each cell has its own (405.55 beside 436.25148)."""
    text = f"{value:.12g}"
    return None if "e" in text or decimals_of(text) > _MOST + 1 else decimals_of(text)
