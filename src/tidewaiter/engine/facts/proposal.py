"""A proposal: a fact as the cheap pass sees it, to be borne out by the book."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

from tidewaiter.engine.facts import weights
from tidewaiter.nomenclature import flows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidewaiter.engine.facts.past import Past
    from tidewaiter.model.period import Period

_FAR, _NEAR, _SHORT = 1.5, 1.1, 0.7  # surprise and reach from which they are worth a word
_WHOLE = 0.995
_NEVER = "0%"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may be told of a series.

    Attributes:
        kind: one of the kinds of ``weights.yml``.
        past: the series.
        statistic: of the figure to be told, with its parameter ``of``.
        at: its period.
        rarity: in bits.
        count: how many months (years) it looks back over; 0 where that means nothing.
        told: what the reason names.
        slots: what the words need.
    """

    kind: str
    past: Past
    statistic: str
    of: str
    at: Period
    rarity: float
    count: int = 0
    told: Mapping[str, Any] = field(default_factory=dict)
    slots: Mapping[str, str] = field(default_factory=dict)

    @property
    def factors(self) -> weights.Weight:
        """What its weight is made of."""
        past = self.past
        usual = [growth for _, growth in past.growths[:-1]]
        return weights.Weight(
            kind=weights.table()["kinds"][self.kind],
            rarity=self.rarity,
            size=past.size,
            reach=weights.reach(self.count, yearly=past.yearly) if self.count else 1.0,
            surprise=weights.surprise(past.growth(past.at), usual, yearly=past.yearly),
        )

    def _of_what(self) -> str:
        if self.past.of_listed:
            return "listed"
        return "whole" if self.past.share > _WHOLE else "size"

    def why(self, lang: str) -> str:
        """The weight explained to a reader: how rare, how large, what is out of the common."""
        words, factors = _reasons(), self.factors
        unit = words["units"][lang]["year" if self.past.yearly else "month"]
        plain = flows().label(self.past.key.flow, lang)
        told = dict(self.told)
        if told.get("often") == _NEVER and lang == "en":
            told["often"] = "none"
        shown = {"count": self.count, "unit": unit, "flow": plain, "share": f"{self.past.share:.0%}"}
        parts = [self.kind, self._of_what()]
        parts += ["reach"] if self.count and factors.reach < _SHORT else []
        parts += ["surprise"] if factors.surprise > _FAR else []
        return str(words["joint"][lang]).join(
            words[part][lang].format_map({**shown, **told}) for part in parts
        )


@cache
def _reasons() -> dict[str, Any]:
    text = resources.files("tidewaiter.engine.facts").joinpath("reasons.yml").read_text("utf-8")
    return dict(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506 — both are safe
