"""The facts of a month, the weightiest first, without saying one thing twice."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tidewaiter.engine.facts import passing, wholes
from tidewaiter.engine.facts.confirm import confirmed
from tidewaiter.engine.facts.merge import is_whole, merged, order
from tidewaiter.engine.facts.past import pasts
from tidewaiter.engine.facts.places import places
from tidewaiter.engine.facts.runs import runs
from tidewaiter.engine.facts.weights import least, table
from tidewaiter.model.key import Key
from tidewaiter.nomenclature import areas, commodities

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from tidewaiter.engine.book import Book
    from tidewaiter.engine.facts.fact import Fact
    from tidewaiter.engine.facts.past import Past
    from tidewaiter.engine.facts.proposal import Proposal
    from tidewaiter.model.period import Period

_SERIES = 60  # at least so many series are looked at
_LOOKED_AT = 2  # proposals borne out for each fact told: the rest may only be listed beside them


def facts(
    book: Book,
    period: Period,
    top: int = 20,
    *,
    pattern: Key | None = None,
    kinds: Collection[str] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> list[Fact]:
    """The facts worth telling about a month (a year), the weightiest first.

    Args:
        book: the figures, as known on the day of telling.
        period: the month, or a year.
        top: how many.
        pattern: which series, ``*`` for any; one reporter and one measure.
        kinds: only these kinds, or facts told of these statistics.
        tell: is told what is being done, for progress.
    """
    wanted = pattern or Key("TWN", "*", "*", "*")
    tell("reading the past")
    # what a part is a part of is weighed against all of it, so the pattern is applied afterwards
    known = pasts(book, period, wanted.but(flow="*", commodity="*", partner="*"), table()["flows"])
    wholes.weigh(known)
    tell("proposing")
    found = [
        proposal
        for proposal in _proposals(book, known)
        if wanted.matches(proposal.past.key) and (not kinds or {proposal.kind, proposal.statistic} & {*kinds})
    ]
    found.sort(key=lambda one: (-one.factors.value, str(one.past.key), one.kind))
    borne = _borne_out(book, found, top * _LOOKED_AT, tell)
    return merged(sorted(borne, key=order), top)


def _proposals(book: Book, known: wholes.Pasts) -> Iterator[Proposal]:
    floor = _smallest(known)
    for past in known.values():
        if past.share >= floor or is_whole(past.key):
            yield from chain(
                places(past), runs(past), wholes.parts(past, known), wholes.breadth(past),
                passing.milestone(past), passing.full_year(past),
            )  # fmt: skip
    yield from passing.overtakings(list(_lists(book, known)))


def _smallest(known: wholes.Pasts) -> float:
    """The share from which a series is looked at; without a printed total, what the largest have."""
    if any(not past.of_listed for past in known.values()):
        return least("size")
    shares = sorted((past.share for past in known.values()), reverse=True)
    return min(least("size"), shares[min(_SERIES, len(shares)) - 1]) if shares else 0.0


def _borne_out(book: Book, found: Iterable[Proposal], enough: int, tell: Callable[[str], None]) -> list[Fact]:
    facts: list[Fact] = []
    for proposal in found:
        if len(facts) == enough:
            break
        tell(str(proposal.past.key))
        fact = confirmed(book, proposal)
        if fact is not None:
            facts.append(fact)
    return facts


def _lists(book: Book, known: wholes.Pasts) -> Iterator[tuple[str, list[Past]]]:
    """The lists in which one may overtake another: those of the book where they are complete."""
    for dimension, name in (("partners", "partner"), ("commodities", "commodity")):
        for flow in ("exports", "imports"):
            listed = [
                past
                for past in known.values()
                if past.key.flow == flow and passing.is_part_of_list(past, dimension)
            ]
            largest = max(listed, key=lambda past: past.share, default=None)
            if largest is None:
                continue
            beside = {*book.siblings(largest.key, name, largest.at), largest.key}
            yield dimension, _apart([past for past in listed if past.key in beside], name)


def _apart(listed: list[Past], name: str) -> list[Past]:
    """Without those that hold another of the list."""
    codes = {getattr(past.key, name) for past in listed}
    entries = (areas() if name == "partner" else commodities()).entries
    return [
        past
        for past in listed
        if (entry := entries.get(getattr(past.key, name))) is None
        or not codes & {*entry.facts.get("members", ())}
    ]
