"""Levels that are not printed: every route that reaches one reaches the same one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.engine.edition import Edition
from tidewaiter.engine.routes import Levels
from tidewaiter.model.key import Key
from tidewaiter.model.observation import Observation, Place
from tidewaiter.model.period import Period
from tidewaiter.model.release import Publisher, Release
from tidewaiter.model.unit import PERCENT, Unit

_KEY = Key.parse("TWN.exports")
_YEAR = Period.year(2024)
_LAST = Period.year(2023)
_money = st.floats(1, 1e6).map(lambda x: round(x, 3))
_year = st.lists(_money, min_size=12, max_size=12)


def _edition(observations) -> Levels:
    release = Release(
        "test@1", "test", "1", "test", Publisher("x", "x"), date(2025, 1, 9), published_inferred=False,
        authority=0, files=(), numeric_cells=0, observations=0, derived_cells=0, layout_cells=0,
        first_period="", last_period="", preliminary=0,
    )  # fmt: skip
    return Levels(Edition.of(release, observations))


def _seen(period: Period, value: float, statistic: str = "level", key: Key = _KEY, decimals=None):
    unit = Unit("USD", 6) if statistic == "level" else PERCENT
    return Observation(key, period, statistic, value, unit, Place("f", "", str(period)), decimals)


def _months(values, year=_YEAR):
    return [_seen(month, value) for month, value in zip(year.each_month(), values, strict=True)]


@given(_year, st.integers(0, 11), st.integers(0, 11))
def test_a_span_is_the_sum_of_its_months_and_the_year_less_the_rest(values, one, other):
    first, last = sorted((one, other))
    span = Period(_YEAR.first + first, _YEAR.first + last)
    total = sum(values)
    by_sum = _edition(_months(values)).level(_KEY, span)
    rest = [o for o in _months(values) if o.period not in span]
    by_rest = _edition([*rest, _seen(_YEAR, total)]).level(_KEY, span)
    assert by_sum.interval.mid == pytest.approx(sum(values[first : last + 1]))
    assert by_rest.interval.mid == pytest.approx(by_sum.interval.mid, abs=1e-6 * total)
    assert by_rest.route != by_sum.route or first == last or span == _YEAR


@given(_year, st.lists(st.floats(-80, 300), min_size=12, max_size=12))
def test_months_a_year_ago_follow_from_growth_in_full_precision(values, rates):
    growth = [_seen(month, rate, "yoy") for month, rate in zip(_YEAR.each_month(), rates, strict=True)]
    levels = _edition([*_months(values), *growth])
    bases = [value / (1 + rate / 100) for value, rate in zip(values, rates, strict=True)]
    told = [levels.level(_KEY, month) for month in _LAST.each_month()]
    assert [figure.interval.mid for figure in told] == pytest.approx(bases)
    assert levels.level(_KEY, _LAST).interval.mid == pytest.approx(sum(bases))
    assert all(levels.level(_KEY, month, derive=False) is None for month in _LAST.each_month())


@given(_money, st.floats(-80, 300), st.integers(0, 2))
def test_a_base_from_printed_growth_holds_the_true_base(value, rate, decimals):
    base = value / (1 + rate / 100)
    levels = _edition([_seen(_YEAR, value), _seen(_YEAR, round(rate, decimals), "yoy", decimals=decimals)])
    interval = levels.level(_KEY, _LAST).interval
    assert interval.low <= base * (1 + 1e-9)
    assert base <= interval.high * (1 + 1e-9)


@given(_money, _money)
def test_balance_and_total_of_the_flows_and_back(exports, imports):
    sold, bought = _KEY, _KEY.but(flow="imports")
    levels = _edition([_seen(_YEAR, exports, key=sold), _seen(_YEAR, imports, key=bought)])
    balance = levels.level(_KEY.but(flow="balance"), _YEAR)
    assert balance.interval.mid == pytest.approx(exports - imports)
    assert levels.level(_KEY.but(flow="total_trade"), _YEAR).interval.mid == pytest.approx(exports + imports)
    back = _edition(
        [_seen(_YEAR, balance.value, key=_KEY.but(flow="balance")), _seen(_YEAR, imports, key=bought)]
    )
    assert back.level(sold, _YEAR).interval.mid == pytest.approx(exports)


def test_nothing_is_made_of_nothing():
    levels = _edition([_seen(Period.month(2024, 5), 1.0)])
    assert levels.level(_KEY, Period.month(2024, 6)) is None
    assert levels.level(_KEY, _YEAR) is None
    assert levels.level(_KEY.but(flow="balance"), Period.month(2024, 5)) is None


def test_levels_of_different_days_are_not_added():
    """First prints of two days: the sum would mix vintages."""
    months = [
        Observation(_KEY, Period.month(2024, n), "level", 1.0, Unit("USD", 6), Place("f"), 1, known_at=day)
        for n, day in ((1, date(2024, 2, 7)), (2, date(2024, 3, 8)))
    ]
    assert _edition(months).level(_KEY, Period.parse("2024-01..2024-02")) is None
