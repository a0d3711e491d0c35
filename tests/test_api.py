"""The Python interface: three lines to a figure, a table, a check."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

import tidewaiter as tw
from tidewaiter import official
from tidewaiter.errors import NoFigureError, UnknownNameError, UnparsableError


@pytest.fixture
def store(official_store):
    return tw.open(official_store)


def test_importing_imports_nothing_else():
    program = "import sys, tidewaiter; print([m for m in sys.modules if m.startswith('tidewaiter.')])"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_load_tells_what_it_did(tmp_path):
    store = tw.open(tmp_path)
    path = official.folder() / "customs-hs847150"
    assert [loaded.is_new for loaded in store.load(path)] == [True]
    assert [loaded.is_new for loaded in store.load(path)] == [False]
    assert "1 releases" in repr(store)


def test_one_figure(store):
    found = store.get("TWN.exports", statistic="yoy", period="2025-08", as_of="2025-09-30")
    assert round(found.value, 4) == 34.0682  # 財政部統計處, 114年8月, 表1
    assert found[0].release
    assert "34.068" in repr(found)


def test_a_series_in_every_library(store):
    series = store.series("TWN.exports.847150")
    polars, arrow, pandas = series.to_polars(), series.to_arrow(), series.to_pandas()
    assert len(series) == polars.height == arrow.num_rows == len(pandas)
    assert polars["value"].to_list() == arrow["value"].to_pylist() == pandas["value"].tolist()
    assert polars["first"].dtype == polars["last"].dtype
    assert str(polars.filter(polars["period"] == "2026-06")["last"][0]) == "2026-06-30"
    assert [figure.value for figure in series] == polars["value"].to_list()
    assert "<table" in series._repr_html_()


def test_an_empty_slice_is_still_figures(store):
    assert len(store.series("TWN.exports.847150")[:0]) == 0


def test_as_of_takes_a_day_or_its_text(store):
    by_text = store.get("TWN.exports", period="2023-11", as_of="2023-12-20")
    by_day = store.get("TWN.exports", period="2023-11", as_of=date(2023, 12, 20))
    assert by_text.value == by_day.value == 374.7


def test_several_statistics_and_parameters(store):
    found = store.get("TWN.exports.ict_av", statistic=["share", "rank:level:same_month"], period="2023-11")
    assert [str(figure.id.statistic) for figure in found] == ["share", "rank"]
    assert found[1].value == 1


def test_keys_by_pattern(store):
    keys = store.keys("TWN.exports.HS847150.*")
    assert "TWN.exports.HS847150.USA" in [str(key) for key in keys]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ({"key": "TWN.exports.nonsense"}, UnknownNameError),
        ({"key": "TWN.exports", "statistic": "growth"}, UnknownNameError),
        ({"key": "TWN"}, UnparsableError),
        ({"key": "TWN.exports", "period": "x"}, UnparsableError),
        ({"key": "TWN.exports", "as_of": "x"}, UnparsableError),
        ({"key": "TWN.exports.847150", "period": "1990"}, NoFigureError),
    ],
)
def test_errors_are_of_the_tree(store, call, error):
    with pytest.raises(error):
        store.get(**call)


def test_an_empty_store_says_so(tmp_path):
    with pytest.raises(NoFigureError, match="the store is empty"):
        tw.open(tmp_path).get("TWN.exports")


def test_check_of_a_text_by_a_store(store):
    found = store.check("11月出口374.7億美元，年增3.8%。", published="2023-12-08")
    assert "confirmed" in {str(one.judgement.verdict) for one in found}


@pytest.mark.parametrize("first", ["import tidewaiter.check", "pass"])
def test_check_without_a_store_whatever_was_imported_before(first):
    program = f"{first}\nimport tidewaiter as tw\nprint(len(tw.check('11月出口374.7億美元', '2023-12-08')))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert int(done.stdout) >= 1
