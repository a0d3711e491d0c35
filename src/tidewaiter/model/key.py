"""Keys: which series. ``reporter.flow.commodity.partner[.measure]``.

``TWN.exports.ict_av.W00`` is Taiwan's exports of ICT and audio-video products to the world in US$.
Empty parts mean the plain case: commodity ``total``, partner ``W00`` (world), measure none (value in
US$, not adjusted). ``*`` in a part matches anything. Measures in use: ``sa`` (seasonally adjusted),
``sa_ma3`` (its three-month average as printed), ``twd`` (value in NT$).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tidewaiter.errors import UnparsableError

WORLD = "W00"
TOTAL = "total"
_MIN_PARTS, _MAX_PARTS = 2, 5


@dataclass(frozen=True, order=True, slots=True)
class Key:
    """The dimensions of a series.

    Attributes:
        reporter: who reports, ISO 3166 alpha-3 or ``W00``.
        flow: exports, imports, balance, total_trade, production_value …
        commodity: ``total``, a group (``ict_av``), ``HS847150``, ``CCC…``, an item.
        partner: ISO 3166 alpha-3, ``W00``, an area (``ASEAN``), a union (``CHN+HKG``).
        measure: empty, or ``sa``, ``sa_ma3``, ``twd`` …

    Examples:
        >>> Key.parse("TWN.exports.ict_av.")
        Key('TWN.exports.ict_av.W00')
        >>> Key.parse("TWN.exports.*.USA").matches(Key.parse("TWN.exports.total.USA"))
        True
    """

    reporter: str
    flow: str
    commodity: str = TOTAL
    partner: str = WORLD
    measure: str = ""

    @classmethod
    def parse(cls, text: str) -> Key:
        """Read the dotted form.

        Raises:
            UnparsableError: fewer than two or more than five parts, or no reporter or flow.
        """
        parts = [part.strip() for part in text.split(".")]
        if not _MIN_PARTS <= len(parts) <= _MAX_PARTS or not parts[0] or not parts[1]:
            raise UnparsableError(
                f"{text!r} is not a key",
                hint="write reporter.flow.commodity.partner, for example TWN.exports.ict_av.W00",
            )
        parts += [""] * (_MAX_PARTS - len(parts))
        reporter, flow, commodity, partner, measure = parts
        return cls(reporter, flow, commodity or TOTAL, partner or WORLD, measure)

    def but(self, **parts: Any) -> Key:
        """The same key with some parts exchanged."""
        return replace(self, **parts)

    @property
    def has_wildcard(self) -> bool:
        """Some part is ``*``."""
        return "*" in self.parts()

    def parts(self) -> tuple[str, str, str, str, str]:
        """Its five parts in order."""
        return (self.reporter, self.flow, self.commodity, self.partner, self.measure)

    def matches(self, other: Key) -> bool:
        """This key, read as a pattern, fits the other."""
        return all(mine in ("*", theirs) for mine, theirs in zip(self.parts(), other.parts(), strict=True))

    def __str__(self) -> str:
        text = f"{self.reporter}.{self.flow}.{self.commodity}.{self.partner}"
        return f"{text}.{self.measure}" if self.measure else text

    def __repr__(self) -> str:
        return f"Key('{self}')"
