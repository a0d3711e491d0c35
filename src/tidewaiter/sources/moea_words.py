"""The words of the economic ministry's open data: items, goods, industries, areas, units → codes.

An item such as ``外銷訂單金額_美元`` or ``伺服器-生產量`` is cut at its signs; each piece is a flow, a
product, an area, a currency, or a word that only announces another (``按貨品別``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidewaiter.errors import UnknownNameError
from tidewaiter.model.key import TOTAL, WORLD
from tidewaiter.model.unit import INDEX, PERCENT, Unit
from tidewaiter.nomenclature import areas, commodities, find_flow
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.printed import plain, unit_of

MANUFACTURING = "manufacturing"
_SIGNS = re.compile(r"[_\-:/()、,\s]+")
_ADJUSTED = ("季節調整後", "季調後", "季調")
_ANNOUNCING = re.compile(
    r"(?:按|依)?(?:主要)?(?:貨品|地區|國家|產品|行業|業)別?分?\Z|(?:金額|指數|統計|中華民國)\Z"
)
_CURRENCY = {"美元": "", "美金": "", "新臺幣": "twd", "原始": "", "原始值": ""}
_EVERYTHING = frozenset({"總計", "合計", "總額", "總金額", "總值", "全體", "總指數", "00", "0"})
_SPECIAL = {
    "生產指數": "industrial_production",
    "生產量指數": "industrial_production",
    "工業生產指數": "industrial_production",
    "工業": "industrial_production",
    "訂單": "export_orders",
    "外銷訂單": "export_orders",
    "生產價值": "production_value",
    "產品生產值": "production_value",
    "外銷值": "direct_exports_value",  # what plants sell abroad, in prose the customs' exports
    "外銷金額": "direct_exports_value",
    "外銷量": "direct_exports_quantity",
}
_RATES = (
    (
        re.compile(
            r"[(_\-]?(?:較上?年?同月|與上年同月比較|較去年同月)?(?:之?年增\(?減?\)?率|增減率)(?:\(%\)|\))?\Z"
        ),
        "yoy",
    ),
    (re.compile(r"[(_\-]?(?:較上月)?月增\(?減?\)?率(?:\(%\)|\))?\Z"), "mom"),
)
_OF_ORDERS = {  # groups of orders that share a name with a group of the customs release
    "ict_av": "ict_products",
    "electronic_components": "electronic_products",
    "optical_precision": "optical",
}
_OTHERS = {"其他": "OTHER", "其他地區": "OTHER", "其他國家": "OTHER"}
_BASE = re.compile(r"(?:民國)?\d{2,4}年?=100\Z|指數.*\Z|基期.*\Z")
_SCALES = {"千": 3, "萬": 4, "百萬": 6, "億": 8}
_MEASURED = frozenset(
    {
        "台",
        "臺",
        "個",
        "片",
        "套",
        "公斤",
        "公噸",
        "公升",
        "公秉",
        "件",
        "支",
        "組",
        "具",
        "輛",
        "部",
        "只",
        "平方公尺",
        "立方公尺",
        "度",
        "公尺",
        "打",
        "雙",
        "令",
        "粒",
        "條",
    }
)


@dataclass(frozen=True, slots=True)
class Item:
    """What an item says: parts it does not name are None.

    Attributes:
        flow: what is counted.
        commodity: of which goods.
        partner: with whom.
        measure: adjusted (``sa``), or in which currency.
        statistic: ``yoy`` or ``mom`` where the numbers are rates of growth, empty for levels.
    """

    flow: str | None = None
    commodity: str | None = None
    partner: str | None = None
    measure: str = ""
    statistic: str = ""


def item_of(text: str) -> Item:
    """The parts of an item.

    Examples:
        >>> item_of("外銷訂單金額_新臺幣")
        Item(flow='export_orders', commodity=None, partner=None, measure='twd', statistic='')
        >>> item_of("外銷訂單金額年增率").statistic
        'yoy'
        >>> item_of("季節調整後生產指數").measure, item_of("伺服器-生產量").commodity
        ('sa', 'HS847150')

    Raises:
        UnknownNameError: a piece is in no list.
    """
    shown, measure, statistic = _cut(plain(text))
    flow = commodity = partner = None
    for piece in _pieces(shown):
        if (code := flow_of(piece)) is not None:
            flow = flow or code
        elif fold(piece) in _EVERYTHING or _ANNOUNCING.match(piece):
            continue
        elif piece in _CURRENCY:
            measure = measure or _CURRENCY[piece]
        elif (code := commodities().find(piece)) is not None:
            commodity = code
        elif (code := areas().find(piece)) is not None:
            partner = code
        else:
            raise UnknownNameError.of("item", piece, [])
    return Item(flow, commodity, partner, measure, statistic)


def _cut(shown: str) -> tuple[str, str, str]:
    """An item without the words for adjustment and rates, the measure, the statistic."""
    measure, statistic = "", ""
    for pattern, name in _RATES:
        if (match := pattern.search(shown)) and match.start():
            shown, statistic = shown[: match.start()], name
    for word in _ADJUSTED:
        if word in shown:
            shown, measure = shown.replace(word, ""), "sa"
    return shown, measure, statistic


def _pieces(text: str) -> list[str]:
    """The whole when a list has it, else its parts."""
    if flow_of(text) or commodities().find(text):
        return [text]
    return [piece for piece in _SIGNS.split(text) if piece]


def flow_of(name: str) -> str | None:
    """The flow of a name, with or without 金額 behind it."""
    for form in (name, name.removesuffix("金額"), name.removesuffix("統計")):
        if (code := _SPECIAL.get(form) or find_flow(form)) is not None:
            return code
    return None


def goods(name: str, flow: str | None) -> str:
    """The code of a group of goods or a product. One in no list is its own code."""
    if fold(name) in _EVERYTHING:
        return TOTAL
    code = commodities().find(name)
    if flow == "export_orders":
        return _OF_ORDERS.get(code or "", code or named(name))
    return code or named(name)


def industry(name: str, code: str) -> str:
    """The code of an industry: a name we know, else ``SIC`` and the code of the standard classification."""
    if fold(name) in _EVERYTHING or name == "工業":
        return TOTAL
    if code == "C" or find_flow(name) == "manufacturing_production":
        return MANUFACTURING
    known = commodities().find(name)
    return known or (f"SIC{code}" if code.isascii() and code.isalnum() else named(name))


def area(name: str) -> str:
    """The code of an area.

    Raises:
        UnknownNameError: no list has it; candidates are listed.
    """
    if fold(name) in _EVERYTHING:
        return WORLD
    return _OTHERS.get(name) or areas().code_of(name)


def named(name: str) -> str:
    """A name as a code: keys are parted by full stops, so none may stand in it."""
    return plain(name).replace(".", "·").replace(" ", "_")


def moea_unit(text: str) -> Unit | None:
    """The unit of a cell: ``百萬美元``, ``110年=100``, ``%``, ``千台``; None when it is none we know.

    Examples:
        >>> [str(moea_unit(text)) for text in ("百萬美元", "民國110年=100", "千公噸", "新臺幣千元")]
        ['1e6 USD', 'index', '1e3 公噸', '1e3 TWD']
    """
    shown = fold(text)
    if _BASE.match(shown):
        return INDEX
    if shown in {"%", "百分比"}:
        return PERCENT
    if "元" in shown or "美金" in shown:
        return unit_of(shown)
    for scale in ("", *_SCALES):
        rest = shown.removeprefix(scale)
        if rest in _MEASURED:
            return Unit("台" if rest == "臺" else rest, _SCALES.get(scale, 0))
    return None
