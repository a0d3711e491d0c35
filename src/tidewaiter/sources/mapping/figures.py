"""Cells that are figures, in whatever way an office writes them: 1,234.5, 1.234,5, 1 234,5, 1'234."""

from __future__ import annotations

import re

from tidewaiter.sources.printed import is_number, plain

_SPACED = re.compile(r"[+-]?\d{1,3}(?:[ '’]\d{3})*(?:[.,]\d+)?\Z")
_COMMA = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+\Z")


def is_figure(text: str) -> bool:
    """The whole text is one number.

    Examples:
        >>> [is_figure(text) for text in ("1,234.5", "1.234,5", "1 234 567,8", "8471.50", "1 2", "-")]
        [True, True, True, True, False, False]
    """
    shown = plain(text)
    return bool(is_number(shown) or _SPACED.match(shown) or _COMMA.match(shown))
