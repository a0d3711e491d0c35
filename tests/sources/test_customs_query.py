import pytest

from tidewaiter.sources.customs_query import SOURCE

_HEADER = "進出口別,日期,貨品號列,中文貨名,英文貨名,美元(千元)"
_EXPORTS = "出口總值(含復出口)"
_FILE = "customs-hs847150/exports_hs847150_2024-01_2026-06.csv"


@pytest.mark.parametrize(
    ("period", "value"),
    [("2024-01", 1_125_614), ("2025-12", 9_697_826), ("2026-06", 9_731_761)],  # guide, golden numbers
)
def test_golden_numbers_of_servers(carried, number, period, value):
    (reading,) = SOURCE.read(carried(_FILE))
    seen = number(reading, "TWN.exports.HS847150.W00", period)
    assert (seen.value, str(seen.unit), seen.decimals) == (value, "1e3 USD", 0)


def test_only_the_marked_month_is_preliminary(carried):
    (reading,) = SOURCE.read(carried(_FILE))
    assert [str(seen.period) for seen in reading.observations if seen.preliminary] == ["2026-06"]
    assert reading.edition == "2026-06"


def test_every_number_is_an_observation_or_a_layout_cell(carried):
    (reading,) = SOURCE.read(carried(_FILE))
    assert (len(reading.observations), reading.layout_cells, reading.numeric_cells) == (30, 30, 60)


def test_place_names_line_and_column(carried):
    (reading,) = SOURCE.read(carried(_FILE))
    assert str(reading.observations[0].place).endswith("line 2, 美元(千元)")


def test_big5_bytes_give_the_same_reading(carried, blob):
    utf8 = carried(_FILE)
    big5 = blob(utf8.text, utf8.name, "cp950")
    assert SOURCE.sniff(big5)
    assert SOURCE.read(big5) == SOURCE.read(utf8)


def test_dates_of_every_form(blob):
    rows = [f"{_EXPORTS},{date},847150,a,b,{n}" for n, date in enumerate(
        ["113年1月", "115年6月(初步值)", "102年", "114年1月~114年7月(初步值)", "114年1月～114年8月（初步值）"]
    )]  # fmt: skip
    (reading,) = SOURCE.read(blob("\n".join([_HEADER, *rows])))
    assert [(str(seen.period), seen.preliminary) for seen in reading.observations] == [
        ("2024-01", False),
        ("2026-06", True),
        ("2013", False),
        ("2025-01..2025-07", True),
        ("2025-01..2025-08", True),
    ]


def test_country_weight_quantity_and_nt_dollars(blob, number):
    text = (
        "進出口別,日期,國家,貨品號列,中文貨名,英文貨名,數量,數量單位,重量(公斤),新臺幣(千元),美元(千元)\n"
        '進口總值(含復進口),113年1月,南韓,85423100002,處理器,"Processors, all",5,PCE,2.5,"31,000",1000\n'
    )
    (reading,) = SOURCE.read(blob(text))
    key = "TWN.imports.CCC85423100002.KOR"
    assert [(str(seen.key), seen.value, str(seen.unit)) for seen in reading.observations] == [
        (f"{key}.quantity", 5, "PCE"),
        (f"{key}.weight", 2.5, "kg"),
        (f"{key}.twd", 31_000, "1e3 TWD"),
        (key, 1000, "1e3 USD"),
    ]
    assert reading.numeric_cells == len(reading.observations) + reading.layout_cells


def test_columns_may_stand_in_any_order_and_below_a_title(blob):
    text = f"海關進出口統計\n\n美元(千元),貨品號列,日期,進出口別\n7,847150,113年1月,{_EXPORTS}\n"
    (reading,) = SOURCE.read(blob(text))
    assert reading.observations[0].value == 7


def test_unquoted_commas_of_an_english_name_are_mended(blob):
    text = f"{_HEADER}\n{_EXPORTS},113年1月,847150,處理單元,Units, input or output, nes,1125614\n"
    (reading,) = SOURCE.read(blob(text))
    assert reading.observations[0].value == 1_125_614


def test_unquoted_thousands_are_a_fault_and_never_614(blob, faults_of):
    text = f"{_HEADER}\n{_EXPORTS},113年1月,847150,處理單元,Units,1,125,614\n"
    assert faults_of(SOURCE, blob(text)) == [
        "file.csv › line 2: the row has 8 cells, the header 6 (quote cells that hold commas)"
    ]


def test_all_faults_are_told_together(blob, faults_of):
    rows = [
        f"{_EXPORTS},113年1月,847150,a,b,1",
        f"{_EXPORTS},113年1月,847150,a,b,2",  # twice
        f"{_EXPORTS},113年2月,847150,a,b,許多",  # text for a number
        f"{_EXPORTS},113年,84715,a,b,3",  # five digits
        f"復運,113年3月,847150,a,b,4",  # noqa: F541
        f"{_EXPORTS},百年好合,847150,a,b,5",
        f"{_EXPORTS},113年4月,847150,a",  # ragged
    ]
    faults = faults_of(SOURCE, blob("\n".join([_HEADER, *rows])))
    assert len(faults) == 6
    text = "\n".join(faults)
    for part in ("line 3", "twice", "'許多'", "'84715'", "'復運'", "'百年好合'", "4 cells"):
        assert part in text


def test_wrong_unit_in_the_header(blob, faults_of):
    text = f"{_HEADER.replace('美元(千元)', '披索(千元)')}\n{_EXPORTS},113年1月,847150,a,b,1\n"
    (fault,) = faults_of(SOURCE, blob(text))
    assert "披索(千元)" in fault
    assert "no unit we know" in fault


def test_unknown_country(blob, faults_of):
    text = f"{_HEADER},國家\n{_EXPORTS},113年1月,847150,a,b,1,亞特蘭提斯\n"
    (fault,) = faults_of(SOURCE, blob(text))
    assert "no area is called '亞特蘭提斯'" in fault


def test_header_without_rows(blob, faults_of):
    (fault,) = faults_of(SOURCE, blob(_HEADER + "\n"))
    assert "no numbers" in fault


@pytest.mark.shared
def test_whole_query_file(shared):
    (reading,) = SOURCE.read(shared("data/customs-ga30/exports_hs6_2024-01_2026-06.csv"))
    assert len(reading.observations) == 510
    assert len({seen.key for seen in reading.observations}) == 17


@pytest.mark.shared
def test_eleven_digit_file(shared):
    (reading,) = SOURCE.read(shared("data/customs-ccc11-8542/taiwan_exports_8542_2013_2025.csv"))
    assert len(reading.observations) == 289
    assert {seen.key.commodity[:3] for seen in reading.observations} == {"CCC"}


def test_headings_have_other_names_in_other_queries(blob):
    text = (
        "進出口別,年月,貨品分類,中文貨名,英文貨名,國家代碼,國家名稱,重量(公噸),美元（千元）\n"
        '復出口,113年01月,8471,自動資料處理機,ADP machines,US,美國,5,"1,234"\n'
        "進口,11302,84715000003,伺服器,servers,JP,日本,-,7\n"
    )
    for encoding in ("utf-8", "cp950"):
        source = blob(text, "query.csv", encoding)
        assert SOURCE.sniff(source)
        (reading,) = SOURCE.read(source)
        assert {f"{o.key} {o.period} {o.unit}": o.value for o in reading.observations} == {
            "TWN.re_exports.HS8471.USA.weight 2024-01 1e3 kg": 5,
            "TWN.re_exports.HS8471.USA 2024-01 1e3 USD": 1234,
            "TWN.imports.CCC84715000003.JPN 2024-02 1e3 USD": 7,
        }
