"""A history on disk: vintages appended, each read as it was known on a day."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zlib
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tidewaiter.errors import StoreError
from tidewaiter.store.catalogue import write_json, writing
from tidewaiter.store.history.changes import added, translated, whole, write_changes
from tidewaiter.store.history.codes import Codes
from tidewaiter.store.history.snapshot import Snapshot
from tidewaiter.store.records import Header, Records
from tidewaiter.store.records.header import in_order

if TYPE_CHECKING:
    from tidewaiter.store.history.changes import Changes

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Vintage:
    """One vintage of a history.

    Attributes:
        known_at: the day it became known.
        digest: of its content.
        records: how many it has.
        changed: how many differ from the vintage before it; all of them for the first.
        came: flows, commodities and partners that no earlier vintage had; none for the first, whose file
            tells its own.
    """

    known_at: date
    digest: str
    records: int
    changed: int
    came: tuple[tuple[str, ...], ...] = ((), (), ())


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append did; ``is_new`` is False where the vintage was there already."""

    vintage: Vintage
    is_new: bool


class History:
    """Vintages of records in a folder. Cheap to make; an empty folder has none.

    A value sees the vintages that counted when it was asked; readers never wait for a writer.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)

    def vintages(self) -> list[Vintage]:
        """The vintages, oldest first.

        Raises:
            StoreError: the list of vintages does not read.
        """
        path = self.folder / "vintages.json"
        if not path.exists():
            return []
        try:
            told = json.loads(path.read_text("utf-8"))
            if told["format"] != FORMAT:
                raise StoreError(
                    f"the history has format {told['format']}, this version reads {FORMAT}", where=str(path)
                )
            return [
                Vintage(
                    **{
                        **one,
                        "known_at": date.fromisoformat(one["known_at"]),
                        "came": tuple(tuple(codes) for codes in one["came"]),
                    }
                )
                for one in told["vintages"]
            ]
        except (KeyError, TypeError, ValueError) as error:
            raise StoreError("the list of vintages does not read", where=str(path)) from error

    def as_of(self, day: date | None = None) -> Snapshot:
        """The vintage known on a day; the newest without one.

        Raises:
            StoreError: none was known yet.
        """
        known = self.vintages()
        count = sum(vintage.known_at <= day for vintage in known) if day else len(known)
        if not count:
            raise StoreError(
                f"the history has no vintage known by {day}" if known else "the history has no vintage yet",
                hint=f"the first is of {known[0].known_at}" if known else "append one",
                where=str(self.folder),
            )
        return self._snapshot(known[:count])

    def append(self, records: Records, known_at: date) -> Appended:
        """Add a vintage: only what changed is written; all of it or nothing.

        The same content again, on the same day or as the newest vintage, changes nothing.

        Args:
            records: the whole vintage.
            known_at: the day it became known, after that of the newest vintage.

        Raises:
            StoreError: it is older than the newest vintage, another content of the same day, or of another
                reporter, measure, unit, scale or step.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with writing(self.folder):
            known = self.vintages()
            digest = digest_of(records.header)
            for vintage in known:
                if vintage.digest == digest and (vintage is known[-1] or vintage.known_at == known_at):
                    return Appended(vintage, is_new=False)
            if known and known_at <= known[-1].known_at:
                raise StoreError(
                    f"a vintage of {known_at} does not come after the newest, of {known[-1].known_at}",
                    hint="append vintages in the order in which they became known",
                    where=str(self.folder),
                )
            vintage = self._write(known, records, Vintage(known_at, digest, records.header.rows, 0))
            told = [{**asdict(one), "known_at": str(one.known_at)} for one in (*known, vintage)]
            write_json(self.folder / "vintages.json", {"format": FORMAT, "vintages": told})
            return Appended(vintage, is_new=True)

    def _write(self, known: list[Vintage], records: Records, vintage: Vintage) -> Vintage:
        """Put the files of a vintage in their places; they count when the list names them."""
        number = len(known)
        path = self.folder / f"{number:04d}.parquet"
        if number:
            before = self._snapshot(known)
            _alike(before.header, records.header, str(records.path))
            lists = [*before.lists, _lists(records.header)]
            had = [{code for of in before.lists for code in of[kind]} for kind in range(3)]
            came = tuple(
                tuple(code for code in codes if code not in have)
                for codes, have in zip(_lists(records.header), had, strict=True)
            )
            changes = _changes(before, records, lists)
            write_changes(path, changes)
            vintage = replace(vintage, changed=len(changes), came=came)
        else:
            beside = path.with_name(f".{path.name}.{os.getpid()}")
            shutil.copyfile(records.path, beside)
            beside.replace(path)
            vintage = replace(vintage, changed=records.header.rows)
        beside = self.folder / f".{number:04d}.header.{os.getpid()}"
        beside.write_bytes(zlib.compress(records.header.to_json(), 9))
        beside.replace(self.folder / f"{number:04d}.header")
        return vintage

    def _header(self, number: int) -> Header:
        path = self.folder / f"{number:04d}.header"
        try:
            return Header.from_json(zlib.decompress(path.read_bytes()), str(path))
        except (OSError, zlib.error) as error:
            raise StoreError(f"a vintage's header does not read: {error}", where=str(path)) from error

    def _snapshot(self, known: list[Vintage]) -> Snapshot:
        files = [self.folder / f"{number:04d}.parquet" for number in range(len(known))]
        first = Records(files[0])
        header = self._header(len(known) - 1)
        return Snapshot(first, header, [_lists(first.header), *(v.came for v in known[1:])], files[1:])


def _lists(header: Header) -> tuple[tuple[str, ...], ...]:
    return header.flows, header.commodities, header.partners


def digest_of(header: Header) -> str:
    """Of a vintage's content: its blocks and the months it covers."""
    told = [(header.flows[block.flow], block.chapter, block.digest) for block in header.blocks]
    covered = sorted(header.covered.items())
    return hashlib.blake2b(repr((told, covered)).encode(), digest_size=16).hexdigest()


def _alike(one: Header, other: Header, where: str) -> None:
    for name in ("reporter", "measure", "unit", "scale", "step"):
        before, now = getattr(one, name), getattr(other, name)
        if before != now:
            raise StoreError(
                f"the vintage's {name} is {now!r}, the history's is {before!r}",
                hint=f"write the records with {name}={before!r}",
                where=where,
            )


def _changes(before: Snapshot, records: Records, lists: list[tuple[tuple[str, ...], ...]]) -> Changes:
    """New less old, block by block; blocks with equal digests are not read."""
    goods = Codes.of([codes for _, codes, _ in lists], in_order)
    partners = Codes.of([codes for *_, codes in lists], sorted)
    flows = tuple(dict.fromkeys(flow for codes, *_ in lists for flow in codes))
    sides = [
        {(source.header.flows[b.flow], b.chapter): b for b in source.header.blocks}
        for source in (before, records)
    ]
    parts = []
    for place in sorted(sides[0].keys() | sides[1].keys()):
        old, new = (side.get(place) for side in sides)
        if old and new and old.digest == new.digest:
            continue
        flow, found = flows.index(place[0]), []
        for source, block, sign in ((before, old, -1), (records, new, 1)):
            if block is None:
                continue
            head = source.header
            mine = whole(
                flow,
                source.columns(block),
                goods.of_these(head.commodities),
                partners.of_these(head.partners),
            )
            found.append(mine if sign > 0 else -mine)
        parts.append(added(found).without_nothing())
    return translated(added(parts), goods.arrival, partners.arrival)
