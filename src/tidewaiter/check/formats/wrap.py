"""Printed lines to paragraphs: a line goes on in the next one where the paper, not the writer, broke it.

The test is the typesetter's own: would the first word of the next line have fitted on this one? If it would,
the break was meant.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from tidewaiter.check.formats.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tidewaiter.check.formats.lines import Block

_UNIT = re.compile(r"[^\W\u2e80-\u9fff\uff00-\uffef]+(?:[.,:%/$'’-]+\w*)*|.")
_HYPHEN = re.compile(r"([A-Za-z]{2,})[-\u2010\u00ad]\Z")
_COMPOUND = re.compile(
    r"\A(?:\w+-\w+|year|month|quarter|week|day|non|semi|self|half|full|long|short|high|low|well|mid|first|second|third)\Z",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"\s*(?:[•‧·●○◆■□▪※*–—]|[(（]?[一二三四五六七八九十]{1,3}[)）、]|[(（]?\d{1,2}[)）、]|\d{1,2}[.．](?!\d)|[壹貳參肆伍陸柒捌玖拾]、|[a-z][.)]\s)"
)
_CHINESE = re.compile("[\u3400-\u9fff].{0,40}\\Z")
_DIGITS_ON = re.compile(r"[\d.,%％]")
_LATIN = re.compile(r"[A-Za-z0-9%.,;:)\]'’”]\Z")
_SLACK = 1.3  # signs: a comma may not begin a line, so a line may end that much early
_LEADING = 1.9  # of a line's size, from top to top: more is a new paragraph
_INDENT, _HANGING = 1.2, 4.5  # of a size
_BESIDE = 0.3  # of a size: what stands lower by less stands on the same line
_SIZES = 0.08  # sizes differ by more: a heading


def rejoin(parts: Iterable[Printed | Block], margins: tuple[float, float]) -> Iterator[Block]:
    """Paragraphs of lines; tables pass through."""
    told = list(parts)
    whole = " ".join(part.text for part in told if isinstance(part, Printed))
    running, last = "", None
    leading = _usual_leading([part for part in told if isinstance(part, Printed)])
    for part in told:
        if not isinstance(part, Printed):
            if running:
                yield running
            running, last = "", None
            yield part
            continue
        if last is not None and _goes_on(last, part, margins, leading):
            running = _glue(running, part.text, whole)
        else:
            if running:
                yield running
            running = part.text
        last = part
    if running:
        yield running


def _usual_leading(lines: list[Printed]) -> float:
    """The most usual step from a line to the next, in sizes."""
    steps = sorted(
        (after.top - line.top) / line.size
        for line, after in pairwise(lines)
        if 0 < after.top - line.top < 3 * line.size
    )
    return steps[len(steps) // 4] if steps else _LEADING


def _goes_on(line: Printed, after: Printed, margins: tuple[float, float], leading: float) -> bool:
    if _ITEM.match(after.text) or abs(line.size - after.size) > _SIZES * line.size:
        return False
    step = (after.top - line.top) / line.size
    if abs(step) < _BESIDE:
        return False
    if step > leading * 1.25 + 0.1:  # a page break goes back, and may be within a paragraph
        return False
    hanging = _HANGING if _ITEM.match(line.text) else _INDENT  # an item's lines stand below its words
    if after.x0 > line.x0 + hanging * after.size:
        return False  # indented: a new paragraph
    unit = _UNIT.match(after.text)
    first = unit[0] if unit else ""
    blank = 0.25 * line.size if _LATIN.search(line.text) and first.isascii() else 0.0
    return line.x1 + blank + _width(first) * line.size + _SLACK * line.size * _wide(first) > margins[1]


def _width(words: str) -> float:
    """About how many sizes some signs take."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.5 for sign in words)


def _wide(words: str) -> float:
    """Latin text set ragged ends early by its own words; Chinese by one sign."""
    return 1.0 if words and unicodedata.east_asian_width(words[0]) in "WF" else 0.3


def _glue(before: str, after: str, whole: str) -> str:
    cut = _HYPHEN.search(before)
    if cut and after[:1].islower():
        rest = re.match(r"[A-Za-z]+", after)
        compound = f"{cut[1]}-{rest[0]}" if rest else ""
        word = re.search(r"[\w-]*\Z", before[:-1])
        kept = (word and "-" in word[0]) or _COMPOUND.match(cut[1]) or (compound and compound in whole)
        return before + after if kept else before[:-1] + after
    if before.endswith(("-", "/", "–")):
        return before + after
    if _CHINESE.search(before) and before[-1:].isdigit() and _DIGITS_ON.match(after):
        return before + after  # Chinese is broken anywhere, in a number too
    latin = bool(_LATIN.search(before)) and after[:1].isascii()
    return f"{before} {after}" if latin else before + after
