"""The brief on servers, from the tables of brief No. 459 (經濟部統計處) and the customs' monthly exports."""

from __future__ import annotations

import csv

import pytest
from printed import statements, text_of, unstated_numbers, wrong_cells, wrong_numbers

from tidewaiter import official
from tidewaiter.bulletin import write_brief
from tidewaiter.engine import Book
from tidewaiter.errors import NoFigureError


@pytest.fixture(scope="module")
def zh(whole_book):
    return write_brief(whole_book, "HS847150", "zh")


@pytest.fixture(scope="module")
def en(whole_book):
    return write_brief(whole_book, "847150", "en")


def test_the_tables_hold_every_printed_cell_as_printed(zh):
    with (official.folder() / "moea-brief-459" / "published.csv").open(encoding="utf-8") as lines:
        published = [(row["table"], row["value"], row["decimals"]) for row in csv.DictReader(lines)]
    for at, table in enumerate(zh.tables(), start=1):
        wanted = sorted(f"{float(v):.{d}f}" for name, v, d in published if name == f"T{at}")
        cells = [cell.text for row in table.rows for cell in row.cells if cell.figure]
        assert sorted(cells) == wanted
    assert sum(1 for table in zh.tables() for row in table.rows for cell in row.cells if cell.figure) == 363


def test_the_tables_stand_in_the_order_of_the_brief(zh):
    first, second, third = zh.tables()
    assert [row.label for row in first.rows[:7]] == [
        "金額(億美元)", "出口值", "美國", "新加坡", "德國", "馬來西亞", "中國大陸與香港",
    ]  # fmt: skip
    assert [column.label for column in second.columns][-2:] == ["2023年", "2024年1-8月"]
    assert third.columns[-1].label == "2018至2023年平均成長率(%)"
    assert [row.label for row in third.rows if row.kind == "section"] == ["年增率(%)", "占比(%)"]


@pytest.mark.parametrize(
    "told",
    [
        "2023年伺服器出口值100.5億美元，年增72.7%",
        "2024年1-9月伺服器出口156.9億美元，年增159.1%",
        "創歷年同期新高",
        "對美國伺服器出口平均年增132.7%",  # the narrowest route: chained growth, not 0.5 → 73.4
        "占比由2017年8.1%升至2023年73.0%，2024年1-9月續升至78.9%",
        "由2017年41.4%降至2023年6.1%，2024年1-9月續降至1.8%",
        "我國自2019年起超越中國大陸，居次",
        "自我國進口逆勢年增61.0%，占20.5%",
        "已超越2023年全年",
        "墨西哥占23.0%居冠，較2017年增加2.4個百分點",
        "中國大陸占19.3%居次，較2017年減少7.8個百分點",
        "我國占11.6%居第3，較2017年增加10.6個百分點",
        "我國伺服器出口值平均年增61.3%",
        "前3大伺服器出口國中，我國為唯一正成長",
    ],
)
def test_what_the_brief_states_in_numbers_is_stated(zh, told):
    assert told in text_of(zh).replace("**", "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_is_its_figure_rounded_once(zh, en, lang):
    bulletin = zh if lang == "zh" else en
    assert list(wrong_numbers(bulletin)) == []
    assert list(wrong_cells(bulletin)) == []
    assert list(unstated_numbers(bulletin)) == []
    assert bulletin.without_evidence() == ()


def test_both_languages_state_the_same_figures(zh, en):
    told = [{figure for said in statements(each) for figure in said.figures} for each in (zh, en)]
    assert told[0] == told[1]
    assert set(zh.figures()) == set(en.figures())


def test_english_tables_keep_the_printed_digits(en):
    total = next(row for row in next(en.tables()).rows if row.label == "Exports")
    assert [cell.text for cell in total.cells][:2] == ["0.57", "1.13"]


def test_the_latest_month_is_marked_preliminary(zh):
    chart = next(zh.charts())
    assert chart.series[0].points[-1].at == "2026-06"
    assert chart.series[0].points[-1].mark == "初步值"
    assert "2026年6月伺服器出口97.3億美元（初步值）" in text_of(zh)


def test_months_and_tables_are_never_mixed_in_one_figure(zh):
    for each in zh.evidence:
        assert len(each.releases) == 1


def test_production_is_left_out_and_told_so(zh):
    assert any("產值" in note for note in zh.notes)
    assert "產值" not in text_of(zh).split("附表")[0]


def test_with_months_only_the_brief_is_shorter(carried):
    months = [release for release in carried.releases() if release.dataset == "customs-query"]
    bulletin = write_brief(Book.of(carried, releases=months), "HS847150", "zh")
    assert list(bulletin.tables()) == []
    assert len(list(bulletin.charts())) == 1
    assert list(wrong_numbers(bulletin)) == []


def test_with_tables_only_the_brief_has_no_chart(carried):
    tables = [release for release in carried.releases() if release.dataset == "moea-brief"]
    bulletin = write_brief(Book.of(carried, releases=tables), "HS847150", "en")
    assert len(list(bulletin.tables())) == 3
    assert list(bulletin.charts()) == []


def test_a_product_that_is_not_loaded_cannot_be_written(whole_book):
    with pytest.raises(NoFigureError, match="HS870323"):
        write_brief(whole_book, "HS870323")
