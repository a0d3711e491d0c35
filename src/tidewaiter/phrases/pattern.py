"""The patterns of the phrasebook: regular expressions with slots and macros.

A ``read`` pattern is a regular expression in which ``{n}``, ``{nth}``, ``{m}``, ``{half}``, ``{date}``,
``{year}`` stand for what changes from figure to figure, and ``{NAME}`` in capitals for a part kept in
``macros.yml``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.phrases.numerals import NUMBER, NUMBER_EN, ORDINAL_EN

if TYPE_CHECKING:
    from collections.abc import Mapping

_HOLE = re.compile(r"\{([A-Za-z]\w*)\}")
_MONTH_EN = (
    "(?-i:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept\.?|Sep\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_HAN_DIGIT = "[〇○零一二三四五六七八九]"
_YEAR_ZH = (
    rf"(?:(?:民國|西元)?(?:\d{{2,4}}|{_HAN_DIGIT}{{2,4}}|[一百零十二三四五六七八九]{{2,6}})年|去年|"
    rf"上年|前年|今年)"
)
_MONTH_ZH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月"
SLOTS: dict[str, dict[str, str]] = {
    "zh": {
        "n": NUMBER, "m": NUMBER, "nth": NUMBER, "half": "半", "year": _YEAR_ZH,
        "date": rf"(?:{_YEAR_ZH}(?:底|初|{_MONTH_ZH}|第?[一二三四1234]季)?)",
    },
    "en": {
        "n": NUMBER_EN, "m": NUMBER_EN, "nth": ORDINAL_EN, "half": "and a half",
        "year": r"(?:\d{4}|last year)",
        "date": (
            rf"(?:(?:(?:{_MONTH_EN})(?: of)? |the (?:first|second|third|fourth) quarter of |late |"
            rf"early )?(?:19|20)\d\d(?!%)|(?:{_MONTH_EN})(?: last year| this year)?)"
        ),
    },
}  # fmt: skip


def compile_pattern(pattern: str, lang: str, macros: Mapping[str, str], group: str) -> str:
    """The regular expression of a pattern; slot ``n`` becomes the named group ``{group}_n``."""

    def fill(hole: re.Match[str]) -> str:
        name = hole[1]
        if name in macros:
            return _HOLE.sub(fill, macros[name])
        return f"(?P<{group}_{name}>{SLOTS[lang][name]})"

    body = _HOLE.sub(fill, pattern.removeprefix("{DET}"))
    if lang == "en":
        return rf"(?P<{group}>\b(?:{body})\b)"
    return f"(?P<{group}>{body})"
