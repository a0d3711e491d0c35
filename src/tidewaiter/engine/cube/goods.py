"""Goods: the codes above those of the records, level by level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidewaiter.store.records.header import chapter_of, digits_of, scheme_of

if TYPE_CHECKING:
    import numpy.typing as npt

LEVELS = (2, 4, 6, 8)  # digits; the records' own length is the last level, whatever it is
HARMONIZED = 6  # digits that all nations share
_NATIONAL = "CCC"  # its first six digits are HS


@dataclass(frozen=True)
class Goods:
    """The codes of a file of records as a tree below the total.

    A node is a code of some level. Nodes are numbered so that a code's subdivisions follow it closely;
    a node's records stand together, because the records are sorted.

    Attributes:
        codes: node → its code, as in keys.
        digits: node → number of digits of its level; 0 where the commodity is only named.
        parent: node → node right above; −1 is the total.
        depth: node → 0 right below the total, 1 below that …
        chapter: node → its first two digits.
        at: commodity of the records × depth → node; −1 below the commodity's own depth.
    """

    codes: tuple[str, ...]
    digits: npt.NDArray[np.int32]
    parent: npt.NDArray[np.int32]
    depth: npt.NDArray[np.int32]
    chapter: tuple[str, ...]
    at: npt.NDArray[np.int32]

    @classmethod
    def of(cls, commodities: tuple[str, ...]) -> Goods:
        """The tree above a list of codes.

        Examples:
            >>> goods = Goods.of(("HS84713000", "HS84715000", "HS85423100"))
            >>> [goods.codes[node] for node in goods.at[1]]
            ['HS84', 'HS8471', 'HS847150', 'HS84715000']
        """
        known: dict[str, int] = {}
        rows: list[tuple[int, int, int, str]] = []
        paths = []
        for commodity in commodities:
            above = -1
            path = []
            for depth, (code, digits) in enumerate(path_of(commodity)):
                if code not in known:
                    known[code] = len(rows)
                    rows.append((digits, above, depth, chapter_of(commodity)))
                above = known[code]
                path.append(above)
            paths.append(path)
        deepest = max((len(path) for path in paths), default=1)
        at = np.full((len(commodities), deepest), -1, np.int32)
        for place, path in enumerate(paths):
            at[place, : len(path)] = path
        lengths, parents, depths, chapters = zip(*rows, strict=True) if rows else ((), (), (), ())
        return cls(
            tuple(known),
            np.array(lengths, np.int32),
            np.array(parents, np.int32),
            np.array(depths, np.int32),
            tuple(chapters),
            at,
        )


def path_of(commodity: str) -> list[tuple[str, int]]:
    """The codes from the chapter down to the commodity itself, each with its number of digits.

    Examples:
        >>> path_of("CCC85423100002")
        [('HS85', 2), ('HS8542', 4), ('HS854231', 6), ('CCC85423100', 8), ('CCC85423100002', 11)]
        >>> path_of("ict_av")
        [('ict_av', 0)]
    """
    digits, scheme = digits_of(commodity), scheme_of(commodity)
    above = [length for length in LEVELS if length < len(digits)]
    found = []
    for length in above:
        shared = scheme == _NATIONAL and length <= HARMONIZED
        found.append((f"{'HS' if shared else scheme}{digits[:length]}", length))
    return [*found, (commodity, len(digits))]
