"""Periods that a sentence names without telling a figure of them: excepted, or divided by."""

from __future__ import annotations

import re

from tidewaiter.check.read.times import divides

_SAVE = re.compile(r"(?<!扣)(?<!去)除了?[^，。；,;除]{0,14}$")
_OUT = re.compile(r"[^，。；,;]{0,14}?(?:以|之)?外(?![銷資貿國])")
_EXCEPT = re.compile(
    r"(?:except(?:ing| for)?|excluding|other than|apart from|aside from|save for|but for|"
    r"with the (?:sole )?exception of)(?: in| for)?(?: (?:19|20)\d\d(?: and|,))* ?$",
    re.IGNORECASE,
)
_ASIDE = 40  # signs looked back over for "except"


def is_aside(text: str, start: int, end: int, lang: str) -> bool:
    """The period at ``text[start:end]`` is the one that what is told does not hold for, or a ratio's base.

    Examples:
        >>> is_aside("伺服器出口除2019年外，餘均成長", 6, 11, "zh")
        True
    """
    if divides(text, start, end, lang):
        return True
    back = max(0, start - _ASIDE)
    if lang == "en":
        return _EXCEPT.search(text, back, start) is not None
    return _SAVE.search(text, back, start) is not None and _OUT.match(text, end) is not None
