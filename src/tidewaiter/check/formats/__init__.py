"""The text in a file: what is read, and what every offset counts in.

A file is known by its content, never by its name. Each format has its room and gives the same shape: title
and paragraphs parted by a blank line, rows of a table one a line with tabs between cells, a forum thread
with its header and one comment a line. So the reader of claims need not know where a text came from::

    bytes ─▶ sniff ─┬▶ plain     UTF-8, Big5-UAO, GB18030 (text as given, not a sign altered)
                    ├▶ ansi      raw PTT post
                    ├▶ page      HTML ─┬▶ thread    saved PTT page
                    │                  ├▶ news      article (trafilatura)
                    │                  └▶ blocks    official page
                    ├▶ pdf       lines and tables by their places (apart: in a process of its own)
                    └▶ word, odt packed documents

Files are hostile until read: sizes are bounded, packed files are weighed before they are unpacked, no entity
is resolved, nothing is fetched, and whatever goes wrong is an error of our own tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.check.formats.extracted import Extracted

if TYPE_CHECKING:
    from tidewaiter.check.formats.extracted import Draft

__all__ = ["Extracted", "to_text"]


def to_text(data: bytes, name: str) -> Extracted:
    r"""The text of a file, with what the file says about itself.

    >>> told = to_text("<html><title>出口</title><p>8月出口584.9億美元。</p></html>".encode(), "page")
    >>> told.kind, told.text
    ('html', '出口\n\n8月出口584.9億美元。')

    Args:
        data: the file's bytes, of any format.
        name: what to call the file in an error; it does not decide how it is read.

    Returns:
        The text and its title, date, language.

    Raises:
        UnknownLayoutError: the bytes are no text and no format that is read here.
        FaultsError: the format is known and the file is broken, locked, too large, or a trap.
    """
    from tidewaiter.check.formats.finish import finish  # noqa: PLC0415 — the package is instant to import
    from tidewaiter.check.formats.limits import guarded  # noqa: PLC0415
    from tidewaiter.check.formats.sniff import sniff  # noqa: PLC0415

    def read() -> Extracted:
        kind, text, findings = sniff(data, name)
        draft = _draft(kind, data, text, name)
        draft.findings[:0] = findings
        return finish(draft)

    return guarded(read, name)


def _draft(kind: str, data: bytes, text: str, name: str) -> Draft:
    from importlib import import_module  # noqa: PLC0415

    from tidewaiter.check.formats.limits import SMALL_PAGE  # noqa: PLC0415

    if kind == "pdf" or (kind == "html" and len(text) > SMALL_PAGE):
        from tidewaiter.check.formats.apart import read_apart  # noqa: PLC0415

        return read_apart(kind, data if kind == "pdf" else text.encode(errors="replace"), name)
    room, reader = _READERS[kind]
    given = (data, name) if kind in ("docx", "odt") else (text,)
    draft: Draft = getattr(import_module(f"{__name__}.{room}"), reader)(*given)
    return draft


_READERS = {
    "html": ("page", "read_page"),
    "docx": ("word", "read_docx"),
    "odt": ("odt", "read_odt"),
    "ansi": ("ansi", "read_post"),
    "text": ("plain", "read_plain"),
}
