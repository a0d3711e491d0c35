"""What ``tidewaiter map`` proposes for layouts nobody described."""

import pytest

from tidewaiter.errors import FaultsError, UnknownLayoutError
from tidewaiter.sources.mapping.kept import keep, kept
from tidewaiter.sources.mapping.propose import propose, sample
from tidewaiter.sources.mapping.read import read
from tidewaiter.sources.mapping.spec import parse
from tidewaiter.sources.protocol import Blob

_KOREA = """Korea Customs Service: exports by HS and country
Unit: US$ thousand
Period,HS Code,Item,Country,Export Value,Export Weight(kg)
2024.01,8542,IC,China,"1,234",12
2024.01,8542,IC,Viet Nam,"2,234",22
2024.02,854231,Processors,China,"1,111",9
"""
_WIDE = "Reporter;Partner;HS6;2021;2022;2023\nGermany;France;010121;1,5;2;3\nGermany;Italy;854231;4;5;6\n"
_MEXICO = """anio,mes,flujo,pais,hs6,valor_usd,peso_kg
2023,1,Exportaciones,USA,870323,100.5,20
2023,2,Importaciones,CHN,854231,200,30
"""
_CANADA = """Year/Month,Country,HS6,Province,Value ($),Quantity,Unit of measure
2024-01,United States,870323,Total,100,2,NMB
2024-01,United States,870323,Ontario,60,1,NMB
2024-02,Japan,10121,Total,5,1,NMB
"""
_SDMX = """TIME_PERIOD,REF_AREA,COUNTERPART_AREA,FLOW,COMMODITY,UNIT_MEASURE,OBS_VALUE,OBS_STATUS
2024-01,DEU,USA,X,85,EUR,1000,A
2024-02,DEU,W00,M,_T,EUR,2000,P
"""
_TAIWAN = """年月,國家,貨品號列,出口值(美元千元),出口重量(公斤)
11301,美國,8471500000,123,45
11302,日本,8471500000,12,4
"""


def _parts(blob) -> dict:
    return propose(blob).parts


def test_titles_tell_unit_flow_and_reporter(blob):
    parts = _parts(blob(_KOREA, "korea.csv"))
    assert parts["file"]["header"] == 3
    assert parts["reporter"] == {"constant": "KOR"}
    assert parts["flow"] == {"constant": "exports"}
    assert parts["period"] == {"column": "Period", "format": "month"}
    assert parts["commodity"]["column"] == "HS Code"
    assert [(value["column"], value["unit"]) for value in parts["values"]] == [
        ("Export Value", "1e3 USD"),
        ("Export Weight(kg)", "kg"),
    ]


def test_a_proposal_reads_the_file_as_it_is(blob):
    file = blob(_KOREA, "korea.csv")
    reading = read(parse(propose(file).yaml), file)
    assert reading.table.height == 6
    assert reading.table["value"][0] == 1234


def test_periods_across_the_top_and_decimal_commas(blob):
    file = blob(_WIDE, "wide.csv")
    proposal = propose(file)
    assert proposal.parts["period"] == {"column": "period", "format": "year"}
    assert proposal.parts["file"]["decimal"] == ","
    assert proposal.unknown == ["values"]
    assert sample(file, proposal, 1).rows[0][-4:] == ["2021", "1.5", "???", "line 2, column D"]


def test_year_and_month_apart_and_words_of_another_language(blob):
    parts = _parts(blob(_MEXICO))
    assert parts["period"] == {"column": ["anio", "mes"], "format": "month"}
    assert parts["flow"]["words"] == {"Exportaciones": "exports", "Importaciones": "imports"}
    assert parts["partner"] == {"column": "pais", "codes": ["iso3"]}


def test_rows_that_cut_a_number_further_count_with_their_total_and_zeros_come_back(blob):
    parts = _parts(blob(_CANADA))
    assert parts["where"] == [{"column": "Province", "is": ["Total"]}]
    assert parts["commodity"]["pad"] == 6
    assert parts["values"][1] == {
        "column": "Quantity", "unit_column": "Unit of measure", "units": {}, "measure": "quantity",
    }  # fmt: skip


