"""What the project writes it reads back: every statement of its bulletins, in both languages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from tidewaiter.bulletin.brief.write import write_brief
from tidewaiter.bulletin.release.write import write_release
from tidewaiter.bulletin.render import render
from tidewaiter.bulletin.render.statements import statements
from tidewaiter.check import check_text
from tidewaiter.check.document import read_document
from tidewaiter.check.read import extract
from tidewaiter.engine.book import Book
from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tidewaiter.bulletin.document import Bulletin
    from tidewaiter.check.judged import Checked

MONTHS = [f"2024-{month:02d}" for month in range(8, 13)] + [f"2025-{month:02d}" for month in range(1, 9)]
CHECKED = {"2024-11", "2024-12", "2025-02", "2025-08"}  # checked; the others are read
RIGHT = {"confirmed", "consistent_with_rounding", "consistent_with_vintage", "repeat"}
NO_FIGURE = {"all_in_range", "compare"}  # ranges over years, the only one to grow: told, but no one figure


@pytest.fixture(scope="module")
def bulletin(store) -> Callable[[str, str], Bulletin]:
    book = Book.of(store)

    @cache
    def write(name: str, lang: str) -> Bulletin:
        if name == "brief":
            return write_brief(book, "HS847150", lang)
        return write_release(book, Period.parse(name), lang)

    return write


def told(bulletin: Bulletin) -> tuple[str, list[tuple[int, int, dict[str, Any]]]]:
    """The text of a bulletin and the place of each statement in it."""
    text = render(bulletin, "txt").decode()
    places, at, base, context = [], 0, 0, ("", -1)
    for said in statements(bulletin):
        if (said["context"], said["offset"]) <= context or said["context"] != context[0]:
            base = text.index(said["context"], at)
            at = base + 1
        context = (said["context"], said["offset"])
        start = base + said["offset"]
        places.append((start, start + len(said["text"]), said))
    return text, places


def is_count(text: str) -> bool:
    """Eleven groups, five rose, second largest, in 2019: counts, places and dates inside other statements."""
    return text.rstrip("年").rstrip("stndrh").isdigit()


def missed(name: str, lang: str, write: Callable[[str, str], Bulletin], claims: list[Any]) -> Iterator[str]:
    text, places = told(write(name, lang))
    for start, end, said in places:
        if not is_count(said["text"]) and not any(c.start < end and start < c.end for c in claims):
            yield text[max(0, start - 20) : end]


def wrong(checked: list[Checked]) -> list[str]:
    return [
        f"{each.judgement.verdict}: {each.claim.text} ({each.judgement.reason})"
        for each in checked
        if each.judgement.verdict not in RIGHT
        and not (each.judgement.verdict == "not_checkable" and each.claim.statistic in NO_FIGURE)
        and not (
            each.claim.statistic == "rank" and each.judgement.verdict in ("not_checkable", "undetermined")
        )
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [*MONTHS, "brief"])
def test_every_statement_is_found_again(name, lang, bulletin):
    written = bulletin(name, lang)
    claims = extract(read_document(render(written, "txt"), name), written.published)
    assert not list(missed(name, lang, bulletin, claims))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [*sorted(CHECKED), "brief"])
def test_every_statement_is_confirmed(name, lang, bulletin, store):
    written = bulletin(name, lang)
    checked = check_text(render(written, "txt"), name=name, published=written.published, store=store)
    assert not wrong(checked)


@pytest.mark.parametrize("form", ["html", "pdf", "docx", "odt"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["2025-08", "brief"])
def test_every_statement_of_a_file_is_confirmed(name, lang, form, bulletin, store):
    written = bulletin(name, lang)
    checked = check_text(
        render(written, form), name=f"{name}.{form}", published=written.published, store=store
    )
    plain = check_text(render(written, "txt"), name=name, published=written.published, store=store)
    assert not wrong(checked)
    assert len(checked) >= len(plain) * 0.98  # the text of a file may lack the plain text's chart captions
