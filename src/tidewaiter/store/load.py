"""Loading: readings become releases, all or nothing.

Everything is read and checked before anything is written; what is written goes to ``staging`` and
counts only when the catalogue that names it takes the place of the old one. A load that is killed at
any moment leaves the store as it was.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import uuid
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.errors import Fault, FaultsError
from tidewaiter.model.period import Period
from tidewaiter.model.release import Reading, Release, SourceFile
from tidewaiter.store.calendar import published_day
from tidewaiter.store.catalogue import read_catalogue, write_catalogue, writing
from tidewaiter.store.frame import to_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from tidewaiter.model.observation import Observation

_NUMBERS = re.compile(r"(\D+)(\d*)")


@dataclass(frozen=True)
class Incoming:
    """A file that was read: its name and bytes, what it says, and the day its origin note gives."""

    name: str
    data: bytes
    readings: list[Reading]
    published: date | None = None


@dataclass(frozen=True)
class Loaded:
    """What a load did with one release."""

    release: Release
    is_new: bool


def load(
    folder: Path, incoming: Iterable[Incoming], published: date | None, *, dry_run: bool
) -> list[Loaded]:
    """Put the readings into the store as releases.

    Args:
        folder: the store's folder; made when missing.
        incoming: files read.
        published: publication day told by the user; wins over what files tell.
        dry_run: only say what would be done.

    Returns:
        One entry a release; ``is_new`` is False where the same content was there already.

    Raises:
        FaultsError: one number is given twice with different values.
    """
    groups: dict[tuple[str, str], list[tuple[Incoming, Reading]]] = defaultdict(list)
    for file in incoming:
        for reading in file.readings:
            groups[reading.dataset, reading.edition].append((file, reading))
    prepared = [_prepare(parts, published) for parts in groups.values()]
    _refuse_conflicts(prepared)
    if dry_run:
        return [Loaded(release, is_new=True) for release, _, _ in prepared]
    folder.mkdir(parents=True, exist_ok=True)
    with writing(folder):
        return _commit(folder, prepared)


_Prepared = tuple[Release, "list[Observation]", list[Incoming]]


def _prepare(parts: list[tuple[Incoming, Reading]], published: date | None) -> _Prepared:
    parts = sorted(parts, key=lambda part: _natural(part[0].name))  # Table 2 before Table 10
    first = parts[0][1]
    observations = [o for _, reading in parts for o in reading.observations]
    told = [published, *(file.published for file, _ in parts), *(reading.published for _, reading in parts)]
    day = published_day(told, observations)
    incoming = list({file.name: file for file, _ in parts}.values())
    files = tuple(
        SourceFile(file.name, hashlib.sha256(file.data).hexdigest(), len(file.data)) for file in incoming
    )
    release = Release(
        id=f"{first.dataset}@{first.edition}",
        dataset=first.dataset,
        edition=first.edition,
        title=first.title,
        publisher=first.publisher,
        published=day.day,
        published_inferred=day.inferred,
        authority=first.authority,
        files=files,
        numeric_cells=sum(reading.numeric_cells for _, reading in parts),
        observations=sum(not o.is_derived for o in observations),
        derived_cells=sum(o.is_derived for o in observations),
        layout_cells=sum(reading.layout_cells for _, reading in parts),
        first_period=_edge((o.period.first for o in observations), min),
        last_period=_edge((o.period.last for o in observations), max),
        preliminary=sum(o.preliminary for o in observations),
        notes=tuple(dict.fromkeys(note for _, reading in parts for note in reading.notes)),
        findings=tuple(dict.fromkeys(f for _, reading in parts for f in reading.findings)),
    )
    return release, observations, incoming


def _natural(name: str) -> list[tuple[str, int]]:
    return [(text, int(number or 0)) for text, number in _NUMBERS.findall(name)]


def _edge(months: Iterable[int], pick: Callable[[list[int]], int]) -> str:
    known = [month for month in months if month > 0]  # an open start is no month
    if not known:
        return ""
    at = pick(known)
    return str(Period(at, at))


def _refuse_conflicts(prepared: list[_Prepared]) -> None:
    """One number may stand in several tables of a release, but one table gives it one value.

    Real releases print a number a little differently from table to table (rounded in one, summed from
    adjusted months in another): that is for the audit to tell, not a reason to refuse the file.
    """
    faults = []
    for release, observations, _ in prepared:
        seen: dict[tuple[object, ...], Observation] = {}
        for o in observations:
            home = (release.id, o.place.file, o.place.sheet)
            name = (*home, o.key, o.period, o.statistic, o.of, o.unit.kind, o.known_at)
            other = seen.setdefault(name, o)
            factor = o.unit.factor_to(other.unit)
            mine, theirs = o.interval * factor, other.interval
            if other is not o and not mine.meets(theirs):
                faults.append(
                    Fault(
                        str(o.place),
                        f"{o.key} {o.statistic} {o.period} is {o.value:g} {o.unit} here and "
                        f"{other.value:g} {other.unit} at {other.place}",
                        "one table cannot give one number two values",
                    )
                )
    if faults:
        raise FaultsError(faults)


def _commit(folder: Path, prepared: list[_Prepared]) -> list[Loaded]:
    releases = read_catalogue(folder)
    _sweep(folder, releases)
    done = []
    for release, observations, incoming in prepared:
        digest = digest_of(release)
        same = next((known for known in releases if digest_of(known) == digest), None)
        if same is not None:
            done.append(Loaded(same, is_new=False))
            continue
        named = replace(release, id=_free_id(release, {known.id for known in releases}))
        _stage(folder, named, observations, incoming)
        releases.append(named)
        done.append(Loaded(named, is_new=True))
    if any(entry.is_new for entry in done):
        write_catalogue(folder, releases)
    return done


def digest_of(release: Release) -> str:
    """What makes two loads the same: dataset, edition, publication day and the files' bytes."""
    content = [release.dataset, release.edition, release.published.isoformat()]
    content += sorted(file.sha256 for file in release.files)
    return hashlib.sha256("\n".join(content).encode()).hexdigest()[:24]


