"""Search: the best first, by synonyms, in Simplified signs, with slips; and with keys that answer."""

from __future__ import annotations

import pytest

import tidewaiter as tw


@pytest.fixture(scope="module")
def found(official_store):
    store = tw.open(official_store)
    return store.search


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("伺服器", "HS847150"), ("servers", "HS847150"), ("服务器", "HS847150"), ("servres", "HS847150"),
        ("積體電路", "ic"), ("IC", "ic"), ("chips", "ic"), ("晶片", "ic"), ("集成电路", "ic"),
        ("半導體", "semiconductors"), ("semiconductors", "semiconductors"),
        ("semicondutors", "semiconductors"),
        ("半導體設備", "semiconductor_equipment"), ("半导体设备", "semiconductor_equipment"),
        ("筆電", "HS847130"), ("laptop", "HS847130"), ("手機", "mobile_phones"),
        ("智慧型手機", "mobile_phones"),
        ("美國", "USA"), ("美国", "USA"), ("US", "USA"), ("臺灣", "TWN"), ("台灣", "TWN"), ("东盟", "ASEAN"),
        ("新南向", "NSP18"), ("年增率", "yoy"), ("yoy", "yoy"), ("資通與視聽產品", "ict_av"),
        ("847150", "HS847150"),
        ("台積電", "C2330"), ("出口", "exports"),
    ],
)  # fmt: skip
def test_the_best_hit_is_what_a_reader_means(found, words, code):
    assert found(words)[0].code == code


def test_a_short_latin_word_is_a_word_and_not_a_part_of_one(found):
    assert "ISL" not in [hit.code for hit in found("IC")]


def test_all_words_must_fit(found):
    hits = found("exports United States")
    assert "TWN.exports.total.USA" in [hit.code for hit in hits]
    assert all("USA" in hit.code for hit in hits)


def test_a_key_told_to_have_data_answers(found, official_store):
    store = tw.open(official_store)
    row = found("伺服器")[0].row()
    assert len(store.get(row["get"])) > 0
    assert found("伺服器")[0].row()["has_data"]
    assert not found("自行車")[0].row()["has_data"]


def test_things_come_before_their_series_and_the_best_first(found):
    hits = found("出口")
    kinds = [hit.kind == "series" for hit in hits]
    assert kinds == sorted(kinds)
    scores = [hit.score for hit in hits if hit.kind != "series"]
    assert scores == sorted(scores, reverse=True)
