"""What a block leaves behind as bytes: numpy arrays, packed, for the way between machines."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tidewaiter.engine.compute.chunk import Tally, Upward
from tidewaiter.engine.compute.leads import Leads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidewaiter.engine.compute.context import Context

_LENGTH = 8  # bytes before the packed ones: how many they unpack to


def pack(arrays: Mapping[str, np.ndarray]) -> bytes:
    """Arrays as bytes.

    Examples:
        >>> unpack(pack({"sums": np.arange(3)}))["sums"]
        array([0, 1, 2])
    """
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    plain = buffer.getvalue()
    packed: bytes = pa.Codec("zstd", compression_level=1).compress(plain, asbytes=True)
    return len(plain).to_bytes(_LENGTH, "little") + packed


def unpack(content: bytes) -> dict[str, np.ndarray]:
    """The arrays again."""
    size = int.from_bytes(content[:_LENGTH], "little")
    plain = pa.Codec("zstd").decompress(content[_LENGTH:], size, asbytes=True)
    with np.load(io.BytesIO(plain)) as found:
        return dict(found)


def of_upward(upward: Upward) -> bytes:
    """What goes to the flow's total."""
    arrays = {name: getattr(upward, name) for name in ("nodes", "slots", "sums", "breadths", "holes")}
    return pack({name: array for name, array in arrays.items() if array is not None})


def upward_of(content: bytes) -> Upward:
    """The same again."""
    told = unpack(content)
    return Upward(told["nodes"], told["slots"], told["sums"], told["breadths"], told.get("holes"))


def of_found(tally: Tally, leads: Leads) -> bytes:
    """Counts, check sums, what stands out."""
    counted = {"series": np.array(tally.series), "counts": tally.counts, "totals": tally.totals}
    return pack({**counted, **leads.arrays()})


def found_of(content: bytes, context: Context) -> tuple[Tally, Leads]:
    """The same again."""
    told = unpack(content)
    return Tally(int(told["series"]), told["counts"], told["totals"]), Leads.of(context, told)
