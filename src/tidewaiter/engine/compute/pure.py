"""One block as a function from Arrow to Arrow: what an engine on other machines runs.

The statistics of a block's series depend on its records and the context alone. What the blocks pass on to
their flow's total is a table too; it is small, and from all of a flow's the top is computed in one place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tidewaiter.engine.compute.block import Worker
from tidewaiter.engine.compute.chunk import Upward
from tidewaiter.engine.compute.table import SCHEMA, table_of
from tidewaiter.engine.compute.top import run_top
from tidewaiter.store.records.read import columns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidewaiter.engine.compute.chunk import Chunk
    from tidewaiter.engine.compute.context import Context

PARTIALS = pa.schema(
    [
        ("flow", pa.uint8()), ("node", pa.int32()), ("slot", pa.int32()),
        ("sums", pa.binary()), ("breadths", pa.binary()), ("holes", pa.binary()),
    ]
)  # fmt: skip


def statistics_of(table: pa.Table, context: Context) -> pa.Table:
    """All statistics of a block's series below its chapter.

    Args:
        table: the records of one flow and chapter, sorted, in the columns of a file of records.
        context: made from the file's header with :meth:`Context.of`.

    Returns:
        A table as :mod:`tidewaiter.engine.compute.table` describes, the same whatever machine made it.

    Raises:
        StoreError: the records are not in order.
    """
    return both_of(table, context)[0]


def partials_of(table: pa.Table, context: Context) -> pa.Table:
    """What the block passes on to its flow's total, in the columns of ``PARTIALS``."""
    return both_of(table, context)[1]


def both_of(table: pa.Table, context: Context) -> tuple[pa.Table, pa.Table]:
    """:func:`statistics_of` and :func:`partials_of` in one run."""
    flow = int(table["flow"][0].as_py())
    made: list[pa.Table] = []
    worker = Worker(context, checked=False)
    _, upward = worker.run(flow, columns_of(table, f"flow {flow}"), _into(made, context))
    return _joined(made), _partials(flow, upward)


def statistics_of_top(partials: pa.Table, context: Context) -> pa.Table:
    """All statistics of one flow's chapters, groups and total, from what its blocks passed on.

    Raises:
        StoreError: they do not add up to the totals that the records' header tells.
    """
    flow = int(partials["flow"][0].as_py())
    made: list[pa.Table] = []
    run_top(Worker(context, checked=False), flow, [_upward(partials, context)], _into(made, context))
    return _joined(made)


class _into:  # noqa: N801 — used as a function
    """Takes chunks, keeps tables."""

    def __init__(self, made: list[pa.Table], context: Context) -> None:
        self._made, self._context = made, context

    def __call__(self, chunk: Chunk) -> None:
        self._made.append(table_of(chunk, self._context))


def _joined(made: Sequence[pa.Table]) -> pa.Table:
    return pa.concat_tables(made).unify_dictionaries() if made else SCHEMA.empty_table()


def _partials(flow: int, upward: Upward) -> pa.Table:
    count = len(upward.nodes)
    return pa.table(
        [
            pa.array(np.full(count, flow, np.uint8)),
            pa.array(upward.nodes),
            pa.array(upward.slots),
            pa.array([row.tobytes() for row in upward.sums], pa.binary()),
            pa.array([row.tobytes() for row in upward.breadths], pa.binary()),
            pa.array(
                [
                    b"" if upward.holes is None else row.tobytes()
                    for row in (upward.holes if upward.holes is not None else upward.sums)
                ],
                pa.binary(),
            ),
        ],
        schema=PARTIALS,
    )


def _upward(partials: pa.Table, context: Context) -> Upward:
    kept = context.until - context.window + 1
    holes = partials["holes"].to_pylist()
    marked = None
    if any(holes):
        marked = np.stack([_row(cell, np.uint8, context.months) for cell in holes])
    return Upward(
        np.asarray(partials["node"]).astype(np.int32),
        np.asarray(partials["slot"]).astype(np.int32),
        np.stack([_row(cell, np.int64, context.months) for cell in partials["sums"].to_pylist()]),
        np.stack([_row(cell, np.int32, kept) for cell in partials["breadths"].to_pylist()]),
        marked,
    )


def _row(cell: bytes, kind: type[np.generic], length: int) -> np.ndarray:
    return np.frombuffer(cell, kind) if cell else np.zeros(length, kind)
