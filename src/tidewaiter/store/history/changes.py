"""Changes from one vintage to the next: signed differences, found by block, kept in one small file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tidewaiter.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt
    import pyarrow as pa

    from tidewaiter.store.records import Columns

_PARTS = (("flow", 56, 0x7F), ("commodity", 32, 0xFFFFFF), ("partner", 16, 0xFFFF), ("month", 0, 0xFFFF))


@dataclass(frozen=True)
class Changes:
    """Rows that differ, or whole records (a difference from nothing), in order of their keys.

    Attributes:
        key: flow, commodity, partner and month as one number that sorts alike.
        value: new less old, in 10^-scale of the unit.
        present: 1 the record is new, −1 it is gone, 0 it is in both.
        withheld: 1 its value is withheld from now on, −1 no longer, 0 as before.
    """

    key: npt.NDArray[np.int64]
    value: npt.NDArray[np.int64]
    present: npt.NDArray[np.int8]
    withheld: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.key)

    def between(self, low: int, high: int) -> Changes:
        """The rows whose key is at least ``low`` and less than ``high``."""
        begin, end = np.searchsorted(self.key, [low, high])
        return self.where(slice(int(begin), int(end)))

    def __neg__(self) -> Changes:
        return Changes(self.key, -self.value, -self.present, -self.withheld)

    def where(self, rows: slice | npt.NDArray[np.bool_]) -> Changes:
        """Some of the rows."""
        return Changes(self.key[rows], self.value[rows], self.present[rows], self.withheld[rows])

    def without_nothing(self) -> Changes:
        """Rows that differ in anything."""
        return self.where((self.value != 0) | (self.present != 0) | (self.withheld != 0))


NONE = Changes(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int8), np.zeros(0, np.int8))


def added(parts: Sequence[Changes]) -> Changes:
    """The sum: rows of one key are added up.

    Examples:
        >>> one = Changes(np.array([3, 5]), np.array([10, 7]), np.array([1, 1], "i1"), np.zeros(2, "i1"))
        >>> two = Changes(np.array([5]), np.array([-2]), np.array([0], "i1"), np.zeros(1, "i1"))
        >>> added([one, two]).value.tolist()
        [10, 5]
    """
    parts = [part for part in parts if len(part)]
    if len(parts) <= 1:
        return parts[0] if parts else NONE
    key = np.concatenate([part.key for part in parts])
    order = np.argsort(key, kind="stable")  # runs in order are merged, not sorted again
    key = key[order]
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    columns = (
        np.add.reduceat(np.concatenate([getattr(part, name) for part in parts])[order], first, dtype=kind)
        for name, kind in (("value", np.int64), ("present", np.int8), ("withheld", np.int8))
    )
    return Changes(key[first], *columns)


def keys(flow: int, commodity: Any, partner: Any, month: Any) -> npt.NDArray[np.int64]:
    """Columns as one number a row that sorts as they do."""
    key = np.asarray(commodity, np.int64) << _PARTS[1][1]
    key |= np.asarray(partner, np.int64) << _PARTS[2][1]
    key |= np.asarray(month, np.int64)
    key |= flow << _PARTS[0][1]
    return key


def whole(
    flow: int, columns: Columns, commodities: npt.NDArray[np.int64], partners: npt.NDArray[np.int64]
) -> Changes:
    """The records of a block as a difference from nothing; the arrays translate places of its codes."""
    key = keys(flow, commodities[columns.commodity], partners[columns.partner], columns.month)
    withheld = np.zeros(len(key), np.int8) if columns.status is None else columns.status.astype(np.int8)
    return Changes(key, columns.value, np.ones(len(key), np.int8), withheld)


def parted(key: npt.NDArray[np.int64]) -> dict[str, npt.NDArray[np.int64]]:
    """A key's flow, commodity, partner, month."""
    return {name: key >> shift & mask for name, shift, mask in _PARTS}


def translated(
    changes: Changes, commodities: npt.NDArray[np.int64], partners: npt.NDArray[np.int64]
) -> Changes:
    """The same rows with their commodities' and partners' places looked up in other lists, in order again."""
    told = parted(changes.key)
    key = keys(0, commodities[told["commodity"]], partners[told["partner"]], told["month"])
    key |= told["flow"] << _PARTS[0][1]
    order = np.argsort(key, kind="stable")
    return Changes(key[order], changes.value[order], changes.present[order], changes.withheld[order])


def write_changes(path: Path, changes: Changes) -> None:
    """Write them beside, flush, and put the file in its place in one step."""
    import pyarrow as pa  # noqa: PLC0415 — heavy
    import pyarrow.parquet as pq  # noqa: PLC0415

    beside = path.with_name(f".{path.name}.{os.getpid()}")
    columns = parted(changes.key)
    kinds = (pa.uint8(), pa.uint32(), pa.uint16(), pa.int16())
    told = {name: pa.array(columns[name], kind) for (name, *_), kind in zip(_PARTS, kinds, strict=True)}
    told |= {name: pa.array(getattr(changes, name)) for name in ("value", "present", "withheld")}
    with beside.open("wb") as file:
        pq.write_table(
            pa.table(told),
            file,
            compression="zstd",
            use_dictionary=["flow", "partner", "month", "present", "withheld"],
            column_encoding={"commodity": "DELTA_BINARY_PACKED", "value": "PLAIN"},
            write_statistics=False,
        )
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def read_changes(path: Path) -> Changes:
    """Read them back, the order verified.

    Raises:
        StoreError: the file does not open, or a row is not after the row before it.
    """
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        table: pa.Table = pq.read_table(path, use_threads=False, memory_map=True)
    except (OSError, pa.ArrowInvalid) as error:
        raise StoreError(
            f"the changes do not open: {error}", hint="append the vintage again", where=str(path)
        ) from error
    key = np.zeros(len(table), np.int64)
    for name, shift, _ in _PARTS:
        key |= table[name].to_numpy().astype(np.int64) << shift
    if (broken := np.flatnonzero(key[1:] <= key[:-1])).size:
        raise StoreError(
            f"row {int(broken[0]) + 1} of the changes is not after the row before it",
            hint="append the vintage again",
            where=str(path),
        )
    return Changes(key, *(table[name].to_numpy() for name in ("value", "present", "withheld")))
