"""A text in the form of the ministry's release, in other words than ours, and the carried release."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tidewaiter.check.examine import examine
from tidewaiter.check.judged import Verdict

if TYPE_CHECKING:
    from tidewaiter.store import Store

TEXT = Path(__file__).parent / "cases" / "release_prose_zh.txt"


def test_the_prose_of_a_release_is_confirmed_and_nothing_true_is_called_wrong(store: Store) -> None:
    found = examine(TEXT.read_bytes(), name=TEXT.name, published=date(2025, 9, 9), store=store).claims
    verdicts = Counter(one.judgement.verdict for one in found)
    assert len(found) >= 190
    wrong = [
        one.claim.text for one in found if one.judgement.verdict in (Verdict.CONTRADICTED, Verdict.WRONG_SLOT)
    ]
    assert wrong == []
    assert verdicts[Verdict.CONFIRMED] + verdicts[Verdict.REPEAT] >= 0.95 * len(found), verdicts
