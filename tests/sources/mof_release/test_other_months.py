"""Releases of other months: invented series in the ministry's layout, every number back as it was put in."""

import re
from dataclasses import replace

import pytest
from made_release import close, sheets_of
from written_workbook import ods, xlsx

from tidewaiter.errors import FaultsError
from tidewaiter.model.period import Period
from tidewaiter.sources.mof_release import SOURCE
from tidewaiter.sources.protocol import Blob

MONTHS = ["2019-06", "2020-12", "2023-01", "2024-01", "2024-02", "2025-12", "2026-01", "2026-03", "2026-07"]
MARCH = Period.parse("2026-03")


def read(data, name="whatever.xlsx"):
    [reading] = SOURCE.read(Blob(name, data))
    assert reading.numeric_cells == len(reading.observations) + reading.layout_cells
    return reading


def differing(reading, sheet):
    """Cells that are missing, stray, or other than what was put in."""
    seen = {o.place.cell: o for o in reading.observations}
    wrong = [f"{cell} not read" for cell in sheet.truth.keys() - seen.keys()]
    wrong += [f"{cell} not put in" for cell in seen.keys() - sheet.truth.keys()]
    for place, put in sheet.truth.items():
        if (got := seen.get(place)) is None:
            continue
        told = (got.key, got.statistic, got.of, got.period, str(got.unit))
        if told != (put.key, put.statistic, put.of, put.period, put.unit) or not close(got.value, put.value):
            wrong.append(f"{sheet.name} {place}: {told} {got.value} instead of {put}")
    return wrong


def table(number, month=MARCH, **told):
    [sheet] = sheets_of(month, only=f"表{number}", **told)
    return sheet


def moved(sheet, rows=0, columns=0):
    """The truth where rows or columns were set in before it."""
    shifted = {}
    for place, put in sheet.truth.items():
        letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", place).groups()
        assert columns == 0
        shifted[f"{letters}{int(digits) + rows}"] = put
    return replace(sheet, truth=shifted)


def with_text(sheet, old, new):
    """The sheet with one text of its cells written otherwise, wherever it stands."""
    rows = [[new if isinstance(c, str) and c.strip() == old else c for c in line] for line in sheet.rows]
    assert rows != sheet.rows, old
    return replace(sheet, rows=rows)


def faults_of(sheet):
    with pytest.raises(FaultsError) as caught:
        SOURCE.read(Blob("whatever.xlsx", xlsx(sheet)))
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("month", MONTHS)
def test_every_number_of_another_month_has_its_series_period_and_unit(month):
    for sheet in sheets_of(Period.parse(month)):
        reading = read(xlsx(sheet))
        assert differing(reading, sheet) == []
        assert reading.edition == month
        assert len(sheet.truth) == reading.numeric_cells


@pytest.mark.parametrize(
    ("month", "label"),
    [
        ("2026-01", ""),
        ("2026-01", "115年1月"),
        ("2026-01", "115年1-1月"),
        ("2025-12", "114年"),
        ("2025-12", "114年1-12月"),
        ("2026-03", "115年1–3月"),
        ("2026-03", "115年1至3月累計"),
        ("2026-03", "1-3月"),
        ("2026-03", "115年1-3月(初步值)"),
        ("2026-03", "2026年1~3月"),
        ("2026-03", "115 年 1 － 3 月"),
    ],
)
def test_the_cumulative_row_may_be_written_in_many_ways(month, label):
    for sheet in sheets_of(Period.parse(month), span=label):
        assert differing(read(xlsx(sheet)), sheet) == []


def test_an_open_document_spreadsheet_reads_like_a_workbook():
    for sheet in sheets_of(MARCH):
        assert SOURCE.sniff(Blob("renamed.bin", ods(sheet)))
        assert differing(read(ods(sheet), "t.ods"), sheet) == []


def test_all_tables_may_stand_in_one_workbook_in_any_order():
    sheets = sheets_of(MARCH)[::-1]
    reading = read(xlsx(*sheets))
    for sheet in sheets:
        seen = [o for o in reading.observations if o.place.sheet == sheet.name]
        assert differing(replace(reading, observations=seen), sheet) == []


def test_a_sheet_and_a_file_may_be_called_anything():
    sheet = replace(table(8), name="Sheet1")
    assert differing(read(xlsx(sheet), "1150409附件(8).xlsx"), sheet) == []


@pytest.mark.parametrize(
    ("number", "old", "new"),
    [
        (8, "中國大陸與香港", "中國大陸及香港"),
        (8, "美\u3000國", "美國\nUnited States"),
        (8, "年增率", "年增減率(%)"),
        (8, "年增率", "年增率\nGrowth rate (%)"),
        (8, "占總出口", "占總出口比重"),
        (8, "占總出口", "占比(%)"),
        (8, "合\u3000計", "總 計 註1"),
        (8, "年(月)別", "年(月)別\nPeriod"),
        (8, "單位：百萬美元；％", "(單位：百萬美元，％)"),
        (8, "單位：百萬美元；％", "金額單位：百萬美元；％"),
        (8, "單位：百萬美元；％", "單位：百萬美元；％  Unit: US$ million; %"),
        (8, "表8、我國對主要國家/地區出口金額及年增率", "表8 對主要國家(地區)出口值及年增率"),
        (
            8,
            "表8、我國對主要國家/地區出口金額及年增率",
            "附表八、我國對主要國家與地區出口金額及年增率 Table 8 Exports",
        ),
        (8, "較上年同月增減", "較去年同月增減"),
        (1, "出（入）超", "出(入)超\nBalance"),
        (1, "表1、進出口貿易值及年增率", "表1、進出口貿易總值及年增率"),
        (2, "電子及資通產品*", "電子及資通產品※"),
        (2, "塑膠、橡膠及其製品", "塑橡膠及其製品"),
        (9, "占總進口", "占總進口之比重"),
        (10, "表10、對主要國家/地區出入超", "表10、我國對主要國家(地區)出(入)超"),
        (11, "表11、對中國大陸與香港之出口主要貨品", "表11、我國對中國大陸及香港之主要出口貨品"),
        (13, "表13、經季節調整之進出口貿易值", "表13、季節調整後進出口貿易值"),
        (16, "升貶幅", "升(貶)幅"),
        (16, "日\u3000圓", "日　元"),
    ],
)
def test_other_words_for_the_same_thing_change_no_number(number, old, new):
    sheet = with_text(table(number), old, new)
    assert differing(read(xlsx(sheet)), sheet) == []


