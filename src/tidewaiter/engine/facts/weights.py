"""The weights of facts, from ``weights.yml``; each with the reason beside it there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Weight:
    """The factors of a weight.

    Attributes:
        kind: what a reader makes of such a statement.
        rarity: bits: log₂ of one over how often it happens.
        size: square root of the series' share of the whole, times what its flow counts.
        reach: how far back it looks, 1 for ten years.
        surprise: how unusual the growth is, 1 for the usual.
    """

    kind: float
    rarity: float
    size: float
    reach: float = 1.0
    surprise: float = 1.0

    @property
    def value(self) -> float:
        """Their product.

        Examples:
            >>> Weight(1.0, 3.0, 0.5).value
            1.5
        """
        return self.kind * self.rarity * self.size * self.reach * self.surprise


@cache
def table() -> dict[str, Any]:
    """All of ``weights.yml``."""
    text = resources.files("tidewaiter.engine.facts").joinpath("weights.yml").read_text("utf-8")
    return dict(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506 — both are safe


def least(name: str) -> float:
    """From where on something is a fact."""
    return float(table()["from"][name])


def bits(hits: float, of: float) -> float:
    """How rare something is that happened ``hits`` times in ``of``; one more of each, as it may yet happen.

    Examples:
        >>> bits(0, 63), bits(3, 63)
        (6.0, 4.0)
    """
    told = table()["rarity"]
    return float(min(max(math.log2((of + 1) / (hits + 1)), told["least"]), told["most"]))


def reach(count: int, *, yearly: bool) -> float:
    """What a history of so many months (years) is worth.

    Examples:
        >>> reach(120, yearly=False), reach(30, yearly=False), reach(1, yearly=False)
        (1.0, 0.5, 0.4)
    """
    told = table()["reach"]
    full = told["full_years" if yearly else "full_months"]
    return max(min(math.sqrt(count / full), 1.0), float(told["least"]))


def surprise(growth: float | None, usual: list[float], *, yearly: bool) -> float:
    """How far growth lies from the median of the growth before it, in quartile distances.

    Examples:
        >>> surprise(5.0, [float(n) for n in range(1, 41)], yearly=False)
        1.53...
        >>> surprise(5.0, [1.0, 2.0], yearly=False)
        1.0
    """
    told = table()["surprise"]
    if growth is None or len(usual) < told["enough_years" if yearly else "enough"]:
        return 1.0
    ordered = sorted(usual)
    low, middle, high = (ordered[len(ordered) * part // 4] for part in (1, 2, 3))
    spread = max((high - low) / 2, 1e-9)
    distance = min(abs(growth - middle) / spread, told["far"])
    return float(1 + (told["most"] - 1) * distance / told["far"])
