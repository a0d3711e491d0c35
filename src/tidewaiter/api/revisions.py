"""Revisions: every value a series was given, and how far first values stand from the latest.

A statistic that a release does not print is computed from the levels of that release alone, so each
value stands in its own vintage.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from statistics import fmean
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import NoFigureError
from tidewaiter.model.observation import LEVEL
from tidewaiter.statistics import statistic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from tidewaiter.api.ask import Periods, Wanted
    from tidewaiter.model.interval import Interval
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period
    from tidewaiter.model.release import Release
    from tidewaiter.model.unit import Unit
    from tidewaiter.store import Store

_OTHERS = 2  # authority of numbers that others computed: no vintage of the office


@dataclass(frozen=True, slots=True)
class Revision:
    """One value a period was given.

    Attributes:
        key: the series.
        statistic: level, or another statistic.
        period: when.
        published: the day it became known.
        release: where it stands.
        value: in ``unit``.
        unit: as published.
        revision: change on the value before it, in the same unit; None for the first one.
        same: both round to one number, so nothing was revised as far as printing tells.
        preliminary: marked so.
        place: file, sheet and cell, or the formula where the release does not print it.
        authority: 0 the office's own, 1 its numbers restated by others, 2 computed by others.
        bounds: what its printing leaves open, in the smallest unit of its kind.
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
    authority: int
    bounds: tuple[float, float]

    def row(self) -> dict[str, Any]:
        """As one JSON object."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "bounds"}


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the latest value of one period.

    Attributes:
        vintages: on how many days it was given a value.
        revision: latest less first, in ``unit``.
        percent: that in percent of the size of the first; for levels only.
        same: the two round to one number.
    """

    key: str
    statistic: str
    period: str
    first_published: str
    first: float
    latest_published: str
    latest: float
    unit: str
    vintages: int
    revision: float
    percent: float | None
    same: bool
    preliminary: bool

    def row(self) -> dict[str, Any]:
        """As one JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Summary:
    """How far the first values of a series stand from the latest ones.

    ``mean`` = Σ(latest − first)/n and ``mean_absolute`` = Σ|latest − first|/n over the n periods given
    more than once, in ``unit``; the percentages are of the first value, for levels only (OECD and
    Eurostat, guidelines on revisions: mean revision and mean absolute revision). Values that round to
    one another count with what they differ by, for rounding is part of a first print.

    Attributes:
        of: months, years or other spans.
        periods: n.
        revised: of those, how many have a first and a latest value that cannot be the same.
        largest: the revision of largest size, and ``largest_period`` its period.
    """

    key: str
    statistic: str
    of: str
    unit: str
    periods: int
    revised: int
    mean: float
    mean_absolute: float
    mean_percent: float | None
    mean_absolute_percent: float | None
    largest: float
    largest_period: str

    def row(self) -> dict[str, Any]:
        """As one JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class _Value:
    """A value with what it takes to set it beside others."""

    key: Key
    statistic: str
    period: Period
    known: date
    release: Release
    value: float
    interval: Interval
    unit: Unit
    preliminary: bool
    place: str
    of: str


def revisions(
    store: Store, pattern: Key, asked: Wanted, span: Periods | None, as_of: date | None
) -> list[Revision]:
    """Every value of a series, by period and day.

    Args:
        store: the releases.
        pattern: which series.
        asked: level, or a statistic of few levels (yoy, share …), printed or computed by release.
        span: which periods.
        as_of: as known on this day.

    Raises:
        NoFigureError: no release gives any.
    """
    cells: dict[tuple[Key, Period], dict[tuple[Any, ...], _Value]] = {}
    for release in store.releases(as_of):
        for one in _values(store, release, pattern, asked, as_of):
            if span and one.period not in span.whole:
                continue
            once = (one.known, release.id, one.of, one.unit.kind)
            cells.setdefault((one.key, one.period), {}).setdefault(once, one)
    if not cells:
        raise NoFigureError(f"no release gives {asked} of {pattern}", hint="`tidewaiter search` finds series")
    return [row for name in sorted(cells) for row in _row_by_row(cells[name].values())]


def _values(
    store: Store, release: Release, pattern: Key, asked: Wanted, as_of: date | None
) -> Iterator[_Value]:
    printed: set[tuple[Key, Period]] = set()
    parts = zip(pattern.parts(), store.labels(release), strict=True)
    if not all(part == "*" or part in labels for part, labels in parts):
        return
    for cell in store.observations(release, as_of, pattern):
        if cell.statistic != asked.name:
            continue
        if asked.of and cell.of != asked.of:
            continue
        printed.add((cell.key, cell.period))
        yield _Value(
            cell.key, cell.statistic, cell.period, cell.known_at or release.published, release, cell.value,
            cell.interval, cell.unit, cell.preliminary, str(cell.place), cell.of,
        )  # fmt: skip
    if asked.name != LEVEL and statistic(asked.name).look is None:
        yield from _computed(store, release, pattern, asked, as_of, printed=printed)


