"""Customs by code and country, and the open data totals in NT$."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tidewaiter.sources import customs_by_country, customs_totals
from tidewaiter.sources.customs_query import SOURCE as QUERY
from tidewaiter.sources.registry import recognise

_HEADER = "Year,Country,HS Code,Description,Export Value (USD)"
_TOTALS = "年月,出口(千元),進口(千元)\n11507,1658224000,1232000000\n11506,1,2\n"


@pytest.mark.shared
def test_countries_of_each_code_sum_to_the_code_in_the_file_by_code(shared):
    (countries,) = customs_by_country.SOURCE.read(
        shared("data/customs-ccc11-8542/taiwan_exports_by_country_2013_2025.csv")
    )
    (codes,) = QUERY.read(shared("data/customs-ccc11-8542/taiwan_exports_8542_2013_2025.csv"))
    sums: dict[tuple[str, int], float] = defaultdict(float)
    for seen in countries.observations:
        sums[seen.key.commodity, seen.period.end_year] += seen.value
    compared = [
        (seen.value * 1e3, sums[seen.key.commodity, seen.period.end_year]) for seen in codes.observations
    ]
    assert len(countries.observations) == 9683
    assert len(compared) == 289
    assert all(mine == pytest.approx(theirs, rel=1e-6, abs=1) for mine, theirs in compared)


@pytest.mark.shared
def test_the_last_year_is_marked_for_nothing_says_it_is_whole(shared):
    (reading,) = customs_by_country.SOURCE.read(
        shared("data/customs-ccc11-8542/taiwan_exports_by_country_2013_2025.csv")
    )
    assert {str(seen.period) for seen in reading.observations if seen.preliminary} == {"2025"}
    assert any("67%" in finding for finding in reading.findings)


def test_a_table_with_other_codes_or_names_is_another_layout(blob):
    assert not customs_by_country.SOURCE.sniff(blob(f"{_HEADER}\n2020,Germany,854231,Processors,5\n"))


def test_all_faults_of_a_table_by_country_are_told_with_their_places(blob, faults_of):
    rows = "2020,中國大陸,85423100002,a,5\n2020,亞特蘭提斯,85423100002,a,5\n"
    rows += "20x0,美國,8542310000,a,?\n2020,美國,542310002,a,1\n"
    faults = faults_of(customs_by_country.SOURCE, blob(f"{_HEADER}\n{rows}"))
    assert [fault.split(":")[0] for fault in faults] == [
        "file.csv › line 3, Country",
        "file.csv › line 4, Year",
        "file.csv › line 4, Export Value (USD)",
        "file.csv › line 5, HS Code",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950"])
def test_totals_are_new_taiwan_dollars_whatever_the_encoding(blob, number, encoding):
    file = blob(_TOTALS, "6053.csv", encoding)
    assert recognise(file) is customs_totals.SOURCE
    (reading,) = customs_totals.SOURCE.read(file)
    seen = number(reading, "TWN.exports.total.W00.twd", "2026-07")
    assert (seen.value, str(seen.unit)) == (1_658_224_000, "1e3 TWD")
    assert (reading.edition, reading.numeric_cells, reading.layout_cells) == ("2026-07", 6, 2)


def test_years_and_months_may_stand_apart(blob, number):
    text = (
        "\ufeff年度,月份,出口總值(新臺幣千元),進口總值(新臺幣千元),出入超(新臺幣千元)\n115,6,1500,1300,200\n"
    )
    file = blob(text, "6053.csv")
    assert recognise(file) is customs_totals.SOURCE
    (reading,) = customs_totals.SOURCE.read(file)
    assert number(reading, "TWN.balance.total.W00.twd", "2026-06").value == 200
    assert (reading.edition, reading.numeric_cells, reading.layout_cells) == ("2026-06", 5, 2)


def test_a_total_in_us_dollars_keeps_its_own_series(blob):
    (reading,) = customs_totals.SOURCE.read(blob("進口(美元千元),年月\n7,114年7月\n"))
    assert [(str(seen.key), str(seen.period)) for seen in reading.observations] == [
        ("TWN.imports.total.W00", "2025-07")
    ]


def test_a_column_that_is_no_flow_is_a_fault(blob, faults_of):
    faults = faults_of(customs_totals.SOURCE, blob("年月,出口(千元),匯率(元)\n11507,1,2\n"))
    assert "header, 匯率(元)" in faults[0]


def test_imports_and_other_units_by_country(blob):
    from tidewaiter.sources.customs_by_country import SOURCE  # noqa: PLC0415

    text = (
        "HS Code,Country,Year,Import Value (USD thousand),Re-export Value (NT$)\n"
        '84862000006,荷蘭,2021,123.5,3500000\n84862000006,日本,2022,"1,000",7\n'
    )
    (reading,) = SOURCE.read(blob(text))
    assert [(str(o.key), str(o.period), o.value, str(o.unit)) for o in reading.observations] == [
        ("TWN.imports.CCC84862000006.NLD", "2021", 123.5, "1e3 USD"),
        ("TWN.re_exports.CCC84862000006.NLD.twd", "2021", 3500000, "TWD"),
        ("TWN.imports.CCC84862000006.JPN", "2022", 1000, "1e3 USD"),
        ("TWN.re_exports.CCC84862000006.JPN.twd", "2022", 7, "TWD"),
    ]
