"""Rules that hold number by number: one value a number, no negative flows, marks where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tidewaiter.engine.audit.declared import tolerance
from tidewaiter.engine.audit.lines import Status
from tidewaiter.engine.audit.sheet import observation
from tidewaiter.engine.audit.table_rule import around
from tidewaiter.model.unit import Unit

if TYPE_CHECKING:
    from tidewaiter.engine.audit.sheet import Sheet
    from tidewaiter.engine.audit.table_rule import Findings

_FLOWS = (
    "exports", "imports", "re_exports", "re_imports", "total_trade", "export_orders", "production_value",
    "sales_value",
)  # fmt: skip


def duplicates(sheet: Sheet, found: Findings) -> None:
    """Rows of one table and day that name one number: the same twice agrees, two values do not."""
    if sheet.repeated.is_empty():
        return
    table = ["series", "first", "known_at", "file", "sheet"]
    low, high = (pl.col("base") - pl.col("half")).max(), (pl.col("base") + pl.col("half")).min()
    slack = tolerance("duplicate")["exact"] * pl.col("base").abs().max()
    judged = sheet.repeated.group_by(table, maintain_order=True).agg(
        pl.len().alias("many"),
        (low <= high + slack).alias("same"),
        pl.col("base").min().alias("least"),
        pl.col("base").max().alias("largest"),
        pl.col("cell").alias("cells"),
        *(
            pl.col(name).first()
            for name in sheet.repeated.columns
            if name not in (*table, "cells", "many", "same")
        ),
    )
    twice = judged.filter(pl.col("many") > 1)
    found.agrees += int(twice["same"].sum())
    for row in twice.filter(~pl.col("same")).iter_rows(named=True):
        places = ", ".join(row["cells"][:3])
        power = Unit.parse(row["unit"]).power
        middle, half = (row["largest"] + row["least"]) / 2, (row["largest"] - row["least"]) / 2
        told = f"{row['many']} rows give this number different values: {places}"
        found.tell(observation(row), Status.DISAGREES, told, around(middle, half, power))


def signs(sheet: Sheet, found: Findings) -> None:
    """Money and quantities of flows that cannot be negative."""
    kinds = [kind for kind in sheet.levels["kind"].unique() if Unit(kind).adds_up]
    flows = sheet.levels.filter(pl.col("flow").is_in(_FLOWS) & pl.col("kind").is_in(kinds))
    negative = flows.filter(pl.col("base") < 0)
    found.agrees += flows.height - negative.height
    for row in negative.iter_rows(named=True):
        found.tell(observation(row), Status.DISAGREES, f"{row['flow']} of less than nothing")


def marks(sheet: Sheet, found: Findings) -> None:
    """A series that is final after a preliminary number has lost a mark, or kept one too long."""
    if not sheet.levels["preliminary"].any():
        return
    latest = pl.col("first").filter(~pl.col("preliminary")).max().over("series")
    marked = sheet.levels.with_columns(latest.alias("final")).filter("preliminary")
    early = marked.filter(pl.col("final") > pl.col("first"))
    found.agrees += marked.height - early.height
    for row in early.iter_rows(named=True):
        told = "marked preliminary, and later numbers of its series are not"
        found.tell(observation(row), Status.DISAGREES, told)
