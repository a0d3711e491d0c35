"""The sixteen tables, known by their titles: ``表8、我國對主要國家/地區出口金額及年增率``.

A title tells the flow and what the columns divide the table by (its dimension). The number alone tells
nothing: offices renumber.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from tidewaiter.sources.mof_release.words import LONGEST


class Dimension(StrEnum):
    """What the names in a table's header are."""

    FLOW = "flow"
    COMMODITY = "commodity"
    PARTNER = "partner"
    REPORTER = "reporter"
    ADJUSTED = "adjusted"
    INDICATOR = "indicator"
    CURRENCY = "currency"


@dataclass(frozen=True, slots=True)
class Title:
    """A title cell, read.

    Attributes:
        number: the table's number as printed.
        topic: the words after it, without half marks.
        dimension: what the header's names are; None when the topic is unknown.
        flow: exports, imports or balance where the title tells it.
        partner: the area's name where the title tells it (``對中國大陸與香港之出口主要貨品``).
    """

    number: int
    topic: str
    dimension: Dimension | None
    flow: str = ""
    partner: str = ""


_TITLE = re.compile(
    r"附?表(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})(?:[、,.:]|(?=\D))(?P<topic>.+?)"
    r"(?:\((?P<half>\d/\d|續\d*|[一二三])\))?(?:_(?P<flow>出口|進口))?(?:\((?:\d/\d|續\d*)\))?\Z"
)
_ENGLISH = re.compile(r"(?<=[\u3400-\u9fff)])\(?[A-Za-z][\x20-\x7e’–]*\Z")
_DIGITS = "〇一二三四五六七八九"
_TENS = "十"
_FLOWS = {"出口": "exports", "進口": "imports"}
_COUNTRIES = r"(?:我國)?%s主要(?:貿易)?(?:國家|夥伴)(?:/|、|及|或|與)?\(?(?:地區)?\)?之?"
_GROWTH = r"(?:貿易)?(?:金額|總?值|總?額)?(?:(?:及|與|、)其?年(?:增|成長)率)?(?:統計)?\Z"
_TOPICS: tuple[tuple[re.Pattern[str], Dimension], ...] = tuple(
    (re.compile(pattern), dimension)
    for pattern, dimension in (
        (r"(?:海關)?進出口" + _GROWTH, Dimension.FLOW),
        (r"主要(?P<flow>出口|進口)貨品(?:分類|項目)?\Z", Dimension.COMMODITY),
        (r"(?P<flow>出口|進口)主要貨品(?:分類|項目|別)?\Z", Dimension.COMMODITY),
        (r"(?P<flow>出口|進口)(?:貿易|貨品)?結構(?:別|分類)?\Z", Dimension.COMMODITY),
        (r"(?:我國)?對(?P<partner>.+?)之?主要(?P<flow>出口)貨品(?:分類|項目)?\Z", Dimension.COMMODITY),
        (r"(?:我國)?對(?P<partner>.+?)之?(?P<flow>出口)主要貨品(?:分類|項目)?\Z", Dimension.COMMODITY),
        (r"(?:我國)?自(?P<partner>.+?)之?主要(?P<flow>進口)貨品(?:分類|項目)?\Z", Dimension.COMMODITY),
        (r"(?:我國)?自(?P<partner>.+?)之?(?P<flow>進口)主要貨品(?:分類|項目)?\Z", Dimension.COMMODITY),
        (_COUNTRIES % "對" + r"(?P<flow>出口)" + _GROWTH, Dimension.PARTNER),
        (_COUNTRIES % "[自從]" + r"(?P<flow>進口)" + _GROWTH, Dimension.PARTNER),
        (
            _COUNTRIES % "[對與]"
            + r"(?P<balance>出入超|出\(入\)超|貿易(?:順差|差額|餘額)|順\(逆\)差)(?:金?額|值)?\Z",
            Dimension.PARTNER,
        ),
        (r"(?:我國)?對新南向(?:政策)?(?:目標)?\d*國?(?:國家)?之?(?P<flow>出口)" + _GROWTH, Dimension.PARTNER),
        (r"(?:我國)?自新南向(?:政策)?(?:目標)?\d*國?(?:國家)?之?(?P<flow>進口)" + _GROWTH, Dimension.PARTNER),
        (r"經?季節(?:性)?調整(?:後|之|後之)?進出口" + _GROWTH, Dimension.ADJUSTED),
        (
            r"(?:亞洲)?主要(?:國家|經濟體)(?:/|、|及|或|與)?\(?(?:地區)?\)?進出口" + _GROWTH,
            Dimension.REPORTER,
        ),
        (r"(?:進出口)?(?:物價|價格)相關指標\Z", Dimension.INDICATOR),
        (r"主要(?:國家|國)?\(?(?:地區)?\)?(?:貨幣|通貨)(?:對|兌)美元(?:之)?匯率\Z", Dimension.CURRENCY),
    )
)


def _number(text: str) -> int:
    """``8`` or ``八``, ``十二``."""
    if text.isdigit():
        return int(text)
    tens, found, ones = text.rpartition(_TENS)
    return (10 * (_DIGITS.find(tens) if tens else 1) if found else 0) + (_DIGITS.find(ones) if ones else 0)


def read_title(text: str) -> Title | None:
    """The title in a squashed cell text, None when the text is none."""
    if len(text) > LONGEST:
        return None
    match = _TITLE.match(_ENGLISH.sub("", text)) or _TITLE.match(text)
    if not match:
        return None
    number, topic = _number(match["n"]), match["topic"]
    flow = _FLOWS.get(match["flow"] or "", "")
    for pattern, dimension in _TOPICS:
        if found := pattern.match(topic):
            told = found.groupdict()
            own = "balance" if told.get("balance") else _FLOWS.get(told.get("flow") or "", "")
            return Title(number, topic, dimension, own or flow, told.get("partner") or "")
    return Title(number, topic, None, flow)
