"""The monthly release from the carried figures. Golden numbers: guide/statistics.md §6 and Tables 1 to 9."""

from __future__ import annotations

import re
from datetime import date

import pytest
from printed import statements, text_of, unstated_numbers, wrong_cells, wrong_numbers

from tidewaiter.bulletin import release_book, write_release
from tidewaiter.errors import NoFigureError
from tidewaiter.model.period import Period

AUGUST = Period.month(2025, 8)
MONTHS = ["2025-08", "2025-02", "2025-01", "2024-12", "2023-11", "2005-03", "2026-07"]


@pytest.fixture(scope="module")
def book(carried):
    return release_book(carried, AUGUST)


@pytest.fixture(scope="module")
def zh(book):
    return write_release(book, AUGUST, "zh")


@pytest.fixture(scope="module")
def en(book):
    return write_release(book, AUGUST, "en")


def test_the_golden_numbers_of_august_2025_are_told_in_chinese(zh):
    text = text_of(zh)
    for told in (
        "8月出口584.9億美元，創歷年單月新高，較上月增加3.2%，較上年同月增加34.1%，連續22個月正成長",
        "進口416.6億美元，雖較上月減少1.6%，仍較上年同月增加29.7%",
        "出超168.3億美元",
        "累計1至8月出口3,984.3億美元，創歷年同期新高，較上年同期增加29.2%",
        "進口3,115.4億美元，較上年同期增加21.7%",
        "較上年同期增加899.4億美元（+29.2%）",
        "對美國出口196.3億美元",
    ):
        assert told in text


def test_the_golden_numbers_of_august_2025_are_told_in_english(en):
    text = text_of(en)
    for told in (
        "Exports in August were US$58.49 billion, the highest on record",
        "up 34.1% from a year earlier, the 22nd straight month of growth",
        "Over January–August exports totalled US$398.43 billion, the highest on record for the period",
        "Exports to the United States, US$19.63 billion",
    ):
        assert told in text


def test_the_seven_parts_come_in_the_order_of_the_ministry(zh):
    parts = [line for line in text_of(zh).splitlines() if re.match("[一二三四五六七]、", line)]
    assert [part[2:] for part in parts] == [
        "進出口總值", "主要貨品出口", "進口貿易結構", "主要出口市場", "主要進口來源",
        "主要國家（地區）貿易概況", "綜合說明",
    ]  # fmt: skip


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_of_every_month_is_its_figure_rounded_once(carried, month, lang):
    period = Period.parse(month)
    bulletin = write_release(release_book(carried, period), period, lang)
    assert list(wrong_numbers(bulletin)) == []
    assert list(wrong_cells(bulletin)) == []
    assert list(unstated_numbers(bulletin)) == []
    assert bulletin.without_evidence() == ()


def test_both_languages_state_the_same_figures(zh, en):
    told = [{figure for said in statements(each) for figure in said.figures} for each in (zh, en)]
    assert told[0] == told[1]
    assert set(zh.figures()) == set(en.figures())


def test_the_months_numbers_come_from_its_own_release(zh):
    of_the_month = [each for each in zh.evidence if "/level/2025-08@" in each.figure]
    assert of_the_month
    assert {each.releases for each in of_the_month} == {("mof-release@2025-08",)}


def test_a_place_in_history_names_the_vintage_that_carries_it(zh):
    record = next(each for each in zh.evidence if "exports.total.W00/rank:level:all_months" in each.figure)
    assert record.releases == ("mof-release@2025-08", "mof-database@2026-07")
    assert record.figure.endswith("@2026-08-10")
    assert any("115年8月10日版本" in note for note in zh.notes)


def test_without_a_long_series_no_all_time_record_is_claimed(carried):
    from tidewaiter.engine import Book  # noqa: PLC0415

    known_that_day = Book.of(carried, date(2025, 9, 9))
    text = text_of(write_release(known_that_day, AUGUST, "zh"))
    assert "歷年單月新高" not in text
    assert "8月出口584.9億美元，為112年8月有資料以來最高" in text


def test_short_series_claim_no_more_than_they_hold(zh):
    assert "對美國出口196.3億美元：為112年8月有資料以來最高" in text_of(zh).replace("**", "")


@pytest.mark.parametrize(
    ("caption", "row", "cells"),
    [
        # Table 1, rows 29, 21 and 32 of the release's workbook
        ("進出口貿易值及年增率", "8月", "58,487 34.1 41,659 29.7 16,829 46.3"),
        ("進出口貿易值及年增率", "114年1-8月", "398,434 29.2 311,544 21.7 86,890 65.6"),
        ("進出口貿易值及年增率", "較上年同期增減", "89,936 29.2 55,509 21.7 34,427 65.6"),
    ],
)
def test_tables_print_the_workbooks(zh, caption, row, cells):
    table = next(table for table in zh.tables() if table.caption == caption)
    found = [each for each in table.rows if each.label == row]
    assert " ".join(cell.text for cell in found[-1].cells) == cells


def test_tables_have_ten_years_thirteen_months_and_three_changes(zh):
    for table in zh.tables():
        kinds = [row.kind for row in table.rows]
        counts = {kind: kinds.count(kind) for kind in ("year", "month", "cumulative", "difference")}
        assert counts == {"year": 10, "month": 13, "cumulative": 1, "difference": 3}
        assert kinds.index("cumulative") == kinds.index("month") + 5  # before January


def test_the_contributions_of_the_groups_are_drawn(zh):
    chart = next(chart for chart in zh.charts() if "貢獻" in chart.title)
    values = {point.at: point.text for point in chart.series[0].points}
    assert values["ict_av"] == "+23.8"
    assert len(values) == 11


def test_a_month_with_less_data_writes_less_and_says_so(carried):
    period = Period.parse("2023-11")
    bulletin = write_release(release_book(carried, period), period, "zh")
    text = text_of(bulletin)
    assert "11月出口374.6億美元" in text
    assert "由黑翻紅" in text
    assert "主要出口市場、主要進口來源" in " ".join(bulletin.notes)
    assert "進口" not in text.split("二、")[0]


def test_a_month_without_exports_cannot_be_written(carried):
    with pytest.raises(NoFigureError, match="1999-01"):
        release_book(carried, Period.parse("1999-01"))


def test_no_cause_and_no_outlook_is_told(zh, en):
    for word in ("受惠", "因應", "由於", "帶動", "預期", "展望"):
        assert word not in text_of(zh)
    for word in ("because", "driven", "thanks to", "expected", "outlook"):
        assert word not in text_of(en).lower()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_has_no_glitches(book, lang):
    bulletin = write_release(book, AUGUST, lang)
    text = text_of(bulletin).split("附表" if lang == "zh" else "\nTables")[0]
    for glitch in (
        "，，",
        "。。",
        "，。",
        ", ,",
        "..",
        " ,",
        " .",
        "{",
        "}",
        "None",
        "增加-",
        "減少-",
    ):
        assert glitch not in text


def test_equal_books_give_equal_bulletins(carried, zh):
    assert write_release(release_book(carried, AUGUST), AUGUST, "zh") == zh
