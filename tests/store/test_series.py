"""A series file: what was written comes back, whatever the order it came in."""

from __future__ import annotations

import numpy as np
import pytest

from tidewaiter.errors import StoreError
from tidewaiter.store.series import SeriesFile, SeriesWriter


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "made.series"
    with SeriesWriter(made, {"of": "a test"}) as out:
        late = np.array([[0, 7, 0, -2], [0, 0, 0, 0]], np.int64)
        out.write(
            1, np.array([5, 5]), np.array([2, 3]), late, np.array([[0, 0, 0, 0], [0, 1, 0, 0]], np.uint8)
        )
        out.write(0, np.array([9]), np.array([1]), np.array([[2**60, 0, 0, 1]], np.int64))
    return made


def test_a_series_comes_back_with_its_months_and_values(path):
    file = SeriesFile(path)
    cells = file.cells(file.place(1, 5, 2))
    assert cells.months.tolist() == [1, 3]
    assert cells.values.tolist() == [7, -2]
    assert not cells.withheld.any()
    assert file.cells(file.place(0, 9, 1)).values.tolist() == [2**60, 1]


def test_a_withheld_cell_is_kept_apart_from_zero(path):
    file = SeriesFile(path)
    cells = file.cells(file.place(1, 5, 3))
    assert (cells.months.tolist(), cells.withheld.tolist()) == ([1], [True])


def test_a_series_that_is_not_there_has_no_place(path):
    file = SeriesFile(path)
    assert [file.place(0, 9, 2), file.place(1, 9, 1), file.place(3, 0, 0)] == [-1, -1, -1]


def test_the_series_of_one_code_stand_together(path):
    assert SeriesFile(path).beside(1, 5, 3) == (1, 2)
    assert SeriesFile(path).beside(1, 5, 9) == (1, 3)


def test_a_series_twice_is_refused_and_no_file_is_left(tmp_path):
    one = np.ones((1, 2), np.int64)
    with pytest.raises(StoreError, match="stands twice"), SeriesWriter(tmp_path / "x", {}) as out:  # noqa: PT012
        out.write(0, np.array([1]), np.array([1]), one)
        out.write(0, np.array([1]), np.array([1]), one)
    assert list(tmp_path.iterdir()) == []


def test_a_writer_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError), SeriesWriter(tmp_path / "x", {}):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"too short", b"x" * 100])
def test_another_file_is_refused(tmp_path, content):
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(StoreError, match="do not open"):
        SeriesFile(tmp_path / "x")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(StoreError, match="do not open"):
        SeriesFile(tmp_path / "none")
