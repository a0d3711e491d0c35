"""What the dense run steps through is what the scalar look finds: one definition, two ways to walk it."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from series import Series

from tidewaiter.errors import NoFigureError
from tidewaiter.statistics import UndefinedError
from tidewaiter.statistics.five_year_range import distance
from tidewaiter.statistics.growth import comparable, growth, rate, rises
from tidewaiter.statistics.record import OPEN, place
from tidewaiter.statistics.streak import step

_number = st.integers(-4, 4).map(float)
_known = st.lists(_number, min_size=2, max_size=30)
_gapped = st.lists(st.one_of(st.none(), _number, _number), min_size=2, max_size=30)


@settings(deadline=None)
@given(_gapped)
def test_the_steps_of_a_streak_end_at_what_the_look_finds(values):
    assume(values[-1] is not None)
    run = 0.0
    for value in values:
        run = step(math.nan if value is None else value, run)
    if run == 0:
        with pytest.raises(UndefinedError):
            Series(values).tell("streak", "yoy")
    else:
        assert Series(values).tell("streak", "yoy").interval.low == abs(run)
        assert (run > 0) == (values[-1] > 0)


@settings(deadline=None)
@given(_known)
def test_a_running_first_and_second_give_the_rank_that_the_look_counts(values):
    best = second = OPEN
    for value in values[:-1]:
        best, second = max(best, value), max(second, min(best, value))
    assert place(values[-1], best, second) == min(3, Series(values).tell("record", "level").interval.low)


@settings(deadline=None)
@given(st.lists(st.integers(0, 6).map(float), min_size=72, max_size=72))
def test_the_five_year_range_is_the_same_from_numbers_and_from_figures(values):
    now, before = values[71], [values[71 - 12 * years] for years in range(1, 6)]
    expected = distance(now, min(before), max(before))
    if math.isnan(expected):
        with pytest.raises(UndefinedError):
            Series(values).tell("five_year_range")
    else:
        assert Series(values).tell("five_year_range").interval.mid == pytest.approx(expected)


@settings(deadline=None)
@given(_number, _number)
def test_growth_rises_exactly_where_its_rate_is_above_zero(now, base):
    if not comparable(now, base):
        assert not rises(now, base)
        with pytest.raises(UndefinedError):
            growth(now, base)
    else:
        assert growth(now, base) == rate(now, base)
        assert rises(now, base) == (rate(now, base) > 0)


@settings(deadline=None)
@given(st.lists(st.integers(1, 9).map(float), min_size=36, max_size=36))
def test_sums_of_twelve_months_and_two_year_growth(values):
    series = Series(values)
    assert series.tell("sum12").interval.mid == pytest.approx(sum(values[-12:]))
    twelve, before = sum(values[-12:]), sum(values[-24:-12])
    assert series.tell("sum12_yoy").interval.mid == pytest.approx((twelve / before - 1) * 100)
    assert series.tell("two_year_growth").interval.mid == pytest.approx((values[35] / values[11] - 1) * 100)


def test_a_range_that_is_not_known_for_five_years_is_not_told():
    with pytest.raises(NoFigureError):
        Series([1.0] * 40).tell("five_year_range")
