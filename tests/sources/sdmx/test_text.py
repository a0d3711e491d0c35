"""Identifiers and periods of SDMX: what is written reads back."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.model.period import Period
from tidewaiter.sources.sdmx.text import from_id, read_time, to_frequency, to_id, to_time
from tidewaiter.sources.spreadsheet import guarded, unguarded

_MONTHS = st.integers(1800 * 12, 2200 * 12)


@given(st.text(min_size=1).filter(lambda text: text != "_Z"))
def test_any_code_becomes_an_identifier_and_back(code):
    written = to_id(code)
    assert re.fullmatch(r"[A-Za-z0-9_@$\-]+", written)
    assert from_id(written) == code


@given(_MONTHS, st.integers(1, 400))
def test_any_period_of_months_reads_back(first, months):
    period = Period(first, first + months - 1)
    assert read_time(to_time(period)) == period
    assert to_frequency(period) in {"A", "S", "Q", "M", "_O"}


@given(_MONTHS)
def test_a_period_without_a_beginning_reads_back(last):
    period = Period.up_to(Period(last, last))
    assert read_time(to_time(period)) == period


@given(st.text())
def test_what_is_guarded_is_taken_back(text):
    assert unguarded(guarded(text)) == text


@given(st.sampled_from("=+-@\t\r"), st.text(min_size=1))
def test_no_guarded_text_runs(sign, rest):
    cell = guarded(sign + rest)
    assert cell[0] == "'" or re.fullmatch(r"[+-]?[\d,]*\.?\d*(?:[eE][+-]?\d+)?%?", cell)
