"""Company revenue, the cycle signal, announced ranges, Trade Map, and the lists that are refused."""

from __future__ import annotations

from datetime import date

import pytest

from tidewaiter.sources import forecast_ledger, lists, mops_revenue, ndc_cycle, ndc_score, trademap
from tidewaiter.sources.registry import recognise

_REVENUE = "data/mops-revenue/t187ap05_L_11407.csv"


@pytest.mark.shared
def test_a_company_has_its_months_and_rates(shared, number):
    (reading,) = mops_revenue.SOURCE.read(shared(_REVENUE))
    key = "TWN.revenue.C1101.W00"
    levels = [
        number(reading, key, period).value for period in ("2025-07", "2025-06", "2024-07", "2025-01..2025-07")
    ]
    assert levels == [13535929, 10107877, 14429687, 83916845]
    assert number(reading, key, "2025-07", "yoy").value == pytest.approx(-6.1938835)
    assert number(reading, key, "2025-01..2025-07", "yoy").decimals is None
    assert (reading.published, reading.edition, str(reading.observations[0].unit)) == (
        date(2025, 8, 16), "2025-07", "1e3 TWD",
    )  # fmt: skip
    assert len({seen.key.commodity for seen in reading.observations}) == 1048
    assert reading.numeric_cells == len(reading.observations) + reading.layout_cells


@pytest.mark.shared
def test_printed_rates_of_companies_follow_from_their_levels(shared):
    (reading,) = mops_revenue.SOURCE.read(shared(_REVENUE))
    levels = {(seen.key, seen.period): seen.value for seen in reading.observations if not seen.is_derived}
    rates = [seen for seen in reading.observations if seen.statistic == "yoy"]
    assert len(rates) > 2000
    for seen in rates:
        now, before = levels[seen.key, seen.period], levels[seen.key, seen.period.year_ago()]
        change = (now - before) / abs(before)  # the exchange divides by the size of a negative base
        assert seen.value == pytest.approx(change * 100, abs=1e-6)


def test_in_january_the_cumulative_columns_repeat_the_month(blob):
    header = "資料年月,公司代號,營業收入-當月營收,累計營業收入-當月累計營收"
    (reading,) = mops_revenue.SOURCE.read(blob(f"{header}\n11501,2330,5,5\n"))
    assert [str(seen.period) for seen in reading.observations] == ["2026-01", "2026-01"]
    assert reading.findings == ()
    (reading,) = mops_revenue.SOURCE.read(blob(f"{header}\n11501,2330,5,8\n"))
    assert "is given as 5" in reading.findings[0]


@pytest.mark.shared
def test_the_signal_file_is_cut_where_customs_are_interpolated(shared):
    (reading,) = ndc_cycle.SOURCE.read(shared("data/cycle-signal/ndc_景氣對策信號構成項目.csv"))
    customs = [seen.period for seen in reading.observations if str(seen.key) == "TWN.exports.total.W00.twd"]
    assert (str(max(customs)), len(reading.findings)) == ("2024-09", 2)
    assert reading.numeric_cells == len(reading.observations) + reading.layout_cells


@pytest.mark.shared
def test_the_coincident_file_is_whole_and_in_its_units(shared, number):
    (reading,) = ndc_cycle.SOURCE.read(shared("data/cycle-signal/ndc_同時指標構成項目.csv"))
    exports = number(reading, "TWN.exports.total.W00.twd", "2025-08")
    assert (exports.value, str(exports.unit)) == (1740.699, "1e9 TWD")
    assert str(number(reading, "TWN.electricity_use.total.W00", "1982-01").unit) == "1e9 kWh"
    assert reading.findings == ()


@pytest.mark.shared
def test_scores_and_lights_agree_in_both_files(shared, number):
    (mine,) = ndc_cycle.SOURCE.read(shared("data/cycle-signal/ndc_景氣指標與燈號.csv"))
    (theirs,) = ndc_score.SOURCE.read(shared("data/cycle-signal/score_1984-01_2026-06.csv"))
    assert number(mine, "TWN.cycle_signal.total.W00", "2025-09").value == 35
    assert number(theirs, "TWN.cycle_signal.total.W00", "2026-06").value == 41
    assert mine.findings == theirs.findings == ()


def test_a_light_that_does_not_follow_is_told(blob):
    (reading,) = ndc_score.SOURCE.read(blob("period,score,light_from_score\n2025-01,35,green\n"))
    assert "the light is green, the score 35 is yellow-red" in reading.findings[0]


@pytest.mark.shared
def test_announced_ranges_are_known_from_their_day_and_apart_from_the_series(shared):
    (reading,) = forecast_ledger.SOURCE.read(shared("data/press/forecast_ledger.csv"))
    made = [
        seen for seen in reading.observations if str(seen.period) == "2025-12" and seen.key.flow == "exports"
    ]
    assert [(seen.statistic, seen.of, seen.value) for seen in made] == [
        ("forecast_low", "level", 610), ("forecast_high", "level", 632),
        ("forecast_low", "yoy", 40), ("forecast_high", "yoy", 45),
    ]  # fmt: skip
    assert {seen.known_at for seen in made} == {date(2025, 12, 10)}
    assert {seen.key.measure for seen in reading.observations} == {"forecast"}
    assert reading.numeric_cells == len(reading.observations) + reading.layout_cells


