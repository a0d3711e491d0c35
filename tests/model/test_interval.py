"""Interval arithmetic holds every result that numbers of the intervals can have."""

from __future__ import annotations

import operator
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.model.interval import Interval, decimals_of, round_half_up

_number = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 6))  # prints have few digits
_width = st.sampled_from([0.0, 0.05, 0.5, 30.0])
_at = st.floats(0, 1)
_interval = st.builds(lambda low, width: Interval(low, low + width), _number, _width)


def _point(interval: Interval, at: float) -> float:
    return min(max(interval.low + at * interval.width, interval.low), interval.high)


@given(_interval, _interval, _at, _at, st.sampled_from([operator.add, operator.sub, operator.mul]))
def test_sums_differences_and_products_of_points_are_inside(one, other, at_one, at_other, op):
    result = op(_point(one, at_one), _point(other, at_other))
    assert Interval.exact(result).within(op(one, other))


@given(_interval, _interval, _at, _at)
def test_quotients_of_points_are_inside(one, other, at_one, at_other):
    if other.low <= 0 <= other.high:
        with pytest.raises(ZeroDivisionError):
            _ = one / other
        return
    result = _point(one, at_one) / _point(other, at_other)
    assert Interval.exact(result).within(one / other)


@given(st.floats(0, 1e6), _width, _at, st.sampled_from([0.5, 1 / 6, 2, 3, -1 / 3]))
def test_powers_of_points_are_inside(low, width, at, power):
    interval = Interval(low + 0.001, low + 0.001 + width)
    assert Interval.exact(_point(interval, at) ** power).within(interval**power)


@given(_interval, _at)
def test_size_and_sign_of_points_are_inside(interval, at):
    point = _point(interval, at)
    assert abs(interval).low <= abs(point) <= abs(interval).high
    assert Interval.exact(-point).within(-interval)


@given(_number, st.integers(-1, 4))
def test_a_number_lies_in_the_interval_of_its_print(value, decimals):
    printed = round_half_up(value, decimals)
    assert Interval.exact(value).within(Interval.rounded(float(printed), decimals))


@given(st.decimals(-10_000, 10_000, places=3), st.integers(0, 3))
def test_rounding_is_half_away_from_zero(number, decimals):
    expected = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert round_half_up(float(number), decimals) == expected


@given(st.decimals(-10_000, 10_000, places=2))
def test_a_print_tells_its_decimals(number):
    text = f"{number:f}"
    assert decimals_of(text) == 2
    interval = Interval.printed(text)
    assert interval.width == pytest.approx(0.01)
    assert interval.mid == pytest.approx(float(number))


@given(_interval, _interval)
def test_meeting_is_mutual_and_the_overlap_is_in_both(one, other):
    assert one.meets(other) == other.meets(one)
    shared = one.overlap(other)
    if shared is not None:
        assert shared.within(one)
        assert shared.within(other)
        assert one.meets(other)
    assert one.within(one.hull(other))
    assert other.within(one.hull(other))
