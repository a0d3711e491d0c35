"""Ratios: a figure that is n times another (是對歐洲的5.9倍, 5.9 times those to Europe)."""

from __future__ import annotations

import re

from tidewaiter.phrases.numerals import NUMBER

_IS = r"(?:是|為|達|約為|約|相當於|約當|相當|等於|約是|已是|已達)"
_TOWARD = r"(?:對|輸往|銷往|銷|自|來自|我國?對)?"
_GOODS = r"(?:全年|同[月期季]|市場|地區|國家|產品|出口額?|進口額?|輸出|訂單|接單|金額|總額|規模|值)*"
_BY = r"(?:將近|超過|接近|不到|近|約|逾)*"
_BEFORE_ZH = re.compile(rf"{_IS}{_TOWARD}$")
_BEHIND_ZH = re.compile(rf"{_GOODS}的?{_BY}{NUMBER}(?:多|餘)?倍")
_OF_ZH = re.compile(rf"{_IS}{_TOWARD}[^，。；,;]{{1,14}}?的{_BY}$")
_SIZE = (
    r"(?:the (?:level|amount|value|size|figure|volume|total)|as (?:large|much|high|big|great|many) as|"
    r"those|that|the)"
)
_AS_EN = re.compile(rf" {_SIZE}\b", re.IGNORECASE)
_OF_EN = re.compile(
    rf"(?:times|fold) {_SIZE}(?: (?:those|that|the (?:level|amount|value|size|figure)))?"
    r"(?: (?:to|from|of|for|with|in|shipped to|sent to))?(?: the)? ?$",
    re.IGNORECASE,
)
_LOOK = 60  # signs looked back over


def is_ratio(text: str, start: int, end: int, lang: str) -> bool:
    """The number at ``text[start:end]`` says how many times another figure this one is.

    Examples:
        >>> is_ratio("對美國出口是對歐洲的5.9倍", 10, 14, "zh")
        True
        >>> is_ratio("Exports were 5.9 times those to Europe", 13, 22, "en")
        True
    """
    if lang == "en":
        return text[start:end].casefold().endswith(("times", "fold")) and bool(_AS_EN.match(text, end))
    return text[start:end].endswith("倍") and bool(_OF_ZH.search(text, max(0, start - _LOOK), start))


def divides(text: str, start: int, end: int, lang: str) -> bool:
    """The name at ``text[start:end]`` is what is divided by, and not whom the figure is of.

    Examples:
        >>> divides("對美國出口是對歐洲的5.9倍", 7, 9, "zh")
        True
    """
    back = max(0, start - _LOOK)
    if lang == "en":
        return bool(_OF_EN.search(text, back, start))
    return bool(_BEFORE_ZH.search(text, back, start) and _BEHIND_ZH.match(text, end))
