"""English words and numbers: what a number is may stand before it or after it (*a 33.8% rise in imports*)."""

from __future__ import annotations

import re

from tidewaiter.check.read import periods
from tidewaiter.check.read.en_basis import BasisEn
from tidewaiter.check.read.state import Mode
from tidewaiter.check.read.times import is_ratio
from tidewaiter.check.read.tokens import Token

_TIES = (
    "in",
    "of",
    "of total",
    "in total",
    "for",
    "in exports of",
    "in shipments to",
    "held by",
    "claimed by",
    "taken by",
)
_OWN_RATES = {"overseas_production_ratio": "ratio", "gdp": "growth"}
_FIGURED = ("amount", "commodity", "area", "flow")
_TO_GROWTH = re.compile(
    r" (?:to|off|from) (?:the |total |overall |headline |annual |export |import )*"
    r"(?:growth|rate|increase|expansion|gain|headline)"
)
_BEYOND = re.compile(
    r",? (?:\([^()]{1,12}\) )?(?P<way>more|higher|less|lower|fewer|smaller|larger|wider|narrower) than"
    r"(?P<month>(?: in| for)? (?:the |a )?"
    r"(?:(?:previous|prior|preceding|last) month|month (?:earlier|ago)))?"
)
_SPLIT = re.compile(
    r"\bof the [\d.]+ ?(?:%|percent) (?:annual )?(?:growth|increase|gain|rise|expansion)", re.IGNORECASE
)
_COMPARED = re.compile(
    r"(?:from|than|ed with|ed to|versus|against)(?: an?(?: trade)? (?:deficit|surplus) of| the)? ?$",
    re.IGNORECASE,
)
_RECORDED = re.compile(
    r" (?:recorded|posted|seen|registered|reported|logged) (?:a year (?:earlier|ago|before)|in the same)"
)
_LEVEL_OF = 24  # signs between "above" and "a year ago"
_NEAR = 2  # signs between a number and the word that tells what it is
_FAR = 40  # signs looked back over for "the previous record of"