def test_sdmx_names_units_and_status(blob):
    parts = _parts(blob(_SDMX))
    assert (parts["reporter"]["column"], parts["partner"]["column"]) == ("REF_AREA", "COUNTERPART_AREA")
    assert parts["commodity"]["words"] == {"_T": "total"}
    assert parts["values"] == [{"column": "OBS_VALUE", "unit": "EUR"}]
    assert parts["preliminary"] == {"column": "OBS_STATUS", "words": ["P"]}


def test_the_calendar_of_the_republic_tells_who_reports(blob):
    parts = _parts(blob(_TAIWAN))
    assert parts["period"]["format"] == "roc"
    assert parts["reporter"] == {"constant": "TWN"}
    assert parts["values"][0]["unit"] == "1e3 USD"


def test_what_is_not_known_is_refused_until_it_is_filled_in(blob):
    proposal = propose(blob(_MEXICO))
    assert proposal.unknown == ["reporter"]
    with pytest.raises(FaultsError, match="is still to be filled in"):
        parse(proposal.yaml)
    assert parse(proposal.yaml.replace("???", "MEX")).reporter.constant == "MEX"


@pytest.mark.parametrize("text", ["", "only words here\n", "1,2,3\n4,5,6\n"])
def test_a_file_without_a_table_is_told(blob, text):
    with pytest.raises(UnknownLayoutError):
        propose(blob(text))


def test_map_prints_saves_and_load_reads_by_it(tidewaiter, tmp_path):
    file, saved, store = tmp_path / "made.csv", tmp_path / "made.yml", tmp_path / "store"
    file.write_text(_MEXICO, encoding="utf-8")
    answer = tidewaiter("map", file)
    assert answer.code == 1
    assert "still to be filled in" in answer.err
    assert "period: {column: [anio, mes], format: month}" in answer.out
    assert tidewaiter("map", file, "--save", saved).code == 1
    assert tidewaiter("map", file, "--save", saved).code == 2
    saved.write_text(saved.read_text(encoding="utf-8").replace("'???'", "MEX"), encoding="utf-8")
    loaded = tidewaiter("load", file, "--map", saved, "--store", store, "--format", "json")
    assert loaded.json[0]["observations"] == 4
    got = tidewaiter("get", "MEX.exports.HS870323.USA", "--store", store, "--format", "json")
    assert got.json[0]["value"] == 100.5


def test_dates_decimal_commas_and_spanish_names(blob):
    text = (
        "FECHA;PAIS_DESTINO;CODIGO_ARANCEL;FOB_US;KILOS_NETOS\n"
        "2024-01-01;CHINA;74031100;1.000.000,50;1000\n2024-02-01;JAPON;74031100;900.000,00;900\n"
    )
    file = blob(text, "chile_exportaciones.csv")
    parts = _parts(file)
    assert parts["period"] == {"column": "FECHA", "format": "month"}
    assert parts["partner"] == {"column": "PAIS_DESTINO", "codes": ["name"]}
    assert parts["commodity"]["column"] == "CODIGO_ARANCEL"
    assert parts["flow"] == {"constant": "exports"}
    assert parts["reporter"] == {"constant": "CHL"}
    assert parts["values"][1] == {"column": "KILOS_NETOS", "unit": "kg"}
    assert sample(file, propose(file), 1).rows[0][6] == "1,000,000.5"


def test_a_kept_mapping_reads_the_next_file_by_itself(tidewaiter, tmp_path):
    file, mine, store = tmp_path / "made.csv", tmp_path / "my.yml", tmp_path / "store"
    file.write_text(_MEXICO, encoding="utf-8")
    assert tidewaiter("map", file, "--keep", "mexico").code == 1  # the reporter is not known: not kept
    assert "no mapping is kept" in tidewaiter("map").err
    mine.write_text(propose(_blob_of(file)).yaml.replace("???", "MEX"), encoding="utf-8")
    assert tidewaiter("map", file, "--map", mine, "--keep", "mexico").code == 0
    assert "mexico" in tidewaiter("map").out
    assert tidewaiter("map", file, "--map", mine, "--keep", "mexico").code == 2
    after = tmp_path / "next.csv"
    after.write_text(_MEXICO.replace("2023", "2024"), encoding="utf-8")
    loaded = tidewaiter("load", after, "--store", store, "--format", "json")
    assert (loaded.code, loaded.json[0]["observations"]) == (0, 4)
    assert tidewaiter("map", "--forget", "mexico").code == 0
    assert tidewaiter("load", after, "--store", store).code == 1


