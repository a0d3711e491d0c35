"""What is worth telling: whose trade, in which money, which period, then the facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.model.key import Key
from tidewaiter.model.period import MONTHS, Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from tidewaiter.engine.facts import Fact
    from tidewaiter.store import Store

HOME = "TWN"
_NOT_MONEY = ("quantity", "weight", "sa", "sa_ma3", "twd", "fob")
_FEW = 3
_DIMENSIONS = ("reporter", "flow", "commodity", "partner", "measure")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which facts are asked for; names or codes, empty for any.

    Attributes:
        reporter: whose trade; empty for Taiwan's, or where the store has none of it, whose it has.
        product: of which goods.
        partner: with whom.
        statistic: told of which statistic (``streak``, ``rank``), or of which kind (``record``).
    """

    reporter: str = ""
    product: str = ""
    partner: str = ""
    statistic: str = ""


def worth_telling(  # noqa: PLR0917 — as Store.facts has them
    shelf: Store,
    period: Period,
    top: int,
    as_of: date | None,
    asked: Asked,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Fact]:
    """The facts of a period, the weightiest first; of the first reporter that has any."""
    from tidewaiter.engine import Book
    from tidewaiter.engine.facts import book_of, facts

    for pattern in _patterns(shelf, asked):
        for at in _periods(period):
            headline = Key(pattern.reporter, "exports", measure=pattern.measure)
            tell("opening releases")
            book = book_of(shelf, at, headline) if as_of is None else Book.of(shelf, as_of)
            kinds = {asked.statistic} if asked.statistic else ()
            if found := facts(book, at, top, pattern=pattern, kinds=kinds, tell=tell):
                return found
    return []


def _periods(period: Period) -> Iterator[Period]:
    """The period; for a year also the twelve months of a fiscal year that begin in it."""
    yield period
    if period.is_year:
        yield from (period.shift(months) for months in range(1, MONTHS))


def _patterns(shelf: Store, asked: Asked) -> Iterator[Key]:
    """Each reporter that is asked for, in the money its figures are told in."""
    from tidewaiter.api.names import resolve

    used = [shelf.labels(release) for release in shelf.releases()]
    known = [frozenset[str]().union(*(labels[at] for labels in used)) for at in range(len(_DIMENSIONS))]
    parts = (asked.reporter or "*", "*", asked.product or "*", asked.partner or "*")
    named = [part if part not in codes else "*" for part, codes in zip(parts, known, strict=False)]
    read = resolve(".".join(named)).parts()
    pattern = Key(
        *(part if part in codes else said for part, codes, said in zip(parts, known, read, strict=False))
    )
    for reporter in [pattern.reporter] if asked.reporter else _reporters(shelf, known[0]):
        measures = {measure for labels in used if reporter in labels[0] for measure in labels[4]}
        for money in sorted(measures - {*_NOT_MONEY}):
            yield pattern.but(reporter=reporter, measure=money)


def _reporters(shelf: Store, known: frozenset[str]) -> list[str]:
    """Taiwan, where the store has it; else those of the largest release."""
    if HOME in known:
        return [HOME]
    largest = max(shelf.releases(), key=lambda release: release.observations, default=None)
    return sorted(shelf.labels(largest)[0])[:_FEW] if largest is not None else []
