"""Each dialect: what is asked, how it is cut, and what its answers become in a store."""

import io
import json
import zipfile
from dataclasses import replace

import pytest
from connect_server import Reply, as_csv, as_json
from connect_shapes import CENSUS, COMEXT, CUSTOMS, DATASET, TOO_BIG, comexstat, comtrade

from tidewaiter.connect.address_of import AnyAddress
from tidewaiter.connect.apis import apis
from tidewaiter.connect.census import Census
from tidewaiter.connect.comexstat import ComexStat, ComexStatFiles
from tidewaiter.connect.comext import Comext
from tidewaiter.connect.comtrade import Comtrade
from tidewaiter.connect.query import Query, make
from tidewaiter.connect.work import get, get_addresses, read, taiwan_addresses
from tidewaiter.errors import FaultsError, UnavailableError, UnknownNameError, UsageError
from tidewaiter.model.period import Period
from tidewaiter.store import Store


def _loaded(connector, fetched, settings) -> dict[str, float]:
    """``reporter.flow.commodity.partner.measure period`` → value, of the one release that was loaded."""
    answers = read(connector, fetched, settings)
    (done,) = Store(settings.store).put(answers.incoming)
    table = Store(settings.store).scan(done.release).collect()
    return {
        f"{row['reporter']}.{row['flow']}.{row['commodity']}.{row['partner']}.{row['measure']} "
        f"{Period(row['first'], row['last'])}": row["value"]
        for row in table.iter_rows(named=True)
    }


# -- UN Comtrade ------------------------------------------------------------------------------


def test_comtrade_asks_with_its_own_codes_and_totals_of_the_other_dimensions():
    query = make(
        reporters=["臺灣"],
        partners=["USA", "world"],
        flows=["export"],
        commodities=["hs847150"],
        period="2024-01",
    )
    (part,) = Comtrade().plan(query)
    call = Comtrade().call(part)
    assert call.address == "https://comtradeapi.un.org/public/v1/preview/C/M/HS"
    assert dict(call.params) == {
        "reporterCode": "490", "partnerCode": "842,0", "period": "202401", "cmdCode": "847150",
        "flowCode": "X", "partner2Code": "0", "customsCode": "C00", "motCode": "0", "includeDesc": "TRUE",
    }  # fmt: skip
    assert Comtrade(keyed=True).call(part).address == "https://comtradeapi.un.org/data/v1/get/C/M/HS"


def test_comtrade_takes_one_period_a_call_without_a_key_and_twelve_with_one():
    query = make(reporters=["TWN"], period="2023-01..2024-06")
    assert len(Comtrade().plan(query)) == 18
    assert [len(part.periods) for part in Comtrade(keyed=True).plan(query)] == [12, 6]


def test_an_address_that_grows_too_long_is_cut():
    codes = [str(100000 + n) for n in range(600)]
    parts = Comtrade(keyed=True).plan(make(reporters=["TWN"], commodities=codes, period="2024"))
    assert all(len(Comtrade(keyed=True).call(part).shown) <= 2000 for part in parts)
    assert [code for part in parts for code in part.commodities] == codes


class _Nine(Comtrade):
    """A service that cuts its answers at nine rows."""

    @property
    def api(self):
        return replace(super().api, row_limit=9)


def test_an_answer_at_the_limit_is_asked_again_in_halves_and_loaded_once(server, settings, monkeypatch):
    monkeypatch.setenv("TIDEWAITER_COMTRADE_KEY", "k-0123456789")
    connector = _Nine(keyed=True, base=server.base)
    server.answer = lambda asked: as_json(comtrade(asked.params, cut=9))
    query = make(reporters=["TWN"], flows=["exports"], commodities=["847150"], period="2020..2024")
    done = get(connector, query, settings)
    assert [asked.params["period"] for asked in server.asked] == [
        "2020,2021,2022,2023,2024", "2020,2021", "2022,2023,2024", "2022", "2023,2024",
    ]  # fmt: skip
    assert [record.rows for record in done.split] == [9, 9]
    values = _loaded(connector, done, settings)
    assert len(values) == 20
    assert {key.split()[1] for key in values} == {"2020", "2021", "2022", "2023", "2024"}
    again = get(connector, query, settings)  # the cuts are remembered
    assert again.asked == 0
    assert len(again.obtained) == 3


