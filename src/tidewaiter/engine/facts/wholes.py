"""Parts and wholes: what the size of a series is a share of, and what a part does for its whole."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tidewaiter.engine.facts.places import _as_far, _back
from tidewaiter.engine.facts.proposal import Proposal
from tidewaiter.engine.facts.weights import bits, least, table
from tidewaiter.model.key import TOTAL, WORLD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.engine.facts.past import Past
    from tidewaiter.model.key import Key

Pasts = dict["Key", "Past"]
_FLOWS_OF = {"balance": "exports", "total_trade": "total_trade"}


def weigh(all_of: Pasts) -> None:
    """Give each series its share of the flow's total and its size."""
    flows = table()["flows"]
    wholes = {flow: _whole(all_of, flow) for flow in {key.flow for key in all_of}}
    printed = {(key.flow, key.commodity, key.partner) for key in all_of}
    for key, past in all_of.items():
        is_whole = key.partner == WORLD and key.commodity == TOTAL
        whole = wholes[key.flow] if is_whole else wholes.get(_FLOWS_OF.get(key.flow, key.flow), 0.0)
        past.share = 1.0 if is_whole else min(abs(past.numbers[past.at]) / whole, 1.0) if whole else 0.0
        past.of_listed = (key.flow, TOTAL, WORLD) not in printed
        past.size = flows[key.flow] * math.sqrt(past.share)


def _whole(all_of: Pasts, flow: str) -> float:
    """The flow's total; where none is printed, the sum of its partners, else of its goods, else of all."""
    keys = [key for key in all_of if key.flow == flow]
    totals = [key for key in keys if key.commodity == TOTAL and key.partner == WORLD]
    partners = [key for key in keys if key.commodity == TOTAL]
    goods = [key for key in keys if key.partner == WORLD]
    chosen = totals or partners or goods or keys
    return sum(abs(all_of[key].numbers[all_of[key].at]) for key in chosen)


def whole_key(key: Key) -> Key | None:
    """The whole a part is told a share of: all partners, or all goods; None for the whole and crossings."""
    if (key.commodity == TOTAL) == (key.partner == WORLD) or key.flow in {"balance", "total_trade"}:
        return None
    return key.but(commodity=TOTAL, partner=WORLD)


def parts(past: Past, all_of: Pasts) -> Iterator[Proposal]:
    """What the series does for its whole: a large contribution, a share higher than ever."""
    key = whole_key(past.key)
    whole = all_of.get(key) if key is not None else None
    if whole is None:
        return
    of = "partner" if past.key.partner != WORLD else "commodity"
    yield from _contribution(past, whole, of)
    yield from _share(past, whole, of)


def _contribution(past: Past, whole: Past, of: str) -> Iterator[Proposal]:
    growth, before = whole.growth(past.at), whole.numbers.get(past.at.year_ago())
    own = past.numbers.get(past.at.year_ago())
    if growth is None or before is None or own is None or abs(growth) < least("whole_growth"):
        return
    points = (past.numbers[past.at] - own) / before * 100
    part = points / growth
    if part < least("contribution"):
        return
    # as rare as such a part would be for one of its size: what carries twice its share says more
    rarity = 1 + math.log2(1 + part / max(past.share, 1e-3))
    told = {"part": f"{part:.0%}"}
    yield Proposal("contribution", past, "contribution", of, past.at, rarity, 0, told)


def _share(past: Past, whole: Past, of: str) -> Iterator[Proposal]:
    shares: list[float] = []
    for at, value in past.levels:
        total = whole.numbers.get(at)
        shares = [*shares, value / total] if total else []
    enough = least("best_years" if past.yearly else "best_months")
    back = _back(shares) if len(shares) > enough else 0
    if back is None:
        back = len(shares)
    if back < enough:
        return
    often = _as_far(shares, min(back, len(shares) - 1))
    told = {"count": back}
    slots = {"of": of}
    rarity = bits(often, len(shares))
    yield Proposal("share_high", past, "best_in_n", "share", past.at, rarity, len(shares), told, slots)


def breadth(past: Past) -> Iterator[Proposal]:
    """How many of the groups grow: proposed of each whole, and judged by the book's own count."""
    if past.key.commodity == TOTAL and past.key.partner == WORLD and past.key.flow in {"exports", "imports"}:
        yield Proposal("breadth", past, "breadth", "commodities", past.at, 2.0, 0, {"up": 0, "parts": 0})
