"""Files made to harm: an error of our own or a text, in bounded time."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
import zlib
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.check.formats import Extracted, limits, to_text
from tidewaiter.check.formats.lines import spread
from tidewaiter.errors import FaultsError, TidewaiterError, UnknownLayoutError

ODT = b"application/vnd.oasis.opendocument.text"


def packed(*parts: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts:
            file.writestr(name, data)
    return out.getvalue()


def paper(*objects: bytes) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, thing in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + thing + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return out + head + table + b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))


HEADS = (
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"<html>",
    b"<!DOCTYPE html><article>",
    b"\x1b[1m",
    b"\xff\xfe",
    "作者".encode(),
)


def answer(data: bytes) -> Extracted | None:
    try:
        return to_text(data, "a file")
    except TidewaiterError:
        return None


@given(st.sampled_from([head for head in HEADS if head != b"%PDF-1.7\n"]), st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_text_or_an_error_of_ours(head, data):
    told = answer(head + data)
    assert told is None or isinstance(told.text, str)


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_kept_or_refused(words):
    told = answer(words.encode(errors="replace"))
    if told is not None and told.kind == "text" and "\x1b" not in words and not words.startswith("\ufeff"):
        assert told.text == words.encode(errors="replace").decode()
    if told is not None and told.traditional is not None:
        assert len(told.traditional) == len(told.text)


@pytest.mark.parametrize("kind", ["html", "docx", "odt"])
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_gives_a_text_or_an_error_of_ours(make, kind, data):
    whole = bytearray(make[kind]())
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    answer(bytes(whole[: data.draw(st.integers(1, len(whole)))]))


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_damaged_pdf_gives_a_text_or_an_error_of_ours(make, cut):
    whole = make["pdf"]()
    answer(whole[: int(len(whole) * cut)])


def test_a_bomb_in_a_packed_file_is_refused():
    with pytest.raises(FaultsError, match="bomb"):
        to_text(packed(("mimetype", ODT), ("content.xml", b"0" * 50_000_000)), "a.odt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding):
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///x">]><a>&x;</a>'
    )
    with pytest.raises(FaultsError, match="entities"):
        to_text(packed(("mimetype", ODT), ("content.xml", xml.encode(encoding))), "a.odt")


def test_a_packed_file_of_another_kind_is_told():
    with pytest.raises(UnknownLayoutError, match="no text document"):
        to_text(packed(("a", b"b")), "a.docx")
    with pytest.raises(UnknownLayoutError, match="tidewaiter load"):
        to_text(packed(("[Content_Types].xml", b"spreadsheetml.sheet.main+xml")), "a.docx")


def test_a_bomb_in_a_pdf_ends_in_a_fault(monkeypatch):
    monkeypatch.setitem(limits.MAX_SECONDS, "pdf", 3)
    bomb = zlib.compress(zlib.compress(b"0 " * 100_000_000, 9), 9)
    stream = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n" % len(bomb) + bomb + b"\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    with pytest.raises(FaultsError, match=r"seconds|memory|damaged"):
        to_text(paper(b"<</Type/Catalog/Pages 2 0 R>>", pages, page, stream), "a.pdf")


def test_a_pdf_that_takes_too_long_ends_in_a_fault(make, monkeypatch):
    monkeypatch.setitem(limits.MAX_SECONDS, "pdf", 0.01)
    with pytest.raises(FaultsError, match="seconds"):
        to_text(make["pdf"](), "a.pdf")


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>" + b"<div>" * 50_000 + b"x",
        b"<html><body>" + b"<table><tr><td>" * 5_000,
        b"<!-- -->" * 100_000 + b"<html>",
        ("<html><p>字" + "\n" * 100_000 + "字").encode(),
        b"<html><table>" + b"<tr><td colspan=9999 rowspan=9999>1<td>2</tr>" * 2_000,
        b"\x1b[" * 500_000,
        ("推 abc: " + " " * 100_000 + "\n\x1b[m").encode(),
        ("作者" + " " * 100_000 + "\x1b[m").encode(),
        b"\xa4\xa4" * 500_000,
    ],
    ids=["deep", "tables", "comments", "breaks", "spans", "codes", "comment", "header", "Big5"],
)
def test_no_file_takes_long(data):
    start = time.perf_counter()
    answer(data)
    assert time.perf_counter() - start < 8


def test_spans_are_bounded():
    grid = spread([[("a", 10**9, 10**9)]] * 300)
    assert max(map(len, grid)) <= 400


def test_the_package_is_light():
    code = (
        "import sys, tidewaiter.check.formats; print({'lxml', 'trafilatura', 'docx', 'uao'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
