"""Ranges: 372億美元至382億美元, 667~687億美元, 4%至7%, 21-25%, between 3 and 5 percent.

The first end takes the unit it leaves out from the second.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tidewaiter.check.read.tokens import NUMBERS

if TYPE_CHECKING:
    from tidewaiter.check.read.tokens import Token

_BETWEEN = re.compile(
    r"\s?(?:至|到|~|-|到達|to|and|and to|或)\s?(?:成長|衰退|[年月季][增減]|增加|減少|增|減|負|正|"
    r"up to|a (?:rise|fall|gain|drop|decline|increase) of |a |growth of |an increase of |up |"
    r"down |minus )?\s?",
    re.IGNORECASE,
)
_OPENED = re.compile(r"between|from|範圍|介於|落在", re.IGNORECASE)


def link_ranges(tokens: list[Token], text: str) -> list[Token]:
    """Mark the two ends of every range, and give each its unit. A bare number that is none is dropped."""
    numbers = [token for token in tokens if token.kind in NUMBERS or token.kind == "bare"]
    for low, high in pairwise(numbers):
        if high.kind not in NUMBERS or low.role:
            continue
        gap = text[low.end : high.start]
        if not _BETWEEN.fullmatch(gap) or not _fits(low, high, gap, text):
            continue
        if low.kind == "bare":
            low.kind = high.kind
        if not low.unit or low.unit.endswith(" "):
            low.value, low.unit = _take(low, high)
        low.role, high.role = "low", "high"
    return [token for token in tokens if token.kind != "bare"]


def _fits(low: Token, high: Token, gap: str, text: str) -> bool:
    """``and`` makes a range only after ``between``; ends of different kinds never do."""
    if low.kind not in ("bare", high.kind):
        return False
    if gap.strip().casefold() in ("and", "或"):
        return _OPENED.search(text, max(0, low.start - 24), low.start) is not None
    return True


def _take(low: Token, high: Token) -> tuple[str, str]:
    if (
        low.kind == "percent"
        and high.text.endswith(("成", "倍"))
        and not low.text.endswith(("%", "成", "倍"))
    ):
        factor = 10 if high.text.endswith("成") else 100
        return str(int(float(low.value) * factor)), high.unit
    if low.unit.endswith(" "):  # 610億至632億美元: the power is there, the currency is not
        return low.value, low.unit + high.unit.split()[-1]
    return low.value, high.unit
