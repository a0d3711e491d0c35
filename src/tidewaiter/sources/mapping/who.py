"""Who reports: the country that a file's name or title names, or the office, the currency or the script tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tidewaiter.nomenclature import areas
from tidewaiter.sources.mapping import partners
from tidewaiter.sources.mapping.spec import UNKNOWN

if TYPE_CHECKING:
    from tidewaiter.sources.mapping.columns import Columns

_ISO = 3
_LONGEST = 4  # words of a country's name
_WORD = re.compile(r"[^\W\d_]+")
_OFFICES = {
    "statcan": "CAN", "cimt": "CAN", "inegi": "MEX", "banxico": "MEX", "destatis": "DEU", "insee": "FRA",
    "istat": "ITA", "coeweb": "ITA", "datacomex": "ESP", "tüik": "TUR", "tuik": "TUR", "turkstat": "TUR", "ssb": "NOR",
    "scb": "SWE", "bps": "IDN", "abs": "AUS", "sars": "ZAF", "dian": "COL", "dane": "COL", "indec": "ARG",
    "sunat": "PER", "kita": "KOR", "kcs": "KOR", "singstat": "SGP", "gacc": "CHN", "matrade": "MYS", "dosm": "MYS",
    "hmrc": "GBR", "ons": "GBR", "insee.": "FRA", "comexstat": "BRA", "secex": "BRA", "censtatd": "HKG", "dgcis": "IND",
    "usitc": "USA", "aduana": "", "swissimpex": "CHE", "bazg": "CHE", "gus": "POL", "statbel": "BEL", "ksh": "HUN",
}  # fmt: skip
_ADJECTIVES = {
    "korean": "KOR", "japanese": "JPN", "canadian": "CAN", "australian": "AUS", "swiss": "CHE", "german": "DEU",
    "french": "FRA", "italian": "ITA", "spanish": "ESP", "turkish": "TUR", "norwegian": "NOR", "swedish": "SWE",
    "mexican": "MEX", "chilean": "CHL", "thai": "THA", "malaysian": "MYS", "vietnamese": "VNM", "philippine": "PHL",
    "indonesian": "IDN", "colombian": "COL", "peruvian": "PER", "argentine": "ARG", "israeli": "ISR",
    "dutch": "NLD", "danish": "DNK", "polish": "POL", "british": "GBR", "brazilian": "BRA", "indian": "IND",
}  # fmt: skip
_SCRIPTS = (
    ("KOR", r"[가-힣]{2}"), ("JPN", r"[ぁ-んァ-ヶ]{2}|輸出入|輸出額|輸入額"), ("THA", r"[ก-ฮ]{2}"), ("ISR", r"[א-ת]{2}"),
    ("TUR", r"ihracat|ithalat|[ğış].*[ğış]|ülke"), ("VNM", r"xuất khẩu|nhập khẩu|trị giá|tháng"),
    ("NOR", r"måned.*(?:verdi|varegruppe)|utførsel|innførsel|hs-?nummer"), ("SWE", r"varuexport|varuimport|införsel|utförsel"),
    ("IDN", r"negara (?:tujuan|asal)|nilai \(us|berat bersih|\bekspor\b|\bimpor\b"),
    ("CHN", r"进出口|贸易|商品编码|出口国"),
)  # fmt: skip
_COUNTRIES = {
    "TWD": "TWN", "NZD": "NZL", "AUD": "AUS", "CAD": "CAN", "CHF": "CHE", "JPY": "JPN", "GBP": "GBR",
    "BRL": "BRA", "CNY": "CHN", "KRW": "KOR", "INR": "IND", "MXN": "MEX", "ZAR": "ZAF", "TRY": "TUR",
    "THB": "THA", "VND": "VNM", "IDR": "IDN", "MYR": "MYS", "PHP": "PHL", "RUB": "RUS", "SEK": "SWE",
    "NOK": "NOR", "DKK": "DNK", "PLN": "POL", "CZK": "CZE", "HUF": "HUN", "ILS": "ISR", "CLP": "CHL",
    "HKD": "HKG", "SGD": "SGP", "COP": "COL", "PEN": "PER", "ARS": "ARG", "SAR": "SAU", "AED": "ARE",
    "PKR": "PAK", "EGP": "EGY", "ISK": "ISL", "RON": "ROU", "KZT": "KAZ", "UAH": "UKR", "BDT": "BGD", "LKR": "LKA",
}  # fmt: skip


def named_in(text: str) -> list[str]:
    """The countries a text names, in its order, in any language (offices and adjectives too).

    Examples:
        >>> named_in("Exports of Viet Nam by country"), named_in("korea_trade_2025.csv"), named_in("Destatis 51000")
        (['VNM'], ['KOR'], ['DEU'])
    """
    words = _WORD.findall(text.replace("_", " ").replace("’s", "").replace("'s", ""))
    found: dict[str, None] = {}
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            if code := _one(" ".join(words[at : at + size])):
                found[code] = None
                at += size - 1
                break
        at += 1
    return list(found)


def _one(name: str) -> str:
    plain = name.lower()
    if plain in _OFFICES or plain in _ADJECTIVES:
        return _OFFICES.get(plain) or _ADJECTIVES.get(plain, "")
    if len(name) <= _ISO and not any("\u2e80" < sign for sign in name):
        return ""
    code = partners.area_of(name, (partners.NAME,)) or ""
    return code if len(code) == _ISO and code in areas().entries and code != "W00" else ""


def reporter_of(free: Columns, parts: dict[str, Any]) -> dict[str, Any]:
    """Who reports, when no column says it.

    Asked in this order: title and file name, the calendar, the currency of the values, the script of the
    headings. What they leave open is ``???``.
    """
    titles = named_in(f"{free.title} {free.file.rpartition('.')[0].rpartition('/')[2]}")
    if titles:
        if len(titles) > 1:
            free.note(f"title and file name speak of {', '.join(titles)}: the first is taken as reporter")
        free.why("reporter", "the title or the file's name names the country")
        return {"constant": titles[0]}
    if parts["period"].get("format") == "roc" or free.republic:
        free.note("the reporter is judged by the calendar: TWN")
        return {"constant": "TWN"}
    units = {value.get("unit", "").split(" ")[-1] for value in parts["values"]}
    found = {_COUNTRIES[unit] for unit in units if unit in _COUNTRIES}
    if len(found) == 1:
        free.note(f"the reporter is judged by the currency: {(code := found.pop())}")
        return {"constant": code}
    words = " ".join([free.title, *free.headings]).lower()
    for code, script in _SCRIPTS:
        if re.search(script, words):
            free.note(f"the reporter is judged by the language of the headings: {code}")
            return {"constant": code}
    free.note("nothing tells who reports: fill in reporter (ISO alpha-3)")
    return {"constant": UNKNOWN}
