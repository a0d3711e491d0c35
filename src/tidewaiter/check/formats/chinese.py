"""Simplified Chinese: told apart, and mapped to Traditional signs one for one."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_HINTS = re.compile("[亿个产业电进关这为说时会来国长减贸额们发经济统计数总单]")
_SAMPLE = 20_000


def traditional_of(text: str) -> str | None:
    """The text in Traditional signs, of the same length, or None when it is not simplified.

    A text is simplified when more of its signs would change on the way to Traditional than back.

    >>> traditional_of("出口增长3.8%，达374.7亿美元"), traditional_of("出口成長3.8%")
    ('出口增長3.8%，達374.7億美元', None)
    """
    if not _HINTS.search(text):
        return None
    sample = text[:_SAMPLE]
    forth = _changed(sample, _converter("s2t").convert(sample))
    back = _changed(sample, _converter("t2s").convert(sample))
    return one_for_one(text) if forth > back else None


def one_for_one(text: str) -> str:
    """Each sign in its Traditional form; phrases decide between forms where their length agrees."""
    whole = _converter("s2t")
    lines = text.split("\n")
    mapped = whole.convert(text).split("\n")
    if len(mapped) != len(lines):
        mapped = [whole.convert(line) for line in lines]
    return "\n".join(
        new if len(new) == len(old) else "".join(_sign(sign) for sign in old)
        for old, new in zip(lines, mapped, strict=True)
    )


@lru_cache(maxsize=8192)
def _sign(sign: str) -> str:
    mapped = _converter("s2t").convert(sign)
    return mapped if len(mapped) == 1 else sign


def _changed(text: str, mapped: str) -> int:
    return sum(old != new for old, new in zip_longest(text, mapped))


@lru_cache(maxsize=2)
def _converter(way: str) -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 — dictionaries, for simplified texts alone

    return OpenCC(way)
