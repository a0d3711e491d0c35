"""The book a month is told from: its own release as known then, the past from whatever holds it.

The release of a month gives the month and its base; the long file that tells whether it was a record is
often younger. So figures of the month are those that were known when it was news, and history is the
best there is.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tidewaiter.engine.book import Book
from tidewaiter.engine.large import LargeEdition, open_edition
from tidewaiter.errors import NoFigureError
from tidewaiter.model.period import MONTHS
from tidewaiter.statistics import statistic

if TYPE_CHECKING:
    from datetime import date

    from tidewaiter.model.figure import Figure, FigureId
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period
    from tidewaiter.model.release import Release
    from tidewaiter.store import Store

_PRESS_TELLS_OVER = timedelta(days=3)  # what a release says is in the papers of the next days


class MonthBook(Book):
    """A book in which the months' own figures come from ``then``."""

    def __init__(self, latest: Book, then: Book, period: Period) -> None:
        super().__init__(latest.editions, then.as_of)
        self.then = then
        self._last = period.last
        self._grown: dict[Key, set[Period]] = {}

    def _figure(self, wanted: FigureId) -> Figure:
        if wanted.period.last == self._last and statistic(wanted.statistic).look is None:
            try:
                return self.then.figure(wanted.key, wanted.statistic, wanted.period, wanted.of)
            except NoFigureError:
                pass
        return super()._figure(wanted)

    def history(self, key: Key, name: str, until: Period, of: str = "") -> list[Figure]:
        """As of any book; growth only of months whose base is known: no route is tried in vain."""
        if name != "yoy" or until.months not in (1, MONTHS):
            return super().history(key, name, until, of)
        if key not in self._grown:
            self._grown[key] = self._growing(key)
        asked = (p for p in self._like(key, until) if p in self._grown[key] or p == until)
        found = (self.find(key, name, period, of) for period in asked)
        return [figure for figure in found if figure is not None]

    def _growing(self, key: Key) -> set[Period]:
        """The periods that growth can be had of: printed, or with a level a year before."""
        printed = {p for edition in self.editions for p in edition.derived_periods(key)}
        levels = self._candidates(key)
        return printed | {period for period in levels if period.year_ago() in levels}

    def siblings(self, key: Key, dimension: str, period: Period) -> list[Key]:
        """The series listed beside it by the month's own release, where that lists any."""
        own = self.then.siblings(key, dimension, period) if period.last == self._last else []
        return own or super().siblings(key, dimension, period)


def book_of(store: Store, period: Period, headline: Key) -> Book:
    """The book for a month: as known when it was news, where some release tells when that was."""
    latest = Book.of(store)
    day = _news_day(store, latest, period, headline)
    if day is None:
        return latest
    return MonthBook(latest, Book([open_edition(store, r, day) for r in store.releases(day)], day), period)


def _news_day(store: Store, latest: Book, period: Period, headline: Key) -> date | None:
    """The day of the month's own release; else of its first print in a file that dates each number."""
    own = [release for release in store.releases() if _tells(release, period, headline, store)]
    if own:
        best = min(release.authority for release in own)
        return min(release.published for release in own if release.authority == best)
    first = []
    for edition in latest.editions:
        if edition.mixed and not isinstance(edition, LargeEdition):
            cell = edition.level(headline, period) or edition.derived(headline, "yoy", "", period)
            if cell is not None and cell.known_at is not None:
                first.append(cell.known_at)
    return min(first) + _PRESS_TELLS_OVER if first else None


def _tells(release: Release, period: Period, headline: Key, store: Store) -> bool:
    """The release is the one of this month, and of this flow."""
    return release.edition == str(period) and headline in store.keys(release, headline)
