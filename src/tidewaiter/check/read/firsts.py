"""For the first time: a level that had never been reached before (首度突破500億美元, for the first time)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.check.read.values import Values

if TYPE_CHECKING:
    from tidewaiter.check.read.tokens import Token

_ABOVE = r"(?:突破|衝破|站上|站穩|超越|超過|跨越|跨過|逾|破|達到?|來到|升破|登上|攻上|攀上|衝上|躍上)"
_HOW = r"(?:單[月季年]|單一月份|一舉|成功|正式|順利|同時|雙雙|即|就|一次)"
_AHEAD_ZH = re.compile(rf"(?P<since>.{{0,8}}?)(?:首度|首次|第一次|頭一次|頭一遭){_HOW}*{_ABOVE}了?$")
_BEHIND_ZH = re.compile(
    r"(?:大關|關卡|門檻|整數關卡|之?水準|元)?[,，]?(?:也|亦|並|更|且)?(?:均|皆|同)?(?:為|是|屬|創下?|寫下)?"
    r"(?:了)?(?:歷史上|史上|歷來|有史以來|歷年|海關統計以來|有紀錄以來)"
    r"(?:的)?(?:首次|首度|首見|第一次|頭一遭|頭一次)"
)
_LATELY = re.compile(
    r"(?:來|今年|本年|年內|近期|近年|復甦後|疫後|任內|[月季年]後|第[一二三四\d]季|上半年|下半年)$"
)
"""15個月來首度, 今年首度: not for the first time ever."""
_BEYOND_EN = re.compile(
    r"\b(?:exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|top(?:s|ped|ping)?|cross(?:es|ed|ing)?|pass(?:es|ed|ing)?|"
    r"br(?:oke|eak|eaking|oken)(?: (?:through|past|above))?|above|over|past|beyond|more than|"
    r"reach(?:es|ed|ing)?|hit|hitting)(?: the)? $",
    re.IGNORECASE,
)
_BEHIND_EN = re.compile(
    r"(?:[- ](?:mark|level|threshold|barrier|milestone))?[a-z, ]{0,32}? for the (?:very )?first time"
    r"(?: (?:ever|on record|in history))?(?! since| this| in (?!history)| that)",
    re.IGNORECASE,
)
_ANY = re.compile("首|第一次|頭一|first time")
_BACK = 20  # signs looked back over


class Firsts(Values):
    """Knows a mark that was passed for the first time from a level."""

    def is_first(self, token: Token) -> bool:
        """The amount is a mark that had not been passed before."""
        back = max(0, token.start - _BACK)
        if not _ANY.search(self.text, back, token.end + 60):
            return False
        if self.lang == "en":
            passed = _BEYOND_EN.search(self.text, back, token.start)
            return bool(passed and _BEHIND_EN.match(self.text, token.end))
        ahead = _AHEAD_ZH.search(self.text, back, token.start)
        if ahead:
            return not _LATELY.search(ahead["since"])
        passed = re.search(rf"{_ABOVE}了?$", self.text[back : token.start])
        return bool(passed and _BEHIND_ZH.match(self.text, token.end))
