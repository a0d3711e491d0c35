"""Two releases compared number by number: what one adds, restates and leaves out against the other.

A number is named by series, statistic with its parameter, period and kind of unit. Numbers that are
printed with different precision and round to one another are the same; so are those in other powers of
ten. Whole tables are compared at once, so releases of millions take seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL
from tidewaiter.model.period import Period
from tidewaiter.model.unit import Unit
from tidewaiter.sources.table import IDENTITY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.model.release import Release
    from tidewaiter.store import Store

_NAME = [*IDENTITY, "kind"]
_NEEDED = [*IDENTITY, "value", "unit", "decimals", "preliminary", "known_at"]
_SLACK = 1e-12  # of a number: two powers of ten of one number differ by less in floating point
_LARGEST = 20
RESTATED, ADDED, VANISHED = "restated", "added", "vanished"


@dataclass(frozen=True, slots=True)
class Change:
    """One number that differs between two releases.

    Attributes:
        change: restated, added or vanished.
        key: the series.
        statistic: with its parameter.
        period: when.
        old: the number in the one release, in ``unit``; None where it is added.
        new: the number in the other; None where it vanished.
        unit: as the other release prints it (as the one does, where it vanished).
        difference: new less old.
        percent: that in percent of the size of the old number; None from zero.
    """

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


@dataclass(frozen=True)
class Difference:
    """What a release changes against another.

    Attributes:
        old: identifier of the one.
        new: identifier of the other.
        same: numbers that agree as printed.
        settled: of those, numbers marked preliminary in the one and no longer in the other.
        table: the numbers that differ, one row each: restated ones first, levels before rates, the
            largest first; then the added and the vanished in order of series and period.
    """

    old: str
    new: str
    same: int
    settled: int
    table: pl.DataFrame = field(repr=False)

    @property
    def added(self) -> int:
        """Numbers only the new one has."""
        return self._count(ADDED)

    @property
    def restated(self) -> int:
        """Numbers both have with values that cannot be the same."""
        return self._count(RESTATED)

    @property
    def vanished(self) -> int:
        """Numbers only the old one has."""
        return self._count(VANISHED)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The numbers that differ, in the order of the table."""
        return tuple(self.listed())

    def listed(self, kind: str = "", most: int | None = None) -> Iterator[Change]:
        """The numbers that differ, or those of one kind, one by one: a release may have millions."""
        rows = self.table.filter(pl.col("change") == kind) if kind else self.table
        for row in (rows if most is None else rows.head(most)).iter_rows(named=True):
            yield _change(row)

    def by_period(self) -> list[dict[str, Any]]:
        """How many numbers differ, a row a period, oldest first."""
        counts = self._counts("first", "last").sort("last", "first")
        return [
            {"period": str(Period(row.pop("first"), row.pop("last"))), **row}
            for row in counts.iter_rows(named=True)
        ]

    def by_series(self, most: int | None = None) -> list[dict[str, Any]]:
        """How many numbers differ, a row a series, those with most restatements first."""
        key = ["reporter", "flow", "commodity", "partner", "measure"]
        counts = self._counts(*key).sort(RESTATED, *key, descending=[True, *(False for _ in key)])
        rows = (counts if most is None else counts.head(most)).iter_rows(named=True)
        return [{"key": str(Key(*(row.pop(name) for name in key))), **row} for row in rows]

    def row(self, largest: int = _LARGEST) -> dict[str, Any]:
        """As one JSON object with the largest changes."""
        counts = {name: getattr(self, name) for name in ("added", RESTATED, VANISHED, "same", "settled")}
        return {
            "old": self.old,
            "new": self.new,
            **counts,
            "largest": [change.row() for change in self.listed(RESTATED, largest)],
            "by_period": self.by_period(),
            "by_series": self.by_series(largest),
        }

    def _count(self, kind: str) -> int:
        return int((self.table["change"] == kind).sum())

    def _counts(self, *by: str) -> pl.DataFrame:
        kinds = [(pl.col("change") == kind).sum().alias(kind) for kind in (RESTATED, ADDED, VANISHED)]
        return self.table.group_by(*by).agg(*kinds)


