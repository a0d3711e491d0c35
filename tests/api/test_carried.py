"""Series across editions of the HS: summed where the goods are the same, and refused where they are not."""

from __future__ import annotations

import pytest

import tidewaiter as tw
from tidewaiter.api.carried import carried, older_codes, weighted
from tidewaiter.errors import NoFigureError, UnknownNameError
from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.nomenclature import hs

_HEADER = "進出口別,日期,貨品號列,中文貨名,英文貨名,美元(千元)"


@pytest.fixture
def book(tmp_path):
    def make(numbers):
        path = tmp_path / "file.csv"
        rows = [
            f"出口總值(含復出口),{when},{code},貨,goods,{value}" for (code, when), value in numbers.items()
        ]
        path.write_text("\n".join([_HEADER, *rows]) + "\n", encoding="utf-8")
        store = tw.open(tmp_path / "store")
        store.load(path)
        return store.book()

    return make


def _key(code):
    return Key("TWN", "exports", f"HS{code}")


def test_a_code_that_holds_two_older_ones_carries_their_sum(book):
    """490510 and 490599 of HS 2017 are 490590 of HS 2022 (UN conversion table)."""
    found = carried(
        book({("490510", "110年12月"): 3, ("490599", "110年12月"): 4, ("490590", "112年1月"): 9}),
        _key("490590"),
    )
    assert found.kind == "n:1"
    assert [(step.period, step.value, step.edition) for step in found.steps] == [
        ("2021-12", 7.0, "HS2017"), ("2023-01", 9.0, ""),
    ]  # fmt: skip
    assert "490510, 490599" in found.note
    assert "之和" in found.note_zh


def test_a_period_in_which_one_of_the_older_codes_is_missing_is_left_out(book):
    numbers = {("490510", "110年11月"): 1, ("490510", "110年12月"): 3, ("490599", "110年12月"): 4}
    found = carried(book(numbers), _key("490590"))
    assert [step.period for step in found.steps] == ["2021-12"]


def test_the_same_number_in_the_older_edition_is_only_a_part(book):
    """381600 of HS 2022 holds 381600 and 251830 of HS 2017."""
    numbers = {
        ("381600", "110年12月"): 10, ("251830", "110年12月"): 5, ("381600", "112年1月"): 20,
    }  # fmt: skip
    found = carried(book(numbers), _key("381600"))
    assert [(step.period, step.value) for step in found.steps] == [("2021-12", 15.0), ("2023-01", 20.0)]


def test_a_renumbered_code_carries_its_history(book):
    found = carried(book({("030510", "110年12月"): 5, ("030910", "112年1月"): 6}), _key("030910"))
    assert (found.kind, [step.value for step in found.steps]) == ("1:1", [5.0, 6.0])


def test_a_part_of_an_older_code_is_not_comparable(book):
    """851713 (smartphones) was a part of 851712."""
    found = carried(book({("851712", "110年12月"): 5, ("851713", "112年1月"): 6}), _key("851713"))
    assert found.kind == hs.NOT_COMPARABLE
    assert [step.period for step in found.steps] == ["2023-01"]
    assert "不可比" in found.note_zh


def test_a_split_is_weighted_by_the_data_of_a_later_period(book):
    """150910 of HS 2017 became 150920, 150930 and 150940."""
    parts = {("150920", "112年1月"): 6, ("150930", "112年1月"): 3, ("150940", "112年1月"): 1}
    told = weighted(book(parts), _key("150910"), Period.parse("2023-01"))
    assert [(one.code, one.weight) for one in told] == [("150920", 0.6), ("150930", 0.3), ("150940", 0.1)]
    assert not any(one.note for one in told)


def test_a_split_without_data_or_with_goods_of_others_has_no_weights(book):
    known = book({("150920", "112年1月"): 6, ("851713", "112年1月"): 6})
    for code in ("150910", "851712"):
        told = weighted(known, _key(code), Period.parse("2023-01"))
        assert any(one.note == hs.NOT_COMPARABLE for one in told)


def test_every_subheading_says_whether_its_history_can_be_carried():
    kinds = {older_codes(code)[0] for code in hs.codes("HS2022") if len(code) == 6}
    assert kinds == {"1:1", "n:1", hs.NOT_COMPARABLE}


def test_what_is_no_subheading_or_not_loaded_is_an_error(book):
    known = book({("490510", "110年12月"): 3})
    with pytest.raises(NoFigureError):
        carried(known, Key("TWN", "exports", "ict_av"))
    with pytest.raises(NoFigureError):
        carried(known, _key("847150"))
    with pytest.raises(UnknownNameError):
        carried(known, _key("000000"))
