"""The source: a document with tables of trade, whatever its format."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from tidewaiter.errors import Fault, FaultsError, TidewaiterError
from tidewaiter.model.release import Publisher, Reading
from tidewaiter.sources import brief_tables
from tidewaiter.sources.documents.captions import Titled, count_numbers, row_texts, titled
from tidewaiter.sources.documents.parts import Line, Part, refusal
from tidewaiter.sources.documents.tables import read_table, subject_of
from tidewaiter.sources.gathering import Gathering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.sources.protocol import Blob

DATASET = "article-tables"
_UNKNOWN = Publisher("as the document says", "依文件所載")
_PDF = re.compile(rb"(?:[\x00-\x20]|\xef\xbb\xbf)*%PDF-")
_HTML = re.compile(
    r"\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|main|article|section|div"
    r"|table|p|h[1-6])\b", re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_LARGEST = 64 << 20
_LARGEST_TEXT = 4 << 20  # a text that somebody reads; tables of data are larger
_APART = re.compile(r"\t|\s{2}")
_NUMBER = re.compile(r"《\s*(\d+)\s*》")


@dataclass(frozen=True)
class Document:
    """A document taken apart.

    Attributes:
        lines: its text, line by line.
        release: tables of the monthly release.
        trade: other tables whose captions say whose trade they hold.
        others: tables that hold numbers of something else.
    """

    lines: tuple[str, ...]
    release: tuple[Titled, ...]
    trade: tuple[Titled, ...]
    others: tuple[Titled, ...]


class Documents:
    """Reads the tables of a document."""

    name = "documents"

    def sniff(self, blob: Blob) -> bool:
        """It holds a table of trade; or it is a PDF or office text that is broken, which reading tells."""
        try:
            document = take_apart(blob)
        except TidewaiterError:
            return format_of(blob) in {"pdf", "docx", "odt"}
        return document is not None and bool(document.release or document.trade)

    def read(self, blob: Blob) -> list[Reading]:
        """A reading of the release's tables, one of all others.

        Raises:
            FaultsError: the file is damaged, or its tables of trade have faults.
        """
        document = take_apart(blob)
        if document is None or not (document.release or document.trade):
            raise refusal(blob.name, "the document holds no table of trade", "captions read 表1 我國…出口…")
        readings: list[Reading] = []
        faults: list[Fault] = []
        for read, tables in ((_release, document.release), (_others, document.trade)):
            try:
                readings += [read(blob.name, document)] if tables else []
            except FaultsError as error:
                faults += error.faults
        if faults:
            raise FaultsError(faults)
        return readings


SOURCE = Documents()


def format_of(blob: Blob) -> str:
    """``pdf``, ``docx``, ``odt``, ``ods``, ``xlsx``, ``html``, ``text``; empty: none that is read here."""
    from tidewaiter.sources.documents.packed import kind_of  # noqa: PLC0415

    data = blob.data
    if len(data) > _LARGEST:
        return ""
    if _PDF.match(data[:1100]):
        return "pdf"
    if data[:4] == b"PK\x03\x04":
        return kind_of(data)
    if _HTML.match(blob.text[:20_000]):
        return "html"
    if len(data) > _LARGEST_TEXT:
        return ""
    return "text" if any(map(_is_row, blob.text[:200_000].splitlines())) else ""


def _is_row(line: str) -> bool:
    """Two digits with a tab or two blanks between them (looked for in one go, however long the line)."""
    first = next((at for at, sign in enumerate(line) if sign.isdigit()), -1)
    last = next((at for at in range(len(line) - 1, first, -1) if line[at].isdigit()), -1)
    return 0 <= first < last and _APART.search(line, first, last) is not None


@lru_cache(maxsize=2)
def take_apart(blob: Blob) -> Document | None:
    """The lines and tables of a document, None for a format that is none.

    Raises:
        FaultsError: it is damaged.
    """
    parts = _parts(blob, format_of(blob))
    if parts is None:
        return None
    from tidewaiter.sources.documents.release import is_release  # noqa: PLC0415

    printed = format_of(blob) not in {"xlsx", "ods"}  # workbooks of the release are read cell by cell
    release: list[Titled] = []
    trade: list[Titled] = []
    others: list[Titled] = []
    for table in titled(parts):
        (release if printed and is_release(table) else trade if _is_trade(table) else others).append(table)
    return Document(tuple(_lines(parts)), tuple(release), tuple(trade), tuple(others))


def _lines(parts: list[Part]) -> Iterator[str]:
    """The running text; on a sheet it stands in rows with one text."""
    for part in parts:
        if isinstance(part, Line):
            yield part.text
        else:
            alone = (row_texts(part.grid, row) for row in range(part.grid.height))
            yield from (texts[0] for texts in alone if len(texts) == 1)


_READERS = {
    "pdf": ("pdf", "parts_of_pdf"),
    "docx": ("docx", "parts_of_docx"),
    "odt": ("opendocument", "parts_of_odf"),
    "ods": ("opendocument", "parts_of_odf"),
    "xlsx": ("workbook", "parts_of_workbook"),
    "html": ("html", "parts_of_html"),
    "text": ("text", "parts_of_text"),
}


def _parts(blob: Blob, kind: str) -> list[Part] | None:
    if kind not in _READERS:
        return None
    module, reader = _READERS[kind]
    read = getattr(import_module(f"tidewaiter.sources.documents.{module}"), reader)
    given = blob.text if kind in {"html", "text"} else blob.data
    parts: list[Part] = read(given, blob.name)
    return parts


def _is_trade(table: Titled) -> bool:
    from tidewaiter.sources.documents.headings import read_heading  # noqa: PLC0415

    opening = read_heading(table.caption)
    caption = (opening.name or table.caption) if opening.period else table.caption
    try:
        subject_of(caption, brief_tables.hs_code(table.foot))
    except TidewaiterError:
        return False
    return True


def _release(name: str, document: Document) -> Reading:
    from tidewaiter.sources.documents.release import read_tables  # noqa: PLC0415
    from tidewaiter.sources.mof_release.source import reading_of  # noqa: PLC0415

    harvest, numbers = read_tables(name, document.release)
    reading = reading_of(harvest, numbers)
    return replace(reading, findings=(*reading.findings, *_passed_over(name, document)))


def _others(name: str, document: Document) -> Reading:
    found = Gathering(name)
    layout, hs = 0, ""
    for table in document.trade:
        hs = brief_tables.hs_code(table.foot) or hs
        try:
            layout += read_table(table, hs, found)
        except TidewaiterError as error:
            found.fault(f"{table.name} › {table.where}", error.detail, error.hint)
    observations = found.finish()
    text = "\n".join(document.lines)
    caption = document.trade[0].caption
    ours = brief_tables.PUBLISHER.name_zh in text
    number = _NUMBER.search(text) if ours else None
    return Reading(
        dataset=brief_tables.DATASET if number else DATASET,
        edition=number[1] if number else re.sub(r"\W+", "-", caption).strip("-"),
        title=_title(document, caption, number[1] if number else ""),
        publisher=brief_tables.PUBLISHER if ours else _UNKNOWN,
        observations=observations,
        numeric_cells=len(observations) + layout,
        layout_cells=layout,
        authority=0 if number else 1,
        notes=tuple(
            f"{table.name} {table.caption} {note}" for table in document.trade for note in table.foot
        ),
        findings=(*_passed_over(name, document), *found.findings),
    )


def _title(document: Document, caption: str, number: str) -> str:
    if number:
        return f"{brief_tables.SERIES_TITLE}《{number}》"
    return next((line for line in document.lines if len(line) > 3), caption)[:100]  # noqa: PLR2004


def _passed_over(name: str, document: Document) -> tuple[str, ...]:
    return tuple(
        f"{name}: {table.name} ({table.where}) is no table of trade that we know and was not read: "
        f"{table.caption[:40] or 'it has no caption'} ({count_numbers(table.table)} numbers)"
        for table in document.others
    )
