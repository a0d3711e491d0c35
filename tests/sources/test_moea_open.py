"""Open data of the economic ministry, in files made after its layouts."""

from __future__ import annotations

import pytest

from tidewaiter.sources.moea_open import SOURCE

_TOTAL = """統計項目,資料期(民國年),統計值(美元),計量單位(美元),統計值(新台幣),計量單位(新台幣)
外銷訂單金額,11406,56772,百萬美元,16797,新臺幣億元
"""
_GOODS = """統計項目,貨品別,資料期(民國年),統計值(金額),計量單位
外銷訂單金額_美元,資訊通信產品,11408,17321,百萬美元
外銷訂單金額_新臺幣,資訊通信產品,11408,5180,新臺幣億元
外銷訂單金額_美元,光學器材,11408,1900,百萬美元
"""
_AREAS = """統計項目,地區代碼,地區別,資料期(民國年),統計值(金額),計量單位
外銷訂單金額_美元,00,總計,11408,60020,百萬美元
外銷訂單金額_美元,01,中國大陸及香港,11408,11000,百萬美元
外銷訂單金額_美元,09,其他,11408,9000,百萬美元
"""
_INDEX = """統計項目,行業代碼,行業別,資料期(民國年),統計值(指數),計量單位
生產指數,0,總指數,11505,101.5,110年=100
生產指數,C,製造業,11505,103.75,110年=100
生產指數,28,電力設備及配備製造業,11505,84.29,110年=100
季節調整後生產指數,28,電力設備及配備製造業,11505,85,110年=100
"""
_STOCKS = """統計項目,資料期(民國年),統計值,計量單位
伺服器-生產量,11505,"1,234",千台
伺服器-生產值,11505,1234567,千元
伺服器-期末存貨量,11505,12,台
"""
_BARE = """統計項目,資料期(民國年),統計值,計量單位
電子產品,11505,28410,百萬美元
美國,11505,1234,百萬美元
工業生產指數,11505,100.3,指數(110年=100)
"""


def _read(blob, text: str):
    (reading,) = SOURCE.read(blob("\ufeff" + text, "moea.csv"))
    assert reading.numeric_cells == len(reading.observations) + reading.layout_cells
    return [(str(seen.key), str(seen.period), seen.value, str(seen.unit)) for seen in reading.observations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_TOTAL, [("TWN.export_orders.total.W00", "2025-06", 56772, "1e6 USD"),
                  ("TWN.export_orders.total.W00.twd", "2025-06", 16797, "1e8 TWD")]),
        (_GOODS, [("TWN.export_orders.ict_products.W00", "2025-08", 17321, "1e6 USD"),
                  ("TWN.export_orders.ict_products.W00.twd", "2025-08", 5180, "1e8 TWD"),
                  ("TWN.export_orders.optical.W00", "2025-08", 1900, "1e6 USD")]),
        (_AREAS, [("TWN.export_orders.total.W00", "2025-08", 60020, "1e6 USD"),
                  ("TWN.export_orders.total.CHN+HKG", "2025-08", 11000, "1e6 USD"),
                  ("TWN.export_orders.total.OTHER", "2025-08", 9000, "1e6 USD")]),
        (_INDEX, [("TWN.industrial_production.total.W00", "2026-05", 101.5, "index"),
                  ("TWN.manufacturing_production.total.W00", "2026-05", 103.75, "index"),
                  ("TWN.industrial_production.SIC28.W00", "2026-05", 84.29, "index"),
                  ("TWN.industrial_production.SIC28.W00.sa", "2026-05", 85, "index")]),
        (_STOCKS, [("TWN.production_quantity.HS847150.W00", "2026-05", 1234, "1e3 台"),
                   ("TWN.production_value.HS847150.W00", "2026-05", 1234567, "1e3 TWD"),
                   ("TWN.inventory_quantity.HS847150.W00", "2026-05", 12, "台")]),
        (_BARE, [("TWN.export_orders.electronic_products.W00", "2026-05", 28410, "1e6 USD"),
                 ("TWN.export_orders.total.USA", "2026-05", 1234, "1e6 USD"),
                 ("TWN.industrial_production.total.W00", "2026-05", 100.3, "index")]),
    ],
    ids=["total", "goods", "areas", "index", "stocks", "bare"],
)  # fmt: skip
def test_each_variant_gives_its_series(blob, text, expected):
    assert _read(blob, text) == expected


def test_big5_is_read_as_well(blob):
    (reading,) = SOURCE.read(blob(_TOTAL, "moea.csv", "cp950"))
    assert (reading.dataset, reading.edition) == ("moea-orders", "2025-06")


def test_tables_of_different_things_are_different_datasets(blob):
    names = {SOURCE.read(blob(text))[0].dataset for text in (_TOTAL, _GOODS, _AREAS, _INDEX, _STOCKS)}
    assert len(names) == 5


def test_unknown_words_units_and_periods_are_told_together(blob, faults_of):
    text = (
        "統計項目,資料期(民國年),統計值,計量單位\n某某項目,11505,1,台\n產值,115x5,1,千元\n產值,11505,1,斗\n"
    )
    assert [fault.split(":")[0] for fault in faults_of(SOURCE, blob(text))] == [
        "file.csv › line 2, 統計項目",
        "file.csv › line 3, 資料期(民國年)",
        "file.csv › line 4, 計量單位",
    ]


def test_rates_quarters_and_sales_abroad_of_other_files(blob):
    rates = "統計項目,資料期(民國年),統計值,計量單位\n外銷訂單金額年增率,11402,12.3,%\n"
    rates += "外銷訂單金額,11402,49000,百萬美元\n"
    (reading,) = SOURCE.read(blob(rates, "rates.csv"))
    assert [(seen.statistic, seen.value, str(seen.unit)) for seen in reading.observations] == [
        ("yoy", 12.3, "percent"),
        ("level", 49000, "1e6 USD"),
    ]
    quarters = (
        "統計項目,資料期(民國年季),統計值,計量單位\n海外生產比,114年第1季,48.9,%\n海外生產比,114Q2,49.1,%\n"
    )
    assert [(key, period) for key, period, _, _ in _read(blob, quarters)] == [
        ("TWN.overseas_production_ratio.total.W00", "2025-01..2025-03"),
        ("TWN.overseas_production_ratio.total.W00", "2025-Q2"),
    ]
    abroad = "統計項目,產品別,資料期(民國年),統計值,計量單位\n外銷值,筆記型電腦,11402,20000,新臺幣千元\n"
    assert _read(blob, abroad) == [("TWN.direct_exports_value.HS847130.W00", "2025-02", 20000, "1e3 TWD")]


def test_a_rate_in_money_is_a_fault(blob, faults_of):
    text = "統計項目,資料期(民國年),統計值,計量單位\n外銷訂單金額年增率,11402,12.3,百萬美元\n"
    assert any("a rate in" in fault for fault in faults_of(SOURCE, blob(text)))


def test_a_column_beside_the_layout_is_told_when_it_says_one_thing_else_a_fault(blob, faults_of):
    head = "統計項目,資料期(民國年),統計值,計量單位,更新日期\n"
    row = "外銷訂單金額-{},11402,1,百萬美元,{}\n"
    same = head + row.format("美國", 1140320) + row.format("日本", 1140320)
    (reading,) = SOURCE.read(blob(same))
    assert reading.findings == ("更新日期: 1140320, not used",)
    assert len(reading.observations) == 2
    other = head + row.format("美國", "x") + row.format("日本", "y")
    assert any("does not have" in fault for fault in faults_of(SOURCE, blob(other)))
