"""Layouts of open APIs and bulk files, made small: US Census, Eurostat, Brazil, UK, Comtrade's JSON."""

import json

import pytest

from tidewaiter.errors import FaultsError
from tidewaiter.model.period import Period
from tidewaiter.sources.registry import recognise


def _read(blob):
    source = recognise(blob)
    (reading,) = source.read(blob)
    return source.name, reading


def _values(reading) -> dict[str, float]:
    """``flow.commodity.partner.measure period`` → value."""
    done = {}
    for row in reading.table.iter_rows(named=True):
        key = f"{row['flow']}.{row['commodity']}.{row['partner']}.{row['measure']}"
        done[f"{key} {Period(row['first'], row['last'])}"] = row["value"]
    return done


_CENSUS = [
    ["I_COMMODITY", "CTY_CODE", "CTY_NAME", "GEN_VAL_MO", "GEN_VAL_YR", "CON_VAL_MO", "time", "I_COMMODITY"],
    ["847150", "5830", "TAIWAN", "1200", "2300", "1100", "2024-02", "847150"],
    ["847150", "0003", "EUROPEAN UNION", "50", "90", "40", "2024-02", "847150"],
    ["847150", "-", "TOTAL FOR ALL COUNTRIES", "9000", "15000", "8000", "2024-02", "847150"],
]


def test_census_imports_are_arrays_of_texts_with_groups_and_year_to_date(blob):
    name, reading = _read(blob(json.dumps(_CENSUS), "answer.json"))
    assert name == "us-census-imports"
    assert _values(reading) == {
        "imports.HS847150.TWN. 2024-02": 1200,
        "imports.HS847150.EU. 2024-02": 50,
        "imports.HS847150.W00. 2024-02": 9000,
        "imports.HS847150.TWN. 2024-01..2024-02": 2300,
        "imports.HS847150.EU. 2024-01..2024-02": 90,
        "imports.HS847150.W00. 2024-01..2024-02": 15000,
        "imports.HS847150.TWN.consumption 2024-02": 1100,
        "imports.HS847150.EU.consumption 2024-02": 40,
        "imports.HS847150.W00.consumption 2024-02": 8000,
    }


def test_a_code_and_a_name_that_disagree_are_a_finding(blob):
    rows = [_CENSUS[0], ["847150", "5830", "JAPAN", "1", "2", "3", "2024-02", "847150"]]
    _, reading = _read(blob(json.dumps(rows), "answer.json"))
    assert reading.findings == ("the code 5830 is read as TWN, the name beside it says JPN",)


def test_census_exports_add_domestic_and_foreign(blob):
    rows = [
        ["E_COMMODITY", "CTY_CODE", "ALL_VAL_MO", "DF", "time"],
        ["8542", "5700", "10", "1", "2024-01"],
        ["8542", "5700", "5", "2", "2024-01"],
        ["8542", "4280", "7", "1", "2024-01"],
    ]
    _, reading = _read(blob(json.dumps(rows), "answer.json"))
    assert _values(reading) == {"exports.HS8542.CHN. 2024-01": 15, "exports.HS8542.DEU. 2024-01": 7}
    assert reading.table["cell"].to_list() == ["row 1 and 1 more", "row 3"]


_COMEXT = """\
REPORTER,PARTNER,TRADE_TYPE,PRODUCT_NC,FLOW,STAT_REGIME,SUPP_UNIT,PERIOD,VALUE_IN_EUROS,QUANTITY_IN_KG
DE,TW,E,85423190,1,1,A,202401,1000,5
DE,TW,E,85423190,1,2,A,202401,50,1
DE,QZ,E,99SSS999,2,1,,202401,7,
FR,EL,I,TOTAL,2,1,,202401,3,
"""


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_comext_bulk_adds_regimes_and_keeps_confidential_codes(blob, delimiter):
    name, reading = _read(blob(_COMEXT.replace(",", delimiter), "full_v2_202401.dat"))
    assert name == "eurostat-comext"
    assert _values(reading) == {
        "imports.HS85423190.TWN.eur 2024-01": 1050,
        "exports.HS99SSS999.SECRET_EXTRA.eur 2024-01": 7,
        "exports.total.GRC.eur 2024-01": 3,
        "imports.HS85423190.TWN.weight 2024-01": 6,
    }
    assert set(reading.table["reporter"]) == {"DEU", "FRA"}


_COMEXT_V2 = """\
REPORTER,PARTNER,TRADE_TYPE,PRODUCT_NC,PRODUCT_SITC,FLOW,STAT_PROCEDURE,SUPPL_UNIT,PERIOD,VALUE_EUR,VALUE_NAC,QUANTITY_KG
DE,TW,E,85423190,77641,1,1,p/st,202401,1000,1000,5
DE,TW,E,85423190,77641,1,2,p/st,202401,50,50,1
GR,XI,L,85423190,77641,2,1,p/st,202452,9,9,2
"""


