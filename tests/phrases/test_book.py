from __future__ import annotations

import re

import pytest

from tidewaiter.errors import UnknownNameError, UnparsableError, UsageError
from tidewaiter.phrases import phrasebook
from tidewaiter.phrases.condition import Condition
from tidewaiter.phrases.first import first_signs


def test_a_phrase_is_written_in_both_languages():
    book = phrasebook()
    assert book.write("streak.up", "zh", n=22) == "連續22個月正成長"
    assert book.write("streak.up", "en", n=22) == "the 22nd straight month of growth"


def test_the_condition_chooses_the_phrase():
    book = phrasebook()
    assert [entry.id for entry in book.fitting("yoy", None, "zh", value=-3.6)] == ["yoy.down"]
    assert book.fitting("streak", "yoy-", "zh", n=13)[0].id == "streak.down"
    assert not [entry.id for entry in book.fitting("streak", "yoy+", "en", n=1) if entry.unit == "months"]


def test_an_unknown_phrase_names_its_neighbours():
    with pytest.raises(UnknownNameError, match=r"streak\."):
        phrasebook().write("streak.sideways", "zh", n=3)


def test_a_missing_slot_is_named():
    with pytest.raises(UsageError, match="'n'"):
        phrasebook().write("streak.up", "zh")


@pytest.mark.parametrize("text", ["__import__('os')", "n.real", "n >=", "[n]", "n + 1"])
def test_a_condition_is_no_program(text):
    with pytest.raises(UnparsableError):
        Condition.read(text)


def test_a_value_that_is_not_given_makes_a_condition_false():
    assert not Condition.read("n >= 2").holds({})
    assert Condition.read("2 <= n < 5 and not value < 0").holds({"n": 3, "value": 1})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_pattern_compiles_and_tells_how_it_begins(lang):
    for _, entry, pattern in phrasebook().patterns(lang):
        re.compile(pattern)
        assert first_signs(pattern), f"{entry.id} may begin with anything, or match nothing"


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [("a?b", "ab"), ("(?:xy|[c-e])+z", "cdex"), (r"(?<=q)\d", "0123456789"), ("(?=k)m", "m")],
)
def test_first_signs(pattern, signs):
    assert first_signs(pattern) == frozenset(signs)
