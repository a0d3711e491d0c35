"""What the workers run: a block; then, from what all blocks of a flow left behind, its chapters and total.

Both are functions of their rows and of :class:`Job`; a row may be worked on twice, or on another machine
after the first one fell out, and gives the same bits.
"""

from __future__ import annotations

import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from tidewaiter.engine.compute.context import Context
from tidewaiter.engine.compute.run import Pass
from tidewaiter.engine.dense.jit import digest_of_sources
from tidewaiter.engine.spark.parcel import of_found, of_upward, upward_of
from tidewaiter.engine.spark.shared import SharedOutput
from tidewaiter.errors import TidewaiterError
from tidewaiter.store.records import Records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.engine.cube import Area, Group
    from tidewaiter.model.period import Period

TOP = -1  # place of a flow's chapters and total among its blocks
# a row for each block: what it found, and what goes to the flow's total
PASSED = pa.schema(
    [("flow", pa.int32()), ("place", pa.int32()), ("told", pa.string()),
     ("found", pa.binary()), ("upward", pa.binary())]
)  # fmt: skip
FOUND = pa.schema([PASSED.field(name) for name in ("flow", "place", "told", "found")])
PASSED_DDL = "flow int, place int, told string, found binary, upward binary"
FOUND_DDL = "flow int, place int, told string, found binary"


@dataclass(frozen=True)
class Job:
    """What a worker must know: small, and the same for all of them.

    Attributes:
        name: no other run has it.
        code: digest of the code that computes; a worker with other code gives other bits.
        path: file of records, on storage that every machine sees.
        out: folder for the statistics, likewise; None when only the summary is wanted.
        period, areas, groups, checked: as for :func:`tidewaiter.engine.compute.run`.
        tasks: which blocks of the file go together, the largest first.
    """

    name: str
    code: str
    path: str
    out: str | None
    period: Period | None
    areas: tuple[Area, ...] | None
    groups: tuple[Group, ...]
    checked: bool
    tasks: tuple[tuple[int, ...], ...]

    def opened(self, who: str = "") -> tuple[Pass, SharedOutput | None]:
        """The pass, and the folder it writes to."""
        records = Records(Path(self.path))
        context = Context.of(records.header, self.period, self.areas, self.groups)
        folder = None if self.out is None else SharedOutput(Path(self.out), records, context, who)
        return Pass(records, context, self.checked), folder


class Desk:
    """What a worker's process keeps from block to block: the pass with its scratch, and the folder."""

    _here: Desk | None = None

    def __init__(self, job: Job) -> None:
        self.job = job
        if digest_of_sources() != job.code:
            raise TidewaiterError(
                "the worker runs another version of tidewaiter (or of numba)",
                hint="give the workers the same environment: docs/cluster.md",
                where=socket.gethostname(),
            )
        self.who = f"{job.name}-{socket.gethostname()}-{os.getpid()}"
        self.work, self.output = job.opened(self.who)

    @classmethod
    def of(cls, job: Job) -> Desk:
        """This process's desk for the job."""
        if cls._here is None or cls._here.job.name != job.name:
            cls._here = cls(job)
        return cls._here

    def block(self, place: int) -> dict[str, Any]:
        """Compute the block that stands at ``place`` of the file."""
        block = self.work.records.blocks[place]
        before = self._seconds()
        done = self.output.block(block, self.work) if self.output else self.work.block(block)
        return {
            "flow": block.flow,
            "place": place,
            "told": self._told(before, self._name(block.flow, block.chapter)),
            "found": of_found(done.tally, done.leads),
            "upward": of_upward(done.upward),
        }

    def top(self, flow: int, parcels: list[bytes]) -> dict[str, Any]:
        """Compute a flow's chapters, groups and total."""
        before = self._seconds()
        parts = [upward_of(parcel) for parcel in parcels]
        done = self.output.top(flow, parts, self.work) if self.output else self.work.top(flow, parts)
        told = self._told(before, self._name(flow, None))
        return {"flow": flow, "place": TOP, "told": told, "found": of_found(done.tally, done.leads)}

    def _name(self, flow: int, chapter: str | None) -> str:
        return SharedOutput.name(self.work.context.header.flows[flow], chapter)

    def _told(self, before: dict[str, float], name: str) -> str:
        spent = {stage: round(now - before.get(stage, 0.0), 6) for stage, now in self._seconds().items()}
        entry = self.output.entry(name) if self.output else None
        return json.dumps({"name": name, "entry": entry, "seconds": spent, "who": self.who})

    def _seconds(self) -> dict[str, float]:
        spent = dict(self.work.seconds)
        for worker in self.work.workers:
            for stage, more in worker.seconds.items():
                spent[stage] = spent.get(stage, 0.0) + more
        return spent


def blocks(batches: Iterator[pa.RecordBatch], job: Job) -> Iterator[pa.RecordBatch]:
    """Stage one: numbers of tasks in, a row for each block of them out, in the columns of ``PASSED``."""
    for batch in batches:
        for number in batch.column("id").to_pylist():
            for place in job.tasks[number]:
                yield pa.RecordBatch.from_pylist([_block(job, place)], PASSED)


def _block(job: Job, place: int) -> dict[str, Any]:
    try:
        return Desk.of(job).block(place)
    except TidewaiterError as error:
        return {"flow": 0, "place": place, "told": _fault(error), "found": b"", "upward": b""}


def tops(table: pa.Table, job: Job) -> pa.Table:
    """Stage two: the rows of one flow's blocks in; the same out, with the row of its total."""
    order = table.sort_by("place")
    below = order.select(FOUND.names).to_pylist()
    if any("fault" in json.loads(row["told"]) for row in below):
        return pa.Table.from_pylist(below, FOUND)
    try:
        row = Desk.of(job).top(below[0]["flow"], order.column("upward").to_pylist())
    except TidewaiterError as error:
        row = {"flow": below[0]["flow"], "place": TOP, "told": _fault(error), "found": b""}
    return pa.Table.from_pylist([*below, row], FOUND)


def _fault(error: TidewaiterError) -> str:
    """An error of ours is an answer: asking again, or on another machine, gives the same one."""
    said = {"kind": type(error).__name__, "detail": error.detail, "hint": error.hint, "where": error.where}
    return json.dumps({"fault": said})
