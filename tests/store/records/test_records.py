"""Records come back as they were written, in order, exact; what cannot be right is refused by name."""

from __future__ import annotations

import random

import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.errors import FaultsError, StoreError
from tidewaiter.store.records import Header, Records, RecordsWriter, chapter_of, write_frame

MONTH = 2024 * 12


def _frame(rows):
    names = ("flow", "commodity", "partner", "month", "value")
    return pl.DataFrame(rows, schema=list(names), orient="row", strict=False)


def _rows():
    return [
        ("exports", "HS85423100", "USA", MONTH, 5),
        ("exports", "HS85423100", "USA", MONTH + 1, 7),
        ("exports", "HS85423100", "JPN", MONTH, 11),
        ("exports", "HS84715000", "JPN", MONTH, 2),
        ("imports", "HS01012100", "USA", MONTH + 1, 3),
    ]


def _read(path):
    records = Records(path)
    head = records.header
    found = []
    for block in records.blocks:
        c = records.columns(block)
        for commodity, partner, month, value in zip(c.commodity, c.partner, c.month, c.value, strict=True):
            assert chapter_of(head.commodities[commodity]) == block.chapter
            found.append(
                (head.flows[block.flow], head.commodities[commodity], head.partners[partner], month, value)
            )
    return found


def test_what_was_written_comes_back_sorted_whatever_the_order_of_the_rows(tmp_path):
    rows = _rows()
    random.Random(4).shuffle(rows)
    header = write_frame(tmp_path / "r.parquet", _frame(rows), reporter="TWN", unit="USD")
    assert _read(tmp_path / "r.parquet") == sorted(_rows())
    assert [(header.flows[b.flow], b.chapter, b.rows) for b in header.blocks] == [
        ("exports", "84", 1), ("exports", "85", 3), ("imports", "01", 1),
    ]  # fmt: skip


def test_totals_and_covered_months_are_told(tmp_path):
    header = write_frame(tmp_path / "r.parquet", _frame(_rows()), reporter="TWN", unit="USD")
    assert header.covered == {"exports": (MONTH, MONTH + 1), "imports": (MONTH + 1,)}
    assert header.totals == {"exports": (18, 7), "imports": (3,)}


_key = st.tuples(
    st.sampled_from(["exports", "imports"]), st.sampled_from(["HS010101", "HS010102", "HS0202", "goods"]),
    st.sampled_from(["USA", "JPN"]), st.integers(MONTH, MONTH + 4),
)  # fmt: skip


@settings(deadline=None)
@given(st.dictionaries(_key, st.integers(-(2**50), 2**50), min_size=1))
def test_any_records_round_trip(tmp_path_factory, known):
    path = tmp_path_factory.mktemp("records") / "r.parquet"
    write_frame(path, _frame([(*key, value) for key, value in known.items()]), reporter="TWN", unit="USD")
    assert {tuple(row[:4]): int(row[4]) for row in _read(path)} == known


def test_the_scale_keeps_every_decimal(tmp_path):
    rows = [("exports", "HS0101", "USA", MONTH, 0.18), ("exports", "HS0101", "USA", MONTH + 1, 9791.15)]
    header = write_frame(tmp_path / "r.parquet", _frame(rows), reporter="IND", unit="1e6 USD")
    assert header.scale == 2
    assert [row[4] for row in _read(tmp_path / "r.parquet")] == [18, 979115]


def test_more_decimals_than_the_scale_is_a_fault_that_names_the_value(tmp_path):
    rows = [("exports", "HS0101", "USA", MONTH, 0.125)]
    with pytest.raises(FaultsError, match=r"0\.125 has more than 2 decimals"):
        write_frame(tmp_path / "r.parquet", _frame(rows), reporter="IND", unit="USD", scale=2)


