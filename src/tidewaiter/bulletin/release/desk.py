"""What every part of the release needs at hand: the pen, the wording, the month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.bulletin.dates import month_text, span_text
from tidewaiter.model.key import Key
from tidewaiter.nomenclature import areas, commodities

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Lang
    from tidewaiter.bulletin.pen import Pen
    from tidewaiter.bulletin.wording import Wording
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.period import Period
    from tidewaiter.model.release import Release

REPORTER = "TWN"
DATASET = "mof-release"
EXPORTS, IMPORTS, BALANCE = (Key(REPORTER, flow) for flow in ("exports", "imports", "balance"))


@dataclass(frozen=True)
class Desk:
    """The place a release is written at.

    Attributes:
        pen: writes and remembers figures.
        say: the wording.
        month: the month told.
        release: the release its numbers come from.
    """

    pen: Pen
    say: Wording
    month: Period
    release: Release

    @property
    def lang(self) -> Lang:
        """The language written."""
        return self.pen.lang

    @property
    def cumulates(self) -> bool:
        """The cumulative span is more than the month itself: not in January."""
        return self.month.to_date() != self.month

    @property
    def month_name(self) -> str:
        """8月, August."""
        return month_text(self.month, self.lang)

    @property
    def span_name(self) -> str:
        """1至8月, January–August."""
        return span_text(self.month.to_date(), self.lang)

    @property
    def is_year(self) -> bool:
        """The cumulative span is the whole year: in December."""
        return self.month.to_date().is_year

    @property
    def is_first(self) -> bool:
        """The month is told from its own release, so its figures are preliminary."""
        return self.release.dataset == DATASET and self.release.edition == str(self.month)

    def values(self, figure: Figure) -> dict[str, float]:
        """What decides between variants of a wording."""
        return {"value": figure.value, "year": float(self.is_year)}

    def find(self, key: Key, statistic: str, of: str = "") -> Figure | None:
        """A figure of the month from the release."""
        return self.pen.find(key, statistic, self.month, of)

    def goods(self, code: str) -> str:
        """A commodity by name, as it stands inside a sentence: without a 、 that would part a list."""
        entry = commodities().entries.get(code)
        names = (entry.zh if self.lang == "zh" else entry.en) if entry else ()
        plain = [name for name in names if "、" not in name and ", " not in name]
        return plain[0] if plain else commodities().label(code, self.lang)

    def area(self, code: str) -> str:
        """An area by name."""
        return areas().label(code, self.lang)


def sentence_case(text: str) -> str:
    """With its first letter large: electronic components → Electronic components."""
    return text[:1].upper() + text[1:]
