"""What a heading tells: the role of its column, the unit and scale of its numbers."""

from __future__ import annotations

import re

from tidewaiter.nomenclature import flows
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.printed import currency_column, split_unit, unit_of

_ROLES: dict[str, str] = {
    "month": r"month|mes\b|mois|monat|co_mes|月份|\bmon\b",
    "period": r"period|year|date|time|\byr\b|\bfy\b|fiscal|quarter|ano\b|anno|jahr|fecha|年月|資料期|日期"
    r"|年度|年$|期",
    "flow": r"flow|direction|ex_?im|imp_?exp|trade.?type|type.?of.?trade|進出口|sentido|fluxo",
    "reporter": r"report|declar|exporter|\bgeo\b|ref.?area",
    "partner": r"partner|country|dest|origin|\bcty|counterpart|pais|país|\bland\b|market|area|nation"
    r"|國家|國別|地區",
    "commodity": r"\bhs|hts|hscode|cmd|commod|produc|\bncm|\bcn\b|cn.?8|goods|tariff|taric|sitc|item"
    r"|貨品|貨名|號列|sh[246]|arancel|partida|fracci|codigo|code",
    "unit": r"\bunit|uom|單位|measure.?unit|einheit|unidade|currency",
    "status": r"status|flag|prelim|confid|suppress|狀態",
    "fiscal": r"\bfy\b|fiscal|financial.?year|會計年度",
    "derived": r"%|percent|\bpct|yoy|growth|share|rate\b|change|增減|成長|占比|比重|年增|rank|index\b",
    "quantity": r"qty|quant|cantidad|kilos|weight|\bkgs?\b|netw|mass|tonn|suppl|litre|volume"
    r"|重量|數量|peso|\bkg_",
    "value": r"val|fob|cif|fas|usd|eur|amount|trade|dollar|金額|美元|千元|出口值|進口值|export|import"
    r"|vl_|wert|chf|gbp|jpy",
}
_CURRENCIES: tuple[tuple[str, str], ...] = (
    ("TWD", r"nt\$|twd|ntd|新臺幣"),
    ("NZD", r"nz\$|nzd"),
    ("AUD", r"(?<![a-z])a\$|aud|australian dollar"),
    ("CAD", r"(?<![a-z])c\$|cad(?![a-z])|canadian dollar"),
    ("HKD", r"hk\$|hkd"),
    ("SGD", r"(?<![a-z])s\$|sgd"),
    ("BRL", r"(?<![a-z])r\$|brl|reais"),
    ("USD", r"us\$|usd|u\.s\. ?dollar|us dollar|dollars? us|美元|美金"),
    ("EUR", r"eur(?!o?pe)|€"),
    ("GBP", r"gbp|£|sterling"),
    ("CHF", r"chf|swiss franc"),
    ("JPY", r"jpy|yen|円|¥"),
    ("CNY", r"cny|rmb|yuan|人民幣|人民币"),
    ("KRW", r"krw|(?<![a-z])won(?![a-z])"),
    ("INR", r"inr|rupee|(?<![a-z])rs\.?(?![a-z])"),
    ("MXN", r"mxn"), ("ZAR", r"zar(?![a-z])|(?<![a-z])rand(?![a-z])"),
    ("TRY", r"(?<![a-z])try(?![a-z])|lira"),
    ("THB", r"thb|baht"), ("VND", r"vnd"), ("IDR", r"idr|rupiah"), ("MYR", r"myr|ringgit"), ("PHP", r"php"),
    ("RUB", r"rub(?![a-z])|rouble"), ("SEK", r"sek(?![a-z])"), ("NOK", r"nok(?![a-z])"), ("DKK", r"dkk"),
    ("PLN", r"pln|zloty"), ("CZK", r"czk"), ("HUF", r"huf"), ("ILS", r"(?<![a-z])ils(?![a-z])"),
    ("CLP", r"clp"),
    ("USD", r"\$|dollar"),
)  # fmt: skip
_SCALES: tuple[tuple[int, str], ...] = (
    (12, r"trillion|兆"),
    (9, r"billion|(?<![a-z])bn|mrd|十億"),
    (6, r"million|mio|(?<![a-z])mn(?![a-z])|mill|百萬|百万|milh|10\^6|(?<=[\s(_])m(?=[\s)$£€_])"),
    (7, r"crore|(?<![a-z])cr(?![a-z])|千萬"),
    (5, r"lakh|lac(?![a-z])"),
    (8, r"億|亿"),
    (4, r"萬|万"),
    (3, r"thousand|thous|(?<![a-z])ths|tsd|['’,]000|(?<!\d)1?000(?!\d)|千|milhar|(?<=[\s(])k(?=[\s)$£€])"),
)  # fmt: skip
_MASS = (
    ("1e3 kg", r"tonn|metric ton|(?<![a-z])mt(?![a-z])|公噸|千公斤"),
    ("kg", r"kgs?(?![a-z])|kilos(?![a-z])|kilogr|公斤|quilogr"),
)
_SPLIT = re.compile(r"(?<=[a-z])(?=[A-Z])")


