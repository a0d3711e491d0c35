"""Reading English: what a number is may stand before it or after it (*a 33.8% rise in imports*)."""

from __future__ import annotations

import re

from tidewaiter.check.read import periods
from tidewaiter.check.read.reader import Reader
from tidewaiter.check.read.state import HOME, WORLD, Mode, Named
from tidewaiter.check.read.tokens import Token

_NOT_SUBJECT = re.compile(
    r"(?:'s)?[ -](?:tariffs?|econom\w+|demand|government|president\w*|Fed\b|consumers?|election|trade (?:war|tension|dispute|deal|talks)|"
    r"officials?|administration|inflation|interest|stocks?|compan\w+|clients?|customers?|industr\w+|makers?|suppliers?|supply|prices?|"
    r"equipment|manufactur\w+|sectors?|firms?|foundr\w+|inventor\w+|giants?|applications?|developments?|boom|technolog\w+|based|led|made|"
    r"market conditions|brands?|vendors?|dollars?|currenc\w+|central|factor\w+|lockdown|investments?|policy|policies|chipmaker)",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?:demand for|(?<!orders )(?<!those )(?<!exports )(?<!shipments )(?<!that )\bfor|in the|prices? of|price for|makers? of|inventories of|"
    r"investment in|supply of)\s*$",
    re.IGNORECASE,
)
_INDUSTRY = re.compile(r" (?:manufacturing )?(?:industr|sector)", re.IGNORECASE)
_BUYERS = re.compile(r"(?:'s)?[ -](?:based )?(?:clients?|customers?|buyers?|compan)", re.IGNORECASE)
_TIES = ("in", "in total", "for", "in exports of", "in shipments to", "held by", "claimed by", "taken by")
_FAR = 40  # … and for "the previous record of"
_BACK = 24  # signs looked back over for a preposition


