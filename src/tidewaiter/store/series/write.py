"""Writing a series file: series come in any order, in parts, from any thread."""

from __future__ import annotations

import json
import os
import shutil
import threading
import zlib
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from tidewaiter.errors import StoreError
from tidewaiter.store.series.layout import FLOW_SHIFT, FOOTER, MAGIC, NODE_SHIFT, WITHHELD

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    import numpy.typing as npt


class SeriesWriter:
    """Writes series as they come; memory holds their keys only.

    The file appears under its name when the writer closes without an error.

    Args:
        path: the file.
        header: what a reader needs to make sense of keys: the records' header, areas.
    """

    def __init__(self, path: Path, header: dict[str, Any]) -> None:
        self._path, self._header = path, header
        path.parent.mkdir(parents=True, exist_ok=True)
        self._beside = path.with_name(f".{path.name}.{os.getpid()}")
        self._values = self._beside.open("wb")
        self._values.write(MAGIC)
        self._months = self._beside.with_suffix(".months").open("w+b")
        self._keys: list[npt.NDArray[np.int64]] = []
        self._counts: list[npt.NDArray[np.int32]] = []
        self._lock = threading.Lock()

    def write(
        self,
        flow: int,
        nodes: npt.NDArray[Any],
        slots: npt.NDArray[Any],
        sums: npt.NDArray[np.int64],
        holes: npt.NDArray[np.uint8] | None = None,
    ) -> None:
        """Add series.

        Args:
            flow: place of their flow.
            nodes: series → its code's place.
            slots: series → its partner's or area's place.
            sums: [series][period].
            holes: [series][period]: 1 where a withheld value leaves the sum unknown.
        """
        kept = sums != 0 if holes is None else (sums != 0) | (holes != 0)
        row, month = np.nonzero(kept)
        counts = np.bincount(row, minlength=len(sums)).astype(np.int32)
        marks = month.astype(np.uint16)
        if holes is not None:
            marks |= (holes[row, month] != 0).astype(np.uint16) * np.uint16(WITHHELD)
        key = np.int64(flow << FLOW_SHIFT) | nodes.astype(np.int64) << NODE_SHIFT | slots.astype(np.int64)
        values = np.ascontiguousarray(sums[row, month], np.int64)
        with self._lock:
            self._keys.append(key)
            self._counts.append(counts)
            self._values.write(values.data)
            self._months.write(marks.data)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._values.close()
            self._months.close()
            self._beside.with_suffix(".months").unlink()
            self._beside.unlink(missing_ok=True)

    def _finish(self) -> None:
        out = self._values
        none = [np.zeros(0, np.int64)]
        keys, counts = np.concatenate(self._keys or none), np.concatenate(self._counts or none)
        starts = np.cumsum(counts, dtype=np.int64) - counts.astype(np.int64)
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        if (keys[1:] == keys[:-1]).any():
            raise StoreError("a series stands twice", where=str(self._path))
        self._months.seek(0)
        shutil.copyfileobj(self._months, out, 1 << 20)
        out.write(b"\0" * (-out.tell() % 8))
        at_keys = out.tell()
        for column in (keys, starts[order], counts[order].astype(np.int32)):
            out.write(np.ascontiguousarray(column).data)
        told = {**self._header, "series": len(keys), "cells": int(counts.sum())}
        packed = zlib.compress(json.dumps(told, ensure_ascii=False).encode())
        at_header = out.tell()
        out.write(packed)
        out.write(FOOTER.pack(at_keys, at_header, len(packed)))
        out.flush()
        os.fsync(out.fileno())
        self._beside.replace(self._path)
