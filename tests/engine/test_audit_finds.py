"""The audit finds exactly the digit that was changed, and nothing in what offices printed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.engine.audit import audit
from tidewaiter.engine.edition import Edition

_CHECKED = {"moea-brief@459": 179, "mof-release@2025-08": 2449}


@pytest.fixture(scope="module")
def audited(store):
    """Release, observations and audit, once each."""
    done = {}

    def get(name: str):
        if name not in done:
            (release,) = [known for known in store.releases() if known.id == name]
            observations = store.observations(release)
            done[name] = release, observations, audit(Edition.of(release, observations), observations)
        return done[name]

    return get


def _is_derived(line) -> bool:
    return line.rule.startswith("derived.")


@pytest.mark.parametrize("name", _CHECKED)
def test_no_printed_growth_share_or_change_disagrees(audited, name):
    _, _, found = audited(name)
    derived = [line for line in found.lines if _is_derived(line)]
    assert sum(line.allowed is not None for line in derived) == _CHECKED[name]
    assert not [line for line in found.findings if _is_derived(line)]


def test_what_the_ministry_prints_differently_is_named(audited):
    """Sums of adjusted months in Table 13 differ in the second decimal, two of China's spans in Table 14."""
    _, _, found = audited("mof-release@2025-08")
    assert {line.cell.place.cell for line in found.findings} == {"B7", "B13", "E7", "E13", "L20", "AB20"}


@pytest.mark.parametrize("name", _CHECKED)
def test_one_changed_derived_cell_is_found_and_named(audited, name):
    release, observations, before = audited(name)
    known = {id(line.cell) for line in before.findings}
    checked = [
        line for line in before.lines if _is_derived(line) and line.allowed is not None and
        id(line.cell) not in known and _stands_alone(line.cell, observations)
    ]  # fmt: skip
    levels = [o for o in observations if not o.is_derived]

    @settings(max_examples=40, deadline=None)
    @given(st.sampled_from(checked), st.integers(-60, 60))
    def change(line, steps):
        cell = line.cell
        step = 10.0 ** -(cell.decimals if cell.decimals is not None else 4)
        wrong = replace(cell, value=cell.value + steps * step)
        found = audit(Edition.of(release, [*levels, wrong]), [*levels, wrong])
        named = [line for line in found.findings if _is_derived(line)]
        if line.allowed.meets(wrong.interval):  # levels of two digits leave a share open by a point
            assert not named
        else:
            (one,) = named
            assert (one.cell, one.cell.place) == (wrong, cell.place)
            assert one.allowed == line.allowed

    change()


def test_one_changed_level_of_the_brief_is_seen_in_what_stands_on_it(audited):
    """100.5 printed 105.0 in Table 1: the year's growth no longer follows."""
    release, observations, _ = audited("moea-brief@459")
    (cell,) = [
        o for o in observations
        if (str(o.key), str(o.period), o.statistic) == ("TWN.exports.HS847150.W00", "2023", "level")
        and o.value == 100.5 and o.place.cell.startswith("line")
    ][:1]  # fmt: skip
    changed = [replace(o, value=105.0) if o is cell else o for o in observations]
    found = audit(Edition.of(release, changed), changed)
    told = {(line.cell.statistic, str(line.cell.period)) for line in found.findings}
    assert ("yoy", "2023") in told
    assert {line.cell.key.commodity for line in found.findings} == {"HS847150"}


def _stands_alone(cell, observations) -> bool:
    """Growth that stands on levels and is printed once: a chain of yearly rates has no level behind it."""
    return cell.statistic in {"yoy", "share", "mom", "yoy_change", "mom_change"} and (
        sum((o.key, o.statistic, o.of, o.period) == (cell.key, cell.statistic, cell.of, cell.period)
            for o in observations if o.is_derived) == 1
    )  # fmt: skip
