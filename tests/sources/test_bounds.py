"""What is too large to be read is refused with a sentence that says so."""

from __future__ import annotations

import io
import zipfile

import pytest

from tidewaiter.api.loading import read_files
from tidewaiter.errors import FaultsError, TidewaiterError
from tidewaiter.sources.archive import Bounds, check_document
from tidewaiter.sources.mapping import partners
from tidewaiter.sources.mapping.csvs import _BLOCK
from tidewaiter.sources.mapping.source import MappedSource
from tidewaiter.sources.mapping.spec import parse
from tidewaiter.sources.protocol import Blob

_YAML = """
dataset: made
period: {column: when, format: month}
flow: {constant: exports}
reporter: {constant: NZL}
partner: {column: to, codes: [iso3]}
commodity: {constant: total}
values: [{column: usd, unit: USD}]
"""


def _refusal(cell: bytes) -> str:
    blob = Blob("long.csv", b"when,to,usd\n202401,USA,1\n202403,USA," + cell + b"\n202402,USA,2\n")
    with pytest.raises(FaultsError) as refused:
        MappedSource("made", parse(_YAML)).read(blob)
    return str(refused.value)


def test_a_line_longer_than_a_block_is_refused():
    assert "a line is longer than 16 MiB" in _refusal(b"1" * (3 * _BLOCK))


def test_hundreds_of_digits_are_no_number():
    assert "long.csv › line 3, usd" in _refusal(b"1" * 400)


def _workbook(sheet: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("bounds", "told"),
    [
        (Bounds(ratio=20), "more than 20 times its size"),
        (Bounds(member_size=1 << 20), "sheet1.xml unpacks to more than 1 MiB"),
        (Bounds(total_size=1 << 20), "more than 1 MiB in all"),
        (Bounds(members=1), "2 members, more than 1"),
    ],
)
def test_an_office_file_beyond_a_bound_is_refused(bounds, told):
    blob = Blob("book.xlsx", _workbook(b" " * (2 << 20)))
    with pytest.raises(FaultsError, match="unpack it by hand") as refused:
        check_document(blob, bounds)
    assert told in str(refused.value)


def test_a_sheet_that_is_a_bomb_is_refused_when_it_is_loaded(tmp_path):
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(_workbook(b" " * (64 << 20)))
    with pytest.raises(TidewaiterError, match="more than 200 times its size"):
        read_files([path])


@pytest.mark.parametrize("code", ["ANT", "CSK", "DDR", "DEW", "PCI", "PCZ", "SCG", "SUN", "YMD", "YUG"])
def test_a_country_that_is_no_more_is_read_by_its_code(code):
    assert partners.area_of(code, ("iso3",)) == code


def test_the_code_that_was_refused_is_not_suggested():
    hint = partners.candidates("EUZ", "", ("iso3",))
    assert "did you mean" not in hint
    assert "no code of iso3" in hint
