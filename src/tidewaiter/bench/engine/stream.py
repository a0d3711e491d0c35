"""What the memory gives: the rate at which all cores can read a large array, as STREAM measures it."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

_BYTES = 1 << 30
_RUNS = 5


def read_rate(cores: int, size: int = _BYTES) -> float:
    """Bytes a second that ``cores`` threads read together, the best of several runs."""
    import numpy as np  # noqa: PLC0415 — heavy

    column = np.ones(size // 8)
    return size / min(seconds_to_read(column, cores) for _ in range(_RUNS))


def seconds_to_read(column: np.ndarray, cores: int) -> float:
    """How long it takes to read a column of float64 once (to add it up), a part of it in each thread."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    import numpy as np  # noqa: PLC0415

    add_up = _adder()
    parts = np.array_split(column.reshape(-1), cores)
    add_up(parts[0][:8])  # compiled before the clock runs
    with ThreadPoolExecutor(cores) as threads:
        began = time.perf_counter()
        list(threads.map(add_up, parts))
        return time.perf_counter() - began


@cache
def _adder() -> Callable[[np.ndarray], float]:
    import numba  # noqa: PLC0415 — heavy

    def add_up(column: np.ndarray) -> float:
        total = 0.0
        for at in range(len(column)):
            total += column[at]
        return total

    compiled: Callable[[np.ndarray], float] = numba.njit(nogil=True, fastmath=True)(add_up)
    return compiled
