"""English phrases, tried at the starts of words only, and there only those that can begin so."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from tidewaiter.phrases.book import phrasebook
from tidewaiter.phrases.first import ANY, LENGTH, first_heads

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def _starts() -> re.Pattern[str]:
    """Where a word begins, its article before it."""
    lead = phrasebook().lead("en").removeprefix(r"\b")
    return re.compile(rf"(?<![A-Za-z0-9]){lead}(?P<sign>[A-Za-z0-9])", re.IGNORECASE)


@cache
def _by_head() -> dict[str, tuple[int, ...]]:
    """Head → the patterns that can begin with it, by their place in reading order."""
    found: dict[str, list[int]] = {}
    for at, (_, _, pattern) in enumerate(phrasebook().patterns("en")):
        for head in {head.lower() for head in first_heads(pattern) or {ANY * LENGTH}}:
            found.setdefault(head.ljust(LENGTH, ANY), []).append(at)
    return {head: tuple(places) for head, places in found.items()}


@cache
def _together(places: tuple[int, ...]) -> re.Pattern[str]:
    patterns = phrasebook().patterns("en")
    return re.compile("|".join(patterns[at][2] for at in places), re.IGNORECASE)


_scanners: dict[str, re.Pattern[str] | None] = {}
_MANY = 20_000  # heads kept; a text in another script has more, and none of them begins a phrase


def _scanner(head: str) -> re.Pattern[str] | None:
    """What can match where the text goes on like this, None when nothing can."""
    table = _by_head()
    masks = ("".join(signs) for signs in product(*((sign, ANY) for sign in head)))
    places = sorted({at for mask in masks for at in table.get(mask, ())})
    if len(_scanners) < _MANY:
        _scanners[head] = _together(tuple(places)) if places else None
        return _scanners[head]
    return _together(tuple(places)) if places else None


def phrases(text: str, at: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
    """Every phrase between two places, with the place its article begins at."""
    after = at
    for word in _starts().finditer(text, at, end):
        start, first = word.span()[0], word.end() - 1
        if start < after:
            continue
        found = _match(text, first, end)
        if found is None and start != first:
            found = _match(text, start, end)
        if found is not None:
            after = found.end()
            yield start, found


def _match(text: str, at: int, end: int) -> re.Match[str] | None:
    head = text[at : at + LENGTH].lower().ljust(LENGTH, ANY)
    scanner = _scanners[head] if head in _scanners else _scanner(head)
    return scanner.match(text, at, end) if scanner else None