def test_comext_bulk_of_today_has_other_names_and_month_52_is_the_year(blob):
    name, reading = _read(blob(_COMEXT_V2, "full_v2_202401.dat"))
    assert (name, reading.dataset) == ("eurostat-comext-v2", "eurostat-comext")
    assert _values(reading) == {
        "imports.HS85423190.TWN.eur 2024-01": 1050,
        "imports.HS85423190.TWN.weight 2024-01": 6,
        "exports.HS85423190.GBR_NI.eur 2024": 9,
        "exports.HS85423190.GBR_NI.weight 2024": 2,
    }


def test_eurostat_csv_reads_indicators_and_flags(blob):
    text = (
        "DATAFLOW,LAST UPDATE,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
        "ESTAT:DS-045409(1.0),01/02/24,M,DE,TW,8542,1,VALUE_IN_EUROS,2024-01,100,p\n"
        "ESTAT:DS-045409(1.0),01/02/24,M,DE,TW,8542,1,QUANTITY_IN_100KG,2024-01,3,\n"
        "ESTAT:DS-045409(1.0),01/02/24,M,DE,TW,8471,1,VALUE_IN_EUROS,2024-01,0,c\n"
        "ESTAT:DS-045409(1.0),01/02/24,A,DE,TW,8471,1,VALUE_IN_EUROS,2023,:,\n"
    )
    _, reading = _read(blob(text))
    assert _values(reading) == {
        "imports.HS8542.TWN.eur 2024-01": 100,
        "imports.HS8542.TWN.weight 2024-01": 3,
    }
    assert reading.table["unit"].to_list() == ["EUR", "1e2 kg"]
    assert reading.table["preliminary"].to_list() == [True, False]
    assert reading.findings == ("1 numbers of OBS_VALUE are suppressed: neither zero nor missing",)


def test_json_stat_is_a_cube_of_cells(blob):
    cube = {
        "version": "2.0",
        "class": "dataset",
        "id": ["freq", "reporter", "partner", "product", "flow", "indicators", "time"],
        "size": [1, 1, 2, 1, 1, 1, 2],
        "dimension": {
            "freq": {"category": {"index": {"M": 0}}},
            "reporter": {"category": {"index": {"DE": 0}}},
            "partner": {"category": {"index": {"US": 1, "TW": 0}}},
            "product": {"category": {"index": {"8542": 0}}},
            "flow": {"category": {"index": ["2"]}},
            "indicators": {"category": {"index": {"VALUE_IN_EUROS": 0}}},
            "time": {"category": {"index": {"2024-01": 0, "2024-02": 1}}},
        },
        "value": {"0": 10, "3": 40},
        "status": {"3": "p"},
    }
    name, reading = _read(blob(json.dumps(cube), "answer.json"))
    assert name == "eurostat-jsonstat"
    assert _values(reading) == {
        "exports.HS8542.TWN.eur 2024-01": 10,
        "exports.HS8542.USA.eur 2024-02": 40,
    }


def test_comex_stat_adds_states_and_pads_codes(blob):
    head = "CO_ANO;CO_MES;CO_NCM;CO_UNID;CO_PAIS;SG_UF_NCM;CO_VIA;CO_URF;QT_ESTAT;KG_LIQUIDO;VL_FOB"
    quoted = ";".join(f'"{name}"' for name in head.split(";"))
    rows = '"2024";"01";"1012100";"11";"160";"SP";"01";"0817600";2;900;1000\n'
    rows += '"2024";"01";"01012100";"11";"160";"RS";"01";"0817600";1;450;500\n'
    name, reading = _read(blob(f"{quoted}\n{rows}", "EXP_2024.csv"))
    assert name == "brazil-exports"
    assert _values(reading)["exports.HS01012100.CHN. 2024-01"] == 1500
    with pytest.raises(FaultsError, match="no area has the code or name '996'"):
        _read(blob(f"{quoted}\n{rows}".replace('"160"', '"996"'), "EXP_2024.csv"))


def test_uktradeinfo_records_add_ports_and_tell_suppression(blob):
    row = {
        "MonthId": 202401, "FlowTypeId": 4, "SuppressionIndex": 0, "CommodityId": 1012100, "CountryId": 400,
        "PortId": 1, "Value": 100.0, "NetMass": 5.0, "Country": {"CountryName": "United States"},
    }  # fmt: skip
    answer = {
        "@odata.context": "x",
        "value": [row, row | {"PortId": 2}, row | {"CountryId": 720, "SuppressionIndex": 3}],
    }
    name, reading = _read(blob(json.dumps(answer), "answer.json"))
    assert name == "uk-ots"
    assert _values(reading) == {
        "exports.HS01012100.USA.gbp 2024-01": 200,
        "exports.HS01012100.USA.weight 2024-01": 10,
    }
    assert "neither zero nor missing" in reading.findings[-1]


