"""A brief on a product, put together from whatever of its parts the data give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.brief.desk import Desk
from tidewaiter.bulletin.brief.exports import exports_point, partner_point
from tidewaiter.bulletin.brief.importer import importer_point
from tidewaiter.bulletin.brief.known import tables_and_months
from tidewaiter.bulletin.brief.monthly import levels, monthly_chart, monthly_point
from tidewaiter.bulletin.brief.tables import tables
from tidewaiter.bulletin.brief.world import world_point
from tidewaiter.bulletin.dates import day_text
from tidewaiter.bulletin.document import Block, Bulletin, Heading, Masthead, NumberedList
from tidewaiter.bulletin.naming import publisher_in, title_in
from tidewaiter.bulletin.pen import Pen
from tidewaiter.bulletin.release.desk import REPORTER, sentence_case
from tidewaiter.bulletin.release.write import OFFICE
from tidewaiter.bulletin.wording import Wording
from tidewaiter.nomenclature.codelist import commodity_code

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Lang
    from tidewaiter.engine import Book
    from tidewaiter.model.period import Period
    from tidewaiter.model.release import Release

_SERVERS = "HS847150"


def write_brief(
    book: Book, product: str = _SERVERS, lang: Lang = "zh", *, reporter: str = REPORTER
) -> Bulletin:
    """A product brief: exports, main partner, share in the main importer, the world's exporters, months.

    Args:
        book: with a release of tables by partner, monthly exports of the product, or both.
        product: HS code or name.
        lang: ``zh`` or ``en``.
        reporter: whose exports.

    Raises:
        NoFigureError: the book has neither.
    """
    code = commodity_code(product)
    tabled, monthly = tables_and_months(book, code, reporter)
    own = tabled or monthly
    if own is None:
        raise AssertionError("one of the two is there, or an error was raised")
    desk = Desk(Pen(lang, own), Wording.of(__package__, lang), code, reporter, monthly)
    releases = _releases(tabled, monthly)
    bare = Bulletin(
        id=f"brief-{code}",
        lang=lang,
        title=desk.say.text("title" if tabled else "title.bare", **_names(desk)),
        masthead=Masthead(OFFICE, desk.say.text("publication"), "", _fields(desk, releases)),
        published=max(release.published for release in releases),
        period=_period(desk),
        blocks=_body(desk, tabled=tabled is not None),
        sources=tuple(_source(desk, release) for release in releases),
        notes=_notes(desk, tabled, monthly),
        contacts=((desk.say.text("contact"), desk.say.text("contact.text")),),
    )
    return desk.pen.signed(bare)


def _releases(*books: Book | None) -> list[Release]:
    found = [book.editions[0].release for book in books if book is not None]
    return list({release.id: release for release in found}.values())


def _names(desk: Desk) -> dict[str, str]:
    return {"goods": desk.goods, "Goods": sentence_case(desk.goods), "reporter": desk.area(desk.reporter)}


def _body(desk: Desk, *, tabled: bool) -> tuple[Block, ...]:
    by_tables = (exports_point, partner_point, importer_point, world_point) if tabled else ()
    made = [make(desk) for make in (*by_tables, monthly_point)]
    blocks: list[Block] = [NumberedList(tuple(point for point in made if point is not None))]
    if chart := monthly_chart(desk, 1):
        blocks.append(chart)
    if tabled and (sheets := tables(desk)):
        blocks += [Heading(desk.say("part.tables")), *sheets]
    return tuple(blocks)


def _period(desk: Desk) -> Period:
    """The latest span of the tables, else the latest month."""
    spans = desk.periods(desk.exports)
    return spans[-1] if spans else levels(desk)[-1].id.period


def _fields(desk: Desk, releases: list[Release]) -> tuple[tuple[str, str], ...]:
    say, joint = desk.say, "、" if desk.lang == "zh" else "; "
    publishers = dict.fromkeys(publisher_in(release, desk.lang) for release in releases)
    days = dict.fromkeys(day_text(release.published, desk.lang, roc=False) for release in releases)
    return (
        (say.text("field.published"), joint.join(days)),
        (say.text("field.source"), joint.join(publishers)),
        (say.text("field.release"), joint.join(release.id for release in releases)),
        (say.text("field.code"), desk.product),
    )


def _source(desk: Desk, release: Release) -> str:
    day = day_text(release.published, desk.lang, roc=False)
    return desk.say.text(
        "source",
        publisher=publisher_in(release, desk.lang),
        title=title_in(release.title, desk.lang),
        day=day,
    )


def _notes(desk: Desk, tabled: Book | None, monthly: Book | None) -> tuple[str, ...]:
    say = desk.say
    code = desk.product.removeprefix("HS")
    found = [say.text("note.code" if desk.product == _SERVERS else "note.code.plain", code=code)]
    if tabled is not None:
        found += [say.text("note.printed"), say.text("note.average"), say.text("note.rank")]
    if tabled is not None and monthly is not None and tabled.editions[0] is not monthly.editions[0]:
        release = monthly.editions[0].release
        day = day_text(release.published, desk.lang, roc=False)
        found.append(say.text("note.monthly", source=publisher_in(release, desk.lang), day=day))
    if not desk.pen.own.keys(desk.exports.but(flow="production_value")):
        found.append(say.text("note.production"))
    return (*found, say.text("note.no_causes"))
