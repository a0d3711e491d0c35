"""Units: what a number counts, and in which power of ten it is written.

``1e8 USD`` is 億美元, ``1e6 USD`` US$ million, ``percent``, ``percentage_point``, ``months`` …
Only units of one kind compare; the power is arithmetic, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidewaiter.errors import UnparsableError

_SCALED = re.compile(r"1e(-?\d+) (\S+)\Z")


_RATES = frozenset({"percent", "percentage_point", "index", "rank", "months", "ratio", "sign", "bool"})


@dataclass(frozen=True, order=True, slots=True)
class Unit:
    """A kind (``USD``, ``TWD``, ``percent``, ``index`` …) and a power of ten.

    Examples:
        >>> Unit.parse("1e8 USD").factor_to(Unit.parse("1e6 USD"))
        100.0
        >>> str(Unit("percent"))
        'percent'
    """

    kind: str
    power: int = 0

    @classmethod
    def parse(cls, text: str) -> Unit:
        """Read ``1e8 USD`` or ``percent``.

        Raises:
            UnparsableError: the text is empty or has blanks where none belong.
        """
        if match := _SCALED.match(text.strip()):
            return cls(match[2], int(match[1]))
        if not text.strip() or " " in text.strip():
            raise UnparsableError(f"{text!r} is not a unit", hint="write 1e8 USD, USD, percent, index …")
        return cls(text.strip())

    @property
    def adds_up(self) -> bool:
        """Its numbers sum over months: money and quantities do; rates, indices and prices do not."""
        return "/" not in self.kind and self.kind not in _RATES

    def factor_to(self, other: Unit) -> float:
        """What a number in this unit is multiplied by to stand in the other.

        Raises:
            UnparsableError: the two count different things.
        """
        if self.kind != other.kind:
            raise UnparsableError(f"{self} cannot be turned into {other}")
        return 10.0 ** (self.power - other.power)

    def __str__(self) -> str:
        return f"1e{self.power} {self.kind}" if self.power else self.kind


PERCENT = Unit("percent")
PERCENTAGE_POINT = Unit("percentage_point")
INDEX = Unit("index")
MONTHS = Unit("months")
RANK = Unit("rank")
USD = Unit("USD")
