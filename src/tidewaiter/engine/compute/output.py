"""The statistics as files: one a block, whole or not there; only what changed is computed again.

Layout of the folder::

    manifest.json                 what each file was made from
    exports/84.parquet            the series of chapter 84 below the chapter (see :mod:`.table`)
    exports/total.parquet         chapters, groups, total
    parts/exports-84.npz          what the block passed on to its total, for the next run

A file is current when its records, the code lists beside them, the kept periods, what the formulas say, and
the totals of the kept periods are what they were.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from typing import TYPE_CHECKING, Any

import numpy as np

from tidewaiter.engine.compute.chunk import Tally, Upward
from tidewaiter.engine.compute.leads import Leads
from tidewaiter.engine.compute.table import SCHEMA, table_of
from tidewaiter.engine.dense.jit import digest_of_sources
from tidewaiter.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tidewaiter.engine.compute.chunk import Chunk
    from tidewaiter.engine.compute.context import Context
    from tidewaiter.engine.compute.run import Done, Pass
    from tidewaiter.store.records import Block, Records

FORMAT = 1
TOTAL_FILE = "total"
NAMED = "named"  # the block of commodities without a chapter


class Output:
    """A folder of statistics."""

    def __init__(self, folder: Path, records: Records, context: Context) -> None:
        self._folder, self._records, self._context = folder, records, context
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        self._entries = self._read()
        self._wanted: set[str] = set()
        self._shared = _digest_of(context)
        self.files = self.kept = 0

    def _read(self) -> dict[str, dict[str, Any]]:
        path = self._folder / "manifest.json"
        if not path.exists():
            if any(self._folder.iterdir()):
                raise StoreError(
                    "the folder holds other files", hint="name an empty one", where=str(self._folder)
                )
            return {}
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            return dict(told["files"]) if told["format"] == FORMAT else {}
        except (ValueError, KeyError, TypeError):
            return {}  # a manifest that does not read vouches for nothing: all is made again

    def block(self, block: Block, work: Pass) -> Done:
        """The block's file; computed when it is not current."""
        name = f"{self._context.header.flows[block.flow]}/{block.chapter or NAMED}"
        digest = _digest(self._shared, *_totals(self._context, block.flow), block.digest)
        return self._made(name, digest, lambda emit: work.block(block, emit))

    def top(self, flow: int, parts: Sequence[Upward], work: Pass) -> Done:
        """The file of a flow's chapters and total."""
        name = self._context.header.flows[flow]
        below = [block.digest for block in self._records.blocks if block.flow == flow]
        digest = _digest(self._shared, *_totals(self._context, flow), *below)
        return self._made(f"{name}/{TOTAL_FILE}", digest, lambda emit: work.top(flow, parts, emit))

    def _made(self, name: str, digest: str, compute: Any) -> Done:
        entry = self._entries.get(name)
        self._wanted.add(name)
        if entry and entry["digest"] == digest and (found := self._known(name, entry)) is not None:
            with self._lock:
                self.files += 1
                self.kept += 1
            return found
        path = self._folder / f"{name}.parquet"
        path.parent.mkdir(exist_ok=True)
        beside = path.with_name(f".{path.name}.{self._own_name()}")
        rows = 0
        try:
            done, rows = self._write(beside, compute)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        self._keep(name, done)
        with self._lock:
            self._note(name, {"digest": digest, "rows": rows, "bytes": path.stat().st_size})
            self.files += 1
            self._save()
        return done

    def _write(self, path: Path, compute: Any) -> tuple[Done, int]:
        import pyarrow.parquet as pq  # noqa: PLC0415

        rows = 0
        with pq.ParquetWriter(path, SCHEMA, compression="zstd", compression_level=1) as file:

            def emit(chunk: Chunk) -> None:
                nonlocal rows
                table = table_of(chunk, self._context)
                rows += len(table)
                file.write_table(table)

            done = compute(emit)
        return done, rows

    def _own_name(self) -> str:
        """Ends the names of files that this process has not finished; no other writer's here ends so."""
        return str(os.getpid())

    def _note(self, name: str, entry: dict[str, Any]) -> None:
        self._entries[name] = entry

    def _save(self) -> None:
        from tidewaiter.store.catalogue import write_json  # noqa: PLC0415

        write_json(self._folder / "manifest.json", {"format": FORMAT, "files": self._entries})

    def finish(self) -> None:
        """Remove the files of blocks that the records no longer have."""
        gone = set(self._entries) - self._wanted
        for name in gone:
            (self._folder / f"{name}.parquet").unlink(missing_ok=True)
            self._part(name).unlink(missing_ok=True)
            del self._entries[name]
        if gone:
            self._save()

    # -- what a block left behind, kept for the next run --------------------------------------------------

    def _part(self, name: str) -> Path:
        return self._folder / "parts" / f"{name.replace('/', '-')}.npz"

    def _keep(self, name: str, done: Done) -> None:
        path = self._part(name)
        path.parent.mkdir(exist_ok=True)
        beside = path.with_name(f".{path.name}.{self._own_name()}.npz")
        up, tally = done.upward, done.tally
        holes = up.holes if up.holes is not None else np.zeros(0, np.uint8)
        kept: dict[str, Any] = {
            "nodes": up.nodes, "slots": up.slots, "sums": up.sums, "breadths": up.breadths, "holes": holes,
            "series": np.array(tally.series), "counts": tally.counts, "totals": tally.totals,
            **done.leads.arrays(),
        }  # fmt: skip
        with beside.open("wb") as file:
            np.savez_compressed(file, **kept)
        beside.replace(path)

    def _known(self, name: str, entry: dict[str, Any]) -> Done | None:
        """What the block left behind, None where a file is gone or does not read."""
        from tidewaiter.engine.compute.run import Done  # noqa: PLC0415 — run imports this module when it writes

        path = self._folder / f"{name}.parquet"
        if not path.exists() or path.stat().st_size != entry["bytes"]:
            return None
        try:
            with np.load(self._part(name)) as told:
                holes = told["holes"] if told["holes"].size else None
                upward = Upward(told["nodes"], told["slots"], told["sums"], told["breadths"], holes)
                tally = Tally(int(told["series"]), told["counts"], told["totals"])
                return Done(tally, upward, Leads.of(self._context, told))
        except (OSError, ValueError, KeyError):
            return None


def _digest(*parts: object) -> str:
    return hashlib.blake2b("\n".join(map(str, parts)).encode(), digest_size=16).hexdigest()


def _digest_of(context: Context) -> str:
    """Of what all files depend on: code lists and hierarchies, periods, formulas."""
    head = context.header
    return _digest(
        FORMAT, digest_of_sources(), head.reporter, head.measure, head.unit, head.scale, head.step,
        head.suppressed, head.commodities, context.places.slots, context.places.area.tolist(),
        context.places.since.tolist(), context.places.until.tolist(), context.groups, context.first,
        context.months, context.window, context.until, context.wanted,
    )  # fmt: skip


def _totals(context: Context, flow: int) -> list[object]:
    """The flow's coverage, and its totals as far as the kept periods look at them."""
    told = context.flows[flow]
    times = range(context.window, context.until + 1)
    looked = sorted({*times, *(time - context.yearly for time in times if time >= context.yearly)})
    return [told.kinds.tolist(), told.total[looked].tolist()]
