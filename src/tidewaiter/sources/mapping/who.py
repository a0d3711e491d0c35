"""Who reports: the country that a file's name or title names, or that office, currency or script tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tidewaiter.nomenclature import areas
from tidewaiter.sources.mapping import partners
from tidewaiter.sources.mapping.headings import pairs
from tidewaiter.sources.mapping.spec import UNKNOWN

if TYPE_CHECKING:
    from tidewaiter.sources.mapping.columns import Columns

_ISO = 3
_LONGEST = 4  # words of a country's name
_SHORT = {"U.S.": "United States", "U.K.": "United Kingdom"}  # a word is letters only
_WORD = re.compile(r"[^\W\d_]+")


def named_in(text: str) -> list[str]:
    """The countries a text names, in its order, in any language (offices and adjectives too).

    Examples:
        >>> named_in("Exports of Viet Nam by country"), named_in("korea_2025.csv"), named_in("Destatis 51000")
        (['VNM'], ['KOR'], ['DEU'])
    """
    for short, name in _SHORT.items():
        text = text.replace(short, name)
    words = _WORD.findall(text.replace("_", " ").replace("’s", "").replace("'s", ""))
    found: dict[str, None] = {}
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            if code := _one(" ".join(words[at : at + size])):
                found[code] = None
                at += size - 1
                break
        at += 1
    return list(found)


def _one(name: str) -> str:
    plain = name.lower()
    if told := pairs("offices").get(plain) or pairs("adjectives").get(plain):
        return told
    if len(name.replace(" ", "")) <= _ISO and not any(sign > "\u2e80" for sign in name):
        return ""
    code = partners.area_of(name, (partners.NAME,)) or ""
    return code if len(code) == _ISO and code in areas().entries and code != "W00" else ""


def reporter_of(free: Columns, parts: dict[str, Any]) -> dict[str, Any]:
    """Who reports, when no column says it.

    Asked in this order: title and file name, the calendar, codes of countries that are an office's own, the
    currency of the values, the language of the headings, the notes of the file. What they leave open is
    ``???``.
    """
    for ground, asked in (
        ("the title or the file's name", _titles),
        ("the calendar", _calendar),
        ("the codes of countries, which are its office's own", lambda free, _: free.office),
        ("the currency", _currency),
        ("the language of the headings", _script),
        ("a note of the file", _remarks),
    ):
        if code := asked(free, parts):
            free.note(f"the reporter is judged by {ground}: {code}")
            return {"constant": code}
    free.note("nothing tells who reports: fill in reporter (ISO alpha-3)")
    return {"constant": UNKNOWN}


def _titles(free: Columns, parts: dict[str, Any]) -> str:
    del parts
    named = named_in(f"{free.title} {free.file.rpartition('.')[0].rpartition('/')[2]}")
    if len(named) > 1:
        free.note(f"title and file name speak of {', '.join(named)}: the first is taken as reporter")
    return named[0] if named else ""


def _calendar(free: Columns, parts: dict[str, Any]) -> str:
    return "TWN" if parts["period"].get("format") == "roc" or free.republic else ""


def _currency(free: Columns, parts: dict[str, Any]) -> str:
    del free
    homes = pairs("homes")
    units = {value.get("unit", "").split(" ")[-1] for value in parts["values"]}
    found = {homes[unit] for unit in units if unit in homes}
    return found.pop() if len(found) == 1 else ""


def _script(free: Columns, parts: dict[str, Any]) -> str:
    del parts
    words = " ".join([free.title, *free.headings]).lower()
    return next((code for code, script in pairs("scripts").items() if re.search(script, words)), "")


def _remarks(free: Columns, parts: dict[str, Any]) -> str:
    del parts
    named = named_in(free.remarks)
    return named[0] if len(named) == 1 else ""
