"""What is fuzzed: every reader, as a function of bytes. Any bytes give data or an error of our tree.

A target raises nothing but what is a fault of the reader. ``tools/fuzz.py`` runs them under atheris for as
long as one likes; the tests beside this module run them under hypothesis, shortly and always alike.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from tidewaiter.errors import TidewaiterError
from tidewaiter.sources.protocol import Blob

if TYPE_CHECKING:
    from collections.abc import Callable


def recognise(data: bytes, name: str = "file") -> None:
    """The source whose layout it is, and everything in it."""
    from tidewaiter.sources.registry import recognise as ask  # noqa: PLC0415 — slow to import

    blob = Blob(name, data)
    with suppress(TidewaiterError):
        for reading in ask(blob).read(blob):
            assert reading.numeric_cells >= 0


def archive(data: bytes) -> None:
    """An archive and the files in it."""
    from tidewaiter.sources.archive import Bounds, is_archive, unpack  # noqa: PLC0415

    mib = 1 << 20
    if is_archive(data):
        with suppress(TidewaiterError):
            for inner in unpack(Blob("file.zip", data), Bounds(100, 8 * mib, 32 * mib)):
                recognise(inner.data, inner.name)


def propose(data: bytes) -> None:
    """A mapping for it, and what that would read."""
    from tidewaiter.sources.mapping import propose as proposing  # noqa: PLC0415
    from tidewaiter.sources.mapping.spec import parse  # noqa: PLC0415

    blob = Blob("file", data)
    with suppress(TidewaiterError):
        proposal = proposing.propose(blob)
        parse(proposal.yaml, unfilled=True)  # what is proposed is a mapping, whatever the file holds
        proposing.sample(blob, proposal, 3)


def mapping(data: bytes) -> None:
    """A mapping's YAML."""
    from tidewaiter.sources.mapping.spec import parse  # noqa: PLC0415

    with suppress(TidewaiterError):
        parse(_text(data))


def read_by_mapping(data: bytes) -> None:
    """A small file read by any mapping."""
    from tidewaiter.sources.mapping.read import read  # noqa: PLC0415
    from tidewaiter.sources.mapping.spec import parse  # noqa: PLC0415

    text = "year,month,code,to,usd,kg\n2024,1,0101,US,1.5,10\n2024,2,8542,CN,2,\n"
    with suppress(TidewaiterError):
        read(parse(_text(data)), Blob("file.csv", text.encode()))


def tables(data: bytes) -> None:
    """Tables inside a text."""
    from tidewaiter.sources.text_tables import find_tables, stray_rows  # noqa: PLC0415

    text = _text(data)
    stray_rows(text, find_tables(text))


def scalars(data: bytes) -> None:
    """Periods, numbers and keys."""
    from tidewaiter.model.key import Key  # noqa: PLC0415
    from tidewaiter.model.period import Period  # noqa: PLC0415
    from tidewaiter.model.roc import parse_roc  # noqa: PLC0415
    from tidewaiter.model.unit import Unit  # noqa: PLC0415
    from tidewaiter.sources.mapping.periods import month_named, read_period  # noqa: PLC0415
    from tidewaiter.sources.mapping.spec import PERIODS  # noqa: PLC0415
    from tidewaiter.sources.printed import is_blank, read_number, unit_of  # noqa: PLC0415

    text = _text(data[:200])
    month_named(text)
    read_number(text)
    is_blank(text)
    unit_of(text)
    readers: tuple[Callable[[str], object], ...] = (
        Period.parse, parse_roc, Unit.parse, Key.parse,
        *(partial(read_period, form=form, start=4) for form in PERIODS),
    )  # fmt: skip
    for read in readers:
        with suppress(TidewaiterError):
            read(text)


def claims(data: bytes) -> None:
    """An article or a thread, read for its claims."""
    _document(data, "page.txt")


def page(data: bytes) -> None:
    """A web page, read for its claims."""
    _document(b"<!doctype html><html><body>" + data, "page.html")


def office(data: bytes) -> None:
    """A DOCX or an ODT (whatever the bytes say they are)."""
    _document(data, "file.docx")


def _document(data: bytes, name: str) -> None:
    from tidewaiter.check.document import read_document  # noqa: PLC0415
    from tidewaiter.check.read.extract import extract  # noqa: PLC0415

    with suppress(TidewaiterError):
        extract(read_document(data, name))


def _text(data: bytes) -> str:
    """Bytes as text: lone surrogates where they say so, else what UTF-8 or Latin-1 makes of them."""
    for errors in ("strict", "surrogatepass"):
        try:
            return data.decode("utf-8", errors=errors)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "recognise": recognise,
    "archive": archive,
    "propose": propose,
    "mapping": mapping,
    "read-by-mapping": read_by_mapping,
    "tables": tables,
    "scalars": scalars,
    "claims": claims,
    "page": page,
    "office": office,
}
