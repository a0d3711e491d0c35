"""Reading English: phrases — streaks, records, ranks, turns — on top of words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.check.read.among import Among
from tidewaiter.check.read.en_numbers import NumbersEn

if TYPE_CHECKING:
    from tidewaiter.check.read.tokens import Token


class ReadEn(NumbersEn, Among):
    """English."""

    # -- phrases ------------------------------------------------------------------------------

    def _of_before(self, token: Token) -> bool:
        """The previous record: not the one that is told."""
        return (
            self.text[max(0, token.start - 10) : token.start]
            .casefold()
            .endswith(("previous ", "earlier ", "prior "))
        )

    def _passed_over(self, token: Token) -> bool:
        return self._of_before(token) or self.of_several(token)

    def _of_rate(self, token: Token) -> bool:
        """Plunged a record 41.9 percent: the rate is the record."""
        after = self.ahead()
        return after is not None and after.kind == "percent" and after.start <= token.end + 1

    def on_phrase(self, token: Token) -> None:
        """A claim in words."""
        entry, state = token.entry, self.state
        if entry is None or state.subject.indicator == "other" or self._passed_over(token):
            return
        value = self.phrase_value(token)
        self.touch(token)
        self.supplied(token)
        if entry.statistic == "breadth":
            self.tell_breadth(token, value)
            return
        statistic, of = entry.statistic, entry.of
        direction = self.cue.word.sign if self.cue and self.cue.does("growth") else state.last_sign
        if entry.tone == "context":
            of = "-yoy" if direction < 0 and statistic == "record" else "yoy"
            if statistic != "record":
                statistic = "worst_in_n" if direction < 0 else "best_in_n"
        elif statistic in ("streak", "prev_streak"):
            of = of if of != "yoy" else ("yoy-" if direction < 0 else "yoy+")
            if state.modality == "forecast":
                statistic, of = "forecast", f"streak{of[-1]}"
        elif statistic in ("best_in_n", "worst_in_n"):
            low, last = token.text.casefold(), self.drafts[-1].statistic if self.drafts else ""
            named = any(word in low for word in ("highest", "lowest"))
            of = "level" if named or (low.endswith((" high", " low")) and last.endswith("level")) else "yoy"
        elif statistic == "record" and self._of_rate(token):
            of = "-yoy" if direction < 0 else "yoy"
        if state.modality != "observed" and statistic in ("record", "turn"):
            state.mark = -1
            return
        state.mark = token.start if statistic in ("record", "best_in_n", "worst_in_n") else state.mark
        cue = self.cue
        unit = self.place_unit(token) if statistic in ("record", "rank") else entry.unit
        self.emit(token, statistic, value, unit, of=of)
        self.cue = cue
