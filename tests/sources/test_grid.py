"""Sheets as grids: merges filled, references as a reader knows them."""

import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.errors import UnparsableError
from tidewaiter.sources.grid import column_name, read_grids, ref, squash


def workbook(fill):
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    fill(book)
    book.close()
    return held.getvalue()


def test_a_merged_header_shows_in_every_cell_it_spans_but_is_held_by_one():
    def fill(book):
        sheet = book.add_worksheet("表1")
        sheet.merge_range("B2:D3", "出\u3000\u3000口")

    [grid] = read_grids(workbook(fill))
    assert grid.sheet == "表1"
    assert {grid.text(row, column) for row in (1, 2) for column in (1, 2, 3)} == {"出口"}
    assert grid.own(2, 3) == ""
    assert grid.anchor(2, 3) == (1, 1)


def test_numbers_are_counted_once_and_texts_are_no_numbers():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(3, 2, [1.5, "…", "12", True, 0])

    [grid] = read_grids(workbook(fill))
    assert [(ref(row, column), value) for row, column, value in grid.numbers()] == [("C4", 1.5), ("G4", 0.0)]


def test_an_empty_sheet_has_no_cells():
    [grid] = read_grids(workbook(lambda book: book.add_worksheet("空白")))
    assert (grid.height, grid.width, grid.own(9, 9)) == (0, 0, "")


def test_bytes_that_are_no_workbook_are_said_to_be_none():
    with pytest.raises(UnparsableError, match="no workbook"):
        read_grids(b"not a workbook")


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_lettered_as_spreadsheets_do(column, name):
    assert column_name(column) == name


@given(st.integers(0, 16_383))
def test_a_column_name_reads_back(column):
    at = 0
    for letter in column_name(column):
        at = at * 26 + ord(letter) - ord("A") + 1
    assert at - 1 == column


@pytest.mark.parametrize(
    ("written", "squashed"),
    [
        ("年 增 率", "年增率"),
        ("機\u3000械", "機械"),
        ("單位：百萬美元；％", "單位:百萬美元;%"),
        ("中國大陸\n與香港", "中國大陸與香港"),
    ],
)
def test_blanks_and_full_width_signs_make_no_difference(written, squashed):
    assert squash(written) == squashed
