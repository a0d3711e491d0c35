"""Routes to a level that is not printed.

A release prints thirteen months and ten years, but its growth rates in full precision tell the months
of a year before, and a year less its December is January–November. Each route is a function from a
question to a figure or None; :class:`Levels` tries them in order and tells which one it took.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING

from tidewaiter.engine.edition import Edition, as_figure
from tidewaiter.model.figure import Figure, FigureId, Input
from tidewaiter.model.key import WORLD
from tidewaiter.model.period import MONTHS, Period
from tidewaiter.nomenclature import areas, commodities
from tidewaiter.statistics.statistic import whole_of

if TYPE_CHECKING:
    from datetime import date

    from tidewaiter.model.interval import Interval
    from tidewaiter.model.key import Key

_DEPTH = 4  # Jan–Nov 2023 = 2023 − Dec 2023, Dec 2023 = Dec 2024 / (1 + growth), Dec 2024 observed
_LONGEST_SUM = 60


class Levels:
    """The levels of one edition, printed or derived."""

    def __init__(self, edition: Edition, as_of: date | None = None) -> None:
        self.edition = edition
        self.as_of = as_of
        self._known: dict[tuple[Key, Period, bool, int], Figure | None] = {}
        self._asking: set[tuple[Key, Period]] = set()

    def level(self, key: Key, period: Period, *, derive: bool = True, depth: int = _DEPTH) -> Figure | None:
        """The level, None when no route reaches it.

        Args:
            key: which series.
            period: when.
            derive: also infer it from growth rates and shares; without, only what is printed and its
                sums and differences (an audit must not prove a growth rate by itself).
            depth: how many steps a route may take.
        """
        observed = self.edition.level(key, period)
        if observed is not None:
            return as_figure(observed, self.edition.release.id, self.as_of)
        name = (key, period, derive, depth)
        if name in self._known:
            return self._known[name]
        if depth == 0 or (key, period) in self._asking:
            return None
        self._asking.add((key, period))
        try:
            found = self._derive(key, period, derive=derive, depth=depth - 1)
        finally:
            self._asking.discard((key, period))
        self._known[name] = found
        return found

    def _derive(self, key: Key, period: Period, *, derive: bool, depth: int) -> Figure | None:
        routes = (*(_FROM_ITSELF if self.edition.covers(key, period) else ()), *_FROM_OTHERS)
        if derive:
            routes = (*routes, *_INFERENCE)
        found = []
        for route in routes:
            figure = route(self, key, period, derive, depth)
            if figure is not None and not self.coherent(figure.inputs):
                continue
            if figure is not None and figure.interval.width == 0:
                return figure
            if figure is not None:
                found.append(figure)
        return min(found, key=lambda f: f.interval.width * 10.0**f.unit.power, default=None)

    def coherent(self, cells: tuple[Input, ...]) -> bool:
        """The cells are of one vintage: only then do they add up."""
        return not self.edition.mixed or len({cell.known_at for cell in cells}) <= 1

    def make(self, key: Key, period: Period, interval: Interval, parts: list[Figure], route: str) -> Figure:
        """A derived level with the cells it stands on."""
        return Figure(
            id=FigureId(key, "level", period, "", self.as_of),
            interval=interval,
            unit=parts[0].unit,
            route=route,
            inputs=tuple(dict.fromkeys(cell for part in parts for cell in part.inputs)),
            releases=(self.edition.release.id,),
            preliminary=any(part.preliminary for part in parts),
        )


_Route = Callable[[Levels, "Key", Period, bool, int], "Figure | None"]


def _in_unit(figure: Figure, other: Figure) -> Interval:
    factor = figure.unit.factor_to(other.unit)
    return figure.interval if factor == 1 else figure.interval * factor


def sum_of_months(levels: Levels, key: Key, period: Period, derive: bool, depth: int) -> Figure | None:  # noqa: FBT001
    """A span is the sum of its months."""
    if period.is_month or period.is_open or period.months > _LONGEST_SUM:
        return None
    parts = []
    for month in period.each_month():
        part = levels.level(key, month, derive=derive, depth=depth)
        if part is None or not part.unit.adds_up:
            return None
        parts.append(part)
    total = reduce(lambda a, b: a + b, (_in_unit(part, parts[0]) for part in parts))
    return levels.make(key, period, total, parts, f"sum of {len(parts)} months")


def rest_of_span(levels: Levels, key: Key, period: Period, derive: bool, depth: int) -> Figure | None:  # noqa: FBT001
    """A span is a longer span of the same year less the rest of it: January–November = year − December."""
    if period.is_open or period.start_year != period.end_year or period.is_year:
        return None
    year = period.whole_year()
    wholes = [year, *(Period(year.first, at) for at in range(period.last, year.last))]
    for whole in dict.fromkeys(wholes):
        if whole == period:
            continue
        total = levels.level(key, whole, derive=derive, depth=0 if whole != year else depth)
        if total is None or not total.unit.adds_up:
            continue
        rests = [
            Period(first, last)
            for first, last in ((whole.first, period.first - 1), (period.last + 1, whole.last))
            if first <= last
        ]
        parts = [levels.level(key, rest, derive=derive, depth=depth) for rest in rests]
        if any(part is None for part in parts):
            continue
        known = [part for part in parts if part is not None]
        value = reduce(lambda a, b: a - b, (_in_unit(part, total) for part in known), total.interval)
        told = " − ".join([str(whole), *(str(rest) for rest in rests)])
        return levels.make(key, period, value, [total, *known], told)
    return None


def identity(levels: Levels, key: Key, period: Period, derive: bool, depth: int) -> Figure | None:  # noqa: FBT001
    """Balance = exports − imports; total trade = exports + imports; and turned round."""
    identities = {
        "balance": ("exports", "imports", -1),
        "total_trade": ("exports", "imports", 1),
        "exports": ("balance", "imports", 1),
        "imports": ("exports", "balance", -1),
    }
    if key.flow not in identities:
        return None
    first, second, sign = identities[key.flow]
    if not all(levels.edition.covers(key.but(flow=flow), period) for flow in (first, second)):
        return None
    one = levels.level(key.but(flow=first), period, derive=derive, depth=depth)
    other = one and levels.level(key.but(flow=second), period, derive=derive, depth=depth)
    if one is None or other is None:
        return None
    right = _in_unit(other, one)
    value = one.interval + right if sign > 0 else one.interval - right
    return levels.make(key, period, value, [one, other], f"{first} {'+' if sign > 0 else '−'} {second}")


def members(levels: Levels, key: Key, period: Period, derive: bool, depth: int) -> Figure | None:  # noqa: FBT001
    """A union or a group is the sum of its members: CHN+HKG, ASEAN, electronics_ict."""
    for dimension, code, known in (
        ("partner", key.partner, areas()),
        ("commodity", key.commodity, commodities()),
    ):
        entry = known.entries.get(code)
        codes = code.split("+") if "+" in code else (entry.facts.get("members", []) if entry else [])
        if not all(levels.edition.covers(key.but(**{dimension: c}), period) for c in codes):
            continue
        parts = [levels.level(key.but(**{dimension: c}), period, derive=derive, depth=depth) for c in codes]
        if parts and all(part is not None for part in parts):
            found = [part for part in parts if part is not None]
            total = reduce(lambda a, b: a + b, (_in_unit(part, found[0]) for part in found))
            return levels.make(key, period, total, found, f"sum of {', '.join(codes)}")
    return None


def from_next_year(levels: Levels, key: Key, period: Period, derive: bool, depth: int) -> Figure | None:  # noqa: FBT001
    """A level a year ago is this year's level over one plus its printed growth."""
    later = period.shift(MONTHS)
    growth = levels.edition.derived(key, "yoy", "", later)
    now = levels.level(key, later, derive=derive, depth=depth) if growth else None
    if growth is None or now is None:
        return None
    base = growth.interval / 100 + 1
    if base.low <= 0:
        return None
    printed = as_figure(growth, levels.edition.release.id, levels.as_of)
    return levels.make(key, period, now.interval / base, [now, printed], f"{later} / (1 + yoy of {later})")


