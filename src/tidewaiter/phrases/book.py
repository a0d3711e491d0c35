"""The phrasebook: the words of a statistic stand once, and serve the writer and the reader.

An *entry* says which statistic it tells and of what, when it holds (``n >= 2``), how it is written in a
language and by which patterns it is recognised. Families are YAML files in ``data/``; adding an entry
there teaches both directions.

>>> book = phrasebook()
>>> book.write("streak.up", "zh", n=22), book.write("streak.up", "en", n=22)
('連續22個月正成長', 'the 22nd straight month of growth')
>>> [entry.id for entry in book.fitting("yoy", None, "zh", value=-3.6)]
['yoy.down']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

from tidewaiter.errors import UnknownNameError, UsageError
from tidewaiter.phrases.condition import Condition
from tidewaiter.phrases.numbers import ordinal_en
from tidewaiter.phrases.pattern import compile_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

FAMILIES = ("exceeds", "breadth", "streak", "turn", "best_in_n", "record", "rank", "growth", "change")
"""In reading order: where two patterns begin at one place, the earlier family wins."""
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase.

    Attributes:
        id: family and name, ``streak.up``.
        statistic: the statistic it tells.
        of: what that is of (``level``, ``yoy+`` …), empty where it has no such thing.
        unit: unit of its value.
        value: its value where the words fix it (a record is 1, 居次 is 2).
        sign: sign its words carry, 0 for none.
        tone: ``context`` when the words leave open whether a high or a low is meant.
        when: the condition under which it may be written, None for always.
        write: language → template.
        read: language → patterns.
    """

    id: str
    statistic: str
    of: str
    unit: str
    value: str
    sign: int
    tone: str
    when: Condition | None
    write: dict[str, str]
    read: dict[str, tuple[str, ...]]

    @classmethod
    def of_facts(cls, name: str, facts: dict[str, Any]) -> Entry:
        """An entry as its YAML tells it."""
        condition = facts.get("when")
        return cls(
            name, facts["statistic"], str(facts.get("of", "")), facts.get("unit", ""),
            str(facts.get("value", "")), int(facts.get("sign", 0)), facts.get("tone", ""),
            Condition.read(condition) if condition else None,
            {lang: facts[lang]["write"] for lang in LANGUAGES if "write" in facts.get(lang, {})},
            {lang: tuple(facts[lang].get("read", ())) for lang in LANGUAGES if lang in facts},
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase found in a text: ``text[start:end]``, with what stood in its slots."""

    entry: Entry
    start: int
    end: int
    slots: dict[str, str]


@dataclass(frozen=True, slots=True)
class Word:
    """A word that tells what a number beside it is.

    Attributes:
        kind: growth, share, base, forecast, hedge_before …
        sign: +1 or −1 for growth words.
        basis: yoy, mom, qoq, avg; empty where the word leaves it open.
        code: what indicator it names.
    """

    kind: str
    sign: int = 0
    basis: str = ""
    code: str = ""


class Phrasebook:
    """All entries and words, ready to write and to read."""

    def __init__(self, entries: dict[str, Entry], macros: dict[str, dict[str, str]]) -> None:
        self._entries = entries
        self._macros = macros

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def entry(self, phrase_id: str) -> Entry:
        """The entry of that id.

        Raises:
            UnknownNameError: the book has none of that id.
        """
        if phrase_id in self._entries:
            return self._entries[phrase_id]
        family = phrase_id.partition(".")[0]
        near = [name for name in self._entries if name.startswith(family)][:3]
        raise UnknownNameError.of("phrase", phrase_id, near)

    def write(self, phrase_id: str, lang: str, **slots: Any) -> str:
        """The phrase in a language, its slots filled. ``nth`` is made from ``n`` when not given.

        Raises:
            UsageError: the phrase is not written in that language, or a slot is missing.
        """
        entry = self.entry(phrase_id)
        if lang not in entry.write:
            raise UsageError(f"{phrase_id} is not written in {lang}")
        if "n" in slots and "nth" not in slots and lang == "en":
            slots["nth"] = ordinal_en(int(slots["n"]))
        try:
            return entry.write[lang].format(**slots)
        except KeyError as error:
            raise UsageError(f"{phrase_id} needs {error}", hint=entry.write[lang]) from error

    def fitting(self, statistic: str, of: str | None, lang: str, **values: float) -> list[Entry]:
        """The entries that may tell this figure, best first: those with a condition before those without."""
        found = [
            entry
            for entry in self
            if entry.statistic == statistic
            and (not of or not entry.of or entry.of == of)
            and lang in entry.write
            and (entry.when is None or entry.when.holds(values))
        ]
        return sorted(found, key=lambda entry: (entry.when is None, not (of and entry.of == of)))

    @cache  # noqa: B019 - one book lives as long as the program
    def patterns(self, lang: str) -> tuple[tuple[str, Entry, str], ...]:
        """Group name, entry and regular expression of every ``read`` pattern, in reading order."""
        macros = self._macros[lang]
        numbered = [(entry, p) for entry in self for p in entry.read.get(lang, ())]
        return tuple(
            (f"p{at}", entry, compile_pattern(p, lang, macros, f"p{at}"))
            for at, (entry, p) in enumerate(numbered)
        )

    def lead(self, lang: str) -> str:
        """What may stand before any phrase of a language: the article, tried once for all of them."""
        return rf"\b{self._macros[lang]['DET']}" if lang == "en" else ""

    def trigger(self, lang: str) -> str:
        """A pattern that is found in every clause that holds a phrase."""
        return self._macros[lang]["TRIGGER"]

    @cache  # noqa: B019
    def _scanner(self, lang: str) -> tuple[re.Pattern[str], dict[str, Entry]]:
        table = self.patterns(lang)
        flags = re.IGNORECASE if lang == "en" else 0
        lead = self.lead(lang)
        return re.compile(f"{lead}(?:{'|'.join(p for _, _, p in table)})", flags), {
            name: entry for name, entry, _ in table
        }

    def read(self, text: str, lang: str) -> list[Reading]:
        """Every phrase of a text, leftmost first."""
        scanner, by_group = self._scanner(lang)
        return [
            Reading(by_group[group], match.start(), match.end(), slots_of(match, group))
            for match in scanner.finditer(text)
            if (group := match.lastgroup or "")
        ]


def slots_of(match: re.Match[str], group: str) -> dict[str, str]:
    """What stood in the slots of the pattern ``group``."""
    known = _slot_names.get((id(match.re), group))
    if known is None:
        head = f"{group}_"
        known = tuple((name, name[len(head) :]) for name in match.re.groupindex if name.startswith(head))
        _slot_names[id(match.re), group] = known
    return {slot: match[name] for name, slot in known if match[name] is not None}


_slot_names: dict[tuple[int, str], tuple[tuple[str, str], ...]] = {}  # a pattern's own hash walks all of it


def _data(name: str) -> Any:
    text = resources.files("tidewaiter.phrases").joinpath("data").joinpath(f"{name}.yml").read_text("utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


@cache
def phrasebook() -> Phrasebook:
    """The phrasebook of this package."""
    entries = {
        name: Entry.of_facts(name, facts) for family in FAMILIES for name, facts in _data(family).items()
    }
    return Phrasebook(entries, _data("macros"))


@cache
def words(lang: str) -> dict[str, Word]:
    """Word → what it does, for a language. A word told twice keeps its first meaning."""
    table: dict[str, Word] = {}
    for facts in _data("words"):
        word = Word(facts["kind"], facts.get("sign", 0), facts.get("basis", ""), facts.get("code", ""))
        for text in facts.get(lang, ()):
            table.setdefault(str(text).casefold() if lang == "en" else str(text), word)
    return table
