"""The desk of the release with the short forms' own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.bulletin import release
from tidewaiter.bulletin.dates import month_text
from tidewaiter.bulletin.pen import Pen
from tidewaiter.bulletin.release.desk import Desk
from tidewaiter.bulletin.release.known import own_and_history
from tidewaiter.bulletin.wording import Wording

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Lang
    from tidewaiter.engine import Book
    from tidewaiter.model.period import Period


@dataclass(frozen=True)
class Slip:
    """What a short form is written on.

    Attributes:
        desk: pen, month and the release's words for records, moves and streaks.
        say: the short forms' own words.
    """

    desk: Desk
    say: Wording

    @classmethod
    def of(cls, book: Book, period: Period, lang: Lang) -> Slip:
        """A slip for a month.

        Raises:
            NoFigureError: nothing in the book has exports of that month.
        """
        own, history = own_and_history(book, period)
        words = Wording.of(release.__name__, lang)
        desk = Desk(Pen(lang, own, history), words, period, own.editions[0].release)
        return cls(desk, Wording.of(__package__, lang))

    @property
    def month(self) -> str:
        """114年8月, August 2025: a short form is read far from any date."""
        return month_text(self.desk.month, self.desk.lang, year=True)
