"""The ministry's monthly release: sixteen real workbooks, and small ones made to be awkward."""

import io
from pathlib import Path

import pytest
import xlsxwriter

from tidewaiter.errors import FaultsError
from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.sources.mof_release import SOURCE
from tidewaiter.sources.mof_release.decimals import short_decimals
from tidewaiter.sources.mof_release.rows import Label, RowKind, read_rows
from tidewaiter.sources.protocol import Blob

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "mof-2025-08"


# -- the real workbooks ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def blobs():
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the repository: the ministry's workbooks are not here")
    return [Blob(path.name, path.read_bytes()) for path in sorted(SHARED.glob("*.xlsx"))]


@pytest.fixture(scope="module")
def readings(blobs):
    return [reading for blob in blobs for reading in SOURCE.read(blob)]


@pytest.fixture(scope="module")
def cells(readings):
    return {(o.place.sheet, o.place.cell): o for reading in readings for o in reading.observations}


@pytest.mark.shared
def test_every_number_of_the_sixteen_workbooks_becomes_one_observation(readings, cells):
    assert len(readings) == 16
    assert {(reading.edition, reading.title) for reading in readings} == {
        ("2025-08", "114年8月海關進出口貿易初步統計")
    }
    assert sum(reading.numeric_cells for reading in readings) == 7501
    assert sum(len(reading.observations) for reading in readings) == 7501
    assert sum(reading.layout_cells for reading in readings) == 0
    assert len(cells) == 7501


@pytest.mark.shared
def test_each_workbook_is_recognised_by_its_content(blobs):
    assert all(SOURCE.sniff(Blob("renamed.bin", blob.data)) for blob in blobs)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("sheet", "cell", "name", "value"),
    [
        ("表1", "B30", "TWN.exports.total.W00/level/2025-08 1e6 USD", 58487.447),
        ("表1", "G22", "TWN.balance.total.W00/yoy/2025-01..2025-08 percent", 65.62040919799632),
        ("表1", "B31", "TWN.exports.total.W00/mom_change/2025-08 1e6 USD", 1803.097),
        ("表1", "B33", "TWN.exports.total.W00/yoy_change/2025-01..2025-08 1e6 USD", 89935.509),
        ("表2", "K30", "TWN.exports.ict_av.W00/share:commodity/2025-08 percent", 39.93648927777614),
        ("表2", "D7", "TWN.exports.electronics_ict.W00/level/2015 1e6 USD", 116390.434),
        ("表3", "U30", "TWN.imports.optical_precision.W00/level/2025-08 1e6 USD", 1810.629),
        ("表4", "D30", "TWN.exports.dram.W00/level/2025-08 1e6 USD", 1893.501),
        ("表5", "C31", "TWN.imports.semiconductor_equipment.W00/mom/2025-08 percent", 13.857898630534537),
        ("表7", "D17", "TWN.imports.capital_goods.W00/level/2024-08 1e6 USD", None),
        ("表8", "E15", "TWN.exports.total.CHN+HKG/share:partner/2024 percent", 31.70794988504644),
        ("表10", "G30", "TWN.balance.total.SGP/level/2025-08 1e6 USD", 1907.307),
        (
            "表11",
            "C29",
            "TWN.exports.electronic_components.CHN+HKG/share:commodity/2025-08 percent",
            68.4294281,
        ),
        ("表12", "H30", "TWN.exports.total.SGP/share:partner/2025-08 percent", 5.49608533947464),
        ("表13", "B34", "TWN.exports.total.W00.sa/level/2025-08 1e6 USD", 57458.9790706352),
        ("表13", "J34", "TWN.exports.total.W00.sa_ma3/mom/2025-08 percent", 4.3798),
        ("表13", "C13", "TWN.exports.total.W00/yoy/2024 percent", 9.8),
        ("表14", "T28", "KOR.imports.total.W00/level/2025-08 1e8 USD", 518.85),
        ("表15", "D28", "TWN.import_price_index.total.W00/level/2025-08 index", 95.8),
        ("表15", "F20", "W00.price.opec_basket.W00/level/2025-01..2025-08 USD/barrel", 71.6525),
        ("表15", "L14", "W00.price.copper.W00.eop/level/2024 USD/tonne", 8652.67),
        ("表16", "C30", "TWN.exchange_rate.total.W00/appreciation/2025-08 percent", 6.914685786186725),
        ("表16", "D30", "EUZ.exchange_rate.total.W00/level/2025-08 EUR/USD", 0.8595932297958472),
    ],
)
def test_a_cell_is_the_series_statistic_and_period_its_headers_say(cells, sheet, cell, name, value):
    o = cells[sheet, cell]
    statistic = f"{o.statistic}:{o.of}" if o.of else o.statistic
    assert f"{o.key}/{statistic}/{o.period} {o.unit}" == name
    assert value is None or o.value == pytest.approx(value, rel=1e-9)


