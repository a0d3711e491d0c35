"""Vintages of records: each comes back exactly as it was appended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.errors import StoreError
from tidewaiter.store.history import History
from tidewaiter.store.records import Records, write_frame

if TYPE_CHECKING:
    from pathlib import Path

BEGIN = date(2025, 1, 9)
FLOWS, PARTNERS = ("exports", "imports"), ("DEU", "JPN", "USA")
GOODS = ("HS0101", "HS0102", "HS8471", "HS8542")
MONTHS = st.integers(24300, 24303)
rows = st.dictionaries(
    st.tuples(st.sampled_from(FLOWS), st.sampled_from(GOODS), st.sampled_from(PARTNERS), MONTHS),
    st.one_of(st.none(), st.integers(-5, 5), st.integers(-(2**60), 2**60)),
    min_size=1,
    max_size=24,
)  # fmt: skip


def written(path: Path, vintage: dict, **more) -> Records:
    """A file of records from ``(flow, commodity, partner, month) → value``; None is withheld."""
    columns = dict(zip(("flow", "commodity", "partner", "month"), zip(*vintage, strict=True), strict=True))
    frame = pl.DataFrame({name: list(column) for name, column in columns.items()})
    frame = frame.with_columns(value=pl.Series(list(vintage.values()), dtype=pl.Int64))
    write_frame(path, frame, reporter="XXX", unit="USD", **more)
    return Records(path)


def told(source) -> dict:
    """Every record of a vintage, its codes spelled out, in the order in which it is read."""
    found, head = {}, source.header
    for block in source.blocks:
        columns = source.columns(block)
        status = columns.status if columns.status is not None else np.zeros(len(columns.value))
        for one, who, month, value, withheld in zip(
            columns.commodity, columns.partner, columns.month, columns.value, status, strict=True
        ):
            key = (head.flows[block.flow], head.commodities[one], head.partners[who], int(month))
            assert key not in found
            found[key] = None if withheld else int(value)
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(vintages=st.lists(rows, min_size=1, max_size=5))
def test_each_vintage_comes_back_exactly_deletions_included(tmp_path_factory, vintages):
    folder = tmp_path_factory.mktemp("history")
    history, kept = History(folder / "kept"), {}
    for number, vintage in enumerate(vintages):
        records = written(folder / f"{number}.parquet", vintage)
        day = BEGIN + timedelta(days=30 * number)
        history.append(records, day)
        kept[day] = records
    for day, records in kept.items():
        found = history.as_of(day)
        assert found.header == records.header
        assert list(told(found).items()) == list(told(records).items())
        for block in found.blocks:
            assert np.array_equal(found.columns(block).commodity, records.columns(block).commodity)
            assert np.array_equal(found.columns(block).partner, records.columns(block).partner)


@pytest.fixture
def history(tmp_path) -> History:
    """Two vintages: one value restated, one record gone, one new, of a new commodity and partner."""
    first = {("exports", "HS8471", "USA", 24300): 10, ("exports", "HS8471", "USA", 24301): 20,
             ("imports", "HS0101", "JPN", 24300): 5}  # fmt: skip
    second = {("exports", "HS8471", "USA", 24300): 11, ("exports", "HS8471", "USA", 24301): 20,
              ("exports", "HS0102", "DEU", 24301): 7}  # fmt: skip
    made = History(tmp_path / "history")
    made.append(written(tmp_path / "1.parquet", first), BEGIN)
    made.append(written(tmp_path / "2.parquet", second), BEGIN + timedelta(days=30))
    return made


def test_only_what_changed_is_counted_and_written(history):
    assert [vintage.changed for vintage in history.vintages()] == [3, 3]
    assert len(pl.read_parquet(history.folder / "0001.parquet")) == 3


def test_a_day_between_two_vintages_knows_the_earlier(history):
    assert history.as_of(BEGIN + timedelta(days=29)).header.rows == 3
    assert ("imports", "HS0101", "JPN", 24300) in told(history.as_of(BEGIN + timedelta(days=29)))
    assert ("imports", "HS0101", "JPN", 24300) not in told(history.as_of())


def test_the_same_vintage_twice_changes_nothing(history, tmp_path):
    before = sorted(path.name for path in history.folder.iterdir())
    again = history.append(Records(tmp_path / "2.parquet"), BEGIN + timedelta(days=60))
    assert not again.is_new
    assert history.append(Records(tmp_path / "1.parquet"), BEGIN).is_new is False
    assert sorted(path.name for path in history.folder.iterdir()) == before


def test_a_vintage_that_goes_back_to_an_older_content_is_a_new_one(history, tmp_path):
    first = Records(tmp_path / "1.parquet")
    assert history.append(first, BEGIN + timedelta(days=60)).is_new
    assert told(history.as_of()) == told(first)


def test_an_older_vintage_is_refused(history, tmp_path):
    other = written(tmp_path / "3.parquet", {("exports", "HS8471", "USA", 24300): 1})
    with pytest.raises(StoreError, match="does not come after the newest"):
        history.append(other, BEGIN + timedelta(days=10))


def test_another_scale_is_refused_with_the_way_out(history, tmp_path):
    other = written(tmp_path / "3.parquet", {("exports", "HS8471", "USA", 24300): 1}, scale=2)
    with pytest.raises(StoreError, match="scale=0"):
        history.append(other, BEGIN + timedelta(days=90))


def test_a_day_before_the_first_vintage_says_when_it_begins(history):
    with pytest.raises(StoreError, match="2025-01-09"):
        history.as_of(date(2024, 1, 1))


def test_changes_out_of_order_are_found_when_read(history):
    path = history.folder / "0001.parquet"
    pl.read_parquet(path).reverse().write_parquet(path)
    with pytest.raises(StoreError, match="not after the row before it"):
        told(history.as_of())


def test_changes_that_do_not_fit_are_found(history):
    path = history.folder / "0001.parquet"
    pl.read_parquet(path).filter(pl.col("present") != 1).write_parquet(path)
    with pytest.raises(StoreError, match="its header says"):
        told(history.as_of())


def test_a_file_that_no_list_names_does_not_count(history, tmp_path):
    """As after a writer that was killed before the list took its place."""
    (history.folder / "0002.parquet").write_bytes(b"half")
    assert len(history.vintages()) == 2
    history.append(
        written(tmp_path / "3.parquet", {("exports", "HS8471", "USA", 24300): 1}), BEGIN + timedelta(90)
    )
    assert told(history.as_of()) == {("exports", "HS8471", "USA", 24300): 1}
