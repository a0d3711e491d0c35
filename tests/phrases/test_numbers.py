from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.phrases.numbers import amount, amount_twd, growth, ordinal_en, write_number
from tidewaiter.phrases.numerals import read_english, read_number


def test_amounts_take_the_unit_each_language_is_used_to():
    assert amount(58_487_447_000, "zh") == "584.9億美元"
    assert amount(58_487_447_000, "en") == "US$58.49 billion"
    assert amount_twd(1_170_000_000_000, "en") == "NT$1,170.0 billion"


def test_growth_carries_its_sign_in_the_word():
    assert growth(34.0682, "zh") == "年增34.1%"
    assert growth(-3.62, "zh") == "年減3.6%"
    assert growth(-3.62, "en") == "down 3.6% from a year earlier"


def test_multiples_are_used_only_when_asked_for_and_from_100_percent_up():
    assert growth(101.7, "zh", multiples=True) == "年增1.0倍"
    assert growth(99.9, "zh", multiples=True) == "年增99.9%"
    assert growth(101.7, "zh") == "年增101.7%"


def test_rounding_is_half_up_and_zero_has_no_sign():
    assert write_number(0.05, 1) == "0.1"
    assert write_number(-0.04, 1) == "0.0"
    assert write_number(3925.0, 1, grouping=False) == "3925.0"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("五四二點五", "542.5"), ("三○一一.一", "3011.1"),
        ("廿三", "23"), ("卅七.九", "37.9"), ("一百二十", "120"),
        ("四十一.二", "41.2"), ("千", "1000"), ("1,234.5", "1234.5"), ("十三", "13"), ("六一〇", "610"),
    ],
)  # fmt: skip
def test_numerals_of_newspapers(text, value):
    assert read_number(text) == Decimal(value)


@given(st.integers(1, 400))
def test_an_ordinal_reads_back(n):
    assert read_english(ordinal_en(n)) == n
