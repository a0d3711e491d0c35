"""The codes of several vintages: as they came (so they are written), and sorted (so they are worked with)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Codes:
    """Every code of the vintages up to one.

    Attributes:
        all: the codes, sorted.
        place: code → place in ``all``.
        own: place in the first vintage's list → place in ``all``; it rises, so order is kept.
        came: place in the order in which the codes came → place in ``all``.
    """

    all: tuple[str, ...]
    place: dict[str, int]
    own: Places
    came: Places

    @classmethod
    def of(cls, lists: Sequence[tuple[str, ...]], order: Callable[[set[str]], Sequence[str]]) -> Codes:
        """The codes of vintages, the oldest first; the list of the first is sorted already.

        Examples:
            >>> codes = Codes.of([("A", "C"), ("B", "C")], sorted)
            >>> codes.all, codes.own.tolist(), codes.came.tolist(), codes.within(("B", "C")).tolist()
            (('A', 'B', 'C'), [0, 2], [0, 2, 1], [-1, 0, 1])
        """
        came = dict.fromkeys(code for codes in lists for code in codes)
        everything = tuple(came) if len(came) == len(lists[0]) else tuple(order(set(came)))
        place = {code: at for at, code in enumerate(everything)}
        return cls(
            everything,
            place,
            np.array([place[code] for code in lists[0]], np.int64),
            np.array([place[code] for code in came], np.int64),
        )

    def within(self, codes: tuple[str, ...]) -> Places:
        """Place in ``all`` → place among these codes; −1 for a code that is not among them."""
        found = np.full(len(self.all), -1, np.int64)
        found[self.of_these(codes)] = np.arange(len(codes))
        return found

    def of_these(self, codes: tuple[str, ...]) -> Places:
        """Place among these codes → place in ``all``."""
        return np.array([self.place[code] for code in codes], np.int64)

    @property
    def arrival(self) -> Places:
        """Place in ``all`` → place in the order in which they came."""
        found = np.empty(len(self.all), np.int64)
        found[self.came] = np.arange(len(self.came))
        return found
