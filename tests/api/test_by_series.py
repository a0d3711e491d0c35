"""A release that is read by series answers as one that is indexed whole."""

from __future__ import annotations

import pytest

import tidewaiter as tw
from tidewaiter.api import holdings
from tidewaiter.api import store as stores
from tidewaiter.engine import large
from tidewaiter.errors import UsageError
from tidewaiter.model.key import Key


@pytest.fixture
def both(official_store, monkeypatch):
    """The store indexed whole, and read by series."""
    whole = tw.open(official_store)
    assert whole.book()
    monkeypatch.setattr(large, "_by_series", lambda _: True)
    by_series = tw.open(official_store)
    assert all(isinstance(edition, large.LargeEdition) for edition in by_series.book().editions)
    return whole, by_series


@pytest.mark.parametrize("pattern", ["TWN.exports.*.CHN+HKG", "TWN.*.ict_av.W00", "TWN.exports.HS847150.*"])
def test_a_pattern_gives_the_same_figures(both, pattern):
    whole, by_series = (one.get(pattern).rows() for one in both)
    assert whole
    assert by_series == whole


def test_a_pattern_is_read_with_one_look_at_each_file(both, monkeypatch):
    _, by_series = both
    looks = []
    read = type(by_series._shelf).observations

    def counted(self, release, as_of=None, key=None):
        looks.append(release.id)
        return read(self, release, as_of, key)

    monkeypatch.setattr(type(by_series._shelf), "observations", counted)
    book = by_series.book()
    book.prepare(Key.parse("TWN.exports.*.CHN+HKG"))
    seen = len(looks)
    for key in book.keys(Key.parse("TWN.exports.*.CHN+HKG")):
        assert book.periods(key)
    assert len(looks) == seen
    assert len(set(looks)) == seen


@pytest.mark.parametrize("words", ["伺服器", "exports United States", "TWN.exports.ict_av"])
def test_a_search_finds_the_same(both, words):
    whole, by_series = ([hit.row() for hit in one.search(words)] for one in both)
    assert by_series == whole


def test_a_card_tells_the_same_series(both):
    whole, by_series = (one.define("ict_av")[0] for one in both)
    assert by_series.series_count > 1
    assert by_series == whole


def test_a_search_looks_at_the_plainest_series_of_many(both, monkeypatch):
    monkeypatch.setattr(holdings, "MOST", 3)
    found = [hit.code for hit in both[1].search("exports") if hit.kind == "series"]
    assert "TWN.exports.total.W00" in found


def test_a_pattern_of_too_many_numbers_is_sent_to_export(both, monkeypatch):
    monkeypatch.setattr(stores, "_MOST_NUMBERS", 5)
    with pytest.raises(UsageError, match="more than 5") as refused:
        both[1].get("TWN.exports.*.*")
    assert "tidewaiter export" in str(refused.value.hint)
