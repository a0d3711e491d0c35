"""One series with all its statistics, at once: its cells from a mapped file, then the engine's own kernel.

Nothing is kept but levels: all statistics of one series are computed in a fraction of a millisecond, while
keeping those of all series would take a hundred times the room.
"""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tidewaiter.engine.compute.block import Worker
from tidewaiter.engine.compute.chunk import Tally
from tidewaiter.engine.compute.context import Context
from tidewaiter.engine.compute.top import run_top
from tidewaiter.engine.cube import Area, default_areas
from tidewaiter.engine.dense.columns import COLUMNS, PLACE, SERIES
from tidewaiter.engine.dense.formulas import better
from tidewaiter.engine.dense.jit import compiled
from tidewaiter.errors import NoFigureError
from tidewaiter.model.period import Period
from tidewaiter.store.records import Header
from tidewaiter.store.series import SeriesFile, SeriesWriter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy.typing as npt

    from tidewaiter.engine.compute.chunk import Chunk, Upward
    from tidewaiter.store.records import Records
    from tidewaiter.store.series import Cells

RANK = "rank:level:partners"
NAMES = (*(column.name for column in SERIES), RANK)


class _Keeper(Worker):
    """A worker that keeps the sums instead of computing statistics of them."""

    def __init__(self, context: Context, out: SeriesWriter) -> None:
        super().__init__(context, checked=False)
        self._out = out

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
        """Write the sums of the series ``first`` to ``last`` − 1."""
        del tally, kin, twins
        tiles = self.tiles
        self._out.write(
            flow,
            tiles.node[first:last],
            tiles.slot[first:last],
            tiles.rows(first, last, tiles.sums).astype(np.int64, copy=False),
            tiles.rows(first, last, tiles.holes).astype(np.uint8, copy=False) if holes else None,
        )
        return np.empty((len(COLUMNS), 0, last - first))


def write_series(
    records: Records, path: Path, *, areas: tuple[Area, ...] | None = None, threads: int = 1
) -> None:
    """Write every series of the cube over a file of records (or a vintage of a history).

    Args:
        records: the records.
        path: the file to write.
        areas: areas of partners; without any those whose members are known.
        threads: how many blocks at a time.
    """
    areas = default_areas() if areas is None else areas
    context = Context.of(records.header, None, areas)
    told = json.loads(replace(records.header, blocks=()).to_json())
    with SeriesWriter(path, {"records": told, "areas": [asdict(area) for area in areas]}) as out:
        local = threading.local()

        def keeper() -> _Keeper:
            if not hasattr(local, "keeper"):
                local.keeper = _Keeper(context, out)
            found: _Keeper = local.keeper
            return found

        def one(block: Any) -> tuple[int, Upward]:
            _, upward = keeper().run(block.flow, records.columns(block), _ignore)
            return block.flow, upward

        with ThreadPoolExecutor(threads) as pool:
            done = list(pool.map(one, records.blocks))
        for flow in sorted({flow for flow, _ in done}):
            run_top(_Keeper(context, out), flow, [part for of, part in done if of == flow], _ignore)


def _ignore(_chunk: Chunk) -> None:
    """The sums are written already."""


@dataclass(frozen=True)
class Statistics:
    """All statistics of one series.

    Attributes:
        first: ordinal of the first period.
        values: column (:data:`NAMES`) → one value a period; NaN where there is none.
    """

    first: int
    values: dict[str, npt.NDArray[np.float64]]


