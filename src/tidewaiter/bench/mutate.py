"""True claims made false, one slot at a time: does the checker find each, and name the slot?

Every mutation is of a kind really made in the press: a digit, a lost sign, 億元 for 億美元, a neighbour
month, a neighbour product or market, exports told as imports, a streak off by one, two numbers swapped.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.check.compare import compare
from tidewaiter.check.forecast import is_forecast
from tidewaiter.check.judged import Verdict
from tidewaiter.check.question import questions
from tidewaiter.check.verdict import judge
from tidewaiter.errors import TidewaiterError
from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.check.claim import Claim
    from tidewaiter.check.judged import Checked, Judgement
    from tidewaiter.engine.vintages import Vintages

_FOUND = (Verdict.CONTRADICTED, Verdict.WRONG_SLOT, Verdict.HEDGE_STRETCHED)
_TRADE = {"exports": "imports", "imports": "exports"}
_NUMBERS = frozenset({"level", "yoy", "mom", "share", "ytd_level", "ytd_yoy", "yoy_change", "ytd_change"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """A claim made false: which kind, the claim, and the slot a good diagnosis names."""

    kind: str
    claim: Claim
    slot: str


@dataclass(frozen=True)
class Outcome:
    """How many mutants of a kind were tried, found, and had their slot named."""

    kind: str
    tried: int
    found: int
    named: int
    nameable: int


def mutants(checked: list[Checked], seed: int = 1) -> Iterator[Mutant]:
    """Every mutant of the confirmed numeric claims."""
    chance = random.Random(seed)  # noqa: S311 — a sample, not a secret
    true = [c.claim for c in checked if c.judgement.verdict is Verdict.CONFIRMED]
    for claim in true:
        if claim.statistic == "streak" and claim.unit == "months":
            step = chance.choice((-1, 1))
            yield Mutant("streak", replace(claim, value=str(int(float(claim.value)) + step)), "")
        if claim.statistic in _NUMBERS and claim.hedge == "exact":
            yield from _of_number(claim, true, chance)


def _of_number(claim: Claim, true: list[Claim], chance: random.Random) -> Iterator[Mutant]:
    yield Mutant("digit", replace(claim, value=_other_digit(claim.value, chance)), "")
    if claim.unit == "percent" and claim.statistic != "share":
        yield Mutant(
            "sign",
            replace(
                claim, value=claim.value.removeprefix("-") if claim.value[0] == "-" else f"-{claim.value}"
            ),
            "sign",
        )
    if claim.unit.endswith(" USD"):
        yield Mutant("unit", replace(claim, unit=claim.unit.replace("USD", "TWD")), "unit")
    if claim.indicator in _TRADE:
        yield Mutant("indicator", replace(claim, indicator=_TRADE[claim.indicator]), "indicator")
    period = Period.parse(claim.period)
    if period.is_month:
        yield Mutant("period", replace(claim, period=str(period.shift(chance.choice((-1, 1))))), "period")
    for slot in ("partner", "commodity"):
        plain = ("W00", "total")
        others = sorted({getattr(c, slot) for c in true} - {getattr(claim, slot), *plain})
        if getattr(claim, slot) not in plain and others:
            yield Mutant(slot, claim.read_as(slot, chance.choice(others)), slot)


def _other_digit(value: str, chance: random.Random) -> str:
    places = [at for at, sign in enumerate(value) if sign.isdigit()]
    at = chance.choice(places)
    first = at == places[0]
    digit = chance.choice([d for d in "0123456789" if d != value[at] and not (first and d == "0")])
    return value[:at] + digit + value[at + 1 :]


def measure(checked: list[Checked], books: Vintages, seed: int = 1) -> list[Outcome]:
    """Judge every mutant that leaves what the evidence allows.

    Mutants that happen to be true (another market grew by as much) are left out.
    """
    tried: Counter[str] = Counter()
    found: Counter[str] = Counter()
    named: Counter[str] = Counter()
    nameable: Counter[str] = Counter()
    for mutant in mutants(checked, seed):
        if not is_false(mutant.claim, books):
            continue
        judgement = judge(mutant.claim, [], books)
        tried[mutant.kind] += 1
        found[mutant.kind] += judgement.verdict in _FOUND
        nameable[mutant.kind] += bool(mutant.slot)
        named[mutant.kind] += bool(mutant.slot) and _names(judgement, mutant.slot)
    return [Outcome(kind, tried[kind], found[kind], named[kind], nameable[kind]) for kind in sorted(tried)]


def is_false(claim: Claim, books: Vintages) -> bool:
    """The store has the figure that the claim now speaks of, and no vintage of it bears the claim out.

    What is told as observed of a month that was not over is false too.
    """
    seen = is_forecast(claim, books.published) and claim.modality == "observed"
    for question in questions(claim):
        for book in (*books, *books.others):
            try:
                figure = book.figure(question.key, question.statistic, question.period, question.of)
            except TidewaiterError:
                continue
            if compare(claim, figure) is not Verdict.CONTRADICTED:
                return False
            seen = True
    return seen


def _names(judgement: Judgement, slot: str) -> bool:
    return judgement.slot is not None and judgement.slot[0] == slot
