"""``tidewaiter facts`` on the command line."""

from __future__ import annotations

import pytest


def ask(tidewaiter, store, *more):
    return tidewaiter("facts", "--period", "2025-08", "--store", store, "--format", "json", *more)


def test_a_row_has_rank_text_weight_reason_and_figures(tidewaiter, official_store):
    rows = ask(tidewaiter, official_store, "--top", "4", "--lang", "en").json
    assert [row["rank"] for row in rows] == [1, 2, 3, 4]
    for row in rows:
        product = 1.0
        for factor in row["factors"].values():
            product *= factor
        assert product == pytest.approx(row["weight"], rel=1e-2)
        assert all("/" in figure and "@2025-09-09" in figure for figure in row["figures"])
        assert isinstance(row["also"], list)


def test_one_partner_one_product_one_statistic(tidewaiter, official_store):
    of_usa = ask(tidewaiter, official_store, "--partner", "美國").json
    assert of_usa
    assert all(row["key"].split(".")[3] == "USA" for row in of_usa)
    chips = ask(tidewaiter, official_store, "--product", "electronic_components").json
    assert {row["key"].split(".")[2] for row in chips} == {"electronic_components"}
    streaks = ask(tidewaiter, official_store, "--statistic", "streak").json
    assert {row["kind"] for row in streaks} == {"streak"}


def test_a_month_without_news_says_so(tidewaiter, official_store):
    answer = tidewaiter("facts", "--period", "1999-01", "--store", official_store)
    assert answer.code == 0
    assert "nothing stands out" in answer.err


def test_an_unknown_name_is_told_with_candidates(tidewaiter, official_store):
    answer = ask(tidewaiter, official_store, "--partner", "Atlantis")
    assert answer.code == 1
    assert "did you mean" in answer.err


def test_a_year_is_told_in_years(tidewaiter, official_store):
    asked = ("facts", "--period", "2024", "--store", official_store, "--format", "json", "--lang", "en")
    rows = tidewaiter(*asked, "--top", "8").json
    assert rows
    assert all(" in 2024: " in row["text"] for row in rows)
    assert not any("month" in row["text"] for row in rows)
