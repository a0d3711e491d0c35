"""The statistics as a table: one row a series and period, one column a figure.

=========  =======  ============================================================================
flow       text     as in keys
commodity  text     as in keys: a code of any level, a group, ``total``
partner    text     as in keys: a partner, an area, ``W00``
period     text     ``2025-08``, ``2024``, ``2024-04..2025-03``
month      int16    ordinal of the period's first month
nothing    uint8    0 the level is a number; 1 suppressed, 2 missing, 3 not yet published
…          float64  the columns of :mod:`tidewaiter.engine.dense.columns`, each under its own name
=========  =======  ============================================================================

A cell without a number is a NaN; its payload tells why (:func:`tidewaiter.engine.dense.nothing.reasons`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tidewaiter.engine.dense.columns import COLUMNS
from tidewaiter.engine.dense.nothing import reasons

if TYPE_CHECKING:
    from tidewaiter.engine.compute.chunk import Chunk
    from tidewaiter.engine.compute.context import Context

_TEXT = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        *((name, _TEXT) for name in ("flow", "commodity", "partner", "period")),
        ("month", pa.int16()),
        ("nothing", pa.uint8()),
        *((column.name, pa.float64()) for column in COLUMNS),
    ]
)


def table_of(chunk: Chunk, context: Context) -> pa.Table:
    """The statistics of some series, in the order of the cube; the periods of a series stand together."""
    periods, series = chunk.values.shape[1], len(chunk.nodes)
    times = np.arange(context.window, context.until + 1)
    codes, goods = np.unique(chunk.nodes, return_inverse=True)
    columns = [np.ascontiguousarray(values.T).ravel() for values in chunk.values]
    return pa.Table.from_arrays(
        [
            _text(np.zeros(series * periods), [context.header.flows[chunk.flow]]),
            _text(np.repeat(goods, periods), [context.code_of(int(node)) for node in codes]),
            _text(np.repeat(chunk.slots, periods), list(context.places.slots)),
            _text(np.tile(np.arange(periods), series), [str(context.period(int(time))) for time in times]),
            pa.array(np.tile(context.first + times * context.header.step, series).astype(np.int16)),
            pa.array(reasons(columns[0])),
            *(pa.array(values) for values in columns),
        ],
        schema=SCHEMA,
    )


def _text(places: np.ndarray, codes: list[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), pa.array(codes, pa.string()))
