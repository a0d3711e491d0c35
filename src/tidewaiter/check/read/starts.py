"""English phrases, tried at the starts of words only, and there only those that begin with that sign."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tidewaiter.phrases.book import phrasebook
from tidewaiter.phrases.first import first_signs

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def _starts() -> re.Pattern[str]:
    """Where a word begins, its article before it."""
    lead = phrasebook().lead("en").removeprefix(r"\b")
    return re.compile(rf"(?<![A-Za-z0-9]){lead}(?P<sign>[A-Za-z0-9])", re.IGNORECASE)


@cache
def _by_sign() -> dict[str, tuple[str, ...]]:
    """Sign → the patterns that can begin with it, in reading order."""
    signs = "abcdefghijklmnopqrstuvwxyz0123456789"
    found: dict[str, list[str]] = {sign: [] for sign in signs}
    for _, _, pattern in phrasebook().patterns("en"):
        first = first_signs(pattern)
        some = signs if first is None else {sign.lower() for sign in first}
        for sign in some:
            if sign in found:
                found[sign].append(pattern)
    return {sign: tuple(patterns) for sign, patterns in found.items() if patterns}


@cache
def _together(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


@cache
def _scanner(sign: str) -> re.Pattern[str] | None:
    patterns = _by_sign().get(sign)
    return _together(patterns) if patterns else None


def phrases(text: str, at: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
    """Every phrase between two places, with the place its article begins at."""
    after = at
    for word in _starts().finditer(text, at, end):
        if word.start() < after:
            continue
        found = _match(text, word.start("sign"), end)
        if found is None and word.start() != word.start("sign"):
            found = _match(text, word.start(), end)
        if found is not None:
            after = found.end()
            yield word.start(), found


def _match(text: str, at: int, end: int) -> re.Match[str] | None:
    scanner = _scanner(text[at].lower())
    return scanner.match(text, at, end) if scanner else None