class ReadEn(Reader):
    """English."""

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
        return any(t.kind in ("semi",) for t in self.tokens[self.first : at])

    def on_comma(self, _: Token) -> None:
        """A new clause."""
        self.cue, self.state.mark = None, -1
        self.spent_basis()

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
        if _NOT_SUBJECT.match(self.text, token.end) or _FOR.search(self.text, max(0, token.start - _BACK), token.start):
            return False
        clause = self.clause()
        if any(t.does("cause") and t.start < token.start for t in clause):
            return any(t.is_claim and t.start > token.start for t in clause)
        return True

    def on_commodity(self, token: Token) -> None:
        """A commodity group."""
        if not self.accepts(token) and not self._produces(token):
            return
        state = self.state
        before, previous = self.behind(), self.behind(2)
        listed = bool(before and before.kind == "comma" and previous and previous.kind == "commodity")
        listed = listed or bool(before and before.kind == "commodity" and self.gap(before, token).strip(" ,") in ("and", ""))
        if not state.named.partner and not state.named.commodity and not self._among():
            self._to_world()
        if state.subject.indicator in ("balance", "total_trade") and not state.named.flow:
            state.subject = state.subject.but(indicator="exports")
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
        state = self.state
        if not self.accepts(token):
            return
        if self._compound(token):
            return
        if not state.named.commodity:
            state.subject = state.subject.but(commodity=state.topic)
        if not state.named.partner:
            self._to_world()
        self._own_reporter(token)
        state.subject = state.subject.but(indicator=token.code)
        state.named.flow = True
        self.touch(token)

    def _compound(self, token: Token) -> bool:
        """Export-oriented, export market, export growth: the word for exports as an ornament."""
        tail = self.text[token.end : token.end + 12].casefold()
        return tail.startswith(("-", " market", " control", " destination", " item", " sector", " categor", " bank"))

    def _own_reporter(self, token: Token) -> None:
        before = self.behind()
        if before and before.kind == "area" and before.code not in (HOME, WORLD) and self.gap(before, token) == "'s ":
            self.state.subject = self.state.subject.but(reporter=before.code, partner=WORLD)

    def on_area(self, token: Token) -> None:
        """An area: a partner, unless it is ours."""
        if token.code in (HOME, WORLD) or not (self.accepts(token) or self._orders_from(token)):
            return
        before = self.behind()
        if before and before.does("reference") and token.start - before.end <= 1:
            return
        state = self.state
        if not state.named.commodity and not self._among():
            state.subject = state.subject.but(commodity=state.topic)
        if state.subject.indicator in ("balance", "total_trade") and not state.named.flow:
            state.subject = state.subject.but(indicator="exports")
        previous = self.behind(2)
        listed = bool(before and before.kind == "comma" and previous and previous.kind == "area")
        listed = listed or bool(before and before.kind == "area" and self.gap(before, token).strip(" ,") in ("and", ""))
        self.take_group("partner", token.code, joined=listed)
        state.subject = state.subject.but(partner=token.code)
        state.named.partner = True
        self.touch(token)

    def _orders_from(self, token: Token) -> bool:
        """Orders placed by US clients are orders from the US."""
        buyers = _BUYERS.match(self.text, token.end)
        return self.state.subject.indicator == "export_orders" and buyers is not None

    # -- period -------------------------------------------------------------------------------

    def _is_reference(self, token: Token) -> bool:
        lead = self.text[max(0, token.start - _BACK) : token.start].casefold().rstrip(" '\"")
        if lead.endswith(("since", "than in", "compared with", "compared to", "from")):
            return True
        for n in (1, 2, 3, 4):
            before = self.behind(n)
            if before is None or before.kind in ("comma", "semi", "flow"):
                return False
            if before.does("reference"):
                return True
        return False

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

    # -- words --------------------------------------------------------------------------------

    def on_word(self, token: Token) -> None:
        """A word that says what the numbers near it are."""
        kind, state = token.word.kind, self.state
        if kind == "growth":
            if not self._ornament(token):
                self.cue = token
                self.touch(token)
        elif kind in ("share", "ratio", "contribution"):
            if not token.text.casefold().startswith("of "):
                self.cue = token
            self.touch(token)
        elif kind in ("forecast", "target", "consensus"):
            if kind == "forecast" and token.text in ("May", "Will"):
                return
            asked = kind == "forecast" and any(t.does("consensus") for t in self.clause())
            state.modality = "consensus" if asked else kind
            self.touch(token)
        elif kind == "each":
            state.mark = -1
        elif kind == "ytd":
            month = state.main
            if periods.is_month(month):
                state.period = periods.to_date(int(month[:4]), int(month[5:]))
            self.touch(token)
        elif kind == "others":
            self.step_aside(token, token.word.code)
        elif kind == "exporters":
            state.exporters = True
        elif kind == "base":
            after = self.ahead()
            if after and after.kind == "comma" and not any(t.is_claim for t in self.clause()):
                state.basis = token.word.basis
                self.basis_used = False

    def _ornament(self, token: Token) -> bool:
        """``up to``, ``rise in demand``: no growth of trade."""
        low = token.text.casefold()
        tail = self.text[token.end : token.end + 14].casefold()
        return (low in ("up", "more", "down", "less", "lower", "higher") and tail.startswith((" to a", " against", " on the", " side"))) or (
            tail.startswith((" in demand", " momentum", " of ai", " in oil"))
        )

    # -- numbers ------------------------------------------------------------------------------

    def _basis(self, token: Token, cue: Token | None) -> str:
        """yoy, mom, qoq: told by the word itself, else by the nearest comparison in the clause."""
        if cue is not None and cue.word.basis:
            return cue.word.basis
        clause = self.clause()
        behind = [t for t in clause if t.does("base") and t.start >= token.end]
        stop = next((t.start for t in clause if t.is_number and t.start > token.start and not token.role), len(self.text))
        near = [t for t in behind if t.start < stop]
        ahead = [t for t in clause if t.does("base") and t.end <= token.start]
        chosen = near[0] if near else (ahead[-1] if ahead else None)
        return chosen.word.basis if chosen else ""

    def on_percent(self, token: Token) -> None:
        """A growth or a share."""
        after = self.ahead()
        near = after if after and after.start - token.end <= 2 else None
        hedge = self.hedged(token)
        if self.state.subject.indicator == "other":
            return
        if near and near.does("share") and near.text.casefold().startswith(("of ", "share")):
            self._of_what(near)
            self._tell(token, Mode("share"), hedge, near)
            return
        if near and near.does("growth") and near.text.casefold() not in ("up", "down", "rising", "falling"):
            self._of_what(near)
            beyond = self.ahead(2)
            if beyond and beyond.does("consensus", "forecast") and beyond.start - near.end <= 1:
                self._foretell(token, hedge, near.word.sign)
                return
            self._tell(token, Mode("growth", near.word.sign, self._basis(token, near)), hedge, near)
            return
        if near and near.does("forecast", "consensus") and near.text.casefold() in ("forecast", "expected by", "consensus"):
            self._foretell(token, hedge)
            return
        cue = self.cue
        if cue or self.state.mode.kind:
            self.share_out(token)
        if cue and cue.does("growth"):
            self._tell(token, Mode("growth", cue.word.sign, self._basis(token, cue)), hedge, token)
        elif cue and cue.does("share", "ratio"):
            self._tell(token, Mode(cue.word.kind), hedge, token)
        elif near and near.does("base"):
            self._tell(token, Mode("growth", 1, near.word.basis), hedge, token)
        elif self.state.mode.kind:
            self._tell(token, self.state.mode, hedge, token)
        elif self.state.subject.indicator in ("overseas_production_ratio", "gdp"):
            self._tell(token, Mode("ratio" if self.state.subject.indicator[0] == "o" else "growth"), hedge, token)

    def _foretell(self, token: Token, hedge: str, sign: int = 0) -> None:
        """Beating the 28.5% forecast in a poll: that number had been expected."""
        state = self.state
        keep = state.modality
        state.modality = "consensus" if any(t.does("consensus") for t in self.clause()) else "forecast"
        self._tell(token, Mode("growth", sign or state.last_sign or 1), hedge, token)
        state.modality = keep

    def _of_what(self, noun: Token) -> None:
        """A 129.8% increase in ICT products: the subject stands behind."""
        at = self.tokens.index(noun, self.first) + 1
        while at < self.end and self.tokens[at].does("base", "period"):
            at += 1
        if at >= self.end:
            return
        behind = self.tokens[at]
        if behind.kind in ("flow", "commodity", "area") and self.text[noun.end : behind.start].strip() in _TIES:
            here, self.at = self.at, at
            if behind.kind == "commodity":
                self.state.named.partner = False
            getattr(self, f"on_{behind.kind}")(behind)
            self.at = here

    def _tell(self, token: Token, mode: Mode, hedge: str, last: Token) -> None:
        """The claim of a percentage, for each period told right behind it."""
        places = self._behind_number(token)
        state = self.state
        for at, place in enumerate(places or [None]):
            if place is not None:
                period = self.period_of(place)
                if period:
                    self._settle(place, period)
            end = (place or last).end if at else max(token.end, last.end)
            if at:
                state.mark = places[at - 1].end
            piece = token if end == token.end else Token("percent", token.start, end, "", value=token.value, signed=token.signed, role=token.role)
            if mode.kind == "growth":
                self.tell_growth(piece, mode, hedge)
            else:
                name, of = self.foretold(token, self.span_name(mode.kind, state.period))
                self.emit(piece, name, token.value, "percent", hedge=hedge, of=of)
                state.mode = mode
        state.named.commodity = state.named.partner = False

    def _settle(self, place: Token, period: str) -> None:
        here, self.at = self.at, self.tokens.index(place, self.first)
        if not self._is_reference(place):
            self.set_period(period)
        else:
            self.state.period = period
        self.at = here

    def on_amount(self, token: Token) -> None:
        """A level, or a change when *by* or a word of growth stands right before it."""
        state = self.state
        if token.unit.endswith(" "):
            token.unit += "USD"
        if not token.unit.startswith("1e") or token.unit.endswith("XXX") or token.unit == "1e3 USD" or state.subject.indicator == "other":
            return
        before = self.behind()
        if before and before.kind == "open" and self._converts(token):
            return
        self._flow_behind(token)
        hedge = self.hedged(token)
        self.share_out(token)
        base = self._comes_from(token)
        cue = self._change_word(token)
        if cue is not None:
            state.basis = self._basis(token, cue)
            self.tell_change(token, cue.word.sign, hedge)
            state.basis = ""
        else:
            places = [] if base else self._behind_number(token)
            if places and (period := self.period_of(places[0])):
                self._settle(places[0], period)
            name, of = self.foretold(token, self.span_name("level", state.period))
            self.emit(token, name, token.value, token.unit, hedge=hedge, of=of, period=base)
        state.named.commodity = state.named.partner = False

    def _converts(self, token: Token) -> bool:
        """NT$1.17 trillion (US$36.5 billion): the same amount again."""
        earlier = self.behind(2)
        return bool(earlier and earlier.kind == "amount" and earlier.unit[-3:] != token.unit[-3:])

    def _flow_behind(self, token: Token) -> None:
        """An 8.1-billion-dollar surplus, US$5 billion in imports: the flow stands behind."""
        after = self.ahead()
        if after is None or after.kind != "flow":
            return
        gap = self.text[token.end : after.start].strip(" -")
        if gap in ("", "in", "worth of", "trade", "in total"):
            here, self.at = self.at, self.at + 1
            self.on_flow(after)
            self.at = here

    def _change_word(self, token: Token) -> Token | None:
        """The growth word right before an amount: rose by, an increase of, up US$."""
        before = self.behind()
        if before is not None and before.does("hedge_before"):
            before = self.behind(2)
        if before is None or not before.does("growth"):
            return None
        gap = self.text[before.end : token.start].casefold()
        for hedge in ("about", "around", "nearly", "almost", "over", "more than", "some"):
            gap = gap.replace(hedge, "")
        return before if gap.strip() in ("", "by", "of", "by a") else None

    def _comes_from(self, token: Token) -> str:
        """The period of ``from US$40 billion a year earlier``; empty for a plain level."""
        if "previous" in self.text[max(0, token.start - _FAR) : token.start]:
            places = self._behind_number(token)
            return self.period_of(places[0]) if places else ""
        if not self.text[max(0, token.start - 8) : token.start].casefold().rstrip().endswith(("from", "than")):
            return ""
        after = self.ahead()
        period = self.state.period
        if after and after.does("base") and periods.is_month(period):
            year, month = int(period[:4]), int(period[5:])
            if after.word.basis == "yoy":
                return f"{year - 1:04d}-{month:02d}"
            return f"{year:04d}-{month - 1:02d}" if month > 1 else f"{year - 1:04d}-12"
        if after and after.kind == "period":
            return self.period_of(after)
        return ""

    def on_pp(self, token: Token) -> None:
        """Percentage points."""
        cue = self.cue
        if cue is None:
            return
        if cue.does("contribution"):
            value = f"-{token.value}" if cue.word.sign < 0 and not token.signed else token.value
            self.emit(token, "contribution", value, "percentage_point", hedge=self.hedged(token))
            return
        self.tell_points(token, cue.word.sign or 1, self.hedged(token))

    def on_index(self, token: Token) -> None:
        """The points of a production index."""
        if self.state.subject.indicator in ("industrial_production", "manufacturing_production"):
            name, of = self.foretold(token, self.span_name("level", self.state.period))
            self.emit(token, name, token.value, "index", of=of)

    # -- phrases ------------------------------------------------------------------------------

    def _of_before(self, token: Token) -> bool:
        """The previous record: not the one that is told."""
        return self.text[max(0, token.start - 10) : token.start].casefold().endswith(("previous ", "earlier ", "prior "))

    def on_phrase(self, token: Token) -> None:
        """A claim in words."""
        entry, state = token.entry, self.state
        if entry is None or state.subject.indicator == "other" or self._of_before(token):
            return
        value = self.phrase_value(token)
        self.touch(token)
        statistic, of = entry.statistic, entry.of
        direction = self.cue.word.sign if self.cue and self.cue.does("growth") else state.last_sign
        if entry.tone == "context":
            statistic, of = ("worst_in_n" if direction < 0 else "best_in_n"), "yoy"
        elif statistic in ("streak", "prev_streak"):
            of = of if of != "yoy" else ("yoy-" if direction < 0 else "yoy+")
            if state.modality == "forecast":
                statistic, of = "forecast", f"streak{of[-1]}"
        elif statistic in ("best_in_n", "worst_in_n"):
            of = "level" if any(word in token.text.casefold() for word in ("highest", "lowest")) else "yoy"
        if state.modality != "observed" and statistic in ("record", "turn"):
            state.mark = -1
            return
        state.mark = token.start if statistic in ("record", "best_in_n", "worst_in_n") else state.mark
        cue = self.cue
        self.emit(token, statistic, value, entry.unit, of=of)
        self.cue = cue
