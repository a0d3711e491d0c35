"""What all papers lay out alike: how wide columns are, what stands under a table, the last lines.

Widths are shares of the line, so that Typst, Word and LibreOffice draw the same table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.bulletin.document import Said
from tidewaiter.bulletin.typography import clumps, pieces
from tidewaiter.bulletin.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.bulletin.document import Bulletin, Chart, Runs
    from tidewaiter.bulletin.tables import Table
    from tidewaiter.bulletin.words import Words

_LONGEST_WORD = 9  # a longer word in a head is broken rather than given room
_STUBS = ((4, 0.6), (8, 0.5), (999, 0.28))  # up to so many columns, most of what these take
_FIRST_CJK = "\u2e80"
_NO_BREAK = "\u00a0"
_SIGN = re.compile(r"(?<=[^\w.\-]-)(?=\d)|(?<=^-)(?=\d)")
# Signs at which no line of Chinese ends or begins: the usual ones, then digits with what stands inside or
# behind a number. That keeps 374.7億美元 together without invisible signs in the text.
NEVER_LAST = "([{£¥‘“‵〈《「『〔【〝（｛$0123456789.,+-億兆萬個"
NEVER_FIRST = "!),.:;?]}¢·–—’”•‧、。〉》」』〕〞！），．：；？｜｝%％億兆萬元倍點"
DIGIT, POINT = 0.555, 0.278  # widths in em of the fonts of tables


def widths(table: Table) -> list[float]:
    """Shares of the line: a column of six digits needs more than one of a rate."""
    found = []
    for at, path in enumerate(table.paths()):
        texts = [row.cells[at].text for row in table.rows if row.cells]
        word = max((len(each) for each in path[-1].split()), default=0)
        wide = 2 if path[-1][:1] >= _FIRST_CJK else 1
        found.append(max(max(map(len, texts), default=0), min(word * wide, _LONGEST_WORD)) + 1.5)
    return found


def stub_width(table: Table) -> float:
    """The longest row label in the widths of a digit; many columns leave it less, then it is broken."""
    labels = [table.stub, *(row.label for row in table.rows if row.kind != "section")]
    share = next(share for most, share in _STUBS if table.width <= most)
    return min(max(map(text_width, labels), default=0.0) / DIGIT + 2.0, sum(widths(table)) * share)


def text_width(text: str) -> float:
    """Width of a text in em: 漢字 as wide as high, letters and digits half of it."""
    return sum(1.0 if sign >= _FIRST_CJK else DIGIT for sign in text)


def publication(bulletin: Bulletin) -> str:
    """The kind of paper with its number: 產業經濟統計簡訊《459》."""
    head, say = bulletin.masthead, words(bulletin.lang)
    number = say.number.format(head.number) if head.number else ""
    return f"{head.publication}{' ' if bulletin.lang == 'en' and number else ''}{number}"


def foot(item: Table | Chart, say: Words) -> list[str]:
    """Source and notes under a table or a chart."""
    lines = [f"{say.source}{say.colon}{item.source}"] if item.source else []
    return lines + [f"{say.notes}{say.colon}{note}" for note in item.notes]


def last_lines(bulletin: Bulletin) -> list[str]:
    """Sources, notes and contacts at the end."""
    say = words(bulletin.lang)
    return [
        *(f"{say.source}{say.colon}{each}" for each in bulletin.sources),
        *(f"{say.notes}{say.colon}{each}" for each in bulletin.notes),
        *(f"{label}{say.colon}{each}" for label, each in bulletin.contacts),
    ]


def unit_line(table: Table, say: Words) -> str:
    """單位：百萬美元；%, empty where the table has none."""
    return f"{say.unit}{say.colon}{table.unit}" if table.unit else ""


def stretches(runs: Runs) -> Iterator[tuple[str, bool, bool]]:
    """Texts to write one after another: text, whether it is a statement, whether it clings to the last."""
    for clump in clumps(runs):
        for at, run in enumerate(clump.runs):
            said = isinstance(run, Said)
            yield run.text if isinstance(run, Said) else run, said, clump.keep and at > 0


def held(text: str, *, tied: bool = False) -> str:
    r"""The text with its numbers held to their units by no-break spaces.

    >>> held("up to US$58.49 billion").replace("\u00a0", "_")
    'up to US$58.49_billion'
    """
    kept = (each.text.replace(" ", _NO_BREAK) if each.keep else each.text for each in pieces(text))
    return text.replace(" ", _NO_BREAK) if tied else "".join(kept)


def at_signs(text: str) -> list[str]:
    """The text cut behind each sign of a negative number, where no line must end.

    >>> at_signs("減少8.8億美元（-6.7%）")
    ['減少8.8億美元（-', '6.7%）']
    """
    return _SIGN.split(text)
