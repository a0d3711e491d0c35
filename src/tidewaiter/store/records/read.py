"""Reading records: block by block, in any order and from any thread, the order verified."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tidewaiter.errors import StoreError
from tidewaiter.store.records.header import KEY, Block, Header
from tidewaiter.store.records.write import out_of_order

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Columns:
    """The records of one block as numpy columns, sorted by commodity, partner, month.

    Attributes:
        commodity: uint32, place in the header's commodities.
        partner: uint16, place in the header's partners.
        month: int16, ordinal of the period's first month.
        value: int64, in 10^-scale of the unit.
        status: uint8, or None where every value is reported.
    """

    commodity: np.ndarray
    partner: np.ndarray
    month: np.ndarray
    value: np.ndarray
    status: np.ndarray | None = None


class Records:
    """A file of records. Cheap to make; a value can be used from several threads.

    Args:
        path: the file.

    Raises:
        StoreError: the file is not there, or holds no records.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def _metadata(self) -> object:
        import pyarrow as pa  # noqa: PLC0415 — heavy
        import pyarrow.parquet as pq  # noqa: PLC0415

        try:
            return pq.read_metadata(self.path)
        except (OSError, pa.ArrowInvalid) as error:
            raise StoreError(
                f"the records do not open: {error}", hint="write them again", where=str(self.path)
            ) from error

    @cached_property
    def header(self) -> Header:
        """What the file says of itself."""
        told = getattr(self._metadata, "metadata", None) or {}
        return Header.from_json(told.get(KEY), str(self.path))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its blocks, in the file's order."""
        return self.header.blocks

    def table(self, block: Block) -> pa.Table:
        """One block as an Arrow table, with the columns of the file."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        try:  # a file value is not safe to share between threads, its metadata are
            with pq.ParquetFile(self.path, metadata=self._metadata, memory_map=True) as file:
                groups = list(range(block.first_group, block.first_group + block.groups))
                return file.read_row_groups(groups, use_threads=False)
        except (OSError, pa.ArrowInvalid) as error:
            raise StoreError(f"a block does not read: {error}", where=self._where(block)) from error

    def columns(self, block: Block) -> Columns:
        """One block as numpy columns.

        Raises:
            StoreError: it has other rows than the header says, or they are not in order.
        """
        found = columns_of(self.table(block), self._where(block))
        if len(found.value) != block.rows:
            raise StoreError(
                f"the block has {len(found.value)} rows, the header says {block.rows}",
                where=self._where(block),
            )
        return found

    def _where(self, block: Block) -> str:
        return f"{self.path} block {self.header.flows[block.flow]} {block.chapter}".rstrip()


def columns_of(table: pa.Table, where: str) -> Columns:
    """The columns of a block's table, the order verified.

    Raises:
        StoreError: a row is not after the row before it; the row is named.
    """
    import numpy as np  # noqa: PLC0415

    told = {name: np.asarray(table[name]) for name in table.column_names if name != "flow"}
    if len(broken := out_of_order(told)):
        raise StoreError(
            f"row {int(broken[0]) + 1} of the block is not after the row before it",
            hint="the file was not written by this project's writer: write it again with write_frame",
            where=where,
        )
    return Columns(told["commodity"], told["partner"], told["month"], told["value"], told.get("status"))
