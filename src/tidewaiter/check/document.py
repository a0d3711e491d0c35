r"""A document to be checked: its text as given, and the parts of it that are read.

A part (*segment*) knows where it stands (title, lead, body, table, poster, comment), who wrote it and when,
and for each of its signs the place in the text as given. Wrapped lines are one line again in a segment;
the text itself is never altered.

>>> report = read_document("標題\n\n8月出口584.9億美元。".encode(), "memo")
>>> [(part.where, part.text) for part in report.segments]
[('title', '標題'), ('lead', '8月出口584.9億美元。')]
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_WRAP = range(50, 101)  # widths at which mail, news and forum readers break lines
_SLACK = 6  # a wrapped line ends this near to the widest one
_ENDS = "。！？!?，、；：,;:"
_HAN, _LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]")
_GOES_ON = ("億", "萬", "兆", "%", "％", "個百分點", "個月", "美元")
"""No line begins with these: a number stands before the break."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text as given: ``text[start:end]``, without its line break."""

    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        """Nothing but blanks."""
        return not self.text.strip()

    @property
    def width(self) -> int:
        """Columns it takes on a screen: a Chinese sign takes two."""
        if self.text.isascii():
            return len(self.text)
        return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in self.text)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part that is read as a whole.

    Attributes:
        where: title, lead, body, table, poster or comment.
        text: its words, wrapped lines joined; a line break separates paragraphs.
        places: for each sign of ``text`` its place in the document, one more for the end.
        lang: zh or en.
        user: who wrote it (comments).
        time: when, as written (comments).
    """

    where: str
    text: str
    places: list[int] = field(repr=False)
    lang: str = "zh"
    user: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its segments.

    Attributes:
        name: what it is called.
        text: as given; every span counts its characters.
        lang: the language most of it is written in.
        kind: article, thread or brief.
        segments: its parts in order.
        date: the date it bears itself, None when it bears none.
    """

    name: str
    text: str = field(repr=False)
    lang: str
    kind: str
    segments: tuple[Segment, ...] = field(repr=False)
    date: date | None = None


def decode(data: bytes) -> str:
    """UTF-8 if it is that, else Big5, the older encoding of Taiwan's offices and forums."""
    for encoding in ("utf-8", "cp950"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace")


def language(text: str) -> str:
    """``zh`` when a fifth of its letters are Chinese, else ``en``."""
    if text.isascii():
        return "en"
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    return "zh" if han * 4 >= latin and han else "en"


def lines_of(text: str) -> list[Line]:
    """The lines of a text with their places."""
    lines, at = [], 0
    for raw in text.split("\n"):
        body = raw.removesuffix("\r")
        lines.append(Line(at, at + len(body), body))
        at += len(raw) + 1
    return lines


def join(lines: list[Line], where: str, *, user: str = "", time: str = "", loose: bool = False) -> Segment:
    """One segment of some lines: full lines are wrapped ones and go on, the others end a paragraph.

    Args:
        lines: the lines in order.
        where: what part of the document they are.
        user: who wrote them.
        time: when.
        loose: every line goes on in the next one (a comment box breaks lines where it likes).
    """
    lang = language("".join(line.text for line in lines))
    widest = max((line.width for line in lines), default=0)
    signs: list[str] = []
    places: list[int] = []
    for line, after in pairwise([*lines, None]):
        assert_line = line or Line(0, 0, "")
        signs.append(assert_line.text)
        places.extend(range(assert_line.start, assert_line.end))
        if after is None:
            break
        goes_on = loose or _wrapped(assert_line, after, widest)
        glue = "\n" if not goes_on else (" " if lang == "en" or loose else "")
        signs.append(glue)
        places.extend([assert_line.end] * len(glue))
    places.append(lines[-1].end if lines else 0)
    return Segment(where, "".join(signs), places, lang, user, time)


def _wrapped(line: Line, after: Line, widest: int) -> bool:
    if line.blank or after.blank or "\t" in line.text or "\t" in after.text:
        return False
    if after.text.startswith(_GOES_ON) and line.text[-1] not in _ENDS:
        return True
    latin = line.text[-1:].isascii() and after.text[:1].isascii()
    slack = _SLACK * 3 if latin else _SLACK
    return widest in _WRAP and line.width >= widest - slack


def read_document(data: bytes, name: str) -> Document:
    """The document in some bytes.

    Args:
        data: the file's bytes, UTF-8 or Big5.
        name: what to call it.

    Returns:
        The document; its text is the decoded file, unaltered.
    """
    from tidewaiter.check.layout import lay_out  # noqa: PLC0415 - layout builds on this module

    text = decode(data)
    kind, segments, day = lay_out(text)
    return Document(name, text, language(text), kind, tuple(segments), day)