class NumbersEn(BasisEn):
    """What a number is: by the word behind it, else by the one before it."""

    # -- words --------------------------------------------------------------------------------

    def word_growth(self, token: Token) -> None:
        """A growth: of the number before it or behind it."""
        moved = self.cue is not None and self.cue.does("share", "ratio")
        if moved and self.text.startswith((" to ", " from "), token.end):
            self.state.mode = Mode("share")
            return  # the share slipped to 31.1 percent: still a share
        if not self._ornament(token):
            self.cue = token
            self.touch(token)

    def word_share(self, token: Token) -> None:
        """A share; ``of total exports`` is told of the number before it only."""
        if not token.text.casefold().startswith("of "):
            self.cue = token
        self.touch(token)

    word_ratio = word_contribution = word_share

    def word_forecast(self, token: Token) -> None:
        """From here on it is foretold, aimed at, or had been expected."""
        kind = token.word.kind
        if kind == "forecast" and any(t.does("consensus") for t in self.clause()):
            kind = "consensus"
        self.state.modality = kind
        self.touch(token)

    word_target = word_consensus = word_forecast

    def word_each(self, _: Token) -> None:
        """``respectively`` belongs to no claim."""
        self.state.mark = -1

    def word_ytd(self, token: Token) -> None:
        """``so far``: January up to the month spoken of."""
        month = self.state.main
        if periods.is_month(month):
            self.state.period = periods.to_date(int(month[:4]), int(month[5:]))
        self.touch(token)

    def word_exporters(self, _: Token) -> None:
        """Major exporters: the areas to come are reporters."""
        self.state.exporters = True

    def word_risers(self, token: Token) -> None:
        """``With rises in ICT products (US$61.05 billion, +69.0%)``: amounts in brackets are changes."""
        self.state.rising = token.word.sign
        self.touch(token)

    def word_base(self, token: Token) -> None:
        """``On a monthly basis,`` holds for the clause behind the comma."""
        after = self.ahead()
        if after and after.kind == "comma" and not any(t.is_claim for t in self.clause()):
            self.state.basis, self.basis_used = token.word.basis, False

    def _ornament(self, token: Token) -> bool:
        """``up to``, ``rise in demand``: no growth of trade."""
        low = token.text.casefold()
        tail = self.text[token.end : token.end + 14].casefold()
        return (
            low in ("up", "more", "down", "less", "lower", "higher")
            and tail.startswith((" to a", " against", " on the", " side"))
        ) or (tail.startswith((" in demand", " momentum", " of ai", " in oil")))

    # -- numbers ------------------------------------------------------------------------------

    def on_percent(self, token: Token) -> None:
        """A growth or a share: by the word right behind it, else by the one before it."""
        if self.state.subject.indicator == "other":
            return
        after = self.ahead()
        near = after if after and after.start - token.end <= _NEAR else None
        hedge = self.hedged(token)
        if is_ratio(self.text, token.start, token.end, "en"):
            self.tell_times(token, "exact" if hedge == "times" else hedge)
            return
        if near is None or not self._told_behind(token, near, hedge):
            self._told_before(token, near, hedge)

    def _told_behind(self, token: Token, near: Token, hedge: str) -> bool:
        """38.3% of all exports, a 33.8% rise in imports, the 28.5% forecast."""
        low = near.text.casefold()
        if near.does("worldshare"):
            self.word_worldshare(near)
            self._tell(token, Mode("share"), hedge, near)
        elif near.does("share") and low.startswith(("of ", "share")):
            self._of_what(near)
            self._tell(token, Mode("share"), hedge, near)
        elif near.does("growth") and low not in ("up", "down", "rising", "falling"):
            self._of_what(near)
            beyond = self.ahead(2)
            if beyond and beyond.does("consensus", "forecast") and beyond.start - near.end <= 1:
                self._foretell(token, hedge, near.word.sign)
            else:
                self._tell(token, Mode("growth", near.word.sign, self.basis_of(token, near)), hedge, near)
        elif near.does("reference") and low in ("higher than", "lower than"):
            sign = 1 if low.startswith("higher") else -1
            self._tell(token, Mode("growth", sign, self.basis_of(token, None)), hedge, token)
        elif low in ("above", "below") and self._level_then(near):
            sign = 1 if low == "above" else -1
            self._tell(token, Mode("growth", sign, self.basis_of(token, None)), hedge, near)
        elif near.does("forecast", "consensus") and low in ("forecast", "expected by", "consensus"):
            self._foretell(token, hedge)
        else:
            return False
        return True

    def _level_then(self, near: Token) -> bool:
        """4.3% above the level a year ago."""
        then = self.ahead(2)
        return then is not None and then.does("base") and then.start - near.end <= _LEVEL_OF

    def _told_before(self, token: Token, near: Token | None, hedge: str) -> None:
        cue, mode = self.cue, self.state.mode
        if cue or mode.kind:
            self.share_out(token)
        if self._after_points(token):
            mode = Mode("share")
        elif cue and cue.does("growth"):
            mode = Mode("growth", cue.word.sign, self.basis_of(token, cue))
        elif cue and cue.does("share", "ratio"):
            mode = Mode(cue.word.kind)
        elif near and near.does("base"):
            mode = Mode("growth", 1, near.word.basis)
        elif mode.kind == "growth" and (told := self.basis_of(token, None)):
            mode = Mode("growth", mode.sign, told)
        elif self._signed_aside(token):
            mode = Mode("growth", 1, self.basis_of(token, None))
        elif not mode.kind:
            mode = Mode(_OWN_RATES.get(self.state.subject.indicator, ""))
        if mode.kind:
            self._tell(token, mode, hedge, token)

    def _after_points(self, token: Token) -> bool:
        """Their share slipped 4.1 percentage points to 26.0 percent: what the points lead to is a share."""
        before = self.behind()
        before = self.behind(2) if before is not None and before.does("prep") else before
        return (
            before is not None and before.kind == "pp" and self.gap(before, token).strip() in ("to", "to a")
        )

    def _signed_aside(self, token: Token) -> bool:
        """US$34.43 billion (+65.6%): a sign in a bracket behind a figure or a name is a growth."""
        before, earlier = self.behind(), self.behind(2)
        opened = before is not None and before.kind in ("open", "comma")
        return token.signed and opened and bool(earlier) and earlier.kind in _FIGURED  # type: ignore[union-attr]

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
        if behind.does("share") and behind.text.casefold().endswith("exports"):  # the growth of exports
            if self.state.subject.indicator in ("balance", "total_trade"):
                self.state.subject = self.state.subject.but(indicator="exports", commodity="total")
            return
        if (
            behind.kind in ("flow", "commodity", "area")
            and self.text[noun.end : behind.start].strip() in _TIES
        ):
            here, self.at = self.at, at
            if behind.kind == "commodity":
                self.state.named.partner = False
            getattr(self, f"on_{behind.kind}")(behind)
            if behind.kind == "flow":
                self._whose(behind)
            self.at = here

    def _whose(self, flow: Token) -> None:
        """A 21.1 percent drop in orders from Europe: whose they are stands behind the flow."""
        area = next((t for t in (self.ahead(), self.ahead(2)) if t and t.kind == "area"), None)
        if area is not None and self.gap(flow, area).strip() in ("from", "to", "from the", "to the"):
            self.at = self.tokens.index(area, self.first)
            self.on_area(area)

    def _tell(self, token: Token, mode: Mode, hedge: str, last: Token) -> None:
        """The claim of a percentage, for each period told right behind it."""
        places = self._behind_number(token)
        state, keep = self.state, ""
        for at, place in enumerate(places or [None]):
            if place is not None:
                period = self.period_of(place)
                if period:
                    keep = self._settle(place, period)
            end = (place or last).end if at else max(token.end, last.end)
            if at:
                state.mark = places[at - 1].end
            piece = (
                token
                if end == token.end
                else Token(
                    "percent", token.start, end, "", value=token.value, signed=token.signed, role=token.role
                )
            )
            if mode.kind == "growth":
                self.tell_growth(piece, mode, hedge)
            else:
                name, of = self.foretold(token, self.span_name(mode.kind, state.period))
                if self._many(token, name):
                    name, of = "all_in_range", "share"
                name, of = self.of_every_year(token, name, of)
                self.emit(piece, name, token.value, "percent", hedge=hedge, of=of)
                state.mode = mode
        state.period = keep or state.period
        state.named.commodity = state.named.partner = False

    def _many(self, token: Token, name: str) -> bool:
        """Shares between 64.7% and 80.6%: several, and no single one."""
        if token.role == "high":
            return bool(self.drafts) and self.drafts[-1].statistic == "all_in_range"
        plural = self.cue is not None and self.cue.text.casefold() == "shares"
        return bool(token.role) and name.endswith("share") and plural

    def _settle(self, place: Token, period: str) -> str:
        """Go to that period; the one to come back to when it is only compared with, else empty."""
        here, self.at = self.at, self.tokens.index(place, self.first)
        keep = self.state.period if self._is_reference(place) else ""
        if keep:
            self.state.period = period
        else:
            self.set_period(period)
        self.at = here
        return keep

    def on_amount(self, token: Token) -> None:
        """A level, or a change when *by* or a word of growth stands right before it."""
        state = self.state
        if token.unit.endswith(" "):
            token.unit += "USD"
        if (
            not token.unit.startswith("1e")
            or token.unit.endswith("XXX")
            or token.unit == "1e3 USD"
            or state.subject.indicator == "other"
        ):
            return
        before = self.behind()
        if before and before.kind == "open" and self._converts(token):
            return
        self._flow_behind(token)
        hedge = self.hedged(token)
        self.share_out(token)
        base = self._comes_from(token)
        cue = self._change_word(token)
        if cue is None and (sign := self._beyond(token)):
            match = _BEYOND.match(self.text, token.end)
            state.basis = "mom" if match and match["month"] else self.basis_of(token, None)
            self.tell_change(token, sign, hedge)
            state.basis = ""
        elif cue is not None:
            state.basis = self.basis_of(token, cue)
            self.tell_change(token, cue.word.sign, hedge)
            state.basis = ""
        else:
            places = [] if base else self._behind_number(token)
            if places and (period := self.period_of(places[0])):
                self._settle(places[0], period)
            name, of = self.foretold(token, self.span_name("level", state.period))
            self.emit(token, name, token.value, token.unit, hedge=hedge, of=of, period=base)
        state.named.commodity = state.named.partner = False

    def _beyond(self, token: Token) -> int:
        """+1 for *US$2.49 billion more than in the previous month* and names that rose, -1 for less."""
        before, earlier = self.behind(), self.behind(2)
        listed = before is not None and before.kind == "open" and earlier is not None
        if self.state.rising and listed and earlier.kind in _FIGURED[1:]:  # type: ignore[union-attr]
            return self.state.rising
        match = _BEYOND.match(self.text, token.end)
        return 0 if match is None else 1 if match["way"] in ("more", "higher", "larger", "wider") else -1

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
            self._partner_behind(after)
            self.at = here

    def _partner_behind(self, flow: Token) -> None:
        """A US$10.2 billion trade surplus with the United States."""
        area = self.ahead(2)
        if area is not None and area.kind == "area" and self.gap(flow, area).strip() in ("with", "with the"):
            self.at += 2
            self.on_area(area)

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
        compared = _COMPARED.search(self.text, max(0, token.start - _FAR), token.start)
        if not compared and not _RECORDED.match(self.text, token.end):
            return ""
        return self._year_before()

    def _year_before(self) -> str:
        """The period of *US$40 billion a year earlier*, *in October*; empty when none stands there."""
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
        if self._contributes(token, cue):
            value = f"-{token.value}" if cue.word.sign < 0 and not token.signed else token.value
            self.emit(token, "contribution", value, "percentage_point", hedge=self.hedged(token))
            return
        after = self.ahead()
        after = self.ahead(2) if after and after.does("prep") else after
        if after and after.kind == "period" and self.gap(token, after) in (" from ", " compared with "):
            self.state.base = self.period_of(after)
        self.tell_points(token, cue.word.sign or 1, self.hedged(token))

    def _contributes(self, token: Token, cue: Token) -> bool:
        """Contributed 3 points; added 3 points to growth; of the 34% growth, ICT added 3 points."""
        if cue.does("contribution") or _TO_GROWTH.match(self.text, token.end):
            return True
        begin = max(0, self.tokens[self.first].start - len("Of the "))
        split = _SPLIT.search(self.text, begin, token.start)
        return cue.text.casefold() in ("added", "adding", "add") and split is not None

    def on_index(self, token: Token) -> None:
        """The points of a production index."""
        if self.state.subject.indicator in ("industrial_production", "manufacturing_production"):
            name, of = self.foretold(token, self.span_name("level", self.state.period))
            self.emit(token, name, token.value, "index", of=of)
