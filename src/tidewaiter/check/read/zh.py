"""Reading Chinese: phrases — streaks, records, ranks, turns — on top of words and numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.check.read import periods
from tidewaiter.check.read.among import Among
from tidewaiter.check.read.state import HOME, WORLD
from tidewaiter.check.read.zh_numbers import NumbersZh

if TYPE_CHECKING:
    from tidewaiter.check.read.state import Subject
    from tidewaiter.check.read.tokens import Token

_TOGETHER = re.compile(r"(?:續|再|也|更|不僅)*(?:雙|同步|同創|同時|同寫|均|皆|齊|都)")

_BOTH = re.compile(r"(?:雙雙|均|皆|同步|同樣|同為)(?:已|也|呈|為|是|達|寫下)*$")
_NEXT = 6  # signs looked back over for 雙雙
_RATE = re.compile(r"(?:增|減|跌|漲|降|升)幅|成長率|年增率|衰退")
_NO_MEASURES = ("rank", "record", "streak", "prev_streak", "turn", "best_in_n", "worst_in_n", "compare")
_MARKETS = (("進口來源", "imports"), ("進口市場", "imports"), ("供應", "imports"), ("出口市場", "exports"))


class ReadZh(NumbersZh, Among):
    """Chinese."""

    # -- phrases ------------------------------------------------------------------------------

    def on_phrase(self, token: Token) -> None:
        """A claim in words."""
        entry = token.entry
        if entry is None or self.state.subject.indicator == "other" or self.of_several(token):
            return
        state = self.state
        value = self.phrase_value(token)
        self.touch(token)
        if entry.statistic in ("streak", "prev_streak"):
            self._tell_streak(token, value)
        elif entry.statistic in ("record", "rank", "best_in_n", "worst_in_n"):
            self._tell_place(token, value)
        elif entry.statistic == "breadth":
            self.tell_breadth(token, value)
        elif entry.statistic == "compare" and entry.of == "yoy":
            self._named_after(token)
            self.emit(token, entry.statistic, value, entry.unit, of=entry.of)
        elif entry.statistic == "turn" and state.modality != "observed":
            state.mark = -1
        else:
            self.emit(token, entry.statistic, value, entry.unit, of=entry.of)

    def word_growth(self, token: Token) -> None:
        """A growth; the only one, where the words say so."""
        if not self.tell_only(token):
            super().word_growth(token)

    def _tell_streak(self, token: Token, value: str) -> None:
        entry = token.entry
        assert_of = entry.of if entry else ""
        if assert_of == "yoy":
            assert_of = "yoy-" if self.state.last_sign < 0 else "yoy+"
        if self.state.modality == "forecast":
            self.emit(token, "forecast", value, entry.unit if entry else "", of=f"streak{assert_of[-1]}")
            return
        span = entry is not None and entry.unit == "months" and periods.is_span(self.state.period)
        period = self.state.main if span else ""  # a streak of months ends with the month, not the span
        for subject in self._both_told(token) or [self.state.subject]:
            self.state.subject = subject
            self.emit(
                token, entry.statistic if entry else "", value, entry.unit if entry else "",
                of=assert_of, period=period,
            )  # fmt: skip

    def _both_told(self, token: Token) -> list[Subject]:
        """雙雙為連續13個月正成長: the two series told last, each with its streak."""
        near = _BOTH.search(self.text, max(0, token.start - _NEXT), token.start)
        begin = self.tokens[self.first].start
        told = list(dict.fromkeys(d.subject for d in self.drafts if d.start >= begin))[-2:]
        return told if near and len(told) == 2 and self._alike(told) else []  # noqa: PLR2004

    def _tell_place(self, token: Token, value: str) -> None:
        """Records, ranks and best-in-n: once for each of two series or two measures told together."""
        entry = token.entry
        if entry is None:
            return
        statistic, state = entry.statistic, self.state
        if state.modality in ("forecast", "target") and statistic == "record":
            state.mark = -1
            return
        if (
            entry.id == "rank.nth"
            and "市場" in token.text
            and state.subject.indicator == "exports"
            and state.subject.reporter != HOME
        ):
            state.subject = state.subject.but(indicator="imports")
        self._named_after(token)
        self._market_of(token)
        measures = self._measures(token, entry.of)
        hedge = next((h for h in ("近", "逾", "將近", "超過") if h in token.text), "exact")
        start = state.mark
        if self._tell_together(token, statistic, value, measures):
            return
        if state.slot == "indicator" and len(state.group) > 1 and state.named.flow:
            for flow in state.group:
                state.subject, state.mark = state.subject.but(indicator=flow), start
                self.emit(token, statistic, value, self.place_unit(token), of=measures[0], hedge=hedge)
            return
        for of in measures:
            state.mark = start
            self.emit(token, statistic, value, self.place_unit(token), of=of, hedge=hedge)

    def _tell_together(self, token: Token, statistic: str, value: str, measures: list[str]) -> bool:
        """同創、雙雙 after figures of two or more series: one record for each."""
        if not _TOGETHER.match(token.text) or (len(measures) > 1 and "雙" not in token.text):
            return False
        state, entry = self.state, token.entry
        begin = self.tokens[self.first].start
        here = [d for d in self.drafts if d.start >= begin]
        told = [d.subject for d in here if d.statistic.endswith("level")]
        told = told or [d.subject for d in here if d.statistic.endswith("yoy")]
        series = list(dict.fromkeys(told))[-len(state.group) if len(state.group) > 1 else -2 :]
        if len(series) < 2 or entry is None or not self._alike(series):  # noqa: PLR2004
            return False
        keep, start = state.subject, state.mark
        of = entry.of or "level"
        if _RATE.search(token.text):
            of = "-yoy" if of.startswith("-") else "yoy"
        state.at = -1
        for subject in series:
            state.subject, state.mark = subject, start
            self.emit(token, statistic, value, self.place_unit(token), of=of)
        state.subject = keep
        return True

    def _alike(self, series: list[Subject]) -> bool:
        """The series differ in one slot only: two commodities, two partners or two flows."""
        wholes = {"total", WORLD}
        slots = [{getattr(s, name) for s in series} for name in ("partner", "commodity")]
        return self.differ(series) and not any(len(values) > 1 and values & wholes for values in slots)

    def _market_of(self, token: Token) -> None:
        """我國為美國伺服器第2大進口來源: whose imports, and from whom; 美國為我國最大出口市場 likewise."""
        flow = next((code for word, code in _MARKETS if word in token.text), "")
        areas = [t for t in self.clause() if t.kind == "area" and t.start < token.start and t.code]
        if not flow or len(areas) != 2:  # noqa: PLR2004 - who, and of whom
            return
        of, whose = areas[0].code, areas[1].code
        if WORLD not in (of, whose):
            subject = self.state.subject
            self.state.subject = subject.but(reporter=whose, partner=of, indicator=flow)
            self.state.named.partner = True

    def _named_after(self, token: Token) -> None:
        """排名第三的中國大陸及香港, 唯一衰退的是歐洲: the name behind is the one told of."""
        after = self.ahead()
        if after is None or after.code == HOME:
            return
        gap, subject = self.gap(token, after), self.state.subject
        told = gap == "" and token.text.endswith(("是", "為"))
        if after.kind == "area" and (told or gap in ("的", "之")):
            self.state.subject = subject.but(partner=after.code)
        elif after.kind == "commodity" and told:
            self.state.subject = subject.but(commodity=after.code)

    def _named_measures(self) -> list[str]:
        """The measures the clause names before this token, the nearest first."""
        named: list[str] = []
        for other in reversed(self.tokens[self.first : self.at]):
            if other.kind in ("comma", "semi", "soft") or other.is_claim:
                break
            if other.does("metric"):
                named.append(other.word.basis)
            elif other.does("growth", "share"):
                named.append("yoy" if other.does("growth") else "share")
            elif other.kind == "flow" and named:
                named.append("level")
        return named

    def _measures(self, token: Token, of: str) -> list[str]:
        """What the record is of: named measures of the clause, both when they are told together."""
        named = self._named_measures()
        if token.entry and token.entry.statistic in ("record", "rank") and _RATE.search(token.text):
            return ["-yoy" if of.startswith("-") else "yoy"]
        if len(set(named)) > 1:
            return sorted(set(named))
        measured = (d for d in reversed(self.drafts) if d.statistic not in _NO_MEASURES)
        last = next(measured, None)
        if (
            "雙" in token.text
            and not named
            and not (self.state.slot == "indicator" and len(self.state.group) > 1)
        ):
            return ["level", "yoy"]
        if named:
            return named[:1]
        if token.entry and token.entry.statistic in ("best_in_n", "worst_in_n") and last:
            return [last.of if last.statistic.startswith("forecast") else last.statistic]
        return [of or "level"]