@pytest.mark.shared
def test_a_peers_cumulative_number_ends_with_its_last_published_month(cells, readings):
    assert str(cells["表14", "P20"].period) == "2025-01..2025-06"  # Germany
    assert str(cells["表14", "G20"].period) == "2025-01..2025-07"  # Japan
    assert str(cells["表14", "D20"].period) == "2025-01..2025-08"  # Korea
    levels = {
        (o.key, o.period): o.value
        for r in readings
        for o in r.observations
        if o.place.sheet == "表14" and not o.is_derived
    }
    germany = Key("DEU", "exports")
    months = Period.parse("2025-01..2025-06").each_month()
    assert sum(levels[germany, m] for m in months) == pytest.approx(cells["表14", "P20"].value)


@pytest.mark.shared
def test_rounded_cells_say_so_and_full_doubles_do_not(cells):
    decimals = {place: cells[place].decimals for place in cells}
    assert decimals["表13", "I8"] == 2
    assert decimals["表13", "J8"] == 4
    assert decimals["表14", "E6"] == 1
    assert decimals["表15", "B6"] == 2
    assert decimals["表14", "B16"] == 2  # 405.55, among home totals with five decimals
    assert decimals["表1", "B30"] is None
    assert decimals["表1", "C30"] is None


# -- small workbooks ------------------------------------------------------------------------------

YEARS = ["112年", "113年"]
MONTHS = ["2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"]
DIFFERENCES = ["較上月增減", "較上年同月增減", "較上年同期增減"]


def table(  # a table 8 with two partners, told cell by cell
    *,
    title="表8、我國對主要國家/地區出口金額及年增率",
    unit="單位：百萬美元；％",
    names=("合\u3000計", "美\u3000國"),
    labels=None,
    top=0,
    left=0,
    change=None,
    sheet="表8",
):
    labels = labels or [*YEARS, *MONTHS, "114年1-2月", " 1月", " 2月", *DIFFERENCES]
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    page = book.add_worksheet(sheet)
    page.write(top, left, title)
    width = 2 * len(names)
    if unit:
        page.write(top + 2, left + width, unit)
    page.merge_range(top + 3, left, top + 4, left, "年(月)別")
    for at, name in enumerate(names):
        page.merge_range(top + 3, left + 1 + 2 * at, top + 3, left + 2 + 2 * at, name)
        page.write(top + 4, left + 2 + 2 * at, "年 增 率")
    for row, label in enumerate(labels):
        page.write(top + 5 + row, left, label)
        for column in range(1, width + 1):
            page.write(top + 5 + row, left + column, 100.125 * (row + 1) + column / 7)
    page.write(top + 5 + len(labels), left, "說明：不含\u3000復出口。")
    for (row, column), value in (change or {}).items():
        page.write(top + row, left + column, value)
    book.close()
    return held.getvalue()


def read(data, name="whatever.xlsx"):
    [reading] = SOURCE.read(Blob(name, data))
    assert reading.numeric_cells == len(reading.observations) + reading.layout_cells
    return reading


def faults_of(data, name="whatever.xlsx"):
    with pytest.raises(FaultsError) as caught:
        SOURCE.read(Blob(name, data))
    return [str(fault) for fault in caught.value.faults]


