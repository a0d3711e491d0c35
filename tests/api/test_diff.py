"""Two releases compared: counts that are exact, and a difference that leads from the one to the other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tidewaiter as tw
from tidewaiter.api.changes import ADDED, RESTATED, VANISHED, compare
from tidewaiter.model.key import Key
from tidewaiter.model.observation import LEVEL, Observation, Place
from tidewaiter.model.period import Period
from tidewaiter.model.unit import Unit
from tidewaiter.store.frame import to_frame

_names = st.tuples(
    st.sampled_from(["ict_av", "total", "HS847150"]),
    st.sampled_from(["2024-01", "2024-02", "2024", "2024-01..2024-02"]),
    st.sampled_from([LEVEL, "yoy"]),
)
_tables = st.dictionaries(_names, st.integers(-(10**12), 10**12), max_size=20)


def _frame(numbers, decimals=None, power=0):
    return to_frame(
        [
            Observation(
                Key("TWN", "exports", goods), Period.parse(period), statistic, float(value),
                Unit("USD", power) if statistic == LEVEL else Unit("percent"), Place("f"), decimals,
            )
            for (goods, period, statistic), value in numbers.items()
        ]
    )  # fmt: skip


def _applied(numbers, found):
    """The numbers of the one release after every change is made to them."""
    after = dict(numbers)
    for change in found.changes:
        name = (Key.parse(change.key).commodity, change.period, change.statistic)
        if change.change == VANISHED:
            assert after.pop(name) == change.old
        else:
            assert after.get(name) == change.old
            after[name] = change.new
    return after


@given(_tables)
def test_a_release_does_not_differ_from_itself(numbers):
    found = compare(_frame(numbers), _frame(numbers))
    assert (found.added, found.restated, found.vanished, found.same) == (0, 0, 0, len(numbers))
    assert not found.changes


@settings(deadline=None)
@given(_tables, _tables)
def test_the_difference_leads_from_one_release_to_the_other(old, new):
    assert _applied(old, compare(_frame(old), _frame(new))) == new


@settings(deadline=None)
@given(_tables, _tables)
def test_the_way_back_is_the_way_there_turned_round(old, new):
    there, back = compare(_frame(old), _frame(new)), compare(_frame(new), _frame(old))
    turned = {ADDED: VANISHED, VANISHED: ADDED, RESTATED: RESTATED}
    one = {(c.change, c.key, c.statistic, c.period, c.old, c.new, c.difference) for c in there.changes}
    other = {
        (turned[c.change], c.key, c.statistic, c.period, c.new, c.old,
         None if c.difference is None else -c.difference)
        for c in back.changes
    }  # fmt: skip
    assert one == other
    assert there.same == back.same


@settings(deadline=None)
@given(_tables, _tables)
def test_counts_by_period_and_by_series_sum_to_the_whole(old, new):
    found = compare(_frame(old), _frame(new))
    for counts in (found.by_period(), found.by_series()):
        assert sum(row["restated"] for row in counts) == found.restated
        assert sum(row["added"] for row in counts) == found.added
        assert sum(row["vanished"] for row in counts) == found.vanished


def test_the_largest_comes_first_and_levels_before_rates():
    name = ("total", "2024-01", LEVEL), ("total", "2024-02", LEVEL), ("total", "2024-01", "yoy")
    found = compare(
        _frame(dict(zip(name, (100, 200, 5), strict=True))),
        _frame(dict(zip(name, (101, 250, 99), strict=True))),
    )
    told = [(change.period, change.statistic, change.difference) for change in found.changes]
    assert told == [("2024-02", LEVEL, 50.0), ("2024-01", LEVEL, 1.0), ("2024-01", "yoy", 94.0)]


@pytest.mark.parametrize(("printed", "restated"), [(3747, 0), (3746, 0), (3744, 1)])
def test_numbers_that_round_to_one_another_are_the_same(printed, restated):
    """374.56 億 printed with two decimals, beside 374.7, 374.6 and 374.4 with one."""
    name = ("total", "2023-11", LEVEL)
    old = _frame({name: 37465}, decimals=0, power=6)
    new = _frame({name: printed}, decimals=0, power=7)
    assert compare(old, new).restated == restated


def test_a_franc_of_two_hundred_billion_is_not_lost():
    name = ("total", "2017", LEVEL)
    assert compare(_frame({name: 220_582_404_650}), _frame({name: 220_582_404_651})).restated == 1


@pytest.fixture(scope="module")
def swiss(shared_folder, tmp_path_factory):
    store = tw.open(tmp_path_factory.mktemp("swiss"))
    store.load(*(shared_folder / f"exports_region_group_edition{n}.csv" for n in (1, 2)))
    return store


@pytest.fixture(scope="module")
def shared_folder():
    folder = Path(__file__).resolve().parents[3] / "shared/data/swiss-monthly"
    if not folder.exists():
        pytest.skip("needs ../shared/data/swiss-monthly, which is not beside this checkout")
    return folder


@pytest.mark.shared
def test_the_two_swiss_editions_differ_in_348_cells_of_2018(swiss):
    """A real revision: SOURCES.md beside the files counts 348 cells."""
    found = swiss.diff("2018-12.1", "2018-12.2")
    assert (found.restated, found.added, found.vanished, found.same) == (348, 0, 0, 35_364)
    assert {row["period"][:4] for row in found.by_period()} == {"2018"}
    sizes = [abs(change.difference) for change in found.listed(RESTATED)]
    assert sizes == sorted(sizes, reverse=True)
    first = next(found.listed(RESTATED))
    assert (first.key, first.period) == ("CHE.exports.BAZG06.BAZG_AF.chf", "2018-12")
    assert (first.old, first.new) == (387_303_864.0, 413_494_222.0)


@pytest.mark.shared
def test_the_two_swiss_editions_are_two_vintages_of_one_dataset(swiss):
    told = {release.edition: (swiss.vintage(release), release.published) for release in swiss.releases()}
    assert told["2018-12.1"] == ("1 of 2", date(2019, 1, 9))
    assert told["2018-12.2"] == ("2 of 2", date(2019, 2, 9))
    assert all(release.published_inferred for release in swiss.releases())


@pytest.mark.shared
def test_an_answer_as_of_a_day_is_that_of_the_edition_out_then(swiss):
    key = "CHE.exports.BAZG06.BAZG_AF.chf"
    then, now = (swiss.get(key, period="2018-12", as_of=day) for day in ("2019-01-31", "2019-03-31"))
    assert (then.value, now.value) == (387_303_864.0, 413_494_222.0)
    assert then[0].release.endswith(".1")
    before = swiss.get(key, period="2017-12", as_of="2019-01-31")
    assert before.value == swiss.get(key, period="2017-12").value


@pytest.mark.shared
def test_sentences_of_the_first_swiss_edition_that_flip_in_the_second(swiss):
    found = swiss.flips("2018-12.1", "2018-12.2")
    told = {(flip.what, flip.figure.partition("@")[0]) for flip in found if flip.state == "not_true"}
    assert ("direction", "CHE.exports.BAZG12.BAZG_CA.chf/yoy/2018-12") in told
    assert ("record", "CHE.exports.BAZG08.BAZG_SA.chf/rank:level:same_month/2018-07") in told
    assert {flip.lang for flip in found} == {"zh", "en"}
