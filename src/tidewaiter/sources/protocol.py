"""What a source is: one module per publisher's layout.

A source recognises its layout by content (:attr:`Source.sniff`), then reads it into
:class:`~tidewaiter.model.release.Reading` values. Quirks of a layout stay inside its module. Every
number of the file becomes an observation with its place or is counted as a layout cell; nothing is
dropped. All faults of a file are raised together as :class:`~tidewaiter.errors.FaultsError`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tidewaiter.model.release import Reading


@dataclass(frozen=True)
class Blob:
    """A file in hand: its name and its bytes. Sources never open files themselves.

    Attributes:
        name: file name, without the folder; inside an archive ``archive.zip/member.csv``.
        data: the bytes as they came.
    """

    name: str
    data: bytes

    @cached_property
    def text(self) -> str:
        """The bytes as text: UTF-8 (with or without BOM), else Big5 (cp950). Empty when binary."""
        if b"\0" in self.data[:4096]:
            return ""
        for encoding in ("utf-8-sig", "cp950"):
            try:
                return self.data.decode(encoding)
            except UnicodeDecodeError:
                continue
        return ""

    @cached_property
    def is_workbook(self) -> bool:
        """An Excel or OpenDocument spreadsheet (judged by its first bytes and members)."""
        if self.data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            return True
        sheets = b"application/vnd.oasis.opendocument.spreadsheet"
        return self.data[:4] == b"PK\x03\x04" and (b"xl/workbook" in self.data or sheets in self.data[:200])


class Source(Protocol):
    """One publisher's layout. A module-level instance is listed in :mod:`tidewaiter.sources.registry`."""

    name: str
    """Identifier, the dataset's name (``mof-release``)."""

    def sniff(self, blob: Blob) -> bool:
        """The content has this layout. Cheap; never raises."""
        ...

    def read(self, blob: Blob) -> list[Reading]:
        """Everything in the file.

        Raises:
            FaultsError: all faults of the file, with places.
        """
        ...
