"""The monthly release, put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tidewaiter.bulletin.dates import day_text, month_text
from tidewaiter.bulletin.document import Block, Bulletin, Chart, Heading, Masthead, Paragraph
from tidewaiter.bulletin.naming import publisher_in
from tidewaiter.bulletin.numbering import chinese
from tidewaiter.bulletin.pen import Pen
from tidewaiter.bulletin.release import charts, notes
from tidewaiter.bulletin.release.desk import Desk
from tidewaiter.bulletin.release.known import own_and_history
from tidewaiter.bulletin.release.parts import part
from tidewaiter.bulletin.release.peers import peers
from tidewaiter.bulletin.release.spec import SCHEMES
from tidewaiter.bulletin.release.summary import headline, summary
from tidewaiter.bulletin.release.tables import tables
from tidewaiter.bulletin.release.totals import totals
from tidewaiter.bulletin.wording import Wording

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Lang
    from tidewaiter.engine import Book
    from tidewaiter.model.period import Period

OFFICE = "Tidewaiter"
_TITLES = {True: "title", False: "title.later"}
_Draw = Callable[[Desk, int], "Chart | None"]
_CHARTS_AFTER: dict[str, tuple[_Draw, ...]] = {
    "total": (charts.months_chart, charts.years_chart),
    "groups": (charts.contributions_chart,),
    "markets": (charts.markets_chart,),
    "peers": (charts.peers_chart,),
}


def write_release(book: Book, period: Period, lang: Lang) -> Bulletin:
    """The monthly release of the ministry's form.

    Args:
        book: made by :func:`~tidewaiter.bulletin.release.known.release_book`, or any book with a release
            that prints the month; other releases in it serve as history only.
        period: a month.
        lang: ``zh`` or ``en``.

    Raises:
        NoFigureError: nothing in the book has exports of that month.
    """
    own, history = own_and_history(book, period)
    desk = Desk(Pen(lang, own, history), Wording.of(__package__, lang), period, own.editions[0].release)
    say = desk.say
    blocks = _body(desk)
    bare = Bulletin(
        id=f"release-{period}",
        lang=lang,
        title=say.text(
            "title" if desk.is_first else "title.later", month=month_text(period, lang, year=True)
        ),
        masthead=Masthead(OFFICE, say.text("publication"), "", _fields(desk)),
        published=desk.release.published,
        period=period,
        blocks=tuple(blocks),
        sources=notes.sources(desk),
        notes=notes.notes(desk),
        contacts=((say.text("contact"), say.text("contact.text")),),
    )
    return desk.pen.signed(bare)


def _body(desk: Desk) -> list[Block]:
    blocks: list[Block] = []
    if head := headline(desk):
        blocks.append(Paragraph((), lead=head))
    written = _Parts(desk, blocks)
    written.add("total", totals(desk))
    for scheme in SCHEMES:
        written.add(scheme.name, part(desk, scheme, written.next_number))
    written.add("peers", peers(desk, written.next_number))
    written.add("summary", summary(desk, written.next_number))
    if sheets := tables(desk):
        blocks.extend([Heading(desk.say("part.tables")), *sheets])
    return blocks


class _Parts:
    """Parts numbered as they come: one that the data do not give leaves no gap. So with charts."""

    def __init__(self, desk: Desk, blocks: list[Block]) -> None:
        self._desk, self._blocks = desk, blocks
        self._parts = self._charts = 0

    @property
    def next_number(self) -> str:
        """二, or 2."""
        return chinese(self._parts + 1) if self._desk.lang == "zh" else str(self._parts + 1)

    def add(self, name: str, part_blocks: list[Block]) -> None:
        """A part and the charts that follow it."""
        if not part_blocks:
            return
        self._parts += 1
        self._blocks.extend(part_blocks)
        for draw in _CHARTS_AFTER.get(name, ()):
            if chart := draw(self._desk, self._charts + 1):
                self._charts += 1
                self._blocks.append(chart)


def _fields(desk: Desk) -> tuple[tuple[str, str], ...]:
    say, release = desk.say, desk.release
    return (
        (say.text("field.published"), day_text(release.published, desk.lang)),
        (say.text("field.source"), publisher_in(release, desk.lang)),
        (say.text("field.release"), release.id),
    )
