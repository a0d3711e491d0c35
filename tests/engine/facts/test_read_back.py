"""Every fact told is read back and confirmed, and what the ministry led with stands near the top."""

from __future__ import annotations

import pytest

from tidewaiter.api import open_store
from tidewaiter.check import check_text
from tidewaiter.model.period import Period
from tidewaiter.phrases.tell import tell

MONTHS = ("2025-08", "2025-10", "2023-11", "2020-05", "2018-11")


@pytest.fixture(scope="module")
def carried(store):
    """The carried figures as a user opens them."""
    return open_store(store.folder)


@pytest.fixture(scope="module")
def told(carried):
    """The facts of each month, found once."""
    return {month: carried.facts(month) for month in MONTHS}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("month", MONTHS)
def test_every_fact_is_confirmed_when_read_back(store, told, month, lang):
    for fact in told[month]:
        text = tell(fact, lang)
        found = check_text(text, published=fact.main.id.as_of, store=store)
        assert found, text
        assert {str(one.judgement.verdict) for one in found} == {"confirmed"}, text


@pytest.mark.parametrize("month", MONTHS)
def test_facts_are_of_the_month_and_of_the_day_it_was_news(told, month):
    at = Period.parse(month)
    assert told[month]
    for fact in told[month]:
        assert fact.main.id.period.last == at.last
        day = fact.main.id.as_of
        assert (day is None) == (month == "2018-11")  # no file dates the figures of that month
        assert day is None or 0 <= (day.year - at.end_year) * 12 + day.month - at.end_month <= 1


@pytest.mark.parametrize(
    ("kind", "key", "value", "within"),
    [
        ("record", "TWN.exports.total.W00", 58487.447, 1),
        ("record", "TWN.exports.electronic_components.W00", 20390.5, 8),
        ("streak", "TWN.exports.total.W00", 22, 8),
        ("since_begin", "TWN.balance.total.W00", 16828, 12),
        ("record_span", "TWN.exports.total.W00", 398434.0, 12),
        ("contribution", "TWN.exports.ict_av.W00", 23.77, 10),
    ],
)
def test_what_the_ministry_led_with_in_august_2025_stands_near_the_top(told, kind, key, value, within):
    ranks = {(fact.kind, str(fact.key)): rank for rank, fact in enumerate(told["2025-08"], start=1)}
    assert ranks[kind, key] <= within
    fact = told["2025-08"][ranks[kind, key] - 1]
    shown = {figure.id.statistic: figure.value for figure in fact.figures}
    assert value == pytest.approx(
        shown.get("level", fact.main.value) if value > 1000 else fact.main.value, rel=1e-3
    )


def test_november_2023_is_told_as_first_printed(told):
    exports = [fact for fact in told["2023-11"] if str(fact.key) == "TWN.exports.total.W00"]
    growth = [fact.part("yoy") for fact in exports if fact.part("yoy") is not None]
    assert {round(figure.value, 1) for figure in growth} == {3.8}
    assert "近16個月" in " ".join(tell(fact, "zh") for fact in exports)


def test_a_day_of_ones_own_is_kept_to(carried):
    """As known on a day nothing later counts: the long file was not out."""
    for fact in carried.facts("2025-08", as_of="2025-09-09"):
        assert "mof-database@2026-07" not in fact.main.releases
