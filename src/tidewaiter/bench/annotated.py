"""Claims read from texts, held against what people annotated.

A folder holds ``documents.jsonl`` (doc, date, language, file) and ``claims.jsonl`` (the slots of each
claim). A claim read matches an annotated one when the spans overlap, the values are equal after scaling
and the statistic is of the same family; the slots of matched pairs are then compared one by one.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from tidewaiter.check import check_text
from tidewaiter.check.judged import Verdict
from tidewaiter.errors import UnparsableError
from tidewaiter.model.unit import Unit

if TYPE_CHECKING:
    from pathlib import Path

    from tidewaiter.check.claim import Claim
    from tidewaiter.check.judged import Checked
    from tidewaiter.store import Store

SLOTS = ("indicator", "reporter", "commodity", "partner", "period", "unit")
_FAMILY = {
    "ytd_change": "yoy_change", "consensus": "forecast", "target": "forecast", "ytd_ratio": "ratio",
    "only_positive": "compare", "count_events": "count", "breadth": "count", "count_neg_years": "count",
    "prev_streak": "streak", "best_in_ytd": "best_in_n", "ytd_pp_change": "pp_change",
}  # fmt: skip
_WORDLESS = frozenset({"record", "turn", "compare", "all_in_range", "exceeds"})
_AGAINST = ("hedge_stretched", "wrong_slot", "contradicted")
_SUREST = ("confirmed", "consistent_with_rounding", "consistent_with_vintage", *_AGAINST)
_MONEY = ("USD", "TWD")


@dataclass
class Score:
    """Counts over a folder, by language and in all."""

    gold: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    hit: Counter[str] = field(default_factory=Counter)
    slots: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    matched: Counter[str] = field(default_factory=Counter)
    contradicted: list[str] = field(default_factory=list)
    wrong_spans: int = 0
    characters: int = 0
    seconds: float = 0.0

    def rates(self, lang: str) -> tuple[float, float, float]:
        """Precision, recall and F1 of a language, or of ``all``."""
        hit, read, gold = self.hit[lang], self.read[lang], self.gold[lang]
        precision, recall = hit / read if read else 0.0, hit / gold if gold else 0.0
        return precision, recall, 2 * precision * recall / (precision + recall) if hit else 0.0

    def verdict_scores(self) -> tuple[float, float, int]:
        """Accuracy and macro-F1 of verdicts where they are annotated, and over how many claims.

        Three classes: borne out, against, open. Annotated in the document alone, so judged without a store.
        """
        classes = sorted({true for true, _ in self.told})
        total = sum(self.told.values())
        if not total:
            return 0.0, 0.0, 0
        right = sum(count for (true, found), count in self.told.items() if true == found)
        scores = []
        for name in classes:
            hit = self.told[name, name]
            read = sum(count for (_, found), count in self.told.items() if found == name)
            gold = sum(count for (true, _), count in self.told.items() if true == name)
            scores.append(2 * hit / (read + gold) if read + gold else 0.0)
        return right / total, sum(scores) / len(scores), total

    def coverage(self, precision: float = 0.99) -> float:
        """The share of matched claims decided, surest verdicts first, while the decisions stay this right.

        Every annotated claim is taken for true: one told wrong is a wrong decision.
        """
        total, decided, right, best = sum(self.matched.values()), 0, 0, 0.0
        for verdict in _SUREST:
            decided += self.matched[verdict]
            right += self.matched[verdict] if verdict not in _AGAINST else 0
            if decided and right / decided >= precision:
                best = decided / total
        return best


def score(folder: Path, store: Store | None) -> Score:
    """Read and check every document of a folder.

    Every annotated claim is taken for true: a verdict against one of them is listed as a false
    contradiction, to be looked at by a person.
    """
    result = Score()
    claims: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "claims.jsonl").read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        claims[claim["doc"]].append(claim)
    for line in (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        _one(result, folder, document, claims[document["doc"]], store)
    return result


def _one(
    result: Score, folder: Path, document: dict[str, Any], gold: list[dict[str, Any]], store: Store | None
) -> None:
    data = (folder / document["file"]).read_bytes()
    text = data.decode("utf-8")
    began = time.perf_counter()
    checked = check_text(
        data, name=document["doc"], published=date.fromisoformat(document["date"]), store=store
    )
    result.seconds += time.perf_counter() - began
    result.characters += len(text)
    result.wrong_spans += sum(text[c.claim.start : c.claim.end] != c.claim.text for c in checked)
    result.verdicts.update(str(c.judgement.verdict) for c in checked)
    result.contradicted += [
        f"{document['doc']}: {c.claim.text!r} ({c.judgement.reason})"
        for c in checked
        if c.judgement.verdict in (Verdict.CONTRADICTED, Verdict.WRONG_SLOT)
    ]
    lang, left = document["language"], [c.claim for c in checked]
    for name in (lang, "all"):
        result.gold[name] += len(gold)
        result.read[name] += len(checked)
    alone: dict[int, Checked] = {}
    for annotated in gold:
        match = next((claim for claim in left if _same(claim, annotated)), None)
        if match is None:
            continue
        left.remove(match)
        for name in (lang, "all"):
            result.hit[name] += 1
        _compare_slots(result, match, annotated)
        result.matched[_verdict_at(checked, match)] += 1
        if "verdict_internal" in annotated:
            alone = alone or {c.claim.start: c for c in _alone(data, document)}
            found = next((c for c in alone.values() if c.claim.told() == match.told()), None)
            verdict = str(found.judgement.verdict) if found else ""
            result.told[_class(annotated["verdict_internal"]), _class(verdict)] += 1


def _alone(data: bytes, document: dict[str, Any]) -> list[Checked]:
    """The document held against itself."""
    return check_text(data, name=document["doc"], published=date.fromisoformat(document["date"]))


def _verdict_at(checked: list[Checked], claim: Claim) -> str:
    return next(str(c.judgement.verdict) for c in checked if c.claim is claim)


def _class(verdict: str) -> str:
    if verdict in _AGAINST:
        return "against"
    return "borne out" if verdict in ("confirmed", *_SUREST) else "open"


def _compare_slots(result: Score, claim: Claim, gold: dict[str, Any]) -> None:
    right = {
        slot: _unit(claim.unit) == _unit(gold["unit"] or "")
        if slot == "unit"
        else getattr(claim, slot) == gold[slot]
        for slot in SLOTS
    }
    result.slots.update(slot for slot, holds in right.items() if holds)
    result.slots["together"] += all(right.values())


def _same(claim: Claim, gold: dict[str, Any]) -> bool:
    if not (claim.start < gold["end"] and gold["start"] < claim.end):
        return False
    family = _FAMILY.get(gold["statistic"], gold["statistic"])
    if _FAMILY.get(claim.statistic, claim.statistic) != family:
        return False
    mine, theirs = _value(claim.value, claim.unit), _value(gold["value"], gold["unit"] or "")
    if family in _WORDLESS:
        return True
    if mine is None or theirs is None:
        return claim.value == str(gold["value"])
    return abs(mine - theirs) <= abs(theirs) * Decimal("1e-9")


def _value(text: str, unit: str) -> Decimal | None:
    try:
        number, power = Decimal(str(text).replace(",", "")), Unit.parse(unit)
    except (InvalidOperation, UnparsableError):
        return None
    return number.scaleb(power.power) if power.kind in _MONEY else number


def _unit(text: str) -> str:
    """The kind of a unit: the power of ten is part of the value."""
    last = text.rsplit(maxsplit=1)[-1] if text else ""
    return last if last in _MONEY else text.partition(":")[0]