def _computed(
    store: Store,
    release: Release,
    pattern: Key,
    asked: Wanted,
    as_of: date | None,
    *,
    printed: set[tuple[Key, Period]],
) -> Iterator[_Value]:
    """The statistic from the levels of this release alone, where it does not print it."""
    from tidewaiter.engine.book import Book
    from tidewaiter.engine.large import open_edition

    book = Book([open_edition(store, release, as_of)], as_of)
    book.prepare(pattern)
    for key in book.keys(pattern) if pattern.has_wildcard else [pattern]:
        for period in book.periods(key):
            figure = None if (key, period) in printed else book.find(key, asked.name, period, asked.of)
            if figure is None:
                continue
            days = [cell.known_at for cell in figure.inputs if cell.known_at is not None]
            yield _Value(
                key, asked.name, period, max(days, default=release.published), release, figure.value,
                figure.interval, figure.unit, figure.preliminary, figure.route, asked.of,
            )  # fmt: skip


def _row_by_row(values: Iterable[_Value]) -> list[Revision]:
    rows: list[Revision] = []
    before: _Value | None = None
    for one in sorted(values, key=lambda v: (v.known, v.release.authority, v.release.id)):
        revision, same = None, False
        if before is not None and before.unit.kind == one.unit.kind:
            earlier = before.interval * before.unit.factor_to(one.unit)
            revision, same = one.value - earlier.mid, earlier.meets(one.interval)
        rows.append(
            Revision(
                str(one.key), one.statistic, str(one.period), one.known.isoformat(), one.release.id,
                one.value, str(one.unit), revision, same, one.preliminary, one.place, one.release.authority,
                _bounds(one),
            )
        )  # fmt: skip
        before = one
    return rows


def _bounds(one: _Value) -> tuple[float, float]:
    scale = 10.0**one.unit.power
    slack = 1e-12 * abs(one.value)
    return (one.interval.low - slack) * scale, (one.interval.high + slack) * scale


def spans(rows: Iterable[Revision]) -> list[Span]:
    """First and latest value of each period; numbers computed by others are no vintage and are left out."""
    found = []
    kept = [row for row in rows if row.authority < _OTHERS]
    for _, group in groupby(kept, key=lambda row: (row.key, row.period)):
        values = list(group)
        latest = values[-1]
        kind = _unit(latest).kind
        values = [row for row in values if _unit(row).kind == kind]
        found.append(_span(values[0], latest, len({row.published for row in values})))
    return found


def _unit(row: Revision) -> Unit:
    from tidewaiter.model.unit import Unit

    return Unit.parse(row.unit)


def _span(first: Revision, latest: Revision, count: int) -> Span:
    was = first.value * _unit(first).factor_to(_unit(latest))
    change = latest.value - was
    share = change / abs(was) * 100 if was and latest.statistic == LEVEL else None
    same = change == 0 or _as_printed(first, latest)
    return Span(
        latest.key, latest.statistic, latest.period, first.published, was, latest.published, latest.value,
        latest.unit, count, change, share, same, latest.preliminary,
    )  # fmt: skip


def _as_printed(first: Revision, latest: Revision) -> bool:
    low, high = first.bounds
    return latest.bounds[0] <= high and low <= latest.bounds[1]


def summaries(rows: Iterable[Revision]) -> list[Summary]:
    """One entry a series and length of period, of those that have periods given on several days."""
    several = sorted((one for one in spans(rows) if one.vintages > 1), key=_series)
    found = []
    for (key, length), group in groupby(several, key=_series):
        several = list(group)
        shares = [one.percent for one in several if one.percent is not None]
        largest = max(several, key=lambda one: abs(one.revision))
        found.append(
            Summary(
                key, largest.statistic, length, largest.unit, len(several),
                sum(not one.same for one in several),
                fmean(one.revision for one in several), fmean(abs(one.revision) for one in several),
                fmean(shares) if shares else None, fmean(map(abs, shares)) if shares else None,
                largest.revision, largest.period,
            )
        )  # fmt: skip
    return found


def _series(one: Span) -> tuple[str, str]:
    from tidewaiter.model.period import Period

    period = Period.parse(one.period)
    return one.key, "months" if period.is_month else "years" if period.is_year else "spans"
