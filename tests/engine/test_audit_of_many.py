"""Rules over single levels find the same in columns as value by value, in any release."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from tidewaiter.engine.audit import Status, many
from tidewaiter.engine.audit.run import CHECKS, of_many
from tidewaiter.engine.edition import Edition
from tidewaiter.engine.routes import Levels
from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation, Place
from tidewaiter.model.period import Period
from tidewaiter.model.release import Publisher, Release
from tidewaiter.model.unit import Unit
from tidewaiter.store.frame import from_frame, in_order, to_frame

_DAY, _LATER = date(2025, 9, 9), date(2025, 10, 9)
_NAMES = ("balance", "sum.months", "same.across_tables")
_RELEASE = Release(
    "made@2025", "made", "2025", "made", Publisher("x", "x"), _DAY, published_inferred=False, authority=0,
    files=(), numeric_cells=0, observations=0, derived_cells=0, layout_cells=0, first_period="",
    last_period="", preliminary=0,
)  # fmt: skip


def _level(key, period, value, unit="1e6 USD", *, decimals=None):
    return Observation(
        Key.parse(key), Period.parse(period), LEVEL, value, Unit.parse(unit), Place("f", "a", "c"),
        decimals=decimals, known_at=_DAY,
    )  # fmt: skip


def _sound() -> list[Observation]:
    """Two years of months with spans, years and balances of three partners, in full and rounded."""
    found = []
    for partner, decimals in (("USA", None), ("CHN", 1), ("W00", 0)):
        for year in (2023, 2024):
            sums = {"exports": 0.0, "imports": 0.0}
            for month in range(1, 13):
                for flow in sums:
                    value = 100.0 + month * 1.37 + len(partner + flow) / 7 + year % 100
                    value = value if decimals is None else round(value, decimals)
                    sums[flow] += value
                    period = f"{year}-{month:02}"
                    found.append(_level(f"TWN.{flow}.total.{partner}", period, value, decimals=decimals))
                gap = found[-2].value - found[-1].value
                found.append(_level(f"TWN.balance.total.{partner}", period, gap * 1e3, "1e3 USD"))
            found += [
                _level(f"TWN.{flow}.total.{partner}", str(year), value / 1e3, "1e9 USD", decimals=2)
                for flow, value in sums.items()
            ]
    return [*found, *(replace(one, place=Place("f", "b", "d")) for one in found[::5])]


def _spoilt(numbers: list[Observation], step: int, factor: float) -> list[Observation]:
    return [
        replace(one, value=one.value * factor + 0.3) if at % step == 3 else one
        for at, one in enumerate(numbers)
    ]


def _both(numbers: list[Observation]):
    """What is found value by value, and in columns."""
    table = in_order(to_frame(numbers), _DAY)
    values = list(from_frame(table))
    edition = Edition.of(_RELEASE, values)
    one_by_one = [line for name in _NAMES for line in CHECKS[name](Levels(edition), values)]
    return one_by_one, of_many(_RELEASE, table)


def _told(line):
    cell, allowed = line.cell, line.allowed
    bounds = (allowed.low, allowed.high) if allowed else None
    return line.rule, line.status, str(cell.key), str(cell.period), str(cell.place), bounds, line.reason


def _same(numbers: list[Observation]) -> Counter[str]:
    one_by_one, in_columns = _both(numbers)
    wrong = [line for line in one_by_one if line.status is not Status.AGREES]
    assert sorted(map(_told, wrong), key=str) == sorted(
        (_told(line) for found in in_columns for line in found.lines), key=str
    )
    for found in in_columns:
        agreeing = [x for x in one_by_one if x.rule == found.rule and x.status is Status.AGREES]
        assert (found.agrees, found.exact) == (len(agreeing), sum(x.exact for x in agreeing))
    return Counter(line.status for line in one_by_one)


def test_a_sound_release_is_sound_both_ways():
    counts = _same(_sound())
    assert counts[Status.AGREES] > 100
    assert not counts[Status.DISAGREES]


@pytest.mark.parametrize("factor", [1.0, 1 + 1e-9, 1.001, 1000.0])
@pytest.mark.parametrize("step", [7, 50])
def test_planted_faults_are_found_both_ways(step, factor):
    assert _same(_spoilt(_sound(), step, factor))[Status.DISAGREES] > 0


def test_absent_parts_other_days_and_other_units_are_told_both_ways():
    numbers = [one for at, one in enumerate(_sound()) if at % 11]
    numbers = [replace(one, known_at=_LATER) if at % 4 == 0 else one for at, one in enumerate(numbers)]
    numbers = [replace(one, unit=Unit("kg")) if at % 9 == 0 else one for at, one in enumerate(numbers)]
    assert _same(numbers)[Status.MISSING] > 0


def test_every_carried_release_gives_the_same_both_ways(store):
    judged = Counter[str]()
    for release in store.releases():
        judged += _same(store.observations(release))
    assert judged[Status.DISAGREES] > 0
    assert judged[Status.AGREES] > 500


def test_faults_beyond_those_judged_one_by_one_are_counted(monkeypatch):
    numbers = _spoilt(_sound(), 3, 1.5)
    whole = {found.rule: found for found in _both(numbers)[1]}
    monkeypatch.setattr(many, "_ONE_BY_ONE", 5)
    for found in _both(numbers)[1][:2]:
        lines = [line for line in found.lines if line.status is Status.DISAGREES]
        wrong = sum(line.status is Status.DISAGREES for line in whole[found.rule].lines)
        assert len(lines) + found.counted.get(Status.DISAGREES, 0) == wrong
        assert found.agrees == whole[found.rule].agrees


def test_what_is_not_compared_is_told_with_its_count(monkeypatch):
    monkeypatch.setattr(many, "_TWICE", 10)
    found = _both(_sound())[1][2]
    (line,) = [line for line in found.lines if line.status is Status.MISSING]
    assert "not compared" in line.reason
    twice = len(_sound()) // 6 * 2
    assert found.tally().missing + 1 >= twice - 10 - 2
