"""Which facts a series offers: each kind on a series made to have it, and on one made not to."""

from __future__ import annotations

import pytest

from tidewaiter.engine.facts import facts
from tidewaiter.model.key import Key
from tidewaiter.model.period import Period

TOTAL = "TWN.exports.total.W00"


def test_a_series_without_news_has_no_record(desk, wave):
    values = [*wave(240), 1e8]
    assert not desk({"exports.total.W00": values}).kinds(TOTAL) & {
        "record",
        "second",
        "milestone",
        "growth_record",
    }


def test_the_highest_of_twenty_years_is_a_record(desk, wave):
    values = wave(240)
    values[-1] = max(values) * 1.05
    fact = next(f for f in desk({"exports.total.W00": values}).facts() if f.kind == "record")
    assert fact.main.value == 1
    assert "240 months" in fact.why
    assert "240個月" in fact.why_zh


def test_one_month_higher_makes_it_the_second(desk, wave):
    values = wave(240)
    values[100] = max(values) * 1.2
    values[-1] = values[100] * 0.99
    assert "second" in desk({"exports.total.W00": values}).kinds(TOTAL)


def test_a_short_history_is_told_as_such(desk):
    values = [1e9 * (1 + month % 7 / 100) for month in range(40)]
    values[-1] = 2e9
    desk = desk({"exports.total.W00": values})
    assert "record" not in desk.kinds(TOTAL)
    fact = next(f for f in desk.facts() if f.kind == "since_begin")
    assert "only 40 months" in fact.why
    assert dict(fact.main.detail)["since"] == "2017-05"


def test_months_before_a_gap_are_no_history(desk, wave):
    """Where the past is not known, nothing is said of it: the record is one since the gap."""
    values = wave(240)
    values[-1] = max(values) * 1.05
    whole = desk({"exports.total.W00": values})
    book = whole.book()
    (edition,) = book.editions
    del edition.levels[Key.parse(TOTAL)][Period.parse("2015-01")]
    told = {fact.kind for fact in facts(book, Period.parse("2020-08"))}
    assert "record" not in told
    assert "since_begin" in told


@pytest.mark.parametrize(("factor", "kind"), [(1.1, "turn"), (0.8, "streak")])
def test_the_end_of_a_long_fall_is_a_turn_and_its_going_on_a_streak(desk, factor, kind):
    values = [1e9 + 1e6 * (month % 12) for month in range(48)]
    values += [value * 0.9 for value in values[-12:]]
    values += [value * 0.9 for value in values[-12:-1]]
    values.append(values[-12] * factor)
    fact = next(f for f in desk({"exports.total.W00": values}).facts() if f.kind == kind)
    assert ("23 months" in fact.why) is (kind == "turn")


def test_passing_another_after_long_is_an_overtaking(desk, wave):
    base = wave(60)
    korea, japan = [0.2 * v for v in base], [0.25 * v for v in base]
    korea[-1] = japan[-1] * 1.1
    desk = desk({"exports.total.W00": base, "exports.total.KOR": korea, "exports.total.JPN": japan})
    fact = next(f for f in desk.facts() if f.kind == "overtaking")
    assert (str(fact.key), fact.slots["passed"], fact.slots["n"]) == ("TWN.exports.total.KOR", "JPN", "59")


def test_one_month_behind_is_no_overtaking(desk, wave):
    base = wave(60)
    korea, japan = [0.25 * v for v in base], [0.2 * v for v in base]
    korea[-2] = japan[-2] * 0.9
    desk = desk({"exports.total.W00": base, "exports.total.KOR": korea, "exports.total.JPN": japan})
    assert not [f for f in desk.facts() if f.kind == "overtaking"]


def test_a_round_number_is_a_milestone_only_the_first_time(desk, wave):
    values = [0.5 * value for value in wave(240, 1e9)]
    top = max(values[:-1])
    step = 10 ** len(str(int(top)))
    values[-1] = step * 1.01
    assert "milestone" in desk({"exports.total.W00": values}).kinds(TOTAL)
    values[-2] = step * 1.02
    assert "milestone" not in desk({"exports.total.W00": values}).kinds(TOTAL)


def test_a_part_that_makes_the_growth_is_told_with_its_share_of_it(desk, wave):
    base = [*wave(60)[:-1], wave(60)[-13] * 1.2]
    part = [0.1 * v for v in base]
    part[-1] = part[-13] + 0.8 * (base[-1] - base[-13])
    facts = desk({"exports.total.W00": base, "exports.ict_av.W00": part}).facts()
    fact = next(f for f in facts if f.kind == "contribution")
    assert "80% of the whole's growth" in fact.why
    assert fact.main.value == pytest.approx(0.8 * 20, rel=1e-6)


def test_growth_that_makes_up_for_a_fall_is_told_as_a_low_base(desk):
    values = [1e9 + 1e6 * (month % 12) for month in range(84)]
    values[-13] *= 0.7
    desk = desk({"exports.total.W00": values})
    fact = next(f for each in desk.facts() for f in (each, *each.also) if f.kind == "base")
    assert [f.value < 0 for f in fact.figures if f.id.period.end_year == 2019] == [True]
    assert "base" in fact.why


def test_a_span_above_the_last_full_year_is_told(desk):
    values = [1e9] * 116
    values += [3e9] * 8
    assert "full_year" in desk({"exports.total.W00": values[-124:]}).kinds(TOTAL)


def test_growth_seldom_so_fast_is_counted(desk):
    values = [1e9 + 1e6 * (month % 12) for month in range(200)]
    values[80] *= 1.5
    values[-1] *= 1.55
    desk = desk({"exports.total.W00": values})
    rare = [f for each in desk.facts() for f in (each, *each.also) if f.kind == "rare"]
    assert not rare  # never above 50 % before: that is a record, not a rarity
    values[80] *= 1.2
    desk.series["TWN.exports.total.W00"] = values
    (fact,) = [f for each in desk.facts() for f in (each, *each.also) if f.kind == "rare"]
    assert (fact.slots["n"], fact.slots["level"]) == ("2", "50")
