"""Search, and definition cards: what a name means, what belongs to it, and what it is mistaken for."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import UnknownNameError
from tidewaiter.nomenclature import areas, commodities, described, flows, indicators
from tidewaiter.nomenclature.codelist import CodeList, Entry, commodity_code, fold
from tidewaiter.statistics import statistics

if TYPE_CHECKING:
    from tidewaiter.engine.book import Book
    from tidewaiter.model.key import Key

_HS = re.compile(r"HS(\d{2,11})\Z")
_KINDS = {
    "commodity": ("commodity",), "area": ("partner", "reporter"), "flow": ("flow",), "indicator": ("flow",),
}  # fmt: skip
_TOLD_APART = ("members", "hs", "negative", "facts", "look_alikes")
_ALIKE = 0.7
_LATIN, _HAN = 6, 2  # letters a shared part must have
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a search found: its kind, code or key, and names."""

    kind: str
    code: str
    zh: str
    en: str
    releases: tuple[str, ...] = ()

    def row(self) -> dict[str, Any]:
        """As one JSON object."""
        return {
            "kind": self.kind,
            "key": self.code,
            "zh": self.zh,
            "en": self.en,
            "releases": list(self.releases),
        }


@dataclass(frozen=True, slots=True)
class Card:
    """A definition card.

    Attributes:
        kind: commodity, area, flow or statistic.
        code: as in keys.
        zh: names in Chinese, the label first.
        en: names in English, the label first.
        members: what it is the sum of.
        hs: HS or CCC codes and chapters, as far as known.
        facts: the rest: valuation, group, note, formula, source.
        series: some keys that use it, and how many there are.
        releases: which releases have it.
        look_alikes: codes whose names are close, with their label: not the same thing.
    """

    kind: str
    code: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    members: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    series: tuple[str, ...] = ()
    series_count: int = 0
    releases: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()

    def row(self) -> dict[str, Any]:
        """As one JSON object."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return {name: list(v) if isinstance(v, tuple) else v for name, v in told.items()} | {
            "facts": dict(self.facts)
        }


def _lists() -> dict[str, CodeList]:
    return {"commodity": commodities(), "area": areas(), "flow": flows(), "indicator": indicators()}


def search(book: Book, words: str) -> list[Hit]:
    """Whatever has all the words in its code or one of its names.

    Raises:
        UnknownNameError: nothing has; near names are listed.
    """
    parts = [fold(word) for word in words.split()]
    hits = [
        Hit(kind, entry.code, _first(entry.zh), _first(entry.en), _releases(book, kind, entry.code))
        for kind, known in _lists().items()
        for entry in known.entries.values()
        if _has(parts, (entry.code, *entry.zh, *entry.en))
    ]
    named = {hit.code for hit in hits}
    hits += [
        Hit("commodity", code, zh, en, _releases(book, "commodity", code))
        for code, zh, en in described.search(parts)
        if code not in named
    ]
    hits += [
        Hit("statistic", name, s.zh, s.en)
        for name, s in statistics().items()
        if _has(parts, (name, s.zh, s.en))
    ]
    hits += [
        Hit("series", str(key), _words(key, "zh"), _words(key, "en"), _having(book, key))
        for key in _all(book)
        if _has(parts, (str(key), _words(key, "zh"), _words(key, "en")))
    ]
    if not hits:
        names = [n for known in _lists().values() for e in known.entries.values() for n in (*e.zh, *e.en)]
        near = difflib.get_close_matches(words, names, n=5, cutoff=0.4)
        raise UnknownNameError.of("thing", words, near)
    return hits


def define(book: Book, name: str) -> list[Card]:
    """The cards of a name or code; a name can mean several things.

    Raises:
        UnknownNameError: nothing has this name.
    """
    cards = []
    for kind, known in _lists().items():
        if (code := known.find(name)) is not None:
            cards.append(_card(book, kind, known, known.entries[code]))
    if (found := statistics().get(name.strip())) is not None:
        facts = (
            ("formula", found.formula),
            ("unit", str(found.unit or "as the series")),
            ("source", found.source),
        )
        takes = (("parameters", ", ".join(found.parameters)),) if found.parameters else ()
        cards.append(Card("statistic", found.name, (found.zh,), (found.en,), facts=facts + takes))
    if not cards:
        cards = [_coded(book, code) for code in described.meanings(name)] or [
            _coded(book, commodity_code(name))
        ]
    return cards


def _coded(book: Book, code: str) -> Card:
    """The card of an HS, CCC or company code, with what the list of groups tells of it."""
    known = commodities()
    return _card(
        book, "commodity", known, known.entries.get(code) or Entry(code, *described.names_of(code), {})
    )


def _card(book: Book, kind: str, known: CodeList, entry: Entry) -> Card:
    series = _series(book, kind, entry.code)
    members = tuple(entry.facts.get("members", ())) or tuple(
        entry.code.split("+") if "+" in entry.code else ()
    )
    facts = {k: v for k, v in entry.facts.items() if k not in _TOLD_APART}
    facts |= entry.facts.get("facts", {})
    if kind == "commodity":
        facts |= {
            k: v for k, v in described.facts_of(entry.code).items()
            if k not in facts and v not in (*entry.zh, *entry.en)
        }  # fmt: skip
    below = tuple(e.code for e in known.entries.values() if entry.code == e.facts.get("group"))
    if below:
        facts["items"] = ", ".join(below)
    return Card(
        kind=kind,
        code=entry.code,
        zh=entry.zh,
        en=entry.en,
        members=tuple(f"{code} ({known.label(code, 'zh')})" for code in members),
        hs=_hs_of(entry),
        facts=tuple((name, str(value)) for name, value in facts.items()),
        series=tuple(str(key) for key in series[:_EXAMPLES]),
        series_count=len(series),
        releases=_releases(book, kind, entry.code),
        look_alikes=_look_alikes(known, entry),
    )


def _hs_of(entry: Entry) -> tuple[str, ...]:
    listed = [str(code) for code in entry.facts.get("hs", ())]
    if match := _HS.match(entry.code):
        listed = listed or [match[1]]
        listed += [f"heading {match[1][:4]}"] if len(match[1]) > 4 else []  # noqa: PLR2004 — HS4
        listed += [f"chapter {match[1][:2]}"] if len(match[1]) > 2 else []  # noqa: PLR2004 — HS2
    return tuple(listed)


def _look_alikes(known: CodeList, entry: Entry) -> tuple[str, ...]:
    mine = [fold(name) for name in (*entry.zh[:3], *entry.en[:3])]
    told = [code for code in entry.facts.get("look_alikes", ()) if code in known.entries]
    found = [f"{code} ({known.label(code, 'zh')})" for code in told]
    for other in known.entries.values():
        if other.code == entry.code or other.code in told:
            continue
        theirs = [fold(name) for name in (*other.zh[:3], *other.en[:3])]
        if any(_alike(a, b) for a in mine for b in theirs):
            found.append(f"{other.code} ({_first(other.zh) or _first(other.en)})")
    if not found:
        found = [f"{code} ({known.label(code, 'zh')})" for code in described.neighbours(entry.code)]
    return tuple(found[:8])


def _alike(one: str, other: str) -> bool:
    short = min(one, other, key=len)
    if one in other or other in one:
        return len(short) >= (_LATIN if short.isascii() else _HAN)
    return difflib.SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _series(book: Book, kind: str, code: str) -> list[Key]:
    dimensions = _KINDS.get(kind, ())
    return [key for key in _all(book) if any(getattr(key, d) == code for d in dimensions)]


def _releases(book: Book, kind: str, code: str) -> tuple[str, ...]:
    dimensions = _KINDS.get(kind, ())
    return tuple(
        edition.release.id
        for edition in book.editions
        if any(getattr(key, d) == code for key in edition.series() for d in dimensions)
    )


def _having(book: Book, key: Key) -> tuple[str, ...]:
    return tuple(edition.release.id for edition in book.editions if key in edition.series())


def _all(book: Book) -> list[Key]:
    return book.keys()


def _has(words: list[str], names: tuple[str, ...]) -> bool:
    text = " ".join(fold(name) for name in names)
    return all(word in text for word in words)


def _words(key: Key, lang: str) -> str:
    from tidewaiter.api.names import label  # beside, not below

    return label(key, lang)


def _first(names: tuple[str, ...]) -> str:
    return names[0] if names else ""
