"""What passes something: another series in rank, a round number, a full year before it."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from tidewaiter.engine.facts.proposal import Proposal
from tidewaiter.engine.facts.weights import bits, least
from tidewaiter.model.key import TOTAL, WORLD
from tidewaiter.statistics.lookback import better

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tidewaiter.engine.facts.past import Past


def overtakings(lists: Sequence[tuple[str, Sequence[Past]]]) -> Iterator[Proposal]:
    """Who stands before whom for the first time in a while.

    Args:
        lists: of each list that does not overlap (partners, groups of goods), its dimension and series.
    """
    lead = least("lead_months")
    for universe, series in lists:
        ranked = sorted(series, key=lambda past: -past.numbers[past.at])
        for place, past in enumerate(ranked, start=1):
            if past.share < least("overtaking_share"):
                break
            passed = [(behind(past, other), other) for other in ranked[place:]]
            length, other = max(passed, key=lambda item: item[0], default=(0, past))
            enough = least("lead_years") if past.yearly else lead
            if length < enough:
                continue
            count = min(len(past.levels), len(other.levels))
            told = {"n": length}
            slots = {"n": str(length), "place": str(place), "dimension": universe}
            slots["passed"] = other.key.partner if universe == "partners" else other.key.commodity
            yield Proposal(
                "overtaking", past, "rank", f"level:{universe}", past.at,
                bits(1, length), count, told, slots,
            )  # fmt: skip


def behind(past: Past, other: Past) -> int:
    """How many months (years) before this one the other stood higher, without a break."""
    at, length = past.at.previous(), 0
    while (mine := past.numbers.get(at)) is not None and (its := other.numbers.get(at)) is not None:
        if not better(its, mine):
            break
        length, at = length + 1, at.previous()
    return length


def milestone(past: Past) -> Iterator[Proposal]:
    """Above a round number for the first time: 60 billion, 500 million."""
    run = past.levels
    enough = least("history_years" if past.yearly else "history_months")
    now = past.numbers[past.at]
    if len(run) < enough or now <= 0:
        return
    step = 10.0 ** math.floor(math.log10(now))
    level = math.floor(now / step) * step
    before = [value for _, value in run[:-1]]
    if any(value >= level for value in before) or level == now:
        return
    slots = {"level": f"{level:.0f}"}
    yield Proposal(
        "milestone", past, "level", "", past.at, bits(_steps(before), len(run)), len(run), {}, slots
    )


def _steps(values: Sequence[float]) -> int:
    """How often a series passed a round number before."""
    highest, often = 0.0, 0
    for value in values:
        if value > highest:
            step = 10.0 ** math.floor(math.log10(value))
            often += highest > 0 and math.floor(value / step) * step > highest
            highest = value
    return often


def full_year(past: Past) -> Iterator[Proposal]:
    """Since January more than in a whole year: the highest one, or the last."""
    span = past.at.to_date()
    now = past.span(span) if span.is_year_to_date and past.at.is_month else None
    if now is None or now <= 0:
        return
    years = past.spans(past.at.whole_year().year_ago())
    if len(years) < 2 or not better(now, years[-1][1]):  # noqa: PLR2004
        return
    when = past.at.end_month
    often = sum(_by(past, year.end_year, when, last) for (_, last), (year, _) in pairwise(years))
    told = {"often": f"{often / len(years):.0%}"}
    of_all = len(years) >= least("history_years") and all(better(now, value) for _, value in years)
    statistic, of = ("rank", "level:full_years") if of_all else ("exceeds", "full_year")
    slots = {"year": str(past.at.end_year - 1)}
    yield Proposal(
        "full_year", past, statistic, of, span, bits(often, len(years)), len(years) * 12, told, slots
    )


def _by(past: Past, year: int, month: int, last: float) -> bool:
    """That year, too, had passed the year before it by this month."""
    at = past.at.year_ago(past.at.end_year - year).to_date()
    value = past.span(at) if at.end_month == month else None
    return value is not None and better(value, last)


def is_part_of_list(past: Past, dimension: str) -> bool:
    """It stands among the partners of all goods, or among the groups of all partners."""
    key = past.key
    if dimension == "partners":
        return key.commodity == TOTAL and key.partner != WORLD
    return key.partner == WORLD and key.commodity != TOTAL
