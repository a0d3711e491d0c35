"""One spelling for reading, with the way back to the text as given.

Full-width signs become half-width, the middle dots of newspapers become decimal points, blanks inside a
Chinese sentence go away (they stay known as *soft breaks*, for headlines use them as commas). Every sign of
the result knows the place it came from, so that a claim's span is one in the text as given.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_DOTS = dict.fromkeys("·‧・•∙", ".")
_DASHES = dict.fromkeys("‐‑‒–—―−－", "-")
_QUOTES = {"’": "'", "‘": "'", "“": '"', "”": '"', "〜": "~", "∼": "~"}
_SIMPLE = dict(
    zip(
        "亿点贸进总额对达国较减长货类产业组积电体脑资讯视听属机车运输纺织胶矿学检测计统财经济处预应约间续创历"
        "纪录负转实际数据湾阵韩东协欧陆订单环节调来显为过连红龙头价优胜汇兑币时场动务书报导记员涨尔门户级别个万与从当于"
        "齐扬仅扩缩跃双独项两现终结将区余强飙冲关锐骤紧剧弹稳标摆脱",
        "億點貿進總額對達國較減長貨類產業組積電體腦資訊視聽屬機車運輸紡織膠礦學檢測計統財經濟處預應約間續創歷"
        "紀錄負轉實際數據灣陣韓東協歐陸訂單環節調來顯為過連紅龍頭價優勝匯兌幣時場動務書報導記員漲爾門戶級別個萬與從當於"
        "齊揚僅擴縮躍雙獨項兩現終結將區餘強飆衝關銳驟緊劇彈穩標擺脫",
        strict=True,
    )
)
"""Simplified signs of this trade's words; none of them is a Traditional sign of another meaning here."""
_FIXED = {
    **_SIMPLE,
    **_DOTS,
    **_DASHES,
    **_QUOTES,
    "，": "，",
    "：": "：",
    "；": "；",
    "！": "！",
    "？": "？",
}
_UNEVEN = re.compile(r"[*\u200b\ufeff\u00ad\t\u3000\u00a0]|  |(?<![!-~]) | (?![!-~])|\A ")
"""What is taken out, or put in another way: such a text goes sign by sign."""
_SPACED = re.compile(r"\d [\u3400-\u9fff]")
_CLOSE = re.compile(r"\d[\u3400-\u9fff]")
_UNITS = frozenset("億亿萬万兆個个倍成年月季元")
"""Behind a number and a blank these are its unit still."""
_DROPPED = frozenset("*\u200b\ufeff\u00ad")


@dataclass(frozen=True, slots=True)
class Normal:
    """The text in one spelling.

    Attributes:
        text: what is read.
        places: for each sign of ``text`` its place in the text as given; one more for the end.
        soft: places in ``text`` before which blanks were taken out.
    """

    text: str
    places: list[int]
    soft: frozenset[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text as given."""
        return self.places[start], self.places[end - 1] + 1


class _Folds(dict[int, str]):
    """Code of a sign → the sign it is read as, made when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


@cache
def _fold(sign: str) -> str:
    return _FIXED[sign] if sign in _FIXED else unicodedata.normalize("NFKC", sign)


_FOLDS = _Folds()


def normalise(text: str, places: list[int], lang: str) -> Normal:
    """The text in one spelling; ``places`` tells where each of its signs stands in the text as given."""
    if not _UNEVEN.search(text):
        folded = text if text.isascii() else text.translate(_FOLDS)
        if len(folded) == len(text) < len(places):
            return Normal(folded, places, frozenset())
    return _sign_by_sign(text, places, lang)


def _sign_by_sign(text: str, places: list[int], lang: str) -> Normal:
    """The same where blanks and signs of no width are taken out."""
    signs: list[str] = []
    where: list[int] = []
    soft: set[int] = set()
    blank, spaced = False, lang == "zh" and _is_spaced(text)
    for at, sign in zip(places, text, strict=False):
        if sign in _DROPPED:
            continue
        if sign in " \t\u3000\u00a0":
            blank = True
            continue
        if blank:
            blank = False
            if lang == "zh" and not _both_latin(signs[-1] if signs else "", sign):
                if not _only_space(signs[-1] if signs else "", sign, spaced=spaced):
                    soft.add(len(signs))
                if signs and signs[-1] == "." and sign.isdigit():  # 1. 2024年: no decimals
                    signs.append(" ")
                    where.append(at)
            elif signs:
                signs.append(" ")
                where.append(at)
        folded = sign if sign < "\x80" else _fold(sign)
        signs.append(folded)
        where.append(at)
        if len(folded) > 1:
            where.extend([at] * (len(folded) - 1))
            signs[-1:] = folded
    where.append(places[len(text)] if len(places) > len(text) else (where[-1] + 1 if where else 0))
    joined = "".join(signs)
    return Normal(joined, where, frozenset(soft))


def _both_latin(left: str, right: str) -> bool:
    return left.isascii() and left.isalpha() and right.isascii() and right.isalpha()


def _is_spaced(text: str) -> bool:
    """出口 584.9 億美元: the text leaves a blank between scripts, which parts nothing."""
    return len(_SPACED.findall(text)) > len(_CLOSE.findall(text))


def _only_space(left: str, right: str, *, spaced: bool) -> bool:
    """A blank between scripts where the text has them everywhere, or before a unit."""
    if left.isdigit() and right in _UNITS:
        return True
    return spaced and bool(left) and left.isascii() != right.isascii() and _is_sign(left) == _is_sign(right)


def _is_sign(sign: str) -> bool:
    """A Chinese sign or a Latin one; no mark between sentences."""
    return "\u3400" <= sign <= "\u9fff" or (sign.isascii() and sign not in ",;:!?")
