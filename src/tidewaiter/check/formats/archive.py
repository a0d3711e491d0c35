"""Packed documents, weighed before they are unpacked."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from tidewaiter.check.formats.limits import MAX_PARTS, MAX_RATIO, MAX_UNPACKED, broken
from tidewaiter.errors import UnknownLayoutError

_WORD = b"wordprocessingml.document.main+xml"
_ODT = b"application/vnd.oasis.opendocument.text"
_LARGE = 4 << 20
_HINTS = {
    b"spreadsheetml": "a workbook holds figures: `tidewaiter load` reads it",
    b"opendocument.spreadsheet": "a workbook holds figures: `tidewaiter load` reads it",
}
_ENCODING = re.compile(rb"\A\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE)
_PLAIN = (b"utf-8", b"utf8", b"us-ascii", b"ascii")


def packed_kind(data: bytes, name: str) -> str:
    """Docx or odt.

    Raises:
        UnknownLayoutError: packed, but neither.
        FaultsError: damaged, locked, a bomb, or with a document type of its own (entities).
    """
    try:
        packed = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise broken(name, "it is a packed file, and damaged") from error
    with packed:
        _weigh(packed, name)
        kind = _kind(packed, name)
        _refuse_entities(packed, name)
    return kind


def _weigh(packed: zipfile.ZipFile, name: str) -> None:
    parts = packed.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise broken(name, "unpacked it would be larger than any document")
    for part in parts:
        if part.flag_bits & 1:
            raise broken(name, "it is locked with a password", "save it without one")
        if part.file_size > _LARGE and part.file_size > MAX_RATIO * max(1, part.compress_size):
            raise broken(name, f"its part {part.filename!r} unpacks like a bomb")
    if len({part.filename for part in parts}) < len(parts):
        raise broken(name, "it holds two parts of one name")


def _kind(packed: zipfile.ZipFile, name: str) -> str:
    names = set(packed.namelist())
    told = b""
    if "mimetype" in names:
        told = packed.read("mimetype").strip()
        if told.removesuffix(b"-template") == _ODT and "content.xml" in names:
            return "odt"
    if "[Content_Types].xml" in names:
        told = packed.read("[Content_Types].xml")
        if _WORD in told:
            return "docx"
    hint = next((hint for sign, hint in _HINTS.items() if sign in told), "DOCX and ODT are read")
    raise UnknownLayoutError("a packed file that is no text document", hint=hint, where=name)


def _refuse_entities(packed: zipfile.ZipFile, name: str) -> None:
    """No part declares entities: a document of an office never does, an attack does.

    Python's XML readers differ in what they resolve; with none declared there is nothing to resolve.
    """
    for part in packed.infolist():
        if not part.filename.endswith((".xml", ".rels", ".rdf")):
            continue
        xml = packed.read(part)
        declared = _ENCODING.match(xml)
        wide = xml[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in xml[:4]
        odd = declared is not None and declared[1].lower() not in _PLAIN
        if wide or odd or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            raise broken(name, f"its part {part.filename!r} declares entities or an odd encoding")