class Served:
    """A series file with the kernel: asked for one series, it answers with all its statistics.

    A value can be used from several threads; each has scratch of its own.
    """

    def __init__(self, path: Path) -> None:
        self.file = SeriesFile(path)
        told = self.file.header
        header = Header.from_json(json.dumps(told["records"]).encode(), str(path))
        areas = tuple(
            Area(one["code"], {who: tuple(span) for who, span in one["members"].items()})
            for one in told["areas"]
        )
        self.context = Context.of(header, Period(*header.span), areas)
        self._nodes = {code: node for node, code in enumerate(self.context.goods.codes)}
        self._nodes["total"] = len(self._nodes) + len(self.context.groups)
        self._slots = {code: slot for slot, code in enumerate(self.context.places.slots)}
        self._local = threading.local()

    def __len__(self) -> int:
        return len(self.file)

    def series(self, flow: str, commodity: str, partner: str) -> Statistics:
        """All statistics of a series.

        Raises:
            NoFigureError: there is no such series.
        """
        try:
            place = self.context.header.flows.index(flow), self._nodes[commodity], self._slots[partner]
        except (KeyError, ValueError):
            place = (-1, -1, -1)
        found = self.at(*place) if place[0] >= 0 else None
        if found is None:
            raise NoFigureError("no such series among these records", where=f"{flow}.{commodity}.{partner}")
        return found

    def at(self, flow: int, node: int, slot: int) -> Statistics | None:
        """All statistics of the series of a flow, a code's and a partner's place; None without it."""
        at = self.file.place(flow, node, slot)
        if at < 0:
            return None
        over = self.above(flow, node, slot)
        begin, end = (
            self.file.beside(flow, node, self.context.places.partners)
            if slot < self.context.places.partners
            else (0, 0)
        )
        values = self.compute(
            flow, self.file.cells(at), self.file.cells(over) if over >= 0 else None,
            lambda own: ranks(self.file, own, begin, end),
        )  # fmt: skip
        return Statistics(self.context.first, values)

    def above(self, flow: int, node: int, slot: int) -> int:
        """Where the series above stands: the code above, then all goods, then all goods with the world."""
        goods, total, world = self.context.goods, self._nodes["total"], self.context.places.world
        if node == total:
            return self.file.place(flow, total, world) if slot != world else -1
        above = int(goods.parent[node]) if node < len(goods.codes) else -1
        return self.file.place(flow, above if above >= 0 else total, slot)

    def compute(
        self,
        flow: int,
        cells: Cells,
        above: Cells | None,
        rank: Callable[[npt.NDArray[np.int64]], npt.NDArray[np.float64]],
    ) -> dict[str, npt.NDArray[np.float64]]:
        """The kernel over one series: wherever its cells and those of the series above it come from."""
        worker, months = self._worker(), self.context.months
        tiles = worker.tiles
        parts = [cells] if above is None else [cells, above]
        holes = any(bool(part.withheld.any()) for part in parts)
        tiles.name(len(parts))
        tiles.clear(0, len(parts), holes=holes)
        sums, marks = np.zeros((len(parts), months), np.int64), np.zeros((len(parts), months), np.uint8)
        for row, part in enumerate(parts):
            sums[row, part.months], marks[row, part.months] = part.values, part.withheld
        tiles.put(sums, tiles.sums)
        if holes:
            tiles.put(marks, tiles.holes)
        tiles.node[: len(parts)], tiles.slot[: len(parts)] = 0, self.context.places.world
        tiles.parent[: len(parts)] = (1, -1) if len(parts) == 2 else -1  # noqa: PLR2004 — itself, the one above
        kin = np.full(len(parts), -1, np.int64)
        out = worker.statistics(flow, 0, len(parts), holes=holes, tally=Tally(), kin=kin)
        found = {column.name: out[PLACE[column.name], :, 0] for column in SERIES}
        place = rank(sums[0])
        place[(self.context.flows[flow].covered == 0) | np.isnan(found["level"])] = np.nan
        return {**found, RANK: place}

    def _worker(self) -> Worker:
        if not hasattr(self._local, "worker"):
            self._local.worker = Worker(self.context, checked=False)
        found: Worker = self._local.worker
        return found


def ranks(file: SeriesFile, own: npt.NDArray[np.int64], begin: int, end: int) -> npt.NDArray[np.float64]:
    """The rank of sums by period among the series ``begin`` to ``end`` − 1 of a file."""
    found: npt.NDArray[np.float64] = rank_among(
        own, file.values, file.months, file.starts, file.counts, begin, end
    )
    return found


@compiled
def rank_among(own, values, months, starts, counts, begin, end):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201, PLR0917 — compiled
    """1 + how many of the series ``begin`` to ``end`` − 1 are higher, by period; NaN where it is alone.

    Withheld siblings are none to be ranked among.
    """
    above = np.zeros(len(own))
    among = np.full(len(own), end - begin - 1, np.int64)
    for series in range(begin, end):
        cell = starts[series]
        last = cell + counts[series]
        for time in range(len(own)):
            value = 0
            if cell < last and (months[cell] & 0x7FFF) == time:
                if months[cell] & 0x8000:
                    among[time] -= 1
                    cell += 1
                    continue
                value = values[cell]
                cell += 1
            if better(float(value), float(own[time])):
                above[time] += 1
    for time in range(len(own)):
        above[time] = above[time] + 1 if among[time] > 0 else np.nan
    return above
