"""One block (flow × chapter): cube, statistics, and what it passes on to the total.

A worker holds the scratch of one thread. Its answer depends on the block and the context alone.
"""

from __future__ import annotations

import time as clock
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tidewaiter.engine.compute.chunk import Chunk, Tally, Upward
from tidewaiter.engine.compute.tiles import Tiles, round_up
from tidewaiter.engine.cube import lay
from tidewaiter.engine.dense import LANES, cross, kernel, nothing, sparse
from tidewaiter.engine.dense.columns import COLUMNS, SERIES
from tidewaiter.store.records.header import LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from tidewaiter.engine.compute.context import Context
    from tidewaiter.store.records import Columns

_TOGETHER = 16_384  # rows
UPPER = 2  # depths kept until the block's end: the chapter and the headings below it


class Worker:
    """Computes blocks, one after the other, with the same scratch."""

    def __init__(self, context: Context, *, checked: bool = True) -> None:
        self.context, self.checked = context, checked
        goods, places = context.goods, context.places
        self.tiles = Tiles(context.months, context.until - context.window + 1)
        nodes = len(goods.codes) + len(context.groups) + 1
        self._start, self._count, self._partners = (np.zeros(nodes, np.int64) for _ in range(3))
        self._parents = np.full(nodes, -1, np.int64)
        self._parents[: len(goods.parent)] = goods.parent
        self.since, self.until = self._times(places.since, places.until)
        self._dated = bool((self.since > 0).any() or (self.until < context.months - 1).any())
        groups = context.memberships
        self._group_since, self._group_until = self._times(groups.since, groups.until)
        self._wanted = np.array(context.wanted, np.uint8)
        self.seconds = {"cube": 0.0, "statistics": 0.0, "cross": 0.0, "emit": 0.0}

    def _times(
        self, since: npt.NDArray[np.int32], until: npt.NDArray[np.int32]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Months (ordinals) as places of the time axis, kept inside it."""
        context, step = self.context, self.context.header.step
        first = -((context.first - since.astype(np.int64)) // step)
        last = (until.astype(np.int64) - context.first) // step
        return first.clip(0), last.clip(max=context.months - 1)

    def run(self, flow: int, columns: Columns, emit: Callable[[Chunk], None]) -> tuple[Tally, Upward]:
        """The statistics of a block's series below the chapter; the chapter itself is passed on.

        Args:
            flow: place in the header's flows.
            columns: the block's records.
            emit: takes the statistics, heading by heading.
        """
        tally = Tally()
        context = self.context
        at = context.goods.at
        time = (columns.month.astype(np.int64) - context.first) // context.header.step
        holes = columns.status is not None and bool(columns.status.any())
        bottom = min(UPPER, at.shape[1])
        upper = self._lay(columns, time, (0, len(time)), (0, bottom), base=0, holes=holes)
        base = round_up(upper)
        for rows in self._parts(columns) if at.shape[1] > UPPER else ():
            last = self._lay(columns, time, rows, (UPPER, at.shape[1]), base=base, holes=holes)
            if last > base:
                self._tell(flow, (base, last), holes=holes, tally=tally, emit=emit)
        below = int(np.searchsorted(-context.goods.depth[self.tiles.node[:upper]], 0))
        if below:
            self._tell(flow, (0, below), holes=holes, tally=tally, emit=emit)
        return tally, self._upward(columns, time, below, upper, holes=holes)

    def place(self, node: int, first: int, count: int) -> None:
        """Say where a node's series stand, for those that were not laid out from records."""
        self._start[node], self._count[node] = first, count

    def _parts(self, columns: Columns) -> list[tuple[int, int]]:
        """The rows of each heading; small ones together, so that tiles are full."""
        nodes = self.context.goods.at[columns.commodity[0] : columns.commodity[-1] + 1, 1]
        cuts = np.flatnonzero(nodes[1:] != nodes[:-1]) + 1 + int(columns.commodity[0])
        bounds = [0, *np.searchsorted(columns.commodity, cuts).tolist(), len(columns.commodity)]
        parts: list[tuple[int, int]] = []
        for row, end in pairwise(bounds):
            if parts and end - parts[-1][0] <= _TOGETHER:
                parts[-1] = (parts[-1][0], end)
            elif end > row:
                parts.append((row, end))
        return parts

    def _lay(
        self,
        columns: Columns,
        time: np.ndarray,
        rows: tuple[int, int],
        depths: tuple[int, int],
        *,
        base: int,
        holes: bool,
    ) -> int:
        """Lay out the series of some rows and add the rows up in them."""
        began = clock.perf_counter()
        context, tiles = self.context, self.tiles
        goods, places = context.goods, context.places
        (row, end), (top, bottom) = rows, depths
        used = goods.at[columns.commodity[row] : columns.commodity[end - 1] + 1, top:bottom]
        tiles.name(round_up(base + (len(np.unique(used)) + 1) * len(places.slots)))
        last = int(
            lay.lay_out(
                columns.commodity, columns.partner, row, end, goods.at, top, bottom,
                places.first, places.area, len(places.slots), places.partners, base,
                self._start, self._count, self._partners, tiles.node, tiles.slot,
            )
        )  # fmt: skip
        tiles.clear(base, last, holes=holes)
        lay.add_up(
            columns.commodity, columns.partner, time, columns.value, row, end, goods.at, top, bottom,
            places.first, places.area, self.since, self.until, self._dated,
            self._start, self._count, tiles.slot, len(places.slots), context.months, tiles.sums,
        )  # fmt: skip
        if holes:
            lay.mark_holes(
                columns.commodity, columns.partner, time, columns.status, row, end, goods.at, top, bottom,
                places.first, places.area, self._start, self._count, tiles.slot, context.months,
                context.header.suppressed == LEFT_OUT, tiles.holes,
            )  # fmt: skip
        lay.find_parents(
            base,
            last,
            tiles.node,
            tiles.slot,
            self._parents,
            self._start,
            self._count,
            len(places.slots),
            tiles.parent,
        )
        self.seconds["cube"] += clock.perf_counter() - began
        return last

    def _tell(
        self,
        flow: int,
        span: tuple[int, int],
        *,
        holes: bool,
        tally: Tally,
        emit: Callable[[Chunk], None],
    ) -> None:
        """All statistics of the series of a span."""
        tiles, (first, last) = self.tiles, span
        out = self.statistics(flow, first, last, holes=holes, tally=tally, kin=tiles.parent, twins=not holes)
        began = clock.perf_counter()
        emit(Chunk(flow, tiles.node[first:last].copy(), tiles.slot[first:last].copy(), out))
        self.seconds["emit"] += clock.perf_counter() - began

    def statistics(
        self,
        flow: int,
        first: int,
        last: int,
        *,
        holes: bool,
        tally: Tally,
        kin: npt.NDArray[np.int64],
        twins: bool = False,
    ) -> npt.NDArray[np.float64]:
        """[column][period][series] of the series ``first`` to ``last`` − 1 of the tiles.

        Args:
            flow: whose coverage and totals.
            first: the first of them; it begins a tile.
            last: one more than the last.
            holes: some value is withheld.
            tally: counts and check sums are added to it.
            kin: series → series above it, for ranks and breadth among commodities; −1 for none.
            twins: series that are the same may be computed once; not where they lie as the cube did not lay
                them, nor where values are withheld.
        """
        began = clock.perf_counter()
        context, tiles, told = self.context, self.tiles, self.context.flows[flow]
        out = self._series(flow, first, last, holes=holes, tally=tally, twins=twins)
        middle = clock.perf_counter()
        self.seconds["statistics"] += middle - began
        self._cross(told.covered, (first, last), holes=holes, kin=kin, out=out)
        if self.checked:
            told_cross = out[len(SERIES) :]
            tally.counts[len(SERIES) :] += np.isfinite(told_cross).sum(axis=(1, 2))
            tally.totals[len(SERIES) :] += np.nansum(told_cross, axis=(1, 2))
        tally.series += last - first
        axis = {"window": context.window, "january": context.january, "yearly": context.yearly}
        nothing.stamp(out, COLUMNS, told.kinds, **axis)
        if holes:
            marked = tiles.rows(first, last, tiles.holes)
            nothing.stamp_holes(out, COLUMNS, marked, **axis)
        self.seconds["cross"] += clock.perf_counter() - middle
        return out

    def _series(
        self, flow: int, first: int, last: int, *, holes: bool, tally: Tally, twins: bool
    ) -> npt.NDArray[np.float64]:
        """What depends on a series alone; of series that are the same the first is computed."""
        context, tiles, places, told = self.context, self.tiles, self.context.places, self.context.flows[flow]
        twin = np.arange(first, last, dtype=np.int64)
        if twins and not self._dated:
            lay.find_twins(
                first, last, tiles.node, tiles.slot, tiles.parent, places.first, places.area,
                len(places.slots), places.partners, twin,
            )  # fmt: skip
        own, place = np.unique(twin, return_inverse=True)
        weight = np.bincount(place).astype(np.float64)
        few = np.full((len(COLUMNS), context.until - context.window + 1, len(own)), np.nan)
        left = np.ones(len(own), np.uint8)
        if twins and told.steady > context.until == context.window:
            left[:] = 0
            sparse.run_sparse(
                tiles.sums.reshape(-1, LANES), own, weight, context.months, context.yearly, context.january,
                told.steady, context.divisor, told.total, self._every(flow), context.until, self._wanted,
                few[:, 0], tally.counts, tally.totals, self.checked, left,
            )  # fmt: skip
        self._dense(flow, own, weight, np.flatnonzero(left), holes=holes, tally=tally, out=few)
        out = few if len(own) == last - first else np.take(few, place, axis=2)
        if self._wanted[kernel.PARENT] or self._wanted[kernel.PARENT_CHANGE]:
            few_records = left[place] == 0
            rest = np.flatnonzero((twin != np.arange(first, last)) & ~few_records)
            kernel.share_of_twins(
                tiles.sums.reshape(-1, LANES), rest + first, twin[rest], context.months, context.yearly,
                told.covered, context.divisor, tiles.parent[rest + first], context.window, context.until,
                out, rest, tally.counts, tally.totals,
            )  # fmt: skip
            self._parents_of_few(flow, np.flatnonzero(few_records), first, twin, tally=tally, out=out)
        return out

    def _parents_of_few(
        self, flow: int, which: np.ndarray, first: int, twin: np.ndarray, *, tally: Tally, out: np.ndarray
    ) -> None:
        """Shares of the series above, of series with few records; ``which`` counts from ``first``."""
        if not len(which):
            return
        context, tiles, told = self.context, self.tiles, self.context.flows[flow]
        which = which[np.argsort(twin[which], kind="stable")]
        parent = tiles.parent[which + first]
        sums = tiles.sums.reshape(-1, LANES)
        known, both = (np.zeros(round_up(int(parent.max(initial=0)) + 1), np.int64) for _ in range(2))
        homes = np.unique(parent[parent >= 0] // LANES)
        sparse.count_wholes(sums, homes, context.months, context.yearly, told.steady, known, both)
        sparse.share_of_parents(
            sums, twin[which], parent, which, context.months, context.yearly, told.steady, context.divisor,
            known, both, context.until, out[:, 0], tally.counts, tally.totals,
        )  # fmt: skip

    def _dense(
        self,
        flow: int,
        own: np.ndarray,
        weight: np.ndarray,
        which: np.ndarray,
        *,
        holes: bool,
        tally: Tally,
        out: npt.NDArray[np.float64],
    ) -> None:
        """Month by month; ``which`` of the series ``own``, into the same places of ``out``."""
        if not len(which):
            return
        context, tiles, told = self.context, self.tiles, self.context.flows[flow]
        some = out if len(which) == len(own) else np.full((*out.shape[:2], len(which)), np.nan)
        kernel.run_tiles(
            tiles.sums.reshape(-1, LANES), own[which], weight[which], context.months, context.yearly,
            context.january, told.covered, told.year_known, told.twelve_known, context.divisor, told.total,
            tiles.parent[own[which]], tiles.holes.reshape(-1, LANES), holes, context.window, context.until,
            some, tally.counts, tally.totals, self.checked, self._wanted,
        )  # fmt: skip
        if some is not out:
            out[:, :, which] = some

    def _every(self, flow: int) -> npt.NDArray[np.float64]:
        """By column: in how many periods a series has a value whatever its records, where that is so."""
        context, told = self.context, self.context.flows[flow]
        yearly, last = context.yearly, told.steady
        known = ~np.isnan(told.total[:last]) & (told.total[:last] != 0)
        found = np.zeros(len(SERIES))
        found[kernel.LEVEL] = last
        found[kernel.MA3] = max(0, last - 2) if yearly > 1 else 0
        found[kernel.YTD] = told.year_known[:last].sum()
        found[kernel.SUM12] = told.twelve_known[:last].sum()
        found[kernel.TOTAL] = known.sum()
        found[kernel.TOTAL_CHANGE] = (known[yearly:] & known[:-yearly]).sum()
        found[kernel.CONTRIBUTION] = known[:-yearly].sum()
        found[kernel.RANGE] = max(0, last - kernel.BACK * yearly)
        found[kernel.BEST] = found[kernel.WORST] = last - 1
        return found

    def _cross(
        self, covered: np.ndarray, span: tuple[int, int], *, holes: bool, kin: np.ndarray, out: np.ndarray
    ) -> None:
        first, last = span
        context, tiles, places = self.context, self.tiles, self.context.places
        node_of, slot_world = np.full(last, -1, np.int64), np.zeros(last, np.bool_)
        groups, members = cross.group_partners(
            first, last, tiles.node, tiles.slot, places.partners, self._start, self._count,
            node_of, slot_world, places.world,
        )  # fmt: skip
        highest = int(kin[first:last].max()) + 1
        kin_groups, kin_members = cross.group_kin(first, last, kin, highest)
        cross.run_cross(
            tiles.sums, tiles.home, first, last, context.yearly, covered, context.divisor,
            tiles.holes, holes, kin, node_of, slot_world, groups, members, kin_groups, kin_members,
            tiles.breadths, np.zeros(last, np.int64), context.window, context.until, out, first, self._wanted,
        )  # fmt: skip

    def _upward(self, columns: Columns, time: np.ndarray, first: int, last: int, *, holes: bool) -> Upward:
        """The chapter's series, and the block's part of the groups."""
        tiles, context = self.tiles, self.context
        own = Upward(
            tiles.node[first:last].copy(),
            tiles.slot[first:last].copy(),
            tiles.rows(first, last, tiles.sums),
            tiles.breadths[:, first:last].T.copy(),
            tiles.rows(first, last, tiles.holes) if holes else None,
        )
        codes = slice(int(columns.commodity[0]), int(columns.commodity[-1]) + 2)
        if not len(context.groups) or not np.diff(context.memberships.first[codes]).any():
            return own
        return _joined(own, self._groups(columns, time, holes=holes))

    def _groups(self, columns: Columns, time: np.ndarray, *, holes: bool) -> Upward:
        context, tiles = self.context, self.tiles
        places, groups = context.places, context.memberships
        rows = len(context.groups) * len(places.slots)
        sums, seen = np.zeros((rows, context.months), np.int64), np.zeros(rows, np.uint8)
        withheld = holes and context.header.suppressed == LEFT_OUT
        marked = np.zeros((rows if withheld else 1, context.months), np.uint8)
        status = columns.status if columns.status is not None else np.zeros(1, np.uint8)
        lay.add_groups(
            columns.commodity, columns.partner, time, columns.value, status, withheld,
            groups.first, groups.group, self._group_since, self._group_until,
            places.first, places.area, self.since, self.until, len(places.slots), sums, marked, seen,
        )  # fmt: skip
        kept = np.flatnonzero(seen)
        group, slot = np.divmod(kept, len(places.slots))
        return Upward(
            (group + len(context.goods.codes)).astype(np.int32),
            slot.astype(np.int32),
            sums[kept],
            np.zeros((len(kept), tiles.kept), np.int32),
            marked[kept] if withheld else None,
        )


def _joined(one: Upward, other: Upward) -> Upward:
    holes = None
    if one.holes is not None or other.holes is not None:
        holes = np.concatenate(
            [
                part.holes if part.holes is not None else np.zeros(part.sums.shape, np.uint8)
                for part in (one, other)
            ]
        )
    return Upward(
        np.concatenate([one.nodes, other.nodes]),
        np.concatenate([one.slots, other.slots]),
        np.concatenate([one.sums, other.sums]),
        np.concatenate([one.breadths, other.breadths]),
        holes,
    )
