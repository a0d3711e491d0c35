"""The rules over single numbers, for a release of any size: balance, sums of months, several tables.

What plainly holds is counted in whole columns; every other number is judged one by one by the code that
small releases are judged by, so the findings are the same. A number that stands once is its own level;
those that stand in several tables are indexed as an edition indexes them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from tidewaiter.engine.audit.lines import Line, Status
from tidewaiter.engine.audit.sheet import observation
from tidewaiter.engine.edition import Edition
from tidewaiter.model.observation import LEVEL
from tidewaiter.model.unit import Unit
from tidewaiter.sources.table import KEY_COLUMNS
from tidewaiter.store.frame import from_frame, to_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tidewaiter.engine.audit.table_rule import Findings
    from tidewaiter.model.observation import Observation
    from tidewaiter.model.release import Release

_NUMBER = [*KEY_COLUMNS, "first", "last"]
_BESIDE = [name for name in _NUMBER if name != "flow"]
_OF_MONTHS = [*KEY_COLUMNS, "kind", "known_at"]
_PLAINLY = 0.999  # of what is allowed; nearer to it a number is judged by itself
_EXACT = 1e-9
_ONE_BY_ONE = 20_000  # numbers of a rule judged by themselves; a file with more that fail is told by counts
_TWICE = 500_000  # numbers that stand in several tables


@dataclass(frozen=True)
class Numbers:
    """The levels of a release as columns.

    Attributes:
        release: which publication.
        cells: every printed level, in order of keys and periods, with ``kind`` of unit, ``base`` (the value
            without its power of ten), ``half`` (of what its printing leaves open) and ``scale``.
        levels: one row a number: the level that is taken where several tables print it.
        twice: the cells of numbers that stand more than once.
        edition: those, indexed.
        mixed: numbers became known on several days.
    """

    release: Release
    cells: pl.DataFrame
    levels: pl.DataFrame
    twice: pl.DataFrame
    edition: Edition
    mixed: bool

    @classmethod
    def of(cls, release: Release, table: pl.DataFrame) -> Numbers:
        """The levels of a table in the store's order."""
        plain = table.filter(pl.col("statistic") == LEVEL)
        if not plain.height:
            return cls(release, *(_with_units(plain),) * 3, Edition(release), mixed=False)
        again = ~pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(1)) for name in _NUMBER)
        again = (again & (pl.int_range(pl.len()) > 0)).alias("again")
        several = again | again.shift(-1, fill_value=False)
        marks = plain.select(several.alias("several"))["several"]
        cells = _with_units(plain)
        twice = cells.filter(marks)
        edition = Edition.of(release, from_frame(plain.filter(marks).head(_TWICE)))
        taken = to_frame([cell for series in edition.levels.values() for cell in series.values()])
        levels = pl.concat([cells.filter(~marks), _with_units(taken)]) if twice.height else cells
        mixed = table["known_at"].drop_nulls().n_unique() > 1
        return cls(release, cells, levels, twice, edition, mixed)


def _with_units(table: pl.DataFrame) -> pl.DataFrame:
    units = {text: Unit.parse(text) for text in table["unit"].unique()} or {"": Unit("")}
    kinds = {text: unit.kind for text, unit in units.items()}
    scales = {text: 10.0**unit.power for text, unit in units.items()}
    half = (0.5 * pl.lit(10.0).pow(-pl.col("decimals").cast(pl.Float64))).fill_null(0.0)
    return table.with_columns(
        pl.col("unit").replace_strict(kinds, return_dtype=pl.String).alias("kind"),
        pl.col("unit").replace_strict(scales, return_dtype=pl.Float64).alias("scale"),
    ).with_columns((pl.col("value") * pl.col("scale")).alias("base"), (half * pl.col("scale")).alias("half"))


def balances(numbers: Numbers, found: Findings, judge: Callable[..., Line]) -> None:
    """A printed balance is the printed exports less the printed imports."""
    cells = numbers.cells.filter(pl.col("flow") == "balance")
    if not cells.height:
        return
    joined = cells
    for flow in ("exports", "imports"):
        part = numbers.levels.filter(pl.col("flow") == flow).select(
            *_BESIDE, *(pl.col(name).alias(f"{name}_{flow}") for name in _CELL)
        )
        joined = joined.join(part, on=_BESIDE, how="left", maintain_order="left")
    there = pl.col("base_exports").is_not_null() & pl.col("base_imports").is_not_null()
    kinds = (pl.col("kind_exports") == pl.col("kind")) & (pl.col("kind_imports") == pl.col("kind"))
    days = (pl.col("known_at_exports") == pl.col("known_at")) & (
        pl.col("known_at_imports") == pl.col("known_at")
    )
    compared = there & kinds & (days if numbers.mixed else pl.lit(value=True))
    gap = pl.col("base") - (pl.col("base_exports") - pl.col("base_imports"))
    told = _set_aside(joined, compared, gap, pl.col("half_exports") + pl.col("half_imports"), found)
    for row in told:
        found.take(_balance(row, numbers, judge))


_CELL = ("value", "unit", "kind", "decimals", "known_at", "base", "half", "file", "sheet", "cell")


