"""A code list: codes with their names in Traditional Chinese and English."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

import yaml

from tidewaiter.errors import UnknownNameError

_SPACE = re.compile(r"\s+")
_HS = re.compile(r"(?:HS\s*(?:code)?\s*)?(\d{2}|\d{4}|\d{6}|\d{8}|\d{10,11})\Z", re.IGNORECASE)
_CCC = re.compile(r"CCC\s*(\d{8}|\d{10,11})\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """One code.

    Attributes:
        code: the identifier used in keys.
        zh: names in Traditional Chinese, the first one is the label.
        en: names in English, the first one is the label.
        facts: whatever else the list tells (members, codes, dates, source, note).
    """

    code: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    facts: dict[str, Any]


@dataclass(frozen=True)
class CodeList:
    """Codes of one kind.

    Attributes:
        kind: what the codes are, for error texts.
        entries: code → entry, in the list's own order.
    """

    kind: str
    entries: dict[str, Entry]

    @classmethod
    def load(cls, kind: str, filename: str) -> CodeList:
        """The list kept in ``filename`` beside this module."""
        text = resources.files("tidewaiter.nomenclature").joinpath(filename).read_text(encoding="utf-8")
        entries = {}
        for code, facts in yaml.safe_load(text).items():
            rest = dict(facts)
            names = {lang: tuple(str(name) for name in rest.pop(lang, ())) for lang in ("zh", "en")}
            entries[str(code)] = Entry(str(code), names["zh"], names["en"], rest)
        return cls(kind, entries)

    @cached_property
    def _by_name(self) -> dict[str, str]:
        known: dict[str, str] = {}
        for code, entry in self.entries.items():
            for name in (code, *entry.zh, *entry.en):
                known.setdefault(fold(name), code)
        return known

    def find(self, name: str) -> str | None:
        """The code of a name (or of the code itself), None when the list does not hold it."""
        return self._by_name.get(fold(name))

    def code_of(self, name: str, *, where: str = "") -> str:
        """The code of a name.

        Raises:
            UnknownNameError: no entry has this name; the nearest ones are listed.
        """
        if (code := self.find(name)) is not None:
            return code
        near = difflib.get_close_matches(fold(name), self._by_name, n=3, cutoff=0.5)
        candidates = sorted({f"{self._by_name[n]} ({self.label(self._by_name[n], 'zh')})" for n in near})
        raise UnknownNameError.of(self.kind, name, candidates, where=where)

    def label(self, code: str, lang: str) -> str:
        """The name we write; for HS, CCC and company codes the official one; else the code itself."""
        entry = self.entries.get(code)
        if entry is None:
            return (_official(code, lang) if self.kind == "commodity" else "") or code
        names = entry.zh if lang == "zh" else entry.en
        return names[0] if names else code

    def aliases(self, lang: str) -> dict[str, str]:
        """Every name of a language → code."""
        return {name: code for code, e in self.entries.items() for name in (e.zh if lang == "zh" else e.en)}


def _official(code: str, lang: str) -> str:
    from tidewaiter.nomenclature.described import label_of  # noqa: PLC0415 — thousands of names, on first use

    return label_of(code, lang)


def fold(name: str) -> str:
    """The form names are compared in: half-width, no spaces, lower case, 台 written 臺."""
    plain = unicodedata.normalize("NFKC", name).replace("台", "臺")
    return _SPACE.sub("", plain).casefold()


@cache
def flows() -> CodeList:
    """Flows and other indicators: exports, imports, balance, total_trade, production_value …."""
    return CodeList.load("flow", "flows.yml")


@cache
def areas() -> CodeList:
    """Reporters and partners: ISO 3166 alpha-3, world, regions, unions."""
    return CodeList.load("area", "areas.yml")


@cache
def commodities() -> CodeList:
    """Commodity groups and named items; HS codes are recognised by their form."""
    return CodeList.load("commodity", "commodities.yml")


def commodity_code(name: str, *, where: str = "") -> str:
    """The code of a commodity given by name, group code or HS code.

    Examples:
        >>> commodity_code("847150"), commodity_code("HS 847150"), commodity_code("伺服器")
        ('HS847150', 'HS847150', 'HS847150')

    Raises:
        UnknownNameError: neither a name we know nor the form of an HS code.
    """
    if (code := commodities().find(name)) is not None:
        return code
    if match := _HS.match(name.strip()):
        return f"HS{match[1]}"
    if (code := _coded(name)) is not None:
        return code
    return commodities().code_of(name, where=where)


def _coded(name: str) -> str | None:
    """A code of the national classification, or a listed company by name or code."""
    from tidewaiter.nomenclature import companies  # noqa: PLC0415 — thousands of names, on first use

    if match := _CCC.match(name.strip()):
        return f"CCC{match[1]}"
    return companies.find(name)


@cache
def indicators() -> CodeList:
    """Flows that prose is not searched for: components of the cycle signal, stocks, sales, quantities."""
    return CodeList.load("indicator", "indicators.yml")


def find_flow(name: str) -> str | None:
    """The code of a flow or other indicator, None when neither list has the name."""
    return flows().find(name) or indicators().find(name)
