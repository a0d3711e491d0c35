"""What stands in the slots of a phrase, and the hedge at a number."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tidewaiter.check.read import periods
from tidewaiter.check.read.looker import Looker
from tidewaiter.phrases.numerals import plain, read_english, read_number

if TYPE_CHECKING:
    from tidewaiter.check.read.periods import Calendar
    from tidewaiter.check.read.state import State
    from tidewaiter.check.read.tokens import Token

PERIODS = {"zh": re.compile(periods.PERIOD_ZH), "en": re.compile(periods.PERIOD_EN, re.IGNORECASE)}
READERS = {"zh": periods.read_zh, "en": periods.read_en}
_BEFORE = ("上年", "前一年")
"""The year before the one spoken of, whenever the text was published."""
_PASSED = ("超越", "高於", "低於")
_AMONG = (
    ("同月", "rank:same_month"), ("同期", "rank:same_period"), ("同季", "rank:same_period"),
    ("for the month", "rank:same_month"), ("for the period", "rank:same_period"),
)  # fmt: skip
_FOR_MONTH = re.compile(r"for (?:any|a|the|that) (?-i:[JFMASOND][a-z]{2,8})$")
"""For any September."""


class Values(Looker):
    """Reads values out of phrases.

    Attributes:
        lang: the language it reads.
        state: what is spoken of.
        calendar: what relative words refer to.
    """

    lang = "zh"
    calendar: Calendar
    state: State

    def number_of(self, text: str) -> Decimal:
        """A number in a slot."""
        return read_number(text) if self.lang == "zh" else read_english(text)

    def place_unit(self, token: Token) -> str:
        """Among what a place or a record is: the words may narrow what the entry says."""
        unit = token.entry.unit if token.entry else ""
        if unit != "rank:all_months":
            return unit
        if _FOR_MONTH.search(token.text):
            return "rank:same_month"
        return next((narrow for word, narrow in _AMONG if word in token.text), unit)

    def phrase_value(self, token: Token) -> str:
        """The value a phrase tells: its slots, or what its words fix."""
        entry, slots = token.entry, token.slots
        if entry is None or entry.value:
            return entry.value if entry else ""
        if "date" in slots:
            return self.date_of(slots["date"])
        if slots.get("year") in _BEFORE and self.state.period[:4].isdigit():
            return str(int(self.state.period[:4]) - 1)
        if "year" in slots:
            return str(periods.read_year(slots["year"], self.calendar))
        number = self.number_of(slots.get("n") or slots.get("nth") or "1")
        if "m" in slots:
            number += Decimal(int(self.number_of(slots["m"]))) / 12
        if "half" in slots:
            number += Decimal("0.5")
        return plain(number.normalize() if number % 1 else number.quantize(Decimal(1)))

    def date_of(self, words: str) -> str:
        """A month or year in a since-phrase: ``2004-04``, ``2009``."""
        match = PERIODS[self.lang].match(words)
        if match is None:
            return words
        try:
            return READERS[self.lang](match, self.calendar) or words
        except (ValueError, KeyError, StopIteration):
            return words

    def hedged(self, token: Token) -> str:
        """The hedging word at a number: before it, in it or after it."""
        before, after = self.behind(), self.ahead()
        if token.hedge:
            return token.hedge
        if (
            before
            and before.end >= token.start - 1
            and (before.does("hedge_before") or before.text in _PASSED)
        ):
            return before.text
        if after and after.does("hedge_after") and after.start <= token.end + 1:
            return after.text
        return "exact"
