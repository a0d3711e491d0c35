"""Additivity: groups are the sum of their members, the world the sum of the partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tidewaiter.engine.audit.declared import tolerance
from tidewaiter.engine.audit.lines import Status
from tidewaiter.engine.audit.sheet import PERIOD, observation
from tidewaiter.engine.audit.table_rule import around, percent
from tidewaiter.model.key import WORLD
from tidewaiter.model.unit import Unit
from tidewaiter.nomenclature import areas, commodities
from tidewaiter.nomenclature.memberships import dated_areas

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tidewaiter.engine.audit.sheet import Sheet
    from tidewaiter.engine.audit.table_rule import Findings

_REST = ["reporter", "flow", "measure", "kind", *PERIOD]
_REGIONS = frozenset(
    {"EUROPE", "ASIA", "EU", "EU28", "EXTRA_EU", "EUZ", "MIDDLE_EAST", "NSP18", "SOUTH_ASIA6", "ASEAN", WORLD}
)


def members(sheet: Sheet, found: Findings) -> None:
    """Groups of goods and areas, where all members are printed."""
    if sheet.mixed:
        return
    rows = sheet.addable
    for dimension, groups in (("commodity", _groups(rows["commodity"].unique(), commodities())),
                              ("partner", _groups(rows["partner"].unique(), areas()))):  # fmt: skip
        other = "partner" if dimension == "commodity" else "commodity"
        for group, parts in groups.items():
            _one_group(rows, (dimension, other), group, parts, found)


def _groups(used: Iterable[str], known: object) -> dict[str, tuple[str, ...]]:
    """Groups and unions in use → their members."""
    groups = {}
    for code in used:
        entry = known.entries.get(code)  # type: ignore[attr-defined]
        listed = tuple(entry.facts.get("members", ())) if entry else ()
        listed = listed or (_always(code) if code in areas().entries else ())
        parts = listed or tuple(code.split("+")) if "+" in code or listed else ()
        if len(parts) > 1:
            groups[code] = parts
    return groups


def _always(code: str) -> tuple[str, ...]:
    """The members of an area whose list never changed; a list with dates is none to sum by over the years."""
    found = dated_areas().get(code)
    if found is None or found.changes():
        return ()
    return tuple(stay.code for stay in found.stays)


def _one_group(
    rows: pl.DataFrame, by: tuple[str, str], group: str, parts: tuple[str, ...], found: Findings
) -> None:
    """Compared where every member is printed; a table that leaves one out says nothing on the sum."""
    dimension, other = by
    sums = (
        rows.filter(pl.col(dimension).is_in(parts))
        .group_by(*_REST, other)
        .agg(pl.col("base").sum().alias("sum"), pl.col("half").sum().alias("open"), pl.len().alias("n"))
        .filter(pl.col("n") == len(parts))
    )
    joined = rows.filter(pl.col(dimension) == group).join(sums, on=[*_REST, other])
    _judge(joined, " + ".join(parts), found, tolerance("sum.members")["relative"])


def _judge(joined: pl.DataFrame, what: str, found: Findings, relative: float) -> None:
    gap = (pl.col("sum") - pl.col("base")).abs()
    allowed = pl.col("open") + pl.col("half") + relative * pl.col("base").abs()
    judged = joined.with_columns(
        (gap <= allowed).alias("holds"), (gap <= 1e-9 * pl.col("base").abs()).alias("same")
    )
    found.agrees += int(judged["holds"].sum())
    found.exact += int((judged["same"] & (judged["half"] == 0) & (judged["open"] == 0)).sum())
    for row in judged.filter(~pl.col("holds")).iter_rows(named=True):
        implied = around(row["sum"], row["open"], Unit.parse(row["unit"]).power)
        share = percent(row["sum"], row["base"])
        reason = f"{what} make {share} of it; parts and total may be of different vintages"
        found.tell(observation(row), Status.DISAGREES, reason, implied)


def partners(sheet: Sheet, found: Findings) -> None:
    """Judged where the release lists all partners; elsewhere the share that is listed is told."""
    limit = tolerance("sum.partners")
    if sheet.mixed:
        return
    rows = sheet.addable
    worlds = rows.filter(pl.col("partner") == WORLD)
    if worlds.is_empty() or worlds.height == rows.height:
        return
    listed = (
        rows.filter(
            ~pl.col("partner").is_in(list(_REGIONS)) & ~pl.col("partner").str.contains("+", literal=True)
        )
        .group_by(*_REST, "commodity")
        .agg(pl.col("base").sum().alias("sum"), pl.col("half").sum().alias("open"), pl.len().alias("n"))
    )
    listed = listed.filter(pl.col("n") >= limit["few"])
    world = worlds.join(listed, on=[*_REST, "commodity"])
    if world.is_empty():
        return
    scheme = ["reporter", "flow", "measure", "kind"]
    most = pl.col("n").max().over(scheme)
    middle = (pl.col("sum") / pl.col("base")).median().over(scheme)
    world = world.with_columns(((most >= limit["all"]) | (middle >= limit["nearly"])).alias("lists_all"))
    _judge(world.filter("lists_all"), "the partners listed", found, limit["relative"])
    for row in world.filter(~pl.col("lists_all")).iter_rows(named=True):
        share = percent(row["sum"], row["base"])
        found.tell(observation(row), Status.MISSING, f"{row['n']} partners are listed, {share} of the world")
