"""What the commodity list tells about its groups is whole: sources beside definitions, codes that exist."""

from __future__ import annotations

import pytest

from tidewaiter.nomenclature import commodities

_ENTRIES = list(commodities().entries.values())


@pytest.mark.parametrize("entry", _ENTRIES, ids=lambda entry: entry.code)
def test_an_entry_names_only_codes_that_exist(entry):
    named = [*entry.facts.get("members", ()), *entry.facts.get("look_alikes", ())]
    named += [entry.facts[field] for field in ("group", "use") if field in entry.facts]
    assert all(code in commodities().entries and code != entry.code for code in named)


@pytest.mark.parametrize("entry", _ENTRIES, ids=lambda entry: entry.code)
def test_a_definition_has_two_languages_and_a_source(entry):
    told = {"definition_zh", "definition_en", "definition_source"} & set(entry.facts)
    assert len(told) in (0, 3)


@pytest.mark.parametrize("entry", _ENTRIES, ids=lambda entry: entry.code)
def test_unofficial_codes_say_whose_and_when(entry):
    told = {"hs_unofficial", "hs_unofficial_source", "hs_unofficial_date"} & set(entry.facts)
    assert len(told) in (0, 3)


def test_machinery_is_defined_as_the_release_prints_it():
    """Release of 2025-09-09, notes to Tables 2, 3 and 11."""
    text = commodities().entries["machinery"].facts["definition_zh"]
    assert text == "我國輸出入貨品分類號列第84章之貨品，但不含屬於家用之電器，且不含與自動資料處理機相關者。"


def test_servers_are_not_their_assemblies():
    """Brief 459, scope note: without a CPU they are exported under 847180."""
    assert "HS847180" in commodities().entries["HS847150"].facts["look_alikes"]
    assert commodities().entries["HS847180"].facts["look_alikes"] == ["HS847150"]
