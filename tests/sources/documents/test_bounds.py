"""A PDF may be made to ask for any time and memory: it ends in a fault of the file."""

import zlib

import pytest

from tidewaiter.errors import FaultsError, UnparsableError
from tidewaiter.sources import apart
from tidewaiter.sources.documents import pdf
from tidewaiter.sources.documents.source import SOURCE
from tidewaiter.sources.protocol import Blob


def document(*pages):
    """A PDF of one page a stream, each given with the names of its filters."""
    kids = b" ".join(b"%d 0 R" % (3 + 2 * at) for at in range(len(pages)))
    held = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages))]
    for at, (filters, stream) in enumerate(pages):
        held.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R"
            b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>" % (4 + 2 * at)
        )
        held.append(b"<</Filter[%s]/Length %d>>stream\n" % (filters, len(stream)) + stream + b"\nendstream")
    body, places = b"%PDF-1.4\n", []
    for at, one in enumerate(held, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % at + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(held) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % (len(held) + 1) + table + end


@pytest.fixture(autouse=True)
def _afresh():
    pdf._read_apart.cache_clear()


def test_a_small_page_is_read_in_its_child():
    page = b"BT /F 12 Tf 50 700 Td (Exports 12.3 and 4.5) Tj ET"
    [line] = pdf.parts_of_pdf(document((b"", page)), "small.pdf")
    assert (line.text, line.where) == ("Exports 12.3 and 4.5", "page 1, line 1")


def test_a_page_without_end_is_stopped(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_SECONDS", 2)
    page = zlib.compress(b"BT /F 12 Tf 50 700 Td " + b"(12345678) Tj " * 3_000_000 + b"ET", 9)
    blob = Blob("endless.pdf", document((b"/FlateDecode", page)))
    assert SOURCE.sniff(blob)
    with pytest.raises(FaultsError, match="seconds"):
        SOURCE.read(blob)


def test_a_bomb_is_stopped(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_SECONDS", 3)
    bomb = zlib.compress(zlib.compress(b"0 " * 100_000_000, 9), 9)
    with pytest.raises(FaultsError, match=r"seconds|memory|damaged"):
        pdf.parts_of_pdf(document((b"/FlateDecode/FlateDecode", bomb)), "bomb.pdf")


def test_too_many_pages_are_told():
    with pytest.raises(FaultsError, match="401 pages, more than 400"):
        pdf.parts_of_pdf(document(*[(b"", b"")] * 401), "long.pdf")


def test_a_broken_file_is_told_by_its_name():
    with pytest.raises(FaultsError, match=r"x\.pdf: the PDF cannot be read"):
        pdf.parts_of_pdf(b"%PDF-1.4\n1 0 obj\n<<", "x.pdf")


def test_what_a_child_refuses_keeps_its_words():
    with pytest.raises(UnparsableError, match="damaged"):
        apart.run_apart("tidewaiter.sources.documents.pdf:told_parts", b"no pdf", 20)
