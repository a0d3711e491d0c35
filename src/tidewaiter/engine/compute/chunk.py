"""What the run of a part of a block gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tidewaiter.engine.dense.columns import COLUMNS

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True)
class Chunk:
    """The statistics of some series of one flow in the periods that are kept.

    Attributes:
        flow: place in the header's flows.
        nodes: series → its code (:meth:`Context.code_of`).
        slots: series → its partner, area or the world.
        values: [column][period][series]; a NaN tells its reason (:mod:`tidewaiter.engine.dense.nothing`).
    """

    flow: int
    nodes: npt.NDArray[np.int32]
    slots: npt.NDArray[np.int32]
    values: npt.NDArray[np.float64]


Emit = "Callable[[Chunk], None]"


@dataclass
class Tally:
    """Counts and check sums over all series and periods, by column."""

    series: int = 0
    counts: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(len(COLUMNS), np.int64))
    totals: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros(len(COLUMNS)))

    def add(self, other: Tally) -> None:
        """Add another part's."""
        self.series += other.series
        self.counts += other.counts
        self.totals += other.totals


@dataclass(frozen=True)
class Upward:
    """What a block passes on to its flow's total: the series of its chapter and its part of the groups.

    Attributes:
        nodes, slots: which series.
        sums: [series][period], integers.
        breadths: [series][period kept]: parts × 65,536 + those that rise.
        holes: [series][period]: a withheld value leaves the cell unknown; None where none is withheld.
    """

    nodes: npt.NDArray[np.int32]
    slots: npt.NDArray[np.int32]
    sums: npt.NDArray[np.int64]
    breadths: npt.NDArray[np.int32]
    holes: npt.NDArray[np.uint8] | None
