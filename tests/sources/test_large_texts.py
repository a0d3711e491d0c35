"""Large texts: only what counts is read, and it reads like a small one."""

import pytest

from tidewaiter.sources.mapping import csvs, tabular
from tidewaiter.sources.mapping.source import MappedSource
from tidewaiter.sources.mapping.spec import parse

_YAML = """
dataset: made
period: {column: when, format: month}
flow: {constant: exports}
reporter: {constant: NZL}
partner: {column: to, codes: [iso3]}
commodity: {column: what, scheme: HS, digits: [4]}
values: [{column: usd, unit: USD}, {column: kg, unit: kg}]
"""
_HEAD = "when,what,name,to,usd,kg\n"


@pytest.fixture
def read(blob, monkeypatch):
    """A text read as a small one and as a large one; both are the same."""

    def both(text: str):
        (small,) = MappedSource("made", parse(_YAML)).read(blob(text))
        monkeypatch.setattr(csvs, "_LARGE", 1)
        (large,) = MappedSource("made", parse(_YAML)).read(blob(text))
        assert large.table.frame.equals(small.table.frame)
        return large.table.frame

    return both


def test_codes_keep_their_zeros_and_columns_of_no_use_are_left(read):
    frame = read(_HEAD + "202401,0101,horses,AUS,1.5,7\n202402,0102,cattle,USA,2,\n")
    assert frame["commodity"].to_list() == ["HS0101", "HS0102", "HS0101"]
    assert frame["value"].to_list() == [1.5, 2.0, 7.0]


def test_numbers_that_are_not_plain_are_read_cell_by_cell(read):
    frame = read(_HEAD + '202401,0101,a,AUS,"1,234",7\n202402,0101,a,AUS,-,8\n202403,0101,a,AUS,3,9\n')
    assert frame["value"].to_list() == [1234.0, 3.0, 7.0, 8.0, 9.0]


def test_blank_lines_are_counted(read):
    frame = read(_HEAD + "202401,0101,a,AUS,1,7\n,,,,,\n\n202402,0101,a,AUS,2,8\n")
    assert frame["cell"].to_list() == ["line 2", "line 5", "line 2", "line 5"]


@pytest.mark.parametrize("word", ["nan", "inf", "x"])
def test_words_are_no_numbers(word, blob, faults_of):
    source = MappedSource("made", parse(_YAML))
    faults = faults_of(source, blob(_HEAD + f"202401,0101,a,AUS,1,7\n202402,0101,a,AUS,{word},8\n"))
    assert [fault.split(",")[0] for fault in faults] == ["file.csv › line 3"]


def test_a_row_without_a_key_but_with_a_name_is_a_fault(blob, faults_of, monkeypatch):
    monkeypatch.setattr(csvs, "_LARGE", 1)
    faults = faults_of(MappedSource("made", parse(_YAML)), blob(_HEAD + "202401,0101,a,AUS,1,7\n,,note,,,\n"))
    assert any("line 3" in fault for fault in faults)


@pytest.mark.parametrize("text", ["a\n1\n2\n", "a\n1\n\n2", "a\r\n1\r\n\r\n2\r\n"])
def test_rows_of_large_texts_are_counted_like_those_of_small_ones(text, blob, monkeypatch):
    assert tabular.count_rows(blob(text)) == 2
    monkeypatch.setattr(tabular, "_LARGE", 1)
    assert tabular.count_rows(blob(text)) == 2
