"""What a claimed number allows: its rounding interval, widened by its hedge.

A number printed with d decimals stands for [v − h, v + h], h = ½·10⁻ᵈ. A hedge moves the bounds:
逾6成 is above 60, up to the next round step; 近2倍 is just below; 約, 上下 lie around. The rules are the
guide's and are shown in the documentation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tidewaiter.model.interval import Interval, decimals_of

_OVER = {
    "逾", "超過", "超越", "突破", "破", "以上", "起", "上看", "more than", "over", "above", "at least",
    "exceeding", "surpassing", "topped",
}  # fmt: skip
_BELOW = {
    "近",
    "將近",
    "不到",
    "未達",
    "逼近",
    "接近",
    "nearly",
    "almost",
    "close to",
    "just under",
    "less than",
    "under",
    "below",
}
_AROUND = {"約", "約為", "大約", "左右", "上下", "about", "around", "roughly", "some", "approximately"}
_PLUS = {"餘", "多", "數"}
_MULTIPLE = re.compile(
    r"[\d一二兩三四五六七八九十](?:[.．點·‧](?P<decimals>[\d一二三四五六七八九〇零]+))?\s?(?:多|餘)?"
    r"(?:倍|[- ]?(?:times|fold)\b)"
)
_TENTHS = re.compile(r"[\d一二兩三四五六七八九]\s?成(?P<rest>半|[\d一二三四五六七八九])?")
_STRETCH = 2.0  # beyond the bounds by no more than this many of their widths: stretched, not wrong


@dataclass(frozen=True, slots=True)
class Stated:
    """A claimed number.

    Attributes:
        value: the number.
        exact: its rounding interval.
        allowed: what the hedge allows; the rounding interval when there is none.
        hedged: there is a hedge.
    """

    value: float
    exact: Interval
    allowed: Interval
    hedged: bool

    def stretched(self, figure: Interval) -> bool:
        """Outside what the hedge allows, yet near enough that the hedge is strained, not false."""
        reach = (
            max(self.allowed.width, self.exact.width)
            if self.allowed.width != float("inf")
            else abs(self.value)
        )
        wide = Interval(self.allowed.low - _STRETCH * reach, self.allowed.high + _STRETCH * reach)
        return self.hedged and figure.meets(wide)


def stated(text: str, hedge: str, unit: str, words: str = "") -> Stated | None:
    """Read a claimed value; None when it is no number.

    Args:
        text: the value in its unit (``180`` percent).
        hedge: the hedging word.
        unit: its unit.
        words: the claim as printed: 1.8倍 has its last digit at 10 percent, 五成 at 10, 三成五 at 1.

    Examples:
        >>> stated("374.7", "exact", "1e8 USD").allowed
        Interval(374.6500, 374.7500)
        >>> stated("60", "逾", "percent").allowed
        Interval(60.0000, 70.0000)
        >>> stated("180", "exact", "percent", "年增1.8倍").allowed
        Interval(175.0000, 185.0000)
    """
    plain = text.replace(",", "")
    try:
        value = float(Decimal(plain))
    except InvalidOperation:
        return None
    half = _half_digit(words) if unit == "percent" else 0.0
    exact = Interval(value - half, value + half) if half else Interval.rounded(value, decimals_of(plain))
    allowed = _hedged(value, plain, hedge, unit, exact)
    return Stated(value, exact, allowed, hedge not in ("", "exact"))


def _half_digit(words: str) -> float:
    """Half the last digit, in percent, of a number printed in 倍 or 成; 0 for any other."""
    if match := _MULTIPLE.search(words):
        return 50.0 * 10.0 ** -len(match["decimals"] or "")
    if match := _TENTHS.search(words):
        return {"": 5.0, "半": 2.5}.get(match["rest"] or "", 0.5)
    return 0.0


def _hedged(value: float, text: str, hedge: str, unit: str, exact: Interval) -> Interval:
    size, sign = abs(value), -1.0 if value < 0 else 1.0
    if hedge in _OVER:
        high = float("inf") if hedge in ("以上", "at least", "above") else size + _round_step(text)
        return _signed(size - exact.width / 2 * (exact.width < 1), high, sign)
    if hedge in _BELOW:
        low = size * (0.9 if unit == "percent" and size >= 100 and size % 100 == 0 else 0.95)  # noqa: PLR2004
        return _signed(min(low, size - exact.width / 2), size + exact.width / 2, sign)
    if hedge in _AROUND:
        half = max(_last_digit(text) / 2, 0.05 * size)
        return _signed(size - half, size + half, sign)
    if hedge in _PLUS:
        return _signed(size, 2 * size, sign)
    return exact


def _signed(low: float, high: float, sign: float) -> Interval:
    return Interval(low, high) if sign > 0 else Interval(-high, -low)


def _last_digit(text: str) -> float:
    """The place value of the last significant digit: 70 → 10, 374.7 → 0.1."""
    digits = text.lstrip("+-")
    if "." in digits:
        return 10.0 ** -decimals_of(digits)
    zeros = len(digits) - len(digits.rstrip("0"))
    return 10.0 ** min(zeros, max(len(digits) - 1, 0))


def _round_step(text: str) -> float:
    """From a round number to the next: 60 → 70, 4000 → 5000, 374.7 → 374.8."""
    return _last_digit(text)
