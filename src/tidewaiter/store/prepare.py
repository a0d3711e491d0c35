"""From readings to a release: what the publication is, its numbers in one table, and no contradictions."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from tidewaiter.errors import Fault, FaultsError
from tidewaiter.model.observation import LEVEL
from tidewaiter.model.period import Period
from tidewaiter.model.release import Reading, Release, SourceFile, printing_of
from tidewaiter.sources.blocks import Blocks
from tidewaiter.sources.table import IDENTITY, SCHEMA
from tidewaiter.store.calendar import published_day
from tidewaiter.store.frame import from_frame, in_order, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_MANY = 200_000  # numbers of one file past which they are kept in codes
_NUMBERS = re.compile(r"(\D+)(\d*)")


@dataclass(frozen=True)
class Incoming:
    """A file that was read: its name and bytes, what it says, and what its origin note adds.

    Attributes:
        name: file name.
        data: its bytes.
        readings: what a source read from it.
        published: publication day the origin note gives.
        edition: which publication it is, where the note gives it and the file does not tell.
        title: the publication's title, likewise.
    """

    name: str
    data: bytes
    readings: list[Reading]
    published: date | None = None
    edition: str = ""
    title: str = ""


@dataclass(frozen=True)
class Prepared:
    """A release ready to be written.

    Attributes:
        release: its description.
        table: its numbers, but those of large files.
        files: its files.
        large: the numbers of large files, one a file; each gives one number one value.
    """

    release: Release
    table: pl.DataFrame
    files: list[Incoming]
    large: tuple[Blocks, ...] = ()


def prepare(incoming: Iterable[Incoming], published: date | None) -> list[Prepared]:
    """Readings of one dataset and edition become one release.

    Raises:
        FaultsError: one table gives one number two values.
    """
    groups: dict[tuple[str, str], list[tuple[Incoming, Reading]]] = defaultdict(list)
    for file in incoming:
        for reading in file.readings:
            groups[reading.dataset, file.edition or reading.edition].append((file, reading))
    found = [_one(parts, published) for parts in groups.values()]
    faults = [fault for prepared in found for fault in _conflicts(prepared.table)]
    if faults:
        raise FaultsError(faults)
    return found


def _one(parts: list[tuple[Incoming, Reading]], published: date | None) -> Prepared:
    parts = sorted(parts, key=lambda part: _natural(part[0].name))  # Table 2 before Table 10
    file, first = parts[0]
    edition, title = file.edition or first.edition, (file.edition and file.title) or first.title
    large = [reading.table for _, reading in parts if _is_large(reading)]
    frames = [table_of(reading) for _, reading in parts if not _is_large(reading)]
    table = pl.concat(frames) if frames else pl.DataFrame(schema=SCHEMA)
    spans = _spans(table, large)
    told = [published, *(file.published for file, _ in parts), *(reading.published for _, reading in parts)]
    day = published_day(told, pl.DataFrame({"last": [spans[1]]}), printing_of(edition)[1])
    derived = int((table["statistic"] != LEVEL).sum())
    files = list({file.name: file for file, _ in parts}.values())
    release = Release(
        id=f"{first.dataset}@{edition}",
        dataset=first.dataset,
        edition=edition,
        title=title,
        publisher=first.publisher,
        published=day.day,
        published_inferred=day.inferred,
        authority=first.authority,
        files=tuple(SourceFile(f.name, hashlib.sha256(f.data).hexdigest(), len(f.data)) for f in files),
        numeric_cells=sum(reading.numeric_cells for _, reading in parts),
        observations=table.height + sum(blocks.height for blocks in large) - derived,
        derived_cells=derived,
        layout_cells=sum(reading.layout_cells for _, reading in parts),
        first_period=_month(spans[0]),
        last_period=_month(spans[1]),
        preliminary=int(table["preliminary"].sum()) + sum(blocks.marked() for blocks in large),
        notes=tuple(dict.fromkeys(note for _, reading in parts for note in reading.notes)),
        findings=tuple(dict.fromkeys(f for _, reading in parts for f in reading.findings)),
    )
    return Prepared(release, in_order(table, release.published), files, tuple(large))


def _is_large(reading: Reading) -> bool:
    return isinstance(reading.table, Blocks) and reading.table.height > _MANY and reading.table.is_single


def _spans(table: pl.DataFrame, large: list[Blocks]) -> tuple[int | None, int | None]:
    """The first month and the last."""
    spans = [(blocks.first_month(), blocks.last_span()[1]) for blocks in large]
    if table.height:
        least, most = table.filter(pl.col("first") > 0)["first"].min(), table["last"].max()
        spans.append((least if isinstance(least, int) else 0, most if isinstance(most, int) else 0))
    begun = [first for first, _ in spans if first > 0]
    return (min(begun) if begun else None), (max(last for _, last in spans) if spans else None)


def _natural(name: str) -> list[tuple[str, int]]:
    return [(text, int(number or 0)) for text, number in _NUMBERS.findall(name)]


def _month(at: object) -> str:
    return str(Period(at, at)) if isinstance(at, int) else ""


def _conflicts(table: pl.DataFrame) -> list[Fault]:
    """One number may stand in several tables of a release, but one table gives it one value.

    Real releases print a number a little differently from table to table (rounded in one, summed from
    adjusted months in another): that is for the audit to tell, not a reason to refuse the file.
    """
    home = [*IDENTITY, "known_at", "file", "sheet"]
    twice = table.filter(pl.struct(home).is_duplicated())
    faults = []
    seen: dict[tuple[object, ...], object] = {}
    for o in from_frame(twice):
        name = (o.key, o.period, o.statistic, o.of, o.known_at, o.place.file, o.place.sheet, o.unit.kind)
        other = seen.setdefault(name, o)
        if other is o or (o.interval * o.unit.factor_to(other.unit)).meets(other.interval):  # type: ignore[attr-defined]
            continue
        faults.append(
            Fault(
                str(o.place),
                f"{o.key} {o.statistic} {o.period} is {o.value:g} {o.unit} here and "
                f"{other.value:g} {other.unit} at {other.place}",  # type: ignore[attr-defined]
                "one table cannot give one number two values",
            )
        )
    return faults
