"""From a proposal to a fact: the book's own figure must bear it out, without anything left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.engine.facts.fact import Fact
from tidewaiter.engine.facts.weights import bits, least, table
from tidewaiter.model.interval import round_half_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidewaiter.engine.book import Book
    from tidewaiter.engine.facts.proposal import Proposal
    from tidewaiter.model.figure import Figure

_TWO = 2
_NEEDS = {
    "share_high": "share",
    "best": "yoy",
    "worst": "yoy",
    "growth_record": "yoy",
}  # the rate itself is told
_TEN_MILLION = 1e7  # the last digit of 584.9億 and of 58.49 billion
_LONGEST = 3  # the fourth longest streak is no news
_GROUPS = 5  # fewer are no breadth


def confirmed(book: Book, proposal: Proposal) -> Fact | None:
    """The fact, None where the book's figure does not say so or leaves it open."""
    key = proposal.past.key
    figure = book.find(key, proposal.statistic, proposal.at, proposal.of)
    if figure is None or not _HOLDS[proposal.kind](figure, proposal):
        return None
    slots = dict(proposal.slots)
    if proposal.kind == "breadth" and not (slots := _broad(figure)):
        return None
    beside = [book.find(key, name, proposal.at) for name in ("level", "yoy") if name != figure.id.statistic]
    if proposal.kind == "share_high":
        beside.append(book.find(key, "share", proposal.at, slots["of"]))
    if proposal.kind == "streak":
        beside.append(_rank_of_streak(book, proposal))
    if proposal.kind == "base":
        beside.append(book.find(key, "yoy", proposal.at.year_ago()))
    figures = (figure, *(f for f in beside if f is not None and _sure(f)))
    if _NEEDS.get(proposal.kind, proposal.statistic) not in {f.id.statistic for f in figures}:
        return None
    if proposal.kind == "base" and not any(f.id.period == proposal.at.year_ago() for f in figures[1:]):
        return None
    factors, why, why_zh = proposal.factors, proposal.why("en"), proposal.why("zh")
    if proposal.kind == "breadth":
        told = proposal.__class__(
            proposal.kind, proposal.past, proposal.statistic, proposal.of, proposal.at,
            bits(0, float(slots["parts"])) / _TWO, 0, slots,
        )  # fmt: skip
        factors, why, why_zh = told.factors, told.why("en"), told.why("zh")
    return Fact(proposal.kind, key, figures, factors, why, why_zh, slots)


def _rank_of_streak(book: Book, proposal: Proposal) -> Figure | None:
    """Its place among all streaks, where it is one of the longest and the past is long enough to say."""
    enough = least("history_years" if proposal.past.yearly else "history_months")
    if len(proposal.past.growths) < enough:
        return None
    of = proposal.of.replace("yoy", "streak")
    place = book.find(proposal.past.key, "rank", proposal.at, of)
    then = getattr(book, "then", None)
    known = then.find(proposal.past.key, "rank", proposal.at, of) if then is not None else None
    if (
        place is None
        or _count(place) < least("history_months")
        or (known is not None and known.interval != place.interval)
    ):
        return None  # by what was known then it was another place: nothing is said of it
    return place if place.interval.high <= _LONGEST else None


def _sure(figure: Figure) -> bool:
    """Certain to the last digit that is told, or printed to it: what may stand beside the fact."""
    if figure.interval.width == 0:
        return True
    money = figure.id.statistic == "level"
    factor, decimals = (10.0**figure.unit.power / _TEN_MILLION, 0) if money else (1.0, 1)
    ends = [end * factor for end in (figure.interval.low, figure.interval.high)]
    if figure.route in {"observed", "printed"}:
        return ends[1] - ends[0] <= 10.0**-decimals * (1 + 1e-6)
    return round_half_up(ends[0], decimals) == round_half_up(ends[1], decimals)


def _first(figure: Figure, proposal: Proposal) -> bool:
    detail = dict(figure.detail)
    monthly = proposal.of.endswith("all_months") and not proposal.past.yearly
    enough = least("history_months" if monthly else "history_years")
    return _exactly(figure, 1) and int(detail.get("count", 0)) >= enough


def _second(figure: Figure, proposal: Proposal) -> bool:
    return _exactly(figure, _TWO) and _count(figure) >= least(
        "history_years" if proposal.past.yearly else "history_months"
    )


def _count(figure: Figure) -> int:
    return int(dict(figure.detail).get("count", 0))


def _exactly(figure: Figure, value: float) -> bool:
    return figure.interval.width == 0 and figure.value == value


def _begin(figure: Figure, proposal: Proposal) -> bool:
    short = least("short_years" if proposal.past.yearly else "short_months")
    months = short * proposal.at.months
    return figure.interval.high == float("inf") and figure.interval.low >= months


def _distance(figure: Figure, proposal: Proposal) -> bool:
    enough = least("best_years" if proposal.past.yearly else "best_months") * proposal.at.months
    return figure.interval.width == 0 and figure.value >= enough


def _share(figure: Figure, proposal: Proposal) -> bool:
    return _distance(figure, proposal) or _begin(figure, proposal)


def _streak(figure: Figure, proposal: Proposal) -> bool:
    enough = least("streak_years" if proposal.past.yearly else "streak_months")
    return figure.interval.width == 0 and figure.value >= enough


def _yes(figure: Figure, proposal: Proposal) -> bool:
    del proposal
    return _exactly(figure, 1)


def _placed(figure: Figure, proposal: Proposal) -> bool:
    return _exactly(figure, float(proposal.slots["place"]))


def _told(figure: Figure, proposal: Proposal) -> bool:
    del proposal
    return _sure(figure)


def _counted(figure: Figure, proposal: Proposal) -> bool:
    del proposal
    return figure.interval.width == 0


def _above(figure: Figure, proposal: Proposal) -> bool:
    factor = 10.0**figure.unit.power if figure.id.statistic == "level" else 1.0
    return figure.interval.low * factor > float(proposal.slots.get("level", "-inf"))


def _broad(figure: Figure) -> dict[str, str]:
    """The count, where it is one-sided enough to be news."""
    detail = dict(figure.detail)
    up, parts = int(detail["up"]), int(detail["parts"])
    told = table()["from"]
    one_way = up >= told["broad"] * parts or up <= told["narrow"] * parts
    return {"up": str(up), "parts": str(parts)} if parts >= _GROUPS and one_way else {}


_HOLDS: dict[str, Callable[[Figure, Proposal], bool]] = {
    "record": _first, "record_span": _first, "record_same_month": _first, "growth_record": _first,
    "second": _second, "since_begin": _begin, "best": _distance, "worst": _distance, "streak": _streak,
    "turn": _yes, "overtaking": _placed, "contribution": _told, "share_high": _share, "milestone": _above,
    "full_year": _yes, "rare": _above, "base": _told, "breadth": _counted,
}  # fmt: skip