def test_comtrade_json_reads_like_its_csv_and_no_rows_are_refused(blob):
    row = {
        "typeCode": "C", "freqCode": "A", "refPeriodId": 20230101, "period": "2023", "reporterCode": 490,
        "reporterDesc": "Other Asia, nes", "flowCode": "X", "partnerCode": 842, "partnerDesc": "USA",
        "partner2Code": 0, "classificationCode": "H6", "cmdCode": "854231", "customsCode": "C00",
        "mosCode": "0", "motCode": 0, "qtyUnitAbbr": "u", "qty": 3.0, "isQtyEstimated": False,
        "altQtyUnitAbbr": "N/A", "altQty": 0, "netWgt": None, "isNetWgtEstimated": False, "grossWgt": 0,
        "cifvalue": None, "fobvalue": 12.5, "primaryValue": 12.5,
    }  # fmt: skip
    answer = {"elapsedTime": "1", "count": 2, "data": [row, row | {"motCode": 1000}], "error": ""}
    name, reading = _read(blob(json.dumps(answer), "answer.json"))
    assert name == "comtrade"
    assert _values(reading) == {
        "exports.HS854231.USA. 2023": 12.5,
        "exports.HS854231.USA.fob 2023": 12.5,
        "exports.HS854231.USA.quantity 2023": 3,
    }
    assert set(reading.table["reporter"]) == {"TWN"}
    with pytest.raises(FaultsError, match="an answer without rows"):
        _read(blob('{"elapsedTime": "1", "count": 0, "data": [], "error": ""}', "answer.json"))


@pytest.mark.parametrize(
    "text",
    [
        "Result too large: you do not have permissions to access such a large resultset.\nMaximum: 5000\n",
        "<!DOCTYPE html><html><body>Service unavailable</body></html>",
        '{"statusCode": 401, "message": "Access denied due to missing subscription key"}',
        "error: unknown variable 'CTY'",
    ],
)
def test_messages_saved_as_data_are_refused_as_what_they_are(blob, text):
    with pytest.raises(FaultsError, match=r"error message|web page"):
        _read(blob(text, "data.csv"))


def test_a_part_given_twice_is_a_fault(blob):
    with pytest.raises(FaultsError, match="one of them would count twice"):
        _read(blob(_COMEXT + "DE,TW,E,85423190,1,2,A,202401,50,1\n", "full.dat"))


_COMTRADE = {
    "typeCode": "C", "freqCode": "M", "refPeriodId": "20240101", "period": "202401", "reporterCode": "842",
    "flowCode": "M", "partnerCode": "490", "partner2Code": "0", "classificationCode": "H6",
    "cmdCode": "847150", "customsCode": "C00", "mosCode": "0", "motCode": "0", "qtyUnitCode": "5",
    "qty": "100", "altQtyUnitCode": "-1", "altQty": "", "netWgt": "12.5", "isQtyEstimated": "False",
    "primaryValue": "110.5",
}  # fmt: skip


def test_comtrade_bulk_files_are_parted_by_tabs_and_tell_units_by_code(blob):
    other = _COMTRADE | {"motCode": "1000", "primaryValue": "60"}
    rows = ["\t".join(_COMTRADE), "\t".join(_COMTRADE.values()), "\t".join(other.values())]
    name, reading = _read(blob("\n".join(rows), "C_M_842_202401_HS.txt"))
    assert (name, reading.dataset) == ("bulk-comtrade", "comtrade")
    assert _values(reading) == {
        "imports.HS847150.TWN. 2024-01": 110.5,
        "imports.HS847150.TWN.weight 2024-01": 12.5,
        "imports.HS847150.TWN.quantity 2024-01": 100,
    }


def test_comtrade_answers_may_leave_out_what_was_not_asked(blob):
    kept = (
        "typeCode",
        "freqCode",
        "refPeriodId",
        "period",
        "reporterCode",
        "flowCode",
        "partnerCode",
        "cmdCode",
    )
    record = {name: _COMTRADE[name] for name in kept} | {"primaryValue": 7.25, "flowCode": "RX"}
    answer = {"elapsedTime": "0.1 secs", "count": 1, "data": [record], "error": ""}
    name, reading = _read(blob(json.dumps(answer), "answer.json"))
    assert name == "comtrade"
    assert _values(reading) == {"re_exports.HS847150.TWN. 2024-01": 7.25}
