"""Claims that went wrong together: one name read otherwise explains the claims around it too.

機械11.5億美元，增0.9億美元: where 11.5 shows that another group is meant, 0.9 is that one's as well, though
one digit alone would fit many.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.check.compare import compare
from tidewaiter.check.judged import Checked, Verdict
from tidewaiter.check.question import questions
from tidewaiter.errors import TidewaiterError

if TYPE_CHECKING:
    from tidewaiter.check.judged import Judgement
    from tidewaiter.engine.vintages import Vintages

_NAMES = ("indicator", "commodity", "partner", "period")
_NEAR = 240  # signs: a sentence or two


def named_together(checked: list[Checked], books: Vintages) -> list[Checked]:
    """Each contradicted claim, told with the slot a claim beside it has wrong, when that makes it right."""
    named = [item for item in checked if (item.judgement.slot or ("",))[0] in _NAMES]
    return [_explained(item, named, books) if _unexplained(item) else item for item in checked]


def _unexplained(item: Checked) -> bool:
    return item.judgement.verdict is Verdict.CONTRADICTED and item.judgement.slot is None


def _explained(item: Checked, named: list[Checked], books: Vintages) -> Checked:
    claim = item.claim
    for other in named:
        slot, value = other.judgement.slot or ("", "")
        near = abs(other.claim.start - claim.start) <= _NEAR
        if near and getattr(other.claim, slot) == getattr(claim, slot) and _right(item, slot, value, books):
            told: Judgement = replace(
                other.judgement, figure=item.judgement.figure, verdict=Verdict.WRONG_SLOT, slot=(slot, value)
            )
            return replace(item, judgement=told)
    return item


def _right(item: Checked, slot: str, value: str, books: Vintages) -> bool:
    for question in questions(item.claim.read_as(slot, value)):
        for book in books:
            try:
                figure = book.figure(question.key, question.statistic, question.period, question.of)
            except TidewaiterError:
                continue
            if compare(item.claim, figure) is Verdict.CONFIRMED:
                return True
    return False
