"""Large releases as rows in codes: one Parquet file a source file, sorted, narrow, its order verified.

Columns, those left out that are the same in all rows (they stand in the file's metadata):

===============================  ===================================================================
reporter, flow, commodity,       place of the label in the metadata's list, which is sorted: rows are in
partner, period                  order of reporter, flow, commodity, partner and period
line                             where the row stands in the source's file
preliminary, beside 0 …          marks, and texts that stand beside the row's place
value 0 …                        the columns of numbers; null where the file has none
unit 0 …, measure 0 …            of each number, where they differ from row to row
more 0 …, preliminary 0 …        how many rows were added to the first, and their marks
===============================  ===================================================================

Everything a release holds can be had from it, in the schema of :mod:`tidewaiter.sources.table`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from tidewaiter.errors import StoreError
from tidewaiter.sources.blocks import DIMENSIONS, Block, Blocks, Lines, Resolved
from tidewaiter.sources.table import KEY_COLUMNS, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from tidewaiter.model.key import Key

FORMAT = 1
_KEY = "tidewaiter-rows"
_BATCH = 1 << 20  # rows held at once where all are read
_ROW_GROUP = 65_536  # small enough that one series is a few milliseconds from a cold file
_SORTED = (*DIMENSIONS, "period")
_BYTE, _SHORT = 1 << 8, 1 << 16
_TEXT = pl.String()


def write_rows(path: Path, blocks: Blocks, known_at: date) -> None:
    """Write the observations of a file, sorted, and read their order back.

    Args:
        path: the file to write.
        blocks: what was read.
        known_at: the day the numbers became known.

    Raises:
        StoreError: what was written does not read back in order and in full.
    """
    parts = {name: _ranked(part) for name, part in _parts(blocks).items()}
    order = _order(parts)
    frame, told = _columns(blocks, parts, order)
    told |= {"format": FORMAT, "known_at": known_at.isoformat(), "rows": frame.height}
    frame.write_parquet(
        path,
        compression="zstd",
        compression_level=1,
        row_group_size=_ROW_GROUP,
        metadata={_KEY: json.dumps(told, ensure_ascii=False)},
    )
    Rows(path).verify()


def _parts(blocks: Blocks) -> dict[str, Resolved]:
    labels = [tuple(label) if label else (0, 0) for label in blocks.period.labels]
    return {**blocks.dimensions, "period": replace(blocks.period, labels=labels)}


def _ranked(part: Resolved) -> Resolved:
    """The same with its labels sorted, so that numbers sort like labels."""
    if part.index is None:
        return Resolved(part.labels[:1])
    by = sorted(range(len(part.labels)), key=lambda at: part.labels[at])
    labels = [part.labels[at] for at in by]
    kind = _narrow(len(labels))
    places = np.empty(len(by), np.uint32)
    places[by] = np.arange(len(by))
    index = part.index if by == list(range(len(by))) else pl.Series(places).gather(part.index)
    return Resolved(labels, index.cast(kind))


def _narrow(labels: int) -> type[pl.DataType]:
    return pl.UInt8 if labels <= _BYTE else pl.UInt16 if labels <= _SHORT else pl.UInt32


def _order(parts: dict[str, Resolved]) -> pl.Series | None:
    """Rows in order of their keys; None: they are."""
    packed = _packed({name: part.index for name, part in parts.items() if part.index is not None}, parts)
    if packed is None or (packed[1:] >= packed[:-1]).all():
        return None
    return pl.Series(packed).arg_sort()


def _packed(columns: dict[str, pl.Series], parts: dict[str, Resolved]) -> np.ndarray | None:
    """The key of each row as one number that sorts alike."""
    packed: np.ndarray | None = None
    for name in _SORTED:
        if name in columns:
            at = columns[name].to_numpy()
            if packed is None:
                packed = at.astype(np.int64)
                continue
            packed *= len(parts[name].labels)
            packed += at
    return packed


def _columns(
    blocks: Blocks, parts: dict[str, Resolved], order: pl.Series | None
) -> tuple[pl.DataFrame, dict[str, Any]]:
    """The columns in order, and what the metadata tell."""
    given = {name: part.index for name, part in parts.items() if part.index is not None}
    numbers = blocks.lines.numbers()
    given["line"] = numbers if numbers.dtype == pl.String else numbers.cast(pl.UInt32)
    if blocks.preliminary is not None:
        given["preliminary"] = blocks.preliminary
    for n, part in enumerate(blocks.beside):
        given[f"beside {n}"] = _codes(part)
    told = [_block(n, block, given) for n, block in enumerate(blocks.blocks)]
    frame = pl.DataFrame(given)
    if order is not None:
        frame = frame.select(pl.all().gather(order))
    if not all(block.values.null_count() == 0 for block in blocks.blocks):
        held = [pl.col(f"value {n}").is_not_null() for n in range(len(blocks.blocks))]
        frame = frame.filter(pl.any_horizontal(held))
    return frame, {
        "file": blocks.file,
        "word": blocks.lines.word,
        "parts": {name: part.labels for name, part in parts.items()},
        "beside": [part.labels for part in blocks.beside],
        "blocks": told,
    }


def _block(n: int, block: Block, given: dict[str, pl.Series]) -> dict[str, Any]:
    """Adds the columns of a block of numbers; returns what the metadata tell of it."""
    given[f"value {n}"] = block.values
    for name, part in (("unit", block.unit), ("measure", block.measure)):
        if part.index is not None:
            given[f"{name} {n}"] = _codes(part)
    if block.preliminary is not None:
        given[f"preliminary {n}"] = block.preliminary
    if block.more is not None and block.more.any():
        given[f"more {n}"] = block.more
    return {
        "unit": block.unit.labels, "measure": block.measure.labels, "flow": block.flow,
        "period": block.period, "to_date": block.to_date, "decimals": block.decimals, "count": block.count,
    }  # fmt: skip


def _codes(part: Resolved) -> pl.Series:
    index = part.index if part.index is not None else pl.Series([0], dtype=pl.UInt32)
    return index.cast(_narrow(len(part.labels)))


def _serves(name: str, columns: Sequence[str]) -> bool:
    """A column of the file is needed for some columns of a table."""
    plain = name.partition(" ")[0]
    if plain == "period":
        return "first" in columns or "last" in columns
    if plain in ("line", "beside", "more"):
        return "cell" in columns
    return plain in columns


def within(pattern: Key) -> dict[str, tuple[str]]:
    """A pattern as the codes each part may have; parts that may be anything are left out."""
    named = zip(KEY_COLUMNS, pattern.parts(), strict=True)
    return {name: (part,) for name, part in named if part != "*"}


class Rows:
    """A file of rows in codes. Cheap to make; its labels are read when they are needed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def told(self) -> dict[str, Any]:
        """What the file's metadata tell."""
        try:
            told: dict[str, Any] = json.loads(pl.read_parquet_metadata(self.path)[_KEY])
        except (OSError, KeyError, ValueError, pl.exceptions.PolarsError) as error:
            raise StoreError(
                "a release's rows do not read", hint="load the file again", where=str(self.path)
            ) from error
        if told["format"] != FORMAT:
            raise StoreError(
                f"rows of format {told['format']}, this version reads {FORMAT}",
                hint="load the file again into a new store",
                where=str(self.path),
            )
        return told

    @cached_property
    def names(self) -> list[str]:
        """The columns of the file."""
        return list(pl.read_parquet_schema(self.path))

    @property
    def known_at(self) -> date:
        """The day its numbers became known."""
        return date.fromisoformat(self.told["known_at"])

    @property
    def in_order(self) -> bool:
        """Block after block, the rows of a key stand together: no two blocks, and no block, share one."""
        flows = self.told["parts"]["flow"]
        blocks = self.told["blocks"]
        of = [
            (flow, block["measure"][0])
            for block in blocks
            for flow in ([block["flow"]] if block["flow"] else flows)
        ]
        return len(of) == len(set(of)) and all(len(block["measure"]) == 1 for block in blocks)

    def verify(self) -> None:
        """Read the keys and hold them against what the file says of itself.

        Raises:
            StoreError: rows are missing or not in order.
        """
        varying = [name for name in _SORTED if name in self.names]
        rows, parts = self.told["rows"], {n: Resolved(x) for n, x in self.told["parts"].items()}
        counts = [pl.col(f"value {n}").count() for n in range(len(self.told["blocks"]))]
        found = pl.scan_parquet(self.path).select(counts).collect().row(0)
        frame = pl.read_parquet(self.path, columns=varying or ["line"])
        if frame.height != rows or list(found) != [block["count"] for block in self.told["blocks"]]:
            raise StoreError(f"{frame.height} rows were read of {rows}", where=str(self.path))
        packed = _packed({name: frame[name] for name in varying}, parts)
        if packed is not None and not (packed[1:] >= packed[:-1]).all():
            row = int(np.argmax(packed[1:] < packed[:-1])) + 1
            raise StoreError(f"row {row} is not after the row before it", where=str(self.path))

    def lazy(self) -> pl.LazyFrame:
        """All observations as a lazy table; a block after the other, each in order of its keys."""
        from polars.io.plugins import register_io_source  # noqa: PLC0415 — beside its use

        def source(
            columns: list[str] | None, predicate: pl.Expr | None, height: int | None, _: int | None
        ) -> Iterator[pl.DataFrame]:
            asked = columns if columns is not None else list(SCHEMA)
            needed = {*asked, *(predicate.meta.root_names() if predicate is not None else ())}
            left = height
            for frame in self._frames([name for name in SCHEMA if name in needed]):
                told = (frame.filter(predicate) if predicate is not None else frame).select(asked)
                if left is not None:
                    told = told.head(left)
                    left -= told.height
                yield told
                if left == 0:
                    return

        return register_io_source(source, schema=SCHEMA, validate_schema=False)

    def _frames(self, columns: list[str]) -> Iterator[pl.DataFrame]:
        """Some columns of all observations, by blocks and a million rows at a time."""
        known_at = pl.lit(self.known_at, dtype=SCHEMA["known_at"]).alias("known_at")
        built = [name for name in columns if name != "known_at"]
        dates = [known_at] if "known_at" in columns else []
        names = [name for name in self.names if _serves(name, columns)]
        for n in range(len(self.told["blocks"])):
            used = [name for name in names if not name[-1].isdigit() or name.endswith(f" {n}")]
            used += [name for name in names if name.startswith("beside ") and name not in used]
            if f"value {n}" not in used:
                used.append(f"value {n}")
            for start in range(0, self.told["rows"], _BATCH):
                rows = pl.scan_parquet(self.path).select(used).slice(start, _BATCH).collect()
                whole = self.blocks(rows, only=n).select_only(built or ["value"])
                yield whole.with_columns(dates).select(columns)

    def series(self, pattern: Key) -> pl.DataFrame:
        """The observations of one series, or of all that a pattern fits."""
        found = pl.DataFrame(schema=SCHEMA)
        asked = within(pattern)
        where = self._where(asked)
        if where is not None:
            rows = pl.scan_parquet(self.path).filter(where).collect()
            fits = [pl.col(name).is_in(list(codes)) for name, codes in asked.items()]
            found = self.blocks(rows).select_only(list(SCHEMA)).filter(*fits)
        return found.with_columns(pl.lit(self.known_at, dtype=SCHEMA["known_at"]).alias("known_at"))

    def count(self, asked: Mapping[str, Collection[str]]) -> int:
        """How many numbers stand in rows that may hold some codes; never less than there are."""
        where = self._where(asked)
        if where is None:
            return 0
        counts = [pl.col(f"value {n}").count() for n in range(len(self.told["blocks"]))]
        return sum(pl.scan_parquet(self.path).filter(where).select(counts).collect().row(0))

    def labels(self) -> list[set[str]]:
        """What stands in each part of its keys."""
        blocks = self.told["blocks"]
        found = [set(self.told["parts"][name]) for name in DIMENSIONS]
        found[DIMENSIONS.index("flow")] |= {block["flow"] for block in blocks if block["flow"]}
        return [*found, {measure for block in blocks for measure in block["measure"]}]

    def keys(self, asked: Mapping[str, Collection[str]]) -> pl.DataFrame:
        """The distinct keys whose parts are among some codes, one row each."""
        where = self._where(asked)
        schema = dict.fromkeys(KEY_COLUMNS, _TEXT)
        if where is None:
            return pl.DataFrame(schema=schema)
        found = pl.concat(self._keys(n, where) for n in range(len(self.told["blocks"])))
        kept = found.filter(*(pl.col(name).is_in(list(codes)) for name, codes in asked.items()))
        return kept.unique() if len(self.told["blocks"]) > 1 else kept

    def _keys(self, n: int, where: pl.Expr) -> pl.DataFrame:
        """The distinct keys of a block of numbers."""
        block, parts = self.told["blocks"][n], self.told["parts"]
        lists = {name: parts[name] for name in DIMENSIONS}
        if block["flow"]:
            lists["flow"] = [block["flow"]]
        varying = {name: name for name in DIMENSIONS if name in self.names and not (
            name == "flow" and block["flow"])}  # fmt: skip
        if f"measure {n}" in self.names:
            varying["measure"] = f"measure {n}"
        lists["measure"] = block["measure"]
        rows = pl.scan_parquet(self.path).filter(where, pl.col(f"value {n}").is_not_null())
        columns = list(varying.values())
        distinct = (
            rows.select(columns).unique().collect() if columns else rows.select("line").head(1).collect()
        )
        texts = {
            name: pl.Series(name, lists[name], dtype=_TEXT).gather(distinct[varying[name]])
            if name in varying
            else pl.repeat(lists[name][0], distinct.height, dtype=_TEXT, eager=True)
            for name in KEY_COLUMNS
        }
        return pl.DataFrame(texts)

    def _where(self, asked: Mapping[str, Collection[str]]) -> pl.Expr | None:
        """The rows that may hold keys of some codes; None: no row does."""
        own = any(block["flow"] for block in self.told["blocks"])
        where = pl.lit(value=True)
        for name, codes in asked.items():
            if name not in DIMENSIONS or (name == "flow" and own):
                continue
            places = [at for at, label in enumerate(self.told["parts"][name]) if label in codes]
            if not places:
                return None
            if name in self.names:
                fits = pl.col(name) == places[0] if len(places) == 1 else pl.col(name).is_in(places)
                where &= fits
        return where

    def blocks(self, rows: pl.DataFrame, only: int | None = None) -> Blocks:
        """Rows of the file as they were read from the source; ``only``: of one block."""

        def part(labels: list[Any], column: str) -> Resolved:
            index = rows[column].cast(pl.UInt32).alias("at") if column in rows.columns else None
            return Resolved(labels, index)

        def marks(column: str) -> pl.Series | None:
            return rows[column] if column in rows.columns else None

        told = self.told
        blocks = tuple(
            Block(
                rows[f"value {n}"],
                part(one["unit"], f"unit {n}"),
                part(one["measure"], f"measure {n}"),
                flow=one["flow"],
                period=tuple(one["period"]) if one["period"] else None,
                to_date=one["to_date"],
                decimals=one["decimals"],
                preliminary=marks(f"preliminary {n}"),
                more=marks(f"more {n}"),
            )
            for n, one in enumerate(told["blocks"])
            if only in (None, n)
        )
        line = rows["line"] if "line" in rows.columns else pl.zeros(rows.height, eager=True)
        places = tuple(line.to_list()) if line.dtype == pl.String else ()
        lines = Lines(rows.height, told["word"], 0, None if places else line.cast(pl.Int64), (), places)
        return Blocks(
            told["file"],
            {name: part(told["parts"][name], name) for name in DIMENSIONS},
            part(told["parts"]["period"], "period"),
            lines,
            blocks,
            marks("preliminary"),
            tuple(part(labels, f"beside {n}") for n, labels in enumerate(told["beside"])),
        )
