"""The three short forms. Each takes sentences in their order while its length allows, and cuts none."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tidewaiter.bulletin.dates import day_text
from tidewaiter.bulletin.document import Block, Bulletin, Masthead, NumberedList, Paragraph, Point, plain
from tidewaiter.bulletin.naming import publisher_in
from tidewaiter.bulletin.release import notes
from tidewaiter.bulletin.release.desk import BALANCE, EXPORTS, IMPORTS
from tidewaiter.bulletin.short import sentences
from tidewaiter.bulletin.short.slip import Slip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tidewaiter.bulletin.document import Lang, Runs
    from tidewaiter.engine import Book
    from tidewaiter.model.period import Period

OFFICE = "Tidewaiter"
MOST = {"summary": 400, "post": 280}
_FIRST_WIDE = 0x1100  # networks count a Chinese character as two
_BLANK_LINE = 2  # line feeds between the sentences of a post
_LEADERS = 2


def write_summary(book: Book, period: Period, lang: Lang) -> Bulletin:
    """A news summary of at most 400 characters, title and source left off.

    Args:
        book: with a release that prints the month.
        period: a month.
        lang: ``zh`` or ``en``.

    Raises:
        NoFigureError: nothing in the book has exports of that month.
    """
    slip = Slip.of(book, period, lang)
    leaders = sentences.parts(slip, _LEADERS)
    exports, *others = sentences.totals(slip)
    order = [exports, *chain(*zip(leaders["groups"], leaders["markets"], strict=False)), *others]
    if lang == "en":  # 400 characters hold a third of what they hold in Chinese
        order = [exports, *others[:2], *leaders["groups"]]
    told = _fitting(order, MOST["summary"], len, len(slip.say.text("space")))
    return _bulletin(slip, "summary", (Paragraph(slip.say.sentences(told)),))


def write_post(book: Book, period: Period, lang: Lang) -> Bulletin:
    """A post of at most 280 characters as networks count them, source included; no masthead, no title.

    Args:
        book: with a release that prints the month.
        period: a month.
        lang: ``zh`` or ``en``.

    Raises:
        NoFigureError: nothing in the book has exports of that month.
    """
    slip = Slip.of(book, period, lang)
    end = slip.say.text("post.source", publisher=publisher_in(slip.desk.release, lang))
    lines = [line for key in (EXPORTS, IMPORTS, BALANCE) if (line := sentences.brief(slip, key))]
    room = MOST["post"] - weight(end)
    told = _fitting(lines, room - _BLANK_LINE, weight, _BLANK_LINE)
    tag = slip.say.text("post.tag")
    if sum(weight(plain(each)) + _BLANK_LINE for each in told) + weight(tag) <= room:
        end += tag
    return _bulletin(slip, "post", (*(Paragraph(each) for each in told), Paragraph((end,))))


def write_facts_list(book: Book, period: Period, lang: Lang) -> Bulletin:
    """A plain list of facts: totals, then goods, markets and sources by the size of their change.

    Args:
        book: with a release that prints the month.
        period: a month.
        lang: ``zh`` or ``en``.

    Raises:
        NoFigureError: nothing in the book has exports of that month.
    """
    slip = Slip.of(book, period, lang)
    told = [*sentences.totals(slip), *chain.from_iterable(sentences.parts(slip).values())]
    return _bulletin(slip, "facts", (NumberedList(tuple(Point(runs) for runs in told), "1."),))


def weight(text: str) -> int:
    """Length as networks count it: a Chinese character is two.

    >>> weight("出口584.9億美元")
    15
    """
    return sum(2 if ord(sign) >= _FIRST_WIDE else 1 for sign in text)


def _fitting(order: Iterable[Runs], most: int, count: Callable[[str], int], joint: int) -> list[Runs]:
    """The first sentence, then each that still has room."""
    told: list[Runs] = []
    length = 0
    for runs in order:
        more = count(plain(runs)) + (joint if told else 0)
        if not told or length + more <= most:
            told.append(runs)
            length += more
    return told


def _bulletin(slip: Slip, form: str, blocks: tuple[Block, ...]) -> Bulletin:
    desk, say = slip.desk, slip.say
    fields = (
        (say.text("field.published"), day_text(desk.release.published, desk.lang)),
        (say.text("field.source"), publisher_in(desk.release, desk.lang)),
    )
    bare = form == "post"
    bulletin = Bulletin(
        id=f"{form}-{desk.month}",
        lang=desk.lang,
        title=say.text(f"title.{form}", month=slip.month),
        masthead=Masthead(OFFICE, "" if bare else say.text(form), "", () if bare else fields),
        published=desk.release.published,
        period=desk.month,
        blocks=blocks,
        sources=() if bare else notes.sources(desk),
        contacts=() if bare else ((say.text("contact"), say.text("contact.text")),),
    )
    return desk.pen.signed(bulletin)
