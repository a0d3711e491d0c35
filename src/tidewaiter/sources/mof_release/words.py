"""The words of the release's headers: statistics, units, currencies, titles of tables.

Texts are compared squashed (half-width, no blanks), so ``年 增 率`` and ``年增率`` are one word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidewaiter.model.observation import LEVEL
from tidewaiter.model.unit import INDEX, Unit
from tidewaiter.nomenclature.codelist import fold

LONGEST = 200
"""Signs of a header, title or label; what is longer is a note, and is not looked at sign by sign."""

NOT_PUBLISHED = frozenset({"…", "...", "......", "⋯", "-", "--", "—", "－", "–"})
"""What stands in a number cell when the figure is not out yet or does not exist."""

PERIOD_HEADERS = frozenset(
    {
        "年(月)別",
        "年月別",
        "年別",
        "月別",
        "年(季)別",
        "期間",
        "年月",
        "年(月)",
        "年/月",
        "年度",
        "年別月別",
        "時間",
    }
)
"""Header of the column that names the periods."""

WHOLE = frozenset({"合計", "總計", "總值", "總額", "總金額", "全部"})
"""The total column: of whatever the table divides by."""

_STATISTICS = {
    "金額": LEVEL,
    "貿易值": LEVEL,
    "(期底數)": LEVEL,
    "年增率": "yoy",
    "年增減率": "yoy",
    "年增(減)率": "yoy",
    "年成長率": "yoy",
    "增減率": "yoy",
    "較上年同期增減率": "yoy",
    "月增率": "mom",
    "月增減率": "mom",
    "月增(減)率": "mom",
    "較上月增減率": "mom",
    "升貶幅": "appreciation",
    "升(貶)幅": "appreciation",
    "升貶值幅度": "appreciation",
}
_SHARE = re.compile(r"[占佔](?P<whole>總|[對自].+)(?P<flow>出口|進口)(?:總?[值額])?(?:之?比[重率例]?)?\Z")
_SHARES = frozenset({"占比", "比重", "構成比", "結構比", "百分比"})
_PERCENT = re.compile(r"\(%\)\Z|%\Z")
_ENGLISH = re.compile(r"(?<=[\u3400-\u9fff%)])\(?[A-Za-z][\x20-\x7e’–]*\Z")
_FOOTNOTE = re.compile(r"(?<=.)(?:[*※#†]+|\(?註[\d一二三四五]*\)?|(?<=[\u3400-\u9fff])\(?\d\)?)\Z")
_GROUP = re.compile(r"\(.+\)\Z")

END_OF_PERIOD = "(期底數)"

MEASURES = {"季節調整": "sa", "經季節調整": "sa", "三個月移動平均": "sa_ma3", "3個月移動平均": "sa_ma3"}

_MONEY = {"美元": "USD", "新臺幣元": "TWD", "新臺幣": "TWD"}
_POWERS = {"": 0, "千": 3, "萬": 4, "百萬": 6, "千萬": 7, "億": 8, "十億": 9, "百億": 10, "兆": 12}
_PRICE_UNITS = {
    "美元/桶": Unit("USD/barrel"),
    "美元/噸": Unit("USD/tonne"),
    "美元/公噸": Unit("USD/tonne"),
    "美元/公斤": Unit("USD/kg"),
    "美元/盎司": Unit("USD/ounce"),
}
CURRENCIES = {
    "新臺幣": ("TWN", "TWD"),
    "歐元": ("EUZ", "EUR"),
    "日圓": ("JPN", "JPY"),
    "日元": ("JPN", "JPY"),
    "人民幣": ("CHN", "CNY"),
    "韓元": ("KOR", "KRW"),
    "韓圜": ("KOR", "KRW"),
    "馬來西亞幣": ("MYS", "MYR"),
    "菲律賓披索": ("PHL", "PHP"),
    "新加坡元": ("SGP", "SGD"),
    "新加坡幣": ("SGP", "SGD"),
    "港幣": ("HKG", "HKD"),
    "泰銖": ("THA", "THB"),
    "印尼盾": ("IDN", "IDR"),
    "越南盾": ("VNM", "VND"),
    "印度盧比": ("IND", "INR"),
    "澳幣": ("AUS", "AUD"),
    "英鎊": ("GBR", "GBP"),
}
"""Currency → whose it is, and its ISO 4217 code."""

METALS = {"銅": "copper", "鎳": "nickel", "鋁": "aluminium", "鋅": "zinc", "鉛": "lead", "錫": "tin"}
"""One-character names, kept out of the common list: there they would match inside other words."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What one header cell says about the statistic.

    Attributes:
        statistic: ``level``, ``yoy``, ``mom``, ``share`` …
        whole: of a share, the squashed words after 占 (``總出口``, ``對陸港出口``); empty for a plain 占比.
    """

    statistic: str
    whole: str = ""


def heading(text: str) -> Heading | None:
    """The statistic a header cell names, None when it names something else."""
    for words in (text, chinese(text)):
        plain = _PERCENT.sub("", words)
        if plain in _STATISTICS:
            return Heading(_STATISTICS[plain])
        if plain in _SHARES:
            return Heading("share")
        if match := _SHARE.match(plain):
            return Heading("share", match["whole"] + match["flow"])
    return None


def chinese(text: str) -> str:
    """The Chinese words of a text in two languages: ``出口Exports`` → ``出口``."""
    return _ENGLISH.sub("", text) if len(text) <= LONGEST else text


def is_group(text: str) -> bool:
    """A whole cell in brackets: the group an item belongs to, not a part of its name."""
    return bool(_GROUP.match(text))


def names_of(text: str) -> list[str]:
    """What a name may be, the likeliest first: as it stands, without a mark of a note, in Chinese alone.

    Examples:
        >>> names_of("電子及資通產品*"), names_of("出口Exports"), names_of("歐洲註2")
        (['電子及資通產品*', '電子及資通產品'], ['出口Exports', '出口'], ['歐洲註2', '歐洲'])
    """
    if len(text) > LONGEST:
        return [text]
    found = [text, _FOOTNOTE.sub("", text), chinese(text), _FOOTNOTE.sub("", chinese(text))]
    return list(dict.fromkeys(found))


def amount_unit(text: str) -> Unit | None:
    """The unit of money in words: ``百萬美元`` → 1e6 USD. None when the words are unknown."""
    folded = fold(text)
    for word, kind in _MONEY.items():
        if folded.endswith(word) and folded[: -len(word)] in _POWERS:
            return Unit(kind, _POWERS[folded[: -len(word)]])
    if folded.startswith("新臺幣") and folded.endswith("元") and folded[3:-1] in _POWERS:
        return Unit("TWD", _POWERS[folded[3:-1]])
    return None


def price_unit(text: str) -> Unit | None:
    """The unit of a price (``美元/桶``), or of an index when the text is a name that ends so."""
    return _PRICE_UNITS.get(text)


def index_unit(name: str) -> Unit | None:
    """``index`` for a series called one (``出口物價指數(美元計價)``)."""
    return INDEX if "指數" in name else None


def currency(name: str) -> tuple[str, str] | None:
    """Area and ISO code of a currency's name."""
    return next((CURRENCIES[fold(one)] for one in names_of(name) if fold(one) in CURRENCIES), None)
