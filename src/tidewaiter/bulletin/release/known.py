"""Which releases a month is told from: its own for every number, longer series for places in history.

The ministry's release prints thirteen months. Whether a month is the highest of all times, its tables do
not tell; a database with all months since 2001 does, though it may be of a later vintage. Such a series
serves as history only, and the bulletin says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tidewaiter.bulletin.release.desk import DATASET, EXPORTS
from tidewaiter.engine import Book
from tidewaiter.errors import NoFigureError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tidewaiter.engine.edition import Edition
    from tidewaiter.model.period import Period
    from tidewaiter.store import Store

# the second language finds every figure of the first
_split: WeakKeyDictionary[Book, dict[Period, tuple[Book, Book]]] = WeakKeyDictionary()


def release_book(store: Store, period: Period) -> Book:
    """The book a release of ``period`` is written from: its release first, then what carries history.

    Raises:
        NoFigureError: no release has exports of that month.
    """
    releases = [release for release in store.releases() if release.authority == 0]
    chosen = ordered(Book.of(store, releases=releases).editions, period)
    return Book(chosen, chosen[0].release.published)


def ordered(editions: Iterable[Edition], period: Period) -> list[Edition]:
    """The edition that tells the month, then those that only carry history.

    The month's own release comes first; failing that, the first later one that still prints the month,
    then any other series. History is taken from what was known on the day before what came later.

    Raises:
        NoFigureError: none has exports of that month.
    """
    # what others restate (first prints in the press) is neither told nor history
    known = [each for each in editions if each.release.authority == 0 and each.levels.get(EXPORTS)]
    telling = [edition for edition in known if edition.level(EXPORTS, period)]
    if not telling:
        raise NoFigureError(
            f"no release has exports of {period}",
            hint="`tidewaiter list` names the releases and their periods",
        )
    first = min(telling, key=lambda edition: _nearness(edition, period))
    day = first.release.published
    rest = [edition for edition in known if edition is not first]
    return [first, *sorted(rest, key=lambda edition: _lateness(edition.release.published, day))]


def _nearness(edition: Edition, period: Period) -> tuple[bool, bool, date]:
    release = edition.release
    return release.dataset != DATASET, release.edition != str(period), release.published


def _lateness(published: date, day: date) -> tuple[bool, int]:
    return published > day, abs((published - day).days)


def own_and_history(book: Book, period: Period) -> tuple[Book, Book]:
    """The month's own release as known on its day, and the same with history as known when that was."""
    known = _split.setdefault(book, {})
    if period not in known:
        editions = ordered(book.editions, period)
        own = Book(editions[:1], editions[0].release.published)
        day = max(edition.release.published for edition in editions)
        known[period] = own, Book(editions, day) if len(editions) > 1 else own
    return known[period]
