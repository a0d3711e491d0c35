"""Chinese words and numbers, told of the subject that was named before them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.check.read import periods
from tidewaiter.check.read.state import WORLD, Mode
from tidewaiter.check.read.times import divides, is_ratio
from tidewaiter.check.read.tokens import Token
from tidewaiter.check.read.zh_subject import SubjectZh
from tidewaiter.phrases.book import Word

if TYPE_CHECKING:
    from tidewaiter.check.read.state import Subject

_SHARE_BEHIND = re.compile(r"的?(?:出口|進口|整體|總)?(?:市[占佔]率?|[占佔]比|比重|份額|[占佔]有率)")
"""20.3%的市占: what the number is stands behind it."""
_GAP = re.compile(r"(?:(?<![順逆價誤])差|落後|領先|差距|差距為|差了|相差|之差)(?:約|近|逾|達|了|不到)?$")
"""還差八百億: no figure of a series."""
_NEEDED = re.compile(r"[^，。；,;\n]{0,4}(?:就|才)(?:能|可以?|會)?(?:達標|達成|達到|夠)")
_TO_GO = re.compile(r"(?:還要|需要|還需|(?<![主重只將需簡])要)$")
_THEN = re.compile(r"[去上]年同[期月季]")
_TOLD_OF_THEN = re.compile(
    r"(?:的|則?為|是|僅|只有|才|約|達|還|仍)*(?:(?:出|入)超|順差|逆差)?(?:的|約|為|達|近|逾)*"
    r"[\d一二三四五六七八九十百兩廿卅○〇零]"
)
"""去年同期的15.8%, 去年同期為出超3億: a figure of that time; else it is what a growth is compared with."""
_MONTHLY = ("平均每月", "每月平均", "月平均", "平均單月", "月均")
_OWN_RATES = {"overseas_production_ratio": "ratio", "gdp": "growth", "capacity": "share"}


class NumbersZh(SubjectZh):
    """What a number is: by the word before it, the mode of its sentence, its sign."""

    # -- words --------------------------------------------------------------------------------

    def word_growth(self, token: Token) -> None:
        """Growth, a share, a ratio or a contribution: the next number is one."""
        self._cue(token)

    word_share = word_ratio = word_contribution = word_growth

    def word_base(self, token: Token) -> None:
        """較上月, 較去年同期: what the next growth is compared with; 去年同期為…: a figure of that time."""
        if divides(self.text, token.start, token.end, "zh"):
            self.touch(token)
            return
        if _THEN.fullmatch(token.text) and _TOLD_OF_THEN.match(self.text, token.end):
            before = periods.year_before(self.state.period)
            if before and not self.lent:
                self.lent, self.state.period = self.state.period, before
            self.touch(token)
            return
        self.state.basis = token.word.basis
        self.touch(token)

    def word_forecast(self, token: Token) -> None:
        """From here on it is foretold, or aimed at."""
        self.state.modality = token.word.kind
        self.touch(token)

    word_target = word_forecast

    def word_consensus(self, token: Token) -> None:
        """What the market expected, where a number of it follows."""
        if any(t.is_number and t.start >= token.end for t in self.clause()):
            self.state.modality = "consensus"
        self.touch(token)

    def word_each(self, token: Token) -> None:
        """分別: the numbers to come are told of the names in a row."""
        self._each()
        self.touch(token)

    def word_ytd(self, token: Token) -> None:
        """累計: January up to the month spoken of."""
        self._year_to_date()
        self.touch(token)

    def word_together(self, token: Token) -> None:
        """兩者合計: the share of two groups as one."""
        self._unite()
        self._cue(Token("word", token.end - 1, token.end, "占", word=Word("share")))

    def word_pair(self, token: Token) -> None:
        """出、進口: what follows is told of both."""
        if any(t.is_claim for t in self.clause()):
            self.state.group, self.state.slot = ["exports", "imports"], "indicator"
            self.state.named.flow = True
            self.touch(token)

    def word_exporters(self, _: Token) -> None:
        """主要國家出口: the areas to come are reporters."""
        state = self.state
        told = any(t.kind == "flow" and t.code == "exports" for t in self.clause())
        state.exporters = state.peers or told

    def word_metric(self, token: Token) -> None:
        """A word that belongs to the claim's span."""
        self.touch(token)

    word_hedge_before = word_prep = word_metric

    def _cue(self, token: Token) -> None:
        before = self.cue
        if token.does("growth") and self.text[token.end : token.end + 1] in ("至", "到"):
            self.touch(token)  # 揚升至, 減少到: the number to come is a level, not a change
            return
        if token.word.kind == "ratio" and self.state.subject.indicator != "overseas_production_ratio":
            return
        if (
            before
            and before.does("growth")
            and token.does("growth")
            and not token.word.basis
            and self.gap(before, token).strip() in ("幅", "率", "")
        ):
            self.touch(token)
            return
        if before and before.does("contribution") and token.does("growth") and not self._told_since(before):
            return  # 拖累總出口年增率0.5個百分點: of what the points are
        self.cue = token
        self.touch(token)
        if token.does("share", "ratio"):
            self.state.mode = Mode(token.word.kind)

    def _told_since(self, cue: Token) -> bool:
        return any(t.is_claim and t.start > cue.start for t in self.tokens[self.first : self.at])

    def word_risers(self, token: Token) -> None:
        """增加者依序為…: each amount behind a name is what it rose by, or fell by."""
        self.state.rising = token.word.sign
        self.touch(token)

    def _each(self) -> None:
        """分別: the names in a row take the numbers; without such, the series told last do."""
        state = self.state
        if len(state.group) < 2:  # noqa: PLR2004
            begin = self.tokens[self.first].start
            told = [d.subject for d in self.drafts if d.start >= begin and d.statistic.endswith("level")]
            state.series = list(reversed(list(dict.fromkeys(reversed(told)))[:2]))
            if len(state.series) < 2 or not self.differ(state.series):  # noqa: PLR2004
                return
            state.group, state.slot = ["", ""], "series"
        state.at = 0

    def differ(self, series: list[Subject]) -> bool:
        """The series differ in one slot only."""
        slots = [{getattr(s, name) for s in series} for name in ("indicator", "partner", "commodity")]
        return sum(len(values) > 1 for values in slots) == 1

    def _unite(self) -> None:
        """兩者合計: the last two commodity groups told of, as one."""
        state = self.state
        latest = (d.subject.commodity for d in reversed(self.drafts) if d.subject.commodity != "total")
        told = list(reversed(list(dict.fromkeys(latest))[:2]))
        if state.slot == "commodity" and len(state.group) > 1:
            told = state.group
        if len(told) > 1:
            state.subject = state.subject.but(commodity="+".join(told[-2:]))
            state.named.commodity = True

    def _year_to_date(self) -> None:
        after = self.ahead()
        if after and after.kind == "period":
            return
        month = self.state.main
        if periods.is_month(month):
            self.state.period = periods.to_date(int(month[:4]), int(month[5:]))

    # -- numbers ------------------------------------------------------------------------------

    def on_amount(self, token: Token) -> None:
        """A level, or an amount of change right after 增加 or 減少."""
        if token.unit.endswith(" "):
            token.unit += "TWD" if self.state.subject.indicator in ("production_value", "revenue") else "USD"
        other = token.unit.endswith("XXX") or self.state.subject.indicator == "other"
        if other or _GAP.search(self.text, max(0, token.start - 4), token.start):
            return
        hedge = self.hedged(token)
        self.share_out(token)
        cue = self._adjacent_cue(token)
        if sign := self._changes_by(cue):
            self.tell_change(token, sign, hedge)
        elif cue is not None and cue.does("share"):
            self._whole(token, hedge)
        elif not self._needed(token):
            clause = self.text[self.clause()[0].start : token.start]
            statistic = "ytd_avg" if any(word in clause for word in _MONTHLY) else "level"
            name, of = self.foretold(token, self.span_name(statistic, self.state.period))
            self.emit(token, name, token.value, token.unit, hedge=hedge, of=of)

    def _changes_by(self, cue: Token | None) -> int:
        """The sign of an amount that is a change: by its word, its row or its list; 0 for a level."""
        if cue is not None:
            return (cue.word.sign or 1) if cue.does("growth") else 0
        before = self.behind()
        listed = before is not None and before.kind in ("commodity", "area")
        return self._goes_on_changing() or (self.state.rising if listed else 0)

    def _needed(self, token: Token) -> bool:
        """每個月430億就達標, 還要857億: what would be needed is no figure."""
        lead = max(0, token.start - 3)
        return bool(_NEEDED.match(self.text, token.end) or _TO_GO.search(self.text, lead, token.start))

    def _goes_on_changing(self) -> int:
        """分別增10.2億、8.1億: within a row, what follows a change is one too; its sign, else 0."""
        running = 0 < self.state.at < len(self.state.group)
        last = self.drafts[-1] if running and self.drafts else None
        if last is None or not last.statistic.endswith("_change"):
            return 0
        return -1 if last.value.startswith("-") else 1

    def _adjacent_cue(self, token: Token) -> Token | None:
        """The growth or share word right before a number, hedges and 了 aside."""
        for n in (1, 2, 3):
            before = self.behind(n)
            if before is None:
                return None
            if before.does("growth", "share"):
                gap = self.text[before.end : token.start]
                plain = (
                    gap.replace("了", "")
                    .replace("約", "")
                    .replace("逾", "")
                    .replace("近", "")
                    .replace("達", "")
                )
                return (
                    before
                    if len(plain) <= 1
                    and "至" not in gap
                    and "到" not in gap
                    and "為" not in gap
                    and not (before.does("growth") and "達" in gap and before.text.endswith(("幅", "率")))
                    else None
                )
            if not before.does("hedge_before", "base"):
                return None
        return None

    def _whole(self, token: Token, hedge: str) -> None:
        """占七四三七億美元的…: the amount is the whole's."""
        mine = self.state.subject
        self.state.subject = mine.but(commodity="total", partner=WORLD)
        self.emit(token, self.span_name("level", self.state.period), token.value, token.unit, hedge=hedge)
        self.state.subject = mine
        self.state.mode = Mode("share")

    def on_percent(self, token: Token) -> None:
        """A growth, a share or a ratio, as the nearest word before it says."""
        if is_ratio(self.text, token.start, token.end, "zh") and self.state.subject.indicator != "other":
            self.tell_times(token, self.hedged(token))
            return
        mode = self._mode_of(token)
        if not mode.kind or ("/" in token.text and mode.kind != "share"):
            return
        self.share_out(token)
        hedge = self.hedged(token)
        if not self._told_of_base(token, mode, hedge):
            self._tell_rate(token, mode, hedge)

    def _mode_of(self, token: Token) -> Mode:
        """What a percentage is: by the word before it, the one before that, its sign, or its subject."""
        cue, indicator = self.cue, self.state.subject.indicator
        if indicator == "other":
            return Mode()
        if _SHARE_BEHIND.match(self.text, token.end):
            return Mode("share")
        if cue is not None:
            return Mode(cue.word.kind, cue.word.sign or 1, cue.word.basis)
        if self.state.mode.kind:
            return self.state.mode
        if self._bare_growth(token):
            return Mode("growth")
        return Mode(_OWN_RATES.get(indicator, ""))

    def _tell_rate(self, token: Token, mode: Mode, hedge: str) -> None:
        if mode.kind == "growth":
            self.tell_growth(token, mode, hedge)
        elif mode.kind in ("share", "ratio"):
            self._tell_share(token, mode, hedge)

    def _bare_growth(self, token: Token) -> bool:
        """出口372.3億美元（+24.5%）, 塑橡膠-19.5%: a sign right behind a figure or a name is a growth."""
        before = self.behind()
        if before is not None and before.kind == "open":
            before = self.behind(2)
        known = before is not None and before.kind in ("amount", "commodity", "flow", "area", "soft")
        return token.signed and known

    def _told_of_base(self, token: Token, mode: Mode, hedge: str) -> bool:
        """減幅較上月的23.4%…: the number is the one compared with, of the month (or year) before."""
        before, state = self.behind(), self.state
        if (
            before is None
            or not before.does("base")
            or self.gap(before, token) != "的"
            or not periods.is_month(state.period)
        ):
            return False
        year, month = int(state.period[:4]), int(state.period[5:])
        here, state.basis = state.period, ""
        if before.word.basis == "yoy":
            state.period = f"{year - 1:04d}-{month:02d}"
        else:
            state.period = f"{year:04d}-{month - 1:02d}" if month > 1 else f"{year - 1:04d}-12"
        self._tell_rate(token, mode, hedge)
        state.period = here
        return True

    def _tell_share(self, token: Token, mode: Mode, hedge: str) -> None:
        if self.state.subject.indicator == "overseas_production_ratio":
            mode = Mode("ratio")
        subject = self.state.subject
        if subject.indicator == "balance" and subject.partner != WORLD:  # a partner has no share of a surplus
            whole = "imports" if "占進口" in self.text[max(0, token.start - 8) : token.start] else "exports"
            self.state.subject = subject.but(indicator=whole)
        name, of = self.foretold(token, self.span_name(mode.kind, self.state.period))
        name, of = self.of_every_year(token, name, of)
        draft = self.emit(token, name, token.value, "percent", hedge=hedge, of=of)
        self.state.mode = self.state.rate = mode
        if mode.kind == "share" and periods.is_month(draft.period):
            year, month = int(draft.period[:4]), int(draft.period[5:])
            draft.candidates = (("period", periods.to_date(year, month)),)

    def on_pp(self, token: Token) -> None:
        """Percentage points: a change of a share, or a contribution."""
        cue = self.cue
        hedge = self.hedged(token)
        if cue and cue.does("contribution"):
            value = f"-{token.value}" if cue.word.sign < 0 and not token.signed else token.value
            self.emit(token, "contribution", value, "percentage_point", hedge=hedge)
            return
        self.tell_points(token, cue.word.sign or 1 if cue else 1, hedge)

    def on_index(self, token: Token) -> None:
        """The points of a production index."""
        if self.state.subject.indicator in ("industrial_production", "manufacturing_production"):
            name, of = self.foretold(token, self.span_name("level", self.state.period))
            self.emit(token, name, token.value, "index", of=of)
