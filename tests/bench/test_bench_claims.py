"""The measures of reading and checking: what is counted, and that every one of them is printed."""

import json
from collections import Counter
from pathlib import Path

import pytest

from tidewaiter.bench.annotated import Score, score
from tidewaiter.bench.claims import annotated_rows, speed_row
from tidewaiter.bench.claims_trip import FORMATS, trip_rows
from tidewaiter.store import Store

TEXT = "財政部今公布8月出口584.9億美元，年增34.1%。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "memo.txt").write_text(TEXT, encoding="utf-8")
    document = {"doc": "memo", "date": "2025-09-09", "language": "zh", "file": "memo.txt"}
    (tmp_path / "documents.jsonl").write_text(json.dumps(document), encoding="utf-8")
    told = {
        "doc": "memo", "indicator": "exports", "reporter": "TWN", "commodity": "total", "partner": "W00",
        "period": "2025-08", "verdict_internal": "not_checkable",
    }  # fmt: skip
    claims = []
    for words, statistic, value, unit in (
        ("出口584.9億美元", "level", "584.9", "1e8 USD"), ("年增34.1%", "yoy", "34.1", "percent"),
        ("財政部今公布", "streak", "3", "months"),
    ):  # fmt: skip
        start = TEXT.index(words)
        place = {"start": start, "end": start + len(words), "text": words}
        claims.append(json.dumps({**told, **place, "statistic": statistic, "value": value, "unit": unit}))
    (tmp_path / "claims.jsonl").write_text("\n".join(claims), encoding="utf-8")
    return tmp_path


def test_false_contradictions_come_first_and_every_measure_is_there(official_store, folder) -> None:
    rows = list(annotated_rows(folder, Store(official_store)))
    told = {row["measure"]: row["value"] for row in rows}
    assert rows[0]["measure"] == "true claims contradicted"
    assert told["extraction F1 (zh)"] == pytest.approx(0.8)
    assert told["slot together"] == 1.0
    assert told["verdict accuracy"] == 1.0
    assert told["verdict macro-F1"] == 1.0
    assert told["coverage at 99 % precision"] == 1.0
    assert told["wrong spans"] == 0


def test_a_claim_told_wrong_costs_coverage() -> None:
    result = Score(matched=Counter({"confirmed": 50, "not_checkable": 40, "contradicted": 10}))
    assert result.coverage() == 0.5
    result.matched = Counter({"confirmed": 100, "contradicted": 1})
    assert result.coverage() == 1.0


def test_verdicts_are_scored_in_three_classes() -> None:
    result = Score(told=Counter({("open", "open"): 3, ("against", "open"): 1}))
    accuracy, macro, count = result.verdict_scores()
    assert (accuracy, count) == (0.75, 4)
    assert macro == pytest.approx((0 + 6 / 7) / 2)


def test_speed_is_of_extraction_over_all_texts(folder) -> None:
    row = speed_row([folder], least=1)
    assert row["value"] > 0
    assert "1 files" in row["note"]


def test_bulletins_are_read_back_in_every_format(official_store) -> None:
    rows = list(trip_rows(Store(official_store)))
    assert {row["measure"] for row in rows} == {f"round trip ({form})" for form in FORMATS}
    assert {row["on"].split()[1] for row in rows} == {"zh", "en"}
    assert all("; 0 called wrong" in row["note"] for row in rows)
    assert min(row["value"] for row in rows) > 0.9


def test_an_empty_store_has_no_bulletin_to_read_back(tmp_path) -> None:
    assert list(trip_rows(Store(tmp_path / "none"))) == []


def test_a_folder_is_scored_by_language(official_store, folder) -> None:
    assert score(folder, Store(official_store)).rates("zh")[1] == pytest.approx(2 / 3)
