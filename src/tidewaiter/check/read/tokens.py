"""Tokens: what the one pass over a text yields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidewaiter.phrases.book import Word

if TYPE_CHECKING:
    from tidewaiter.phrases.book import Entry

_NO_WORD = Word("")


@dataclass(slots=True, eq=False)
class Token:
    """One token.

    Attributes:
        kind: phrase, period, amount, percent, pp, bare, flow, area, commodity, word, or a boundary
            (stop, semi, comma, enum, soft, para, open, close, colon).
        start: first sign in the normalised text.
        end: one past the last sign.
        text: the signs.
        code: code of a flow, area or commodity.
        word: what a word does.
        entry: the phrase's entry.
        slots: what stood in the phrase's slots.
        value: the number as text, its sign in front.
        unit: the number's unit, empty when a range shares that of its second end.
        hedge: hedging word at the number.
        role: low or high in a range.
        signed: the number shows its sign itself.
    """

    kind: str
    start: int
    end: int
    text: str
    code: str = ""
    word: Word = _NO_WORD
    entry: Entry | None = None
    slots: dict[str, str] = field(default_factory=dict)
    value: str = ""
    unit: str = ""
    hedge: str = ""
    role: str = ""
    signed: bool = False

    @property
    def is_number(self) -> bool:
        """An amount, a percentage or a number of percentage points."""
        return self.kind in NUMBERS

    @property
    def is_claim(self) -> bool:
        """A number or a phrase: something a claim can be made of."""
        return self.kind in NUMBERS or self.kind == "phrase"

    def does(self, *kinds: str) -> bool:
        """It is a word of one of these kinds."""
        return self.kind == "word" and self.word.kind in kinds


NUMBERS = frozenset({"amount", "percent", "pp", "index"})
"""Kinds of number tokens that can be claims."""
