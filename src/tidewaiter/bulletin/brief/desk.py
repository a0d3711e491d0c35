"""What a brief is written at: the tables' release, the monthly series, the pen and the words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tidewaiter.bulletin.dates import row_text, span_text
from tidewaiter.model.key import WORLD, Key
from tidewaiter.nomenclature import areas, commodities

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Lang, Run, Runs
    from tidewaiter.bulletin.pen import Pen
    from tidewaiter.bulletin.wording import Wording
    from tidewaiter.engine import Book
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.period import Period


@dataclass(frozen=True)
class Desk:
    """The place a brief is written at.

    Attributes:
        pen: its own book holds the tables' release alone (or the monthly one where there are no tables).
        say: the wording.
        product: commodity code.
        reporter: whose exports.
        monthly: the release with monthly exports alone; a vintage of its own, never mixed with the tables.
    """

    pen: Pen
    say: Wording
    product: str
    reporter: str
    monthly: Book | None

    @property
    def lang(self) -> Lang:
        """The language written."""
        return self.pen.lang

    @property
    def exports(self) -> Key:
        """The reporter's exports of the product to the world."""
        return Key(self.reporter, "exports", self.product)

    @cached_property
    def goods(self) -> str:
        """The product by name; an HS code we have no name for stands for itself."""
        name = commodities().label(self.product, self.lang)
        return name if name != self.product else f"HS {self.product.removeprefix('HS')}"

    def area(self, code: str) -> str:
        """An area by name."""
        return areas().label(code, self.lang)

    def when(self, period: Period) -> str:
        """2023年, 2024年1-9月; 2023, January–September 2024."""
        if self.lang == "zh":
            return row_text(period, self.lang, roc=False)
        return str(period) if period.is_year else span_text(period, self.lang, year=True)

    def place(self, found: Figure) -> Run:
        """居冠, 居次, 居第3."""
        at = int(found.value)
        entry = {1: "rank.first", 2: "rank.second"}.get(at, "rank.nth")
        return self.pen.phrase(entry, found, n=at)

    @cached_property
    def partners(self) -> list[Key]:
        """The partners of the reporter's exports, the largest first by the latest period."""
        return self._largest(self.exports.but(partner="*"), self.exports, "partner")

    @cached_property
    def importer(self) -> Key | None:
        """The importer whose suppliers are listed, the reporter among them."""
        ours = self.pen.own.keys(Key("*", "imports", self.product, self.reporter))
        totals = [key.but(partner=WORLD) for key in ours]
        return max(totals, key=lambda key: len(self.pen.own.keys(key.but(partner="*"))), default=None)

    @cached_property
    def suppliers(self) -> list[Key]:
        """The suppliers of the importer, the largest first."""
        if self.importer is None:
            return []
        return self._largest(self.importer.but(partner="*"), self.importer, "partner")

    @cached_property
    def exporters(self) -> list[Key]:
        """The world's exporters with a share of it, the largest first."""
        world = self.exports.but(reporter=WORLD)
        found = self._largest(self.exports.but(reporter="*"), world, "reporter")
        return found if len(found) > 1 else []

    def periods(self, key: Key) -> list[Period]:
        """Years, then the cumulative span, that the tables print for a series."""
        known = [p for p in self.pen.own.periods(key) if p.is_year or p.is_year_to_date]
        return sorted(known, key=lambda p: (not p.is_year, p))

    def _largest(self, pattern: Key, whole: Key, dimension: str) -> list[Key]:
        periods = self.periods(whole)
        keys = [key for key in self.pen.own.keys(pattern) if key != whole]
        sized = [
            (share.value, key)
            for key in keys
            if periods and (share := self.pen.printed(key, "share", periods[-1], dimension)) is not None
        ]
        return [key for _, key in sorted(sized, key=lambda pair: (-pair[0], pair[1]))]


def together(*parts: Runs) -> list[Runs]:
    """The parts that say something."""
    return [part for part in parts if part]
