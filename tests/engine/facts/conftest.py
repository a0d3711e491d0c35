"""A small store of one series with a known past, and the facts of its last month."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from tidewaiter.engine.book import Book
from tidewaiter.engine.edition import Edition
from tidewaiter.engine.facts import facts
from tidewaiter.model.key import Key
from tidewaiter.model.observation import Observation, Place
from tidewaiter.model.period import Period
from tidewaiter.model.unit import USD

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tidewaiter.engine.facts import Fact

NOW = Period.parse("2020-08")


@dataclass
class Made:
    """A release as far as a book needs it."""

    id: str = "made@2020-08"
    edition: str = "2020-08"
    dataset: str = "made"
    authority: int = 0
    published: date | None = None


@dataclass
class Desk:
    """Series by key, each a list of months that ends with ``NOW``."""

    series: dict[str, list[float]] = field(default_factory=dict)

    def book(self) -> Book:
        """All of them as one release."""
        numbers = [
            Observation(
                Key.parse(key), NOW.shift(at - len(values) + 1), "level", value, USD, Place("made.csv")
            )
            for key, values in self.series.items()
            for at, value in enumerate(values)
        ]
        return Book([Edition.of(Made(), numbers)])  # type: ignore[arg-type]

    def facts(self, top: int = 50) -> list[Fact]:
        """The facts of ``NOW``."""
        return facts(self.book(), NOW, top)

    def kinds(self, key: str) -> set[str]:
        """What is told of a series, near-duplicates included."""
        told = [fact for each in self.facts() for fact in (each, *each.also)]
        return {fact.kind for fact in told if str(fact.key) == key}


@pytest.fixture
def desk() -> Callable[..., Desk]:
    """``desk(exports=[…])``; names in full, ``TWN.`` and ``.W00`` left off where plain."""

    def make(series: dict[str, list[float]]) -> Desk:
        return Desk({f"TWN.{name}": values for name, values in series.items()})

    return make


@pytest.fixture
def wave() -> Callable[..., list[float]]:
    """A series without news: ``wave(months, level)``."""
    return _wave


def _wave(months: int, level: float = 1e9) -> list[float]:
    """Growth and falls by turns: two years up, two years down, and a little noise that repeats."""
    values, at = [], level
    for month in range(months):
        at *= 1.012 if month // 24 % 2 == 0 else 0.989
        values.append(at * (1 + 0.01 * (month * 7 % 5)))
    return values
