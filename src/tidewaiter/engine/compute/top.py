"""The top of a flow: chapters, groups of goods and the total, from what the blocks passed on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tidewaiter.engine.compute.chunk import Chunk, Tally
from tidewaiter.errors import StoreError
from tidewaiter.model.key import TOTAL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tidewaiter.engine.compute.block import Worker
    from tidewaiter.engine.compute.chunk import Upward


def run_top(worker: Worker, flow: int, parts: Sequence[Upward], emit: Callable[[Chunk], None]) -> Tally:
    """The statistics of a flow's chapters, groups and total.

    Raises:
        StoreError: the total is not the one the header of the records tells: a block is lost or changed.
    """
    context, tiles, tally = worker.context, worker.tiles, Tally()
    goods, slots = len(context.goods.codes), len(context.places.slots)
    top = goods + len(context.groups)
    joined = _Rows.of(parts, goods, slots, top, alone=context.goods.codes == (TOTAL,))
    _verify(worker, flow, joined)
    count = len(joined.nodes)
    holes = joined.holes is not None
    tiles.name(count)
    tiles.clear(0, count, holes=holes)
    tiles.node[:count], tiles.slot[:count] = joined.nodes, joined.slots
    tiles.put(joined.sums, tiles.sums)
    tiles.breadths[:, :count] = joined.breadths.T
    if joined.holes is not None:
        tiles.put(joined.holes, tiles.holes)
    kin = _parents(worker, joined, top)
    out = worker.statistics(flow, 0, count, holes=holes, tally=tally, kin=kin)
    emit(Chunk(flow, joined.nodes, joined.slots, out))
    return tally


class _Rows:
    """Series in the order of their codes, the total last; a code's partners in the order of slots."""

    def __init__(
        self,
        nodes: np.ndarray,
        slots: np.ndarray,
        sums: np.ndarray,
        breadths: np.ndarray,
        holes: np.ndarray | None,
    ) -> None:
        self.nodes, self.slots, self.sums, self.breadths, self.holes = nodes, slots, sums, breadths, holes

    @classmethod
    def of(cls, parts: Sequence[Upward], goods: int, slots: int, top: int, *, alone: bool) -> _Rows:
        """Join the parts of blocks, and add the total."""
        if alone:  # records without commodities: the block is the total
            parts = [replace(part, nodes=np.full_like(part.nodes, top)) for part in parts]
        key = np.concatenate([part.nodes.astype(np.int64) * slots + part.slots for part in parts])
        months = parts[0].sums.shape[1]
        chapters = np.concatenate([(part.nodes < goods) | alone for part in parts])
        whole = np.unique(key[chapters] % slots) + top * slots
        every = np.unique(np.concatenate([key, whole]))
        sums = np.zeros((len(every), months), np.int64)
        breadths = np.zeros((len(every), parts[0].breadths.shape[1]), np.int32)
        marked = any(part.holes is not None for part in parts)
        holes = np.zeros((len(every), months), np.uint8) if marked else None
        for part in parts:
            own = np.searchsorted(every, part.nodes.astype(np.int64) * slots + part.slots)
            inside = (part.nodes < goods) & (not alone)
            above = np.searchsorted(every, top * slots + part.slots[inside].astype(np.int64))
            np.add.at(sums, own, part.sums)
            np.add.at(sums, above, part.sums[inside])
            np.add.at(breadths, own, part.breadths)
            if holes is not None and part.holes is not None:
                np.maximum.at(holes, own, part.holes)
                np.maximum.at(holes, above, part.holes[inside])
        return cls((every // slots).astype(np.int32), (every % slots).astype(np.int32), sums, breadths, holes)


def _parents(worker: Worker, rows: _Rows, top: int) -> np.ndarray:
    """Write each series' parent to the tiles; returns who is ranked with whom.

    A chapter's parent is the total with the same partner; the total's with a partner is that with the world.
    Groups have the total above them but are no parts of it beside the chapters.
    """
    context, tiles = worker.context, worker.tiles
    count = len(rows.nodes)
    start = int(np.searchsorted(rows.nodes, top))
    total_of = np.full(len(context.places.slots), -1, np.int64)
    total_of[rows.slots[start:]] = np.arange(start, count)
    tiles.parent[:count] = total_of[rows.slots]
    kin = np.where(rows.nodes < len(context.goods.codes), tiles.parent[:count], -1)
    tiles.parent[start:count] = total_of[context.places.world]
    tiles.parent[total_of[context.places.world]] = -1
    for node in np.unique(rows.nodes).tolist():
        first, last = np.searchsorted(rows.nodes, (node, node + 1))
        worker.place(node, int(first), int(last - first))
    return kin


def _verify(worker: Worker, flow: int, rows: _Rows) -> None:
    context, header = worker.context, worker.context.header
    name = header.flows[flow]
    mine = rows.sums[-1]
    places = (np.array(header.covered[name], np.int64) - context.first) // header.step
    told = np.array(header.totals[name], np.int64)
    if not np.array_equal(mine[places], told):
        wrong = int(np.flatnonzero(mine[places] != told)[0])
        raise StoreError(
            f"the blocks of {name} add up to {mine[places][wrong]} in {context.period(int(places[wrong]))}, "
            f"the header says {told[wrong]}",
            hint="the records were changed after they were written: write them again",
        )
