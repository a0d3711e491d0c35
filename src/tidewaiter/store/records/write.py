"""Writing records: sorted, checked, block by block."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from tidewaiter.errors import Fault, FaultsError, StoreError
from tidewaiter.store.records.header import KEY, REPORTED, SUPPRESSED, Block, Header, chapter_of, in_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    import numpy as np
    import polars as pl
    import pyarrow as pa

_ROW_GROUP = 1 << 20  # bounds what one read holds; a block of more rows has several
_LARGEST = 2**63 - 1
_SCALES = 9
_TOLD = 10  # faults named one by one
_IDENTITY = ("flow", "commodity", "partner", "month")


class RecordsWriter:
    """Writes blocks as they come, in order, with memory for one block.

    The file appears under its name when the writer closes without an error: it is whole or not there.

    Args:
        path: the file.
        header: code lists, unit, scale, step; ``blocks``, ``totals`` and, where it is empty, ``covered``
            are filled in.
        statuses: some value is withheld, so the column ``status`` is needed.
    """

    def __init__(self, path: Path, header: Header, *, statuses: bool = False) -> None:
        import pyarrow.parquet as pq  # noqa: PLC0415 — heavy

        self._path, self._header, self._statuses = path, header, statuses
        self._beside = path.with_name(f".{path.name}.{os.getpid()}")
        self._blocks: list[Block] = []
        self._groups = 0
        self._sums: dict[str, dict[int, int]] = {flow: {} for flow in header.flows}
        self._withheld: dict[str, set[int]] = {flow: set() for flow in header.flows}
        self._magnitude = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = pq.ParquetWriter(
            self._beside,
            schema(statuses=statuses),
            compression="zstd",
            compression_level=1,
            use_dictionary=["flow", "commodity", "partner", "month"],
            column_encoding={"value": "PLAIN"},
            write_statistics=["flow", "commodity"],
        )

    def write(self, flow: str, chapter: str, columns: Mapping[str, np.ndarray]) -> None:
        """Write one block: numpy columns ``commodity``, ``partner``, ``month``, ``value`` [, ``status``].

        Raises:
            StoreError: the block is out of order, or a row of it is.
            FaultsError: a series has a month twice, or the sums overflow.
        """
        import numpy as np  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415

        rows = len(columns["value"])
        if not rows:
            return
        place = self._header.flows.index(flow)
        before = self._blocks[-1] if self._blocks else None
        if before and (before.flow, before.chapter) >= (place, chapter):
            raise StoreError(f"block {flow} {chapter} comes after {before}", where=str(self._path))
        self._verify(flow, chapter, columns)
        self._add(flow, columns)
        told = {"flow": np.full(rows, place, np.uint8), **columns}
        if self._statuses and "status" not in told:
            told["status"] = np.zeros(rows, np.uint8)
        kind = schema(statuses=self._statuses)
        table = pa.table([pa.array(told[f.name], f.type) for f in kind], schema=kind)
        groups = -(-rows // _ROW_GROUP)
        self._file.write_table(table, row_group_size=-(-rows // groups))
        self._blocks.append(Block(place, chapter, self._groups, groups, rows, self._digest(columns)))
        self._groups += groups

    def _verify(self, flow: str, chapter: str, columns: Mapping[str, np.ndarray]) -> None:
        codes = self._header.commodities
        ends = {int(columns["commodity"][0]), int(columns["commodity"][-1])}
        if any(chapter_of(codes[end]) != chapter for end in ends):
            raise StoreError(
                f"a commodity of block {flow} {chapter} is of another chapter", where=str(self._path)
            )
        broken = out_of_order(columns)
        if not len(broken):
            return
        keys = packed(columns)
        twice = broken[keys[broken] == keys[broken + 1]]
        if not len(twice):
            raise StoreError(
                f"block {flow} {chapter} is not sorted", where=f"{self._path} row {broken[0] + 1}"
            )
        raise _duplicates([self._told(flow, columns, int(at)) for at in twice[:_TOLD]], len(twice))

    def _told(self, flow: str, columns: Mapping[str, np.ndarray], at: int) -> str:
        from tidewaiter.model.period import Period  # noqa: PLC0415

        month = int(columns["month"][at])
        commodity = self._header.commodities[columns["commodity"][at]]
        partner = self._header.partners[columns["partner"][at]]
        period = Period(month, month + self._header.step - 1)
        return f"{self._header.reporter}.{flow}.{commodity}.{partner} {period}"

    def _add(self, flow: str, columns: Mapping[str, np.ndarray]) -> None:
        """Sums by month, exact, and proof that no sum of records can overflow."""
        import numpy as np  # noqa: PLC0415

        value, month = columns["value"], columns["month"]
        if value.dtype != np.int64:
            raise StoreError(f"values are {value.dtype}, not int64", where=str(self._path))
        largest = max(abs(int(value.max())), abs(int(value.min())))
        self._magnitude += largest * len(value) if largest * len(value) < 2**53 else _magnitude(value)
        if self._magnitude > _LARGEST:
            raise FaultsError(
                [
                    Fault(
                        str(self._path), f"the values add up to more than 2^63 at scale {self._header.scale}"
                    )
                ],
                hint="choose a smaller scale, or a unit with a power of ten",
            )
        first = int(month.min())
        sums = np.zeros(int(month.max()) - first + 1, np.int64)
        np.add.at(sums, month.astype(np.int64) - first, value)
        known = self._sums[flow]
        for at in np.unique(month).tolist():
            known[at] = known.get(at, 0) + int(sums[at - first])
        if "status" in columns:
            self._withheld[flow] |= set(month[columns["status"] == SUPPRESSED].tolist())

    def _digest(self, columns: Mapping[str, np.ndarray]) -> str:
        """Of the content with its codes spelled out: a code list that grew elsewhere changes nothing."""
        import numpy as np  # noqa: PLC0415

        digest = hashlib.blake2b(digest_size=16)
        head = self._header
        digest.update(f"{head.reporter} {head.measure} {head.unit} {head.scale} {head.step}".encode())
        for name, codes in (("commodity", head.commodities), ("partner", head.partners)):
            used = np.flatnonzero(np.bincount(columns[name]))
            digest.update("\n".join(codes[at] for at in used.tolist()).encode())
            own = np.zeros(int(used[-1]) + 1, np.uint32)
            own[used] = np.arange(len(used), dtype=np.uint32)
            digest.update(own[columns[name]].tobytes())
        for name, kind in (("month", np.int16), ("value", np.int64), ("status", np.uint8)):
            if name in columns and (name != "status" or columns[name].any()):
                digest.update(np.ascontiguousarray(columns[name], kind).tobytes())
        return digest.hexdigest()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._file.close()
            self._beside.unlink(missing_ok=True)
            return
        head = self._header
        covered = head.covered or {flow: tuple(sorted(sums)) for flow, sums in self._sums.items()}
        beyond = {flow: sorted(set(self._sums[flow]) - set(covered.get(flow, ()))) for flow in head.flows}
        totals = {
            flow: tuple(self._sums[flow].get(month, 0) for month in months)
            for flow, months in covered.items()
        }
        withheld = {flow: tuple(sorted(months)) for flow, months in self._withheld.items() if months}
        done = replace(head, covered=covered, totals=totals, withheld=withheld, blocks=tuple(self._blocks))
        self._file.add_key_value_metadata({KEY.decode(): done.to_json().decode()})
        self._file.close()
        if any(beyond.values()):
            self._beside.unlink()
            raise StoreError(f"records lie in months that are not covered: {beyond}", where=str(self._path))
        self._beside.replace(self._path)


def schema(*, statuses: bool) -> pa.Schema:
    """The columns of a file of records."""
    import pyarrow as pa  # noqa: PLC0415

    fields = [
        ("flow", pa.uint8()), ("commodity", pa.uint32()), ("partner", pa.uint16()),
        ("month", pa.int16()), ("value", pa.int64()),
    ]  # fmt: skip
    return pa.schema([*fields, ("status", pa.uint8())] if statuses else fields)


def packed(columns: Mapping[str, np.ndarray]) -> np.ndarray:
    """Commodity, partner and month of each row as one number that sorts alike."""
    import numpy as np  # noqa: PLC0415

    key = columns["commodity"].astype(np.int64) << 32
    key |= columns["partner"].astype(np.int64) << 16
    key |= columns["month"].astype(np.int64)
    return key


def out_of_order(columns: Mapping[str, np.ndarray]) -> np.ndarray:
    """Rows that are not before the row after them."""
    import numpy as np  # noqa: PLC0415

    key = packed(columns)
    return np.flatnonzero(key[1:] <= key[:-1])


def _magnitude(value: np.ndarray) -> int:
    """Sum of the absolute values, however large."""
    import numpy as np  # noqa: PLC0415

    size = np.abs(value)
    return int((size >> 32).sum()) * 2**32 + int((size & 0xFFFFFFFF).sum())


def _duplicates(told: Sequence[str], count: int) -> FaultsError:
    faults = [Fault(key, "stands there more than once") for key in told]
    more = f"{count} in all; " if count > len(told) else ""
    return FaultsError(faults, hint=f"{more}add up what belongs together before it is written")


def write_frame(
    path: Path,
    frame: pl.DataFrame | pa.Table,
    *,
    reporter: str,
    unit: str,
    scale: int | None = None,
    **more: Any,
) -> Header:
    """Write a table of records: sorts it, finds the scale, names duplicates.

    Args:
        path: the file to write.
        frame: columns ``flow``, ``commodity``, ``partner`` (text, as in keys), ``month`` (ordinal of the
            period's first month), ``value`` (number in ``unit``; integer or float), and optionally
            ``status`` (0 reported, 1 suppressed). A null value is a suppressed one.
        reporter: whose records.
        unit: unit of ``value``.
        scale: decimals to keep; without one as many as the values have (at most 9).
        more: ``measure``, ``step``, ``covered``, ``suppressed``, ``dataset``, ``release`` of
            :class:`~tidewaiter.store.records.header.Header`.

    Returns:
        The header as written.

    Raises:
        FaultsError: duplicates, values with more decimals than ``scale``, or sums beyond int64.
    """
    import polars as pl  # noqa: PLC0415 — heavy

    given = frame if isinstance(frame, pl.DataFrame) else pl.DataFrame(frame)
    lists = {name: set(given[name].unique().cast(pl.String).to_list()) for name in _IDENTITY[:3]}
    flows, partners = tuple(sorted(lists["flow"])), tuple(sorted(lists["partner"]))
    commodities = in_order(lists["commodity"])
    _no_parents(commodities, path)
    values, scale = _integers(given["value"], scale)
    status = _statuses(given)
    rows = given.select(
        _code("flow", flows, pl.UInt8), _code("commodity", commodities, pl.UInt32),
        _code("partner", partners, pl.UInt16), pl.col("month").cast(pl.Int16),
        values.alias("value"), *([status.alias("status")] if status is not None else []),
    ).sort(_IDENTITY)  # fmt: skip
    header = Header(reporter, unit, scale, flows, commodities, partners, **more)
    chapters = pl.Series([chapter_of(code) for code in commodities], dtype=pl.String)
    rows = rows.with_columns(
        chapter=chapters.gather(rows["commodity"]).set_sorted() if len(rows) else chapters
    )
    with RecordsWriter(path, header, statuses=status is not None) as out:
        for (flow, chapter), part in rows.group_by("flow", "chapter", maintain_order=True):
            columns = {
                name: part[name].to_numpy() for name in part.columns if name not in ("flow", "chapter")
            }
            out.write(flows[int(str(flow))], str(chapter), columns)
    from tidewaiter.store.records.read import Records  # noqa: PLC0415 — it needs the constants above

    return Records(path).header


def _code(name: str, codes: tuple[str, ...], kind: type[pl.DataType]) -> pl.Expr:
    import polars as pl  # noqa: PLC0415

    return pl.col(name).cast(pl.String).replace_strict(list(codes), range(len(codes)), return_dtype=kind)


def _no_parents(commodities: tuple[str, ...], path: Path) -> None:
    """Records hold one level: a code beside its own subdivisions would be counted twice."""
    from itertools import pairwise  # noqa: PLC0415

    for one, other in pairwise(commodities):
        if chapter_of(one) and other.startswith(one):
            raise FaultsError(
                [Fault(str(path), f"{one} stands beside {other}, which is a part of it")],
                hint="keep the finest codes only; the cube makes the others",
            )
    if "total" in commodities and len(commodities) > 1:
        raise FaultsError(
            [Fault(str(path), "the total stands beside its parts")],
            hint="keep the finest codes only; the cube makes the total",
        )


def _integers(values: pl.Series, scale: int | None) -> tuple[pl.Series, int]:
    """The values in 10^-scale as int64, and the scale: the least that keeps every decimal."""
    import polars as pl  # noqa: PLC0415

    if values.dtype.is_integer():
        power = scale or 0
        return values.fill_null(0).cast(pl.Int64) * 10**power, power
    plain = values.cast(pl.Float64).fill_null(0.0)
    for power in range(_SCALES + 1) if scale is None else (scale,):
        scaled = plain * 10.0**power
        whole = scaled.round()
        if ((scaled - whole).abs() <= 1e-6 + 4e-16 * whole.abs()).all():
            return whole.cast(pl.Int64), power
    worst = plain.gather([int((scaled - whole).abs().arg_max() or 0)])[0]
    told = scale if scale is not None else _SCALES
    raise FaultsError(
        [Fault("value", f"{worst!r} has more than {told} decimals")], hint="round the values, or give a scale"
    )


def _statuses(frame: pl.DataFrame) -> pl.Series | None:
    import polars as pl  # noqa: PLC0415

    withheld = frame["value"].is_null()
    if "status" in frame.columns:
        withheld |= frame["status"] == SUPPRESSED
    if not withheld.any():
        return None
    return withheld.cast(pl.UInt8) * SUPPRESSED + REPORTED