def from_last_year(levels: Levels, key: Key, period: Period, derive: bool, depth: int) -> Figure | None:  # noqa: FBT001
    """A level is last year's level times one plus its printed growth."""
    earlier = period.year_ago()
    growth = levels.edition.derived(key, "yoy", "", period)
    base = levels.level(key, earlier, derive=derive, depth=depth) if growth else None
    if growth is None or base is None:
        return None
    printed = as_figure(growth, levels.edition.release.id, levels.as_of)
    value = base.interval * (growth.interval / 100 + 1)
    return levels.make(key, period, value, [base, printed], f"{earlier} × (1 + yoy of {period})")


def from_share(levels: Levels, key: Key, period: Period, derive: bool, depth: int) -> Figure | None:  # noqa: FBT001
    """A part is its printed share times the whole."""
    if key.partner == WORLD and key.commodity == "total":
        return None
    for of in ("partner", "commodity"):
        share = levels.edition.derived(key, "share", of, period)
        whole_key = whole_of(key, of)
        whole = share and whole_key != key and levels.level(whole_key, period, derive=derive, depth=depth)
        if share and whole:
            printed = as_figure(share, levels.edition.release.id, levels.as_of)
            value = whole.interval * (share.interval / 100)
            return levels.make(key, period, value, [whole, printed], f"share × {whole_key}")
    return None


_FROM_ITSELF: tuple[_Route, ...] = (sum_of_months, rest_of_span)
_FROM_OTHERS: tuple[_Route, ...] = (identity, members)
_INFERENCE: tuple[_Route, ...] = (from_next_year, from_last_year, from_share)
