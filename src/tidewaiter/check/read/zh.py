"""Reading Chinese: the subject stands before the number, clause by clause."""

from __future__ import annotations

import re

from tidewaiter.check.read import periods
from tidewaiter.check.read.reader import Reader
from tidewaiter.check.read.state import HOME, WORLD, Mode, Named, Subject
from tidewaiter.check.read.tokens import Token
from tidewaiter.phrases.book import Word

_NOT_SUBJECT = (
    "設備", "產業", "需求", "商機", "供應", "價格", "業", "廠", "景氣", "出貨", "拉貨", "應用", "概念", "投資", "庫存", "製程", "技術", "類股",
    "晶片", "政府", "總統", "經濟", "貿易爭端", "232", "關稅", "市況", "買氣", "終端", "通膨", "升息", "客戶", "消費", "新品", "政策",
    "國際", "央行", "聯準", "商務部", "大選", "股", "疫情", "封控", "解封", "春節", "感恩", "科技", "備貨", "訂單能見",
)  # fmt: skip
_TOGETHER = re.compile(r"(?:續|再|也|更|不僅)*(?:雙|同步|同創|同時|同寫|均|皆|齊|都)")
_TOTALS = ("總出口", "出口總", "總進口", "進口總", "總額", "貿易總")
_TOPIC_LENGTH = 24
_POINTS = "市場"