def by_label(reading):
    return [(str(o.key), o.statistic, str(o.period), o.value) for o in reading.observations]


def test_another_month_another_span_another_file_name():
    reading = read(table(), "t_0225_final.xlsx")
    assert (reading.edition, reading.title) == ("2025-02", "114年2月海關進出口貿易初步統計")
    periods = {o.period for o in reading.observations}
    assert Period.parse("2025-01..2025-02") in periods
    assert Period.parse("2024-02") in periods
    assert Period.parse("2024-01") not in periods
    assert {o.place.file for o in reading.observations} == {"t_0225_final.xlsx"}
    assert reading.notes == ("說明：不含 復出口。",)


def test_rows_and_columns_may_stand_anywhere():
    assert by_label(read(table(top=7, left=3))) == by_label(read(table()))


def test_january_has_no_cumulative_row():
    labels = [*YEARS, *[f"{m}月" for m in range(1, 13)], "114年1月", *DIFFERENCES]
    reading = read(table(labels=labels))
    assert reading.edition == "2025-01"
    spans = {str(o.period) for o in reading.observations if o.statistic == "yoy_change"}
    assert spans == {"2025-01"}


def test_december_prints_the_year_above_its_months():
    labels = ["111年", "112年", "12月", "113年1-12月", *[f"{m}月" for m in range(1, 13)], *DIFFERENCES]
    reading = read(table(labels=labels))
    assert reading.edition == "2024-12"
    assert {str(o.period) for o in reading.observations} >= {"2023-12", "2024", "2024-01"}


def test_text_in_a_number_cell_is_a_fault_with_its_place():
    [fault] = faults_of(table(change={(6, 3): "12,3x"}))
    assert fault.startswith("whatever.xlsx › 表8 › D7: '12,3x' stands where a number belongs")


def test_what_is_not_published_is_no_fault_and_no_number():
    reading = read(table(change={(20, 3): "…  ", (20, 4): "…"}))
    assert "2 cells are not published yet: D21, E21" in reading.findings[0]


def test_an_unknown_area_is_a_fault_with_candidates():
    faults = faults_of(table(names=("合計", "美 過")))
    assert len(faults) == 1
    assert "表8 › D4: no area is called '美過'" in faults[0]


def test_an_unknown_commodity_is_a_fault():
    [fault] = faults_of(table(title="表2、出口主要貨品分類 (1/2)", names=("合計", "電子零組建")))
    assert "no commodity is called '電子零組建'" in fault
    assert "electronic_components" in fault


def test_a_missing_unit_line_is_a_fault():
    assert any("no line 單位" in fault for fault in faults_of(table(unit="")))


def test_an_unknown_unit_is_a_fault():
    assert any("unknown unit '百萬盧布;%'" in fault for fault in faults_of(table(unit="單位：百萬盧布；％")))


def test_the_unit_is_read_not_assumed():
    assert {str(o.unit) for o in read(table(unit="單位：億美元；％")).observations} == {"1e8 USD", "percent"}


def test_two_columns_of_one_meaning_are_a_fault():
    faults = faults_of(table(names=("合計", "美國", "美 國")))
    assert any("TWN.exports.total.USA level stands twice" in fault for fault in faults)


def test_two_values_of_one_month_are_a_fault():
    labels = [*YEARS, *MONTHS, "114年1-2月", "114年1月", "114年2月", "114年2月", *DIFFERENCES]
    assert any("has a second value" in fault for fault in faults_of(table(labels=labels)))


def test_months_that_do_not_follow_each_other_are_a_fault():
    labels = [*YEARS, "2月", "4月", "114年1-2月", "1月", "2月"]
    assert any("does not follow the month above" in fault for fault in faults_of(table(labels=labels)))


def test_a_row_label_that_names_no_period_is_a_fault():
    assert any("'8曰' names no period" in fault for fault in faults_of(table(change={(11, 0): "8曰"})))


