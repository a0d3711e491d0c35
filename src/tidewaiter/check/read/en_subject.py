"""English subjects and periods: who is spoken of, and when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.check.read.reader import Reader
from tidewaiter.check.read.state import HOME, WORLD, Mode, Named
from tidewaiter.check.read.times import divides

if TYPE_CHECKING:
    from tidewaiter.check.read.tokens import Token

_NOT_SUBJECT = re.compile(
    r"(?:'s)?[ -](?:tariffs?|econom\w+|demand|government|president\w*|Fed\b|consumers?|election|"
    r"trade (?:war|tension|dispute|deal|talks)|"
    r"officials?|administration|inflation|interest|stocks?|compan\w+|clients?|customers?|industr\w+|makers?|suppliers?|supply|prices?|"
    r"equipment|manufactur\w+|sectors?|firms?|foundr\w+|inventor\w+|giants?|applications?|developments?|boom|"
    r"technolog\w+|based|led|made(?! up)|"
    r"market conditions|brands?|vendors?|dollars?|currenc\w+|central|factor\w+|lockdown|"
    r"investments?|policy|policies|chipmaker)",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?:demand for|(?<!orders )(?<!those )(?<!exports )(?<!shipments )(?<!that )\bfor|in the|"
    r"prices? of|price for|makers? of|inventories of|"
    r"investment in|supply of)\s*$",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"shares? (?:in|of) (?:the |our |its |total |all |overall |Taiwan's )*$", re.IGNORECASE
)
_INDUSTRY = re.compile(r" (?:manufacturing )?(?:industr|sector)", re.IGNORECASE)
_BUYERS = re.compile(r"(?:'s)?[ -](?:based )?(?:clients?|customers?|buyers?|compan)", re.IGNORECASE)
_BACK = 24  # signs looked back over for a preposition


class SubjectEn(Reader):
    """Follows subjects and periods through English sentences."""

    lang = "en"
    breaks = frozenset({"stop", "para"})

    # -- boundaries ---------------------------------------------------------------------------

    def on_sentence(self) -> None:
        """A sentence; where no period stands before its first claim, the first one behind it counts."""
        super().on_sentence()
        for at in range(self.first, self.end):
            token = self.tokens[at]
            if token.kind == "period":
                self.at = at
                if not self._is_reference(token) and not self._follows_number(at):
                    self._enter(token)
                return

    def _follows_number(self, at: int) -> bool:
        """Claims of two parts of a sentence each have their own period: only the first part looks ahead."""
        return any(t.kind == "semi" for t in self.tokens[self.first : at])

    def on_comma(self, _: Token) -> None:
        """A new clause."""
        self.cue, self.state.mark = None, -1
        self.spent_basis()
        if self.state.modality == "consensus" and self.told_expected():
            self.state.modality = "observed"

    def told_expected(self) -> bool:
        """What had been expected has been told: the next clause is of what came."""
        return bool(self.drafts) and self.drafts[-1].modality == "consensus"

    def on_semi(self, token: Token) -> None:
        """A new part: it may name its subject anew, and forecasts end."""
        self.on_comma(token)
        self.back_to_trade()
        state = self.state
        state.named, state.basis, state.modality = Named(period=state.named.period), "", "observed"

    def on_open(self, _: Token) -> None:
        """A bracket."""
        self.state.mark = -1

    def on_colon(self, _: Token) -> None:
        """A lead ends."""
        self.state.mark = -1

    # -- subject ------------------------------------------------------------------------------

    def accepts(self, token: Token) -> bool:
        """The name is the subject of a figure, not a cause or an ornament."""
        if _NOT_SUBJECT.match(self.text, token.end) or _FOR.search(
            self.text, max(0, token.start - _BACK), token.start
        ):
            return False
        clause = self.clause()
        cause = next((t.start for t in clause if t.does("cause") and t.start < token.start), -1)
        return cause < 0 or any(t.is_claim and t.start > cause for t in clause)

    def on_commodity(self, token: Token) -> None:
        """A commodity group."""
        if divides(self.text, token.start, token.end, "en"):
            return
        if not self.accepts(token) and not self._produces(token):
            return
        state = self.state
        before, previous = self.behind(), self.behind(2)
        listed = bool(before and before.kind == "comma" and previous and previous.kind == "commodity")
        listed = listed or bool(
            before and before.kind == "commodity" and self.gap(before, token).strip(" ,") in ("and", "")
        )
        if not state.named.partner and not state.named.commodity and not self._among():
            self._to_world()
        self.leave_balance()
        self.take_group("commodity", token.code, joined=listed)
        state.subject = state.subject.but(commodity=token.code)
        state.named.commodity = True
        self.touch(token)

    def _produces(self, token: Token) -> bool:
        """In a report on production an industry is what figures are told of."""
        made = self.state.subject.indicator in ("industrial_production", "manufacturing_production")
        return made and _INDUSTRY.match(self.text, token.end) is not None

    def _among(self) -> bool:
        return any(t.does("among") for t in self.tokens[self.first : self.at])

    def _to_world(self) -> None:
        state = self.state
        if not state.exporters:
            state.subject = state.subject.but(partner=WORLD, reporter=HOME)

    def on_flow(self, token: Token) -> None:
        """A flow; without a commodity or partner named for it, it is the total with the world."""
        if divides(self.text, token.start, token.end, "en"):
            return
        state = self.state
        if not self.accepts(token) or self._sector(token):
            return
        if self._compound(token) or self._contributed_to(token) or self._divided(token):
            return
        if not state.named.commodity:
            state.subject = state.subject.but(commodity=state.topic)
        if not state.named.partner and not self._from_home(token):
            self._to_world()
        self._own_reporter(token)
        state.subject = state.subject.but(indicator=token.code)
        state.named.flow = True
        self.touch(token)

    def _sector(self, token: Token) -> bool:
        """Manufacturing by itself is a figure only in a report on production."""
        made = self.state.subject.indicator in ("industrial_production", "manufacturing_production")
        return token.text.casefold() == "manufacturing" and not made

    def _contributed_to(self, token: Token) -> bool:
        """To the growth of total exports: behind the points, what they add to."""
        lead = self.text[max(0, token.start - 24) : token.start].casefold()
        point = self.behind()
        late = point is not None and any(
            t.kind == "pp" for t in (point, self.behind(2) or point, self.behind(3) or point)
        )
        return late and ("growth of" in lead or "growth in" in lead)

    def _from_home(self, token: Token) -> bool:
        """Imports from Taiwan are those of the country spoken of."""
        after = self.ahead()
        after = self.ahead(2) if after and after.does("prep") else after
        abroad = self.state.subject.reporter not in (HOME, WORLD)
        source = after is not None and after.kind == "area" and after.code == HOME
        return abroad and token.code == "imports" and source and self.gap(token, after).strip() == "from"

    def _divided(self, token: Token) -> bool:
        """Its share in exports of servers: the whole that a partner's share is of."""
        state = self.state
        whole = _SHARE_OF.search(self.text, max(0, token.start - _BACK), token.start)
        if whole is None or state.subject.partner == WORLD or token.code != state.subject.indicator:
            return False
        state.named.partner = True
        return True

    def _compound(self, token: Token) -> bool:
        """Export-oriented, export market, export growth: the word for exports as an ornament."""
        tail = self.text[token.end : token.end + 12].casefold()
        return tail.startswith(
            ("-", " market", " control", " destination", " item", " sector", " categor", " bank")
        )

    def _own_reporter(self, token: Token) -> None:
        before = self.behind()
        if (
            before
            and before.kind == "area"
            and before.code not in (HOME, WORLD)
            and self.gap(before, token) == "'s "
        ):
            self.state.subject = self.state.subject.but(reporter=before.code, partner=WORLD)

    def on_area(self, token: Token) -> None:
        """An area: a partner, unless it is ours."""
        if divides(self.text, token.start, token.end, "en"):
            return
        if token.code == HOME:
            self._home()
        elif token.code == WORLD and self._those_of(token):
            self.state.subject = self.state.subject.but(reporter=WORLD, partner=WORLD)
            self.state.named.partner = True
        if token.code in (HOME, WORLD) or not (self.accepts(token) or self._orders_from(token)):
            return
        before = self.behind()
        if before and before.does("reference") and token.start - before.end <= 1:
            return
        state = self.state
        if token.code == state.subject.reporter:
            return
        if state.exporters or self._owner(token):
            indicator = state.subject.indicator if state.exporters else self._owner(token)
            state.subject = state.subject.but(reporter=token.code, partner=WORLD, indicator=indicator)
            self.touch(token)
            return
        if not state.named.commodity and not self._among():
            state.subject = state.subject.but(commodity=state.topic)
        self.leave_balance()
        previous = self.behind(2)
        listed = bool(before and before.kind == "comma" and previous and previous.kind == "area")
        listed = listed or bool(
            before and before.kind == "area" and self.gap(before, token).strip(" ,") in ("and", "")
        )
        self.take_group("partner", token.code, joined=listed)
        state.subject = state.subject.but(partner=token.code)
        state.named.partner = True
        self.touch(token)

    def _home(self) -> None:
        """Taiwan as an exporter among others, or as the source of another's imports."""
        state, subject = self.state, self.state.subject
        if state.exporters:
            state.subject = subject.but(reporter=HOME, partner=WORLD)
        elif subject.reporter not in (HOME, WORLD) and subject.indicator == "imports":
            state.subject, state.named.partner = subject.but(partner=HOME), True

    def supplied(self, token: Token) -> None:
        """Taiwan is the second-largest supplier of servers to the United States: whose imports those are."""
        areas = [t for t in self.tokens[self.first : self.end] if t.kind == "area"]
        before = [t.code for t in areas if t.end <= token.start]
        behind = [t for t in areas if t.start >= token.end]
        if not token.text.casefold().endswith(("supplier", "source")) or not before or not behind:
            return
        if self.text[token.end : behind[0].start].rstrip().endswith((" to", " to the")):
            self.state.subject = self.state.subject.but(
                reporter=behind[0].code, partner=before[-1], indicator="imports"
            )
            self.state.named.partner = True

    def _those_of(self, token: Token) -> bool:
        """Those of the world, world exports: told of the world itself, where no share is."""
        after = self.ahead()
        if after and after.kind == "flow" and after.start == token.end + 1:
            return not any(t.does("share", "worldshare") for t in self.clause())
        return (
            self.text[max(0, token.start - 14) : token.start]
            .casefold()
            .endswith(("those of the ", "those of "))
        )

    def _owner(self, token: Token) -> str:
        """Imports of servers of the United States: the flow of theirs that is told; empty when it is ours."""
        lead = self.text[max(0, token.start - 8) : token.start].casefold()
        goods = self.behind()
        if not lead.endswith((" of ", " of the ")) or goods is None:
            return ""
        flow = self.behind(2) if goods.kind == "commodity" else goods
        told = flow is not None and flow.kind == "flow" and flow.code in ("exports", "imports")
        return flow.code if told and flow is not None else ""

    def word_worldshare(self, token: Token) -> None:
        """Shares in world exports: the areas to come are exporters, their percentages shares."""
        self.state.exporters, self.state.mode = True, Mode("share")
        named = [
            t.code for t in self.clause() if t.kind == "area" and t.code != WORLD and t.start < token.start
        ]
        subject = self.state.subject.but(indicator="exports", partner=WORLD)
        self.state.subject = subject.but(reporter=named[-1]) if named else subject
        self.touch(token)

    def _orders_from(self, token: Token) -> bool:
        """Orders placed by US clients are orders from the US."""
        buyers = _BUYERS.match(self.text, token.end)
        return self.state.subject.indicator == "export_orders" and buyers is not None

    # -- period -------------------------------------------------------------------------------

    def _is_reference(self, token: Token) -> bool:
        lead = self.text[max(0, token.start - _BACK) : token.start].casefold().rstrip(" '\"")
        if ".." in self.period_of(token):  # from 2018 to 2023
            return False
        if lead.endswith(("since", "than in", "compared with", "compared to", "from")):
            return True
        if token.text.casefold() == "this year" and self._behind_streak(token):
            return True
        for n in (1, 2, 3, 4):
            before = self.behind(n)
            if before is None or before.kind in ("comma", "semi", "flow"):
                return False
            if before.does("reference"):
                return True
        return False

    def _behind_streak(self, token: Token) -> bool:
        """The eighth month of growth this year: still told of the month."""
        at = self.tokens.index(token, self.first)
        before = self.tokens[at - 1] if at > self.first else None
        return before is not None and before.kind == "phrase" and token.start <= before.end + 1

    def on_period(self, token: Token) -> None:
        """A period; one that has only been compared with is left alone."""
        if self._is_reference(token):
            return
        self._enter(token)
        self.touch(token)

    def _enter(self, token: Token) -> None:
        modality = self.state.modality
        if modality == "observed" and any(t.does("forecast", "target") for t in self.clause()):
            self.state.modality = "forecast"
        period = self.period_of(token)
        if period:
            self.set_period(period)
        self.state.modality = modality

    def _behind_number(self, token: Token) -> list[Token]:
        """The period(s) told right behind a number: *fell 23% in November and December*."""
        found: list[Token] = []
        at = self.tokens.index(token, self.first) + 1
        while at < self.end:
            other = self.tokens[at]
            if other.kind == "period":
                if found and self.gap(found[-1], other).strip() != "and":
                    break
                found.append(other)
            elif found or not other.does("growth", "base", "hedge_after", "ytd"):
                break
            at += 1
        lead = self.text[token.end : found[0].start] if found else ""
        return found if " in " in lead or " for " in lead or " during " in lead else []