def test_a_month_that_stands_twice_is_named_and_nothing_is_left_behind(tmp_path):
    with pytest.raises(FaultsError, match=r"TWN\.exports\.HS85423100\.USA 2024-02"):
        write_frame(tmp_path / "r.parquet", _frame([*_rows(), _rows()[1]]), reporter="TWN", unit="USD")
    assert not list(tmp_path.iterdir())


def test_a_code_beside_its_own_part_is_refused(tmp_path):
    rows = [*_rows(), ("exports", "HS8471", "JPN", MONTH, 2)]
    with pytest.raises(FaultsError, match="HS8471 stands beside HS84715000"):
        write_frame(tmp_path / "r.parquet", _frame(rows), reporter="TWN", unit="USD")


def test_sums_that_would_overflow_are_refused(tmp_path):
    rows = [("exports", "HS0101", partner, MONTH, 2**62) for partner in ("USA", "JPN")]
    with pytest.raises(FaultsError, match="more than 2\\^63"):
        write_frame(tmp_path / "r.parquet", _frame(rows), reporter="TWN", unit="USD")


def test_a_null_is_a_withheld_value_not_a_zero(tmp_path):
    rows = [("exports", "HS0101", "USA", MONTH, None), ("exports", "HS0101", "USA", MONTH + 1, 0)]
    write_frame(tmp_path / "r.parquet", _frame(rows), reporter="TWN", unit="USD")
    records = Records(tmp_path / "r.parquet")
    assert records.columns(records.blocks[0]).status.tolist() == [1, 0]


def test_the_digest_of_a_block_is_that_of_its_content_alone(tmp_path):
    one = write_frame(tmp_path / "a.parquet", _frame(_rows()), reporter="TWN", unit="USD")
    more = [*_rows(), ("exports", "HS0202", "AUS", MONTH, 1)]
    two = write_frame(tmp_path / "b.parquet", _frame(more), reporter="TWN", unit="USD")
    digests = {(two.flows[b.flow], b.chapter): b.digest for b in two.blocks}
    assert all(digests[one.flows[b.flow], b.chapter] == b.digest for b in one.blocks)
    restated = [(*row[:4], row[4] + (row[1] == "HS84715000")) for row in _rows()]
    three = write_frame(tmp_path / "c.parquet", _frame(restated), reporter="TWN", unit="USD")
    assert [a.digest == b.digest for a, b in zip(one.blocks, three.blocks, strict=True)] == [
        False,
        True,
        True,
    ]


def test_rows_out_of_order_are_found_when_the_block_is_read(tmp_path):
    write_frame(tmp_path / "r.parquet", _frame(_rows()), reporter="TWN", unit="USD")
    table = pq.read_table(tmp_path / "r.parquet")
    metadata = pq.read_metadata(tmp_path / "r.parquet").metadata
    swapped = table.take([0, 2, 1, 3, 4]).replace_schema_metadata({b"tidewaiter": metadata[b"tidewaiter"]})
    with pq.ParquetWriter(tmp_path / "s.parquet", swapped.schema) as out:
        for first, rows in ((0, 1), (1, 3), (4, 1)):
            out.write_table(swapped.slice(first, rows))
    records = Records(tmp_path / "s.parquet")
    records.columns(records.blocks[0])
    with pytest.raises(StoreError, match="row 1 of the block is not after the row before it"):
        records.columns(records.blocks[1])


def test_a_file_without_records_is_told_so(tmp_path):
    pl.DataFrame({"x": [1]}).write_parquet(tmp_path / "x.parquet")
    with pytest.raises(StoreError, match="holds no records"):
        _ = Records(tmp_path / "x.parquet").header
    with pytest.raises(StoreError, match="do not open"):
        _ = Records(tmp_path / "none.parquet").header


def test_a_writer_that_fails_leaves_no_file(tmp_path):
    header = Header("TWN", "USD", 0, ("exports",), ("HS0101",), ("USA",))
    with pytest.raises(RuntimeError), RecordsWriter(tmp_path / "r.parquet", header):
        raise RuntimeError
    assert not list(tmp_path.iterdir())
