"""A fact: a kind, its figures, and how much it weighs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key


@dataclass(frozen=True, slots=True)
class Fact:
    """Something worth telling of a series in a month.

    Attributes:
        kind: record, second, best, worst, streak, streak_ended, turn, growth, contribution.
        key: the series.
        figures: the figure told, then those that go with it (level, growth).
        rarity: bits of surprise: log₂ of how seldom it happens.
        size: how much the series matters, 0 to 1: the square root of its share of the flow's total.
        why: the weight explained, in English.
        why_zh: the same in Chinese.
    """

    kind: str
    key: Key
    figures: tuple[Figure, ...]
    rarity: float
    size: float
    why: str
    why_zh: str

    @property
    def weight(self) -> float:
        """Rarity × size."""
        return self.rarity * self.size

    @property
    def main(self) -> Figure:
        """The figure told."""
        return self.figures[0]
