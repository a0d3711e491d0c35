"""HS editions, the national classification, concordance and companies, as carried."""

from __future__ import annotations

import csv
import subprocess
import sys
from importlib import resources

import pytest

from tidewaiter.errors import UnknownNameError
from tidewaiter.nomenclature import ccc, commodities, companies, described, hs
from tidewaiter.nomenclature.codelist import commodity_code

_SUBHEADINGS = {edition: [code for code in hs.codes(edition) if len(code) == 6] for edition in hs.EDITIONS}


def test_editions_are_whole():
    assert {edition: len(codes) for edition, codes in _SUBHEADINGS.items()} == {
        "HS2017": 5388,
        "HS2022": 5613,
    }
    assert sum(len(code) == 2 for code in hs.codes("HS2022")) == 97


@pytest.mark.parametrize("edition", hs.EDITIONS)
def test_every_code_stands_below_its_parent(edition):
    for code in hs.codes(edition):
        above = hs.parent(code)
        assert above is None or code in hs.children(above, edition)


def test_names_in_both_languages():
    assert hs.name("HS847150", "en").startswith(
        "Units of automatic data processing machines; processing units"
    )
    assert hs.name("847180", "zh") == "其他自動資料處理機單元"
    assert hs.name("852411", "zh") == ""  # only HS 2022 has it, and nothing is made up


def test_a_vague_name_is_told_with_its_heading():
    assert hs.name("010129", "zh") == "其他馬"
    assert hs.name("847190", "zh").startswith("其他（自動資料處理機及其附屬單元")


def test_leading_zeros_are_back():
    assert [str(one) for one in hs.convert("010121", "HS2017", "HS2022")] == ["010121 (1:1)"]
    assert {one.code for one in hs.convert("030990", "HS2022", "HS2017")} >= {"030619", "030799"}


def test_what_is_split_is_not_comparable():
    split = hs.convert("847150", "HS2017", "HS2022")
    assert [one.code for one in split][:2] == [
        "847150",
        "854921",
    ]  # waste of it moved to a heading of its own
    assert all(one.weight is None and one.note == "not comparable" for one in split)
    (whole,) = hs.convert("847150", "HS2022", "HS2017")
    assert (whole.kind, whole.weight, whole.note) == ("n:1", 1.0, "")


@pytest.mark.parametrize(("of", "to"), [hs.EDITIONS, hs.EDITIONS[::-1]])
def test_conversion_leads_back(of, to):
    for code in _SUBHEADINGS[of]:
        for one in hs.convert(code, of, to):
            back = hs.convert(one.code, to, of)
            assert code in {other.code for other in back}
            assert (one.weight is None) == (len(hs.convert(code, of, to)) > 1)
            assert one.kind.endswith(":1") == (one.weight == 1.0)
            assert one.kind.startswith("1:") == (len(back) == 1)


@pytest.mark.shared
def test_conversion_is_the_published_table(shared_path):
    with shared_path("data/nomenclature/hs_concordances.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["adjustment"] == "2022 to 2017"]
    published = {(row["code.after"].zfill(6), row["code.before"].zfill(6)) for row in rows}
    carried = {
        (code, one.code) for code in _SUBHEADINGS["HS2022"] for one in hs.convert(code, "HS2022", "HS2017")
    }
    assert carried == published


@pytest.mark.parametrize(("code", "of"), [("999998", "HS2022"), ("8471", "HS2022"), ("847150", "HS2012")])
def test_what_is_not_there_is_an_error(code, of):
    with pytest.raises(UnknownNameError):
        hs.convert(code, of, "HS2017")


def test_national_codes():
    assert ccc.name("8471500000") == ccc.name("84715000")  # a name that repeats is kept once
    assert ccc.name("85423100002", "en").startswith("Processors and controllers")
    assert (ccc.parent("8542310000"), ccc.parent("854231"), ccc.parent("85423")) == (
        "85423100",
        "85423",
        "8542",
    )
    assert (ccc.nearest("85423199990"), ccc.nearest("9912")) == ("854231", "")


def test_companies():
    assert (companies.name("C2330"), companies.find("台積電"), companies.find("2330")) == (
        "台積電",
        "C2330",
        "C2330",
    )
    assert companies.find("無此公司") is None


def test_labels_fall_back_on_official_names():
    assert commodities().label("HS847150", "zh") == "伺服器"
    assert commodities().label("HS854232", "zh") == "記憶體"
    assert commodities().label("CCC85423100002", "en").startswith("Processors")
    assert commodities().label("C2330", "zh") == "台積電"
    assert commodities().label("HS999998", "en") == "HS999998"


def test_codes_by_name():
    assert [commodity_code(name) for name in ("854232", "CCC 85423100002", "緯創")] == [
        "HS854232", "CCC85423100002", "C3231",
    ]  # fmt: skip
    assert described.meanings("2330") == ["C2330"]


def test_every_code_is_listed_with_its_names():
    listed = {code: (zh, en) for code, zh, en in described.every()}
    assert listed["HS8542"] == ("積體電路", "Electronic integrated circuits")
    assert listed["C2330"] == ("台積電", "")
    assert "CCC84715000" in listed


def test_lists_are_small_and_load_late():
    folder = resources.files("tidewaiter.nomenclature") / "names"
    assert sum(len(file.read_bytes()) for file in folder.iterdir()) < 2_000_000
    code = (
        "import sys; from tidewaiter.nomenclature import areas, commodities, flows;"
        "commodities().find('847150');"
        "assert 'tidewaiter.nomenclature.hs' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