def test_an_unknown_statistic_is_a_fault():
    assert any("no area is called '季增率'" in fault for fault in faults_of(table(change={(4, 2): "季增率"})))


def test_all_faults_of_a_file_are_told_at_once():
    faults = faults_of(table(names=("合計", "亞特蘭提斯"), change={(6, 1): "x", (8, 2): "y"}))
    assert len(faults) == 3


def test_a_table_of_an_unknown_title_is_a_fault():
    assert any("no table is called" in fault for fault in faults_of(table(title="表17、出口按運輸方式")))


def test_a_workbook_without_the_tables_is_refused_and_not_recognised():
    data = table(title="Some other table")
    assert not SOURCE.sniff(Blob("other.xlsx", data))
    assert any("no title" in fault for fault in faults_of(data))


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 xl/workbook", b"a,b\n1,2\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_sniffing_anything_else_says_no_and_never_raises(data):
    assert SOURCE.sniff(Blob("x.xlsx", data)) is False


def test_broken_bytes_are_a_fault_of_the_file():
    assert any(fault.startswith("x.xlsx: ") for fault in faults_of(b"PK\x03\x04 xl/workbook", "x.xlsx"))


def test_the_second_half_carries_its_own_flow():
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    page = book.add_worksheet()
    for left, flow, name in ((0, "出口", "南\u3000韓"), (3, "進口", "日 本")):
        page.write(0, left, f"   表14、主要國家/地區進出口金額及年增率 ({left // 3 + 1}/2)_{flow}")
        page.write(2, left + 2, "單位：億美元；％ ")
        page.write_row(3, left, ["年(月)別", name])
        page.write(4, left + 2, "年增率")
        page.write_column(5, left, ["113年", "114年1月"])
        page.write_column(5, left + 1, [10.25, 12.5])
        page.write_column(5, left + 2, [1.5, 2.5])
    book.close()
    reading = read(held.getvalue())
    assert {str(o.key) for o in reading.observations} == {"KOR.exports.total.W00", "JPN.imports.total.W00"}


# -- parts ----------------------------------------------------------------------------------------


def rows_of(*labels):
    rows, bad = read_rows([Label(at, text) for at, text in enumerate(labels)])
    return [(row.kind.name, str(row.period)) for row in rows], [b.label.text for b in bad]


def test_a_year_row_before_its_months_gives_them_its_year():
    read_, bad = rows_of("112年", "11月", "12月", "113年", "1月")
    assert [period for _, period in sorted(read_, key=str)]
    assert ("PERIOD", "2023-11") in read_
    assert ("PERIOD", "2024-01") in read_
    assert bad == []


def test_months_whose_year_cannot_be_told_are_reported():
    assert rows_of("113年", "7月", "8月", "116年1-8月")[1] == ["7月"]
    assert rows_of("7月", "8月")[1] == ["7月"]


def test_a_run_of_months_may_pass_new_year():
    assert ("PERIOD", "2025-01") in rows_of("113年", "11月", "12月", "1月")[0]


def test_januarys_cumulative_row_may_be_the_month_itself():
    rows, bad = rows_of("113年", "12月", "114年1月", "1月")
    assert rows == [("PERIOD", p) for p in ("2024", "2024-12", "2025-01", "2025-01")]
    assert bad == []


def test_differences_speak_of_the_last_month_and_its_span():
    rows, _ = rows_of("113年", "12月", "114年1-2月", "1月", "2月", *DIFFERENCES)
    assert rows[-3:] == [
        (RowKind.ON_MONTH.name, "2025-02"),
        (RowKind.ON_YEAR.name, "2025-02"),
        (RowKind.ON_SPAN.name, "2025-01..2025-02"),
    ]


@pytest.mark.parametrize(
    ("value", "decimals"),
    [(-24.69, 2), (0.9352, 4), (12.0, 0), (474995.67100000003, 3), (29.152625068575617, None), (1e-9, None)],
)
def test_a_short_number_was_rounded_a_long_one_was_not(value, decimals):
    assert short_decimals(value) == decimals