def test_a_dropped_item_an_empty_column_and_a_blank_row_change_nothing_else():
    sheet = table(4)
    rows = [[*line[:5], *line[7:], "", ""] for line in sheet.rows]  # 印刷電路 is gone
    merges = [(t, a, b, z) for t, a, b, z in sheet.merges if z < 5]
    reading = read(xlsx(replace(sheet, rows=rows, merges=merges)))
    assert "pcb" not in {o.key.commodity for o in reading.observations}
    values = {(c.key, c.statistic, c.period): c.value for c in sheet.truth.values()}
    for o in reading.observations:
        assert close(values[o.key, o.statistic, o.period], o.value)
    assert len(reading.observations) == sum(put.key.commodity != "pcb" for put in sheet.truth.values())


@pytest.mark.parametrize("line", [[""], ["註：本列為說明，置於表中。"], ["  "]])
def test_a_blank_row_or_a_note_may_stand_among_the_rows(line):
    sheet = table(1)
    at = sheet.data + 12
    rows = [*sheet.rows[:at], line, *sheet.rows[at:]]
    truth = {
        (place if int(place[1:]) <= at else f"{place[0]}{int(place[1:]) + 1}"): put
        for place, put in sheet.truth.items()
    }
    assert differing(read(xlsx(replace(sheet, rows=rows, truth=truth))), replace(sheet, truth=truth)) == []


def test_a_note_may_stand_above_the_header():
    sheet = table(8)
    rows = [sheet.rows[0], ["說明：初步統計。"], *sheet.rows[1:]]
    merges = [(t + (t > 0), a, b + (t > 0), z) for t, a, b, z in sheet.merges]
    assert differing(read(xlsx(replace(sheet, rows=rows, merges=merges))), moved(sheet, rows=1)) == []


def test_numbers_written_as_text_keep_their_marks():
    sheet = table(1)
    last = sheet.end - 4
    sheet.rows[last][1] = "５８，４８７．４４７ (p)"
    sheet.rows[last][2] = "34.1 (r)"
    sheet.rows[last][4] = "(4.25)"
    seen = {o.place.cell: o for o in read(xlsx(sheet)).observations}
    level, growth, fall = (seen[f"{letter}{last + 1}"] for letter in "BCE")
    assert (level.value, level.decimals, level.preliminary) == (58487.447, 3, True)
    assert (growth.value, growth.decimals, growth.preliminary) == (34.1, 1, False)
    assert fall.value == -4.25
    assert seen[f"D{last + 1}"].decimals is None


def test_a_month_marked_preliminary_is_so_in_every_cell():
    sheet = table(1)
    for row, line in enumerate(sheet.rows[: sheet.end]):
        if row > sheet.data + 20 and line[0] == "3月":
            line[0] = "3月(p)"
    reading = read(xlsx(sheet))
    assert differing(reading, sheet) == []
    assert {str(o.period) for o in reading.observations if o.preliminary} == {"2026-03"}


@pytest.mark.parametrize(
    ("number", "old", "new", "told"),
    [
        (2, "電機產品", "量子產品", "no commodity is called '量子產品'"),
        (8, "日\u3000本", "亞特蘭提斯", "no area is called '亞特蘭提斯'"),
        (16, "歐\u3000元", "貝殼幣", "no currency is called '貝殼幣'"),
        (15, "OPEC原油\n(美元/桶)", "沙蟲香料\n(美元/桶)", "no commodity is called '沙蟲香料'"),
        (1, "年 增 率", "季 增 率", "'季增率'"),
        (8, "單位：百萬美元；％", "單位：百萬盧比；％", "unknown unit"),
    ],
)
def test_what_is_unknown_is_a_fault_with_its_place_and_never_another_series(number, old, new, told):
    assert any(
        told in fault and f"表{number} › " in fault for fault in faults_of(with_text(table(number), old, new))
    )


@pytest.mark.parametrize("text", ["*" * 32_000 + "x", "a)" * 16_000 + "中", "表1、" + "出口)a" * 8_000])
def test_a_long_text_in_any_cell_is_a_note_and_costs_nothing(text):
    sheet = table(1)
    sheet.rows.append([text, text])
    assert differing(read(xlsx(sheet)), sheet) == []


def test_an_item_no_list_has_keeps_its_name_and_is_told():
    sheet = table(4)
    reading = read(xlsx(with_text(sheet, "印刷電路", "量子電路")))
    codes = {o.key.commodity for o in reading.observations}
    assert any(code.startswith("item_") for code in codes), codes
    assert any("is in no list of ours" in finding for finding in reading.findings)
