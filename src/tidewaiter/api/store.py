"""A store as a user holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.api.ask import Periods, Wanted, chronological, day, periods, wanted
from tidewaiter.api.figures import Figures, Vintage
from tidewaiter.api.names import resolve
from tidewaiter.errors import NoFigureError, UsageError
from tidewaiter.store import Store as Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from tidewaiter.api.cards import Card
    from tidewaiter.api.carried import Carried
    from tidewaiter.api.changes import Difference
    from tidewaiter.api.find import Hit
    from tidewaiter.api.flips import Flip
    from tidewaiter.api.revisions import Revision
    from tidewaiter.api.worth import Asked
    from tidewaiter.check.judged import Checked
    from tidewaiter.engine.audit import Audit
    from tidewaiter.engine.book import Book
    from tidewaiter.engine.facts import Fact
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period
    from tidewaiter.model.release import Release
    from tidewaiter.store.load import Incoming, Loaded

_DEFAULT = "level"
_MOST_NUMBERS = 1_000_000  # of a pattern; each becomes a figure with its evidence


class Store:
    """Releases in a folder, and every figure they give.

    Examples:
        >>> store = open_store("trade")                                      # doctest: +SKIP
        >>> store.load("mof-2025-08", published="2025-09-09")                # doctest: +SKIP
        >>> store.get("TWN.exports", statistic="yoy", period="2025-08").value  # doctest: +SKIP
        34.0682
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self._shelf = Shelf(path)
        self._books: dict[date | None, Book] = {}
        self._single: dict[tuple[date | None, str], Book] = {}

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self._shelf.folder

    # -- what is in it ------------------------------------------------------------------------

    def load(
        self,
        *paths: Path | str,
        published: str | date | None = None,
        dry_run: bool = False,
        tell: Callable[[str], None] = lambda _: None,
    ) -> list[Loaded]:
        """Load files, folders or zip archives; the layout is recognised by content.

        Args:
            paths: what to load.
            published: the publication day, where the files do not tell it.
            dry_run: read and check only.
            tell: is told each file's name, for progress.

        Returns:
            One entry a release; ``is_new`` is False for what was there already.

        Raises:
            FaultsError: every fault of every file; nothing was loaded.
            UnknownLayoutError: no source reads the file.
        """
        from tidewaiter.api.loading import read_files  # sources are not needed to read

        return self.put(read_files(paths, tell).incoming, published=published, dry_run=dry_run)

    def put(
        self, incoming: Iterable[Incoming], *, published: str | date | None = None, dry_run: bool = False
    ) -> list[Loaded]:
        """As :meth:`load`, for files that were read (:func:`tidewaiter.api.loading.read_files`)."""
        done = self._shelf.put(incoming, published=day(published), dry_run=dry_run)
        self._books.clear()
        self._single.clear()
        return done

    def releases(self, as_of: str | date | None = None) -> list[Release]:
        """The releases known on a day, newest first, restatements by others last."""
        return self._shelf.releases(day(as_of))

    def release(self, name: str) -> Release:
        """A release by identifier, or by a part of it that only one has.

        Raises:
            NoFigureError: none or several have it.
        """
        from tidewaiter.api.history import pick_release

        return pick_release(self.releases(), name)

    def vintage(self, release: Release) -> str:
        """Which print of its edition a release is: ``1 of 2``, by day."""
        from tidewaiter.api.history import vintage_name

        return vintage_name(release, self.releases())

    def book(self, as_of: str | date | None = None) -> Book:
        """The book of figures as of a day, kept for the next question."""
        from tidewaiter.engine.book import Book  # imports polars

        known = day(as_of)
        if known not in self._books:
            self._books[known] = Book.of(self._shelf, known)
        return self._books[known]

    def keys(self, pattern: str = "*.*.*.*.*") -> list[Key]:
        """The series that a pattern fits."""
        book = self.book()
        return book.keys(resolve(pattern, book.labels()))

    # -- figures ------------------------------------------------------------------------------

    def get(
        self,
        key: str | Key,
        statistic: str | Iterable[str] = _DEFAULT,
        period: str | Period | None = None,
        as_of: str | date | None = None,
        *,
        vintages: bool = False,
    ) -> Figures:
        """Figures of a series, or of all series that a key with ``*`` fits.

        Args:
            key: ``TWN.exports.ict_av.W00``; parts may be names, empty parts mean total and world.
            statistic: one or several names (``share:partner`` with a parameter), or ``all``.
            period: a period, or a range, which answers for itself and for each period in it; without
                one, every period that has a figure (for statistics that look back, the last one).
            as_of: as known on this day.
            vintages: also the same figures in the other releases.

        Raises:
            NoFigureError: the store cannot give it.
            UnknownNameError: a name in the key or the statistic is not known.
        """
        book = self.book(as_of)
        asked = wanted(statistic)
        span = periods(str(period)) if period is not None else None
        pattern = resolve(str(key), book.labels())
        keys = _fitting(book, pattern) if pattern.has_wildcard else [pattern]
        if len(keys) == len(asked) == 1 and span is not None and not span.each:
            found = [book.figure(keys[0], asked[0].name, span.whole, asked[0].of)]
        else:
            found = [figure for one in keys for figure in _figures(book, one, asked, span)]
        if not found:
            raise _nothing(book, pattern, asked, span)
        other = self._vintages(book, found) if vintages else {}
        return Figures(tuple(found), {r.id: r for r in self.releases()}, other)

    def series(self, key: str | Key, as_of: str | date | None = None) -> Figures:
        """The levels of a series at every period that has one."""
        return self.get(key, as_of=as_of)

    def facts(
        self,
        period: str | Period,
        top: int = 20,
        as_of: str | date | None = None,
        asked: Asked | None = None,
        tell: Callable[[str], None] = lambda _: None,
    ) -> list[Fact]:
        """What is worth telling about a month (a year), the weightiest first.

        Args:
            period: the month, told from its own release as known then.
            top: how many.
            as_of: strictly as known on this day.
            asked: whose trade, which goods, partner, statistic; all of Taiwan's without it.
            tell: is told what is being done, for progress.
        """
        from tidewaiter.api.worth import Asked, worth_telling

        at = periods(str(period)).whole
        return worth_telling(self._shelf, at, top, day(as_of), asked or Asked(), tell)

    def check(
        self,
        text: str | bytes,
        published: str | date | None = None,
        *,
        as_of: str | date | None = None,
        name: str = "text",
    ) -> list[Checked]:
        """The claims of a text, judged by the figures of this store."""
        from tidewaiter.check import check_text

        return check_text(text, name=name, published=day(published), as_of=day(as_of), store=self._shelf)

    # -- behind the figures -------------------------------------------------------------------

    def audit(self, *releases: str) -> list[tuple[Release, Audit]]:
        """Every derived number of these releases (all without one), recomputed from its levels.

        Args:
            releases: identifiers, or names of datasets for all their releases.
        """
        from tidewaiter.api.history import pick_releases
        from tidewaiter.engine.audit import audit
        from tidewaiter.engine.edition import Edition
        from tidewaiter.engine.large import is_large, open_edition
        from tidewaiter.store.frame import from_frame

        held = self.releases()
        chosen = [release for name in releases for release in pick_releases(held, name)] or held
        done = []
        for release in chosen:
            if is_large(release):
                table = self._shelf.table(release)
                derived = list(from_frame(table.filter(table["statistic"] != _DEFAULT)))
                done.append((release, audit(open_edition(self._shelf, release), derived, table)))
                continue
            numbers = self._shelf.observations(release)
            done.append((release, audit(Edition.of(release, numbers), numbers)))
        return done

    def audit_files(self, *paths: Path | str) -> list[tuple[Release, Audit]]:
        """The same for files, without loading them."""
        from tidewaiter.api.loading import read_files
        from tidewaiter.api.unloaded import releases_of
        from tidewaiter.engine.audit import audit
        from tidewaiter.engine.edition import Edition

        return [
            (release, audit(Edition.of(release, numbers), numbers, table))
            for release, numbers, table in releases_of(read_files(paths).incoming)
        ]

    def revisions(
        self,
        key: str | Key,
        statistic: str = _DEFAULT,
        period: str | None = None,
        as_of: str | date | None = None,
    ) -> list[Revision]:
        """Every value a series was given, by period and the day it became known.

        First against latest: :func:`tidewaiter.api.revisions.spans` and ``summaries``.
        """
        from tidewaiter.api.revisions import revisions

        pattern = resolve(str(key), self.book().labels())
        span = periods(period) if period else None
        return revisions(self._shelf, pattern, wanted(statistic)[0], span, day(as_of))

    def carried(self, key: str | Key, period: str | None = None, as_of: str | date | None = None) -> Carried:
        """The series of an HS subheading across editions: its own and its forerunners', where comparable."""
        from tidewaiter.api.carried import carried

        book = self.book(as_of)
        whole = carried(book, resolve(str(key), book.labels()))
        return whole.of(periods(period).whole) if period else whole

    def diff(self, old: str, new: str) -> Difference:
        """What one release adds, restates and leaves out against another."""
        from tidewaiter.api.changes import difference

        return difference(self._shelf, self.release(old), self.release(new))

    def flips(self, old: str, new: str, statements: Path | str | None = None) -> list[Flip]:
        """The statements told from one release, held against another: what is no longer true first.

        Args:
            old: what was published from.
            new: what they are held against.
            statements: ``statements.json`` of a bulletin, or a document to be read; without one, the
                bulletins we write from the release, else what the phrasebook tells of restated series.
        """
        from pathlib import Path as File

        from tidewaiter.api.told import flipped

        given = File(statements) if statements is not None else None
        one, other = self.release(old), self.release(new)
        return flipped(self._shelf, one, other, self.diff(one.id, other.id), given)

    def search(self, words: str) -> list[Hit]:
        """Series, products, groups, areas and statistics the words name, the best first."""
        from tidewaiter.api.find import search

        return search(self.book(), words)

    def define(self, name: str) -> list[Card]:
        """The definition cards of a name or code."""
        from tidewaiter.api.cards import define

        return define(self.book(), name)

    def _vintages(self, book: Book, figures: list[Figure]) -> dict[str, tuple[Vintage, ...]]:
        from tidewaiter.api.history import vintages_of

        return vintages_of(book, figures, self._single)

    def __repr__(self) -> str:
        return f"<Store {self.folder} with {len(self.releases())} releases>"