def test_an_answer_that_stays_full_is_an_error_and_nothing_of_it_is_given_on(server, settings):
    server.answer = lambda _asked: as_json({"count": 500, "data": [{}] * 500, "error": ""})
    query = make(reporters=["TWN"], flows=["exports"], commodities=["AG6"], period="2024")
    with pytest.raises(UnavailableError, match="cannot be cut further") as caught:
        get(Comtrade(base=server.base), query, settings)
    assert caught.value.kind == "incomplete"
    assert "partners" in caught.value.hint


def test_comtrade_answers_become_one_release_known_from_the_day_of_fetching(server, settings):
    connector = Comtrade(base=server.base)
    server.answer = lambda asked: as_json(comtrade(asked.params))
    query = make(reporters=["TWN"], flows=["exports"], commodities=["847150"], period="2023..2024")
    fetched = get(connector, query, settings)
    answers = read(connector, fetched, settings)
    (done,) = Store(settings.store).put(answers.incoming)
    assert done.release.id == "comtrade@2024"
    assert done.release.published.isoformat() == "2026-11-23"
    assert not done.release.published_inferred
    assert len(done.release.files) == 2
    assert done.release.observations == 8


def test_periods_without_rows_are_a_finding(server, settings):
    connector = Comtrade(base=server.base)
    server.answer = lambda asked: as_json(
        comtrade(asked.params, cut=0 if asked.params["period"] == "2024" else None)
    )
    fetched = get(connector, make(reporters=["TWN"], flows=["exports"], period="2022..2024"), settings)
    assert [one.record.outcome for one in fetched.obtained] == ["data", "data", "nothing"]
    answers = read(connector, fetched, settings)
    assert answers.findings == ["asked, and no rows came for 2024: not yet published, or no such trade"]
    (done,) = Store(settings.store).put(answers.incoming)
    assert answers.findings[0] in done.release.findings


def test_what_nobody_can_be_asked_is_told_before_asking():
    with pytest.raises(UsageError, match="whose trade"):
        Comtrade().plan(make(period="2024"))
    with pytest.raises(UnknownNameError, match="no area is called 'Atlantis'"):
        make(reporters=["Atlantis"], period="2024")
    with pytest.raises(UsageError, match="no commodity"):
        make(commodities=["servers"], period="2024")
    with pytest.raises(UsageError, match="no flow"):
        make(flows=["sideways"], period="2024")
    with pytest.raises(UsageError, match="no start"):
        make(period="..2024")
    with pytest.raises(UsageError, match="has no code for TWN_X"):
        Comtrade().plan(Query(("TWN_X",), periods=(Period.year(2024),)))


# -- US Census --------------------------------------------------------------------------------


def test_census_asks_all_months_at_once_and_each_flow_code_and_partner_apart():
    query = make(commodities=["847150", "8542"], partners=["TWN", "CHN"], period="2024")
    parts = Census().plan(query)
    assert len(parts) == 8
    call = Census().call(next(part for part in parts if part.flows == ("imports",)))
    assert call.address == "https://api.census.gov/data/timeseries/intltrade/imports/hs"
    assert dict(call.params) == {
        "get": "GEN_VAL_MO,CON_VAL_MO,GEN_QY1_MO,UNIT_QY1,CTY_NAME", "I_COMMODITY": "847150",
        "CTY_CODE": "5830", "time": "from 2024-01 to 2024-12",
    }  # fmt: skip


def test_census_levels_are_asked_as_levels():
    (part,) = Census().plan(make(commodities=["AG2"], flows=["exports"], period="2024-03"))
    asked = dict(Census().call(part).params)
    assert asked["COMM_LVL"] == "HS2"
    assert asked["get"].split(",")[:3] == ["CTY_CODE", "CTY_NAME", "E_COMMODITY"]
    assert asked["time"] == "2024-03"
    with pytest.raises(UsageError, match="8 digits"):
        Census().plan(make(commodities=["84715000"], period="2024-03"))
    with pytest.raises(UsageError, match="United States only"):
        Census().plan(make(reporters=["TWN"], commodities=["8471"], period="2024-03"))


