"""What was known when: vintages of a figure, revisions of a series, differences of two releases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tidewaiter.api.figures import Vintage
from tidewaiter.errors import NoFigureError
from tidewaiter.statistics import statistic

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tidewaiter.api.ask import Periods, Wanted
    from tidewaiter.engine.book import Book
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key
    from tidewaiter.model.observation import Observation
    from tidewaiter.model.release import Release
    from tidewaiter.store import Store

_LARGEST = 20


def pick_release(releases: list[Release], name: str) -> Release:
    """A release by identifier, or by a part of it that only one has.

    Raises:
        NoFigureError: none or several have it.
    """
    same = [release for release in releases if release.id == name]
    found = same or [release for release in releases if name in release.id]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(release.id for release in found or releases) or "the store is empty"
    problem = "several releases are called" if found else "no release is called"
    raise NoFigureError(f"{problem} {name!r}", hint=f"there are {listed}")


def pick_releases(releases: list[Release], name: str) -> list[Release]:
    """The releases of a dataset or of a dataset's edition, or the one a name picks.

    Raises:
        NoFigureError: none has the name.
    """
    same = [r for r in releases if name in (r.dataset, f"{r.dataset}@{r.edition}")]
    exact = [r for r in same if r.id == name]
    return exact or same or [pick_release(releases, name)]


def vintage_name(release: Release, releases: list[Release]) -> str:
    """Which print of its edition a release is: ``1 of 2``, by the day it became known."""
    same = [r for r in releases if (r.dataset, r.edition) == (release.dataset, release.edition)]
    same.sort(key=lambda r: (r.published, r.id))
    return f"{same.index(release) + 1} of {len(same)}"


def vintages_of(
    book: Book, figures: Iterable[Figure], single: dict[tuple[date | None, str], Book]
) -> dict[str, tuple[Vintage, ...]]:
    """The same figures from each other release alone. Statistics that look back are left out.

    Args:
        book: answers from all releases.
        figures: which ones.
        single: books of one release each, kept between calls.
    """
    from tidewaiter.engine.book import Book as OneBook  # imports polars

    found: dict[str, tuple[Vintage, ...]] = {}
    for figure in figures:
        if statistic(figure.id.statistic).look is not None:
            continue
        others = []
        for edition in book.editions:
            release = edition.release
            if release.id in figure.releases:
                continue
            alone = single.setdefault((book.as_of, release.id), OneBook([edition], book.as_of))
            other = alone.find(figure.id.key, figure.id.statistic, figure.id.period, figure.id.of)
            if other is not None:
                others.append(_vintage(other, release))
        if others:
            found[str(figure.id)] = tuple(sorted(others, key=lambda v: v.published))
    return found


def _vintage(figure: Figure, release: Release) -> Vintage:
    days = [cell.known_at for cell in figure.inputs if cell.known_at is not None]
    known = max(days, default=release.published)
    return Vintage(figure.value, str(figure.unit), release.id, known.isoformat(), figure.preliminary)


@dataclass(frozen=True, slots=True)
class Revision:
    """One value a period was given.

    Attributes:
        key: the series.
        statistic: level, or the printed statistic.
        period: when.
        published: the day it became known.
        release: where it stands.
        value: in ``unit``.
        unit: as published.
        revision: change on the value before it, in the same unit; None for the first one.
        same: both round to one number, so nothing was revised as far as printing tells.
        preliminary: marked so.
        place: file, sheet and cell.
    """

    key: str
    statistic: str
    period: str
    published: str
    release: str
    value: float
    unit: str
    revision: float | None
    same: bool
    preliminary: bool
    place: str

    def row(self) -> dict[str, Any]:
        """As one JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


