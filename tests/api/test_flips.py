"""Statements held against another release: what a changed number does to each kind of sentence."""

from __future__ import annotations

import json

import pytest

import tidewaiter as tw
from tidewaiter.errors import UsageError

_HEADER = "進出口別,日期,貨品號列,中文貨名,英文貨名,美元(千元)"
_KEY = "TWN.exports.HS847150.W00"


def _file(path, values):
    lines = [
        f"出口總值(含復出口),{112 + at // 12}年{at % 12 + 1}月,847150,伺服器,servers,{value}"
        for at, value in enumerate(values)
    ]
    path.write_text("\n".join([_HEADER, *lines]) + "\n", encoding="utf-8")
    return path


_FIRST = [100_000 + 1_000 * at for at in range(24)]  # grows all the time: each month a record


@pytest.fixture
def restated(tmp_path):
    """Two vintages: the second has some months otherwise. Gives the identifiers."""

    def make(**changed):
        store = tw.open(tmp_path / "store")
        second = list(_FIRST)
        for month, value in changed.items():
            second[int(month[1:])] = value
        store.load(_file(tmp_path / "a.csv", _FIRST), published="2025-01-09")
        store.load(_file(tmp_path / "b.csv", second), published="2025-02-09")
        new, old = (release.id for release in store.releases())
        return store, old, new

    return make


def _said(tmp_path, *statements):
    path = tmp_path / "statements.json"
    told = [
        {"text": text, "figures": [f"{_KEY}/{figure}@latest"], "lang": "zh"} for text, figure in statements
    ]
    path.write_text(json.dumps({"statements": told}), encoding="utf-8")
    return path


_TOLD = (
    ("1.2億美元", "level/2024-12"),
    ("年增10.8%", "yoy/2024-12"),
    ("創歷年單月新高", "rank:level:all_months/2024-12"),
    ("連續12個月正成長", "streak:yoy/2024-12"),
)


def test_nothing_flips_where_nothing_is_restated_of_it(restated, tmp_path):
    store, old, new = restated(m3=103_500)
    found = store.flips(old, new, _said(tmp_path, *_TOLD))
    assert [flip.state for flip in found] == ["holds"] * 4
    assert all(flip.old == flip.new for flip in found)


@pytest.mark.parametrize(
    ("december", "states"),
    [
        (122_900, {"level": "holds", "yoy": "last_digit", "rank": "holds", "streak": "holds"}),
        (121_000, {"level": "holds", "yoy": "changed", "rank": "record", "streak": "holds"}),
        (133_000, {"level": "last_digit", "yoy": "changed", "rank": "holds", "streak": "holds"}),
        (90_000, {"level": "changed", "yoy": "direction", "rank": "record", "streak": "streak"}),
    ],
)
def test_each_kind_of_sentence_says_what_is_no_longer_true(restated, tmp_path, december, states):
    """December 2024 is 123,000; a year before 111,000; growth 10.81 %."""
    store, old, new = restated(m23=december)
    found = store.flips(old, new, _said(tmp_path, *_TOLD))
    told = {flip.figure.split("/")[1].split(":")[0]: flip.what or flip.state for flip in found}
    assert told == states
    assert all(flip.old is not None for flip in found)
    assert all(flip.why_en and flip.why_zh for flip in found)


def test_a_changed_number_is_told_as_it_would_print(restated, tmp_path):
    store, old, new = restated(m23=133_000)
    found = {flip.statement: flip.now for flip in store.flips(old, new, _said(tmp_path, *_TOLD))}
    assert found["1.2億美元"] == "1.3億美元"
    assert found["年增10.8%"] == "年增19.8%"


def test_what_the_other_release_does_not_have_is_open(restated, tmp_path):
    store, old, new = restated(m23=133_000)
    (flip,) = store.flips(old, new, _said(tmp_path, ("5.0億美元", "level/2020-01")))
    assert (flip.state, flip.new) == ("open", None)


def test_without_statements_the_brief_on_the_product_is_held_against_it(restated):
    store, old, new = restated(m23=90_000)
    found = store.flips(old, new)
    assert {flip.lang for flip in found} == {"zh", "en"}
    assert {"direction", "record"} & {flip.what for flip in found}


def test_the_claims_of_a_document_are_held_against_it(restated, tmp_path):
    path = tmp_path / "news.txt"
    path.write_text("2024年12月伺服器出口1.2億美元，年增10.8%。\n", encoding="utf-8")
    store, old, new = restated(m23=90_000)
    told = {flip.statement: flip.what or flip.state for flip in store.flips(old, new, path)}
    assert told == {"2024年12月伺服器出口1.2億美元": "changed", "年增10.8%": "direction"}


@pytest.mark.parametrize(
    "text", ["{", '{"statements": 5}', '[{"text": "x"}]', '[{"text": "x", "figures": []}]']
)
def test_a_file_that_holds_no_statements_is_refused(restated, tmp_path, text):
    store, old, new = restated(m23=90_000)
    path = tmp_path / "statements.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        store.flips(old, new, path)


def test_the_command_lists_what_is_not_true_first(restated, tmp_path, tidewaiter):
    store, old, new = restated(m23=90_000)
    asked = ("diff", old, new, "--statements", _said(tmp_path, *_TOLD), "--store", store.folder)
    rows = tidewaiter(*asked, "--format", "jsonl").lines
    assert [row["state"] for row in rows] == ["not_true", "not_true", "not_true", "changed"]
    assert "not_true: record" in tidewaiter(*asked, "--lang", "zh").out
    told = tidewaiter(*asked, "--format", "json").json
    assert told["statements"]["counts"] == {"not_true": 3, "changed": 1}
    assert told["restated"] == 1
