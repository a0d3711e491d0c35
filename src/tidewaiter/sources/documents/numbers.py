"""Numbers as documents print them: marks of notes, brackets and triangles for negative ones, per cents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidewaiter.sources.printed import is_blank, plain, read_number

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_CJK = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_IN_CHINESE = re.compile(rf"(?<=[{_CJK}])\s*\n\s*(?=[{_CJK}])")
_MARK = re.compile(
    r"\s*(?:\(?(?P<letter>[pPrReE])\)?|\((?:初步值?|修正值?|估計值?)\)|[*※†‡#]+|\(?註\s*\d*\)?|[⁰¹²³⁴-⁹]+)\Z"
)
_PRELIMINARY = re.compile(r"\(?[pP]\)?\Z|\(初步值?\)\Z")
_BRACKETS = re.compile(r"\(\s*(?P<number>[\d.,]+)\s*%?\s*\)\Z")
_TRIANGLE = re.compile(r"[△▲]\s*(?P<number>[\d.,]+)\s*%?\Z")
_MISSING = frozenset({"x", "na", "n/a", "n.a", "nd", "未公布", "尚未公布", "無", "不適用", "***", "(-)"})
_MOST_MARKS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A number of a document.

    Attributes:
        value: the number, negative where brackets or a triangle say so.
        decimals: as printed.
        preliminary: a (p) stands beside it.
    """

    value: float
    decimals: int
    preliminary: bool = False


def flat(text: str) -> str:
    r"""Words on one line: a break between Chinese signs is none, any other is a blank.

    Examples:
        >>> flat("電子零\n組件 parts\tof")
        '電子零組件 parts of'
    """
    return " ".join(_IN_CHINESE.sub("", _INVISIBLE.sub("", text)).split())


def unmarked(text: str) -> tuple[str, bool]:
    """A text without the marks of notes behind it, and whether one of them says preliminary.

    Examples:
        >>> unmarked("58,487 (p)"), unmarked("歐洲*"), unmarked("113年(r)"), unmarked("Europe")
        (('58,487', True), ('歐洲', False), ('113年', False), ('Europe', False))
    """
    shown, preliminary = text.strip(), False
    for _ in range(_MOST_MARKS):
        match = _MARK.search(shown)
        if match is None or not (left := shown[: match.start()].rstrip()):
            break
        mark = match.group().strip()
        if match["letter"] and not mark.startswith("(") and not left[-1].isdigit():
            break  # the last letter of a word
        preliminary |= bool(_PRELIMINARY.match(plain(mark)))
        shown = left
    return shown, preliminary


def shown_number(text: str) -> Shown | None:
    """The number of a cell, None when it holds none.

    Examples:
        >>> [shown_number(text) for text in ("(12.3)", "…")]
        [Shown(value=-12.3, decimals=1, preliminary=False), None]
        >>> shown_number("１，２３４．５").value, shown_number("△4.0%").value
        (1234.5, -4.0)
    """
    words, preliminary = unmarked(plain(text))
    words = plain(words)
    for pattern in (_BRACKETS, _TRIANGLE):
        if match := pattern.match(words):
            read = read_number(match["number"])
            return Shown(-read.value, read.decimals, preliminary) if read else None
    read = read_number(words.removesuffix("%").rstrip())
    return Shown(read.value, read.decimals, preliminary) if read else None


def is_missing(text: str) -> bool:
    """Nothing stands here, or a sign that no number does: ``-``, ``…``, ``X``, ``未公布``."""
    return is_blank(text) or plain(text).casefold() in _MISSING
