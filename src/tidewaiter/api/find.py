"""Search: series, products, groups, areas and statistics by name, the best first.

A word fits a name when it is the name, begins it or stands in it; 台 and 臺, half-width and full-width,
Simplified and Traditional signs are the same. Where a word fits nothing, its synonyms
(``nomenclature/synonyms.yml``) are tried beside it, and a Latin word with a slip takes the nearest one.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from tidewaiter.api.holdings import Holdings, candidates
from tidewaiter.api.names import label
from tidewaiter.errors import UnknownNameError
from tidewaiter.nomenclature import areas, commodities, described, flows, indicators
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.nomenclature.synonyms import synonyms
from tidewaiter.statistics import statistics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tidewaiter.engine.book import Book
    from tidewaiter.model.key import Key

_MOST_SERIES = 200
_LATIN = re.compile(r"[a-z]{4,}")
_EXACT, _STARTS, _WORD, _WITHIN = 100.0, 80.0, 70.0, 50.0
_SYNONYM, _SLIP = 0.9, 0.8  # of the score a word itself would have
_WITH_DATA = 15.0
_KINDS = {"commodity": 10.0, "area": 10.0, "flow": 10.0, "statistic": 8.0, "indicator": 5.0, "code": 4.0,
          "national code": 1.0, "company": 3.0, "series": 0.0}  # fmt: skip
_NEAREST = 5
_SHORT = 3  # letters
_SIGNS = re.compile(r"[^0-9a-z\u0080-\uffff]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a search found.

    Attributes:
        kind: commodity, company, area, flow, indicator, statistic or series.
        code: code, key or name.
        zh: name in Chinese.
        en: name in English.
        releases: the releases of the store that have data for it.
        get: what to give ``tidewaiter get``: a key of the store where it has data, else how one would read.
        score: how well it fits; the first hit has the highest.
    """

    kind: str
    code: str
    zh: str
    en: str
    releases: tuple[str, ...] = ()
    get: str = ""
    score: float = 0.0

    def row(self) -> dict[str, Any]:
        """As one JSON object."""
        return {
            "kind": self.kind,
            "key": self.code,
            "zh": self.zh,
            "en": self.en,
            "get": self.get,
            "has_data": None if self.kind == "statistic" else bool(self.releases),
            "releases": list(self.releases),
        }


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something that can be found, with its names folded."""

    kind: str
    weight: str
    code: str
    zh: str
    en: str
    names: tuple[str, ...]


def search(book: Book, words: str) -> list[Hit]:
    """What the words name, the best first; what the store has data for before what it has none for.

    Raises:
        UnknownNameError: nothing fits; near names are listed.
    """
    asked = _forms(words)
    series = candidates(book, [tuple(forms) for forms in asked], _plain)
    things = (*_things(), *_series(series))
    found = [(score, thing) for thing in things if (score := _score(thing, asked)) > 0]
    if not found:
        raise UnknownNameError.of("thing", words, _near(words))
    holdings = Holdings(book, [(thing.kind, thing.code) for _, thing in found], series)
    hits = [_hit(holdings, thing, score) for score, thing in found]
    hits.sort(key=lambda hit: (-hit.score, len(hit.zh or hit.en), hit.code))
    of_series = [hit for hit in hits if hit.kind == "series"][:_MOST_SERIES]
    return [hit for hit in hits if hit.kind != "series"] + of_series


# -- what the words are -------------------------------------------------------------------------


def _forms(words: str) -> list[dict[str, float]]:
    """For each thing asked: its forms, folded, each with what it counts.

    The words together are tried as one name first (``semiconductor equipment``), then one by one.
    """
    from tidewaiter.check.formats.chinese import one_for_one

    text = one_for_one(words) if any("\u4e00" <= sign <= "\u9fff" for sign in words) else words
    parts = text.split()
    whole = _with_synonyms(text)
    if len(parts) == 1 or len(whole) > 1:
        return [whole]
    return [_with_synonyms(part) for part in parts]


def _with_synonyms(word: str) -> dict[str, float]:
    forms = {_plain(word): 1.0}
    for other in synonyms(word):
        forms.setdefault(_plain(other), _SYNONYM)
    if _LATIN.fullmatch(_plain(word)) and len(forms) == 1 and _plain(word) not in _vocabulary():
        for near in difflib.get_close_matches(_plain(word), _vocabulary(), n=2, cutoff=0.8):
            for form, counts in _with_synonyms(near).items():
                forms.setdefault(form, counts * _SLIP)
    return forms


@cache
def _vocabulary() -> frozenset[str]:
    """Every Latin word of the names, and of the synonyms."""
    texts = [thing.en for thing in _things()]
    texts += [word for line in synonyms.all() for word in line]
    return frozenset(word for text in texts for word in _LATIN.findall(text.casefold()))


def _score(thing: _Thing, asked: list[dict[str, float]]) -> float:
    """Mean over the words of how well each fits, and what its kind counts; 0 when a word fits nothing."""
    total = 0.0
    for forms in asked:
        best = max((_fits(thing, form) * counts for form, counts in forms.items()), default=0.0)
        if not best:
            return 0.0
        total += best
    return total / len(asked) + _KINDS[thing.weight]


def _fits(thing: _Thing, form: str) -> float:
    """How well a form fits the best of the names: the whole name, its beginning, a word of it, a part.

    Latin forms begin at a word (``ic`` is not in ``Iceland``); those of three letters or fewer are words.
    """
    best = 0.0
    for at, name in enumerate(thing.names):
        if form not in name:
            continue
        if form == name:
            score = _EXACT
        elif not form.isascii():
            score = _STARTS if name.startswith(form) else _WITHIN
        elif f" {form} " in f" {name} ":
            score = _STARTS if name.startswith(form) else _WORD
        elif form.isdigit() or (len(form) > _SHORT and f" {form}" in f" {name}"):
            score = _WITHIN
        else:
            continue
        best = max(best, score - min(at, 3) - min(len(name) - len(form), 40) / 4)
    return best


# -- what can be found --------------------------------------------------------------------------


@cache
def _things() -> tuple[_Thing, ...]:
    """Every entry of the lists, every statistic, HS, CCC and company code."""
    return tuple(_listed())


def _listed() -> Iterator[_Thing]:
    seen: set[str] = set()
    lists = {"commodity": commodities(), "area": areas(), "flow": flows(), "indicator": indicators()}
    for kind, known in lists.items():
        for entry in known.entries.values():
            seen.add(entry.code)
            names = (*entry.zh, *entry.en, entry.code)
            yield _Thing(kind, kind, entry.code, _first(entry.zh), _first(entry.en), _folded(names))
    for name, one in statistics().items():
        yield _Thing("statistic", "statistic", name, one.zh, one.en, _folded((one.zh, one.en, name)))
    for code, zh, en in described.every():
        if code not in seen:
            weight = "code" if code[0] == "H" else "national code" if code[:3] == "CCC" else "company"
            names = (code, code.removeprefix("HS").removeprefix("CCC"), zh, en)
            kind = "company" if weight == "company" else "commodity"
            yield _Thing(kind, weight, code, zh, en, _folded(names))


def _folded(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_plain(name) for name in names if name))


def _plain(name: str) -> str:
    """The form names are compared in: Chinese without blanks, Latin as words with one blank between."""
    if not name.isascii():
        return fold(name)
    return _SIGNS.sub(" ", name.casefold().removeprefix("the ")).strip()


def _series(keys: Iterable[Key]) -> Iterator[_Thing]:
    for key in sorted(keys):
        zh, en = label(key, "zh"), label(key, "en")
        yield _Thing("series", "series", str(key), zh, en, _folded((str(key), zh, en)))


def _hit(holdings: Holdings, thing: _Thing, score: float) -> Hit:
    """The thing with what the store has of it."""
    releases, key = holdings.of(thing.kind, thing.code)
    score += _WITH_DATA if releases else 0.0
    return Hit(
        thing.kind, thing.code, thing.zh, thing.en, releases, key or _pattern(thing), round(score, 2)
    )  # fmt: skip


def _pattern(thing: _Thing) -> str:
    """How a key of it reads."""
    return {
        "commodity": f"TWN.exports.{thing.code}.W00",
        "company": f"TWN.revenue.{thing.code}",
        "area": f"TWN.exports.total.{thing.code}",
        "flow": f"TWN.{thing.code}",
        "indicator": f"TWN.{thing.code}",
        "statistic": f"TWN.exports --statistic {thing.code}",
    }.get(thing.kind, thing.code)


def _near(words: str) -> list[str]:
    names = [name for thing in _things() if thing.weight in _KINDS for name in (thing.zh, thing.en) if name]
    short = [name for name in names if len(name) <= 2 * len(words) + 2]
    return difflib.get_close_matches(words, short, n=_NEAREST, cutoff=0.4)


def _first(names: tuple[str, ...]) -> str:
    return names[0] if names else ""
