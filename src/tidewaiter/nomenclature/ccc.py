"""CCC: the national classification (中華民國輸出入貨品分類), 2 to 10 digits, Chinese and English.

The first six digits are those of HS 2017. Eight digits carry the tariff, ten the statistics, an eleventh
is a check digit. Names are those of the tariff of 2020; a later code is told by the nearest one above it.

>>> name("84715000")[:7], name("85423100002", "en")[:26]
('第847141', 'Processors and controllers')
"""

from __future__ import annotations

from functools import cache

from tidewaiter.nomenclature.packed import rows

_CHECKED, _STATISTICAL, _TARIFF = 11, 10, 8
LEVELS = (10, 8, 6, 5, 4, 2)


@cache
def _names() -> dict[str, tuple[str, str]]:
    names: dict[str, tuple[str, str]] = {}
    for code, zh, en in rows("ccc"):
        above = names.get(code[:_TARIFF], ("", "")) if len(code) == _STATISTICAL else ("", "")
        names[code] = (zh or above[0], en or above[1])
    return names


def bare(code: str) -> str:
    """The digits: without ``CCC`` or ``HS`` before and the check digit behind."""
    digits = code.upper().removeprefix("CCC").removeprefix("HS")
    return digits[:_STATISTICAL] if len(digits) == _CHECKED else digits


def exists(code: str) -> bool:
    """The tariff of 2020 has it."""
    return bare(code) in _names()


def name(code: str, lang: str = "zh") -> str:
    """Its name, empty when the tariff of 2020 does not have it."""
    zh, en = _names().get(bare(code), ("", ""))
    return zh if lang == "zh" else en


def nearest(code: str) -> str:
    """The longest code at its beginning (itself included) that the tariff has, empty when none."""
    digits = bare(code)
    return next((digits[:n] for n in LEVELS if n <= len(digits) and digits[:n] in _names()), "")


def parent(code: str) -> str | None:
    """The next code above it, intermediate headings (five digits) included."""
    digits = bare(code)
    return next((digits[:n] for n in LEVELS if n < len(digits) and digits[:n] in _names()), None)


def children(code: str) -> list[str]:
    """The codes right below it."""
    return list(_children().get(bare(code), ()))


@cache
def _children() -> dict[str, list[str]]:
    below: dict[str, list[str]] = {}
    for code in sorted(_names()):
        if (above := parent(code)) is not None:
            below.setdefault(above, []).append(code)
    return below


def codes() -> tuple[str, ...]:
    """Every code."""
    return tuple(_names())
