"""Short forms: within their length, every number a figure, every claim confirmed when read back."""

from __future__ import annotations

import pytest
from printed import statements, text_of, unstated_numbers, wrong_numbers

from tidewaiter.bulletin.document import plain
from tidewaiter.bulletin.render import render
from tidewaiter.bulletin.short import MOST, write_facts_list, write_post, write_summary
from tidewaiter.bulletin.short.write import weight
from tidewaiter.check import check_text
from tidewaiter.errors import NoFigureError
from tidewaiter.model.period import Period

AUGUST = Period.month(2025, 8)
MONTHS = ["2025-08", "2025-02", "2025-01", "2024-12", "2023-11", "2005-03", "2026-07"]
FORMS = {"summary": write_summary, "post": write_post, "facts": write_facts_list}
AGREES = {"confirmed", "repeat"}


@pytest.fixture(params=["zh", "en"])
def lang(request):
    return request.param


@pytest.fixture(params=FORMS)
def form(request):
    return request.param


@pytest.mark.parametrize("month", MONTHS)
def test_every_number_is_its_figure_rounded_once(whole_book, form, month, lang):
    bulletin = FORMS[form](whole_book, Period.parse(month), lang)
    assert list(wrong_numbers(bulletin)) == []
    assert list(unstated_numbers(bulletin)) == []
    assert bulletin.without_evidence() == ()
    assert statements(bulletin)


def test_every_claim_is_confirmed_when_read_back(whole_book, carried, form, lang):
    bulletin = FORMS[form](whole_book, AUGUST, lang)
    found = check_text(text_of(bulletin), published=bulletin.published, store=carried)
    assert len(found) >= len({said.text for said in statements(bulletin)}) // 2
    assert [each.claim.text for each in found if each.judgement.verdict not in AGREES] == []


@pytest.mark.parametrize("month", MONTHS)
def test_no_claim_of_any_month_is_contradicted(whole_book, carried, month, lang):
    for write in FORMS.values():
        bulletin = write(whole_book, Period.parse(month), lang)
        found = check_text(text_of(bulletin), published=bulletin.published, store=carried)
        verdicts = {str(each.judgement.verdict) for each in found}
        assert verdicts <= {*AGREES, "consistent_with_rounding"}


@pytest.mark.parametrize("month", MONTHS)
def test_forms_keep_to_their_length(whole_book, month, lang):
    summary = write_summary(whole_book, Period.parse(month), lang)
    assert sum(len(plain(runs)) for runs in summary.texts()) <= MOST["summary"]
    post = render(write_post(whole_book, Period.parse(month), lang), "txt").decode()
    assert weight(post.strip()) <= MOST["post"]


def test_a_post_is_its_text_and_nothing_else(whole_book):
    told = text_of(write_post(whole_book, AUGUST, "zh")).splitlines()
    assert told == [
        "114年8月出口584.9億美元，創歷年單月新高，年增34.1%，連續22個月正成長。",
        "",
        "8月進口416.6億美元，年增29.7%。",
        "",
        "8月出超168.3億美元。",
        "",
        "資料：財政部統計處 #進出口統計",
    ]


def test_a_summary_opens_with_exports_and_what_moved_them(whole_book):
    text = plain(next(runs for runs in write_summary(whole_book, AUGUST, "zh").texts() if runs))
    assert text.startswith("114年8月出口584.9億美元，創歷年單月新高")
    assert text.index("資通與視聽產品出口233.6億美元") < text.index("進口416.6億美元")


def test_what_needs_a_note_on_when_data_begin_is_left_out(whole_book, form, lang):
    text = text_of(FORMS[form](whole_book, AUGUST, lang))
    assert "有資料以來" not in text
    assert "since the data begin" not in text


def test_both_languages_list_the_same_facts(whole_book):
    told = [
        {figure for said in statements(write_facts_list(whole_book, AUGUST, lang)) for figure in said.figures}
        for lang in ("zh", "en")
    ]
    assert told[0] == told[1]


def test_a_month_without_exports_cannot_be_told(whole_book, form):
    with pytest.raises(NoFigureError, match="1999-01"):
        FORMS[form](whole_book, Period.month(1999, 1), "zh")


@pytest.mark.parametrize("to", ["html", "docx", "odt", "json"])
def test_short_forms_come_as_files_like_any_bulletin(whole_book, form, to):
    assert render(FORMS[form](whole_book, AUGUST, "zh"), to)
