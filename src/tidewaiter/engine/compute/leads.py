"""What stands out in the last period: a short list out of millions of series.

A series' weight is how rare its month is for it, times the square root of its share of the flow's total:

* a record of all months, or a second place, that no month for n months had reached: log₂ n, half of it for
  the second place
* the best or worst for n months: half of log₂ n
* a streak of n months: half of log₂(1 + n)
* a contribution of c percentage points to the growth of the total: |c|

The largest of them counts. It is a sieve for what looks closer, not a ranking of news.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tidewaiter.engine.dense.columns import COLUMNS, PLACE
from tidewaiter.model.key import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidewaiter.engine.compute.chunk import Chunk
    from tidewaiter.engine.compute.context import Context

_KINDS = ("record", "second", "best", "worst", "streak", "contribution")
_KEPT = ("weight", "flow", "node", "slot", "kind", "values")
_LEAST = 12  # months: a best of fewer is no news
_TOLD = (
    "level", "yoy", "share:total", "contribution:total", "streak:yoy", "best_in_n:level", "worst_in_n:level",
    "record:level:all_months",
)  # fmt: skip


class Leads:
    """Keeps the weightiest series of what it is shown."""

    def __init__(self, context: Context, top: int) -> None:
        self._context, self._top = context, top
        self._weight = np.zeros(0)
        self._flow = self._node = self._slot = self._kind = np.zeros(0, np.int32)
        self._values = np.zeros((len(COLUMNS), 0))

    def take(self, chunk: Chunk) -> None:
        """Look at some series."""
        last = chunk.values[:, -1]
        weight, kind = weights(last)
        least = self._weight[-1] if len(self._weight) >= self._top else 0.0
        kept = np.flatnonzero(weight > least)
        if not len(kept):
            return
        if len(kept) > self._top:
            kept = kept[np.argpartition(-weight[kept], self._top)[: self._top]]
        flow = np.full(len(kept), chunk.flow, np.int32)
        places = (flow, chunk.nodes[kept], chunk.slots[kept], kind[kept])
        self._merge(weight[kept], places, last[:, kept])

    def join(self, other: Leads) -> None:
        """Take over what another kept."""
        theirs = other.arrays()
        places = tuple(theirs[f"lead_{name}"] for name in ("flow", "node", "slot", "kind"))
        self._merge(theirs["lead_weight"], places, theirs["lead_values"])

    def _merge(self, weight: np.ndarray, places: tuple[np.ndarray, ...], values: np.ndarray) -> None:
        every = np.concatenate([self._weight, weight])
        mine = (self._flow, self._node, self._slot, self._kind)
        flow, node, slot, kind = (np.concatenate(pair) for pair in zip(mine, places, strict=True))
        order = np.lexsort((slot, node, flow, -every))[: self._top]
        self._weight = every[order]
        self._flow, self._node, self._slot, self._kind = flow[order], node[order], slot[order], kind[order]
        self._values = np.concatenate([self._values, values], axis=1)[:, order]

    def arrays(self) -> dict[str, np.ndarray]:
        """All it kept, for a file."""
        return {f"lead_{name}": getattr(self, f"_{name}") for name in _KEPT}

    @classmethod
    def of(cls, context: Context, told: Mapping[str, np.ndarray], top: int = 100) -> Leads:
        """From such a file."""
        found = cls(context, top)
        for name in _KEPT:
            setattr(found, f"_{name}", told[f"lead_{name}"])
        return found

    def told(self) -> list[dict[str, Any]]:
        """The weightiest first: key, kind, weight, and the figures it rests on."""
        context, header = self._context, self._context.header
        found = []
        for at in range(len(self._weight)):
            key = Key(
                header.reporter, header.flows[self._flow[at]], context.code_of(int(self._node[at])),
                context.places.slots[self._slot[at]], header.measure,
            )  # fmt: skip
            figures = {name: float(self._values[PLACE[name], at]) for name in _TOLD}
            found.append(
                {
                    "key": str(key),
                    "kind": _KINDS[self._kind[at]],
                    "weight": float(self._weight[at]),
                    **figures,
                }
            )
        return found


def weights(last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weight and kind of each series; ``last`` is [column][series]."""
    with np.errstate(all="ignore"):
        place = last[PLACE["record:level:all_months"]]
        best, worst = last[PLACE["best_in_n:level"]], last[PLACE["worst_in_n:level"]]
        high, low = (
            np.log2(np.where(best >= _LEAST, best, 1.0)),
            np.log2(np.where(worst >= _LEAST, worst, 1.0)),
        )
        marks = np.stack(
            [
                np.where(place == 1, high, 0.0),
                np.where(place == 2, high / 2, 0.0),  # noqa: PLR2004
                high / 2,
                low / 2,
                np.log2(1 + np.abs(last[PLACE["streak:yoy"]])) / 2,
                np.abs(last[PLACE["contribution:total"]]),
            ]
        )
        marks = np.nan_to_num(marks, nan=0.0, posinf=0.0)
        size = np.sqrt(np.abs(last[PLACE["share:total"]]) / 100)
        return np.nan_to_num(marks.max(axis=0) * size), marks.argmax(axis=0).astype(np.int32)
