"""True texts made false, one place at a time: the changed text is checked again, as a whole.

Unlike :mod:`tidewaiter.bench.mutate`, which changes a claim that has been read already, this changes the
words. So reading and judging are measured together, and what the other claims of the text are told.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidewaiter.bench.mutate import is_false
from tidewaiter.bench.mutate_words import Edit, edits
from tidewaiter.check.document import read_document
from tidewaiter.check.examine import in_order
from tidewaiter.check.itself import own_tables
from tidewaiter.check.judged import Verdict
from tidewaiter.check.read import extract
from tidewaiter.engine.vintages import Vintages

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tidewaiter.check.claim import Claim
    from tidewaiter.check.judged import Checked, Judgement
    from tidewaiter.store import Store

_FOUND = (Verdict.CONTRADICTED, Verdict.WRONG_SLOT, Verdict.HEDGE_STRETCHED)
_BY_NATURE = ("currency", "dropped 億", "million")  # a true number in another unit is never true
_OF_A_NUMBER = ("digit", "streak", "swapped pair", *_BY_NATURE)


class Rechecker:
    """Checks versions of one text: the books are opened once, a claim judged before is not judged again."""

    def __init__(self, text: str, name: str, published: date, store: Store) -> None:
        self.name, self.published = name, published
        self.books = Vintages(store, published, None, own_tables(text, name, published))
        self._known: dict[Claim, Judgement] = {}

    def check(self, text: str) -> list[Checked]:
        """As :func:`tidewaiter.check.check_text` on a text whose tables are those of the first one."""
        document = read_document(text.encode(), self.name)
        claims = extract(document, self.published)
        return in_order(claims, document, self.published, self.books, self._known)


@dataclass(frozen=True, slots=True)
class Miss:
    """A mutant that was not found, or whose slot was not named, or that raised a false alarm."""

    kind: str
    why: str
    sentence: str
    read: str


@dataclass
class Tally:
    """What came of the mutants, by kind."""

    tried: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    nameable: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)


def mutate_text(
    text: str,
    name: str,
    published: date,
    store: Store,
    *,
    most: int = 0,
    seed: int = 1,
    tick: Callable[[int, int], None] | None = None,
) -> Tally:
    """Make a true text false in one place after the other, and check each version.

    Only versions count that no vintage of the store bears out.

    Args:
        text: a document whose claims are true.
        name: what to call it.
        published: the day it was published.
        store: the figures.
        most: at most so many versions, a sample drawn by the seed; 0 for all.
        seed: of the sample, and of the digits and names chosen.
        tick: told how many of how many are done.
    """
    chance = random.Random(seed)  # noqa: S311 — a sample, not a secret
    again = Rechecker(text, name, published, store)
    before = again.check(text)
    lang = read_document(text.encode(), name).lang
    true = [item.claim for item in before if _plainly_true(item)]
    planned = [edit for edit in edits(text, lang, true, chance) if _false(edit, again.books)]
    if most and len(planned) > most:
        planned = chance.sample(planned, most)
    tally = Tally()
    for done, edit in enumerate(planned, start=1):
        _tell(tally, edit, text, before, again)
        if tick is not None:
            tick(done, len(planned))
    return tally


def _plainly_true(item: Checked) -> bool:
    claim = item.claim
    right = item.judgement.verdict is Verdict.CONFIRMED
    return right and claim.where != "table" and claim.modality == "observed" and claim.hedge == "exact"


def _false(edit: Edit, books: Vintages) -> bool:
    return edit.kind in _BY_NATURE or is_false(edit.claim, books)


def _tell(tally: Tally, edit: Edit, text: str, before: list[Checked], again: Rechecker) -> None:
    after = again.check(edit.apply(text))
    place = edit.start if edit.kind == "swapped pair" else edit.moved(edit.at)
    target = next((c for c in after if c.claim.start <= place < c.claim.end), None)
    found = target is not None and target.judgement.verdict in _FOUND
    named = found and target is not None and (target.judgement.slot or ("", ""))[0] == edit.slot
    tally.tried[edit.kind] += 1
    tally.found[edit.kind] += found
    tally.nameable[edit.kind] += bool(edit.slot)
    tally.named[edit.kind] += bool(edit.slot) and named
    if not found or (edit.slot and not named):
        why = "not found" if not found else f"slot not named: {edit.slot}"
        tally.misses.append(_miss(edit, why, text, target))
    for alarm in _alarms(edit, before, after, target):
        tally.alarms[edit.kind] += 1
        tally.misses.append(_miss(edit, "false alarm", text, alarm))


def _alarms(edit: Edit, before: list[Checked], after: list[Checked], target: Checked | None) -> list[Checked]:
    """Claims told wrong now that were not before, though the error is not in them.

    An error in a name or a month is in every claim that is read with it; one in a number is in that alone.
    """
    same = {(edit.moved(c.claim.start), c.claim.told()) for c in before}
    wrong = {edit.moved(c.claim.end) for c in before if c.judgement.verdict in _FOUND}
    found = []
    for item in after:
        mine = item.claim.start < edit.start + len(edit.words) and edit.start < item.claim.end
        if item is target or mine or item.judgement.verdict not in _FOUND or item.claim.end in wrong:
            continue
        if (item.claim.start, item.claim.told()) in same or edit.kind in _OF_A_NUMBER:
            found.append(item)
    return found


def _miss(edit: Edit, why: str, text: str, item: Checked | None) -> Miss:
    changed = edit.apply(text)
    at = edit.moved(edit.at) if item is None else item.claim.start
    start = max(changed.rfind("\n", 0, at) + 1, at - 90)
    sentence = changed[start : at + 60].partition("\n")[0]
    if item is None:
        return Miss(edit.kind, why, sentence, "no claim read there")
    claim, judged = item.claim, item.judgement
    meant = edit.claim.told()
    slots = "as meant" if claim.told() == meant else f"read {_brief(claim)}, meant {_brief(edit.claim)}"
    return Miss(edit.kind, why, sentence, f"{judged.verdict} {judged.slot or ''} {judged.reason}; {slots}")


def _brief(claim: Claim) -> str:
    told = (
        claim.indicator,
        claim.commodity,
        claim.partner,
        claim.period,
        claim.statistic,
        claim.value,
        claim.unit,
    )
    return " ".join(told)
