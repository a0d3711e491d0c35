"""Predictions: kept with who and when, scored when the period is out."""

from datetime import date

import pytest

from tidewaiter.check import check_text
from tidewaiter.check.judged import Verdict
from tidewaiter.check.report.html import as_html
from tidewaiter.store import Store

THREAD = """→ springman   : 看來2023年出口到中國+香港的比例會比2003年的 12/13 08:29

→ springman   : 35.697%更低。2024年若ECFA早收清單停了，或許有機 12/13 08:30

→ springman   : 會降到比2002年的32.138%更低。 12/13 08:31
"""
DAY = date(2023, 12, 13)


def outcomes(store: Store, text: str, published: date = DAY) -> dict[str, dict[str, str]]:
    found = check_text(text, published=published, store=store)
    return {c.claim.value: dict(c.judgement.outcome) for c in found if c.judgement.outcome}


@pytest.mark.parametrize(
    ("text", "value", "result"),
    [
        ("2024年對中國大陸與香港出口比重將比2002年的32.138%更低。", "32.138", "right"),
        ("2024年對中國大陸與香港出口比重將比2002年的32.138%更高。", "32.138", "wrong"),
    ],
)
def test_lower_than_another_year_is_scored(store: Store, text: str, value: str, result: str) -> None:
    found = outcomes(store, text)[value]
    assert found["result"] == result
    assert found["came"] == "31.708"


def test_a_year_that_is_not_out_is_pending(store: Store) -> None:
    text = "2031年對中國大陸與香港出口比重將比2002年的32.138%更低。"
    assert outcomes(store, text)["32.138"]["result"] == "pending"


def test_a_year_that_was_over_is_no_prediction(store: Store) -> None:
    text = "2022年對中國大陸與香港出口比重會比2002年的32.138%更高。"
    assert not outcomes(store, text).get("32.138", {}).get("predicted")


@pytest.mark.shared
def test_the_two_predictions_of_the_thread_came_true(store: Store, shared_path) -> None:
    page = shared_path("seeds/000_891d856470c436e4.txt").read_bytes()
    checked = check_text(page, store=store)
    told = {c.claim.value: c for c in checked if dict(c.judgement.outcome).get("predicted")}
    assert {value: dict(c.judgement.outcome)["came"] for value, c in told.items()} == {
        "35.697": "35.206", "32.138": "31.708",
    }  # fmt: skip
    assert {dict(c.judgement.outcome)["result"] for c in told.values()} == {"right"}
    assert {c.claim.user for c in told.values()} == {"springman"}
    assert all(c.claim.time.startswith("12/13") for c in told.values())
    ranges = [c for c in checked if c.claim.statistic in ("forecast_low", "forecast_high")]
    assert {c.judgement.verdict for c in ranges} == {Verdict.CONSISTENT_WITH_ROUNDING}
    assert len(ranges) == 4


def test_a_range_is_told_above_below_or_inside(store: Store) -> None:
    text = "財政部預估12月出口規模將落在372億美元至382億美元，年增幅度4%至7%之間。"
    assert {one["result"] for one in outcomes(store, text, date(2023, 12, 8)).values()} == {"above"}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("今年出口目標為3,000億美元。", "met"),
        ("今年出口目標為6,000億美元。", "missed"),
        ("預估今年全年出口將破4,700億美元。", "inside"),
        ("預估今年全年出口將破6,000億美元。", "below"),
    ],
)
def test_targets_are_met_or_missed_and_single_forecasts_held_to_their_hedge(
    store: Store, text: str, result: str
) -> None:
    (found,) = check_text(text, published=date(2024, 1, 9), store=store)
    assert dict(found.judgement.outcome)["result"] == result
    assert found.judgement.verdict in (Verdict.NOT_CHECKABLE, Verdict.PENDING)


def test_what_came_is_in_the_page_and_in_json(store: Store) -> None:
    text = "2024年對中國大陸與香港出口比重將比2002年的32.138%更低。"
    checked = check_text(text, published=DAY, store=store)
    assert "31.708" in as_html(text, checked, "en")
    assert any((c.as_json()["outcome"] or {}).get("result") == "right" for c in checked)


# -- the base, and the window -----------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["2024年8月出口年增16.8%。", "Exports in August 2024 rose 16.8 percent from a year earlier."]
)
def test_a_rise_from_a_low_base_is_told_with_the_fall(store: Store, text: str) -> None:
    (found,) = check_text(text, published=date(2024, 9, 9), store=store)
    assert found.judgement.verdict is Verdict.CONFIRMED
    assert "low base: -7.3%" in found.judgement.reason


@pytest.mark.parametrize(
    ("text", "statistic", "published", "verdict"),
    [
        ("11月出口年增3.8%，為近16個月最佳。", "best_in_n", date(2023, 12, 8), Verdict.CONFIRMED),
        ("11月出口年增3.8%，為近10個月最佳。", "best_in_n", date(2023, 12, 8),
         Verdict.CONSISTENT_WITH_ROUNDING),
        ("Exports rose 3.8 percent in November, the best in 16 months.", "best_in_n", date(2023, 12, 8),
         Verdict.CONFIRMED),
        ("Exports rose 3.8 percent in November, the best in 10 months.", "best_in_n", date(2023, 12, 8),
         Verdict.CONSISTENT_WITH_ROUNDING),
        ("8月出口584.9億美元，連續22個月正成長。", "streak", date(2025, 9, 9), Verdict.CONFIRMED),
        ("8月出口584.9億美元，連續12個月正成長。", "streak", date(2025, 9, 9), Verdict.CONTRADICTED),
    ],
)  # fmt: skip
def test_a_window_shorter_than_the_truth_is_told(
    store: Store, text: str, statistic: str, published: date, verdict: Verdict
) -> None:
    (found,) = [
        c for c in check_text(text, published=published, store=store) if c.claim.statistic == statistic
    ]
    assert found.judgement.verdict is verdict
    assert found.judgement.figure is not None
    assert found.judgement.figure.note
