"""Chinese subjects: whose figures they are and when, named before the number, clause by clause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.check.read.state import HOME, WORLD, Mode, Named
from tidewaiter.check.read.times import divides
from tidewaiter.check.read.zh_period import PeriodZh

if TYPE_CHECKING:
    from tidewaiter.check.read.tokens import Token

_NOT_SUBJECT = (
    "設備", "產業", "需求", "商機", "供應", "價格", "業", "廠", "景氣", "出貨", "拉貨", "應用", "概念",
    "投資", "庫存", "製程", "技術", "類股", "晶片", "政府", "總統", "經濟", "貿易爭端", "232", "關稅",
    "市況", "買氣", "終端", "通膨", "升息", "客戶", "消費", "新品", "政策", "國際", "央行", "聯準",
    "商務部", "大選", "股", "疫情", "封控", "解封", "春節", "感恩", "科技", "備貨", "訂單能見",
)  # fmt: skip
_NO_FACTORY = ("electricity_gas", "mining", "water")
_ISO = 3
_TOTALS = ("總出口", "出口總", "總進口", "進口總", "總額", "貿易總")
_TOPIC_LENGTH = 24
_HEAD = 8  # signs at the head of a sentence
_BY_GOODS = re.compile(r"主要(?:出口)?(?:貨品|產品|貨類)|[按依就以從](?:貨品|產品|貨類)|(?:貨品|產品|貨類)別")
_SUCH_AS = re.compile(r"[(（](?:例?如|含|包[含括])$")
"""電腦及其附屬單元（如伺服器）: an example, not the subject."""
_NEAR = 3  # signs between 占 and the whole


class SubjectZh(PeriodZh):
    """Follows subjects and periods through Chinese sentences."""

    lang = "zh"
    breaks = frozenset({"stop", "para", "colon"})

    # -- boundaries ---------------------------------------------------------------------------

    def on_sentence(self) -> None:
        """主要貨品以…: without another word the goods are those exported."""
        super().on_sentence()
        subject = self.state.subject
        if subject.commodity == "total" and subject.indicator in ("imports", "balance", "total_trade"):
            start, end = self.tokens[self.first].start, self.tokens[self.end - 1].end
            lead = self.text[max(0, start - _HEAD) : start + _HEAD]
            if _BY_GOODS.search(lead) and "進口" not in self.text[start:end]:
                self.state.subject = subject.but(indicator="exports")

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
                return (
                    last[:4] > f"{today:%Y}"
                    or last == f"{today:%Y}"
                    or "Q" in last
                    or last >= f"{today:%Y-%m}"
                )
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
        if causes and any(t.kind in ("commodity", "area") and t.start < causes[0].start for t in clause):
            return False  # 光學器材則因面板跌價…: the subject stood before the cause
        if any(t.is_claim for t in clause):
            later = [t for t in clause if t.start >= token.end and (t.is_claim or t.kind == "flow")]
            return bool(later) if causes else True
        return not causes and clause[-1].end - clause[0].start <= _TOPIC_LENGTH

    def on_commodity(self, token: Token) -> None:
        """A commodity group: the figures to come are of it."""
        if divides(self.text, token.start, token.end, "zh"):
            return
        if not self.accepts(token) or _SUCH_AS.search(self.text, max(0, token.start - 4), token.start):
            return
        state = self.state
        before = self.behind()
        joined = bool(before and before.kind == "enum") or self._joined(before, token)
        previous = self.behind(2 if before and before.kind == "enum" else 1)
        joined = joined and bool(previous and previous.kind == "commodity")
        if not self._among() and (
            self._own_flow(token) or not (state.named.partner or state.named.commodity)
        ):
            self._to_world()
        self.leave_balance()
        self._of_industry(token)
        self.take_group("commodity", token.code, joined=joined)
        state.subject = state.subject.but(commodity=token.code)
        state.named.commodity = True
        self.touch(token)

    def _own_flow(self, token: Token) -> bool:
        """對美占比23.4%，資通產品出口…: a new clause with goods and flow of its own is of the world."""
        after = self.ahead()
        flows = after is not None and after.kind == "flow" and after.start == token.end
        here = any(t.kind == "area" or t.does("prep") for t in self.clause())
        told = any(t.is_claim for t in self.tokens[self.first : self.at])
        return flows and told and not here

    def _of_industry(self, token: Token) -> None:
        """製造業…，電力及燃氣供應業…: no part of manufacturing."""
        subject = self.state.subject
        if subject.indicator == "manufacturing_production" and token.code in _NO_FACTORY:
            self.state.subject = subject.but(indicator="industrial_production")

    def _joined(self, before: Token | None, token: Token) -> bool:
        return self.gap(before, token) in ("及", "與", "和", "以及")

    def _among(self) -> bool:
        return any(t.does("among") for t in self.tokens[self.first : self.at])

    def _goods_among(self) -> bool:
        """其中電子產品…，來自美國的訂單…: 其中 was said of goods, in a clause that is over."""
        row = self.tokens[self.first : self.at]
        at = next((n for n, t in enumerate(row) if t.does("among")), len(row))
        goods = next((n for n, t in enumerate(row) if n > at and t.kind in ("commodity", "area")), len(row))
        over = any(t.kind == "comma" for t in row[goods:])
        return goods < len(row) and row[goods].kind == "commodity" and over

    def _to_world(self) -> None:
        state = self.state
        if not state.exporters:
            state.subject = state.subject.but(partner=WORLD, reporter=HOME)

    def on_flow(self, token: Token) -> None:
        """A flow: exports, imports, orders … A flow without a commodity is the total's."""
        if divides(self.text, token.start, token.end, "zh"):
            return
        if self._is_whole(token):
            self._of_whole(token)
            return
        if not (self.accepts(token) or any(t.is_claim for t in self.clause())):
            return
        state = self.state
        total = any(word in token.text for word in _TOTALS)
        if total or (not state.named.commodity and not self._keeps_commodity(token)):
            state.subject = state.subject.but(commodity="total" if total else state.topic)
        settled = state.named.partner or (state.named.flow and state.named.commodity)
        if not settled and not self._among():
            self._to_world()
        state.subject = state.subject.but(indicator=token.code)
        if state.slot == "indicator":
            state.group, state.slot = [], ""
        if token.code == "overseas_production_ratio":
            self.cue, state.mode = None, Mode("ratio")
        state.named.flow = True
        state.exporters = state.peers or (state.exporters and token.code == "exports")
        self.touch(token)

    def _of_whole(self, token: Token) -> None:
        """兩者合占總出口72.0%: a share of exports is of exports, when the sentence named no flow yet."""
        state = self.state
        if not state.named.flow and token.code in ("exports", "imports"):
            state.subject = state.subject.but(indicator=token.code)

    def _is_whole(self, token: Token) -> bool:
        """占總出口, 占全球出口占比: the whole that a share is of."""
        before, following = self.behind(), self.ahead()
        if before is None:
            return False
        if self._contributed_to(token):
            return True
        if before.does("share", "together") and token.start - before.end <= _NEAR:
            return True
        earlier = self.behind(2)
        if before.kind == "period" and earlier is not None and earlier.does("together"):
            return True
        shared = following is not None and following.does("share") and following.start == token.end
        return shared and before.kind == "area" and before.code == WORLD

    def _contributed_to(self, token: Token) -> bool:
        """對總出口年增率貢獻, 拖累總出口年增率, 貢獻出口成長…百分點: what is contributed to."""
        clause = self.clause()
        after = self.ahead()
        rated = after is not None and after.does("growth", "metric") and after.start == token.end
        at = [t.start for t in clause if t.does("contribution")]
        own = [t for t in clause if t.kind in ("commodity", "area") and t.start < token.start]
        return rated and bool(at) and (at[0] < token.start or not own)

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
        if token.code == WORLD and self._grows():
            state.subject = state.subject.but(reporter=WORLD, partner=WORLD)
            state.named.partner = True
            self.touch(token)
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
        elif self._exports(token, after) or self._next_exporter():
            state.subject = state.subject.but(reporter=token.code, partner=WORLD, indicator="exports")
            state.named.partner = True
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

    def _grows(self) -> bool:
        """全球平均年增6.5%, 全球伺服器出口平均年增: the world's own figure, no whole of a share."""
        end, n = self.tokens[self.at].end, 1
        while (after := self.ahead(n)) is not None and after.start == end:
            if after.does("growth"):
                return True
            if after.kind not in ("commodity", "flow"):
                return False
            end, n = after.end, n + 1
        return False

    def _next_exporter(self) -> bool:
        """同期南韓出口減10.3%、日本減4.3%: the next of those whose own exports are told."""
        subject = self.state.subject
        abroad = subject.reporter not in (HOME, WORLD) and subject.partner == WORLD
        return abroad and subject.indicator == "exports" and not any(t.does("prep") for t in self.clause())

    def _exports(self, token: Token, after: Token | None) -> bool:
        """同期南韓出口年減8.2%: without 對 the exports are theirs; not in a list of our markets."""
        flow = (
            after is not None
            and after.kind == "flow"
            and after.code == "exports"
            and after.start == token.end
        )
        if not flow or self.state.subject.indicator == "export_orders" or len(token.code) != _ISO:
            return False
        before = self.text[self.tokens[self.first].start : token.start]
        toward = any(t.does("prep") for t in self.tokens[self.first : self.at])
        return "同期" in before or not (toward or "市場" in before or "地區" in before)

    def _compared(self, token: Token) -> bool | None:
        """超越中國大陸 only compares (False); 超越對陸港的149.9億美元 tells a figure of it (True)."""
        if divides(self.text, token.start, token.end, "zh"):  # 是對歐洲的5.9倍
            return False
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
        mirrored = (
            head.does("prep")
            and len(following) > 1
            and following[1].code == HOME
            and following[1].kind == "area"
        )
        return market or mirrored

    def _home(self, token: Token, *, prep: bool) -> None:
        state = self.state
        subject = state.subject
        clause = self.clause()
        market = any(t.kind == "phrase" and "進口市場" in t.text for t in clause)
        if (
            prep
            or (
                subject.reporter != HOME
                and not state.exporters
                and subject.indicator == "imports"
                and not self._flow_follows(token)
            )
            or market
        ):
            state.subject = subject.but(partner=HOME)
            state.named.partner = True
        else:
            state.subject = subject.but(
                reporter=HOME,
                partner=WORLD
                if subject.partner == HOME or state.exporters or not state.named.partner
                else subject.partner,
            )
        self.touch(token)

    def _flow_follows(self, token: Token) -> bool:
        return any(t.kind == "flow" and t.start >= token.end for t in self.clause())

    def _partner(self, token: Token) -> None:
        state = self.state
        anew = not state.named.commodity or self._goods_among() or self._by_area(token)
        if (anew or self._own_partner_flow(token)) and (not self._among() or self._goods_among()):
            state.subject = state.subject.but(commodity=state.topic)
        before = self.behind()
        previous = self.behind(2)
        joined = bool(before and before.kind == "enum" and previous and previous.kind == "area")
        self.take_group("partner", token.code, joined=joined)
        state.subject = state.subject.but(partner=token.code)
        state.named.partner = True
        self.touch(token)

    def _own_partner_flow(self, token: Token) -> bool:
        """資通產品出口277億，對美出口213億: a new clause with partner and flow of its own is of all goods."""
        after, clause = self.ahead(), self.clause()
        flow = after is not None and after.kind == "flow" and after.start == token.end
        goods = any(t.kind == "commodity" for t in clause)
        told = any(t.is_claim for t in self.tokens[self.first : self.at] if t.start < clause[0].start)
        return flow and told and not goods

    def _by_area(self, token: Token) -> bool:
        """主要接單地區以美國…: told by area, so of all goods."""
        clause = self.clause()
        lead = self.text[clause[0].start - 6 if clause[0].start > 6 else 0 : token.start]  # noqa: PLR2004
        return "地區" in lead or "市場" in lead