def test_a_title_that_speaks_of_another_flow_is_another_layout(tidewaiter, tmp_path, blob):
    exports = _KOREA.replace("Export ", "").replace("2024.01", "2024-01").replace("2024.02", "2024-02")
    keep("korea", propose(blob(exports, "korea.csv")).yaml)
    (source,) = kept()
    assert source.sniff(blob(exports, "any.csv"))
    assert not source.sniff(blob(exports.replace("exports", "imports"), "any.csv"))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("format: month", "format: moon", "'moon' is none we know (known: any"),
        ("period: {column", "period: {colum", "did you mean column?"),
        ("codes: [iso3]", "codes: [iso4]", "no list is called 'iso4'"),
        ("unit: kg", "unit: a kg", "'a kg' is not a unit"),
        ("values:", "values: [", "is not YAML"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_is_allowed(blob, before, after, told):
    text = propose(blob(_MEXICO)).yaml.replace("???", "MEX")
    with pytest.raises(FaultsError) as raised:
        parse(text.replace(before, after, 1), "my.yml")
    assert told in str(raised.value)
    assert "my.yml" in str(raised.value)
    assert "line " in str(raised.value)


def _blob_of(path):
    return Blob(path.name, path.read_bytes())


def test_letters_before_periods_a_flow_by_its_letter_and_one_unit_for_all(blob):
    text = "year,CTY_CODE,CTYNAME,IJAN,IFEB,IMAR,EJAN,EFEB,EMAR\n" + "".join(
        f"2024,{code},{name},1.5,2.5,3.5,4.5,5.5,6.5\n"
        for code, name in (("1220", "Canada"), ("5700", "China"), ("5880", "Japan"))
    )
    parts = _parts(blob(text, "country.csv"))
    assert parts["unit"] == "???"
    assert parts["values"] == [{"column": "I", "flow": "imports"}, {"column": "E"}]
    assert parts["reporter"] == {"constant": "USA"}  # by the codes, which are its office's own


def test_one_unit_is_filled_in_once_and_reaches_every_column_that_tells_none(blob):
    file = blob("date,exports,imports\n2025-06-01,1,2\n2025-07-01,3,4\n", "made.csv")
    filled = (
        propose(file).yaml.replace("unit: ???", "unit: 1e6 MYR").replace("constant: '???'", "constant: MYS")
    )
    assert set(read(parse(filled), file).table["unit"]) == {"1e6 MYR"}


def test_a_column_called_country_is_no_reporter_unless_the_heading_says_so(blob):
    rows = "2024,Chile,1.5\n2024,Peru,2.5\n"
    assert _parts(blob(f"year,country,exports_usd\n{rows}"))["partner"]["column"] == "country"
    turned = _parts(blob(f"year,country_or_area,exports_usd\n{rows}"))
    assert turned["reporter"]["column"] == "country_or_area"
    assert turned["partner"] == {"constant": "W00"}


def test_the_name_of_a_good_is_no_currency(blob):
    rows = "".join(f"{year},Shoes with outer soles,Chile,1.5\n" for year in (2024, 2025))
    parts = _parts(blob(f"year,Product,country,value\n{rows}"))
    assert parts["values"] == [{"column": "value", "unit": "???"}]


def test_sections_over_a_file_with_a_column_of_that_name_get_another(blob):
    text = "date,section,exports_usd\nA:\n2024,1,5.5\nB:\n2024,2,6.5\n"
    parts = _parts(blob(text, "chile.csv"))
    assert parts["file"]["section"] == "section above"
