"""Numbers with their units, as regular expressions and as values.

Both languages hand over tokens of three kinds: ``amount`` (money), ``percent`` (percent, 成, 倍, fractions)
and ``pp`` (percentage points). A value is text with the decimals as printed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tidewaiter.check.read.tokens import Token
from tidewaiter.phrases.numerals import ARABIC, NUMBER, plain, read_english, read_number

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

_SEP = r"(?:至|到|~|-|〜)"
_SIGN = r"(?:負|正|(?<![\d.%月年季Q])[-+])?"
_NO_ROUND = r"(?:(?<=[破逾近上達越過抵約])|(?![十百千]+[億萬兆]))"
"""百萬美元 in a unit line is no number; 突破百億 and 百餘億 are."""
_CURRENCY = r"(?:美元|美金|元(?:新?[臺台]幣)?|新?[臺台]幣|日圓|日元|人民幣|歐元|韓元|英鎊|港元)"
_SCALE = r"[千百十]?(?:兆|億|萬)"
_CENT = r"(?:%|成(?!長|功|立|員|本|分|熟|型|為|績|衣|都|份|品|交|果|就|效|形)(?:[一二三四五六七八九\d]|半)?)"
_TIMES = r"(?<!第)(?<!\d)倍(?!數)"
NUMBERS_ZH = {
    "amount": (
        rf"(?P<am_sg>負|(?<![\d.%月年])-)?(?P<am_c0>新?[臺台]幣|NT\$|US\$|美金|美元|\$)?(?P<am_n>{_NO_ROUND}{NUMBER})"
        rf"(?P<am_h0>餘|多)?(?P<am_sc>{_SCALE})(?P<am_h1>餘|多)?"
        rf"(?:(?P<am_n2>{NUMBER})(?P<am_h3>餘|多)?億)?(?:(?P<am_n4>{NUMBER})萬)?(?P<am_h2>餘|多)?(?P<am_cu>{_CURRENCY})?(?![個人家台輛噸件股公桶片張戶座架艘美])"
        r"|(?<![\d.,])(?<!每[桶噸股片台])(?<!每公[斤噸])(?P<am_d>\d{1,3}(?:,\d{3})*\.\d)美元(?![/／])"
    ),
    "index": (
        r"(?:(?<=指數)(?:為|達|是|報|來到|升至|降至|續升至|將?介於|將?落在|約為|約)?|"
        r"(?<=\d[至到~]))(?P<ix_m>(?!))?(?P<ix_n>\d{1,3}(?:\.\d+)?)(?:點)?(?![\d.%年月季億萬兆個成倍,])"
    ),
    "pp": rf"(?P<pp_sg>{_SIGN})(?P<pp_n>{NUMBER})個?百分點",
    "percent": (
        rf"(?P<pc_sg>{_SIGN})(?:(?P<pc_n>{NUMBER})(?P<pc_u>{_CENT}|(?:多|餘)?倍(?!數))|百分之(?P<pc_b>{NUMBER}))"
        rf"|(?P<pc_d>[二三四五六七八九十])分之(?P<pc_p>[一二三四五六七八九])|(?<![\d/])(?P<pc_x>[1-9])/(?P<pc_y>[2-9])(?![\d/])"
    ),
    "bare": (
        rf"(?P<ba_sg>{_SIGN})(?P<ba_n>{NUMBER})(?=\s?{_SEP}\s?[負正-]?{NUMBER}"
        rf"(?:%|成(?!長)|倍|個?百分點|[千百十]?(?:兆|億)))"
    ),
}  # fmt: skip
_SCALE_EN = r"(?:trillion|billion|million|bn|tn|mn|thousand)"
_UNIT_EN = r"(?:US[ -]dollars?|U\.S\.[ -]dollars?|NT[ -]dollars?|New Taiwan[ -]dollars?|dollars?|USD|NTD|TWD)"
_MONEY = r"(?:US\$|NT\$|USD ?|NTD ?|TWD ?|U\.S\.\$|\$)"
_CENT_EN = r"(?:%|per ?cent(?!age)\b| ?pct\b)"
NUMBERS_EN = {
    "amount": (
        rf"(?P<am_sg>(?<![\w%])-)?(?P<am_c0>{_MONEY}) ?(?P<am_n>{ARABIC})(?:[ -](?P<am_sc>{_SCALE_EN})\b|"
        rf"(?P<am_s2>bn|tn|mn)\b)?(?:[ -](?P<am_cu>{_UNIT_EN})\b)?"
        rf"|\b(?P<an_n>{ARABIC})[ -]?(?P<an_sc>{_SCALE_EN})\b(?:[ -](?P<an_cu>{_UNIT_EN})\b)?"
    ),
    "index": (
        r"(?<=index)(?:,? (?:was|stood at|of|at|came in at|reached|rose to|fell to|hit|dropped to|"
        r"climbed to))? (?P<ix_n>\d{1,3}(?:\.\d+)?)(?: points?)?(?![\d.%])(?! ?per ?cent)(?! percentage)"
        r"|(?<=\bto )(?P<ix_m>\d{2,3}\.\d{1,2})(?: points?)?(?=[,.;]? [a-z(]|[,.;]?\s*\Z|\. )"
        r"(?! ?per ?cent| ?percentage| ?pct| ?billion| ?million| ?trillion| ?bn)"
    ),
    "pp": rf"(?P<pp_sg>(?<![\w%])[-+])?\b(?P<pp_n>{ARABIC})[ -](?:percentage[ -]points?|points?\b|pp\b)",
    "percent": (
        rf"(?P<pc_sg>(?<![\w%])[-+]|\b(?:minus|negative) )?\b(?P<pc_n>{ARABIC}|(?:one|two|three|"
        rf"four|five|six|seven|eight|nine|ten|eleven|"
        rf"twelve)(?= per ?cent))[ -]?(?P<pc_u>{_CENT_EN})"
        r"|\b(?:(?P<pc_q>a quarter|one[- ]quarter|a third|one[- ]third|half|two[- ]thirds|"
        r"three[- ]quarters|a fifth|one[- ]fifth)(?= of (?:all|total|the|Taiwan|overall|exports|"
        r"imports|its)))"
        rf"|\b(?P<pc_f>{ARABIC}|two|three|four|five)(?:-?fold| times)\b"
    ),
    "bare": (
        rf"(?P<ba_sg>(?<![\w%])-)?(?P<ba_c0>{_MONEY})?\b(?P<ba_n>{ARABIC})(?= ?(?:-|to|and|"
        rf"~) ?(?:{_MONEY})?[-]?{ARABIC}[ -]?(?:{_CENT_EN}|percentage|{_SCALE_EN}))"
    ),
}  # fmt: skip
_POWER = {"兆": 12, "億": 8, "萬": 4, "千": 3, "百": 2, "十": 1}
_POWER_EN = {"trillion": 12, "tn": 12, "billion": 9, "bn": 9, "million": 6, "mn": 6, "thousand": 3}
_PRINTED = (12, 9, 8, 6, 3)
_FRACTIONS = {
    "quarter": "25", "third": "33.3", "half": "50", "two": "66.7", "three": "75", "fifth": "20",
}  # fmt: skip


def currency(text: str) -> str:
    """USD or TWD; another currency under its own sign; empty when none is told."""
    low = text.casefold().strip()
    if not low:
        return ""
    if low in ("美元", "美金", "us$", "$", "u.s.$", "usd") or low.startswith(("us ", "us-", "u.s", "dollar")):
        return "USD"
    if low.startswith(("元", "新臺", "新台", "臺幣", "台幣", "nt", "new taiwan", "twd")):
        return "TWD"
    return "XXX"


def _money(number: Decimal, power: int, kind: str) -> tuple[str, str]:
    """The number in the nearest printed power of ten: 4千萬 is 40 of 1e6."""
    target = next((p for p in _PRINTED if p <= power), 0)
    moved = number.scaleb(power - target)
    return plain(moved), f"1e{target} {kind}" if target else kind


def amount_zh(match: re.Match[str]) -> Token:
    """兆、億、萬 of a currency; 兆 with 億 behind it counts in 億."""
    if match["am_d"]:  # 減3.9美元: the 億 was dropped
        return Token("amount", *match.span(), match[0], value=match["am_d"].replace(",", ""), unit="USD")
    scale = match["am_sc"]
    lead = {"千": 1000, "百": 100, "十": 10}.get(scale[0], 1) if len(scale) > 1 else 1
    number, power = read_number(match["am_n"]), _POWER[scale[-1]]
    if match["am_n2"]:
        number, power = number * 10 ** (power - 8) + read_number(match["am_n2"]), 8
    elif lead > 1:
        number *= lead
    if match["am_n4"] and power == 8:  # noqa: PLR2004 - 261億7千萬
        number += (read_number(match["am_n4"]) / 10000).normalize()
    kind = currency(match["am_cu"] or match["am_c0"] or "")
    value, unit = _money(number, power, kind)
    hedge = next((h for h in (match["am_h0"], match["am_h1"], match["am_h3"], match["am_h2"]) if h), "")
    negative = "-" if match["am_sg"] else ""
    return Token(
        "amount",
        *match.span(),
        match[0],
        value=negative + value,
        unit=unit,
        hedge=hedge,
        signed=bool(negative),
    )


def percent_zh(match: re.Match[str]) -> Token:
    """%, 百分之, 成, 倍 and fractions, all in percent. 1.8倍 is 180."""
    unit, hedge = match["pc_u"] or "%", ""
    if match["pc_d"]:
        value = _share(read_number(match["pc_p"]), read_number(match["pc_d"]))
    elif match["pc_x"]:
        value = _share(Decimal(match["pc_x"]), Decimal(match["pc_y"]))
    elif match["pc_b"]:
        value = plain(read_number(match["pc_b"]))
    elif unit.startswith("成"):
        tail = {"半": Decimal(5)}.get(unit[1:], read_number(unit[1:]) if unit[1:] else Decimal(0))
        value = plain(read_number(match["pc_n"]) * 10 + tail)
    elif unit.endswith("倍"):
        value, hedge = _times(read_number(match["pc_n"])), unit[:-1]
    else:
        value = plain(read_number(match["pc_n"]))
    return _signed("percent", match, value, match["pc_sg"] or "", "percent", hedge=hedge)


def _times(number: Decimal) -> str:
    text = plain(number * 100)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _share(part: Decimal, whole: Decimal) -> str:
    text = f"{part * 100 / whole:.1f}"
    return text.removesuffix(".0")


def _signed(kind: str, match: re.Match[str], value: str, sign: str, unit: str, *, hedge: str = "") -> Token:
    mark = sign.strip().casefold()
    negative = mark in ("負", "-", "minus", "negative")
    return Token(
        kind, *match.span(), match[0], value=("-" if negative else "") + value, unit=unit, hedge=hedge,
        signed=bool(mark),
    )  # fmt: skip


def pp_zh(match: re.Match[str]) -> Token:
    """百分點."""
    return _signed("pp", match, plain(read_number(match["pp_n"])), match["pp_sg"] or "", "percentage_point")


def bare_zh(match: re.Match[str]) -> Token:
    """The first end of a range whose unit stands at the second."""
    return _signed("bare", match, plain(read_number(match["ba_n"])), match["ba_sg"] or "", "")


def index_points(match: re.Match[str]) -> Token:
    """The points of an index."""
    return Token("index", *match.span(), match[0], value=match["ix_n"] or match["ix_m"], unit="index")


def amount_en(match: re.Match[str]) -> Token:
    """US$41.58 billion, 21.85 billion US dollars, a 10-billion-US-dollar surplus."""
    number = Decimal((match["am_n"] or match["an_n"]).replace(",", ""))
    scale = (match["am_sc"] or match["am_s2"] or match["an_sc"] or "").casefold()
    kind = currency(match["am_c0"] or match["am_cu"] or match["an_cu"] or "")
    value, unit = _money(number, _POWER_EN.get(scale, 0), kind)
    negative = "-" if match["am_sg"] else ""
    return Token("amount", *match.span(), match[0], value=negative + value, unit=unit, signed=bool(negative))


def percent_en(match: re.Match[str]) -> Token:
    """Percent, per cent, a quarter of, twofold."""
    if words := match["pc_q"]:
        last = words.casefold().replace("-", " ").split()
        key = last[0] if last[0] in ("two", "three") else last[-1]
        return _signed("percent", match, _FRACTIONS[key], "", "percent")
    if times := match["pc_f"]:
        return _signed("percent", match, _times(read_english(times)), "", "percent", hedge="times")
    return _signed("percent", match, plain(read_english(match["pc_n"])), match["pc_sg"] or "", "percent")


def pp_en(match: re.Match[str]) -> Token:
    """Percentage points."""
    return _signed("pp", match, match["pp_n"].replace(",", ""), match["pp_sg"] or "", "percentage_point")


def bare_en(match: re.Match[str]) -> Token:
    """The first end of a range whose unit stands at the second."""
    return _signed("bare", match, match["ba_n"].replace(",", ""), match["ba_sg"] or "", "")


MAKERS: dict[str, dict[str, Callable[[re.Match[str]], Token]]] = {
    "zh": {"amount": amount_zh, "percent": percent_zh, "pp": pp_zh, "bare": bare_zh, "index": index_points},
    "en": {"amount": amount_en, "percent": percent_en, "pp": pp_en, "bare": bare_en, "index": index_points},
}
"""Language → kind of number → what makes a token of its match."""
