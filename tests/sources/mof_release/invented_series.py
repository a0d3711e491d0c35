"""Series of an invented trade: seeded, monthly from 2005 on, and consistent to the last thousand dollars.

Sizes are those of August 2025, so that shares and ranks look as they do; everything else is drawn. Totals
are sums of their parts, balances are differences, an adjusted series has its moving average: whatever a
release derives can be computed from the levels.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tidewaiter.model.key import Key

_SUMS = {
    ("commodity", "electronics_ict"): ("electronic_components", "ict_av"),
    ("partner", "SOUTH_ASIA6"): ("IND", "BGD", "PAK", "LKA", "NPL", "BTN"),
    ("partner", "ASEAN"): ("SGP", "MYS", "VNM", "THA", "PHL", "IDN", "KHM", "MMR", "BRN", "LAO"),
    ("partner", "NSP18"): ("ASEAN", "SOUTH_ASIA6", "AUS", "NZL"),
}
_USES = {
    "exports": ("capital_goods", "intermediate_goods", "consumer_goods"),
    "imports": ("capital_goods", "raw_materials", "consumer_goods"),
}
_ASIA = 400_000.0
_MIDDLE = Period.parse("2025-08").first
_MEANS = ("price", "import_unit_value", "export_price_index", "import_price_index", "exchange_rate")


@dataclass(frozen=True)
class Trade:
    """An invented world.

    Attributes:
        seed: what it is drawn from.
        sizes: August 2025 of each series, in the unit its table prints.
    """

    seed: str
    sizes: Mapping[Key, float] = field(compare=False)

    def __hash__(self) -> int:
        return hash(self.seed)

    def level(self, key: Key, period: Period) -> float:
        """The level of a month, or of a span: a sum, a mean of prices, the last month of a stock."""
        months = [self._month(key, month) for month in range(period.first, period.last + 1)]
        if key.measure == "eop":
            return months[-1]
        if key.flow in _MEANS:
            return _mean(key, months)
        return math.fsum(months) if key.measure else round(math.fsum(months), 5)

    @lru_cache(maxsize=200_000)  # noqa: B019 - a world lives as long as its test
    def _month(self, key: Key, month: int) -> float:
        if key.measure == "sa_ma3":
            return math.fsum(self._month(key.but(measure="sa"), month - back) for back in range(3)) / 3
        if key.flow == "balance":
            return self._thousands(key.but(flow="exports"), month) / 1000 - self._goods(
                key.but(flow="imports"), month
            )
        if key.flow in _MEANS:
            return self._price(key, month)
        if key.measure == "sa":
            return self._grown(key, month, noise=0.03) / 1.01
        return self._goods(key, month)

    def _goods(self, key: Key, month: int) -> float:
        return self._thousands(key, month) / 1000

    def _thousands(self, key: Key, month: int) -> int:
        if key.reporter == "TWN" and key.commodity == "total" and key.partner == "W00":
            uses = sum(self._thousands(key.but(commodity=use), month) for use in _USES[key.flow])
            return uses + round(uses * self._drawn(key, month, 0.002, 0.01))
        for (part, whole), members in _SUMS.items():
            if getattr(key, part) == whole and key.flow == "exports":
                return sum(self._thousands(key.but(**{part: one}), month) for one in members)
        return round(1000 * self._grown(key, month, noise=0.12) * _season(month))

    def _size(self, key: Key) -> float:
        if key in self.sizes:
            return self.sizes[key]
        if key.flow == "imports":  # not printed: what the printed balance leaves
            return self._size(key.but(flow="exports")) - self.sizes[key.but(flow="balance")]
        return {"ASIA": 40_000.0, "MIDDLE_EAST": 600.0}[key.partner]

    def _grown(self, key: Key, month: int, noise: float) -> float:
        years = (month - _MIDDLE) / 12
        wave = 1 + 0.1 * math.sin(years * 1.7 + self._drawn(key, 0, 0, 6))
        return (
            self._size(key.but(measure=""))
            * 1.05**years
            * wave
            * self._drawn(key, month, 1 - noise, 1 + noise)
        )

    def _price(self, key: Key, month: int) -> float:
        value = (
            self.sizes[key]
            * (1 + 0.2 * math.sin((month - _MIDDLE) / 9))
            * self._drawn(key, month, 0.97, 1.03)
        )
        return value if key.flow == "exchange_rate" else round(value, 2)

    def _drawn(self, key: Key, month: int, low: float, high: float) -> float:
        return random.Random(f"{self.seed}/{key.but(measure='')}/{month}").uniform(low, high)


def _mean(key: Key, months: list[float]) -> float:
    mean = math.fsum(months) / len(months)
    return mean if key.flow == "exchange_rate" else round(mean, 2)


def _season(month: int) -> float:
    return (0.97, 0.82, 1.05, 1.0, 1.0, 1.02, 1.0, 1.03, 1.04, 1.05, 1.02, 1.06)[month % 12]
