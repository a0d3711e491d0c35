"""The levels of a release as one table, for rules that look at many numbers at once.

Values stand in their unit without its power of ten, beside what their printing leaves open, so sums and
comparisons need no look at units. A number printed in several tables counts once, at its most precise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation, Place
from tidewaiter.model.period import Period
from tidewaiter.model.unit import Unit
from tidewaiter.sources.table import KEY_COLUMNS

if TYPE_CHECKING:
    from tidewaiter.model.release import Release

PERIOD = ["first", "last"]


@dataclass(frozen=True)
class Sheet:
    """A release's levels.

    Attributes:
        release: which publication.
        levels: one row a number, sorted by series and period: its own columns, ``kind`` (of unit),
            ``base`` (the value), ``half`` (half of what its printing leaves open), ``length`` (of the
            period) and ``series`` (a number for each run of one key, kind and length).
        mixed: its numbers became known on several days: sums would mix vintages.
        repeated: the numbers that stand more than once, each time they do, in the order of ``levels``.
    """

    release: Release
    levels: pl.DataFrame
    mixed: bool
    repeated: pl.DataFrame

    @classmethod
    def of(cls, release: Release, table: pl.DataFrame, *, in_order: bool = False) -> Sheet:
        """The levels of a table of observations (schema in :mod:`tidewaiter.sources.table`).

        Args:
            release: which publication.
            table: its observations.
            in_order: the rows of a key stand together and by period, as the store keeps them.
        """
        kept = table.filter(pl.col("statistic") == LEVEL)
        units = {text: Unit.parse(text) for text in kept["unit"].unique()} or {"": Unit("")}
        factors = {text: 10.0**unit.power for text, unit in units.items()}
        kinds = {text: unit.kind for text, unit in units.items()}
        factor = pl.col("unit").replace_strict(factors, return_dtype=pl.Float64)
        decimals = pl.col("decimals").cast(pl.Float64)
        levels = kept.with_columns(
            pl.col("unit").replace_strict(kinds, return_dtype=pl.String).alias("kind"),
            (pl.col("value") * factor).alias("base"),
            ((0.5 * pl.lit(10.0).pow(-decimals)).fill_null(0.0) * factor).alias("half"),
        )
        once, repeated = _in_series(levels, in_order=in_order)
        return cls(release, once, table["known_at"].drop_nulls().n_unique() > 1, repeated)

    @property
    def addable(self) -> pl.DataFrame:
        """The levels whose unit sums."""
        kinds = [kind for kind in self.levels["kind"].unique() if Unit(kind).adds_up]
        if len(kinds) == self.levels["kind"].n_unique():
            return self.levels
        return self.levels.filter(pl.col("kind").is_in(kinds))


def _in_series(levels: pl.DataFrame, *, in_order: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Sorted, one row a number, ``series`` numbering the runs of one key, unit kind and length of period.

    Sorting text columns of millions of rows takes most of an audit's time, so numbers of keys are sorted.
    """
    levels = levels.with_columns((pl.col("last") - pl.col("first")).alias("length"))
    if in_order:
        ranked = levels.with_columns(_changes(KEY_COLUMNS).cum_sum().alias("rank"))
    else:
        keys = levels.select(KEY_COLUMNS).unique().sort(KEY_COLUMNS).with_row_index("rank")
        ranked = levels.join(keys, on=KEY_COLUMNS, how="left")
    inside = _changes(("length", "kind")) & ~_changes(("rank",))
    if not in_order or ranked.select(inside.any()).item():
        ranked = ranked.sort("rank", "kind", "length", "first", "half", maintain_order=True)
    ordered = ranked.with_columns(_changes(("rank", "kind", "length")).cum_sum().alias("series"))
    marked = ordered.drop("rank").with_columns((~_changes(("series", "first"))).alias("again"))
    twice = pl.col("again") | pl.col("again").shift(-1, fill_value=False)
    once = marked.filter(~pl.col("again")).drop("again")
    return once, marked.filter(twice).drop("again") if marked["again"].any() else marked.head(0).drop("again")


def _changes(columns: tuple[str, ...]) -> pl.Expr:
    """The row differs from the one before in one of the columns; the first row does."""
    return pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in columns) | (
        pl.int_range(pl.len()) == 0
    )


def observation(row: dict[str, Any]) -> Observation:
    """The number of a row."""
    return Observation(
        Key(*(row[name] for name in KEY_COLUMNS)),
        Period(row["first"], row["last"]),
        LEVEL,
        row["value"],
        Unit.parse(row["unit"]),
        Place(row["file"], row["sheet"], row["cell"]),
        decimals=row["decimals"],
    )
