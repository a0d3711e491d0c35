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
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

    import polars as pl

    from tidewaiter.model.release import Release
    from tidewaiter.store import Store

_kept: WeakKeyDictionary[Store, dict[tuple[str, date | None], Edition]] = WeakKeyDictionary()
LARGE = 200_000  # numbers; below, each can be held as a value
_SIMPLE = 10_000  # numbers of one file without derived ones; below, indexing the whole is not noticed


def is_large(release: Release) -> bool:
    """It has too many numbers to hold each as a value."""
    return release.observations + release.derived_cells > LARGE


def _by_series(release: Release) -> bool:
    """It is read by series: it is large, or one plain table of which a question needs a few rows."""
    plain = len(release.files) == 1 and not release.derived_cells
    return is_large(release) or (plain and release.observations > _SIMPLE)


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
        if _by_series(release):
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
        self._fetched: set[Key] = set()
        self._prepared: list[Key] = []
        super().__init__(
            release,
            levels=_OnDemand(self._fetch, lambda: self._keys),
            printed=_OnDemand(self._fetch, lambda: self._keys),
            days=store.days(release, as_of),
        )
        self._used = store.labels(release)

    @cached_property
    def _keys(self) -> set[Key]:
        return self._store.keys(self.release)

    def _may_hold(self, key: Key) -> bool:
        """Each part of a key, or of a pattern, is one the file has."""
        parts = zip(key.parts(), self.labels(), strict=True)
        return all(part in labels or part == "*" for part, labels in parts)

    def series(self, pattern: Key | None = None) -> set[Key]:
        """Every series, or those that a pattern fits; the file is asked, not each key."""
        if pattern is None:
            return self._keys
        return self._store.keys(self.release, pattern) if self._may_hold(pattern) else set()

    def key_table(self, asked: Mapping[str, Collection[str]]) -> pl.DataFrame:
        """The distinct keys, where some parts are among some codes; the file is asked."""
        return self._store.key_table(self.release, asked)

    def count(self, pattern: Key) -> int:
        """How many numbers a pattern may fit."""
        return self._store.count(self.release, pattern) if self._may_hold(pattern) else 0

    def prepare(self, pattern: Key) -> None:
        """Read all series of a pattern at once: one look at the file, not one a series."""
        if self._may_hold(pattern) and pattern not in self._prepared:
            self._take(pattern)
            self._prepared.append(pattern)

    def beside(self, key: Key, dimension: str) -> list[Key]:
        """The series that differ in one dimension only; such a file is one table."""
        pattern = key.but(**{dimension: "*"})
        self.prepare(pattern)  # whoever asks what stands beside a series asks for its numbers next
        return sorted(self.series(pattern) - {key})

    def _fetch(self, key: Key) -> None:
        if key in self._fetched or not self._may_hold(key):
            return
        if not any(pattern.matches(key) for pattern in self._prepared):
            self._take(key)
        self._fetched.add(key)

    def _take(self, pattern: Key) -> None:
        """Read the series of a pattern and keep them."""
        part = Edition.of(self.release, self._store.observations(self.release, self._as_of, pattern))
        dict.update(self.levels, part.levels)
        dict.update(self.printed, part.printed)
