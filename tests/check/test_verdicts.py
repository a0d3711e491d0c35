"""Verdicts on claims, against the carried releases: what a reader is told, and why."""

from datetime import date

import pytest

from tidewaiter.check import check_text
from tidewaiter.check.judged import Verdict
from tidewaiter.samples import sample
from tidewaiter.store import Store


def _one(store: Store, text: str, published: date, words: str):
    found = [c for c in check_text(text, published=published, store=store) if words in c.claim.text]
    assert found, f"no claim with {words!r} in {text!r}"
    return found[0]


AUGUST = date(2025, 9, 9)


@pytest.mark.parametrize(
    ("text", "words", "verdict"),
    [
        ("財政部公布8月出口584.9億美元，年增34.1%。", "584.9", Verdict.CONFIRMED),
        ("財政部公布8月出口584.9億美元，年增34.1%。", "34.1", Verdict.CONFIRMED),
        ("財政部公布8月出口584.9億美元，年增31.4%。", "31.4", Verdict.CONTRADICTED),
        ("8月出口416.6億美元。", "416.6", Verdict.WRONG_SLOT),
        ("8月機械出口年增10.1%。", "10.1", Verdict.WRONG_SLOT),
        ("8月出口584.9億美元，連續23個月正成長。", "23", Verdict.CONTRADICTED),
        ("8月出口584.9億美元，連續22個月正成長。", "22", Verdict.CONFIRMED),
        ("2024年對中國大陸與香港出口占總出口31.7%。", "31.7", Verdict.CONFIRMED),
        ("2024年對中國大陸與香港出口占總出口逾3成。", "3成", Verdict.CONFIRMED),
    ],
)
def test_a_claim_is_held_against_its_figure(store: Store, text: str, words: str, verdict: Verdict) -> None:
    assert _one(store, text, AUGUST, words).judgement.verdict is verdict


def test_a_first_print_is_held_against_the_first_print(store: Store) -> None:
    found = _one(store, "財政部公布11月出口374.7億美元。", date(2023, 12, 8), "374.7")
    assert found.judgement.verdict is Verdict.CONFIRMED
    assert found.judgement.figure is not None
    assert found.judgement.figure.release.startswith("press-")


def test_imports_told_as_exports_are_named(store: Store) -> None:
    found = _one(store, "8月出口416.6億美元。", AUGUST, "416.6")
    assert found.judgement.slot == ("indicator", "imports")


def test_yi_yuan_for_yi_us_dollars_is_named(store: Store) -> None:
    found = _one(store, "前8月出超868.9億元。", AUGUST, "868.9")
    assert found.judgement.verdict is Verdict.WRONG_SLOT
    assert found.judgement.slot == ("unit", "1e8 USD")


def test_a_share_of_another_span_is_told_so(store: Store) -> None:
    text = "原來11月份對外貿易金額已經出來了，台灣對中國+香港的出口比例為35.381%。"
    found = _one(store, text, date(2023, 12, 13), "35.381")
    assert found.claim.period == "2023-01..2023-11"
    assert found.judgement.reading == ("period", "2023-01..2023-11")
    assert found.judgement.verdict is Verdict.CONSISTENT_WITH_VINTAGE


def test_a_range_of_levels_and_growth_implies_one_base_and_is_scored(store: Store) -> None:
    text = "財政部預估12月出口規模將落在372億美元至382億美元，年增幅度4%至7%之間。"
    checked = check_text(text, published=date(2023, 12, 8), store=store)
    assert [str(c.judgement.verdict) for c in checked] == ["consistent_with_rounding"] * 4
    assert dict(checked[0].judgement.outcome)["result"] == "above"
    assert dict(checked[0].judgement.outcome)["came"] == "399.4"


def test_a_range_that_implies_two_bases_is_contradicted_by_itself() -> None:
    text = "財政部預估12月出口規模將落在372億美元至382億美元，年增幅度4%至17%之間。"
    checked = check_text(text, published=date(2023, 12, 8))
    assert {str(c.judgement.verdict) for c in checked} == {"contradicted"}


def test_without_a_store_the_balance_follows_from_exports_and_imports() -> None:
    text = "11月出口374.7億美元，進口276.7億美元，出超{}億美元。"
    day = date(2023, 12, 8)
    assert _one(None, text.format("98.0"), day, "98.0").judgement.verdict is Verdict.CONSISTENT_WITH_ROUNDING
    assert _one(None, text.format("89.0"), day, "89.0").judgement.verdict is Verdict.CONTRADICTED


def test_a_number_told_of_a_month_not_over_is_the_month_before(store: Store) -> None:
    found = _one(store, "9月出口584.9億美元。", AUGUST, "584.9")
    assert found.judgement.slot == ("period", "2025-08")


def test_a_prediction_is_scored_not_judged(store: Store) -> None:
    found = _one(store, "預估今年全年出口將破6000億美元。", AUGUST, "6000")
    assert found.judgement.verdict in (Verdict.NOT_CHECKABLE, Verdict.PENDING)
    assert found.judgement.outcome


def test_a_company_name_is_no_claim(store: Store) -> None:
    assert check_text("99緯創資通", published=AUGUST, store=store) == []


def test_every_claim_of_the_sample_thread_has_a_verdict_and_its_errors_are_found(store: Store) -> None:
    checked = check_text(sample("thread_zh.txt").read_bytes(), store=store)
    wrong = {
        c.claim.value for c in checked if c.judgement.verdict in (Verdict.WRONG_SLOT, Verdict.CONTRADICTED)
    }
    assert wrong == {"97.9", "10.1", "416.6", "23", "868.9"}
