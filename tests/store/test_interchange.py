"""Exports: SDMX-CSV with its structure, Parquet and Arrow, as their own readers and others see them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import polars as pl
import pytest

from tidewaiter import official
from tidewaiter.api import open_store
from tidewaiter.errors import FaultsError, NoFigureError, StoreError, UsageError
from tidewaiter.model.key import Key
from tidewaiter.sources.interchange import SOURCE
from tidewaiter.sources.protocol import Blob
from tidewaiter.sources.sdmx.own import DIMENSIONS
from tidewaiter.store import Store
from tidewaiter.store.interchange import Extract, extract, write, written
from tidewaiter.store.interchange.structure import write_structure


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> Store:
    """A store with the brief's cells and the query file of HS 847150."""
    home = tmp_path_factory.mktemp("interchange") / "store"
    open_store(home).load(*(official.folder() / name for name in ("customs-hs847150", "moea-brief-459")))
    return Store(home)


@pytest.fixture(scope="module")
def whole(shelf) -> Extract:
    """All of it."""
    return extract(shelf, shelf.releases())


def _rows(found: Extract) -> list[dict[str, str]]:
    out = io.BytesIO()
    written(found, "sdmx-csv", out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode())))


def test_each_row_is_one_observation_with_unit_decimals_status_day_and_origin(whole):
    rows = _rows(whole)
    assert len(rows) == whole.table.height == 393
    assert len({tuple(row[name] for name in DIMENSIONS) for row in rows}) == len(rows)
    (row,) = [r for r in rows if r["TIME_PERIOD"] == "2026-06"]
    assert row["STRUCTURE_ID"] == "TIDEWAITER:OBSERVATIONS(1.0.0)"
    told = (
        "FREQ",
        "REF_AREA",
        "FLOW",
        "COMMODITY",
        "OBS_VALUE",
        "UNIT_MEASURE",
        "UNIT_MULT",
        "DECIMALS",
        "OBS_STATUS",
    )
    assert [row[name] for name in told] == [
        "M",
        "TWN",
        "exports",
        "HS847150",
        "9731761",
        "USD",
        "3",
        "0",
        "P",
    ]
    assert row["ORIGIN_FILE"] == "exports_hs847150_2024-01_2026-06.csv"
    assert row["ORIGIN_CELL"].startswith("line 31")


def test_spans_and_printed_statistics_are_told(whole):
    rows = [row for row in _rows(whole) if row["STATISTIC"] == "average_annual_growth"]
    assert {row["TIME_PERIOD"] for row in rows} == {"2017-01-01/P84M"}
    assert {row["FREQ"] for row in rows} == {"_O"}
    assert "61.3" in {row["OBS_VALUE"] for row in rows}


def test_texts_that_a_spreadsheet_would_run_are_quoted_and_numbers_are_not(whole, tmp_path):
    release = replace(whole.releases[0], title="=HYPERLINK(1)", id=whole.releases[0].id)
    table = whole.table.filter(pl.col("release") == release.id)
    table = table.with_columns(value=-pl.col("value"), cell=pl.lit("@SUM(A1)"), file=pl.lit("+1.csv"))
    bad = Extract((release,), table)
    row = _rows(bad)[0]
    assert (row["TITLE"], row["ORIGIN_CELL"], row["ORIGIN_FILE"]) == (
        "'=HYPERLINK(1)",
        "'@SUM(A1)",
        "'+1.csv",
    )
    assert float(row["OBS_VALUE"]) < 0
    write(bad, tmp_path / "bad.csv")
    (done,) = open_store(tmp_path / "again").load(tmp_path / "bad.csv")
    assert done.release.title == "=HYPERLINK(1)"
    (place,) = set(Store(tmp_path / "again").scan(done.release).collect()["sheet"])
    assert place == "+1.csv"


