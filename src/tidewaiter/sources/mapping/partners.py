"""Country codes of each source → the codes of our keys (ISO 3166 alpha-3 and a few of our own).

The lists stand in ``nomenclature/partner_codes.csv``: ``source, code, iso3, note``. Beside the sources'
own lists there are ``iso2``, ``iso3`` and ``m49`` (numeric), and ``name``: every name we know, from the
list of areas and, in some forty languages, from ``nomenclature/area_names.csv`` (the Unicode CLDR, with
the short forms offices use). Several lists are asked in order: a source's own quirks first, a standard after.
A code no list holds is an error with candidates, never dropped.
"""

from __future__ import annotations

import csv
import difflib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from unicodedata import combining, normalize

from tidewaiter.nomenclature import areas
from tidewaiter.nomenclature.codelist import fold

_FILE = "partner_codes.csv"
_NAMES = "area_names.csv"
_LONGEST = 80  # signs of a name
_APART = 12  # signs by which the length of a near name may differ
NAME = "name"


@dataclass(frozen=True, slots=True)
class PartnerCode:
    """One code of one source."""

    source: str
    code: str
    iso3: str
    note: str


def plain(code: str) -> str:
    """The form codes are compared in: folded, without accents; numbers without leading zeros (036 is 36)."""
    folded = "".join(sign for sign in normalize("NFKD", fold(code)) if not combining(sign))
    return folded.lstrip("0") or "0" if folded.isdigit() else folded


@cache
def _lists() -> dict[str, dict[str, PartnerCode]]:
    lists: dict[str, dict[str, PartnerCode]] = {}
    for row in _rows(_FILE):
        entry = PartnerCode(row["source"], row["code"], row["iso3"], row["note"])
        lists.setdefault(entry.source, {})[plain(entry.code)] = entry
    names = lists.setdefault(NAME, {})
    for code, area in areas().entries.items():
        for name in (code, *area.en, *area.zh):
            names.setdefault(plain(name), PartnerCode(NAME, name, code, ""))
    for row in _rows(_NAMES):
        names.setdefault(plain(row["name"]), PartnerCode(NAME, row["name"], row["area"], row["language"]))
    return lists


def _rows(file: str) -> list[dict[str, str]]:
    text = resources.files("tidewaiter.nomenclature").joinpath(file).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def sources() -> tuple[str, ...]:
    """The names of all lists."""
    return tuple(_lists())


def area_of(code: str, lists: tuple[str, ...]) -> str | None:
    """The area of a code, None when no list holds it.

    Examples:
        >>> area_of("842", ("comtrade", "m49")), area_of("490", ("comtrade", "m49")), area_of("036", ("m49",))
        ('USA', 'TWN', 'AUS')
    """
    known = _lists()
    for source in lists:
        if (entry := known.get(source, {}).get(plain(code))) is not None:
            return entry.iso3
    return None


def code_for(area: str, lists: tuple[str, ...]) -> str | None:
    """The code of an area in the first list that holds one, None when none does: what an API is asked with.

    Examples:
        >>> code_for("TWN", ("comtrade", "m49")), code_for("USA", ("comtrade",)), code_for("TWN", ("census",))
        ('490', '842', '5830')
    """
    for source in lists:
        for entry in _lists().get(source, {}).values():
            if entry.iso3 == area:
                return entry.code
    return None


def candidates(code: str, name: str, lists: tuple[str, ...]) -> str:
    """What an unknown code may have been meant for: near names and near codes."""
    known = _lists()
    if (own := known[NAME].get(plain(code))) is not None:  # to suggest the code that was refused helps nobody
        told = f"{own.iso3} is an area here, but no code of {', '.join(lists)}" if lists else own.iso3
        return f"{told}: write {code}: {own.iso3} into the mapping's words, or name the list {NAME!r}"
    near: dict[str, str] = {}
    for text in (name, code):
        for match in difflib.get_close_matches(plain(text), _pool(text), n=2, cutoff=0.6) if text else []:
            near.setdefault(known[NAME][match].iso3, known[NAME][match].code)
    for source in lists:
        for match in difflib.get_close_matches(plain(code), known.get(source, {}), n=2, cutoff=0.6):
            near.setdefault(known[source][match].iso3, known[source][match].code)
    found = [f"{iso3} ({shown})" for iso3, shown in near.items()][:4]
    return f"did you mean {', '.join(found)}?" if found else "add the code to the mapping's words"


def _pool(name: str) -> list[str]:
    """Names that begin alike and are about as long: the only ones worth a comparison."""
    shown = plain(name)
    if not shown or len(shown) > _LONGEST:
        return []
    return [
        known for known in _lists()[NAME] if known[:1] == shown[0] and abs(len(known) - len(shown)) <= _APART
    ]


def nearest(name: str) -> str:
    """The area whose name is almost the given one (a letter or two differ), empty when none is."""
    names = _lists()[NAME]
    match = difflib.get_close_matches(plain(name), _pool(name), n=1, cutoff=0.85)
    return names[match[0]].iso3 if match else ""
