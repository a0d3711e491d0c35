"""The machine that walks over the tokens of one segment and makes claims. Languages add their own rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.check.read import periods
from tidewaiter.check.read.excepted import is_aside
from tidewaiter.check.read.firsts import Firsts
from tidewaiter.check.read.state import WORLD, Draft, Mode, Named, State, Subject
from tidewaiter.check.read.times import divides
from tidewaiter.check.read.values import PERIODS, READERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidewaiter.check.read.periods import Calendar
    from tidewaiter.check.read.tokens import Token

_LARGE = frozenset({"exports", "imports"})  # two flows of one size
_PLACED = re.compile(r"(?:placed with|received by|secured by|won by|booked by)\b[^,;.]*$")
"""Orders placed with Taiwanese firms: still orders."""
_YEARS = re.compile(r"\d{4}\.\.\d{4}")
_CHANGES = {"mom": "mom_change", "qoq": "qoq_change"}


class Reader(Firsts):
    """Reads the tokens of one segment.

    Attributes:
        lang: the language it reads.
        breaks: kinds of tokens that end a sentence.
        parts: kinds of tokens that end a part of a sentence.
    """

    lang = "zh"
    breaks = frozenset({"stop", "para"})
    parts = frozenset({"comma", "semi", "soft", "enum", "colon"})

    def __init__(self, tokens: list[Token], text: str, calendar: Calendar, state: State) -> None:
        self.tokens = tokens
        self.text = text
        self.calendar = calendar
        self.state = state
        self.drafts: list[Draft] = []
        self.at = 0
        self.first = 0  # first token of the sentence
        self.end = 0  # one past its last
        self.basis_used = False
        self.lent = ""  # the period to come back to after the next number
        self.cue: Token | None = None  # the word that will say what the next number is

    # -- walking ------------------------------------------------------------------------------

    def read(self) -> list[Draft]:
        """The claims of the segment in order."""
        start = 0
        for at, token in enumerate(self.tokens):
            if token.kind in self.breaks:
                self._sentence(start, at)
                self.back_to_trade()
                start = at + 1
                if token.kind == "para":
                    self.on_paragraph()
        self._sentence(start, len(self.tokens))
        return self.drafts

    def _sentence(self, start: int, end: int) -> None:
        if start >= end:
            return
        self.first, self.end = start, end
        self.cue = None
        self.on_sentence()
        for at in range(start, end):
            self.at = at
            token = self.tokens[at]
            handler: Callable[[Token], None] | None = getattr(self, f"on_{token.kind}", None)
            if handler:
                handler(token)

    def on_word(self, token: Token) -> None:
        """A word: ``word_growth``, ``word_share`` … say what the reader of a language does at it."""
        handler: Callable[[Token], None] | None = getattr(self, f"word_{token.word.kind}", None)
        if handler:
            handler(token)

    def word_others(self, token: Token) -> None:
        """Something else than trade: GDP, prices, jobs."""
        self.step_aside(token, token.word.code)

    def on_paragraph(self) -> None:
        """A new paragraph begins."""
        self.state.exporters = self.state.peers

    def on_sentence(self) -> None:
        """A new sentence begins: mood and modes are gone, the subject stays until another is named."""
        state = self.state
        state.modality, state.mode, state.basis, state.base = "observed", Mode(), "", ""
        state.named, state.mark, state.at, state.group, state.rising = Named(), -1, -1, [], 0
        state.exporters = state.exporters or state.peers
        self._return_to_main()
        if state.main[:4].isdigit():  # 去年 was said of its sentence only
            self.calendar.year = int(state.main[:4])

    def _return_to_main(self) -> None:
        """A sentence without a period leaves the cumulative span when that has been dealt with."""
        state = self.state
        if state.period == state.main:
            return
        ahead = [t for t in self.tokens[self.first : self.end] if t.kind == "period"]
        if ahead and self.names_period(ahead[0]):
            return
        some = {t.kind for t in self.tokens[self.first : self.end]}
        fresh = "commodity" in some or self._names_partner()
        whole = periods.is_span(state.period) or state.period == state.main[:4] or state.period[5:6] in "QH"
        if fresh or not whole or self._already_told() or self._as_large_as_main():
            state.period = state.main

    def names_period(self, token: Token) -> bool:
        """The token names a period that claims may be of."""
        return bool(self.period_of(token))

    def _names_partner(self) -> bool:
        return any(
            t.kind == "area" and t.code not in (WORLD, "TWN") for t in self.tokens[self.first : self.end]
        )

    def _already_told(self) -> bool:
        flow = next((t.code for t in self.tokens[self.first : self.end] if t.kind == "flow"), "")
        subject = Subject(indicator=flow or self.state.subject.indicator, commodity=self.state.topic)
        return (subject, self.state.period) in self.state.told

    def _as_large_as_main(self) -> bool:
        """累計出口2291.3億…。進口223.3億: as large as the month's exports, so the month's."""
        sizes, state = self.state.sizes, self.state
        if state.main not in sizes or state.period not in sizes or sizes[state.period] < sizes[state.main]:
            return False
        named = {t.code for t in self.tokens[self.first : self.end] if t.kind == "flow"}
        amounts = [t for t in self.tokens[self.first : self.end] if t.kind == "amount" and t.unit]
        if not named & _LARGE or not amounts:
            return False
        size = _size(amounts[0])
        return bool(size) and size * size < sizes[state.main] * sizes[state.period]

    def back_to_trade(self) -> None:
        """What was said of prices, jobs or the economy ends with its sentence."""
        if self.state.aside is not None:
            self.state.subject, self.state.aside = self.state.aside, None

    def step_aside(self, token: Token, code: str) -> None:
        """A number of something else than trade follows: it is that thing's, and no export."""
        if _PLACED.search(self.text, max(0, token.start - 40), token.start):
            return
        for other in self.tokens[self.at + 1 : self.end]:
            if other.kind in ("flow", "commodity", "semi"):
                return
            if other.kind in ("comma", "soft"):
                if token.word.basis != "stays":
                    return
            elif other.is_claim:
                break
        else:
            return
        before = self.behind()
        near = before is not None and before.kind == "area" and before.end == token.start
        state = self.state
        state.aside = state.aside or state.subject
        state.subject = Subject(indicator=code, reporter=before.code if before and near else "TWN")
        self.touch(token)

    # -- common handlers ----------------------------------------------------------------------

    def touch(self, token: Token) -> None:
        """The words of the next claim begin here, unless they have begun."""
        if self.state.mark < 0:
            self.state.mark = token.start

    def period_of(self, token: Token) -> str:
        """The period a token names, empty when it is only a date."""
        match = PERIODS[self.lang].match(token.text)
        if match is None or is_aside(self.text, token.start, token.end, self.lang):
            return ""
        try:
            ahead = self.state.modality != "observed" or self._foreseen(token)
            return READERS[self.lang](match, self.calendar, ahead=ahead)
        except (ValueError, KeyError, StopIteration):
            return ""

    def _foreseen(self, token: Token) -> bool:
        """8月估375~390億: the word right behind the period says that it is still to come."""
        at = self.tokens.index(token, self.first)
        after = self.tokens[at + 1] if at + 1 < self.end else None
        return after is not None and after.does("forecast") and after.start <= token.end + 2

    def set_period(self, period: str) -> None:
        """Claims from here on are of this period."""
        state = self.state
        state.period = period
        state.named.period = True
        today = f"{self.calendar.published:%Y-%m}"
        observed = state.modality == "observed" and period[:7] < today
        if observed and not state.month_named and period.isdigit():
            state.main = period
        if periods.is_month(period) and observed and (period >= state.main or not state.claimed):
            state.main, state.month_named = period, True
            year, month = period.split("-")
            self.calendar.month = (int(year), int(month))
        if observed and period[:4].isdigit():
            self.calendar.year = int(period[:4])

    def spent_basis(self) -> None:
        """At a comma: 較上月 holds for the clause it stands in, not for the next."""
        if self.basis_used:
            self.state.basis, self.basis_used = "", False

    def share_out(self, token: Token) -> None:
        """Begin to distribute when as many numbers stand in a row as names did before."""
        state = self.state
        running = 0 <= state.at < len(state.group)
        if running or len(state.group) < 2 or state.slot == "indicator":  # noqa: PLR2004 - two make a row
            return
        row = [t for t in self.tokens[self.at : self.end] if t.kind != "soft"]
        count, last = 0, None
        for other in row:
            if other.is_number and other.kind == token.kind and not other.role:
                count, last = count + 1, other
            elif (
                last is not None
                and other.does("growth")
                and self.cue
                and other.word.basis == self.cue.word.basis
            ):
                continue
            elif not (other.kind in ("enum", "comma") and last is not None and self._goes_on(other)):
                break
        if count == len(state.group):
            state.at = 0

    def _goes_on(self, separator: Token) -> bool:
        at = self.tokens.index(separator, self.first) + 1
        while at < self.end and self.tokens[at].does("growth"):
            at += 1
        return at < self.end and self.tokens[at].is_number

    def take_group(self, slot: str, code: str, *, joined: bool) -> None:
        """Remember names that stand in a row, for the numbers that are told of them respectively."""
        state = self.state
        if joined and state.slot == slot and state.group:
            state.group.append(code)
        else:
            state.group, state.slot, state.at = [code], slot, -1

    def leave_balance(self) -> None:
        """A surplus has no commodity groups and is no part of exports: what is told of those is exports."""
        state = self.state
        if state.subject.indicator in ("balance", "total_trade") and not state.named.flow:
            state.subject = state.subject.but(indicator="exports")

    # -- making claims ------------------------------------------------------------------------

    def emit(self, token: Token, statistic: str, value: str, unit: str, **more: str) -> Draft:
        """A claim that ends with this token."""
        state = self.state
        if unit == "rank:all_months" and state.period.isdigit():
            unit = "rank:full_years"
        start = state.mark if 0 <= state.mark <= token.start else token.start
        subject, period = self._distributed()
        draft = Draft(
            start, token.end, subject, more.get("period") or period, statistic, more.get("of", ""),
            value, unit, more.get("hedge") or "exact", state.modality,
        )  # fmt: skip
        self.drafts.append(draft)
        state.claimed = True
        if statistic.endswith("level"):
            state.told.add((subject, draft.period))
            if subject.but(indicator="exports") == Subject() and subject.indicator in _LARGE:
                state.sizes.setdefault(draft.period, _size(token))
        state.mark = -1
        self.cue = None
        if self.lent:
            state.period, self.lent = self.lent, ""
        if statistic in ("level", "ytd_level") and state.modality == "observed" and self.is_first(token):
            draft.statistic, draft.of = "exceeds", "first"
        return draft

    def _distributed(self) -> tuple[Subject, str]:
        """The subject and period of the next number: the next of the group while one is distributed."""
        state = self.state
        if state.at < 0 or state.at >= len(state.group):
            return state.subject, state.period
        code = state.group[state.at]
        state.at += 1
        if state.slot == "period":
            return state.subject, code
        if state.slot == "series":
            return state.series[state.at - 1], state.period
        return state.subject.but(**{state.slot: code}), state.period

    def span_name(self, statistic: str, period: str) -> str:
        """The statistic's name for a period: ``level`` of a cumulative span is ``ytd_level``."""
        if not periods.is_span(period):
            return statistic
        return {
            "level": "ytd_level", "yoy": "ytd_yoy", "yoy_change": "ytd_change", "ratio": "ytd_ratio",
        }.get(statistic, statistic)  # fmt: skip

    def foretold(self, token: Token, statistic: str) -> tuple[str, str]:
        """Name and ``of`` of a statistic under the sentence's mood."""
        if self.state.modality == "observed" and self._to_come():
            self.state.modality = "forecast"
        modality = self.state.modality
        if modality in ("observed", "conditional", "opinion"):
            return statistic, ""
        if modality in ("target", "consensus"):
            return modality, statistic
        return (f"forecast_{token.role}" if token.role else "forecast"), statistic

    def _to_come(self) -> bool:
        """The period spoken of begins after the day of publication: whatever is told of it is foretold."""
        start, today = self.state.period[:7], self.calendar.published
        if "Q" in start or "H" in start:
            year, part = int(start[:4]), int(start[6])
            return (year, part) > (today.year, (today.month - 1) // (3 if "Q" in start else 6) + 1)
        return start > (f"{today:%Y-%m}" if "-" in start else f"{today:%Y}")

    def growth_name(self, basis: str) -> str:
        """The statistic of a growth with this basis."""
        return {"mom": "mom", "qoq": "qoq", "avg": "average_annual_growth"}.get(basis, "yoy")

    def tell_growth(self, token: Token, mode: Mode, hedge: str) -> None:
        """A percentage that is a growth."""
        basis = mode.basis or self.state.basis or "yoy"
        self.basis_used = True
        value = token.value
        if not token.signed and mode.sign < 0:
            value = f"-{value}"
        period = self.state.period
        name = self.span_name(self.growth_name(basis), period)
        more = {"period": _with_base_year(period)} if basis == "avg" else {}
        name, of = self.of_every_year(token, *self.foretold(token, name))
        self.emit(token, name, value, "percent", hedge=hedge, of=of, **more)
        self.state.last_sign = -1 if value.startswith("-") else 1
        self.state.mode = Mode("growth", mode.sign, mode.basis or self.state.basis)

    def of_every_year(self, token: Token, name: str, of: str) -> tuple[str, str]:
        """各年占比介於64.7%至80.6%: one end of a range that every year lies in; else as it was told."""
        if not token.role or name not in ("share", "yoy") or self.state.modality != "observed":
            return name, of
        years = _YEARS.fullmatch(self.state.period) or any(t.does("allyears") for t in self.clause())
        return ("all_in_range", name) if years else (name, of)

    def tell_times(self, token: Token, hedge: str) -> None:
        """How many times another figure this one is: exports to Europe, imports, the year before."""
        near = [self.ahead(n) if self.lang == "en" else self.behind(n) for n in (1, 2, 3)]
        others = [t for t in near if t and divides(self.text, t.start, t.end, self.lang)]
        of = "".join(t.code or ("year_before" if t.word.basis == "yoy" else "") for t in others[:1])
        name, foretold = self.foretold(token, self.span_name("ratio", self.state.period))
        self.emit(token, name, token.value, "percent", hedge=hedge, of=foretold or of)

    def tell_change(self, token: Token, sign: int, hedge: str) -> None:
        """An amount by which a level rose or fell."""
        basis = self.state.basis or "yoy"
        self.basis_used = True
        value = f"-{token.value}" if sign < 0 and not token.signed else token.value
        name = _CHANGES.get(basis) or self.span_name("yoy_change", self.state.period)
        name, of = self.foretold(token, name)
        self.emit(token, name, value, token.unit, hedge=hedge, of=of)
        self.state.mode = Mode("growth", sign, self.state.basis)

    def tell_points(self, token: Token, sign: int, hedge: str) -> None:
        """Percentage points."""
        value = f"-{token.value}" if sign < 0 and not token.signed else token.value
        base, period = self.state.base, self.state.period
        whole = f"{base}..{period}" if base and ".." not in period else period
        statistic = "pp_change"
        if self.state.subject.indicator == "overseas_production_ratio" and periods.is_span(period):
            statistic = "ytd_pp_change"
        self.emit(token, statistic, value, "percentage_point", hedge=hedge, period=whole)
        self.state.base = ""


def _with_base_year(period: str) -> str:
    """2018..2023 as the span of an average growth: the year before is its base."""
    start, dots, end = period.partition("..")
    if dots and len(start) == len("2018") and len(end) == len("2018"):
        return f"{int(start) - 1}..{end}"
    return period


def _size(amount: Token) -> float:
    """An amount in units of its currency, 0 where it is no plain number."""
    scale, _, _ = amount.unit.partition(" ")
    try:
        return float(amount.value) * float(scale)
    except ValueError:
        return 0.0
