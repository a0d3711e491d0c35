"""What a heading tells: the role of its column, the unit and scale of its numbers."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

import yaml

from tidewaiter.nomenclature import flows
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.printed import currency_column, split_unit, unit_of

_FILE = "words.yml"


@cache
def _words() -> dict[str, Any]:
    text = resources.files("tidewaiter.sources.mapping").joinpath(_FILE).read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


@cache
def _patterns(part: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Names and patterns of a part of the list, in its order."""
    given = _words()[part]
    pairs = given.items() if isinstance(given, dict) else [pair for item in given for pair in item.items()]
    return tuple((str(name), re.compile("|".join(words))) for name, words in pairs)


def words(part: str) -> list[str]:
    """A plain list of words of the list."""
    return [str(word) for word in _words()[part]]


def pairs(part: str) -> dict[str, str]:
    """A part of the list that says one thing of each word."""
    return {str(word): str(told) for word, told in _words()[part].items()}


def _first(part: str, text: str) -> str:
    """The first name of a part whose pattern is found."""
    return next((name for name, pattern in _patterns(part) if pattern.search(text)), "")


_SPLIT = re.compile(r"(?<=[a-z])(?=[A-Z])")


def worded(heading: str) -> str:
    """A heading in words: camel case cut, lower case, underscores kept."""
    return _SPLIT.sub(" ", heading).replace("台", "臺").lower()


def says(heading: str, role: str) -> bool:
    """The heading has a word of a role (``period``, ``partner``, ``value`` …)."""
    words = worded(heading)
    pattern = dict(_patterns("roles"))[role]
    return bool(pattern.search(words) or pattern.search(words.replace("_", " ")))


def unit_in(heading: str) -> str:
    """The unit a heading tells, empty when it tells none.

    Examples:
        >>> unit_in("Value (US$ thousand)"), unit_in("netWgt (kg)"), unit_in("value_inr_crore")
        ('1e3 USD', 'kg', '1e7 INR')
    """
    shown = unit_of(split_unit(heading)[1]) if split_unit(heading)[1] else None
    if (known := currency_column(heading) or shown) is not None:
        return str(known)
    words = worded(heading).replace("_", " _")
    if mass := _first("mass", words):
        return _scaled(mass, _before(words, mass))
    return money_in(heading)


def _before(words: str, mass: str) -> str:
    """What stands before a unit of mass: ``(1000 MT)`` → ``(1000 ``."""
    match = dict(_patterns("mass"))[mass].search(words)
    return words[: match.start()] if match else ""


def _scaled(mass: str, before: str) -> str:
    """A unit of mass times the power of ten right before it: ``1000 MT`` → ``1e6 kg``."""
    said = re.search(r"([^\s,;:()\[\]]+(?:[ .,]000)?)[\s]*\Z", before)
    power = int(power_in(said[1]) or 0) if said else 0
    if not power:
        return mass
    own = int(mass[2:].split(" ", maxsplit=1)[0]) if mass.startswith("1e") else 0
    return f"1e{power + own} kg"


def money_in(heading: str) -> str:
    """The currency a heading tells, with its power of ten; empty when it tells none."""
    currency = _first("currencies", worded(heading).replace("_", " _"))
    power = power_in(heading)
    return f"1e{power} {currency}" if currency and power else currency


def power_in(text: str) -> str:
    """The power of ten a text speaks of (``Thousands`` → 3), empty when it speaks of none."""
    return _first("scales", worded(text).replace("_", " _"))


@cache
def _flow_cells() -> dict[str, str]:
    return {fold(word): flow for flow, words in _words()["flow_cells"].items() for word in words}


def flow_word(text: str) -> str:
    """The flow a word means, empty when none."""
    return _flow_cells().get(fold(text)) or flows().find(text) or ""


def flow_in(text: str) -> str:
    """The flow that a heading, title or file name speaks of; empty when none or several.

    Examples:
        >>> flow_in("Export value (US$)"), flow_in("imports and exports"), flow_in("輸出金額")
        ('exports', '', 'exports')
    """
    spoken = worded(text)
    spoken += f" {spoken.replace('_', ' ')}" if "_" in spoken else ""
    found = set()
    for flow, pattern in _patterns("flow_speech"):  # re-exports first: what speaks of them is taken out
        rest = pattern.sub(" ", spoken)
        found |= {flow} if rest != spoken else set()
        spoken = rest if flow in {"re_exports", "domestic_exports"} else spoken
    if "balance" in found and len(found) > 1:
        found.discard("balance")
        found |= {"?"} if found == {"exports", "imports"} else set()
    return found.pop() if len(found) == 1 else ""
