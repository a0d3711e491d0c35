"""Looking around: the tokens of a sentence before and behind the one that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidewaiter.check.read.tokens import Token


class Looker:
    """Knows the tokens of a segment and the place that is read.

    Attributes:
        tokens: of the segment.
        text: of the segment, normalised.
        at: the token that is read.
        first: first token of its sentence.
        end: one past the last.
    """

    tokens: list[Token]
    text: str
    at: int
    first: int
    end: int

    def ahead(self, n: int = 1) -> Token | None:
        """The n-th token after this one in the sentence."""
        at = self.at + n
        return self.tokens[at] if self.first <= at < self.end else None

    def behind(self, n: int = 1) -> Token | None:
        """The n-th token before this one in the sentence."""
        at = self.at - n
        return self.tokens[at] if at >= self.first else None

    def gap(self, left: Token | None, right: Token | None) -> str:
        """The signs between two tokens."""
        return self.text[left.end : right.start] if left and right else ""

    def clause(self) -> list[Token]:
        """The tokens of this part of the sentence, commas and semicolons apart."""
        low = high = self.at
        stops = ("comma", "semi", "soft")
        while low > self.first and self.tokens[low - 1].kind not in stops:
            low -= 1
        while high < self.end and self.tokens[high].kind not in stops:
            high += 1
        return self.tokens[low:high]

    def number_ahead(self) -> Token | None:
        """The next token, blanks aside."""
        after = self.ahead()
        return self.ahead(2) if after and after.kind == "soft" else after
