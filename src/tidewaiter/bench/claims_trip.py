"""The round trip: every statement of the bulletins the project writes, read back and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from tidewaiter.bulletin import write_brief, write_release
from tidewaiter.bulletin.render import render
from tidewaiter.bulletin.short.write import write_summary
from tidewaiter.check.examine import examine
from tidewaiter.check.judged import Verdict
from tidewaiter.engine.book import Book
from tidewaiter.errors import NoFigureError, TidewaiterError
from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.bulletin.document import Bulletin
    from tidewaiter.store import Store

Format = Literal["txt", "html", "docx", "odt"]
Lang = Literal["zh", "en"]
FORMATS: tuple[Format, ...] = ("txt", "html", "docx", "odt")
_LANGS: tuple[Lang, ...] = ("zh", "en")
_RIGHT = (
    Verdict.CONFIRMED,
    Verdict.CONSISTENT_WITH_ROUNDING,
    Verdict.CONSISTENT_WITH_VINTAGE,
    Verdict.REPEAT,
)
_DATASET, _PRODUCT = "mof-release", "HS847150"


def trip_rows(store: Store) -> Iterator[dict[str, Any]]:
    """How many of the claims read from our own bulletins are borne out, by bulletin, language and format."""
    book = Book.of(store)
    months = [Period.parse(r.edition) for r in store.releases() if r.dataset == _DATASET]
    for lang in _LANGS:
        for name in ("release", "summary", "brief"):
            try:
                written = _written(name, book, months, lang)
            except TidewaiterError:
                continue  # the store has not the figures of this bulletin
            for form in FORMATS:
                yield _read_back(written, f"{name} {lang}", form, store)


def _written(name: str, book: Book, months: list[Period], lang: Lang) -> Bulletin:
    if name == "brief":
        return write_brief(book, _PRODUCT, lang)
    if not months:
        raise NoFigureError("the store holds no monthly release")
    return (write_release if name == "release" else write_summary)(book, max(months), lang)


def _read_back(written: Bulletin, name: str, form: Format, store: Store) -> dict[str, Any]:
    page = render(written, form)
    claims = examine(page, name=f"{name}.{form}", published=written.published, store=store).claims
    right = sum(item.judgement.verdict in _RIGHT for item in claims)
    wrong = sum(item.judgement.verdict in (Verdict.CONTRADICTED, Verdict.WRONG_SLOT) for item in claims)
    note = f"{right} of {len(claims)} claims; {wrong} called wrong"
    return {"on": name, "measure": f"round trip ({form})", "value": right / max(len(claims), 1), "note": note}
