"""Large releases: a nation's customs records have millions of rows, and a question needs a few.

A release above a size is not indexed whole; each series is fetched from the sorted file when it is
asked for. To everything else such an edition looks like any other.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from tidewaiter.engine.edition import Edition
from tidewaiter.model.key import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from tidewaiter.model.release import Release
    from tidewaiter.store import Store

_kept: WeakKeyDictionary[Store, dict[tuple[str, date | None], Edition]] = WeakKeyDictionary()
LARGE = 200_000  # rows; below, indexing the whole is quicker than it is noticed


def is_large(release: Release) -> bool:
    """It has too many numbers to hold each as a value."""
    return release.observations + release.derived_cells > LARGE


def open_edition(store: Store, release: Release, as_of: date | None = None) -> Edition:
    """A release as an edition, indexed whole or by series on demand.

    Editions are kept as long as the store value is: a batch of documents asks for the same ones. What
    became known on one day is the same edition on every later day.
    """
    kept = _kept.setdefault(store, {})
    whole = (release.id, None)
    if whole in kept and not kept[whole].mixed:
        return kept[whole]
    name = (release.id, as_of)
    if name not in kept:
        if is_large(release):
            kept[name] = LargeEdition(release, store, as_of)
        else:
            kept[name] = Edition.of(release, store.observations(release, as_of))
    return kept[name]


class _OnDemand(dict[Key, Any]):
    """A mapping that fetches a series the first time it is asked for, and knows all keys without."""

    def __init__(self, fetch: Callable[[Key], None], keys: Callable[[], set[Key]]) -> None:
        super().__init__()
        self._fetch = fetch
        self._all = keys

    def get(self, key: Key, default: Any = None) -> Any:
        self._fetch(key)
        return super().get(key, default)

    def __missing__(self, key: Key) -> Any:
        raise KeyError(key)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._all())


class LargeEdition(Edition):
    """An edition whose series are read when they are asked for."""

    def __init__(self, release: Release, store: Store, as_of: date | None) -> None:
        self._store, self._as_of = store, as_of
        self._fetched: dict[Key, Edition] = {}
        super().__init__(
            release,
            levels=_OnDemand(self._fetch, lambda: self._keys),
            printed=_OnDemand(self._fetch, lambda: self._keys),
            days=set(),
        )

    @cached_property
    def _keys(self) -> set[Key]:
        return self._store.keys(self.release)

    def series(self, pattern: Key | None = None) -> set[Key]:
        """Every series, or those that a pattern fits; the file is asked, not each key."""
        return self._keys if pattern is None else self._store.keys(self.release, pattern)

    def beside(self, key: Key, dimension: str) -> list[Key]:
        """The series that differ in one dimension only; such a file is one table."""
        return sorted(self.series(key.but(**{dimension: "*"})) - {key})

    def _fetch(self, key: Key) -> None:
        if key in self._fetched:
            return
        part = Edition.of(self.release, self._store.observations(self.release, self._as_of, key))
        self._fetched[key] = part
        self.days |= part.days
        if part.levels:
            dict.__setitem__(self.levels, key, part.levels[key])
        if part.printed:
            dict.__setitem__(self.printed, key, part.printed[key])
