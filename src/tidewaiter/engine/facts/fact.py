"""A fact: a kind, its figures, and how much it weighs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidewaiter.engine.facts.weights import Weight
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key


@dataclass(frozen=True, slots=True)
class Fact:
    """Something worth telling of a series in a month (a year).

    Attributes:
        kind: one of the kinds of ``weights.yml``.
        key: the series.
        figures: the figure told, then those that go with it (level, growth).
        factors: what the weight is made of.
        why: the weight explained, in English.
        why_zh: the same in Chinese.
        slots: what the words need beside the figures: months, the one overtaken, a round level.
        also: what says the same of another series or span, left out of the list.
    """

    kind: str
    key: Key
    figures: tuple[Figure, ...]
    factors: Weight
    why: str
    why_zh: str
    slots: dict[str, str] = field(default_factory=dict)
    also: tuple[Fact, ...] = ()

    @property
    def weight(self) -> float:
        """The product of its factors."""
        return self.factors.value

    @property
    def main(self) -> Figure:
        """The figure told."""
        return self.figures[0]

    def part(self, statistic: str) -> Figure | None:
        """The level or growth beside the figure told."""
        return next((figure for figure in self.figures[1:] if figure.id.statistic == statistic), None)
