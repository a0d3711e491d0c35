"""Streaks, records, ranks and best-in-n against slow and obvious references.

Series have ties, zeros, negatives and gaps; in full precision and printed without decimals.
"""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from series import Series

from tidewaiter.errors import NoFigureError
from tidewaiter.statistics import UndefinedError

_number = st.integers(-4, 4).map(float)
_numbers = st.builds(
    lambda before, last: [*before, last],
    st.lists(st.one_of(st.none(), _number, _number, _number), min_size=1, max_size=30),
    _number,
)
_noise = st.lists(st.floats(-0.49, 0.49), min_size=31, max_size=31)


def _known_tail(values: list[float | None]) -> list[float]:
    """The numbers before the last one back to the nearest gap, oldest first."""
    tail = []
    for value in reversed(values[:-1]):
        if value is None:
            break
        tail.append(value)
    return tail[::-1]


# -- full precision: exactly what one would count by hand ---------------------------------------------------


@given(_numbers, st.booleans())
def test_rank_is_one_more_than_the_number_of_better_ones(values, low):
    before = _known_tail(values)
    of = "-level" if low else "level"
    if not before:
        with pytest.raises(NoFigureError):
            Series(values).tell("rank", of)
        return
    better = [v for v in before if (v < values[-1] if low else v > values[-1])]
    place = Series(values).tell("rank", of).interval
    assert (place.low, place.high) == (1 + len(better), 1 + len(better))
    assert Series(values).tell("record", of).interval == place


@given(_numbers, st.booleans())
def test_best_in_n_counts_back_to_the_last_better_month(values, low):
    before = _known_tail(values)
    assume(before)
    back = next(
        (n for n, v in enumerate(reversed(before), 1) if (v < values[-1] if low else v > values[-1])), None
    )
    told = Series(values).tell("worst_in_n" if low else "best_in_n", "level")
    if back is None:
        assert (told.interval.low, told.interval.high) == (1 + len(before), inf)
        assert dict(told.detail)["better"] == ""
    else:
        assert (told.interval.low, told.interval.high) == (back, back)
        better = Series(values).at(len(values) - 1 - back)
        assert dict(told.detail)["better"] == str(better)
        assert dict(told.detail)["window"] == str(better.shift(1))


@given(_numbers, st.sampled_from(["+", "-", ""]))
def test_streak_counts_the_months_of_one_sign_to_the_first_other_one(values, sign):
    positive = sign == "+" or (sign == "" and values[-1] > 0)
    length, ended = 0, False
    for value in reversed(values):
        if value is None or not (value > 0 if positive else value < 0):
            ended = value is not None
            break
        length += 1
    series = Series(values)
    if length == 0:
        with pytest.raises(UndefinedError):
            series.tell("streak", f"yoy{sign}")
        return
    told = series.tell("streak", f"yoy{sign}")
    assert told.interval.low == length
    assert told.interval.high == (length if ended else inf)
    assert dict(told.detail)["start"] == str(series.at(len(values) - length))


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=2, max_size=40))
def test_rank_of_a_streak_is_its_place_among_the_lengths_before(values):
    assume(values[-1] < 0)
    values = [1.0, *values]  # a known month before the first fall
    runs, run = [], 0
    for value in [*values, 0.0]:
        if value < 0:
            run += 1
        elif run:
            runs.append(run)
            run = 0
    longer = {length for length in runs[:-1] if length > runs[-1]}
    told = Series(values).tell("rank", "streak-")
    assert (told.interval.low, told.interval.high) == (1 + len(longer), 1 + len(longer))
    assert dict(told.detail)["ties"] == str(runs[:-1].count(runs[-1]))


@given(st.lists(st.integers(-4, 4).map(float), min_size=2, max_size=20), st.sampled_from(["+", "-", ""]))
def test_turn_is_a_change_of_sign_against_the_month_before(values, sign):
    before, now = values[-2:]
    up, down = before <= 0 < now, now < 0 <= before
    expected = {"+": up, "-": down, "": up or down}[sign]
    assert Series(values).tell("turn", f"yoy{sign}").interval.mid == float(expected)


# -- printed without decimals: what was true of the numbers behind is never excluded ------------------------


@given(_numbers, _noise)
def test_rank_of_rounded_numbers_holds_the_rank_of_what_was_rounded(values, noise):
    assume(_known_tail(values))
    exact = [None if v is None else v + e for v, e in zip(values, noise, strict=False)]
    told = Series(values, decimals=0).tell("rank", "level").interval
    true = Series(exact).tell("rank", "level").interval
    assert told.low <= true.low <= told.high


@given(_numbers, _noise)
def test_best_in_n_of_rounded_numbers_holds_that_of_what_was_rounded(values, noise):
    assume(_known_tail(values))
    exact = [None if v is None else v + e for v, e in zip(values, noise, strict=False)]
    told = Series(values, decimals=0).tell("best_in_n", "level").interval
    true = Series(exact).tell("best_in_n", "level").interval
    assert told.low <= true.low
    assert true.high <= told.high


@given(_numbers, _noise)
def test_streak_of_rounded_growth_holds_the_true_one(values, noise):
    """A growth printed 0 has no sign: the streak may go on before it."""
    assume(values[-1] != 0)
    exact = [None if v is None else v + e for v, e in zip(values, noise, strict=False)]
    told = Series(values, decimals=0).tell("streak", "yoy").interval
    true = Series(exact).tell("streak", "yoy").interval
    assert told.low <= true.low
    assert true.high <= told.high


@given(st.lists(st.integers(-4, 4).map(float), min_size=2, max_size=20), _noise)
def test_turn_told_from_rounded_growth_is_a_turn(values, noise):
    exact = [v + e for v, e in zip(values, noise, strict=False)]
    told = Series(values, decimals=0).tell("turn", "yoy").interval
    true = Series(exact).tell("turn", "yoy").interval
    assert told.low <= true.mid <= told.high
