"""What is had from a file: a text, and what the file says about itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file.

    Attributes:
        text: what every offset counts in; for a plain text the file itself, decoded and unaltered.
        kind: text, html, ptt, pdf, tagged pdf, docx or odt.
        title: its heading, empty when it has none.
        author: who wrote it, empty when it does not say.
        date: the day it bears, None when it bears none.
        lang: zh or en, a guess by its letters.
        simplified: it is written in Simplified Chinese.
        traditional: the same text in Traditional signs, one for one, so that a place in it is a place in
            ``text``; None when the text is not simplified.
        findings: what was left out or had to be guessed, in words.
    """

    text: str = field(repr=False)
    kind: str
    title: str = ""
    author: str = ""
    date: date | None = None
    lang: str = "zh"
    simplified: bool = False
    traditional: str | None = field(default=None, repr=False)
    findings: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """A text on its way: what one format can tell. Language and script are found for all in ``finish``."""

    kind: str
    text: str
    title: str = ""
    author: str = ""
    day: date | None = None
    findings: list[str] = field(default_factory=list)