def revisions(
    store: Store, pattern: Key, asked: Wanted, span: Periods | None, as_of: date | None
) -> list[Revision]:
    """Every value of a series, by period and day.

    Raises:
        NoFigureError: no release prints any.
    """
    cells: dict[tuple[Key, Any], dict[tuple[Any, ...], tuple[Observation, Release]]] = {}
    for release in store.releases(as_of):
        one = None if pattern.has_wildcard else pattern
        for cell in store.observations(release, as_of, one):
            if cell.statistic != asked.name or not pattern.matches(cell.key):
                continue
            if (asked.of and cell.of != asked.of) or (span and cell.period not in span.whole):
                continue
            once = (cell.known_at, release.id, cell.of, cell.unit.kind)
            cells.setdefault((cell.key, cell.period), {}).setdefault(once, (cell, release))
    if not cells:
        raise NoFigureError(f"no release prints {asked} of {pattern}", hint="`tidewaiter get` may compute it")
    return [row for name in sorted(cells) for row in _row_by_row(cells[name].values())]


def _row_by_row(cells: Iterable[tuple[Observation, Release]]) -> list[Revision]:
    rows: list[Revision] = []
    before: Observation | None = None
    for cell, release in sorted(cells, key=lambda pair: (pair[0].known_at or pair[1].published, pair[1].id)):
        revision, same = None, False
        if before is not None and before.unit.kind == cell.unit.kind:
            earlier = before.interval * before.unit.factor_to(cell.unit)
            revision, same = cell.value - earlier.mid, earlier.meets(cell.interval)
        known = (cell.known_at or release.published).isoformat()
        rows.append(
            Revision(
                str(cell.key), cell.statistic, str(cell.period), known, release.id, cell.value,
                str(cell.unit), revision, same, cell.preliminary, str(cell.place),
            )
        )  # fmt: skip
        before = cell
    return rows


@dataclass(frozen=True, slots=True)
class Change:
    """One number that differs between two releases."""

    change: str
    key: str
    statistic: str
    period: str
    old: float | None
    new: float | None
    unit: str
    difference: float | None
    percent: float | None

    def row(self) -> dict[str, Any]:
        """As one JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Difference:
    """What a release changes against another.

    Attributes:
        old: identifier of the one.
        new: identifier of the other.
        added: numbers only the new one has.
        restated: numbers both have with values that cannot be the same.
        vanished: numbers only the old one has.
        same: numbers that agree as printed.
        changes: the restated ones, levels before rates, largest relative change first; then the added
            and the vanished.
    """

    old: str
    new: str
    added: int
    restated: int
    vanished: int
    same: int
    changes: tuple[Change, ...]

    def row(self, largest: int = _LARGEST) -> dict[str, Any]:
        """As one JSON object with the largest changes."""
        counts = {name: getattr(self, name) for name in self.__slots__ if name != "changes"}
        return {**counts, "largest": [c.row() for c in self.changes if c.change == "restated"][:largest]}


def difference(store: Store, old: Release, new: Release) -> Difference:
    """Compare two releases number by number; numbers that round to one another are the same."""
    before, after = _numbers(store, old), _numbers(store, new)
    restated, same = [], 0
    for name in before.keys() & after.keys():
        one, other = before[name], after[name]
        earlier = one.interval * one.unit.factor_to(other.unit)
        if earlier.meets(other.interval):
            same += 1
            continue
        gap = other.value - earlier.mid
        percent = gap / abs(earlier.mid) * 100 if earlier.mid else None
        restated.append(
            Change("restated", *_names(other), earlier.mid, other.value, str(other.unit), gap, percent)
        )
    restated.sort(key=lambda c: (c.statistic != "level", -abs(c.percent or 0), c.key, c.period))
    added = [_one_sided("added", after[name]) for name in sorted(after.keys() - before.keys(), key=str)]
    gone = [_one_sided("vanished", before[name]) for name in sorted(before.keys() - after.keys(), key=str)]
    return Difference(old.id, new.id, len(added), len(restated), len(gone), same, (*restated, *added, *gone))


def _numbers(store: Store, release: Release) -> dict[tuple[Any, ...], Observation]:
    found: dict[tuple[Any, ...], Observation] = {}
    for o in store.observations(release):
        found.setdefault((o.key, o.statistic, o.of, o.period, o.unit.kind), o)
    return found


def _names(o: Observation) -> tuple[str, str, str]:
    return str(o.key), f"{o.statistic}:{o.of}" if o.of else o.statistic, str(o.period)


def _one_sided(change: str, o: Observation) -> Change:
    old, new = (None, o.value) if change == "added" else (o.value, None)
    return Change(change, *_names(o), old, new, str(o.unit), None, None)