def test_census_answers_are_read_and_204_is_no_error(server, settings, monkeypatch):
    monkeypatch.setenv("TIDEWAITER_CENSUS_KEY", "k-0123456789")
    connector = Census(base=server.base)
    server.answer = lambda asked: as_json(CENSUS) if "/imports/" in asked.path else Reply(204)
    fetched = get(
        connector, make(commodities=["847150"], partners=["TWN"], period="2024-01..2024-02"), settings
    )
    assert [one.record.outcome for one in fetched.obtained] == ["data", "nothing"]
    values = _loaded(connector, fetched, settings)
    assert values["USA.imports.HS847150.TWN. 2024-01"] == 1200
    assert values["USA.imports.HS847150.TWN.consumption 2024-02"] == 1150


# -- Eurostat Comext --------------------------------------------------------------------------


def test_comext_keys_have_six_parts_in_order():
    query = make(
        reporters=["DEU", "GRC"], partners=["TWN"], commodities=["854231"], period="2024-01..2024-12"
    )
    (part,) = Comext().plan(query)
    call = Comext().call(part)
    assert call.address.rpartition("/")[
        2
    ] == "M.DE+GR.TW.854231.2+1.VALUE_IN_EUROS+QUANTITY_IN_100KG".replace("2+1", "1+2")
    assert dict(call.params) == {
        "startPeriod": "2024-01", "endPeriod": "2024-12", "format": "SDMX-CSV", "compressed": "false",
    }  # fmt: skip
    assert (
        Comext()
        .call(make(commodities=["total"], period="2024"))
        .address.endswith("/A...TOTAL.1+2.VALUE_IN_EUROS+QUANTITY_IN_100KG")
    )


def test_comext_is_cut_when_too_much_was_asked_and_knows_its_own_day(server, settings):
    connector = Comext(base=server.base)
    days = {"2024-01": "14/02/25", "2024-02": "13/02/25"}  # the whole was known on the later one

    def answer(asked):
        month = asked.params["startPeriod"]
        if month != asked.params["endPeriod"]:
            return Reply(413, TOO_BIG.encode())
        return as_csv(COMEXT.replace("2024-01", month).replace("14/02/25", days[month]))

    server.answer = answer
    query = make(
        reporters=["DEU"],
        partners=["TWN"],
        commodities=["854231"],
        flows=["imports"],
        period="2024-01..2024-02",
    )
    fetched = get(connector, query, settings)
    assert [record.status for record in fetched.split] == [413]
    answers = read(connector, fetched, settings)
    assert {file.published.isoformat() for file in answers.incoming} == {"2025-02-14"}
    values = _loaded(connector, fetched, settings)
    assert values == {
        f"DEU.imports.HS854231.TWN.{measure} 2024-0{month}": value
        for measure, value in (("eur", 100), ("weight", 3))
        for month in (1, 2)
    }


# -- Brazil -----------------------------------------------------------------------------------


def test_comex_stat_is_asked_by_flow_and_length_of_codes_and_the_world_apart():
    query = make(
        commodities=["12019000", "8542", "total"], partners=["CHN", "world"], period="2024-01..2024-12"
    )
    parts = ComexStat().plan(query)
    assert len(parts) == 12
    body = json.loads(ComexStat().call(parts[0]).body)
    assert body == {
        "flow": "export", "monthDetail": True, "period": {"from": "2024-01", "to": "2024-12"},
        "filters": [{"filter": "ncm", "values": ["12019000"]}, {"filter": "country", "values": [160]}],
        "details": ["ncm", "country"], "metrics": ["metricFOB", "metricKG"],
    }  # fmt: skip
    assert json.loads(ComexStat().call(parts[-1]).body)["details"] == []


def test_comex_stat_answers_get_their_flow_from_the_question(server, settings):
    connector = ComexStat(base=server.base)
    server.answer = lambda asked: Reply(200, comexstat(json.loads(asked.body)["flow"]))
    fetched = get(connector, make(commodities=["12019000"], period="2024-01"), settings)
    values = _loaded(connector, fetched, settings)
    assert values == {
        "BRA.exports.HS12019000.CHN. 2024-01": 900,
        "BRA.exports.HS12019000.CHN.weight 2024-01": 1800,
        "BRA.imports.HS12019000.CHN. 2024-01": 900,
        "BRA.imports.HS12019000.CHN.freight 2024-01": 12,
        "BRA.imports.HS12019000.CHN.insurance 2024-01": 1,
        "BRA.imports.HS12019000.CHN.weight 2024-01": 1800,
    }


