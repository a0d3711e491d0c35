"""Claims of one series among others: how many of the groups or markets rose, and the only one that did."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tidewaiter.check.read.reader import Reader
from tidewaiter.check.read.state import WORLD
from tidewaiter.phrases.numerals import NUMBER_EN

if TYPE_CHECKING:
    from tidewaiter.check.read.state import Draft
    from tidewaiter.check.read.tokens import Token

_N = r"(?:\d{1,2}|[一二三四五六七八九十兩]{1,2})"
_WHOLE = {
    "zh": re.compile(
        rf"(?P<top>前)?(?<![\d.第])(?P<n>{_N})(?:大|個|項|類)(?P<what>(?:主要|出口|進口|貿易|接單|外銷|中)*"
        r"(?:貨品類別|貨類|貨品|產品|商品|大?類|業別|行業|產業|類股|市場|國家|地區|經濟體|出口國|[國項]))"
    ),
    "en": re.compile(
        rf"\b(?P<top>top )?(?P<n>{NUMBER_EN}) (?P<what>(?:(?:major|main|key|principal|top|largest|"
        r"biggest|leading|export|trading|product|commodity|merchandise|manufacturing)[ -])*(?:groups|"
        r"categories|sectors|industries|products|markets|destinations|economies|partners|countries))\b",
        re.IGNORECASE,
    ),
}
_PLACES = re.compile(r"市場|國|地區|經濟體|market|destination|econom|partner|countr")
_BARE = re.compile("個[年正負成衰]")  # 17個年增: of what is told before
_PART = {
    "zh": re.compile(
        rf"{_N}(?:大|個)?(?:主要)?(?:貨品類別|貨類|貨品|產品|行業|業別|市場|國家|[類項國])(?:出口|接單)?$"
    ),
    "en": re.compile(r"\b(?:groups|categories|sectors|industries|products|markets|destinations|countries) $"),
}
_ONE_OF = re.compile(
    r"唯一.*(?:市場|貨|產品|地區)|only [a-z ]*(?:market|group|categor|product|destination|region)",
    re.IGNORECASE,
)
_NAMES = ("area", "commodity")
_ONLY = re.compile(r"(?:僅有?|只有|唯有|唯獨|獨有)(?:對|輸往|銷往|自|來自)?$")
_SLIGHTLY = re.compile(
    r"(?:出口|進口|輸出|市場|地區|接單|訂單|貨類|產品|金額|一類|一項|類|業)*"
    r"(?:較(?:去|上)年同[月期季])?(?:呈現|呈|小幅|微幅|略微|略|仍|維持|逆勢|持續|續|出現|為|是)*"
)
_NUMBERED = re.compile(
    r"(?:率|幅|額|動能|力道|趨勢|[約近逾達了至到]|超過|高達|的|[-+]?\d|[一二三四五六七八九十百兩][.\d點一二三四五六七八九十百]*"
    r"(?:%|成|倍|億))"
)
_UNITS = {"groups": (11, "products"), "markets": (5, "countries")}
"""Unit → how many of these the monthly release compares, and what others are counted in."""
_FAR = 90  # signs between 11大貨類 and how many of them rose
_NEAR = 30  # signs over which the words of the claim begin with the whole


class Whole(NamedTuple):
    """Among how many: of the 11 groups."""

    start: int
    parts: int
    unit: str
    top: bool


class Among(Reader):
    """Reads how many of several series rose or fell."""

    def tell_breadth(self, token: Token, value: str) -> None:
        """5類年增, six of the 11 product groups declined: n of the groups (markets), by the growth's sign."""
        entry, state = token.entry, self.state
        whole, mate = self._whole_of(token), self._mate()
        context = whole.unit if whole else mate.unit if mate else ""
        unit = context if _BARE.search(token.text) else (entry.unit if entry else "") or context
        unit = _narrowed(unit, whole)
        fits = value.isdigit() and int(value) > 0 and (whole is None or int(value) <= whole.parts)
        monthly = state.basis in ("mom", "qoq") and "年" not in token.text
        if not unit or not fits or monthly or state.modality != "observed":
            state.mark = -1
            return
        keep, at = state.subject, state.at
        self._take_whole(goods=unit in ("groups", "products"))
        if whole and self._leads(whole, token):
            state.mark = whole.start
        state.at = -1
        self.emit(token, "breadth", value, unit, of=entry.of if entry else "")
        state.subject, state.at = keep, at

    def of_several(self, token: Token) -> bool:
        """7類呈雙位數成長, 10 of the 11 groups posting double-digit growth: of no series that is known."""
        if token.entry is None or token.entry.statistic not in ("all_in_range", "compare"):
            return False
        if token.entry.statistic == "compare":  # the only market, and which was not understood
            subject = self.state.subject
            whole = subject.partner == WORLD and subject.commodity == "total"
            named = any(t.kind in _NAMES for t in self.tokens[self.at + 1 : self.at + 2])
            return whole and not named and _ONE_OF.search(token.text) is not None
        return _PART[self.lang].search(self.text, max(0, token.start - 24), token.start) is not None

    def _whole_of(self, token: Token) -> Whole | None:
        """Of how many, told in the phrase itself, else before it."""
        back = max(0, token.start - _FAR)
        found = None
        for match in _WHOLE[self.lang].finditer(self.text, back, token.end):
            if match.start() >= token.start and self.lang == "zh" and match["n"] and "大" not in match[0]:
                continue  # 5類 of 5類年增 is the part
            found = match
        if found is None:
            return None
        unit = "markets" if _PLACES.search(found["what"].casefold()) else "groups"
        return Whole(found.start(), int(self.number_of(found["n"])), unit, top=bool(found["top"]))

    def _mate(self) -> Draft | None:
        """7類年增、4類年減: the count told just before, in the same sentence."""
        last = self.drafts[-1] if self.drafts else None
        near = last is not None and last.start >= self.tokens[self.first].start
        return last if last and near and last.statistic == "breadth" else None

    def _leads(self, whole: Whole, token: Token) -> bool:
        """The words of the claim begin with the whole: 前五大市場中，三增."""
        begin = self.tokens[self.first - 1].end if self.first else 0
        told = bool(self.drafts) and self.drafts[-1].end > whole.start
        return begin <= whole.start < token.start <= whole.start + _NEAR and not told

    def tell_only(self, token: Token) -> bool:
        """僅歐洲衰退, 只有對美國出口成長: one name alone between the word and the growth, and no number."""
        named = next((n for n in (1, 2) if (t := self.behind(n)) and t.kind in _NAMES), 0)
        name = self.behind(named) if named else None
        if name is None or _NUMBERED.match(self.text, token.end) or self.state.modality != "observed":
            return False
        lead = _ONLY.search(self.text, max(0, name.start - 10), name.start)
        if lead is None or not _SLIGHTLY.fullmatch(self.text[name.end : token.start]):
            return False
        self.state.mark = lead.start()
        self.emit(token, "compare", "1", "bool", of="yoy")
        return True

    def _take_whole(self, *, goods: bool) -> None:
        """The groups are those of all trade, the markets those of all goods, unless the clause says other."""
        self.leave_balance()
        state = self.state
        named = {t.kind for t in self.clause() if t.end <= self.tokens[self.at].start}
        if goods:
            partner = state.subject.partner if "area" in named else WORLD
            state.subject = state.subject.but(commodity="total", partner=partner)
        else:
            commodity = state.subject.commodity if "commodity" in named else state.topic
            state.subject = state.subject.but(commodity=commodity, partner=WORLD)


def _narrowed(unit: str, whole: Whole | None) -> str:
    """Groups are the release's eleven and markets its five; of other wholes products and countries."""
    if unit not in _UNITS:
        return unit
    usual, other = _UNITS[unit]
    known = whole is not None and whole.unit == unit and (whole.top or whole.parts == usual)
    return unit if known else other
