"""An edition: one release's observations as known on a day, indexed for look-up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidewaiter.model.figure import Figure, FigureId, Input
from tidewaiter.model.observation import LEVEL
from tidewaiter.model.period import MONTHS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    import polars as pl

    from tidewaiter.model.key import Key
    from tidewaiter.model.observation import Observation
    from tidewaiter.model.period import Period
    from tidewaiter.model.release import Release

Series = dict["Period", "Observation"]


@dataclass(eq=False)
class Edition:
    """A release's numbers by series.

    Attributes:
        release: which publication.
        levels: series → period → its level. Where a number stands in several tables the one printed
            most precisely is kept, the first table's where they tie.
        printed: series → statistic and parameter → period → derived cell.
        days: the days its numbers became known on.
    """

    release: Release
    levels: dict[Key, Series] = field(default_factory=lambda: defaultdict(dict))
    printed: dict[Key, dict[tuple[str, str], Series]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )
    days: set[date] = field(default_factory=set)
    _reach: dict[Key, tuple[int, int]] = field(default_factory=dict)
    _used: tuple[frozenset[str], ...] = ()

    @property
    def mixed(self) -> bool:
        """It restates numbers of several days; arithmetic across days would mix vintages."""
        return len(self.days) > 1

    @classmethod
    def of(cls, release: Release, observations: Iterable[Observation]) -> Edition:
        """Index the observations of a release."""
        edition = cls(release)
        edition.take(observations)
        return edition

    def take(self, observations: Iterable[Observation]) -> None:
        """Index more observations."""
        self._used = ()
        for o in observations:
            if o.known_at is not None:
                self.days.add(o.known_at)
            series = self.printed[o.key][o.statistic, o.of] if o.is_derived else self.levels[o.key]
            known = series.get(o.period)
            if known is None or _newer(o, known) or _finer(o, known):
                series[o.period] = o

    def level(self, key: Key, period: Period) -> Observation | None:
        """The printed level, None when there is none."""
        series = self.levels.get(key)
        return series.get(period) if series else None

    def covers(self, key: Key, period: Period) -> bool:
        """Its levels of the series reach the period, or the year after it: else no route can."""
        if key not in self._reach:
            periods = self.levels.get(key)
            self._reach[key] = (
                (min(p.first for p in periods) - MONTHS, max(p.last for p in periods)) if periods else (1, 0)
            )
        first, last = self._reach[key]
        return first <= period.last and period.first <= last

    def derived(self, key: Key, statistic: str, of: str, period: Period) -> Observation | None:
        """The printed derived cell, None when there is none."""
        known = self.printed.get(key)
        series = known.get((statistic, of)) if known else None
        return series.get(period) if series else None

    def derived_periods(self, key: Key) -> set[Period]:
        """Every period it prints a derived number of the series for."""
        known = self.printed.get(key)
        return {period for series in known.values() for period in series} if known else set()

    def series(self, pattern: Key | None = None) -> set[Key]:
        """Every series it has a number of, or those that a pattern fits."""
        known = {*self.levels, *self.printed}
        return known if pattern is None else {key for key in known if pattern.matches(key)}

    def labels(self) -> tuple[frozenset[str], ...]:
        """What stands in each part of its keys."""
        if not self._used:
            parts = zip(*(key.parts() for key in self.series()), strict=True)
            self._used = tuple(frozenset(part) for part in parts) or (frozenset(),) * 5
        return self._used

    def reaches(self, key: Key) -> bool:
        """It may lead to a number of the series: no route leaves the reporter or the measure."""
        labels = self.labels()
        return key.reporter in labels[0] and key.measure in labels[-1]

    def key_table(self, asked: Mapping[str, Collection[str]]) -> pl.DataFrame:
        """The distinct keys, one row each, where some parts are among some codes.

        Args:
            asked: part of the key → the codes it may have; a part that is not named may be anything.
        """
        import polars as pl  # noqa: PLC0415 — heavy

        from tidewaiter.sources.table import KEY_COLUMNS  # noqa: PLC0415

        keys = (
            key.parts() for key in self.series()
            if all(getattr(key, name) in codes for name, codes in asked.items())
        )  # fmt: skip
        return pl.DataFrame(list(keys), schema=dict.fromkeys(KEY_COLUMNS, pl.String()), orient="row")

    def prepare(self, pattern: Key) -> None:
        """The series of a pattern will be asked for, one by one. Here they are at hand."""

    def count(self, pattern: Key) -> int:
        """How many series a pattern fits, or numbers where series are not at hand."""
        return len(self.series(pattern))

    def beside(self, key: Key, dimension: str) -> list[Key]:
        """The series that stand in the same sheet and differ from this one in one dimension only."""
        homes = {(o.place.file, o.place.sheet) for o in self._cells(key)}
        found = []
        for other in self.series():
            same_otherwise = other.but(**{dimension: getattr(key, dimension)}) == key
            if (
                other != key
                and same_otherwise
                and any((o.place.file, o.place.sheet) in homes for o in self._cells(other))
            ):
                found.append(other)
        return sorted(found)

    def _cells(self, key: Key) -> Iterable[Observation]:
        yield from (self.levels.get(key) or {}).values()
        for series in (self.printed.get(key) or {}).values():
            yield from series.values()


def _finer(one: Observation, other: Observation) -> bool:
    if one.unit.kind != other.unit.kind:
        return False
    return one.interval.width * one.unit.factor_to(other.unit) < other.interval.width * (1 - 1e-9)


def _newer(one: Observation, other: Observation) -> bool:
    return one.known_at is not None and other.known_at is not None and one.known_at > other.known_at


def as_figure(o: Observation, release: str, as_of: date | None) -> Figure:
    """A printed number as a figure: its evidence is its own cell."""
    cell = Input(o.key, o.period, o.statistic, o.interval, o.unit, release, o.place, o.known_at)
    return Figure(
        id=FigureId(o.key, o.statistic, o.period, o.of, as_of),
        interval=o.interval,
        unit=o.unit,
        route="observed" if o.statistic == LEVEL else "printed",
        inputs=(cell,),
        releases=(release,),
        preliminary=o.preliminary,
    )