def open_store(path: Path | str | None = None) -> Store:
    """Open the store in a folder (in the user's data directory without one). Makes nothing yet."""
    return Store(path)


def check(text: str | bytes, published: str | date | None = None, *, name: str = "text") -> list[Checked]:
    """The claims of a text, checked against the text itself: its tables, sentences and arithmetic."""
    from tidewaiter.check import check_text

    return check_text(text, name=name, published=day(published))


def _fitting(book: Book, pattern: Key) -> list[Key]:
    """The series a pattern fits, read at once.

    Raises:
        UsageError: they have more numbers than can be held as figures.
    """
    if (many := sum(edition.count(pattern) for edition in book.editions)) > _MOST_NUMBERS:
        hint = f"`tidewaiter export '{pattern}' FILE` writes them to a file; or name more of the parts"
        raise UsageError(f"{pattern} fits {many:,} numbers, more than {_MOST_NUMBERS:,}", hint=hint)
    book.prepare(pattern)
    return book.keys(pattern)


def _figures(book: Book, key: Key, asked: list[Wanted], span: Periods | None) -> list[Figure]:
    found = []
    for one in asked:
        for period in span.of(one) if span else _known(book, key, one):
            figure = book.find(key, one.name, period, one.of)
            if figure is not None:
                found.append(figure)
    return found


def _known(book: Book, key: Key, asked: Wanted) -> list[Period]:
    """Every period of the series; for what looks back, the last month (or the last period at all)."""
    every = sorted(book.periods(key), key=chronological)
    return every[-1:] if asked.looks_back else every


def _near(book: Book, pattern: Key) -> list[str]:
    """A few series that a wider pattern fits."""
    if sum(edition.count(pattern) for edition in book.editions) > _MOST_NUMBERS:
        return []
    return [str(key) for key in book.keys(pattern)][:5]


def _nothing(book: Book, pattern: Key, asked: list[Wanted], span: Periods | None) -> NoFigureError:
    names = ", ".join(str(one) for one in asked)
    at = f" at {span.whole}" if span else ""
    near = _near(book, pattern.but(measure="*")) or _near(book, pattern.but(partner="*", measure="*"))
    if not book.editions:
        hint = "the store is empty: `tidewaiter load PATH…` first"
    elif near:
        hint = f"the store has {', '.join(near)} …"
    else:
        hint = "`tidewaiter list` tells what is loaded, `tidewaiter search WORDS` finds series"
    return NoFigureError(f"nothing in the store leads to {names} of {pattern}{at}", hint=hint)