class ReadZh(Reader):
    """Chinese."""

    lang = "zh"
    breaks = frozenset({"stop", "para", "colon"})

    # -- boundaries ---------------------------------------------------------------------------

    def on_comma(self, _: Token) -> None:
        """A new clause."""
        self.cue, self.state.mark = None, -1
        self.spent_basis()
        if self.state.modality == "consensus":
            self.state.modality = "observed"

    def on_semi(self, token: Token) -> None:
        """A new part of the sentence may name its subject anew."""
        self.on_comma(token)
        self.back_to_trade()
        state = self.state
        state.named, state.basis = Named(period=state.named.period), ""
        if state.modality == "forecast" and not self._stays_ahead():
            state.modality = "observed"

    def _stays_ahead(self) -> bool:
        """預估10月…；第四季…: the next part foretells too when its period is still to come."""
        for other in self.tokens[self.at + 1 : self.end]:
            if other.kind == "semi":
                return False
            if other.kind == "period":
                last = self.period_of(other).rpartition("..")[2]
                today = self.calendar.published
                return last[:4] > f"{today:%Y}" or last == f"{today:%Y}" or "Q" in last or last >= f"{today:%Y-%m}"
        return False

    def on_enum(self, _: Token) -> None:
        """、 between numbers parts claims, between names it makes a list."""
        self.state.mark = -1

    def on_soft(self, _: Token) -> None:
        """A blank: the words before it are not part of the next claim."""
        self.state.mark = -1

    # -- subject ------------------------------------------------------------------------------

    def accepts(self, token: Token) -> bool:
        """The name is the subject of a figure, not a cause or an ornament."""
        if self.text.startswith(_NOT_SUBJECT, token.end):
            return False
        before = self.behind()
        if before and before.does("reference") and token.start - before.end <= 1:
            return False
        clause = self.clause()
        causes = [t for t in clause if t.does("cause") and t.start < token.start]
        if any(t.is_claim for t in clause):
            later = [t for t in clause if t.start >= token.end and (t.is_claim or t.kind == "flow")]
            return bool(later) if causes else True
        return not causes and clause[-1].end - clause[0].start <= _TOPIC_LENGTH

    def on_commodity(self, token: Token) -> None:
        """A commodity group: the figures to come are of it."""
        if not self.accepts(token):
            return
        state = self.state
        before = self.behind()
        joined = bool(before and before.kind in ("enum",)) or self._joined(before, token)
        previous = self.behind(2 if before and before.kind == "enum" else 1)
        joined = joined and bool(previous and previous.kind == "commodity")
        if not state.named.partner and not state.named.commodity and not self._among():
            self._to_world()
        self.take_group("commodity", token.code, joined=joined)
        state.subject = state.subject.but(commodity=token.code)
        state.named.commodity = True
        self.touch(token)

    def _joined(self, before: Token | None, token: Token) -> bool:
        return self.gap(before, token) in ("及", "與", "和", "以及")

    def _among(self) -> bool:
        return any(t.does("among") for t in self.tokens[self.first : self.at])

    def _to_world(self) -> None:
        state = self.state
        if not state.exporters:
            state.subject = state.subject.but(partner=WORLD, reporter=HOME)

    def on_flow(self, token: Token) -> None:
        """A flow: exports, imports, orders … A flow without a commodity is the total's."""
        before = self.behind()
        if before and before.does("share") and token.start - before.end <= 3:
            return
        following = self.ahead()
        if following and following.does("share") and self.gap(token, following) == "" and before and before.kind == "area" and before.code == WORLD:
            return  # 占全球出口占比
        if not self.accepts(token) and not any(t.is_claim for t in self.clause()):
            return
        if following and following.does("ratio") and token.code == "export_orders":
            return
        state = self.state
        total = any(word in token.text for word in _TOTALS)
        if total or (not state.named.commodity and not self._keeps_commodity(token)):
            state.subject = state.subject.but(commodity="total" if total else state.topic)
        if not state.named.partner and not self._among() and (total or not state.named.commodity or not state.named.flow):
            if not (state.named.flow and state.named.commodity):
                self._to_world()
        state.subject = state.subject.but(indicator=token.code)
        if state.slot == "indicator":
            state.group, state.slot = [], ""
        if token.code == "overseas_production_ratio":
            self.cue, state.mode = None, Mode("ratio")
        state.named.flow = True
        state.exporters = state.exporters and token.code == "exports"
        self.touch(token)

    def _keeps_commodity(self, token: Token) -> bool:
        """An inner clause of a sentence keeps what the sentence is about."""
        return self._among() and token.code == self.state.subject.indicator

    def on_area(self, token: Token) -> None:
        """An area: a partner after 對 or 自, a reporter right before 進口, else a partner in a list."""
        state = self.state
        before, after = self.behind(), self.ahead()
        prep = before is not None and before.does("prep") and token.start - before.end <= 1
        compared = self._compared(token)
        if compared is not None and not compared:
            return
        if token.code == WORLD or not token.code:
            return
        if not (prep or compared or self.accepts(token)):
            return
        if token.code == HOME:
            self._home(token, prep=prep)
            return
        if prep:
            self._partner(token)
        elif state.exporters:
            state.subject = state.subject.but(reporter=token.code, partner=WORLD)
            self.touch(token)
        elif self._is_reporter(token, after):
            home = any(t.kind == "area" and t.code == HOME and t.start < token.start for t in self.clause())
            partner = HOME if home else (state.subject.partner if state.named.partner else WORLD)
            partner = WORLD if partner == token.code else partner
            state.subject = state.subject.but(reporter=token.code, partner=partner, indicator="imports")
            state.named.partner = True
            self.touch(token)
        else:
            self._partner(token)

    def _compared(self, token: Token) -> bool | None:
        """超越中國大陸 only compares (False); 超越對陸港的149.9億美元 tells a figure of it (True)."""
        for n in (1, 2):
            other = self.behind(n)
            if other and other.does("reference") and token.start - other.end <= 2:  # noqa: PLR2004
                after = self.ahead()
                return bool(after and after.is_number and self.gap(token, after) == "的")
        return None

    def _is_reporter(self, token: Token, after: Token | None) -> bool:
        """美國伺服器進口, 美國自我國進口: whose imports they are."""
        rest = self.clause()
        following = [t for t in rest if t.start >= token.end]
        if not following:
            return False
        if after and after.kind == "commodity":
            following = following[1:]
        if not following:
            return False
        head = following[0]
        if head.kind == "flow" and head.code == "imports":
            return self.state.subject.reporter != HOME or token.end == (after or head).start
        market = head.kind == "phrase" and "進口市場" in head.text
        mirrored = head.does("prep") and len(following) > 1 and following[1].code == HOME and following[1].kind == "area"
        return market or mirrored

    def _home(self, token: Token, *, prep: bool) -> None:
        state = self.state
        subject = state.subject
        clause = self.clause()
        market = any(t.kind == "phrase" and "進口市場" in t.text for t in clause)
        if prep or (subject.reporter != HOME and not state.exporters and subject.indicator == "imports" and not self._flow_follows(token)) or market:
            state.subject = subject.but(partner=HOME)
            state.named.partner = True
        else:
            state.subject = subject.but(reporter=HOME, partner=WORLD if subject.partner == HOME or state.exporters or not state.named.partner else subject.partner)
        self.touch(token)

    def _flow_follows(self, token: Token) -> bool:
        return any(t.kind == "flow" and t.start >= token.end for t in self.clause())

    def _partner(self, token: Token) -> None:
        state = self.state
        if not state.named.commodity and not self._among():
            state.subject = state.subject.but(commodity=state.topic)
        before = self.behind()
        previous = self.behind(2)
        joined = bool(before and before.kind == "enum" and previous and previous.kind == "area")
        self.take_group("partner", token.code, joined=joined)
        state.subject = state.subject.but(partner=token.code)
        state.named.partner = True
        self.touch(token)

    # -- period -------------------------------------------------------------------------------

    def names_period(self, token: Token) -> bool:
        """Not 追平98年, not 較2017年."""
        at = self.tokens.index(token, self.first)
        before = self.tokens[at - 1] if at > self.first else None
        return bool(self.period_of(token)) and not (before and before.does("reference"))

    def on_period(self, token: Token) -> None:
        """A period, or the base of a comparison when 較 or 比 stands before it."""
        period = self.period_of(token)
        if not period or self._is_reference(token):
            return
        lead = self.text[token.start - 1 : token.start]
        after = self.number_ahead()
        if lead in ("較", "比") and not (after and after.is_number and self.gap(token, after).strip("之的約") == ""):
            self._base(period)
            return
        before = self.behind()
        if before and before.kind == "period" and self.gap(before, token) in ("及", "與", "和"):
            self.state.group, self.state.slot = [self.state.period, period], "period"
        if lead in ("較", "比"):  # 比2003年的35.7%更低: what is compared with has been observed
            self.state.modality = "observed"
            self.state.mode = self.state.mode if self.state.mode.kind else self.state.rate
        self.set_period(period)
        self.touch(token)

    def _is_reference(self, token: Token) -> bool:
        """The clause names a time only to compare with it: 追平民國90年…、98年…."""
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

    # -- words --------------------------------------------------------------------------------

    def on_word(self, token: Token) -> None:
        """A word that says what the numbers to come are."""
        kind, state = token.word.kind, self.state
        if kind in ("growth", "share", "ratio", "contribution"):
            self._cue(token)
        elif kind == "base":
            state.basis = token.word.basis
            self.touch(token)
        elif kind in ("forecast", "target", "consensus"):
            if kind != "consensus" or any(t.is_number and t.start >= token.end for t in self.clause()):
                state.modality = kind
            self.touch(token)
        elif kind == "each":
            self._each()
            self.touch(token)
        elif kind == "ytd":
            self._year_to_date()
            self.touch(token)
        elif kind == "together":
            self._unite()
            self._cue(Token("word", token.end - 1, token.end, "占", word=Word("share")))
        elif kind == "pair":
            if not any(t.is_claim for t in self.clause()):
                return
            state.group, state.slot = ["exports", "imports"], "indicator"
            state.named.flow = True
            self.touch(token)
        elif kind == "others":
            self.step_aside(token, token.word.code)
        elif kind == "exporters":
            state.exporters = any(t.kind == "flow" and t.code == "exports" for t in self.clause())
        elif kind in ("hedge_before", "metric", "prep"):
            self.touch(token)

    def _cue(self, token: Token) -> None:
        before = self.cue
        if token.does("growth") and self.text[token.end : token.end + 1] in ("至", "到"):
            self.touch(token)  # 揚升至, 減少到: the number to come is a level, not a change
            return
        if token.word.kind == "ratio" and self.state.subject.indicator != "overseas_production_ratio":
            return
        if before and before.does("growth") and token.does("growth") and not token.word.basis and self.gap(before, token).strip() in ("幅", "率", ""):
            self.touch(token)
            return
        self.cue = token
        self.touch(token)
        if token.does("share", "ratio"):
            self.state.mode = Mode(token.word.kind)

    def _each(self) -> None:
        """分別: the names in a row take the numbers; without such, the series told last do."""
        state = self.state
        if len(state.group) < 2:  # noqa: PLR2004
            begin = self.tokens[self.first].start
            told = [d.subject for d in self.drafts if d.start >= begin and d.statistic.endswith("level")]
            state.series = list(dict.fromkeys(told))[-2:]
            if len(state.series) < 2 or not self._differ(state.series):  # noqa: PLR2004
                return
            state.group, state.slot = ["", ""], "series"
        state.at = 0

    def _unite(self) -> None:
        """兩者合計: the last two commodity groups told of, as one."""
        state = self.state
        told = list(dict.fromkeys(d.subject.commodity for d in self.drafts if d.subject.commodity != "total"))
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
        if token.unit.endswith("XXX") or self.state.subject.indicator == "other":
            return
        hedge = self.hedged(token)
        self.share_out(token)
        cue = self._adjacent_cue(token)
        if cue is not None and cue.does("growth"):
            self.tell_change(token, cue.word.sign, hedge)
            return
        if cue is not None and cue.does("share"):
            self._whole(token, hedge)
            return
        name, of = self.foretold(token, self.span_name("level", self.state.period))
        self.emit(token, name, token.value, token.unit, hedge=hedge, of=of)

    def _adjacent_cue(self, token: Token) -> Token | None:
        """The growth or share word right before a number, hedges and 了 aside."""
        for n in (1, 2, 3):
            before = self.behind(n)
            if before is None:
                return None
            if before.does("growth", "share"):
                gap = self.text[before.end : token.start]
                plain = gap.replace("了", "").replace("約", "").replace("逾", "").replace("近", "").replace("達", "")
                return before if len(plain) <= 1 and "至" not in gap and "到" not in gap and "為" not in gap and not (before.does("growth") and "達" in gap and before.text.endswith(("幅", "率"))) else None
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
        cue = self.cue
        mode = Mode(cue.word.kind, cue.word.sign or 1, cue.word.basis) if cue else self.state.mode
        hedge = self.hedged(token)
        if "/" in token.text and mode.kind != "share":
            return
        if self.state.subject.indicator == "other":
            return
        if not mode.kind and self._bare_growth(token):
            mode = Mode("growth")
        if mode.kind:
            self.share_out(token)
        if self._told_of_base(token, mode, hedge):
            return
        if mode.kind == "growth":
            self.tell_growth(token, mode, hedge)
        elif mode.kind in ("share", "ratio"):
            self._tell_share(token, mode, hedge)
        elif self.state.subject.indicator == "overseas_production_ratio":
            self._tell_share(token, Mode("ratio"), hedge)
        elif self.state.subject.indicator == "gdp":
            self.tell_growth(token, Mode("growth"), hedge)
        elif self.state.subject.indicator == "capacity":
            self._tell_share(token, Mode("share"), hedge)

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
        if before is None or not before.does("base") or self.gap(before, token) != "的" or not periods.is_month(state.period):
            return False
        year, month = int(state.period[:4]), int(state.period[5:])
        here, state.basis = state.period, ""
        if before.word.basis == "yoy":
            state.period = f"{year - 1:04d}-{month:02d}"
        else:
            state.period = f"{year:04d}-{month - 1:02d}" if month > 1 else f"{year - 1:04d}-12"
        if mode.kind == "growth":
            self.tell_growth(token, mode, hedge)
        elif mode.kind in ("share", "ratio"):
            self._tell_share(token, mode, hedge)
        state.period = here
        return True

    def _tell_share(self, token: Token, mode: Mode, hedge: str) -> None:
        if self.state.subject.indicator == "overseas_production_ratio":
            mode = Mode("ratio")
        name, of = self.foretold(token, self.span_name(mode.kind, self.state.period))
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

    # -- phrases ------------------------------------------------------------------------------

    def on_phrase(self, token: Token) -> None:
        """A claim in words."""
        entry = token.entry
        if entry is None or self.state.subject.indicator == "other":
            return
        state = self.state
        value = self.phrase_value(token)
        self.touch(token)
        if entry.statistic in ("streak", "prev_streak"):
            self._tell_streak(token, value)
        elif entry.statistic in ("record", "rank", "best_in_n", "worst_in_n"):
            self._tell_place(token, value)
        elif entry.statistic == "turn" and state.modality != "observed":
            state.mark = -1
        else:
            self.emit(token, entry.statistic, value, entry.unit, of=entry.of)

    def _tell_streak(self, token: Token, value: str) -> None:
        entry = token.entry
        assert_of = entry.of if entry else ""
        if assert_of == "yoy":
            assert_of = "yoy-" if self.state.last_sign < 0 else "yoy+"
        if self.state.modality == "forecast":
            self.emit(token, "forecast", value, entry.unit if entry else "", of=f"streak{assert_of[-1]}")
            return
        self.emit(token, entry.statistic if entry else "", value, entry.unit if entry else "", of=assert_of)

    def _tell_place(self, token: Token, value: str) -> None:
        """Records, ranks and best-in-n: once for each of two series or two measures told together."""
        entry = token.entry
        if entry is None:
            return
        statistic, state = entry.statistic, self.state
        if state.modality in ("forecast", "target") and statistic == "record":
            state.mark = -1
            return
        if entry.id == "rank.nth" and "市場" in token.text and state.subject.indicator == "exports" and state.subject.reporter != HOME:
            state.subject = state.subject.but(indicator="imports")
        self._named_after(token)
        measures = self._measures(token, entry.of)
        hedge = next((h for h in ("近", "逾", "將近", "超過") if h in token.text), "exact")
        start = state.mark
        if self._tell_together(token, statistic, value, measures):
            return
        if state.slot == "indicator" and len(state.group) > 1 and state.named.flow:
            for flow in state.group:
                state.subject, state.mark = state.subject.but(indicator=flow), start
                self.emit(token, statistic, value, entry.unit, of=measures[0], hedge=hedge)
            return
        for of in measures:
            state.mark = start
            self.emit(token, statistic, value, entry.unit, of=of, hedge=hedge)

    def _tell_together(self, token: Token, statistic: str, value: str, measures: list[str]) -> bool:
        """同創、雙雙 after figures of two or more series: one record for each."""
        if not _TOGETHER.match(token.text) or (len(measures) > 1 and "雙" not in token.text):
            return False
        state, entry = self.state, token.entry
        begin = self.tokens[self.first].start
        told = [d.subject for d in self.drafts if d.start >= begin and d.statistic.endswith("level")]
        series = list(dict.fromkeys(told))[-len(state.group) if len(state.group) > 1 else -2 :]
        if len(series) < 2 or entry is None or not self._alike(series):  # noqa: PLR2004
            return False
        keep, start = state.subject, state.mark
        state.at = -1
        for subject in series:
            state.subject, state.mark = subject, start
            self.emit(token, statistic, value, entry.unit, of=entry.of or "level")
        state.subject = keep
        return True

    def _alike(self, series: list[Subject]) -> bool:
        """The series differ in one slot only: two commodities, two partners or two flows."""
        wholes = {"total", WORLD}
        slots = [{getattr(s, name) for s in series} for name in ("partner", "commodity")]
        return self._differ(series) and not any(len(values) > 1 and values & wholes for values in slots)

    def _differ(self, series: list[Subject]) -> bool:
        slots = [{getattr(s, name) for s in series} for name in ("indicator", "partner", "commodity")]
        return sum(len(values) > 1 for values in slots) == 1

    def _named_after(self, token: Token) -> None:
        """排名第三的中國大陸及香港: the area behind the rank is the one ranked."""
        after = self.ahead()
        if after and after.kind == "area" and self.gap(token, after) in ("的", "之") and after.code != HOME:
            self.state.subject = self.state.subject.but(partner=after.code)

    def _measures(self, token: Token, of: str) -> list[str]:
        """What the record is of: named measures of the clause, both when they are told together."""
        named = []
        for other in reversed(self.tokens[self.first : self.at]):
            if other.kind in ("comma", "semi", "soft") or other.is_claim:
                break
            if other.does("metric"):
                named.append(other.word.basis)
            elif other.does("growth"):
                named.append("yoy")
            elif other.does("share"):
                named.append("share")
            elif other.kind == "flow" and named:
                named.append("level")
        if len(set(named)) > 1:
            return sorted(set(named))
        last = self.drafts[-1] if self.drafts else None
        if "雙" in token.text and not named and not (self.state.slot == "indicator" and len(self.state.group) > 1):
            return ["level", "yoy"]
        if named:
            return named[:1]
        if token.entry and token.entry.statistic in ("best_in_n", "worst_in_n") and last:
            return [last.statistic]
        return [of or "level"]
