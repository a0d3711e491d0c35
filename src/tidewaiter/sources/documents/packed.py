"""Office files are zip archives of XML: their members, within bounds, parsed without entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from tidewaiter.sources.documents.parts import refusal

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_MEMBER = 128 << 20
"""Bytes of one member, unpacked."""
MAX_RATIO = 400
_SMALL = 1 << 20


def kind_of(data: bytes) -> str:
    """``docx``, ``odt``, ``ods``, ``xlsx`` or empty."""
    if data[:4] != b"PK\x03\x04":
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
            mime = packed.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, RuntimeError):
        return ""
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    return {b"text": "odt", b"spreadsheet": "ods"}.get(mime.rpartition(b".")[2], "") if mime else ""


class Packed:
    """An office file opened for reading."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.members = set(self._zip.namelist())
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise refusal(name, f"the file is damaged: {error}") from error

    def tree(self, member: str) -> _Element:
        """A member as a tree.

        Raises:
            FaultsError: it is missing, too large, or no XML.
        """
        from lxml import etree  # noqa: PLC0415 — heavy

        data = self._read(member)
        parser: Any = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise refusal(self.name, f"{member} is damaged: {str(error)[:100]}") from error

    def _read(self, member: str) -> bytes:
        try:
            info = self._zip.getinfo(member)
            large = info.file_size > _SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1)
            if info.file_size > MAX_MEMBER or large:
                raise refusal(self.name, f"{member} unpacks to {info.file_size:,} bytes")
            with self._zip.open(info) as held:
                return held.read(MAX_MEMBER)
        except KeyError as error:
            raise refusal(self.name, f"the file has no {member}") from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise refusal(self.name, f"{member} cannot be unpacked: {error}") from error
