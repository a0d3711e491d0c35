"""Levels of a classification: each sums to the printed total, and only one of them may be summed.

A file that holds total, HS2, HS4 and HS6 together sums to four times the total. A file whose codes sum
to two thirds of the total is not the nation's trade.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from tidewaiter.engine.audit.declared import tolerance
from tidewaiter.engine.audit.lines import Status
from tidewaiter.engine.audit.sheet import PERIOD, observation
from tidewaiter.engine.audit.table_rule import around, percent
from tidewaiter.model.interval import Interval
from tidewaiter.model.key import TOTAL
from tidewaiter.model.unit import Unit

if TYPE_CHECKING:
    from tidewaiter.engine.audit.sheet import Sheet
    from tidewaiter.engine.audit.table_rule import Findings

_GROUP = ["reporter", "flow", "partner", "measure", "kind", *PERIOD]
_SCHEME = ["reporter", "flow", "measure", "kind"]


def _sums(sheet: Sheet) -> pl.DataFrame:
    """Sum of each broad level (digits) beside the printed total, a row a group and level."""
    digits = pl.col("commodity").str.extract(r"^(?:HS|CCC)(\d+)$")
    rows = sheet.addable
    if not (rows["commodity"] == TOTAL).any():
        return pl.DataFrame()
    coded = rows.with_columns(digits.alias("digits")).with_columns(
        pl.col("digits").str.len_chars().alias("level")
    )
    broad = (
        coded.drop_nulls("digits")
        .group_by(*_SCHEME, "level")
        .agg(pl.col("digits").str.slice(0, 2).n_unique().alias("chapters"))
        .filter(pl.col("chapters") >= tolerance("sum.levels")["broad"])
    )
    if broad.is_empty():
        return broad
    sums = (
        coded.join(broad, on=[*_SCHEME, "level"])
        .group_by(*_GROUP, "level")
        .agg(pl.col("base").sum().alias("sum"), pl.col("half").sum().alias("open"), pl.len().alias("codes"))
    )
    totals = coded.filter(pl.col("commodity") == TOTAL)
    return sums.join(totals.drop("level"), on=_GROUP, how="left", suffix="_total").sort(*_GROUP, "level")


def levels(sheet: Sheet, found: Findings) -> None:
    """The tolerance leaves room for confidential codes and numbers rounded earlier."""
    sums = _sums(sheet)
    if sums.is_empty() or sheet.mixed:
        return
    gap = (pl.col("sum") - pl.col("base")).abs()
    allowed = pl.col("open") + pl.col("half") + tolerance("sum.levels")["relative"] * pl.col("base").abs()
    judged = sums.drop_nulls("base").with_columns((gap <= allowed).alias("holds"))
    found.agrees += int(judged["holds"].sum())
    for row in judged.filter(~pl.col("holds")).iter_rows(named=True):
        implied = around(row["sum"], row["open"], Unit.parse(row["unit"]).power)
        codes = f"{row['codes']} codes of {row['level']} digits"
        reason = f"{codes} sum to {percent(row['sum'], row['base'])} of the total"
        found.tell(observation(row), Status.DISAGREES, reason, implied)


def one_level(sheet: Sheet, found: Findings) -> None:
    """One line a reporter and flow, at the largest total."""
    sums = _sums(sheet)
    if sums.is_empty():
        return
    for _, group in sums.drop_nulls("base").group_by(*_SCHEME, maintain_order=True):
        largest = group.sort("base", descending=True).row(0, named=True)
        of_it = group.filter(*(pl.col(name) == largest[name] for name in _GROUP))
        whole = of_it.filter(((pl.col("sum") / pl.col("base")) - 1).abs() <= tolerance("one.level")["whole"])
        if whole.is_empty():
            found.agrees += 1
            continue
        _tell_multiple(largest, whole, found)


def _tell_multiple(row: dict[str, Any], whole: pl.DataFrame, found: Findings) -> None:
    naive = row["base"] + float(whole["sum"].sum())
    names = ", ".join(["total", *(f"HS{level}" for level in sorted(whole["level"]))])
    reason = (
        f"the file holds {whole.height + 1} levels ({names}), each the whole: a sum over all rows is "
        f"{naive / row['base']:.2f} times the total; sum one level only"
    )
    power = Unit.parse(row["unit"]).power
    found.tell(observation(row), Status.DISAGREES, reason, Interval.exact(naive * 10.0**-power))
