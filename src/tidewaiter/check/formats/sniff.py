"""What a file is, by its first bytes and, for text, by its first words."""

from __future__ import annotations

import re

from tidewaiter.check.formats.encoding import decode
from tidewaiter.check.formats.limits import MAX_BYTES, broken
from tidewaiter.errors import UnknownLayoutError

_PDF = re.compile(rb"\A(?:[\x00-\x20]|\xef\xbb\xbf)*%PDF-|\A.{0,1000}?[\r\n]%PDF-\d", re.DOTALL)
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|main|article|section|div|table|p|h[1-6])\b[^<]{0,2000}>",
    re.IGNORECASE,
)
_BEFORE = (("<!--", "-->"), ("<?", "?>"))
_MOST_BEFORE = 50
_ANSI_SIGNS = "\x1b["
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an Office file of before 2007", "save it as .docx or .odt"),
    (b"{\\rtf", "rich text (RTF)", "save it as .docx or .odt"),
    (b"\x89PNG", "a picture", "give the text"),
    (b"\xff\xd8\xff", "a picture", "give the text"),
    (b"GIF8", "a picture", "give the text"),
    (b"\x1f\x8b", "a packed file", "unpack it first"),
    (b"7z\xbc\xaf", "a packed file", "unpack it first"),
    (b"Rar!", "a packed file", "unpack it first"),
)


def sniff(data: bytes, name: str) -> tuple[str, str, list[str]]:
    """Which format some bytes are in: pdf, docx, odt, html, ansi or text; its text when it is one.

    Raises:
        UnknownLayoutError: none of these.
        FaultsError: larger than any file that is read.
    """
    if len(data) > MAX_BYTES:
        raise broken(name, f"it has {len(data):,} bytes, more than the {MAX_BYTES:,} that are read")
    for head, what, hint in _OTHERS:
        if data.startswith(head):
            raise UnknownLayoutError(f"this is {what}", hint=hint, where=name)
    if data.startswith(b"PK\x03\x04"):
        from tidewaiter.check.formats.archive import packed_kind  # noqa: PLC0415 — few files are packed

        return packed_kind(data, name), "", []
    if _PDF.match(data[:1100]):
        return "pdf", "", []
    text, findings = decode(data, name)
    if _is_html(text):
        return "html", text, findings
    return ("ansi" if _ANSI_SIGNS in text else "text"), text, findings


def _is_html(text: str) -> bool:
    """It begins with an element of HTML, comments and instructions before it passed over."""
    at = 0
    for _ in range(_MOST_BEFORE):
        while at < len(text) and text[at].isspace():
            at += 1
        close = next((close for opening, close in _BEFORE if text.startswith(opening, at)), "")
        if not close:
            break
        end = text.find(close, at)
        if end < 0:
            return False
        at = end + len(close)
    return _HTML.match(text, at) is not None
