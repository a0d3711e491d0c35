"""Tiles of a thread: scratch that is used again for every part of every block.

Touching fresh memory is slow, so what a thread has once it keeps; it grows to the largest heading met.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from tidewaiter.engine.dense import LANES

if TYPE_CHECKING:
    import numpy.typing as npt

T = TypeVar("T", bound=np.generic)


class Tiles:
    """The cube's cells of some series: ``[series / 128][month][128]``, and what goes with a series.

    Attributes:
        sums: int64, one run of cells.
        breadths: int32, [period kept][series]: parts and rising ones.
        holes: uint8, likewise; empty until a withheld value is met.
        node, slot, parent: by series.
        home: where a series begins in ``sums``.
    """

    def __init__(self, months: int, kept: int) -> None:
        self.months, self.kept = months, kept
        self.sums = np.zeros(0, np.int64)
        self.breadths = np.zeros((kept, 0), np.int32)
        self.holes = np.zeros(LANES, np.uint8)
        self.node = np.zeros(0, np.int32)
        self.slot = np.zeros(0, np.int32)
        self.parent = np.zeros(0, np.int64)
        self.home = np.zeros(0, np.int64)

    def name(self, series: int) -> None:
        """Room for the names of so many series."""
        if series <= len(self.node):
            return
        size = max(series, 2 * len(self.node))
        for what in ("node", "slot", "parent"):
            kept = getattr(self, what)
            grown = np.zeros(size, kept.dtype)
            grown[: len(kept)] = kept
            setattr(self, what, grown)
        self.breadths = np.pad(self.breadths, ((0, 0), (0, size - self.breadths.shape[1])))
        every = np.arange(size, dtype=np.int64)
        self.home = (every // LANES) * (LANES * self.months) + every % LANES

    def clear(self, first: int, last: int, *, holes: bool) -> None:
        """Zero the cells of series ``first`` (the first of a tile) to ``last``; makes room for them."""
        start, end = (round_up(series) * self.months for series in (first, last))
        if end > len(self.sums):
            size = round_up(max(end, len(self.sums) + len(self.sums) // 2))
            self.sums = _grown(self.sums, size)
        if holes and len(self.holes) < len(self.sums):
            self.holes = _grown(self.holes, len(self.sums))
        self.sums[start:end] = 0
        self.breadths[:, first:last] = 0
        if holes:
            self.holes[start:end] = 0

    def rows(self, first: int, last: int, what: npt.NDArray[T]) -> npt.NDArray[T]:
        """[series][month] of ``sums`` or ``holes``: a copy."""
        return what[self._cells(first, last)]

    def put(self, values: npt.NDArray[T], what: npt.NDArray[T]) -> None:
        """Write [series][month] back, from series 0 on."""
        what[self._cells(0, len(values))] = values

    def _cells(self, first: int, last: int) -> npt.NDArray[np.int64]:
        months = np.arange(self.months, dtype=np.int64) * LANES
        return np.add.outer(self.home[first:last], months)


def round_up(series: int) -> int:
    """To whole tiles."""
    return -(-series // LANES) * LANES


def _grown(kept: npt.NDArray[T], size: int) -> npt.NDArray[T]:
    grown = np.zeros(size, kept.dtype)
    grown[: len(kept)] = kept
    return grown
