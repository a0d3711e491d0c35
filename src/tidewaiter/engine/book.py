"""The book: every figure that a store can give, as of a day, with its evidence.

A figure is taken from one release where possible, so that growth uses that release's own revised base.
Releases are asked in order: the office's own before restatements by others, newest first; within each,
printed and summed levels before inferred ones. What looks back over a series (records, streaks) takes
each period from the best release that has it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.engine.edition import Edition, as_figure
from tidewaiter.engine.large import open_edition
from tidewaiter.engine.one_release import OneRelease
from tidewaiter.engine.routes import Levels
from tidewaiter.errors import NoFigureError
from tidewaiter.model.figure import Figure, FigureId
from tidewaiter.nomenclature import areas, commodities
from tidewaiter.statistics import UndefinedError, statistic
from tidewaiter.statistics.statistic import Result, Statistic, whole_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    import polars as pl

    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period
    from tidewaiter.model.release import Release
    from tidewaiter.store import Store

_PRINTED_AS = {"ytd_level": "level", "ytd_yoy": "yoy", "ytd_change": "yoy_change"}
_SHARE_OF = ("partner", "commodity", "reporter")


class Book:
    """Figures of a store as of a day.

    Examples:
        >>> book = Book.of(store)                                              # doctest: +SKIP
        >>> book.figure(Key.parse("TWN.exports"), "yoy", Period.parse("2025-08")).value  # doctest: +SKIP
        34.0682
    """

    def __init__(self, editions: Iterable[Edition], as_of: date | None = None) -> None:
        self.as_of = as_of
        self._levels = [Levels(edition, as_of) for edition in editions]
        self._figures: dict[FigureId, Figure | None] = {}
        self._months: dict[Key, set[Period]] = {}

    @classmethod
    def of(cls, store: Store, as_of: date | None = None, releases: Iterable[Release] | None = None) -> Book:
        """The book of a store as of a day, or of some of its releases only."""
        chosen = store.releases(as_of) if releases is None else list(releases)
        return cls([open_edition(store, release, as_of) for release in chosen], as_of)

    @property
    def editions(self) -> list[Edition]:
        """The releases it answers from, in the order they are asked."""
        return [levels.edition for levels in self._levels]

    def release(self, name: str) -> Release:
        """A release by identifier.

        Raises:
            NoFigureError: the book has no such release.
        """
        for edition in self.editions:
            if edition.release.id == name:
                return edition.release
        raise NoFigureError(f"no release {name!r}", hint="`tidewaiter list` names them")

    def keys(self, pattern: Key | None = None) -> list[Key]:
        """Every series with a number, or those that a pattern fits."""
        return sorted({key for edition in self.editions for key in edition.series(pattern)})

    def key_table(self, asked: Mapping[str, Collection[str]]) -> pl.DataFrame:
        """The distinct keys of all releases, as :meth:`Edition.key_table` gives them."""
        import polars as pl  # noqa: PLC0415 — heavy

        from tidewaiter.sources.table import KEY_COLUMNS  # noqa: PLC0415

        found = [edition.key_table(asked) for edition in self.editions]
        empty = pl.DataFrame(schema=dict.fromkeys(KEY_COLUMNS, pl.String()))
        return pl.concat([empty, *found]).unique()

    def labels(self) -> tuple[frozenset[str], ...]:
        """What stands in each part of the keys of all releases."""
        each = [edition.labels() for edition in self.editions]
        return tuple(frozenset().union(*parts) for parts in zip(*each, strict=True))

    def prepare(self, pattern: Key) -> None:
        """The series of a pattern will be asked for: large releases read them at once."""
        for edition in self.editions:
            edition.prepare(pattern)

    def periods(self, key: Key) -> list[Period]:
        """Every period some release prints a level or derived number of the series for."""
        found: set[Period] = set()
        for edition in self.editions:
            if edition.reaches(key):
                found |= set(edition.levels.get(key) or ()) | edition.derived_periods(key)
        return sorted(found)

    # -- what statistics ask ------------------------------------------------------------------

    def level(self, key: Key, period: Period) -> Figure:
        """The level. See :class:`tidewaiter.statistics.statistic.Ask`."""
        return self.figure(key, "level", period)

    def figure(self, key: Key, name: str, period: Period, of: str = "") -> Figure:
        """Any statistic, by the narrowest route of the best release.

        Raises:
            NoFigureError: nothing in the store leads to it.
        """
        return self._figure(FigureId(key, name, period, of, self.as_of))

    def find(self, key: Key, name: str, period: Period, of: str = "") -> Figure | None:
        """As :meth:`figure`, None when it cannot be had."""
        try:
            return self.figure(key, name, period, of)
        except NoFigureError:
            return None

    def history(self, key: Key, name: str, until: Period, of: str = "") -> list[Figure]:
        """The statistic at ``until`` and at the like periods before it, oldest first."""
        found = (self.find(key, name, period, of) for period in self._like(key, until))
        return [figure for figure in found if figure is not None]

    def siblings(self, key: Key, dimension: str, period: Period) -> list[Key]:
        """The series listed beside this one, sums of others left out."""
        for edition in self.editions:
            beside = edition.beside(key, dimension)
            if not beside:
                continue
            codes = {getattr(other, dimension) for other in beside} | {getattr(key, dimension)}
            known = {"partner": areas(), "reporter": areas(), "commodity": commodities()}[dimension]
            kept = []
            for other in beside:
                code = getattr(other, dimension)
                entry = known.entries.get(code)
                parts = set(entry.facts.get("members", ())) if entry else set()
                if code not in ("total", "W00") and not parts & codes:
                    kept.append(other)
            if any(self.find(k, n, period) for k in kept for n in ("level", "share")):
                return kept
        return []

    # -- how a figure is found ----------------------------------------------------------------

    def _figure(self, wanted: FigureId) -> Figure:
        if wanted not in self._figures:
            try:
                self._figures[wanted] = self._compute(wanted)
            except NoFigureError:
                self._figures[wanted] = None
                raise
        found = self._figures[wanted]
        if found is None:
            raise NoFigureError(
                f"nothing in the store leads to {wanted}",
                hint="`tidewaiter list` tells what is loaded, `tidewaiter get KEY` what a series has",
            )
        return found

    def _compute(self, wanted: FigureId) -> Figure:
        definition = statistic(wanted.statistic)
        if definition.look is not None:
            return self._best([*self._printed_anywhere(wanted), *self._look(definition, wanted)], wanted)
        for levels, derive in self._in_order(wanted.key):
            if found := self._point(levels, definition, wanted, derive):
                return self._best(found, wanted)
        return self._best(self._look(definition, wanted), wanted)

    def _in_order(self, key: Key) -> Iterator[tuple[Levels, bool]]:
        """Those that may have the series: per authority, first what is printed, then what is inferred."""
        asked = [levels for levels in self._levels if levels.edition.reaches(key)]
        for authority in sorted({levels.edition.release.authority for levels in asked}):
            group = [levels for levels in asked if levels.edition.release.authority == authority]
            for derive in (False, True):
                for levels in group:
                    yield levels, derive

    def _best(self, found: list[Figure], wanted: FigureId) -> Figure:
        if not found:
            raise NoFigureError(f"nothing in the store leads to {wanted}")
        return min(found, key=lambda figure: figure.interval.width)

    def _printed_anywhere(self, wanted: FigureId) -> list[Figure]:
        for levels in self._levels:
            if found := self._printed(levels, wanted):
                return found
        return []

    def _printed(self, levels: Levels, wanted: FigureId) -> list[Figure]:
        """The derived cell itself."""
        name = _PRINTED_AS.get(wanted.statistic, wanted.statistic)
        period = wanted.period.to_date() if wanted.statistic in _PRINTED_AS else wanted.period
        for of in _parameters(wanted):
            cell = levels.edition.derived(wanted.key, name, of, period)
            if cell is not None:
                figure = as_figure(cell, levels.edition.release.id, self.as_of)
                return [replace(figure, id=wanted)]
        return []

    def _point(
        self,
        levels: Levels,
        definition: Statistic,
        wanted: FigureId,
        derive: bool,  # noqa: FBT001
    ) -> list[Figure]:
        """A point statistic from one release: computed from its levels, and as printed."""
        found = [] if wanted.statistic in ("level", "ytd_level") else self._printed(levels, wanted)
        ask = OneRelease(levels, derive=derive)
        try:
            result = definition.evaluate(ask, wanted.key, wanted.period, wanted.of)
            figure = self._assemble(definition, wanted, result)
            if levels.coherent(figure.inputs):
                found.insert(0, figure)
        except (NoFigureError, UndefinedError):
            pass
        return found

    def _look(self, definition: Statistic, wanted: FigureId) -> list[Figure]:
        """A statistic from whatever releases have its inputs."""
        if wanted.statistic == "level":
            return []
        try:
            result = definition.evaluate(self, wanted.key, wanted.period, wanted.of)
        except UndefinedError as error:
            raise NoFigureError(str(error), where=str(wanted)) from error
        return [self._assemble(definition, wanted, result)]

    def _assemble(self, definition: Statistic, wanted: FigureId, result: Result) -> Figure:
        inputs = result.inputs
        single = inputs[0] if len(inputs) == 1 and wanted.statistic in ("level", "ytd_level") else None
        return Figure(
            id=wanted,
            interval=result.interval,
            unit=definition.unit or inputs[0].unit,
            route=single.route if single else definition.formula,
            inputs=tuple(dict.fromkeys(cell for figure in inputs for cell in figure.inputs)),
            releases=tuple(dict.fromkeys(name for figure in inputs for name in figure.releases)),
            preliminary=any(figure.preliminary for figure in inputs),
            note=result.note,
            detail=result.detail,
        )

    # -- periods ------------------------------------------------------------------------------

    def _like(self, key: Key, until: Period) -> list[Period]:
        """The periods like ``until`` that may have a figure: months, years, or the span of each year."""
        known = self._candidates(key)
        if until.is_month:
            return sorted(month for month in known if month.is_month and month.last <= until.last)
        if not known:
            return [until]
        first = min(month.start_year for month in known)
        years = range(until.end_year - first + 1)
        return [until.year_ago(back) for back in reversed(years)]

    def _candidates(self, key: Key) -> set[Period]:
        if key not in self._months:
            found: set[Period] = set()
            for edition in self.editions:
                levels = set(edition.levels.get(key) or ()) | _parts_of(edition, key)
                printed = edition.derived_periods(key)
                found |= levels | printed | {p.year_ago() for p in levels if (p in printed and not p.is_open)}
            self._months[key] = found
        return self._months[key]


def _parts_of(edition: Edition, key: Key) -> set[Period]:
    """Periods of the series a balance or total is made of, where it is not printed itself."""
    if key.flow not in ("balance", "total_trade"):
        return set()
    return set(edition.levels.get(key.but(flow="exports")) or ())


def _parameters(wanted: FigureId) -> tuple[str, ...]:
    if wanted.statistic != "share":
        return (wanted.of,)
    if wanted.of:
        return (wanted.of,)
    default = "partner" if whole_of(wanted.key, "").partner != wanted.key.partner else "commodity"
    return tuple(dict.fromkeys((default, *_SHARE_OF)))
