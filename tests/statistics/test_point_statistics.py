"""Formulas over a few levels: growth, change, share, contribution, averages, and how they fit together."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from series import KEY, Series

from tidewaiter.model.interval import Interval
from tidewaiter.statistics import UndefinedError, statistics
from tidewaiter.statistics.average_annual_growth import average_annual_growth
from tidewaiter.statistics.change import change
from tidewaiter.statistics.contribution import contribution
from tidewaiter.statistics.growth import growth
from tidewaiter.statistics.share import share

_positive = st.floats(0.01, 1e9)
_level = st.floats(-1e9, 1e9, allow_nan=False)


@given(_positive, st.lists(st.floats(-99, 900), min_size=1, max_size=24))
def test_growth_of_the_index_of_growth_is_that_growth(base, rates):
    levels = [base]
    for rate in rates:
        levels.append(levels[-1] * (1 + rate / 100))
    told = [growth(now, before) for before, now in pairwise(levels)]
    assert told == pytest.approx(rates, abs=1e-6)


@given(_level, _level)
def test_change_added_to_the_base_is_the_level(now, base):
    assert base + change(now, base) == pytest.approx(now, abs=1e-6 * (1 + abs(base)))


@given(st.lists(st.tuples(_positive, _positive), min_size=1, max_size=15))
def test_contributions_of_the_parts_sum_to_the_growth_of_the_whole(parts):
    now, base = (sum(side) for side in zip(*parts, strict=True))
    points = [contribution(one, other, base) for one, other in parts]
    assert sum(points) == pytest.approx(growth(now, base), rel=1e-9, abs=1e-7)


@given(st.lists(_positive, min_size=1, max_size=15))
def test_shares_of_the_parts_sum_to_a_hundred(parts):
    assert sum(share(part, sum(parts)) for part in parts) == pytest.approx(100)


@given(_positive, st.floats(-90, 500), st.integers(1, 12))
def test_a_steady_rate_is_its_own_average(first, rate, years):
    last = first * (1 + rate / 100) ** years
    assert average_annual_growth(first, last, years) == pytest.approx(rate, rel=1e-6, abs=1e-6)


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.floats(-0.5, 0.5), st.floats(-0.5, 0.5))
def test_growth_of_printed_levels_holds_the_growth_of_what_was_rounded(now, base, more, less):
    """Levels printed without decimals: whatever they were, their growth lies in the interval."""
    allowed = growth(Interval.rounded(now, 0), Interval.rounded(base, 0))
    assert Interval.exact(growth(now + more, base + less)).within(allowed)


@pytest.mark.parametrize(("now", "base"), [(1.0, 0.0), (5.0, -3.0), (-5.0, 3.0)])
def test_growth_from_zero_or_across_a_sign_is_undefined(now, base):
    with pytest.raises(UndefinedError):
        growth(now, base)


def test_growth_of_rounded_levels_that_may_be_zero_is_undefined():
    with pytest.raises(UndefinedError, match="zero"):
        growth(Interval.printed("0.1"), Interval.printed("0.0"))


def test_a_fall_to_zero_is_a_hundred_percent_for_numbers_and_intervals_alike():
    assert growth(0.0, 4.0) == growth(Interval.exact(0.0), Interval.exact(4.0)).mid == -100


def test_a_wider_deficit_is_growth():
    assert growth(-12.0, -10.0) == pytest.approx(20)


@given(st.lists(_positive, min_size=13, max_size=40))
def test_yearly_monthly_and_cumulative_growth_are_one_formula(levels):
    series = Series(levels)
    last = series.last
    assert series.tell("mom").interval.mid == growth(levels[-1], levels[-2])
    assert series.tell("yoy").interval.mid == growth(levels[-1], levels[-13])
    assert series.tell("yoy_change").interval.mid == levels[-1] - levels[-13]
    assert series.tell("ma3").interval.mid == pytest.approx(sum(levels[-3:]) / 3)
    months = last.end_month
    assert series.tell("ytd_level").interval.mid == pytest.approx(sum(levels[-months:]))
    if len(levels) >= months + 12:
        base = sum(levels[-months - 12 : -12])
        assert series.tell("ytd_yoy").interval.mid == pytest.approx(growth(sum(levels[-months:]), base))


@pytest.mark.parametrize("name", sorted(statistics()))
def test_every_statistic_says_what_it_is_and_where_from(name):
    definition = statistics()[name]
    assert definition.zh
    assert definition.en
    assert definition.formula
    assert definition.source
    assert (definition.look is None) == (definition.needs is not None)
    assert KEY.flow == "exports"
