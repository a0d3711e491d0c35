"""Areas and groups as dated lists: codes that exist, dates that hold, sources beside everything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tidewaiter.errors import UnknownNameError
from tidewaiter.model.period import Period
from tidewaiter.nomenclature import areas, commodities
from tidewaiter.nomenclature.groups import Codes, group_lists, lists_of, unofficial
from tidewaiter.nomenclature.memberships import area, areas_of, dated_areas, members
from tidewaiter.nomenclature.synonyms import synonyms


@pytest.mark.parametrize("one", dated_areas().values(), ids=lambda one: one.code)
def test_a_dated_area_names_countries_that_exist_and_its_source(one):
    assert one.code in areas().entries
    assert all(stay.code in areas().entries for stay in one.stays)
    assert one.sources
    assert one.told["zh"]
    assert one.told["en"]
    assert one.stays or one.not_published
    assert len({(stay.code, stay.first) for stay in one.stays}) == len(one.stays)


@pytest.mark.parametrize(
    ("code", "month", "count"),
    [
        ("EU", "1972-12", 6), ("EU", "1995-01", 15), ("EU", "2004-05", 25), ("EU", "2007-01", 27),
        ("EU", "2013-07", 28), ("EU", "2020-01", 28), ("EU", "2020-02", 27),
        ("ASEAN", "1999-04", 10), ("ASEAN", "2025-09", 10), ("ASEAN", "2025-10", 11),
        ("EUZ", "1999-01", 11), ("EUZ", "2015-01", 19), ("EUZ", "2023-01", 20), ("EUZ", "2026-01", 21),
        ("EU28", "1990-01", 28), ("NSP18", "2025-08", 18), ("SOUTH_ASIA6", "2025-08", 6),
    ],
)  # fmt: skip
def test_an_area_has_as_many_members_as_its_publisher_counts(code, month, count):
    """EU-15, EU-25, EU-27, EU-28; EA-11, EA-19, EA-20: Eurostat's own names of these lists."""
    assert len(members(code, Period.parse(month))) == count


def test_a_year_in_which_a_member_left_does_not_hold_it():
    assert "GBR" not in members("EU", Period.parse("2020"))
    assert "GBR" in members("EU", Period.parse("2019"))
    assert "HRV" not in members("EU", Period.parse("2013"))
    assert str(area("EU").changes()[-1]) == "2020-02"


def test_the_release_counts_ten_members_of_asean_as_it_prints():
    """Release of 2025-09-09, note to Table 8."""
    listed = area("ASEAN").release
    assert set(listed) == set(areas().entries["ASEAN"].facts["members"])
    assert "TLS" not in listed


def test_what_is_not_published_says_so():
    assert members("EUROPE") == ()
    assert "does not list" in area("EUROPE").not_published["en"]
    assert areas_of("GBR") == ("EU", "EU28")
    with pytest.raises(UnknownNameError):
        members("NOWHERE")


@pytest.mark.parametrize("one", group_lists().values(), ids=lambda one: one.code)
def test_a_list_of_groups_names_groups_that_exist_and_what_is_not_published(one):
    assert all(group in commodities().entries for group in one.groups)
    assert one.source
    assert {"zh", "en"} <= set(one.not_published)
    assert all(told["source"] for told in one.published.values())


def test_the_release_has_eleven_main_export_groups():
    """海關進出口貿易初步統計 (2025-09-09), 表2: eleven groups are told of in its text."""
    assert len(group_lists()["release_exports"].groups) == 11
    assert lists_of("ict_products")[0].code == "export_orders"


@pytest.mark.parametrize(
    ("group", "code", "holds"),
    [
        ("machinery", "845610", True), ("machinery", "847150", False), ("machinery", "84", None),
        ("machinery", "8418", None), ("machinery", "841821", False), ("ict_av", "8520", True),
        ("ict_av", "HS8473", None), ("electronic_components", "8542", True),
        ("optical_precision", "91", True), ("chemicals", "2709", False),
    ],
)  # fmt: skip
def test_unofficial_codes_include_and_exclude_at_their_depth(group, code, holds):
    codes = unofficial(group)
    assert codes is not None
    assert codes.holds(code) is holds


def test_codes_are_read_with_what_they_leave_out():
    codes = Codes.parse("84 except 8471; 847330")
    assert replace(codes, excludes=()).holds("847150") is True
    assert codes.holds("847150") is False


@pytest.mark.parametrize(
    ("word", "other"), [("chips", "積體電路"), ("晶片", "IC"), ("筆電", "laptop"), ("手機", "smartphone")]
)
def test_words_of_one_meaning_lead_to_one_another(word, other):
    assert other in synonyms(word)
    assert word not in synonyms(word)
