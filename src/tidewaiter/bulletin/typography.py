"""What must not be parted at the end of a line: a number and its unit.

Renderers get a text cut into pieces, some of them to be kept whole. No invisible characters are put into
the text for this, so what a reader copies from the page is what was written.

>>> [piece.text for piece in pieces("出口374.7億美元，年增3.8%") if piece.keep]
['374.7億美元，', '3.8%']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.bulletin.document import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.bulletin.document import Run, Runs

_UNIT = (
    r"[百千萬億兆]*(?:新臺幣元|美元|日圓|歐元|公噸|公斤|元|噸)|個?百分點|個月|[%％倍成年月日季項國類名個大高期週]"
    r"|[ \u00a0](?:US\$|NT\$)?(?:billion|million|trillion|percentage points?|per ?cent|points?|times|tonnes?"
    r"|months?|years?|st|nd|rd|th)\b|(?:st|nd|rd|th)\b(?: (?:highest|straight|largest))?"
)
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_AFTER = r"[，。；：、）)」』,.;:!?]{0,2}"
_KEEP = re.compile(
    r"(?:US\$|NT\$|(?:Table|Figure|No\.|HS(?: code)?|第|表|圖|[+\-−±])[ \u00a0]?)?"
    rf"{_NUMBER}(?:[-–~～]{_NUMBER})?(?:{_UNIT})?{_AFTER}"
)
_UNIT_FIRST = re.compile(rf"(?:{_UNIT}){_AFTER}")
_MOST_KEPT = 18


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; ``keep`` when no line may end inside it."""

    text: str
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Clump:
    """Runs that stay together: a statement and the unit written behind it."""

    runs: tuple[Run, ...]
    keep: bool = False


def pieces(text: str) -> list[Piece]:
    """The text cut into pieces."""
    found: list[Piece] = []
    at = 0
    for match in _KEEP.finditer(text):
        if match.start() > at:
            found.append(Piece(text[at : match.start()]))
        # one digit without a unit has nothing to lose
        found.append(Piece(match[0], keep=len(match[0]) > 1))
        at = match.end()
    if at < len(text):
        found.append(Piece(text[at:]))
    return found


def clumps(runs: Runs) -> Iterator[Clump]:
    """Runs, with a short statement that ends in a digit tied to the unit that the next run opens with."""
    rest = list(runs)
    while rest:
        run = rest.pop(0)
        follows = rest[0] if rest and isinstance(rest[0], str) else ""
        unit = _UNIT_FIRST.match(follows)
        if isinstance(run, Said) and unit and run.text[-1:].isdigit() and len(run.text) < _MOST_KEPT:
            rest[0] = follows[unit.end() :]
            yield Clump((run, unit[0]), keep=True)
        elif run:
            yield Clump((run,))