def test_every_component_and_code_of_the_data_is_in_the_structure_as_pysdmx_reads_it(whole, tmp_path):
    from pysdmx.io import read_sdmx  # noqa: PLC0415 — heavy

    write(whole, tmp_path / "data.csv")
    data = read_sdmx(tmp_path / "data.csv").data[0].data
    assert len(data) == 393
    for name, version in (("s.xml", "3.0"), ("s21.xml", "2.1"), ("s.json", "3.0")):
        message = read_sdmx(write_structure(whole, tmp_path / name, version))
        (structure,) = message.get_data_structure_definitions()
        parts = {part.id: part for part in structure.components}
        assert set(data.columns) - {"ACTION"} <= set(parts)
        lists = {found.id: {code.id: code for code in found.codes} for found in message.get_codelists()}
        assert set(data["COMMODITY"]) <= set(lists["CL_COMMODITY"])
        assert set(data["COUNTERPART_AREA"]) | set(data["REF_AREA"]) == set(lists["CL_AREA"])
        taiwan = lists["CL_AREA"]["TWN"]
        assert (taiwan.name, taiwan.description) == ("Taiwan", "臺灣")


def test_another_client_reads_the_structure(whole, tmp_path):
    sdmx = pytest.importorskip("sdmx")
    with write_structure(whole, tmp_path / "structure.xml", "2.1").open("rb") as file:
        message = sdmx.read_sdmx(file)
    structure = message.structure["DSD_OBSERVATIONS"]
    assert [part.id for part in structure.dimensions] == list(DIMENSIONS)
    assert {"UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS"} <= {part.id for part in structure.attributes}
    assert str(message.codelist["CL_STATISTIC"]["yoy"].name)
    assert message.dataflow["OBSERVATIONS"].structure.id == "DSD_OBSERVATIONS"


def test_a_pattern_and_a_day_choose_what_goes_out(shelf):
    releases = shelf.releases()
    some = extract(shelf, releases, Key.parse("TWN.exports.HS847150.*"))
    assert set(some.table["reporter"]) == {"TWN"}
    assert extract(shelf, releases, Key.parse("TWN.exports.HS847150.USA")).table.height < some.table.height
    with pytest.raises(NoFigureError, match=r"no observation of TWN\.imports\.total\.W00"):
        extract(shelf, releases, Key.parse("TWN.imports"))


def test_other_libraries_see_typed_columns(whole, tmp_path):
    for name, read in (("all.parquet", pl.read_parquet), ("all.arrow", pl.read_ipc)):
        frame = read(write(whole, tmp_path / name))
        assert frame.schema["value"] == pl.Float64
        assert frame.schema["known_at"] == pl.Date
        assert frame.filter((pl.col("key") == "TWN.exports.HS847150.W00") & (pl.col("period") == "2026-06"))[
            "value"
        ].to_list() == [9731761.0]


def test_a_write_that_fails_leaves_the_old_file(whole, tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("old")
    broken = Extract(whole.releases, whole.table.drop("unit"))
    with pytest.raises(pl.exceptions.ColumnNotFoundError):
        write(broken, path)
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["out.csv"]


def test_names_and_folders_that_do_not_fit_are_told(whole, tmp_path):
    with pytest.raises(UsageError, match="does not tell the format"):
        write(whole, tmp_path / "out.xls")
    with pytest.raises(UsageError, match="no format of an export"):
        write(whole, tmp_path / "out.csv", "csv")
    with pytest.raises(StoreError, match="cannot be written"):
        write(whole, tmp_path / "nowhere" / "out.csv")
    with pytest.raises(UsageError, match="no structure is written as"):
        write_structure(whole, tmp_path / "structure.txt")


def test_a_parquet_file_with_our_mark_and_other_columns_is_refused(tmp_path):
    frame = (
        pl.DataFrame({"a": [1]})
        .to_arrow()
        .replace_schema_metadata({"tidewaiter": '{"format": 1, "releases": {}}'})
    )
    from pyarrow import parquet  # noqa: PLC0415

    parquet.write_table(frame, tmp_path / "odd.parquet")
    blob = Blob("odd.parquet", (tmp_path / "odd.parquet").read_bytes())
    assert SOURCE.sniff(blob)
    with pytest.raises(FaultsError, match="the columns release, reporter"):
        SOURCE.read(blob)
    old = frame.replace_schema_metadata({"tidewaiter": '{"format": 99}'})
    parquet.write_table(old, tmp_path / "old.parquet")
    with pytest.raises(FaultsError, match="format 99"):
        SOURCE.read(Blob("old.parquet", (tmp_path / "old.parquet").read_bytes()))
