"""Definition cards: what a name means, what belongs to it, since when, and what it is mistaken for."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tidewaiter.api.listed import area_facts, listed_facts
from tidewaiter.nomenclature import areas, commodities, described, flows, indicators
from tidewaiter.nomenclature.codelist import CodeList, Entry, commodity_code, fold
from tidewaiter.nomenclature.synonyms import synonyms
from tidewaiter.statistics import statistics

if TYPE_CHECKING:
    from tidewaiter.engine.book import Book
    from tidewaiter.statistics import Statistic

_HS = re.compile(r"HS(\d{2,11})\Z")
_KINDS = {
    "commodity": ("commodity",), "area": ("partner", "reporter"), "flow": ("flow",), "indicator": ("flow",),
}  # fmt: skip
KEY_PARTS = ("reporter", "flow", "commodity", "partner", "measure")
_TOLD_APART = ("members", "hs", "negative", "facts", "look_alikes")
_ALIKE = 0.7
_LATIN, _HAN = 6, 2  # letters a shared part must have
_EXAMPLES = 5


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


def define(book: Book, name: str) -> list[Card]:
    """The cards of a name or code; a name can mean several things.

    Raises:
        UnknownNameError: nothing has this name.
    """
    cards = []
    for kind, known in _lists().items():
        if (code := known.find(name)) is not None:
            cards.append(_card(book, kind, known, known.entries[code]))
    for found in _statistics(name):
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


def _statistics(name: str) -> list[Statistic]:
    """The statistics of a name: ``yoy``, 年增率, 年增."""
    wanted = {fold(name), *(fold(other) for other in synonyms(name))}
    return [one for code, one in statistics().items() if wanted & {fold(code), fold(one.zh), fold(one.en)}]


def _coded(book: Book, code: str) -> Card:
    """The card of an HS, CCC or company code, with what the list of groups tells of it."""
    known = commodities()
    return _card(
        book, "commodity", known, known.entries.get(code) or Entry(code, *described.names_of(code), {})
    )


def _card(book: Book, kind: str, known: CodeList, entry: Entry) -> Card:
    series, count = _series(book, kind, entry.code)
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
        facts["items"] = ", ".join(f"{code} ({known.label(code, 'zh')})" for code in below)
    facts |= listed_facts(entry.code) if kind == "commodity" else {}
    facts |= area_facts(entry.code) if kind == "area" else {}
    return Card(
        kind=kind,
        code=entry.code,
        zh=entry.zh,
        en=entry.en,
        members=tuple(f"{code} ({known.label(code, 'zh')})" for code in members),
        hs=_hs_of(entry),
        facts=tuple((name, str(value)) for name, value in facts.items()),
        series=series,
        series_count=count,
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


def _series(book: Book, kind: str, code: str) -> tuple[tuple[str, ...], int]:
    """Some series that use a code, the first in order, and how many there are."""
    import polars as pl  # heavy

    from tidewaiter.model.key import Key

    asked = [book.key_table({dimension: (code,)}) for dimension in _KINDS.get(kind, ())]
    if not asked:
        return (), 0
    found = pl.concat(asked).unique() if len(asked) > 1 else asked[0]
    first = found.bottom_k(_EXAMPLES, by=found.columns).sort(found.columns)
    return tuple(str(Key(*row)) for row in first.iter_rows()), found.height


def _releases(book: Book, kind: str, code: str) -> tuple[str, ...]:
    places = [KEY_PARTS.index(dimension) for dimension in _KINDS.get(kind, ())]
    return tuple(
        edition.release.id
        for edition in book.editions
        if any(code in edition.labels()[place] for place in places)
    )


def _first(names: tuple[str, ...]) -> str:
    return names[0] if names else ""
