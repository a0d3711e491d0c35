"""Verdicts: what came of a claim, with the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tidewaiter.check.claim import Claim
    from tidewaiter.model.figure import Figure


class Verdict(StrEnum):
    """The verdicts, best first. See the guide to claims in the documentation."""

    CONFIRMED = "confirmed"
    CONSISTENT_WITH_ROUNDING = "consistent_with_rounding"
    CONSISTENT_WITH_VINTAGE = "consistent_with_vintage"
    HEDGE_STRETCHED = "hedge_stretched"
    WRONG_SLOT = "wrong_slot"
    CONTRADICTED = "contradicted"
    UNDETERMINED = "undetermined"
    PENDING = "pending"
    REPEAT = "repeat"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and what it stands on.

    Attributes:
        verdict: what came of it.
        figure: the figure it was held against, None when there was none.
        reason: in a sentence, why; empty where the figure says it all.
        reason_zh: the same in Chinese.
        slot: for a wrong slot, which one, and what it should read for the number to be right.
        reading: which slot the text leaves open and the evidence decided, with its value.
        outcome: for a forecast whose period is out, what came.
    """

    verdict: Verdict
    figure: Figure | None = None
    reason: str = ""
    reason_zh: str = ""
    slot: tuple[str, str] | None = None
    reading: tuple[str, str] | None = None
    outcome: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with its judgement; ``repeats`` is the number of an earlier claim that says the same."""

    number: int
    claim: Claim
    judgement: Judgement
    repeats: int | None = None

    def as_json(self) -> dict[str, Any]:
        """One JSON object: the claim's slots, the verdict, the evidence."""
        found = self.judgement
        return {
            "claim": self.number,
            **self.claim.slots(),
            "verdict": str(found.verdict),
            "reason": found.reason,
            "reason_zh": found.reason_zh,
            "wrong_slot": dict([found.slot]) if found.slot else None,
            "repeats": self.repeats,
            "outcome": dict(found.outcome) or None,
            "evidence": evidence(found.figure) if found.figure else None,
        }


def evidence(figure: Figure) -> dict[str, Any]:
    """A figure as evidence: identity, value with its bounds, formula, inputs with their cells."""
    return {
        "figure": str(figure.id),
        "value": figure.value,
        "low": figure.interval.low,
        "high": figure.interval.high,
        "unit": str(figure.unit),
        "route": figure.route,
        "releases": list(figure.releases),
        "note": figure.note,
        "inputs": [
            {
                "figure": f"{cell.key}/{cell.statistic}/{cell.period}",
                "value": cell.interval.mid,
                "unit": str(cell.unit),
                "release": cell.release,
                "known_at": str(cell.known_at or ""),
                "place": str(cell.place or ""),
            }
            for cell in figure.inputs[:_MOST_INPUTS]
        ],
    }


_MOST_INPUTS = 40
