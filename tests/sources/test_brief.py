"""The brief's tables, from its text and from the tidy file: the same observations."""

import pytest

from tidewaiter.sources import brief_csv, brief_tables
from tidewaiter.sources.caption import read_caption, row_key

_CSV = "moea-brief-459/published.csv"
_SEED = "seeds/002_0a311d813122866f.txt"


def _facts(reading):
    return sorted(
        (str(o.key), str(o.period), o.statistic, o.of, o.value, o.decimals, str(o.unit))
        for o in reading.observations
    )


def _brief(*tables: str) -> str:
    return "\n".join(["產業經濟統計簡訊《512》", "工具機出口回溫", "經濟部統計處", *tables])


_TOOLS = """表1 我國工具機出口統計

\t2023年\t2024年\t2025年 1-3月
出口值(億美元)
出口值\t20.1\t21.0\t5.05
美國\t3.0\t-\t1.0
其他國家\t1.0\t1,000.5\t…
年增率(%)
出口值\t-1.0\t4.5\t－3.2

資料來源：財政部關務署
說明：無
"""


def test_tidy_file_holds_all_363_numbers(carried):
    (reading,) = brief_csv.SOURCE.read(carried(_CSV))
    counts = {}
    for seen in reading.observations:
        counts[seen.statistic] = counts.get(seen.statistic, 0) + 1
    assert counts == {"level": 96, "yoy": 131, "share": 131, "average_annual_growth": 5}
    assert (reading.dataset, reading.edition) == ("moea-brief", "HS847150-2024-09")
    assert reading.numeric_cells == len(reading.observations) + reading.layout_cells


@pytest.mark.shared
def test_text_and_tidy_file_agree_cell_by_cell(shared, carried):
    (text,) = brief_tables.SOURCE.read(shared(_SEED))
    (tidy,) = brief_csv.SOURCE.read(carried(_CSV))
    assert _facts(text) == _facts(tidy)
    assert text.dataset == tidy.dataset
    assert text.numeric_cells == len(text.observations) == 363
    assert (text.layout_cells, text.findings) == (0, ())


@pytest.mark.shared
def test_place_and_title_of_the_text(shared):
    (reading,) = brief_tables.SOURCE.read(shared(_SEED))
    place = reading.observations[0].place
    assert (place.sheet, place.cell) == ("表1", "line 27, 出口值, 2017年")
    assert reading.title.startswith("產業經濟統計簡訊《459》 受惠人工智慧")
    assert "表2 各國在美國伺服器進口市場市占率 資料來源：Global Trade Atlas" in reading.notes


def test_average_growth_counts_its_base_year(carried, number):
    (reading,) = brief_csv.SOURCE.read(carried(_CSV))
    assert number(reading, "TWN.exports.HS847150.W00", "2017..2023", "average_annual_growth").value == 61.3


def test_another_brief(blob, number):
    source = blob(_brief(_TOOLS), "brief.txt")
    assert brief_tables.SOURCE.sniff(source)
    (reading,) = brief_tables.SOURCE.read(source)
    assert reading.edition == "512"
    assert (reading.numeric_cells, len(reading.observations)) == (10, 10)
    total = number(reading, "TWN.exports.machine_tools.W00", "2025-01..2025-03")
    assert (total.value, total.decimals) == (5.05, 2)
    assert number(reading, "TWN.exports.machine_tools.W00", "2025-01..2025-03", "yoy").value == -3.2
    assert number(reading, "TWN.exports.machine_tools.OTHER", "2024").value == 1000.5


def test_growth_that_two_tables_give_apart_is_a_finding(blob):
    rows = "\t2023年\t2024年\n年增率(%)\n全球\t1.0\t2.0\n中華民國\t-1.0\t4.7\n"
    other = f"表2 主要國家工具機出口統計\n{rows}"
    (reading,) = brief_tables.SOURCE.read(blob(_brief(_TOOLS, other)))
    assert len(reading.observations) == 14
    (finding,) = reading.findings
    assert "yoy 2024" in finding


