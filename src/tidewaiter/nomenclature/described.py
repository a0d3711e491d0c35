"""What a product or company code means, for labels, cards and search. Lists load on first use."""

from __future__ import annotations

import re
from functools import cache

from tidewaiter.nomenclature import ccc, companies, hs

_HS = re.compile(r"HS(\d{2}|\d{4}|\d{6})\Z")
_CCC = re.compile(r"(?:CCC|HS)(\d{8}(?:\d{2,3})?)\Z")
_LONG = 160
_FEW = 12
_TARIFF = 8  # digits


def label_of(code: str, lang: str) -> str:
    """The name of an HS, CCC or company code, in the other language where one is missing; empty if none.

    >>> label_of("C2330", "zh"), label_of("HS847180", "zh")
    ('台積電', '其他自動資料處理機單元')
    """
    both = (lang, "en" if lang == "zh" else "zh")
    if match := _HS.match(code):
        return next((name for one in both if (name := hs.name(match[1], one))), "")
    if match := _CCC.match(code):
        return next((name for one in both if (name := ccc.name(ccc.nearest(match[1]), one))), "")
    return companies.name(code) if companies.CODE.match(code) and code.startswith("C") else ""


def names_of(code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Chinese and English names as published, each empty when there is none."""
    if match := _HS.match(code):
        zh, en = hs.name(match[1], "zh"), hs.name(match[1], "en")
    elif match := _CCC.match(code):
        zh, en = (ccc.name(ccc.nearest(match[1]), lang) for lang in ("zh", "en"))
    else:
        zh, en = label_of(code, "zh"), ""
    return (zh,) if zh else (), (en,) if en else ()


def meanings(text: str) -> list[str]:
    """The codes that bare digits can stand for: an HS heading that exists, a listed company.

    >>> meanings("847150"), meanings("2330"), meanings("2201")
    (['HS847150'], ['C2330'], ['HS2201', 'C2201'])
    """
    found = [f"HS{text}"] if text.isascii() and text.isdigit() and hs.editions(text) else []
    if companies.CODE.match(text) and companies.name(text):
        found.append(f"C{text.removeprefix('C')}")
    return found


def facts_of(code: str) -> dict[str, str]:
    """What the lists tell about a code: official names, what stands above and below, editions, source."""
    if match := _HS.match(code):
        return _hs_facts(match[1])
    if match := _CCC.match(code):
        return _ccc_facts(match[1])
    if companies.CODE.match(code) and code.startswith("C") and companies.name(code):
        source = "公開資訊觀測站, 上市公司 (2025-07)"
        return {"industry": companies.industry(code), "series": f"TWN.revenue.{code}", "source": source}
    return {}


def _hs_facts(digits: str) -> dict[str, str]:
    found = hs.editions(digits)
    if not found:
        return {}
    facts = {"name_zh_official": hs.name(digits, "zh"), "name_en_official": hs.name(digits, "en")}
    if (above := hs.parent(digits)) is not None:
        facts["above"] = f"HS{above} {_short(hs.name(above, 'zh') or hs.name(above, 'en'))}"
    below = hs.children(digits, found[-1])
    if below:
        facts["below"] = ", ".join(below[:_FEW]) + (f" … ({len(below)})" if len(below) > _FEW else "")
    facts["editions"] = ", ".join(found)
    if len(digits) == 6:  # noqa: PLR2004 — a subheading
        facts |= _changes(digits, found)
        facts["national_codes"] = ", ".join(_leaves(digits)[:_FEW])
    facts["source"] = "HS 2017, HS 2022 (UN); 中華民國輸出入貨品分類 (財政部關務署, 2020)"
    return {name: value for name, value in facts.items() if value}


def _changes(digits: str, found: tuple[str, ...]) -> dict[str, str]:
    facts = {}
    for of, to in (hs.EDITIONS, hs.EDITIONS[::-1]):
        if of in found:
            targets = hs.convert(digits, of, to)
            shown = ", ".join(map(str, targets[:_FEW])) + (
                f" … ({len(targets)})" if len(targets) > _FEW else ""
            )
            if shown != f"{digits} (1:1)":
                facts[f"{of}_to_{to}"] = shown
    return facts


def _ccc_facts(digits: str) -> dict[str, str]:
    nearest = ccc.nearest(digits)
    facts = {"source": "中華民國輸出入貨品分類 (財政部關務署, 2020)"}
    if nearest and (above := ccc.parent(nearest)):
        facts["above"] = f"{above} {_short(ccc.name(above))}"
    if nearest and len(nearest) < min(len(ccc.bare(digits)), 10):
        facts["note"] = f"not in the tariff of 2020: named after {nearest}"
    return facts if nearest else {}


def _leaves(digits: str) -> list[str]:
    below = ccc.children(digits)
    return [leaf for code in below for leaf in (ccc.children(code) or [code])]


def _short(name: str) -> str:
    return name if len(name) <= _LONG else f"{name[:_LONG]}…"


def neighbours(code: str) -> list[str]:
    """Codes easily taken for a subheading: those of its own intermediate heading."""
    if (match := _HS.match(code)) is None or len(match[1]) != 6:  # noqa: PLR2004
        return []
    above = ccc.parent(match[1])
    return [f"HS{other}" for other in ccc.children(above or "") if len(other) == 6 and other != match[1]]  # noqa: PLR2004


@cache
def every() -> tuple[tuple[str, str, str], ...]:
    """Every HS, CCC and company code with its names in Chinese and English: HS first, shorter codes first.

    A CCC code whose name is that of the code above it is left out.
    """
    known = dict.fromkeys(code for edition in reversed(hs.EDITIONS) for code in hs.codes(edition))
    found = [
        (f"HS{code}", hs.name(code, "zh"), hs.name(code, "en"))
        for code in sorted(known, key=lambda code: (len(code), code))
    ]
    found += [
        (f"CCC{code}", ccc.name(code), ccc.name(code, "en"))
        for code in ccc.codes()
        if len(code) >= _TARIFF and (len(code) == _TARIFF or ccc.name(code) != ccc.name(code[:_TARIFF]))
    ]
    return (*found, *((code, companies.name(code), "") for code in companies.codes()))
