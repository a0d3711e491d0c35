"""Intervals: a printed number stands for every number that rounds to it.

``374.7`` printed with one decimal lies in [374.65, 374.75], ends closed (the publisher's rule for ties
is not known to the reader). Arithmetic on intervals then tells what a recomputed figure may be, so a
printed growth is compared with what its printed levels allow, never with one made-up midpoint.

The formulas of :mod:`tidewaiter.statistics` use only ``+ - * /``, powers and ``abs``, so one definition
serves floats, intervals and numpy columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_SLACK = 1e-9  # relative: closed ends must survive float arithmetic


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``low`` to ``high``, both included. A full-precision number has no width.

    Examples:
        >>> Interval.printed("93.7") / Interval.printed("374.7") * 100
        Interval(24.9900, 25.0234)
        >>> (Interval.printed("73.4") / Interval.printed("0.5")) ** (1 / 6) * 100 - 100
        Interval(126.0335, 133.7742)
    """

    low: float
    high: float

    @classmethod
    def exact(cls, value: float) -> Interval:
        """A number given in full precision."""
        return cls(value, value)

    @classmethod
    def rounded(cls, value: float, decimals: int | None) -> Interval:
        """A number printed with ``decimals`` decimals (negative: tens, hundreds); None: full precision."""
        if decimals is None:
            return cls(value, value)
        half = 0.5 * 10.0**-decimals
        return cls(value - half, value + half)

    @classmethod
    def printed(cls, text: str) -> Interval:
        """The interval of a number as text: ``374.7`` → [374.65, 374.75]."""
        return cls.rounded(float(Decimal(text)), decimals_of(text))

    @property
    def mid(self) -> float:
        """The middle."""
        return self.low if self.low == self.high else (self.low + self.high) / 2

    @property
    def width(self) -> float:
        """High less low."""
        return self.high - self.low

    def meets(self, other: Interval) -> bool:
        """The two have a number in common."""
        slack = _SLACK * max(1.0, abs(self.mid), abs(other.mid))
        return self.low <= other.high + slack and other.low <= self.high + slack

    def within(self, other: Interval) -> bool:
        """Every number of this one is in the other."""
        slack = _SLACK * max(1.0, abs(self.mid), abs(other.mid))
        return other.low - slack <= self.low and self.high <= other.high + slack

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def overlap(self, other: Interval) -> Interval | None:
        """What the two have in common, None when nothing."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else None

    def __add__(self, other: Interval | float) -> Interval:
        right = _lift(other)
        return Interval(self.low + right.low, self.high + right.high)

    __radd__ = __add__

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __sub__(self, other: Interval | float) -> Interval:
        return self + -_lift(other)

    def __rsub__(self, other: Interval | float) -> Interval:
        return _lift(other) + -self

    def __mul__(self, other: Interval | float) -> Interval:
        right = _lift(other)
        ends = [a * b for a in (self.low, self.high) for b in (right.low, right.high)]
        return Interval(min(ends), max(ends))

    __rmul__ = __mul__

    def __truediv__(self, other: Interval | float) -> Interval:
        right = _lift(other)
        if right.low <= 0 <= right.high:
            raise ZeroDivisionError("the divisor may be zero")
        ends = [a / b for a in (self.low, self.high) for b in (right.low, right.high)]
        return Interval(min(ends), max(ends))

    def __rtruediv__(self, other: Interval | float) -> Interval:
        return _lift(other) / self

    def __pow__(self, power: float) -> Interval:
        if self.low < 0:
            raise ValueError("a power is only taken of what cannot be negative")
        return Interval(*sorted((self.low**power, self.high**power)))

    def __abs__(self) -> Interval:
        if self.low >= 0:
            return self
        if self.high <= 0:
            return -self
        return Interval(0.0, max(-self.low, self.high))

    def __repr__(self) -> str:
        return f"Interval({self.low:.4f}, {self.high:.4f})"


def _lift(number: Interval | float) -> Interval:
    return number if isinstance(number, Interval) else Interval(number, number)


def decimals_of(text: str) -> int:
    """How many decimals a number is printed with: ``374.7`` → 1, ``3,925`` → 0."""
    return len(text.partition(".")[2])


def round_half_up(value: float, decimals: int) -> Decimal:
    """Round once, half away from zero, at the end: 2.25 → 2.3, −2.25 → −2.3.

    Offices print this way; Python's ``round`` (half to even, on the binary value) does not.
    """
    step = Decimal(1).scaleb(-decimals)
    # twelve significant digits undo the binary noise of 0.1 + 0.2 before the half is judged
    settled = Decimal(f"{value:.12g}")
    return settled.quantize(step, rounding=ROUND_HALF_UP)
