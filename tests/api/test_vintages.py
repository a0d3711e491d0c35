"""Numbered prints of one edition: two vintages of one dataset, listed so and answered so."""

from __future__ import annotations

import pytest

import tidewaiter as tw
from tidewaiter.model.release import printing_of

_MONTHS = [f"2018-{month:02d}" for month in range(1, 13)]


def _edition(folder, number, **changed):
    rows = ["period,region,group,value_chf"]
    rows += [f"{month},EU,6,{changed.get(f'm{at}', 1000 + at)}" for at, month in enumerate(_MONTHS)]
    path = folder / f"exports_region_group_edition{number}.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path):
    made = tw.open(tmp_path / "store")
    made.load(_edition(tmp_path, 1), _edition(tmp_path, 2, m11=2000))
    return made


@pytest.mark.parametrize(
    ("edition", "of"),
    [("2018-12.2", ("2018-12", 2)), ("2018.1", ("2018", 1)), ("2025-08", ("2025-08", 1)), ("459", ("459", 1)),
     ("2024-Q4.10", ("2024-Q4", 10)), ("v1.2", ("v1.2", 1))],
)  # fmt: skip
def test_the_number_of_a_print_is_read_off_its_edition(edition, of):
    assert printing_of(edition) == of


def test_list_tells_two_vintages_of_one_dataset(store, tidewaiter):
    rows = tidewaiter("list", "--store", store.folder, "--format", "json").json
    told = {row["release"]: row["vintage"] for row in rows}
    assert told == {
        "swiss-exports-region-group@2018-12.1": "1 of 2",
        "swiss-exports-region-group@2018-12.2": "2 of 2",
    }
    assert {row["dataset"] for row in rows} == {"swiss-exports-region-group"}
    assert all(row["published_inferred"] and row["observations"] == 12 for row in rows)
    assert {row["periods"] for row in rows} == {"2018-01..2018-12"}


def test_each_day_answers_with_the_print_out_then(store):
    (key,) = store.keys()
    then, now = (store.get(key, period="2018-12", as_of=day) for day in ("2019-01-31", "2019-02-28"))
    assert (then.value, now.value) == (1011.0, 2000.0)
    assert store.diff("2018-12.1", "2018-12.2").restated == 1


def test_days_that_are_told_are_kept(tmp_path):
    store = tw.open(tmp_path / "store")
    store.load(_edition(tmp_path, 1), published="2019-01-29")
    store.load(_edition(tmp_path, 2, m11=2000), published="2019-08-20")
    days = {release.edition: str(release.published) for release in store.releases()}
    assert days == {"2018-12.1": "2019-01-29", "2018-12.2": "2019-08-20"}
    assert [store.vintage(release) for release in store.releases()] == ["2 of 2", "1 of 2"]