def _balance(row: dict[str, Any], numbers: Numbers, judge: Callable[..., Line]) -> Line:
    cell = _observed(row)
    parts = [
        _observed({**row, "flow": flow, **{name: row[f"{name}_{flow}"] for name in _CELL}})
        if row[f"base_{flow}"] is not None else None
        for flow in ("exports", "imports")
    ]  # fmt: skip
    return judge(numbers.release.id, cell, parts, mixed=numbers.mixed)


def sums_of_months(numbers: Numbers, found: Findings, judge: Callable[..., Line]) -> None:
    """A printed span or year is the sum of its printed months, where all are printed."""
    kinds = [kind for kind in numbers.cells["kind"].unique() if Unit(kind).adds_up]
    months = numbers.levels.filter((pl.col("first") == pl.col("last")) & pl.col("kind").is_in(kinds))
    closed = (pl.col("first") != pl.col("last")) & (pl.col("first") > 0)
    spans = numbers.cells.filter(closed & pl.col("kind").is_in(kinds))
    if not months.height or not spans.height:
        return
    by = _OF_MONTHS if numbers.mixed else _OF_MONTHS[:-1]
    months = months.sort(*by, "first").with_columns(
        pl.int_range(pl.len()).over(by).alias("at"),
        pl.col("base").cum_sum().over(by).alias("sum"),
        pl.col("half").cum_sum().over(by).alias("open"),
    )
    begin = months.select(*by, pl.col("first"), "at", sum=pl.col("sum") - pl.col("base"),
                          open=pl.col("open") - pl.col("half"))  # fmt: skip
    end = months.select(*by, pl.col("first").alias("last"), "at", "sum", "open")
    whole = (
        spans.join(begin, on=[*by, "first"], maintain_order="left")
        .join(end, on=[*by, "last"], suffix="_end", maintain_order="left")
        .filter(pl.col("at_end") - pl.col("at") == pl.col("last") - pl.col("first"))
    )
    gap = pl.col("base") - (pl.col("sum_end") - pl.col("sum"))
    told = list(_set_aside(whole, pl.lit(value=True), gap, pl.col("open_end") - pl.col("open"), found))
    parts = _months_of(told, months, by)
    for row in told:
        found.take(judge(numbers.release.id, _observed(row), parts(row)))


def _months_of(
    told: list[dict[str, Any]], months: pl.DataFrame, by: list[str]
) -> Callable[[dict[str, Any]], list[Observation]]:
    """The months of a span, of the series of some rows."""
    wanted = pl.DataFrame(
        [[row[name] for name in by] for row in told], schema={n: months.schema[n] for n in by}, orient="row"
    )
    kept: dict[tuple[Any, ...], dict[int, Observation]] = {}
    for row in months.join(wanted.unique(), on=by, how="semi").iter_rows(named=True):
        kept.setdefault(tuple(row[name] for name in by), {})[row["first"]] = _observed(row)

    def of(row: dict[str, Any]) -> list[Observation]:
        series = kept[tuple(row[name] for name in by)]
        return [series[month] for month in range(row["first"], row["last"] + 1)]

    return of


def across_tables(
    numbers: Numbers, found: Findings, judge: Callable[[Edition, list[Observation]], Iterator[Line]]
) -> None:
    """A number that stands in several tables is the same in each."""
    cells = [_observed(row) for row in numbers.twice.head(_TWICE).iter_rows(named=True)]
    for line in judge(numbers.edition, cells):
        found.take(line)
    left = numbers.twice.height - _TWICE
    if left > 0:
        cell = _observed(numbers.twice.row(_TWICE, named=True))
        reason = f"from here on not compared: more than {_TWICE:,} numbers stand in several tables"
        found.tell(cell, Status.MISSING, reason)
        found.counted[Status.MISSING] = found.counted.get(Status.MISSING, 0) + left - 1


def _set_aside(
    cells: pl.DataFrame, compared: pl.Expr, gap: pl.Expr, half: pl.Expr, found: Findings
) -> Iterator[dict[str, Any]]:
    """Count what plainly agrees; what is to be judged by itself is given."""
    size = _EXACT * pl.max_horizontal(pl.lit(1.0), pl.col("value").abs()) * pl.col("scale")
    judged = cells.with_columns(
        compared.fill_null(value=False).alias("compared"),
        gap.abs().alias("gap"),
        (half + pl.col("half")).alias("open"),
    ).with_columns(pl.when(pl.col("open") > 0).then(pl.col("open")).otherwise(size).alias("allowed"))
    plainly = pl.col("compared") & (pl.col("gap") <= _PLAINLY * pl.col("allowed")).fill_null(value=False)
    held = judged.filter(plainly)
    found.agrees += held.height
    found.exact += held.filter((pl.col("open") - pl.col("half") <= 0) & pl.col("decimals").is_null()).height
    rest = judged.filter(~plainly)
    over = rest.slice(_ONE_BY_ONE)
    within = over["compared"] & (over["gap"] <= over["allowed"])
    found.agrees += int(within.sum())
    missing = int((~over["compared"]).sum())
    wrong = over.height - missing - int(within.sum())
    for status, many in ((Status.MISSING, missing), (Status.DISAGREES, wrong)):
        if many:
            found.counted[status] = found.counted.get(status, 0) + many
    yield from rest.head(_ONE_BY_ONE).iter_rows(named=True)


def _observed(row: dict[str, Any]) -> Observation:
    """The number of a row, with the day it became known."""
    return replace(observation(row), known_at=row["known_at"], preliminary=row.get("preliminary", False))
