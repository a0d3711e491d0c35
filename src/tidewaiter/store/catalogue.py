"""The catalogue: which releases count. One small JSON file, replaced in one step."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import StoreError
from tidewaiter.model.release import Publisher, Release, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMAT = 1


def write_json(path: Path, value: Any) -> None:
    """Write beside, flush to disk, then take the place of the old file in one step."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1, default=str)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def read_catalogue(folder: Path) -> list[Release]:
    """The releases of a store, in the order they were loaded. An empty folder has none.

    Raises:
        StoreError: the catalogue is there but does not read.
    """
    path = folder / "catalogue.json"
    if not path.exists():
        return []
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise StoreError(
                f"the store has format {content['format']}, this version reads {FORMAT}",
                hint="use the version that wrote it, or load the files into a new store",
                where=str(folder),
            )
        return [_release(entry) for entry in content["releases"]]
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(
            "the catalogue does not read", hint="load the files again into a new folder", where=str(path)
        ) from error


def write_catalogue(folder: Path, releases: list[Release]) -> None:
    """Make these the releases that count."""
    write_json(
        folder / "catalogue.json", {"format": FORMAT, "releases": [asdict(release) for release in releases]}
    )


def _release(entry: dict[str, Any]) -> Release:
    entry = dict(entry)
    entry["published"] = date.fromisoformat(entry["published"])
    entry["publisher"] = Publisher(**entry["publisher"])
    entry["files"] = tuple(SourceFile(**file) for file in entry["files"])
    for name in ("notes", "findings"):
        entry[name] = tuple(entry[name])
    return Release(**entry)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the store's write lock. Another writer waits; readers do not."""
    import fcntl  # noqa: PLC0415 — not on every platform, and only writers need it

    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)
