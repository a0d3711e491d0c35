"""Rules over whole tables: each finds what was spoilt, and nothing in what is sound."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tidewaiter.engine.audit import RULES, Status, TableRule, declared, declared_for
from tidewaiter.engine.audit.coverage import announced
from tidewaiter.engine.audit.run import CHECKS as VALUE_CHECKS
from tidewaiter.engine.audit.sheet import Sheet
from tidewaiter.engine.audit.table_rule import MOST
from tidewaiter.engine.audit.table_rules import CHECKS, TABLE_RULES
from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation, Place
from tidewaiter.model.period import Period
from tidewaiter.model.release import Publisher, Release
from tidewaiter.model.unit import Unit
from tidewaiter.nomenclature import hs
from tidewaiter.nomenclature.memberships import members
from tidewaiter.store.frame import to_frame

_MILLION = Unit("USD", 6)
_CHAPTERS = [code for code in hs.codes() if len(code) == 2]


def _release(authority: int = 0) -> Release:
    day = date(2025, 9, 9)
    return Release(
        "made@2025", "made", "2025", "made", Publisher("x", "x"), day, published_inferred=False,
        authority=authority, files=(), numeric_cells=0, observations=0, derived_cells=0, layout_cells=0,
        first_period="", last_period="", preliminary=0,
    )  # fmt: skip


def _level(key: str, period: str, value: float, unit: Unit = _MILLION, decimals: int | None = None):
    return Observation(
        Key.parse(key), Period.parse(period), LEVEL, value, unit, Place("f", "", "c"), decimals
    )


def _check(name: str, numbers: list[Observation], authority: int = 0):
    (rule,) = [rule for rule in TABLE_RULES if rule.name == name]
    return rule.run(Sheet.of(_release(authority), to_frame(numbers)))


def _months(key: str, values: list[float], start: str = "2024-01") -> list[Observation]:
    first = Period.parse(start)
    return [_level(key, str(first.shift(at)), value) for at, value in enumerate(values)]


def test_every_rule_tells_what_it_is():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.label and rule.description and rule.origin for rule in RULES)
    assert [rule.name for rule in RULES if isinstance(rule, TableRule)] == [
        "duplicate", "complete", "sum.members", "sum.partners", "sum.levels", "one.level", "unit.jump",
        "coverage", "sign", "preliminary",
    ]  # fmt: skip


def test_each_declared_rule_has_code_and_each_code_a_rule():
    assert {rule.name for rule in RULES} == set(declared()) == {*CHECKS, *VALUE_CHECKS}


@pytest.mark.parametrize("rule", declared().values(), ids=lambda rule: rule.name)
def test_a_rule_is_declared_in_both_languages(rule):
    for text in (rule.label_zh, rule.description_zh):
        assert any("\u4e00" <= sign <= "\u9fff" for sign in text)
    assert rule.severity in {"error", "warning"}


def test_a_line_of_a_derived_cell_is_of_the_rule_of_all_of_them():
    assert declared_for("derived.yoy") is declared()["derived"]
    assert declared_for("none") is None


def test_what_a_rule_allows_is_read_from_its_declaration(monkeypatch):
    numbers = [
        _level("TWN.exports.electronics_ict", "2024", 31.0),
        _level("TWN.exports.electronic_components", "2024", 20.0),
        _level("TWN.exports.ict_av", "2024", 10.0),
    ]
    assert _check("sum.members", numbers).lines
    monkeypatch.setitem(declared()["sum.members"].tolerance, "relative", 0.05)
    assert not _check("sum.members", numbers).lines


def test_two_values_of_one_number_in_one_table_are_told_with_their_places():
    one, other = _level("TWN.exports", "2024-01", 5.0), _level("TWN.exports", "2024-01", 7.0)
    twice = [replace(one, place=Place("f", "", "line 2")), replace(other, place=Place("f", "", "line 9"))]
    (line,) = _check("duplicate", twice).lines
    assert line.reason == "2 rows give this number different values: line 2, line 9"
    assert line.allowed is not None
    assert (line.allowed.low, line.allowed.high) == (5.0, 7.0)


def test_the_same_number_twice_or_in_two_tables_is_no_contradiction():
    one = _level("TWN.exports", "2024-01", 5.0)
    again, rounded = replace(one, place=Place("f", "", "d")), replace(one, value=5.04, decimals=1)
    assert _check("duplicate", [one, again]).agrees == 1
    assert not _check("duplicate", [one, rounded]).lines
    assert not _check("duplicate", [one, replace(one, value=9.0, place=Place("other"))]).lines


def test_a_flow_below_zero_is_told_and_a_balance_is_not():
    numbers = [_level("TWN.exports", "2024-01", -5.0), _level("TWN.balance", "2024-01", -5.0)]
    (line,) = _check("sign", numbers).lines
    assert line.cell.key.flow == "exports"


def test_a_final_number_behind_a_preliminary_one_is_told():
    months = _months("TWN.exports", [5.0, 5.1, 5.2])
    sound = [*months[:2], replace(months[2], preliminary=True)]
    assert (_check("preliminary", sound).agrees, _check("preliminary", sound).lines) == (1, [])
    (line,) = _check("preliminary", [months[0], replace(months[1], preliminary=True), months[2]]).lines
    assert str(line.cell.period) == "2024-02"


def test_a_month_missing_inside_is_told_at_the_month_behind_it():
    months = _months("TWN.exports.ict_av", [5.0] * 13)
    sound = _check("complete", months)
    assert (sound.agrees, sound.lines) == (13, [])
    found = _check("complete", [seen for seen in months if str(seen.period) != "2024-07"])
    (line,) = found.lines
    assert (str(line.cell.period), line.status, line.reason[:7]) == ("2024-08", Status.DISAGREES, "2024-07")
    (line,) = _check(
        "complete", [seen for seen in months if str(seen.period) != "2024-07"], authority=1
    ).lines
    assert line.status is Status.MISSING


def test_a_month_without_trade_of_a_single_product_is_not_told():
    months = _months("TWN.exports.HS847150.NRU", [5.0] * 13)
    assert not _check("complete", [seen for seen in months if str(seen.period) != "2024-07"]).lines


def test_years_are_held_to_it_as_well():
    years = [_level("TWN.exports", str(year), 5.0) for year in range(2015, 2025) if year != 2019]
    assert [str(line.cell.period) for line in _check("complete", years).lines] == ["2020"]


@pytest.mark.parametrize(("total", "told"), [(30.0, 0), (30.01, 0), (31.0, 1)])
def test_a_group_is_the_sum_of_its_members(total, told):
    numbers = [
        _level("TWN.exports.electronics_ict", "2024", total),
        _level("TWN.exports.electronic_components", "2024", 20.0),
        _level("TWN.exports.ict_av", "2024", 10e3, Unit("USD", 3)),
    ]
    found = _check("sum.members", numbers)
    assert (found.agrees, len(found.lines)) == (1 - told, told)
    assert not _check("sum.members", numbers[:2]).lines  # a member is not printed


def test_a_union_of_areas_is_the_sum_of_its_parts():
    numbers = [_level(f"TWN.exports..{area}", "2024", value) for area, value in
               (("CHN+HKG", 31.0), ("CHN", 20.0), ("HKG", 10.0))]  # fmt: skip
    (line,) = _check("sum.members", numbers).lines
    assert line.allowed is not None
    assert (line.allowed.mid, line.cell.value) == (30.0, 31.0)


def test_an_area_whose_list_never_changed_is_the_sum_of_it():
    """South Asia 6 of the New Southbound Policy; the European Union has dates and is not summed by."""
    six = [_level(f"TWN.exports..{code}", "2024", 10.0) for code in members("SOUTH_ASIA6")]
    (line,) = _check("sum.members", [*six, _level("TWN.exports..SOUTH_ASIA6", "2024", 70.0)]).lines
    assert line.allowed is not None
    assert line.allowed.mid == 60.0
    union = [_level(f"TWN.exports..{code}", "2024", 10.0) for code in members("EU")]
    assert not _check("sum.members", [*union, _level("TWN.exports..EU", "2024", 70.0)]).told


def test_all_partners_sum_to_the_world():
    partners = ("USA", "JPN", "KOR", "DEU", "CHN", "OTHER")
    numbers = [_level(f"TWN.exports..{code}", str(year), 10.0) for code in partners for year in (2023, 2024)]
    world = [_level("TWN.exports", "2023", 60.0), _level("TWN.exports", "2024", 60.5)]
    areas = [_level("TWN.exports..ASEAN", "2023", 15.0)]
    found = _check("sum.partners", [*numbers, *world, *areas])
    assert found.agrees == 1
    assert [(str(line.cell.period), line.status) for line in found.lines] == [("2024", Status.DISAGREES)]


def test_a_table_of_markets_says_how_much_it_lists():
    numbers = [_level(f"TWN.exports..{code}", "2024", 10.0) for code in ("USA", "JPN", "KOR")]
    (line,) = _check("sum.partners", [*numbers, _level("TWN.exports", "2024", 100.0)]).lines
    assert (line.status, line.reason) == (Status.MISSING, "3 partners are listed, 30.0 % of the world")


def _levelled(times: float = 1.0) -> list[Observation]:
    chapters = [_level(f"IND.exports.HS{code}", "2018", 2.0 * times) for code in _CHAPTERS]
    headings = [_level(f"IND.exports.HS{code}01", "2018", 2.0) for code in _CHAPTERS]
    return [*chapters, *headings, _level("IND.exports", "2018", 2.0 * len(_CHAPTERS))]


def test_a_file_that_holds_the_whole_three_times_says_so():
    (line,) = _check("one.level", _levelled()).lines
    assert "3 levels (total, HS2, HS4)" in line.reason
    assert "3.00 times the total" in line.reason
    assert _check("sum.levels", _levelled()).agrees == 2


def test_codes_that_do_not_reach_the_total_are_told_with_their_share():
    (line,) = _check("sum.levels", _levelled(times=0.66)).lines
    assert line.reason == "97 codes of 2 digits sum to 66.0 % of the total"


def test_a_few_codes_are_not_held_to_the_total():
    numbers = [_level("TWN.exports.HS847150", "2024", 5.0), _level("TWN.exports", "2024", 100.0)]
    assert not _check("sum.levels", numbers).told
    assert not _check("one.level", numbers).told


def test_one_number_in_another_unit_is_found():
    months = _months("TWN.exports.ict_av", [5.0, 5.2, 5.1, 5.4, 5300.0, 5.2, 5.0, 5.1, 5.3, 5.2])
    (line,) = _check("unit.jump", months).lines
    assert (str(line.cell.period), line.cell.value) == ("2024-05", 5300.0)
    assert not _check("unit.jump", _months("TWN.exports.ict_av", [5, 9, 3, 8, 5, 9, 2, 8, 5, 9])).lines


def test_a_whole_period_in_another_unit_is_told_once():
    numbers = [
        _level(f"IND.exports.HS{code}", year, value) for code in _CHAPTERS
        for year, value in (("2018", 5.0), ("2019", 5.5), ("2020", 5200.0))
    ]  # fmt: skip
    (line,) = _check("unit.jump", numbers).lines
    assert "100% of 97 series" in line.reason


def test_rows_that_hold_two_thirds_of_the_announced_total_are_told():
    (india,) = announced()
    numbers = [
        _level(f"IND.exports.HS{code}010100.USA", "2023-04..2024-03", 0.66 * 437_060 / 97)
        for code in _CHAPTERS
    ]
    (line,) = _check("coverage", numbers).lines
    assert line.reason.startswith("the rows hold 66.0 % of the nation's trade (437.06 billion USD")
    assert india["totals"]["2023-04..2024-03"]["source"] in line.reason
    whole = [_level(str(seen.key), str(seen.period), seen.value / 0.66) for seen in numbers]
    assert (_check("coverage", whole).agrees, _check("coverage", whole).lines) == (1, [])


def test_each_announced_total_says_when_and_where():
    for listed in announced():
        assert listed["office"]
        for told in listed["totals"].values():
            assert told["source"].startswith("https://")
            assert told["announced"].year >= 2019


def test_lines_are_bounded_and_the_rest_is_counted():
    numbers = [seen for code in range(300) for seen in _months(f"TWN.exports.g{code}", [1.0] * 30)
               if seen.period.start_month not in (3, 9)]  # fmt: skip
    found = _check("complete", numbers)
    assert len(found.lines) == MOST
    assert found.tally().disagrees == 300 * 5 - MOST


def test_an_empty_release_is_not_a_fault():
    assert not any(rule.run(Sheet.of(_release(), to_frame([]))).told for rule in TABLE_RULES)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "rule", "told"),
    [
        ("comtrade-legacy/india_exports_mixed_levels.csv", "one.level", "4.00 times the total"),
        ("trademap/bilateral_hs6_china_india.xlsx", "one.level", "2.00 times the total"),
        ("india-hs8/in_exports_hs8_country_fy2018_2024.parquet", "coverage", "65.9 % of the nation's trade"),
    ],
)
def test_files_that_must_not_be_summed_say_so(shared_path, file, rule, told):
    from tidewaiter.api import open_store  # noqa: PLC0415

    ((_, audit),) = open_store().audit_files(shared_path(f"data/{file}"))
    assert any(line.rule == rule and told in line.reason for line in audit.findings)


@pytest.mark.shared
def test_rows_that_end_in_a_comma_too_many_are_told(shared_path):
    from tidewaiter.api import open_store  # noqa: PLC0415

    ((release, audit),) = open_store().audit_files(shared_path("data/comtrade-v1/exports_8542_annual.csv"))
    assert release.findings[0].startswith("each row ends in one ',' more than the header of 47 columns")
    assert not audit.findings


@pytest.mark.shared
def test_an_error_message_saved_as_a_file_is_refused_in_its_own_words(shared_path):
    from tidewaiter.api import open_store  # noqa: PLC0415
    from tidewaiter.errors import FaultsError  # noqa: PLC0415

    with pytest.raises(FaultsError, match="an error message saved as a file, not data: 'Result too large"):
        open_store().audit_files(shared_path("data/comtrade-legacy/failed_download.csv"))
