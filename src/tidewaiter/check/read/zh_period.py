"""Chinese periods: when the figures are of, and with when they are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.check.read import periods
from tidewaiter.check.read.reader import Reader

if TYPE_CHECKING:
    from tidewaiter.check.read.tokens import Token


class PeriodZh(Reader):
    """Follows periods through Chinese sentences."""

    lang = "zh"
    breaks = frozenset({"stop", "para", "colon"})

    # -- period -------------------------------------------------------------------------------

    def names_period(self, token: Token) -> bool:
        """Not 追平98年, not 較2017年."""
        at = self.tokens.index(token, self.first)
        before = self.tokens[at - 1] if at > self.first else None
        return bool(self.period_of(token)) and not (before and before.does("reference"))

    def on_period(self, token: Token) -> None:
        """A period, or the base of a comparison when 較 or 比 stands before it."""
        period = self.period_of(token)
        if not period:
            return
        lead, after = self._lead(token), self.number_ahead()
        if self._is_reference(token):
            if after and after.is_number and self.gap(token, after) in ("的", "之"):
                self.lent, self.state.period = self.state.period, period  # 僅次於2008年7月的230.4億
            return
        told = after is not None and after.is_number and self.gap(token, after).strip("之的約") == ""
        beside = lead in ("與", "和", "跟") and self.text.startswith(("相比", "比較", "相較"), token.end)
        if beside or (lead in ("較", "比") and not told):
            self._base(period)
            return
        before = self.behind()
        if before and before.kind == "period" and self.gap(before, token) in ("及", "與", "和"):
            self.state.group, self.state.slot = [self.state.period, period], "period"
        self._enter(token, period, lead)

    def _lead(self, token: Token) -> str:
        """The sign before a period; 比 of 占比 compares nothing."""
        two = self.text[max(0, token.start - 2) : token.start]
        return "" if two in ("占比", "佔比", "同比", "環比") else two[-1:]

    def _enter(self, token: Token, period: str, lead: str) -> None:
        """Claims from here on are of this period, or only the next when it is a look back."""
        if lead in ("較", "比"):  # 比2003年的35.7%更低: what is compared with has been observed
            self.state.modality = "observed"
            self.state.mode = self.state.mode if self.state.mode.kind else self.state.rate
        here = self.state.period
        if "全年" in token.text and period == str(self.calendar.published.year):
            self.state.modality = "forecast"  # that year is not over
        self.set_period(period)
        self.touch(token)
        back = lead in ("較", "比", "由", "從") and period < here and periods.is_month(period)
        if back and self._one_number():
            self.lent, self.state.period, self.state.main = here, period, max(self.state.main, here)

    def _one_number(self) -> bool:
        """較7月的8.8%擴大, 由4月的年減5.5%轉為正成長: the look back is for the number right behind it."""
        behind = self.tokens[self.at + 1 : self.at + 4]
        return any(t.is_number for t in behind) and not any(
            t.kind in ("comma", "semi", "soft") for t in behind[:2]
        )

    def _is_reference(self, token: Token) -> bool:
        """The clause names a time only to compare with it: 追平民國90年…、98年…, 98年10月以來."""
        if self.text.startswith(("以來", "來首", "來最"), token.end):
            return True
        for other in reversed(self.tokens[self.first : self.at]):
            if other.kind in ("comma", "semi", "soft"):
                return False
            if other.does("reference"):
                return other.start < token.start
            if other.is_claim:
                return False
        return False

    def _base(self, period: str) -> None:
        state = self.state
        state.base = period
        if periods.is_month(period):
            year, month = int(period[:4]), int(period[5:])
            near = state.period[:7]
            if near and near == (f"{year:04d}-{month + 1:02d}" if month < 12 else f"{year + 1:04d}-01"):  # noqa: PLR2004
                state.basis = "mom"
