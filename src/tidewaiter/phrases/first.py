r"""With which signs can a pattern begin? Known beforehand, most patterns need not be tried at most places.

Reads the dialect our patterns are written in: literals, classes, groups, alternatives, ``? * + {m,n}``,
look-around (which takes no sign) and the escapes ``\d \s \w \b``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = frozenset("0123456789")
ANY = "\0"
"""In a head: whatever sign."""
LENGTH = 3
"""Signs of a head. Three tell most English words apart; more would make the tables large."""
_SPACE = frozenset(" \t\n\r\u3000")
_QUANTIFIER = re.compile(r"(?:[?*+]|\{\d*,?\d*\})\??")
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|:|-?[aiLmsux]+:))?")
_LOOK = re.compile(r"\(\?<?[=!]")


@dataclass(frozen=True, slots=True)
class First:
    """The heads something may begin with, each at most :data:`LENGTH` signs; shorter ones go on behind it.

    ``empty``: it may match nothing, and then what follows begins it.
    """

    heads: frozenset[str]
    empty: bool

    def then(self, after: First) -> First:
        """This, followed by something."""
        open_ends = {head for head in self.heads if len(head) < LENGTH}
        heads = {(head + more)[:LENGTH] for head in open_ends for more in after.heads}
        heads |= self.heads if after.empty else self.heads - open_ends
        heads |= after.heads if self.empty else frozenset()
        return First(frozenset(heads), self.empty and after.empty)

    def either(self, other: First) -> First:
        """This or something else."""
        return First(self.heads | other.heads, self.empty or other.empty)

    def repeated(self) -> First:
        """This once or more: after the first time anything may stand."""
        return First(frozenset(head.ljust(LENGTH, ANY) for head in self.heads), self.empty)


_NOTHING = First(frozenset(), empty=True)


def first_signs(pattern: str) -> frozenset[str] | None:
    """The signs a match of the pattern can begin with, None when that cannot be told.

    Examples:
        >>> sorted(first_signs("(?:寫)?連(?P<n>[二三])紅"))
        ['寫', '連']
    """
    heads = first_heads(pattern)
    if heads is None:
        return None
    signs = frozenset(head[0] for head in heads)
    return None if ANY in signs else signs


def first_heads(pattern: str) -> frozenset[str] | None:
    r"""The heads a match can begin with, None when that cannot be told; :data:`ANY` stands for any sign.

    Examples:
        >>> sorted(first_heads("(?:a )?record|hi+t"))
        ['a r', 'hi\x00', 'rec']
    """
    first, at = _alternatives(pattern, 0)
    return None if at != len(pattern) or first.empty else first.heads


def _alternatives(text: str, at: int) -> tuple[First, int]:
    found, at = _sequence(text, at)
    while at < len(text) and text[at] == "|":
        other, at = _sequence(text, at + 1)
        found = found.either(other)
    return found, at


def _sequence(text: str, at: int) -> tuple[First, int]:
    items: list[First] = []
    while at < len(text) and text[at] not in "|)":
        item, at = _item(text, at)
        if quantifier := _QUANTIFIER.match(text, at):
            at = quantifier.end()
            item = _quantified(item, quantifier[0])
        items.append(item)
    found = _NOTHING
    for item in reversed(items):  # from the end, so that what is long gone is cut at once
        found = item.then(found)
    return found, at


def _quantified(item: First, quantifier: str) -> First:
    many = item if quantifier[0] == "?" else item.repeated()
    optional = quantifier[0] in "?*" or quantifier.startswith(("{0", "{,"))
    return First(many.heads, empty=True) if optional else many


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
    if sign in "^$":
        return _NOTHING, at + 1
    return First(frozenset(ANY if sign == "." else sign), empty=False), at + 1


def _escape(letter: str) -> First:
    if letter in "bBAZ":
        return _NOTHING
    known = {"d": DIGITS, "s": _SPACE}.get(letter)
    if known is not None:
        return First(known, empty=False)
    return First(frozenset(ANY if letter in "wWSD" else letter), empty=False)


def _class(text: str, at: int) -> tuple[First, int]:
    end = at + 1
    signs: set[str] = set()
    while text[end] != "]" or end == at + 1:
        if text[end] == "\\":
            signs |= _escape(text[end + 1]).heads
            end += 2
        elif text[end + 1] == "-" and text[end + 2] != "]":
            signs |= {chr(code) for code in range(ord(text[end]), ord(text[end + 2]) + 1)}
            end += 3
        else:
            signs.add(text[end])
            end += 1
    negated = text[at + 1] == "^"
    return First(frozenset(ANY) if negated else frozenset(signs), empty=False), end + 1
