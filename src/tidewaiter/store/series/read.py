"""Reading a series file: mapped into memory, so that only the pages of one series are touched."""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tidewaiter.errors import StoreError
from tidewaiter.store.series.layout import FOOTER, MAGIC, WITHHELD, key_of

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one series; months that are not there are zero where the office covered them.

    Attributes:
        months: places on the time axis, rising.
        values: in 10^-scale of the unit.
        withheld: where a withheld value leaves the sum unknown.
    """

    months: npt.NDArray[np.int64]
    values: npt.NDArray[np.int64]
    withheld: npt.NDArray[np.bool_]


class SeriesFile:
    """A series file, mapped. A value can be used from several threads.

    Args:
        path: the file.

    Raises:
        StoreError: the file is not there, or is no series file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            at_keys, self._at_header, self._length = FOOTER.unpack(self._map[-FOOTER.size :])
            told = self.header if self._map[: len(MAGIC)] == MAGIC else {}
            series, cells = told["series"], told["cells"]
            self.values = np.frombuffer(self._map, np.int64, cells, len(MAGIC))
            self.months = np.frombuffer(self._map, np.uint16, cells, len(MAGIC) + 8 * cells)
            self.keys = np.frombuffer(self._map, np.int64, series, at_keys)
            self.starts = np.frombuffer(self._map, np.int64, series, at_keys + 8 * series)
            self.counts = np.frombuffer(self._map, np.int32, series, at_keys + 16 * series)
        except (OSError, ValueError, KeyError, TypeError, struct.error, zlib.error) as error:
            raise StoreError(
                f"the series do not open: {error!r}",
                hint="write them again with write_series",
                where=str(path),
            ) from error

    @cached_property
    def header(self) -> dict[str, Any]:
        """What the writer told: the records' header, areas, number of series and cells."""
        told: dict[str, Any] = json.loads(
            zlib.decompress(self._map[self._at_header : self._at_header + self._length])
        )
        return told

    def __len__(self) -> int:
        return len(self.keys)

    def place(self, flow: int, node: int, slot: int) -> int:
        """Where a series stands in the index; −1 when there is none."""
        wanted = np.int64(key_of(flow, node, slot))
        at = int(np.searchsorted(self.keys, wanted))
        return at if at < len(self.keys) and self.keys[at] == wanted else -1

    def beside(self, flow: int, node: int, slots: int) -> tuple[int, int]:
        """Where the series of a code with the first ``slots`` partners begin and end in the index."""
        bounds = np.array([key_of(flow, node, 0), key_of(flow, node, slots)], np.int64)
        begin, end = np.searchsorted(self.keys, bounds)
        return int(begin), int(end)

    def cells(self, place: int) -> Cells:
        """The cells of the series at a place of the index."""
        start, count = int(self.starts[place]), int(self.counts[place])
        marks = self.months[start : start + count]
        return Cells(
            (marks & ~np.uint16(WITHHELD)).astype(np.int64),
            self.values[start : start + count],
            (marks & np.uint16(WITHHELD)) != 0,
        )
