"""Units of quantity as customs offices code them (UN/CEFACT, India, words) → the units we keep."""

from __future__ import annotations

from tidewaiter.errors import UnknownNameError
from tidewaiter.nomenclature.codelist import fold

_UNITS: dict[str, tuple[str, ...]] = {
    "kg": (
        "KGM",
        "KGS",
        "KG",
        "kilograms",
        "kilogram",
        "kilogramme",
        "weight in kilograms",
        "KIL",
        "公斤",
        "千克",
        "кг",
        "kilogramos",
        "kilogrammes",
        "kilogramm",
        "quilograma",
        "กก.",
        "KN",
    ),
    "1e3 kg": (
        "TNE",
        "TON",
        "MTS",
        "MT",
        "tấn",
        "톤",
        "吨",
        "公噸",
        "tonelada",
        "toneladas",
        "tonnes métriques",
        "Tonnen",
        "ton",
        "t",
        "tonne",
        "tonnes",
        "metric tons",
        "T",
    ),
    "1e-3 kg": ("GRM", "GM", "GMS", "grams", "G"),
    "number": (
        "NMB",
        "NOS",
        "NO",
        "NAR",
        "U",
        "items",
        "number",
        "number of items",
        "PCE",
        "PST",
        "ITEM",
        "NUM",
        "unit",
        "units",
        "unidad",
        "unidades",
        "unité",
        "Stück",
        "St",
        "p/st",
        "st.",
        "chiếc",
        "cái",
        "개",
        "台",
        "個",
        "件",
        "个",
        "unidade",
        "adet",
        "buah",
        "each",
        "EA",
        "pcs",
        "no.",
        "N",
        "NIU",
        "шт",
    ),
    "1e3 number": ("MIL", "THD", "THS", "1000U", "thousands of items", "TSD"),
    "1e2 number": ("CEN", "HND"),
    "dozen": ("DZN", "DOZ", "DPC"),
    "pair": ("NPR", "PRS", "PR", "pairs", "number of pairs", "2U"),
    "m2": ("MTK", "SQM", "M2", "area in square metres", "square metres"),
    "m3": ("MTQ", "CBM", "M3", "volume in cubic meters", "cubic metres"),
    "m": ("MTR", "M", "length in metres", "metres"),
    "l": ("LTR", "L", "litres", "volume in litres", "LT"),
    "l_alcohol": ("LPA", "L ALC 100%", "litres of pure alcohol"),
    "carat": ("CTM", "KTC", "CAR", "CT", "CRT", "weight in carats", "CARATS"),
    "1e3 kWh": ("MWH", "TKW", "electrical energy in thousands of kilowatt-hours", "1000 KWH"),
    "1e9 J": ("TJ/1000",),
}
_BY_CODE = {fold(code): unit for unit, codes in _UNITS.items() for code in (unit, *codes)}


def unit_of_quantity(text: str, words: dict[str, str]) -> str:
    """The unit of a unit code; ``words`` (of the mapping) come first; ``""`` is no quantity.

    Examples:
        >>> unit_of_quantity("KGM", {}), unit_of_quantity("GIF", {"GIF": "number"})
        ('kg', 'number')

    Raises:
        UnknownNameError: neither the mapping nor the list has it.
    """
    if text in words:
        return words[text]
    if (unit := _BY_CODE.get(fold(text))) is not None and text:
        return unit
    shown = text or "an empty cell"
    raise UnknownNameError(f"no unit is called {shown!r}", hint="add it to the mapping's units")