def difference(store: Store, old: Release, new: Release) -> Difference:
    """Compare two releases of a store."""
    before, after = (store.scan(release).select(_NEEDED).collect() for release in (old, new))
    return compare(before, after, old.id, new.id)


def compare(before: pl.DataFrame, after: pl.DataFrame, old: str = "old", new: str = "new") -> Difference:
    """Compare two tables of observations (schema in :mod:`tidewaiter.sources.table`).

    Args:
        before: the one.
        after: the other.
        old: what to call the one.
        new: what to call the other.
    """
    joined = _numbers(before).join(_numbers(after), on=_NAME, how="full", coalesce=True, suffix="_new")
    gap = pl.col("base_new") - pl.col("base")
    size = pl.max_horizontal(pl.col("base").abs(), pl.col("base_new").abs())
    allowed = pl.col("half") + pl.col("half_new") + _SLACK * size
    judged = joined.with_columns(
        pl.when(pl.col("base").is_null()).then(pl.lit(ADDED))
        .when(pl.col("base_new").is_null()).then(pl.lit(VANISHED))
        .when(gap.abs() > allowed).then(pl.lit(RESTATED)).alias("change"),
        gap.alias("gap"),
    )  # fmt: skip
    same = judged.filter(pl.col("change").is_null())
    settled = int((same["preliminary"] & ~same["preliminary_new"]).sum())
    return Difference(old, new, same.height, settled, _in_order(judged.drop_nulls("change")))


def _in_order(changed: pl.DataFrame) -> pl.DataFrame:
    kinds = pl.Enum([RESTATED, ADDED, VANISHED])
    ordered = changed.with_columns(
        pl.col("change").cast(kinds),
        (pl.col("statistic") != LEVEL).alias("derived"),
        pl.when(pl.col("change") == RESTATED).then(pl.col("gap").abs()).otherwise(0.0).alias("size"),
    )
    by = ["change", "derived", "size", *_NAME]
    return ordered.sort(by, descending=[name == "size" for name in by], nulls_last=True).with_columns(
        pl.col("change").cast(pl.String)
    )


def _numbers(table: pl.DataFrame) -> pl.DataFrame:
    """One row a number: the one known last, most precise where several stand."""
    units = {text: Unit.parse(text) for text in table["unit"].unique()} or {"USD": Unit("USD")}
    factors = {text: 10.0**unit.power for text, unit in units.items()}
    factor = pl.col("unit").replace_strict(factors, return_dtype=pl.Float64)
    half = (0.5 * pl.lit(10.0).pow(-pl.col("decimals").cast(pl.Float64))).fill_null(0.0)
    kinds = {text: unit.kind for text, unit in units.items()}
    kept = table.select(
        *IDENTITY,
        pl.col("unit").replace_strict(kinds, return_dtype=pl.String).alias("kind"),
        "value",
        "unit",
        (pl.col("value") * factor).alias("base"),
        (half * factor).alias("half"),
        "preliminary",
        "known_at",
    )
    ordered = kept.sort("known_at", "half", descending=[True, False], nulls_last=True, maintain_order=True)
    return ordered.unique(_NAME, keep="first", maintain_order=True).drop("known_at")


def _change(row: dict[str, Any]) -> Change:
    unit = Unit.parse(row["unit_new"] or row["unit"])
    scale = 10.0**-unit.power
    old = None if row["base"] is None else _in(row["value"], row["unit"], unit)
    new = row["value_new"]
    both = old is not None and new is not None
    gap = row["gap"] * scale if both else None
    key = Key(row["reporter"], row["flow"], row["commodity"], row["partner"], row["measure"])
    statistic = f"{row['statistic']}:{row['of']}" if row["of"] else row["statistic"]
    percent = row["gap"] / abs(row["base"]) * 100 if both and row["base"] else None
    period = str(Period(row["first"], row["last"]))
    return Change(row["change"], str(key), statistic, period, old, new, str(unit), gap, percent)


def _in(value: float, unit: str, other: Unit) -> float:
    mine = Unit.parse(unit)
    return value if mine.power == other.power else value * mine.factor_to(other)
