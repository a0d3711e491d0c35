"""Values written and read back are the same: periods, ROC dates, keys, units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.errors import UnparsableError
from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.model.roc import parse_roc, to_year, write_roc
from tidewaiter.model.unit import Unit

_months = st.builds(Period.month, st.integers(1912, 2150), st.integers(1, 12))
_spans = st.tuples(_months, _months).map(lambda pair: Period.span(min(pair), max(pair)))
_years = st.builds(Period.year, st.integers(1912, 2150))
_parts = st.one_of(
    st.builds(Period.quarter, st.integers(1912, 2150), st.integers(1, 4)),
    st.builds(Period.half, st.integers(1912, 2150), st.integers(1, 2)),
)
_open = _months.map(Period.up_to)
_periods = st.one_of(_months, _spans, _years, _parts, _open)
_code = st.text(
    st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+"), min_size=1
)


@given(_periods)
def test_period_reads_back(period):
    assert Period.parse(str(period)) == period


@given(_spans)
def test_months_of_a_period_are_its_months(period):
    months = list(period.each_month())
    assert len(months) == period.months
    assert all(month in period and month.is_month for month in months)
    assert Period.span(months[0], months[-1]) == period


@given(_periods, st.integers(1, 30))
def test_years_ago_and_back(period, years):
    back = period.year_ago(years)
    if not period.is_open:
        assert back.shift(12 * years) == period
        assert period.previous().shift(period.months) == period
    assert (back.end_month, back.end_year) == (period.end_month, period.end_year - years)


@given(_months)
def test_year_to_date_ends_with_the_month(month):
    span = month.to_date()
    assert (span.start_month, span.last_month()) == (1, month)
    assert span in month.whole_year()


@pytest.mark.parametrize("text", ["2023-13", "2023-Q5", "2023-H3", "23-01", "", "2023-11..2023-01", "2023-1"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(UnparsableError):
        Period.parse(text)


@given(st.integers(1912, 2899))
def test_roc_year_and_back(year):
    assert to_year(year - 1911) == year or year - 1911 >= 1900
    assert to_year(year) == year


@given(st.one_of(_months, _years, _spans))
def test_roc_date_reads_back(period):
    """From year 10 on: one digit alone (5年) is more often a length than a date."""
    if period.start_year >= 1921:
        assert parse_roc(write_roc(period)) == period


@given(_code, _code, st.just("") | _code, st.just("") | _code, st.just("") | _code)
def test_key_reads_back(reporter, flow, commodity, partner, measure):
    key = Key.parse(f"{reporter}.{flow}.{commodity}.{partner}.{measure}")
    assert Key.parse(str(key)) == key
    assert key.matches(key)
    assert (key.commodity, key.partner) == (commodity or "total", partner or "W00")
    assert Key.parse("*.*.*.*.*").matches(key)


@given(st.sampled_from(["USD", "TWD", "percent", "index", "kg", "USD/barrel"]), st.integers(-6, 15))
def test_unit_reads_back(kind, power):
    unit = Unit(kind, power)
    assert Unit.parse(str(unit)) == unit
    assert unit.factor_to(unit) == 1


@given(st.integers(-6, 15), st.integers(-6, 15))
def test_turning_a_unit_and_back_changes_nothing(one, other):
    there, back = Unit("USD", one), Unit("USD", other)
    assert there.factor_to(back) * back.factor_to(there) == pytest.approx(1)
    with pytest.raises(UnparsableError):
        there.factor_to(Unit("TWD", other))
