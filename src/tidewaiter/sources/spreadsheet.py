"""Texts that a spreadsheet would run: made harmless on the way out, taken back on the way in.

A cell that begins with ``=``, ``+``, ``-`` or ``@`` is a formula to a spreadsheet, and one that begins
with a tab or a line end may become one. Such a text gets an apostrophe before it. Numbers stay numbers.

>>> guarded("=HYPERLINK(…)"), guarded("-3.4"), guarded("-"), guarded("機械")
("'=HYPERLINK(…)", '-3.4', '-', '機械')
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"\s*[=+\-@\t\r|%＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[\d,]*\.?\d*(?:[eE][+-]?\d+)?%?")
_QUOTED = re.compile(r"'+")


def guarded(text: str) -> str:
    """The text, harmless to a spreadsheet. What :func:`unguarded` would change is quoted as well.

    Examples:
        >>> guarded("@SUM(A1)"), guarded("+1"), guarded("'=1")
        ("'@SUM(A1)", '+1', "''=1")
    """
    return f"'{text}" if _runs(_QUOTED.sub("", text, count=1) if text.startswith("'") else text) else text


def unguarded(text: str) -> str:
    """The text that :func:`guarded` was given.

    Examples:
        >>> unguarded("'=1"), unguarded("''=1"), unguarded("'s-Gravenhage")
        ('=1', "'=1", "'s-Gravenhage")
    """
    return text[1:] if text.startswith("'") and _runs(_QUOTED.sub("", text, count=1)) else text


def _runs(text: str) -> bool:
    return bool(_FORMULA.match(text)) and not _NUMBER.fullmatch(text)
