"""Four kinds of nothing, and a fifth: why a cell has no number.

A cell with a number is what it says; a *zero* is a number: the month is covered and nothing was traded. A
cell without one is a NaN whose payload tells the reason:

=====================  ===========================================================================
``UNDEFINED`` 0        all inputs are there, the statistic is not defined (growth from zero, no rank
                       without others, a first month that cannot be a record)
``SUPPRESSED`` 1       an input is withheld
``MISSING`` 2          an input lies in a month that the records do not cover: before they begin, or in
                       a gap
``NOT_YET`` 3          an input lies after the last month that is published for the flow
=====================  ===========================================================================

The later one in this list wins where an answer lacks several inputs. Parquet and Arrow keep the payload;
:func:`reasons` reads it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from tidewaiter.engine.dense.columns import Column

    Floats = npt.NDArray[np.float64]
    Bytes = npt.NDArray[np.uint8]

UNDEFINED, SUPPRESSED, MISSING, NOT_YET = 0, 1, 2, 3
NAMES = ("undefined", "suppressed", "missing", "not_yet_published")
PLAIN = 0x7FF8_0000_0000_0000
_LOW = 0x3
_MONTHS = 12


def nothing(kind: int) -> float:
    """The NaN of a kind.

    Examples:
        >>> int(reasons(np.array([1.0, nothing(MISSING)]))[1])
        2
    """
    return float(np.uint64(PLAIN | kind).view(np.float64))


def reasons(values: Floats) -> Bytes:
    """The kind of each value that is not there; 0 also where it is. Test ``isnan`` first."""
    bits = np.ascontiguousarray(values).view(np.uint64)
    return np.where(np.isnan(values), bits & np.uint64(_LOW), np.uint64(0)).astype(np.uint8)


def lags_of(column: Column, time: int, *, january: int, yearly: int) -> list[int]:
    """The periods, as offsets back from ``time``, whose absence leaves the column without a value there."""
    found: set[int] = set()
    place = (january + time) % yearly
    for lag in column.lags:
        if lag == -1:
            found |= set(range(place + 1))
            if _MONTHS in column.lags:
                found |= {yearly + back for back in range(place + 1)}
        elif lag < 0:
            found |= set(range(-lag * yearly // _MONTHS))
        elif column.monthly:
            found.add(lag)
        else:
            found.add(lag * yearly // _MONTHS)
    return sorted(found)


def stamp(
    out: Floats, columns: tuple[Column, ...], kinds: Bytes, *, window: int, january: int, yearly: int
) -> None:
    """Write the reason into cells without a number, for months that are not covered.

    Args:
        out: [column][period][series], periods from ``window`` on.
        columns: what the columns are.
        kinds: by period: 0 covered, else ``MISSING`` or ``NOT_YET``.
        window: first period of ``out``.
        january: place in its year of the first period of ``kinds``.
        yearly: periods a year.
    """
    cells, told = _uncovered(
        columns, kinds.tobytes(), window=window, periods=out.shape[1], january=january, yearly=yearly
    )
    flat = out.reshape(-1, out.shape[2])
    rows = flat[cells]
    np.copyto(rows, told[:, None], where=np.isnan(rows))
    flat[cells] = rows


@lru_cache(maxsize=64)
def _uncovered(
    columns: tuple[Column, ...], kinds: bytes, *, window: int, periods: int, january: int, yearly: int
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Which of [column × period] lack an input, and the NaN that says why: the same for every series."""
    cells, told = [], []
    for number, column in enumerate(columns):
        for at in range(periods):
            time = window + at
            worst = max(
                kinds[time - lag] if time >= lag else MISSING
                for lag in lags_of(column, time, january=january, yearly=yearly)
            )
            if worst:
                cells.append(number * periods + at)
                told.append(nothing(worst))
    return np.array(cells, np.int64), np.array(told, np.float64)


def stamp_holes(
    out: Floats, columns: tuple[Column, ...], holes: Bytes, *, window: int, january: int, yearly: int
) -> None:
    """The same for withheld values. ``holes`` is [series][period]; what is stamped already stays."""
    for number, column in enumerate(columns):
        for at in range(out.shape[1]):
            time = window + at
            lags = [lag for lag in lags_of(column, time, january=january, yearly=yearly) if lag <= time]
            touched = np.zeros(out.shape[2], bool)
            for lag in lags:
                touched |= holes[:, time - lag] != 0
            row = out[number, at]
            touched &= np.isnan(row) & (reasons(row) == UNDEFINED)
            row[touched] = nothing(SUPPRESSED)
