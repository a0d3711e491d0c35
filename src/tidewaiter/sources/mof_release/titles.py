"""The sixteen tables, known by their titles: ``表8、我國對主要國家/地區出口金額及年增率``.

A title tells the flow and what the columns divide the table by (its dimension). The number alone tells
nothing: offices renumber.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


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
    r"附?表(?P<n>\d{1,2})(?:[、,.:]|(?=\D))(?P<topic>.+?)(?:\((?P<half>\d/\d|續\d*|[一二三])\))?"
    r"(?:_(?P<flow>出口|進口))?(?:\((?:\d/\d|續\d*)\))?\Z"
)
_FLOWS = {"出口": "exports", "進口": "imports"}
_TOPICS: tuple[tuple[re.Pattern[str], Dimension], ...] = tuple(
    (re.compile(pattern), dimension)
    for pattern, dimension in (
        (r"進出口貿易值及年增率\Z", Dimension.FLOW),
        (r"(?P<flow>出口|進口)主要貨品(?:分類|項目)\Z", Dimension.COMMODITY),
        (r"(?P<flow>出口|進口)貿易結構\Z", Dimension.COMMODITY),
        (r"對(?P<partner>.+)之(?P<flow>出口)主要貨品\Z", Dimension.COMMODITY),
        (r"自(?P<partner>.+)之(?P<flow>進口)主要貨品\Z", Dimension.COMMODITY),
        (r"(?:我國)?對主要國家(?:/|及|或|與)?\(?地區\)?(?P<flow>出口)金額及年增率\Z", Dimension.PARTNER),
        (r"(?:我國)?自主要國家(?:/|及|或|與)?\(?地區\)?(?P<flow>進口)金額及年增率\Z", Dimension.PARTNER),
        (r"(?:我國)?對主要國家(?:/|及|或|與)?\(?地區\)?(?P<balance>出入超|出\(入\)超)\Z", Dimension.PARTNER),
        (r"(?:我國)?對新南向政策\d*國?(?P<flow>出口)金額及年增率\Z", Dimension.PARTNER),
        (r"經?季節調整之進出口貿易值\Z", Dimension.ADJUSTED),
        (r"主要國家(?:/|及|或|與)?\(?地區\)?進出口金額及年增率\Z", Dimension.REPORTER),
        (r"進出口物價相關指標\Z", Dimension.INDICATOR),
        (r"主要國家貨幣對美元匯率\Z", Dimension.CURRENCY),
    )
)


def read_title(text: str) -> Title | None:
    """The title in a squashed cell text, None when the text is none."""
    match = _TITLE.match(text)
    if not match:
        return None
    number, topic = int(match["n"]), match["topic"]
    flow = _FLOWS.get(match["flow"] or "", "")
    for pattern, dimension in _TOPICS:
        if found := pattern.match(topic):
            told = found.groupdict()
            own = "balance" if told.get("balance") else _FLOWS.get(told.get("flow") or "", "")
            return Title(number, topic, dimension, own or flow, told.get("partner") or "")
    return Title(number, topic, None, flow)
