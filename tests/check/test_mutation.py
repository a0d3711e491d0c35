"""True claims made false, one slot at a time: each is found, and its slot is named."""

from datetime import date

import pytest

from tidewaiter.bench.mutate import measure
from tidewaiter.bulletin.release import write_release
from tidewaiter.bulletin.render import render
from tidewaiter.check import check_text
from tidewaiter.engine import Book
from tidewaiter.engine.vintages import Vintages
from tidewaiter.model.period import Period

PUBLISHED = date(2025, 9, 9)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_mutants_of_the_monthly_release_are_found_and_their_slots_named(store, lang: str) -> None:
    text = render(write_release(Book.of(store), Period.parse("2025-08"), lang), "txt").decode()
    outcomes = measure(
        check_text(text, name=lang, published=PUBLISHED, store=store), Vintages(store, PUBLISHED)
    )
    tried, found = sum(o.tried for o in outcomes), sum(o.found for o in outcomes)
    nameable, named = sum(o.nameable for o in outcomes), sum(o.named for o in outcomes)
    assert tried > 300
    assert found >= 0.97 * tried
    assert named >= 0.90 * nameable
