"""Files packed with gzip: unpacked within bounds, cut and damaged streams told."""

import gzip
import zipfile

import pytest

from tidewaiter.errors import FaultsError
from tidewaiter.sources import registry
from tidewaiter.sources.gzipped import Limits, is_gzipped, ungzipped
from tidewaiter.sources.protocol import Blob

TEXT = "年月,出口(千元),進口(千元)\n11408,1,2\n" * 50


def test_a_packed_file_is_the_file_inside(tmp_path):
    (tmp_path / "totals.csv.gz").write_bytes(gzip.compress(TEXT.encode()))
    (blob,) = registry.blobs([tmp_path])
    assert (blob.name, blob.text) == ("totals.csv", TEXT)


def test_streams_one_after_another_are_one_file():
    data = gzip.compress(b"a\n") + gzip.compress(b"b\n") + b"\0\0"
    assert ungzipped(Blob("x.txt.gz", data)).data == b"a\nb\n"


def test_packed_files_in_an_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as packed:
        packed.writestr("one.csv.gz", gzip.compress(b"a,b\n"))
    (blob,) = registry.blobs([tmp_path])
    assert (blob.name, blob.data) == ("all.zip/one.csv", b"a,b\n")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (gzip.compress(TEXT.encode())[:-9], "cut off"),
        (gzip.compress(TEXT.encode())[:12] + b"\x07" * 60, "damaged"),
        (gzip.compress(b"\0" * (40 << 20)), "unpacks to more than"),
    ],
    ids=["cut", "damaged", "bomb"],  # the bytes hold the time of day
)
def test_what_is_cut_damaged_or_a_bomb_is_refused(data, told):
    with pytest.raises(FaultsError, match=told):
        ungzipped(Blob("x.gz", data))


def test_no_more_is_held_than_the_limit():
    with pytest.raises(FaultsError, match="1,000 bytes"):
        ungzipped(Blob("x.gz", gzip.compress(TEXT.encode())), Limits(size=1000))


def test_other_bytes_are_none():
    assert not is_gzipped(b"\x1f\x8b")
    assert not is_gzipped(TEXT.encode())
