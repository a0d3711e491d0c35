"""Customs records made up for measuring: as many as asked for, the same ones for the same seed.

They have the shape of a nation's detailed trade: some 11,000 goods of eleven digits times 200 partners, few
of which trade every month; volumes by a power law; seasons, trends, partners that come late or go. Nothing
in them is of any nation.

Each run of codes is drawn from a seed of its own, so the records come in their order (flow, code, partner,
month), chapter by chapter, and memory holds one chapter however many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tidewaiter.model.period import MONTHS, Period
from tidewaiter.nomenclature import areas
from tidewaiter.nomenclature.packed import rows as packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float32] | npt.NDArray[np.float64]

FLOWS = ("exports", "imports")
CODES, PARTNERS, SPAN = 11_000, 200, 300
FIRST = Period.month(2001, 1).first
_SIX = 6  # digits of a subheading; the nation adds five
_SUBDIVISIONS = 100_000
_TWO, _THREE, _TWIN = 1_000, 10, 3  # steps of digits 7–8 and 9–11; how many codes share eight digits
_CHAPTER = 10**9  # eleven digits less two
_RUN = 128  # codes drawn at a time
_FULLEST = 0.97  # even the steadiest trade misses a month now and then
_MONTH_BITS = 9  # 300 months fit


@dataclass(frozen=True)
class Drawn:
    """Records of one flow and one chapter, in order; a record is one row of each column.

    Attributes:
        flow: place in :data:`FLOWS`.
        chapter: two digits.
        columns: ``commodity`` and ``partner`` (places in :attr:`Invented.commodities` and
            :attr:`Invented.partners`), ``month`` (ordinal, as in ``model.period``) and ``value`` (US dollars,
            1 or more), in the types of a file of records.
    """

    flow: int
    chapter: str
    columns: dict[str, npt.NDArray[Any]]

    def __len__(self) -> int:
        return len(self.columns["value"])


@dataclass(frozen=True)
class Invented:
    """About ``rows`` invented records; their number is met to within a few in a thousand.

    Examples:
        >>> made = Invented(rows=20_000, seed=1)
        >>> abs(sum(len(block) for block in made.blocks()) / 20_000 - 1) < 0.03
        True
    """

    rows: int
    seed: int = 1

    @cached_property
    def codes(self) -> Ints:
        """The goods, in order: subheadings of the Harmonized System, some with national subdivisions."""
        six = np.unique([int(code) for code, *_ in packed("hs") if len(code) == _SIX])
        chance = self._chance(0)
        share = chance.pareto(1.2, len(six)) + 0.3
        more = chance.choice(len(six), CODES - len(six), p=share / share.sum())
        at = np.sort(np.concatenate([np.arange(len(six)), more]))
        nth = np.arange(len(at)) - np.searchsorted(at, at)
        below = nth // _TWIN * _TWO + nth % _TWIN * _THREE
        return np.asarray(six[at] * _SUBDIVISIONS + below, dtype=np.int64)

    @cached_property
    def partners(self) -> tuple[str, ...]:
        """The partners, three letters each, in order."""
        known = [code for code in areas().entries if len(code) == 3 and code.isalpha()]  # noqa: PLR2004
        return tuple(sorted(code for code in known if code not in ("TWN", "EUZ"))[:PARTNERS])

    @cached_property
    def commodities(self) -> tuple[str, ...]:
        """The codes as in keys: ``HS`` and eleven digits."""
        return tuple(f"HS{code:011d}" for code in self.codes.tolist())

    def blocks(self) -> Iterator[Drawn]:
        """The records, in order, a chapter at a time."""
        chapters, begins = np.unique(self.codes // _CHAPTER, return_index=True)
        ends = [*begins[1:].tolist(), CODES]
        for flow in range(len(FLOWS)):
            for chapter, begin, end in zip(chapters.tolist(), begins.tolist(), ends, strict=True):
                parts = [self._draw(flow, at, min(at + _RUN, end)) for at in range(begin, end, _RUN)]
                columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
                if len(columns["value"]):
                    yield Drawn(flow, f"{chapter:02d}", columns)

    @cached_property
    def _weights(self) -> Floats:
        """How much a good and a partner trade (flow × code × partner): power laws, and the pair's own lot."""
        chance = self._chance(1)
        goods = np.arange(1, CODES + 1, dtype=np.float32) ** -0.9
        places = np.arange(1, PARTNERS + 1, dtype=np.float32) ** -1.1
        weights = np.empty((len(FLOWS), CODES, PARTNERS), np.float32)
        for flow in range(len(FLOWS)):
            weights[flow] = np.outer(chance.permutation(goods), chance.permutation(places))
            weights[flow] *= np.exp(1.5 * chance.standard_normal((CODES, PARTNERS), np.float32))
        return weights

    @cached_property
    def _scale(self) -> float:
        """The one number that makes the expected count of records what was asked for, by halving."""
        low, high = -10.0, 40.0
        for _ in range(40):
            middle = (low + high) / 2
            wanted = SPAN * _ACTIVE * _density(self._weights, np.exp(middle)).sum() > self.rows
            low, high = (low, middle) if wanted else (middle, high)
        return float(np.exp(high))

    def _chance(self, *place: int) -> np.random.Generator:
        return np.random.default_rng([self.seed, *place])

    def _draw(self, flow: int, begin: int, end: int) -> dict[str, npt.NDArray[Any]]:
        """A run of codes. Months fall as a Poisson process: a month is traded with exactly its density."""
        chance = self._chance(2, flow, begin)
        weight = self._weights[flow, begin:end].ravel()
        start, length = _windows(chance, len(weight))
        events = chance.poisson(-np.log1p(-_density(weight, self._scale)) * length)
        pair = np.repeat(np.arange(len(weight), dtype=np.int64), events)
        month = start[pair] + (chance.random(len(pair)) * length[pair]).astype(np.int64)
        packed_key = np.unique((pair << _MONTH_BITS) | month)
        pair, month = packed_key >> _MONTH_BITS, packed_key & ((1 << _MONTH_BITS) - 1)
        value = _values(chance, weight, pair, month)
        return {
            "commodity": (begin + pair // PARTNERS).astype(np.uint32),
            "partner": (pair % PARTNERS).astype(np.uint16),
            "month": (FIRST + month).astype(np.int16),
            "value": value,
        }


_LATE, _GONE = 0.3, 0.1  # parts of the pairs that begin late, and that end early
_ROUNDED = 0.2  # part of the pairs told in thousands
_ACTIVE = (1 - _LATE / 3) * (1 - _GONE / 3)  # part of the months that a pair is there, on average


def _density(weight: Floats, scale: float) -> Floats:
    """Chance that a pair trades in a month."""
    return np.float32(_FULLEST) * -np.expm1(np.float32(-scale) * weight)


def _windows(chance: np.random.Generator, pairs: int) -> tuple[Ints, Floats]:
    """First month and number of months in which each pair is there at all."""
    late = (chance.random(pairs) < _LATE) * chance.random(pairs) * 2 / 3
    gone = (chance.random(pairs) < _GONE) * chance.random(pairs) * 2 / 3
    start = (late * SPAN).astype(np.int64)
    return start, np.maximum((SPAN - start) * (1 - gone), 1.0)


def _values(chance: np.random.Generator, weight: Floats, pair: Ints, month: Ints) -> Ints:
    """Dollars: size of the pair × trend × season × chance. Some are told in thousands only, so ties occur."""
    pairs = len(weight)
    size = 0.9 * np.log(weight) + chance.normal(20.5, 1.0, pairs)
    trend = chance.normal(0.004, 0.004, pairs)
    swing, phase = np.abs(chance.normal(0.0, 0.3, pairs)), chance.integers(0, MONTHS, pairs)
    year = np.cos(2 * np.pi / MONTHS * np.arange(MONTHS))
    level = size[pair] + trend[pair] * month + swing[pair] * year[(month + phase[pair]) % MONTHS]
    level += 0.45 * chance.standard_normal(len(pair), dtype=np.float32)
    value: Ints = 1 + np.exp(np.minimum(level, 27.0)).astype(np.int64)  # at most 5e11: no sum leaves 2^53
    rounded = (chance.random(pairs) < _ROUNDED)[pair]
    value[rounded] = (value[rounded] // 1000 + 1) * 1000
    return value