@pytest.mark.shared
def test_trade_map_workbook_gives_three_blocks(shared):
    (reading,) = trademap.SOURCE.read(shared("data/trademap/bilateral_hs6_china_india.xlsx"))
    rows = reading.table
    blocks = set(rows.select("reporter", "flow", "partner").unique().rows())
    assert blocks == {("CHN", "imports", "IND"), ("IND", "exports", "W00"), ("CHN", "imports", "W00")}
    total = rows.filter(
        (rows["commodity"] == "total") & (rows["partner"] == "IND") & (rows["first"] == 2018 * 12)
    )
    assert total.select("value", "unit", "cell").row(0) == (18850037, "1e3 USD", "T14")
    parts = rows.filter(
        (rows["commodity"] != "total") & (rows["partner"] == "IND") & (rows["first"] == 2018 * 12)
    )
    assert parts["value"].sum() == pytest.approx(18850037, rel=1e-5)
    assert reading.numeric_cells == rows.height == 351_595


def test_trade_map_text_says_in_its_title_whose_trade_it_is(blob):
    text = (
        "List of products imported by Viet Nam from Taiwan\nUnit :\u00a0US Dollar thousand\n"
        "Product code\tProduct label\tImported value in 2019\tImported value in 2020\n"
        "'TOTAL\tAll products\t12\t13\n'0101\tHorses\t\t2\n"
    )
    file = blob(text, "Trade_Map.txt")
    assert recognise(file) is trademap.SOURCE
    (reading,) = trademap.SOURCE.read(file)
    assert reading.table.select("reporter", "commodity", "partner", "value").rows() == [
        ("VNM", "total", "TWN", 12), ("VNM", "total", "TWN", 13), ("VNM", "HS0101", "TWN", 2),
    ]  # fmt: skip


def test_trade_map_faults_are_told_together(blob, faults_of):
    text = "imported by Atlantis\nProduct code\tImported value in 2019\n'TOTAL\tx\n'0101\t2\n'0101\t3\n"
    assert len(faults_of(trademap.SOURCE, blob(text))) == 3 + 1


_LISTS = [
    "companies/concept_matrix.csv", "companies/listed.csv", "companies/raw_SupplyChainMap.csv",
    "companies/raw_SupplyChain_D000.csv", "cycle-signal/thresholds.csv", "nomenclature/HS2017.xlsx",
    "nomenclature/HS2022.xlsx", "nomenclature/ccc10_en.txt", "nomenclature/ccc8_zh.txt",
    "nomenclature/country-codes.csv", "nomenclature/hs_concordances.csv",
    "nomenclature/release_groups_unofficial.csv", "nomenclature/territories_en.json",
    "nomenclature/territories_zh-Hant.json",
]  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize("name", _LISTS)
def test_lists_are_refused_for_what_they_are(shared, name):
    file = shared(f"data/{name}")
    source = recognise(file)
    assert source is lists.SOURCE
    with pytest.raises(lists.NoObservationsError, match="holds no observations"):
        source.read(file)


_MONTHLY = (
    "出表日期,資料年月,公司代號,公司名稱,產業別,營業收入{0}當月營收,營業收入{0}上月營收,營業收入{0}去年當月營收,"
    "營業收入{0}上月比較增減{1},營業收入{0}去年同月增減{1},累計營業收入{0}當月累計營收,累計營業收入{0}去年累計營收,"
    "累計營業收入{0}前期比較增減{1},備註{2}\n"
    "1140310,11402,6488,環球晶,半導體業,110,100,100,10,10,210,200,5,-{3}\n"
)


@pytest.mark.parametrize(("dash", "percent"), [("-", "(%)"), ("_", "(%)"), ("-", "（％）")])
def test_revenue_of_other_markets_and_months(blob, number, dash, percent):
    from tidewaiter.sources.mops_revenue import SOURCE  # noqa: PLC0415

    given = blob(_MONTHLY.format(dash, percent, ",市場別", ",上櫃"), "t187ap05_O.csv")
    assert SOURCE.sniff(given)
    (reading,) = SOURCE.read(given)
    assert (reading.edition, str(reading.published)) == ("2025-02", "2025-03-10")
    assert len(reading.observations) == 8
    assert number(reading, "TWN.revenue.C6488.W00", "2025-01..2025-02").value == 210
    assert number(reading, "TWN.revenue.C6488.W00", "2025-02", "yoy").value == 10
    assert reading.findings == ("市場別: words beside the revenue, not used",)


def test_numbers_in_a_column_nobody_named_are_a_fault(blob, faults_of):
    from tidewaiter.sources.mops_revenue import SOURCE  # noqa: PLC0415

    text = _MONTHLY.format("-", "(%)", ",神秘數字", ",42")
    assert any("神秘數字" in fault for fault in faults_of(SOURCE, blob(text)))
