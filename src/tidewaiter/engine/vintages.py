"""The same question asked of the store as it stood on different days."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tidewaiter.engine.book import Book

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from tidewaiter.engine.edition import Edition
    from tidewaiter.store import Store


# a batch of documents asks one store for the same figures again and again
_kept: WeakKeyDictionary[Store, dict[date | None, Book]] = WeakKeyDictionary()
_alone: WeakKeyDictionary[Store, dict[tuple[str, date | None], Book]] = WeakKeyDictionary()


class Vintages:
    """The books a claim is held against: as known on its day, as known now, and each release alone.

    Attributes:
        published: the day the claim was made; None when unknown.
        latest: the book as of now (or of the day the user asks for).
        own: editions made from the document itself (its tables); always known.
    """

    def __init__(
        self,
        store: Store | None,
        published: date | None = None,
        as_of: date | None = None,
        own: Iterable[Edition] = (),
    ) -> None:
        self.store = store
        self.published = published
        self.own = list(own)
        self.as_of = as_of
        self._books: dict[date, Book] = {}
        self.latest = self._book(as_of)

    def as_known(self, day: date) -> Book:
        """The book as known on another day, where a store tells."""
        if day not in self._books:
            self._books[day] = self._book(day)
        return self._books[day]

    def _book(self, day: date | None) -> Book:
        if self.store is None:
            return Book(self.own, day)
        kept = _kept.setdefault(self.store, {})
        if day not in kept:
            kept[day] = Book.of(self.store, day)
        # a document with tables of its own needs a book of its own
        return Book([*self.own, *kept[day].editions], day) if self.own else kept[day]

    @cached_property
    def then(self) -> Book:
        """The book as known on the claim's day; the latest one when that day is unknown."""
        return self.latest if self.published is None else self._book(self.published)

    @cached_property
    def others(self) -> list[Book]:
        """Each release alone, newest first: where an older or newer vintage may bear the claim out."""
        kept = _alone.setdefault(self.store, {}) if self.store is not None else {}
        found = []
        for edition in self.latest.editions:
            name = (edition.release.id, self.as_of)
            if edition in self.own or name not in kept:
                kept[name] = Book([edition], self.as_of)
            found.append(kept[name])
        return found

    def __iter__(self) -> Iterator[Book]:
        yield self.then
        if self.latest is not self.then:
            yield self.latest
