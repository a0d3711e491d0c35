"""Order and duplicates: stable, monotone, nothing twice, nothing moved by what has nothing to do with it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.engine.facts.merge import merged
from tidewaiter.engine.facts.weights import Weight, bits, reach, surprise, table

if TYPE_CHECKING:
    from tidewaiter.engine.facts import Fact

_QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_factor = st.floats(0.01, 8)
_PARTS = ("ict_av", "electronic_components", "machinery", "chemicals", "textiles")


def _some(seed: int, wave) -> dict[str, list[float]]:
    """A whole and some of its parts, each going its own way."""
    chance = random.Random(seed)
    base = [value * chance.uniform(0.9, 1.1) for value in wave(150)]
    parts = {f"exports.{part}.W00": [chance.uniform(0.05, 0.3) * v for v in base] for part in _PARTS}
    return {"exports.total.W00": base, **parts}


@given(seed=st.integers(0, 10_000))
@_QUICK
def test_the_order_of_series_in_a_file_does_not_matter(desk, wave, seed):
    series = _some(seed, wave)
    turned = dict(reversed(series.items()))
    assert _told(desk(series).facts()) == _told(desk(turned).facts())


@given(seed=st.integers(0, 10_000))
@_QUICK
def test_an_unrelated_series_reorders_nothing(desk, wave, seed):
    series = _some(seed, wave)
    other = {"imports.total.W00": wave(150, 3e9), "export_orders.total.W00": wave(90, 7e8)}
    before = _told(desk(series).facts())
    after = [one for one in _told(desk({**series, **other}).facts()) if ".exports." in one[1]]
    assert after == before


@given(seed=st.integers(0, 10_000))
@_QUICK
def test_weights_fall_and_no_figure_is_told_twice(desk, wave, seed):
    facts = desk(_some(seed, wave)).facts()
    weights = [fact.weight for fact in facts]
    assert weights == sorted(weights, reverse=True)
    told = [fact.main.id for fact in facts]
    assert len(told) == len(set(told))
    assert all(fact.why and fact.why_zh and fact.figures for fact in facts)


@given(_factor, _factor, _factor, _factor)
def test_a_weight_grows_with_each_of_its_factors(rarity, size, more, surprising):
    assert Weight(1, rarity + more, size).value > Weight(1, rarity, size).value
    assert Weight(1, rarity, size + more).value > Weight(1, rarity, size).value
    assert Weight(1, rarity, size, 1, 1 + surprising).value > Weight(1, rarity, size).value


@given(st.integers(0, 200), st.integers(1, 200), st.integers(1, 300))
def test_what_happens_less_often_is_rarer_and_a_longer_past_reaches_further(hits, more, count):
    assert bits(hits, 400) >= bits(hits + more, 400)
    assert reach(count, yearly=False) <= reach(count + more, yearly=False)


@given(st.floats(0, 50), st.floats(0, 50))
def test_growth_further_from_the_usual_surprises_more(near, far):
    usual = [float(value) for value in range(-20, 21)]
    near, far = sorted((near, far))
    assert surprise(near, usual, yearly=False) <= surprise(far, usual, yearly=False)


def test_a_heading_that_is_all_of_its_chapter_is_told_as_the_chapter(desk, wave):
    values = wave(240)
    values[-1] = max(values) * 1.05
    part = [0.4 * v for v in values]
    facts = desk({
        "exports.total.W00": values, "exports.HS84.W00": part, "exports.HS8471.W00": list(part),
        "exports.total.ASEAN": [0.3 * v for v in values], "exports.total.VNM": [0.3 * v for v in values],
    }).facts()  # fmt: skip
    told = {str(fact.key) for fact in facts}
    assert "TWN.exports.HS84.W00" in told
    assert not told & {"TWN.exports.HS8471.W00", "TWN.exports.total.VNM"}
    also = {str(other.key) for fact in facts for other in fact.also}
    assert also >= {"TWN.exports.HS8471.W00", "TWN.exports.total.VNM"}


def test_a_record_and_the_round_number_it_passes_are_one_event(desk, wave):
    values = [0.5 * value for value in wave(240, 1e9)]
    values[-1] = 10 ** len(str(int(max(values)))) * 1.01
    facts = desk({"exports.total.W00": values}).facts()
    record = next(fact for fact in facts if fact.kind == "record")
    assert "milestone" in {other.kind for other in record.also}
    assert not [fact for fact in facts if fact.kind == "milestone"]


def test_only_so_many_are_told_and_of_one_series_only_some(desk, wave):
    series = _some(7, wave)
    series["exports.total.W00"][-1] *= 3
    whole = desk(series)
    assert len(whole.facts(top=3)) == 3
    most = table()["a_series_says"]
    told = [str(fact.key) for fact in whole.facts()]
    assert max(told.count(key) for key in told) <= most["whole"]


def test_nothing_to_tell_is_an_empty_list(desk):
    assert desk({"exports.total.W00": [1e9, 2e9]}).facts() == []
    assert merged([], 20) == []


def _told(facts: list[Fact]) -> list[tuple[str, str, float, tuple[str, ...]]]:
    return [(f.kind, str(f.key), f.weight, tuple(str(o.key) for o in f.also)) for f in facts]
