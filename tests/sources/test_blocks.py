"""Files in codes: the frame built from them is the one a reader of rows would build."""

import polars as pl

from tidewaiter.sources.blocks import Block, Blocks, Lines, Resolved
from tidewaiter.sources.table import SCHEMA

_JANUARY = 2024 * 12


def _coded(*labels: str, at: list[int]) -> Resolved:
    return Resolved(list(labels), pl.Series(at, dtype=pl.UInt32))


def _made(**more) -> Blocks:
    blocks = (
        Block(pl.Series([1.0, None, 3.0]), Resolved(["USD"]), Resolved([""]), decimals=2),
        Block(pl.Series([None, 5.0, None]), Resolved(["kg"]), Resolved(["weight"]), flow="re_exports"),
    )
    given = {
        "file": "made.csv",
        "dimensions": {
            "reporter": Resolved(["NZL"]),
            "flow": Resolved(["exports"]),
            "commodity": _coded("HS02", "HS01", at=[0, 1, 1]),
            "partner": _coded("AUS", "USA", at=[0, 0, 1]),
        },
        "period": _coded(at=[0, 1, 0]),
        "lines": Lines(3, "line", 2, None, (3,)),
        "blocks": blocks,
    }
    given["period"] = Resolved(
        [(_JANUARY, _JANUARY), (_JANUARY + 1, _JANUARY + 1)], pl.Series([0, 1, 0], dtype=pl.UInt32)
    )
    return Blocks(**{**given, **more})


def test_each_number_has_its_key_unit_and_line():
    made = _made()
    assert made.height == 3
    assert dict(made.frame.schema) == SCHEMA
    shown = made.frame.select("flow", "commodity", "partner", "measure", "value", "unit", "decimals", "cell")
    assert shown.rows() == [
        ("exports", "HS02", "AUS", "", 1.0, "USD", 2, "line 2"),
        ("exports", "HS01", "USA", "", 3.0, "USD", 2, "line 5"),
        ("re_exports", "HS01", "AUS", "weight", 5.0, "kg", None, "line 4"),
    ]


def test_some_columns_are_those_of_the_whole():
    made = _made()
    for columns in (["value"], ["commodity", "cell"], ["first", "flow", "known_at"], ["preliminary", "unit"]):
        assert made.select_only(columns).equals(made.frame.select(columns))


def test_only_periods_with_a_number_count():
    made = _made(
        blocks=(Block(pl.Series([1.0, None, None]), Resolved(["USD"]), Resolved([""]), to_date=True),)
    )
    assert made.last_span() == (_JANUARY, _JANUARY)
    assert made.first_month() == _JANUARY


def test_numbers_that_end_with_the_last_month_are_marked():
    marked = _made().preliminary_at(_JANUARY + 1)
    assert marked.marked() == 1
    assert marked.frame.filter("preliminary")["value"].to_list() == [5.0]


def test_a_number_of_several_rows_says_how_many():
    more = pl.Series([2, 0, 0], dtype=pl.UInt32)
    made = _made(
        blocks=(Block(pl.Series([1.0, None, 3.0]), Resolved(["USD"]), Resolved([""]), more=more),),
        beside=(_coded("H5", "H6", at=[0, 0, 1]),),
    )
    assert made.frame["cell"].to_list() == ["line 2 (H5) and 2 more", "line 5 (H6)"]


def test_lines_between_that_hold_no_row_are_counted():
    lines = Lines(4, "line", 2, None, (2, 4, 5))
    assert lines.numbers().to_list() == [3, 6, 7, 8]
    assert [lines.one(row) for row in range(4)] == [3, 6, 7, 8]
    kept = Lines(2, "line", 2, pl.Series([1, 3], dtype=pl.UInt32), (2, 4, 5))
    assert kept.numbers().to_list() == [6, 8]
