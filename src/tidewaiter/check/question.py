"""From a claim to the figures it may mean.

The slots of a claim name a series, a statistic, a period and a parameter. Where the text leaves a slot
open, each reading is a question of its own; the evidence decides, and the answer says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.errors import UnparsableError
from tidewaiter.model.key import WORLD, Key
from tidewaiter.model.period import MONTHS, Period

if TYPE_CHECKING:
    from tidewaiter.check.claim import Claim

_FLOWS = frozenset({
    "exports", "imports", "balance", "total_trade", "export_orders", "industrial_production",
    "manufacturing_production", "production_value", "overseas_production_ratio", "revenue",
})  # fmt: skip
_SAME = frozenset({
    "level", "yoy", "mom", "qoq", "share", "yoy_change", "mom_change", "ytd_level", "ytd_yoy", "ytd_change",
    "pp_change", "average_annual_growth", "contribution", "streak", "turn", "exceeds", "best_in_n",
    "worst_in_n",
})  # fmt: skip
_UNIVERSE = {
    "rank:all_months": "all_months", "rank:same_month": "same_month", "rank:same_period": "same_period",
    "rank:full_years": "full_years", "rank:all_years": "all_years", "rank:partners": "partners",
    "rank:exporters": "exporters", "rank:commodities": "commodities", "rank:ytd": "this_year",
}  # fmt: skip
_BASE = {
    "ytd_level": "level",
    "ytd_yoy": "yoy",
    "ytd_share": "share",
    "cagr": "average_annual_growth",
    "": "level",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One figure a claim may mean.

    Attributes:
        key: which series.
        statistic: of the engine's.
        period: when.
        of: the statistic's parameter.
        reading: which slot was read otherwise than the claim says first, empty for the plain reading.
    """

    key: Key
    statistic: str
    period: Period
    of: str = ""
    reading: tuple[str, str] | None = None


def questions(claim: Claim) -> list[Question]:
    """The plain reading first, then the open ones. Empty when the claim is of nothing we compute."""
    plain = _question(claim)
    if plain is None:
        return []
    found = [plain, *_other_base(plain)]
    for slot, value in claim.candidates:
        other = _question(claim.read_as(slot, value))
        if other is not None:
            found.append(replace(other, reading=(slot, value)))
    return found


def _other_base(plain: Question) -> list[Question]:
    """2017年至2023年平均年增: six growths from 2017 on, or seven from 2016; the text may mean either."""
    if plain.statistic != "average_annual_growth" or not plain.period.is_years:
        return []
    later = Period(plain.period.first + MONTHS, plain.period.last)
    if later.months <= MONTHS:
        return []
    return [replace(plain, period=later, reading=("period", str(later)))]


def _question(claim: Claim) -> Question | None:
    if claim.indicator not in _FLOWS:
        return None
    try:
        period = Period.parse(claim.period)
    except UnparsableError:
        return None
    named = _statistic(claim)
    if named is None:
        return None
    statistic, of = named
    key = Key(claim.reporter, claim.indicator, claim.commodity, claim.partner, _measure(claim))
    return Question(key, statistic, _settled(statistic, period), of)


def _measure(claim: Claim) -> str:
    """Trade is kept in US$; a claim in NT$ is of the series in NT$."""
    trade = claim.indicator in ("exports", "imports", "balance", "total_trade")
    return "twd" if trade and claim.unit.endswith("TWD") else ""


def _statistic(claim: Claim) -> tuple[str, str] | None:
    """The engine's statistic and parameter for a claim's."""
    name, of = claim.statistic, claim.of or ""
    if claim.unit in _UNIVERSE or name in ("record", "rank"):
        return _ranking(name, of, claim.unit, of_the_world=claim.partner == WORLD)
    parameter = {
        "share": _part_of(claim),
        "pp_change": "yoy" if of.startswith("yoy") else f"share:{_part_of(claim)}",
        "best_in_n": _BASE.get(of, of),
        "worst_in_n": _BASE.get(of, of),
        "exceeds": f"full_year:{claim.value}" if claim.unit == "date" else "full_year",
        "streak": of or "yoy",
        "turn": of or "yoy",
        "contribution": of,
    }.get(name, "")
    return (name, parameter) if name in _SAME else None


def _ranking(name: str, of: str, unit: str, *, of_the_world: bool) -> tuple[str, str] | None:
    """A place: among streaks, or in the universe that the unit names; a worst one counts from below."""
    if of.startswith("streak"):
        return "rank", of
    universe = _UNIVERSE.get(unit)
    if universe == "partners" and of_the_world:
        universe = "exporters"  # the world is no partner among others: its place is among reporters
    low = "-" if of.startswith("-") or name == "worst_in_n" else ""
    base = of.lstrip("-")
    kind = name if name in ("record", "rank") else "rank"
    return (kind, f"{low}{_BASE.get(base, base)}:{universe}") if universe else None


def _part_of(claim: Claim) -> str:
    """The dimension a share divides: partners of a flow, goods of a flow, or reporters of the world."""
    if claim.partner != "W00":
        split = claim.commodity == "total" or claim.commodity.startswith("HS")
        return "partner" if split else "commodity"
    return "commodity" if claim.commodity != "total" and not claim.commodity.startswith("HS") else "reporter"


def _settled(statistic: str, period: Period) -> Period:
    """The period in the form the engine takes: a cumulative statistic is named by its span."""
    if statistic in ("ytd_level", "ytd_yoy", "ytd_change"):
        return period.to_date()
    return period
