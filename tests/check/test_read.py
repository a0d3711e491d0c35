"""Sentences and the claims in them: the files in cases/ are written by people who know the trade."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tidewaiter.check.document import read_document
from tidewaiter.check.read import extract

FOLDER = Path(__file__).parent / "cases"
CASES = [
    case
    for name in ("read.yaml", "passages.yaml", "reports.yaml", "among.yaml")
    for case in yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
]
DEFAULTS = {"indicator": "exports", "reporter": "TWN", "partner": "W00", "commodity": "total"}


def claims_of(text: str, published: date, name: str = "case") -> list[Any]:
    return extract(read_document(text.encode(), name), published)


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:18] for case in CASES])
def test_a_sentence_yields_its_claims_and_no_others(case):
    found = claims_of(case["text"], case["published"])
    wanted = case["claims"]
    assert [(c.statistic, c.value, c.unit) for c in found] == [tuple(w[1:4]) for w in wanted]
    for claim, (words, _, _, _, *rest) in zip(found, wanted, strict=True):
        assert words in claim.text or claim.text in words
        slots = DEFAULTS | {"period": str(case["period"])} | (rest[0] if rest else {})
        assert {name: getattr(claim, name) for name in slots} == slots, claim.text


def test_spans_count_characters_of_the_text_as_given():
    text = "８月出口５４２．５\r\n億美元，年增　3.1％。\n\n進口1,234.5億元。"
    document = read_document(text.encode("cp950"), "wide")
    claims = extract(document, date(2024, 9, 9))
    assert document.text == text
    assert [text[c.start : c.end] for c in claims] == [c.text for c in claims]
    assert [c.value for c in claims][1:] == ["3.1", "1234.5"]


def test_words_that_hold_numerals_are_no_numbers():
    assert not claims_of("電子零組件、一般機械與99緯創、第三季財報、兆豐金。", date(2024, 7, 9))


def test_a_table_holds_no_claims():
    table = "表1\n\t2022年\t2023年\n出口值(億美元)\t5.7\t11.3\n年增率(%)\t59.9\t97.4\n"
    brief = f"產業簡訊\n\n伺服器產值200億元。\n\n{table}"
    found = claims_of(brief, date(2024, 7, 9))
    assert [(c.where, c.value, c.unit) for c in found] == [("lead", "200", "1e8 TWD")]


def test_a_page_without_claims_is_empty():
    assert claims_of("", date(2024, 7, 9)) == []
    assert claims_of("今天天氣很好。", date(2024, 7, 9)) == []