def _free_id(release: Release, taken: set[str]) -> str:
    """``dataset@edition``; a later vintage of the same edition adds its day, then a part of its digest."""
    for name in (release.id, f"{release.id}+{release.published}"):
        if name not in taken:
            return name
    return f"{release.id}+{release.published}.{digest_of(release)[:6]}"


def _stage(folder: Path, release: Release, observations: list[Observation], incoming: list[Incoming]) -> None:
    staging = folder / "staging" / uuid.uuid4().hex
    staging.mkdir(parents=True)
    to_frame(observations, release.published).write_parquet(staging / "observations.parquet")
    home = folder / "releases" / digest_of(release)
    home.parent.mkdir(exist_ok=True)
    if home.exists():  # left by a load that was killed before its catalogue was written
        shutil.rmtree(home)
    staging.replace(home)
    for file in incoming:
        _archive(folder, file.data)


def _archive(folder: Path, data: bytes) -> None:
    name = hashlib.sha256(data).hexdigest()
    home = folder / "raw" / name[:2] / name
    if home.exists():
        return
    home.parent.mkdir(parents=True, exist_ok=True)
    beside = home.with_suffix(".part")
    beside.write_bytes(data)
    beside.replace(home)


def _sweep(folder: Path, releases: list[Release]) -> None:
    """Remove what a killed load left. Only the holder of the write lock does this."""
    shutil.rmtree(folder / "staging", ignore_errors=True)
    counted = {digest_of(release) for release in releases}
    homes = folder / "releases"
    for home in homes.iterdir() if homes.exists() else ():
        if home.name not in counted:
            shutil.rmtree(home, ignore_errors=True)
