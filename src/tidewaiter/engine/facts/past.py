"""The past of every series in plain numbers: one cheap pass over the editions of a book.

A fact is proposed from these numbers and told only when the book's own figure bears it out, so the pass
may be quick: levels as printed, and where a release prints growth, the month a year before.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from tidewaiter.engine.large import LargeEdition
from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL
from tidewaiter.model.period import Period
from tidewaiter.model.unit import Unit
from tidewaiter.statistics.streak import step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tidewaiter.engine.book import Book
    from tidewaiter.engine.edition import Edition

_LARGEST = 400  # of a release of millions: the largest series of the period are looked at, no others

Numbers = dict[Period, float]


@dataclass
class Past:
    """The numbers of one series, in its unit without the power of ten.

    Attributes:
        key: the series.
        at: the month (the year) told of.
        numbers: level by period, of any length.
        size: square root of its share of the flow's total, times what the flow counts.
        share: the share itself.
        of_listed: no total is printed: the share is one of what is listed.
    """

    key: Key
    at: Period
    numbers: Numbers
    size: float = 0.0
    share: float = 0.0
    of_listed: bool = False
    _growth: dict[Period, float | None] = field(default_factory=dict)

    @property
    def yearly(self) -> bool:
        """Years are told, not months."""
        return not self.at.is_month

    @cached_property
    def levels(self) -> list[tuple[Period, float]]:
        """The unbroken run of months (years) that ends with the one told of, oldest first."""
        return self._unbroken(self.numbers.get)

    @cached_property
    def growths(self) -> list[tuple[Period, float]]:
        """The same of growth on a year earlier."""
        return self._unbroken(self.growth)

    def _unbroken(self, of: Callable[[Period], float | None]) -> list[tuple[Period, float]]:
        found, at = [], self.at
        while (value := of(at)) is not None:
            found.append((at, value))
            at = at.previous()
        return found[::-1]

    def growth(self, at: Period) -> float | None:
        """Growth on a year earlier, None where it is not defined."""
        if at not in self._growth:
            now, base = self.numbers.get(at), self.numbers.get(at.year_ago())
            defined = now is not None and base is not None and base > 0 and now >= 0
            self._growth[at] = (now / base - 1) * 100 if defined and now is not None and base else None
        return self._growth[at]

    @cached_property
    def runs(self) -> list[float]:
        """Streak at each month of ``growths``; its sign is that of growth."""
        found: list[float] = []
        for _, growth in self.growths:
            found.append(step(growth, found[-1] if found else 0.0))
        return found

    def span(self, span: Period) -> float | None:
        """The level of a span, as printed or as the sum of its months."""
        if span in self.numbers:
            return self.numbers[span]
        months = [self.numbers.get(month) for month in span.each_month()]
        known = [month for month in months if month is not None]
        return sum(known) if len(known) == len(months) else None

    def spans(self, span: Period) -> list[tuple[Period, float]]:
        """The same span of each year, unbroken, oldest first."""
        found = []
        while (value := self.span(span)) is not None:
            found.append((span, value))
            span = span.year_ago()
        return found[::-1]


def pasts(book: Book, at: Period, pattern: Key, flows: Iterable[str]) -> dict[Key, Past]:
    """Every series of some flows that a pattern fits and that has a level at the period.

    Args:
        book: as known; a :class:`~tidewaiter.engine.facts.month_book.MonthBook` gives the month first.
        at: the month or year.
        pattern: reporter, flow, goods, partner and measure, ``*`` for any.
        flows: the flows looked at.
    """
    numbers: dict[Key, Numbers] = defaultdict(dict)
    wanted = frozenset(flows)
    then = getattr(book, "then", None)
    for edition in then.editions if then is not None else ():
        for key, period, value in _levels(edition, at, pattern, wanted):
            if period.last == at.last:
                numbers[key].setdefault(period, value)
    for edition in book.editions:
        for key, period, value in _levels(edition, at, pattern, wanted):
            numbers[key].setdefault(period, value)
    for key in [key for key in numbers if key.flow == "balance"]:
        out, back = (numbers.get(key.but(flow=flow), {}) for flow in ("exports", "imports"))
        for period in out.keys() & back.keys():
            numbers[key].setdefault(period, out[period] - back[period])
    return {key: Past(key, at, known) for key, known in sorted(numbers.items()) if at in known}


def _levels(
    edition: Edition, at: Period, pattern: Key, flows: frozenset[str]
) -> Iterator[tuple[Key, Period, float]]:
    if isinstance(edition, LargeEdition):
        yield from _largest(edition, at, pattern, flows)
        return
    for key, series in edition.levels.items():
        if key.flow not in flows or not pattern.matches(key):
            continue
        printed = edition.printed.get(key)
        rates = printed.get(("yoy", ""), {}) if printed else {}
        before: Numbers = {}
        for period, cell in series.items():
            value = cell.value * 10.0**cell.unit.power
            yield key, period, value
            rate = rates.get(period)
            if rate is not None and rate.value > -100 and value > 0:  # noqa: PLR2004 — all of it lost
                before[period.year_ago()] = value / (1 + rate.value / 100)
        for period, value in before.items():
            if period not in series:
                yield key, period, value


def _largest(
    edition: LargeEdition, at: Period, pattern: Key, flows: frozenset[str]
) -> Iterator[tuple[Key, Period, float]]:
    """The largest series of the period, with their past, in two passes over the file."""
    import polars as pl  # noqa: PLC0415 — heavy

    from tidewaiter.sources.table import KEY_COLUMNS  # noqa: PLC0415 — imports polars

    named = zip(KEY_COLUMNS, pattern.parts(), strict=True)
    rows = edition._store.scan(edition.release).filter(  # noqa: SLF001 — a pass over all of it, as its own
        pl.col("statistic") == LEVEL,
        pl.col("flow").is_in(list(flows)),
        *(pl.col(name) == part for name, part in named if part != "*"),
    )
    now = rows.filter(pl.col("first") == at.first, pl.col("last") == at.last)
    kept = now.select(*KEY_COLUMNS, "value").top_k(_LARGEST, by="value").collect().lazy()
    told = rows.join(kept.drop("value"), on=KEY_COLUMNS, how="semi")
    for *parts, first, last, value, unit in (
        told.select(*KEY_COLUMNS, "first", "last", "value", "unit").collect().iter_rows()
    ):
        yield Key(*parts), Period(first, last), value * 10.0 ** Unit.parse(unit).power
