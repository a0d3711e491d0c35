"""Observations on their way out of a store, by the names a user has for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tidewaiter.store.interchange import Extract, extract, write, written
from tidewaiter.store.interchange.structure import write_structure

if TYPE_CHECKING:
    from datetime import date

    from tidewaiter.api.store import Store

__all__ = ["Extract", "extract_of", "write_extract", "write_structure"]
_KEY_PARTS = range(1, 5)  # dots in a key


def extract_of(store: Store, what: str, as_of: date | None = None) -> Extract:
    """The observations a name speaks of.

    Args:
        store: where they are.
        what: a key, with ``*`` for each; or a release or dataset, as ``tidewaiter list`` names it.
        as_of: only what was known on this day.

    Raises:
        NoFigureError: nothing of that name is in the store.
        UnknownNameError: a part of the key is no code or name.
    """
    from tidewaiter.api.history import pick_releases
    from tidewaiter.api.names import resolve
    from tidewaiter.store import Store as Shelf

    shelf = Shelf(store.folder)
    releases = shelf.releases(as_of)
    named = any(what in (release.id, release.dataset) for release in releases) or "@" in what
    if named or what.count(".") not in _KEY_PARTS:
        return extract(shelf, pick_releases(releases, what), None, as_of)
    each = [shelf.labels(release) for release in releases]
    known = [frozenset().union(*parts) for parts in zip(*each, strict=True)]
    return extract(shelf, releases, resolve(what, known), as_of)


def write_extract(found: Extract, to: Path | BinaryIO, form: str = "") -> None:
    """Write an extract to a file (by its suffix, or as ``form`` says), or to an open one.

    Raises:
        UsageError: the format is none we write.
        StoreError: the file cannot be written.
    """
    if isinstance(to, Path):
        write(found, to, form)
    else:
        written(found, form or "sdmx-csv", to)
