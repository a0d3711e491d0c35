"""Files read by a mapping: what is read, what is refused, with lines."""

import io

import polars as pl
import pytest

from tidewaiter.errors import FaultsError, TidewaiterError
from tidewaiter.sources.mapping.read import read
from tidewaiter.sources.mapping.source import MappedSource
from tidewaiter.sources.mapping.spec import parse
from tidewaiter.sources.protocol import Blob

_YAML = """
dataset: made
sniff: [when, what, to, usd]
period: {column: when, format: month}
flow: {column: way, words: {X: exports, M: imports}}
reporter: {constant: NZL}
partner: {column: to, codes: [iso2], blank: W00}
commodity: {column: what, scheme: HS, pad: -1, words: {TOTAL: total}}
values:
  - {column: usd, unit: 1e3 USD}
  - {column: kg, unit: kg}
"""
_ROWS = "when,way,what,to,usd,kg\n202401,X,0101,AU,1.5,10\n202401,X,101,US,2,\n202402,M,TOTAL,,-,3\n"


def _source(text: str = _YAML) -> MappedSource:
    return MappedSource("made", parse(text))


def _rows(reading) -> list[tuple]:
    columns = ("flow", "commodity", "partner", "measure", "first", "value", "unit", "cell")
    return reading.table.select(columns).rows()


def test_a_file_becomes_observations_with_keys_units_and_lines(blob):
    (reading,) = _source().read(blob(_ROWS))
    january = 2024 * 12
    assert _rows(reading) == [
        ("exports", "HS0101", "AUS", "", january, 1.5, "1e3 USD", "line 2"),
        ("exports", "HS0101", "USA", "", january, 2.0, "1e3 USD", "line 3"),
        ("exports", "HS0101", "AUS", "weight", january, 10.0, "kg", "line 2"),
        ("imports", "total", "W00", "weight", january + 1, 3.0, "kg", "line 4"),
    ]
    assert reading.edition == "2024-02"
    assert reading.numeric_cells == 4 + reading.layout_cells


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_delimiters_and_encodings_are_found(delimiter, encoding, blob):
    (reading,) = _source().read(blob(_ROWS.replace(",", delimiter), encoding=encoding))
    assert reading.table.height == 4


def test_a_workbook_and_parquet_read_like_the_text(blob, tmp_path):
    frame = pl.read_csv(io.StringIO(_ROWS), infer_schema=False)
    path = tmp_path / "made.parquet"
    frame.write_parquet(path)
    (reading,) = _source().read(Blob("made.parquet", path.read_bytes()))
    assert [row[:-1] for row in _rows(reading)] == [row[:-1] for row in _rows(_source().read(blob(_ROWS))[0])]
    assert reading.table["cell"][0] == "row 1"


def test_all_faults_are_told_together_with_their_lines(blob, faults_of):
    text = (
        "when,way,what,to,usd,kg\n202413,X,0101,AU,1,\n202401,Z,0101,AU,1,\n\n"
        "202401,X,0101,AUU,1,\n202401,X,0102,AUU,1,\n202401,X,XX,AU,many,\n202401,X,0105,AU,1\n"
    )
    faults = faults_of(_source(), blob(text))
    assert [fault.split(",")[0] for fault in faults] == [
        "file.csv › line 8: the row has 5 cells",
        "file.csv › line 2",
        "file.csv › line 3",
        "file.csv › line 5",
        "file.csv › line 7",
        "file.csv › line 7",
    ]
    assert "'AUU'" in faults[3]
    assert "(2 rows)" in faults[3]
    assert "did you mean" in faults[3]


def test_a_key_given_twice_counts_once_or_is_a_fault(blob, faults_of):
    same = _ROWS + "202401,X,0101,AU,1.5,10\n"
    (reading,) = _source().read(blob(same))
    assert reading.table.height == 4
    assert "1 rows repeat a number of usd and count once" in reading.findings
    (fault,) = faults_of(_source(), blob(_ROWS + "202401,X,0101,AU,1.6,\n"))
    assert "line 5, usd: NZL.exports.HS0101.AUS 2024-01 is 1.6 here and 1.5 at line 2" in fault


def test_rows_passed_over_are_told_and_no_rows_is_a_fault(blob, faults_of):
    only = _YAML + "where: [{column: way, is: [X]}]\n"
    (reading,) = _source(only).read(blob(_ROWS))
    assert set(reading.table["flow"]) == {"exports"}
    assert reading.findings == ("1 rows were passed over: way is not X",)
    none = _YAML + "where: [{column: way, is: [Q]}]\n"
    (fault,) = faults_of(_source(none), blob(_ROWS))
    assert "no row is left" in fault
    (fault,) = faults_of(_source(), blob("when,way,what,to,usd,kg\n"))
    assert "no rows" in fault


def test_suppressed_is_neither_zero_nor_missing(blob):
    words = _YAML + "suppressed: {words: [c]}\n"
    (reading,) = _source(words).read(blob(_ROWS.replace("202401,X,101,US,2,", "202401,X,101,US,c,")))
    assert reading.table.filter(pl.col("partner") == "USA").is_empty()
    assert reading.findings == ("1 numbers of usd are suppressed: neither zero nor missing",)


def test_numbers_with_separators_read_and_other_texts_do_not(blob, faults_of):
    (reading,) = _source().read(blob(_ROWS.replace(",1.5,", ',"1,234.5",')))
    assert reading.table["value"][0] == 1234.5
    for text in ("1.2.3", "nan", "inf", "12,34"):
        (fault,) = faults_of(_source(), blob(_ROWS.replace(",1.5,", f',"{text}",')))
        assert f"'{text}' stands where a number belongs" in fault


def test_a_mapping_with_faults_says_all_of_them():
    with pytest.raises(FaultsError) as raised:
        parse("dataset: x\nperiod: {colum: a}\nflow: {constant: exports}\nvalues: [{column: v}]\n", "my.yml")
    assert "my.yml › period › colum" in str(raised.value)


@pytest.mark.parametrize("name", ["comtrade", "nz-hs10", "wto"])
def test_readings_round_trip_through_the_schema(name):
    mapping = MappedSource(name).mapping
    assert mapping.columns
    assert read.__doc__


def test_broken_files_are_told_as_such(blob, tmp_path):
    path = tmp_path / "made.parquet"
    pl.read_csv(io.StringIO(_ROWS), infer_schema=False).write_parquet(path)
    data = bytearray(path.read_bytes())
    data[8:60] = bytes(52)
    with pytest.raises(TidewaiterError, match="Parquet"):
        _source().read(Blob("made.parquet", bytes(data)))
    with pytest.raises(FaultsError, match="cells, the header 6"):
        _source().read(blob(_ROWS + 'x,"'))