def worded(heading: str) -> str:
    """A heading in words: camel case cut, lower case, underscores kept."""
    return _SPLIT.sub(" ", heading).replace("台", "臺").lower()


def says(heading: str, role: str) -> bool:
    """The heading has a word of a role (``period``, ``partner``, ``value`` …)."""
    words = worded(heading)
    return bool(re.search(_ROLES[role], words) or re.search(_ROLES[role], words.replace("_", " ")))


def unit_in(heading: str) -> str:
    """The unit a heading tells, empty when it tells none.

    Examples:
        >>> unit_in("Value (US$ thousand)"), unit_in("netWgt (kg)"), unit_in("value_inr_crore")
        ('1e3 USD', 'kg', '1e7 INR')
    """
    shown = unit_of(split_unit(heading)[1]) if split_unit(heading)[1] else None
    if (known := currency_column(heading) or shown) is not None:
        return str(known)
    words = worded(heading).replace("_", " _")
    for unit, pattern in _MASS:
        if re.search(pattern, words):
            return unit
    for currency, pattern in _CURRENCIES:
        if re.search(pattern, words):
            power = next((power for power, scale in _SCALES if re.search(scale, words)), 0)
            return f"1e{power} {currency}" if power else currency
    return ""


_FLOW_WORDS = {
    "exports": ("x", "e", "exp", "export", "exports", "ex", "ausfuhr", "exportacao", "exportação",
                "exportaciones", "dispatches"),
    "imports": ("m", "i", "imp", "import", "imports", "im", "einfuhr", "importacao", "importação",
                "importaciones", "arrivals"),
    "re_exports": ("rx", "reexport", "re-export", "re-exports", "reexports", "復出口", "re_export"),
    "re_imports": ("rm", "reimport", "re-import", "re-imports", "復進口"),
    "domestic_exports": ("dx", "domesticexport", "domesticexports", "domestic exports"),
    "balance": ("balance", "tradebalance", "出超"),
}  # fmt: skip
_FLOWS = {fold(word): flow for flow, words in _FLOW_WORDS.items() for word in words}


def flow_word(text: str) -> str:
    """The flow a word means, empty when none."""
    return _FLOWS.get(fold(text)) or flows().find(text) or ""


def flow_in(text: str) -> str:
    """The flow that a heading, title or file name speaks of; empty when none or several."""
    words = worded(text)
    found = set()
    if re.search(r"re[-_ ]?export|復出口", words):
        found.add("re_exports")
    elif re.search(r"export|出口|外銷|ausfuhr|exporta", words):
        found.add("exports")
    if re.search(r"import(?!ant)|進口|einfuhr|importa[çc]", words):
        found.add("imports")
    return found.pop() if len(found) == 1 else ""