def test_comex_stat_files_are_one_a_flow_and_year(server, settings):
    connector = ComexStatFiles(base=server.base)
    parts = connector.plan(make(flows=["exports"], period="2023-11..2024-02"))
    assert [connector.call(part).address.rpartition("/")[2] for part in parts] == [
        "EXP_2023.csv",
        "EXP_2024.csv",
    ]
    with pytest.raises(UsageError, match="all goods"):
        connector.plan(make(commodities=["8542"], period="2024"))
    head = "CO_ANO;CO_MES;CO_NCM;CO_UNID;CO_PAIS;SG_UF_NCM;CO_VIA;CO_URF;QT_ESTAT;KG_LIQUIDO;VL_FOB"
    server.answer = lambda asked: as_csv(
        f"{head}\n{asked.path[-8:-4]};01;01012100;11;160;SP;01;0817600;2;900;1000\n"
    )
    fetched = get(connector, make(flows=["exports"], period="2024"), settings)
    assert fetched.obtained[0].record.rows == 1
    assert _loaded(connector, fetched, settings)["BRA.exports.HS01012100.CHN. 2024-01"] == 1000


# -- Taiwan, and any address ------------------------------------------------------------------


def test_a_dataset_names_its_files_and_the_best_format_is_fetched(server, settings):
    page = json.loads(json.dumps(DATASET).replace("{base}", server.base))
    server.answer = lambda asked: as_json(page) if "dataset" in asked.path else as_csv(CUSTOMS)
    queries = taiwan_addresses("6053", settings, base=server.base)
    assert [query.address for query in queries] == [f"{server.base}/a.csv"]
    assert server.asked[0].path == "/api/v2/rest/dataset/6053"
    connector = AnyAddress(given=apis()["taiwan"])
    fetched = get_addresses(queries, connector, settings)
    values = _loaded(connector, fetched, settings)
    assert values["TWN.exports.total.W00.twd 2026-06"] == 1500
    with pytest.raises(UnavailableError, match="no file that can be read") as caught:
        taiwan_addresses("6053", settings, resource="年報", base=server.base)
    assert "XML 月; CSV 月" in caught.value.hint


def test_files_known_by_name_need_no_page(server, settings):
    (query,) = taiwan_addresses("customs-totals", settings)
    assert query.address == "https://opendata.customs.gov.tw/data/6053/csv.csv"
    with pytest.raises(UsageError, match="no dataset"):
        taiwan_addresses("nonsense", settings)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("ftp://data.example/a.csv", "no web address"),
        ("/etc/passwd", "no web address"),
        ("https://[", "no web address"),
        ("https://user:pw@data.example/a.csv", "user name or password"),
        ("https://data.example/a.csv?Token=abc", "holds a key"),
    ],
)
def test_addresses_that_are_none_or_hold_a_secret_are_refused(address, why):
    with pytest.raises(UsageError, match=why) as caught:
        AnyAddress().plan(Query(address=address))
    assert "abc" not in str(caught.value)
    assert "pw" not in str(caught.value)


def test_an_unknown_layout_is_archived_and_not_loaded(server, settings):
    server.answer = lambda _asked: as_csv("a,b\n1,2\n")
    connector = AnyAddress()
    fetched = get_addresses(
        [Query(address=f"{server.base}/a.csv"), Query(address=f"{server.base}/b.csv")], connector, settings
    )
    assert [one.record.outcome for one in fetched.obtained] == ["data", "data"]
    with pytest.raises(FaultsError, match="no source knows this layout"):
        read(connector, fetched, settings)


def test_a_zip_archive_is_read_member_by_member(server, settings):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("totals.csv", CUSTOMS)
    server.answer = lambda _asked: Reply(200, packed.getvalue(), {"Content-Type": "application/zip"})
    connector = AnyAddress()
    fetched = get_addresses([Query(address=f"{server.base}/totals.zip")], connector, settings)
    (incoming,) = read(connector, fetched, settings).incoming
    assert incoming.name.endswith(".zip/totals.csv")
    assert len(incoming.readings[0].observations) == 6


def test_every_fact_names_where_it_was_read():
    for api in apis().values():
        assert api.facts
        assert all(fact.what and fact.read_in for fact in api.facts)
