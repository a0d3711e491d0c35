"""Coverage: what a release without a printed total holds of the total its office announced.

The totals are data with their source (``totals.yml``). A file that holds two thirds of a nation's trade
must say so before anyone sums it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import polars as pl
import yaml

from tidewaiter.engine.audit.declared import tolerance
from tidewaiter.engine.audit.lines import Status
from tidewaiter.engine.audit.sheet import observation
from tidewaiter.engine.audit.table_rule import percent
from tidewaiter.model.interval import Interval
from tidewaiter.model.key import TOTAL, WORLD, Key
from tidewaiter.model.observation import Place
from tidewaiter.model.period import Period
from tidewaiter.model.unit import Unit

if TYPE_CHECKING:
    from tidewaiter.engine.audit.sheet import Sheet
    from tidewaiter.engine.audit.table_rule import Findings


_SIZES = {0: "", 3: "thousand", 6: "million", 9: "billion"}


@cache
def announced() -> list[dict[str, Any]]:
    """Totals by reporter, flow and period, with their unit, decimals and source."""
    text = resources.files("tidewaiter.engine.audit").joinpath("totals.yml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text))


def coverage(sheet: Sheet, found: Findings) -> None:
    """Periods whose total is announced and not printed."""
    for listed in announced():
        mine = sheet.addable.filter(
            (pl.col("reporter") == listed["reporter"])
            & (pl.col("flow") == listed["flow"])
            & (pl.col("measure") == "")
            & (pl.col("kind") == Unit.parse(listed["unit"]).kind)
        )
        if mine.is_empty():
            continue
        for text, total in listed["totals"].items():
            period = Period.parse(str(text))
            rows = mine.filter((pl.col("first") == period.first) & (pl.col("last") == period.last))
            if rows.height and not (rows["commodity"] == TOTAL).any():
                _judge(rows, listed, total, found)


def _judge(rows: pl.DataFrame, listed: dict[str, Any], told: dict[str, Any], found: Findings) -> None:
    """The finest codes that reach over the chapters, to the world or, without it, to all partners."""
    code = pl.col("commodity").str.extract(r"^(?:HS|CCC)(\d+)$")
    digits = rows.with_columns(code.alias("digits")).drop_nulls("digits")
    limit = tolerance("coverage")
    if digits.is_empty() or digits["digits"].str.slice(0, 2).n_unique() < limit["broad"]:
        return
    level = pl.col("digits").str.len_chars()
    finest = digits.filter(level == level.max())
    world = finest.filter(pl.col("partner") == WORLD)
    finest = world if world.height else finest
    unit, total = Unit.parse(listed["unit"]), float(told["value"])
    held = float(finest["base"].sum()) * 10.0**-unit.power
    cell = replace(
        observation(finest.row(0, named=True)),
        key=Key(listed["reporter"], listed["flow"]),
        value=held,
        unit=unit,
        decimals=None,
        place=Place(finest["file"][0], "", f"sum of {finest.height} rows"),
    )
    allowed = Interval.rounded(total, listed["decimals"])
    if abs(held / total - 1) <= 1 - limit["whole"]:
        found.agrees += 1
        return
    share = percent(held, total)
    size = _SIZES.get(unit.power, f"1e{unit.power}")
    announced_as = f"{total:,} {size} {unit.kind}, announced {told['announced']} by the {listed['office']}"
    reason = f"the rows hold {share} of the nation's trade ({announced_as}; {told['source']})"
    found.tell(cell, Status.DISAGREES, reason, allowed)
