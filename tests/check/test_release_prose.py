"""A text in the form of the ministry's release, in other words than ours, and the carried release."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tidewaiter.check.examine import examine
from tidewaiter.check.judged import Verdict

if TYPE_CHECKING:
    from tidewaiter.store import Store

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize(
    ("name", "claims"),
    [("release_prose_zh.txt", 190), ("release_prose_spaced_zh.txt", 190), ("release_prose_en.txt", 50)],
)
def test_the_prose_of_a_release_is_confirmed_and_nothing_true_is_called_wrong(
    store: Store, name: str, claims: int
) -> None:
    found = examine((CASES / name).read_bytes(), name=name, published=date(2025, 9, 9), store=store).claims
    verdicts = Counter(one.judgement.verdict for one in found)
    assert len(found) >= claims
    wrong = [
        one.claim.text for one in found if one.judgement.verdict in (Verdict.CONTRADICTED, Verdict.WRONG_SLOT)
    ]
    assert wrong == []
    assert verdicts[Verdict.CONFIRMED] + verdicts[Verdict.REPEAT] >= 0.95 * len(found), verdicts
