"""Loading: releases are written all or nothing.

Everything is read and checked before anything is written; what is written goes to ``staging`` and
counts only when the catalogue that names it takes the place of the old one. A load that is killed at
any moment leaves the store as it was.
"""

from __future__ import annotations

import hashlib
import shutil
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.store.catalogue import read_catalogue, write_catalogue, writing
from tidewaiter.store.prepare import Incoming, Prepared, prepare
from tidewaiter.store.rows import write_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from tidewaiter.model.release import Release

__all__ = ["Incoming", "Loaded", "digest_of", "load"]
_ROW_GROUP = 65_536  # small enough that one series is a few milliseconds from a cold file


@dataclass(frozen=True)
class Loaded:
    """What a load did with one release; ``is_new`` is False where the same content was there already."""

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
        One entry a release.

    Raises:
        FaultsError: one number is given twice with different values.
    """
    prepared = prepare(incoming, published)
    if dry_run:
        known = {digest_of(release) for release in read_catalogue(folder)}
        return [Loaded(p.release, is_new=digest_of(p.release) not in known) for p in prepared]
    folder.mkdir(parents=True, exist_ok=True)
    with writing(folder):
        return _commit(folder, prepared)


def _commit(folder: Path, prepared: list[Prepared]) -> list[Loaded]:
    releases = read_catalogue(folder)
    _sweep(folder, releases)
    done = []
    for item in prepared:
        digest = digest_of(item.release)
        same = next((known for known in releases if digest_of(known) == digest), None)
        if same is not None:
            done.append(Loaded(same, is_new=False))
            continue
        named = replace(item.release, id=_free_id(item.release, {known.id for known in releases}))
        _stage(folder, item)
        releases.append(named)
        done.append(Loaded(named, is_new=True))
    if any(entry.is_new for entry in done):
        write_catalogue(folder, releases)
    return done


def digest_of(release: Release) -> str:
    """What makes two loads the same: dataset, edition and the files' bytes."""
    content = [release.dataset, release.edition, *sorted(file.sha256 for file in release.files)]
    return hashlib.sha256("\n".join(content).encode()).hexdigest()[:24]


def _free_id(release: Release, taken: set[str]) -> str:
    """``dataset@edition``; a later vintage of the same edition adds its day, then a part of its digest."""
    for name in (release.id, f"{release.id}+{release.published}"):
        if name not in taken:
            return name
    return f"{release.id}+{release.published}.{digest_of(release)[:6]}"


def _stage(folder: Path, item: Prepared) -> None:
    staging = folder / "staging" / uuid.uuid4().hex
    staging.mkdir(parents=True)
    if item.table.height or not item.large:
        item.table.write_parquet(staging / "observations.parquet", row_group_size=_ROW_GROUP)
    for n, blocks in enumerate(item.large, 1):
        write_rows(staging / f"rows-{n}.parquet", blocks, item.release.published)
    home = folder / "releases" / digest_of(item.release)
    home.parent.mkdir(exist_ok=True)
    if home.exists():  # left by a load that was killed before its catalogue was written
        shutil.rmtree(home)
    staging.replace(home)
    hashes = {file.name: file.sha256 for file in item.release.files}
    for file in item.files:
        _archive(folder, file.data, hashes[file.name])


def _archive(folder: Path, data: bytes, name: str) -> None:
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