def test_faults_of_a_brief_are_told_together(blob, faults_of):
    text = (
        _brief(_TOOLS)
        .replace("美國\t3.0\t-", "美國\t3.0\t大增")
        .replace("其他國家", "亞特蘭提斯")
        .replace("20.1\t21.0\t5.05", "20.1\t21.0")
        .replace("2025年 1-3月", "近年")
        .replace("年增率(%)", "滿意度(%)")
    )
    faults = "\n".join(faults_of(brief_tables.SOURCE, blob(text)))
    for part in ("'大增'", "'亞特蘭提斯'", "2 cells under 3 headings", "'近年'", "滿意度"):
        assert part in faults
    assert "表1 › line " in faults


def test_row_given_twice(blob, faults_of):
    text = _brief(_TOOLS).replace("其他國家\t", "美國\t")
    assert "given twice" in faults_of(brief_tables.SOURCE, blob(text))[0]


def test_rows_of_a_table_that_lost_its_caption_are_faults(blob, faults_of):
    other = _TOOLS.replace("表1 我國", "我國")
    faults = faults_of(brief_tables.SOURCE, blob(_brief(_TOOLS, other)))
    assert len(faults) == 4
    assert all("outside the tables" in fault for fault in faults)


def test_unknown_unit(blob, faults_of):
    text = _brief(_TOOLS).replace("億美元", "億披索")
    assert any("億披索" in fault for fault in faults_of(brief_tables.SOURCE, blob(text)))


def test_unknown_product_and_the_hs_code_that_names_it(blob, faults_of, number):
    text = _brief(_TOOLS).replace("我國工具機", "我國齒輪箱")
    (fault,) = faults_of(brief_tables.SOURCE, blob(text))
    assert "no commodity is called '齒輪箱'" in fault
    (reading,) = brief_tables.SOURCE.read(blob(text.replace("說明：無", "說明：參考 HS code 848340。")))
    assert number(reading, "TWN.exports.HS848340.USA", "2023").value == 3.0


def test_new_taiwan_dollars_are_a_measure(blob, number):
    (reading,) = brief_tables.SOURCE.read(blob(_brief(_TOOLS).replace("億美元", "新臺幣億元")))
    seen = number(reading, "TWN.exports.machine_tools.W00.twd", "2023")
    assert str(seen.unit) == "1e8 TWD"


def test_text_without_tables_is_not_a_brief(blob):
    prose = "表1 我國伺服器出口統計顯示2023年出口值100.5億美元\n如表1\t所示。"
    assert not brief_tables.SOURCE.sniff(blob(prose))


@pytest.mark.parametrize(
    ("caption", "key", "rows_are"),
    [
        ("我國伺服器出口統計", "TWN.exports.HS847150.W00", "partner"),
        ("各國在美國伺服器進口市場市占率", "USA.imports.HS847150.W00", "partner"),
        ("各國在中國大陸積體電路進口市場占比", "CHN.imports.ic.W00", "partner"),
        ("主要國家伺服器出口統計", "W00.exports.HS847150.W00", "reporter"),
        ("全球主要國家工具機出口概況", "W00.exports.machine_tools.W00", "reporter"),
        ("我國工具機主要出口國家", "TWN.exports.machine_tools.W00", "partner"),
        ("日本工具機進口來源", "JPN.imports.machine_tools.W00", "partner"),
        ("我國出口統計", "TWN.exports.total.W00", "partner"),
    ],
)
def test_captions(caption, key, rows_are):
    subject = read_caption(caption)
    assert (str(subject.key), subject.rows_are) == (key, rows_are)


def test_rows_of_a_table_of_reporters():
    subject = read_caption("主要國家伺服器出口統計")
    assert str(row_key(subject, "全球")) == "W00.exports.HS847150.W00"
    assert str(row_key(subject, "中華民國")) == "TWN.exports.HS847150.W00"


def test_faults_of_the_tidy_file(carried, blob, faults_of):
    text = carried(_CSV).text.splitlines()
    header, first = text[0], text[1]
    rows = [
        header,
        first,
        first,
        first.replace("5.7,1,", "5.77,1,").replace("2017", "2016"),
        first.replace("100m USD", "100m XYZ").replace("2017", "2015"),
        first.replace(",W00,出口值", ",ZZZ,出口值").replace("2017", "2014"),
        first.replace("level", "guess").replace("2017", "2013"),
        first.replace("W00,出口值", "USA,德國").replace("2017", "2012"),
    ]
    faults = faults_of(brief_csv.SOURCE, blob("\n".join(rows)))
    assert len(faults) == 6
