r"""With which signs can a pattern begin? Known beforehand, most patterns need not be tried at most places.

Reads the dialect our patterns are written in: literals, classes, groups, alternatives, ``? * + {m,n}``,
look-around (which takes no sign) and the escapes ``\d \s \w \b``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = frozenset("0123456789")
_SPACE = frozenset(" \t\n\r\u3000")
_QUANTIFIER = re.compile(r"(?:[?*+]|\{\d*,?\d*\})\??")
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|:|-?[aiLmsux]+:))?")
_LOOK = re.compile(r"\(\?<?[=!]")


@dataclass(frozen=True, slots=True)
class First:
    """The signs something may begin with; ``None`` when it may be any. ``empty``: it may match nothing."""

    signs: frozenset[str] | None
    empty: bool

    def then(self, after: First) -> First:
        """This, followed by something."""
        if not self.empty:
            return self
        both = None if self.signs is None or after.signs is None else self.signs | after.signs
        return First(both, after.empty)

    def either(self, other: First) -> First:
        """This or something else."""
        both = None if self.signs is None or other.signs is None else self.signs | other.signs
        return First(both, self.empty or other.empty)


_NOTHING = First(frozenset(), empty=True)


def first_signs(pattern: str) -> frozenset[str] | None:
    """The signs a match of the pattern can begin with, None when that cannot be told.

    Examples:
        >>> sorted(first_signs("(?:寫)?連(?P<n>[二三])紅"))
        ['寫', '連']
    """
    first, at = _alternatives(pattern, 0)
    return None if at != len(pattern) or first.empty else first.signs


def _alternatives(text: str, at: int) -> tuple[First, int]:
    found, at = _sequence(text, at)
    while at < len(text) and text[at] == "|":
        other, at = _sequence(text, at + 1)
        found = found.either(other)
    return found, at


def _sequence(text: str, at: int) -> tuple[First, int]:
    found = _NOTHING
    while at < len(text) and text[at] not in "|)":
        item, at = _item(text, at)
        if quantifier := _QUANTIFIER.match(text, at):
            at = quantifier.end()
            if quantifier[0][0] in "?*" or quantifier[0].startswith(("{0", "{,")):
                item = First(item.signs, empty=True)
        found = found.then(item)
    return found, at


def _item(text: str, at: int) -> tuple[First, int]:
    sign = text[at]
    if sign == "(":
        looking = _LOOK.match(text, at)
        opened = looking or _GROUP.match(text, at)
        inner, end = _alternatives(text, opened.end() if opened else at + 1)
        return (_NOTHING if looking else inner), end + 1
    if sign == "[":
        return _class(text, at)
    if sign == "\\":
        return _escape(text[at + 1]), at + 2
    if sign == ".":
        return First(None, empty=False), at + 1
    if sign in "^$":
        return _NOTHING, at + 1
    return First(frozenset(sign), empty=False), at + 1


def _escape(letter: str) -> First:
    if letter in "bBAZ":
        return _NOTHING
    known = {"d": DIGITS, "s": _SPACE}.get(letter)
    if known is not None:
        return First(known, empty=False)
    return First(None if letter in "wWSD" else frozenset(letter), empty=False)


def _class(text: str, at: int) -> tuple[First, int]:
    end = at + 1
    signs: set[str] = set()
    while text[end] != "]" or end == at + 1:
        if text[end] == "\\":
            signs |= _escape(text[end + 1]).signs or set()
            end += 2
        elif text[end + 1] == "-" and text[end + 2] != "]":
            signs |= {chr(code) for code in range(ord(text[end]), ord(text[end + 2]) + 1)}
            end += 3
        else:
            signs.add(text[end])
            end += 1
    negated = text[at + 1] == "^"
    return First(None if negated else frozenset(signs), empty=False), end + 1
