"""Which columns are numbers to keep, and what they count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import TidewaiterError
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.mapping.commodities import slug
from tidewaiter.sources.mapping.headings import flow_in, flow_word, money_in, power_in, says, unit_in, worded
from tidewaiter.sources.mapping.profile import is_unit
from tidewaiter.sources.mapping.shape import JOIN
from tidewaiter.sources.mapping.spec import UNKNOWN
from tidewaiter.sources.mapping.units import unit_of_quantity

if TYPE_CHECKING:
    from tidewaiter.sources.mapping.columns import Columns
    from tidewaiter.sources.mapping.profile import Profile

_LETTERS = 2  # of a heading that is but a sign of a flow; of a unit that may be anything else
_MOST = 0.7
_FEW = 12  # texts of a column that tells what each number is
_NO_QUANTITY = frozenset({"n/a", "noquantity", "none", "-", "nounit", "nu", "x", "_z"})
_DOLLARS = {"CAN": "CAD", "AUS": "AUD", "NZL": "NZD", "SGP": "SGD", "HKG": "HKD"}
_CROWNS = {"NOR": "NOK", "SWE": "SEK", "DNK": "DKK", "ISL": "ISK"}
_PESOS = {"MEX": "MXN", "COL": "COP", "CHL": "CLP", "ARG": "ARS", "PHL": "PHP"}
_OWN = (
    (re.compile(r"\$|dollar"), _DOLLARS),
    (re.compile(r"(?<![a-z])(?:[mt]|mn|ml)?kr(?![a-z])|kroner|kronor|crown|króna"), _CROWNS),
    (re.compile(r"pesos?(?![a-z])"), _PESOS),
)
_SUMS = re.compile(
    r"\b(?:year|total|annual|cumul\w*|ytd|sum|jahr|año|année|合計|合计|累計|累计|누계|计|計)\b|[-_ ]year$"
)
_TO_DATE = re.compile(
    r"(?<!\d)1[-~–至到]\d{1,2}月|year to date|(?<![a-z])ytd|累計|累计|(?<![a-z])acumulad|cumulative"
)
_NET = re.compile(r"\bnett?o?\b|net ?w(?:ei|g)|net ?mass|peso ?net|poids ?net|masa netto")
_POWER = re.compile(r"scalar|mult|scale|power")
_US = re.compile(r"us ?\$|u\$s|usd|u\.s|us dollar|dollars? us|美|\$us|dólares|amerik|états-unis")
_WEAK = re.compile(
    r"\b(no|nr|id|rank|row|sort|order|level|digits?|length|version|s/?n)\b|code|序號|項次|번호"
)


def values(
    free: Columns, flow: dict[str, Any], reporter: str = "", *, records: bool = False
) -> list[dict[str, Any]]:
    """The columns of numbers with their units.

    Args:
        free: the columns without a role.
        flow: the flow of the rows, which a heading may overrule.
        reporter: whose currency a bare ``$`` or ``kr`` is, where it is known.
        records: the rows are customs records, by codes of six digits and more.
    """
    units = [p for p in free.profiles if (says(p.name, "unit") or _names_units(p)) and not p.numeric]
    whole = unit_of_all(free, units, reporter)
    columns = [
        p for p in free.profiles if p.numeric and p.texts and not says(p.name, "derived") and not _is_code(p)
    ]
    named = [p for p in columns if _speaks(p)]
    if free.across:
        sums = [p for p in named if _SUMS.search(p.name.lower())]
        named = [p for p in named if p not in sums]
        columns = [p for p in columns if p not in sums]
    chosen = named or [p for p in columns if p.fractional] or columns[-1:]
    telling = _telling(free, units) if len(chosen) == 1 and not _own_unit(chosen[0].name, reporter) else None
    quantities = sum(says(p.name, "quantity") for p in chosen)
    told = _Told(units, telling, whole, flow, reporter, records, 0 < quantities < len(chosen))
    done = [value for p in chosen if (value := _value(p, told))]
    nets = [value["column"] for value in done if value.get("unit") == "kg" and not unit_in(value["column"])]
    if any(_NET.search(worded(name).replace("_", " ")) for name in nets):
        free.note("net weight without a unit is read as kilograms, as customs records weigh")
    used = {value["column"] for value in done} | {value.get("unit_column") for value in done}
    free.profiles = [p for p in free.profiles if p.name not in used]
    if any(value.get("unit") == UNKNOWN for value in done):
        free.note("a unit is told nowhere: fill it in, for example 1e3 USD")
    if not done:
        free.note("no column of numbers is found")
        done = [{"column": UNKNOWN, "unit": UNKNOWN}]
    return _told_apart(done)


def _names_units(profile: Profile) -> bool:
    """Its texts name units of quantity, whatever its heading says."""
    names = [text for text in profile.texts if fold(text) not in _NO_QUANTITY]
    spoken = [text for text in names if len(text) > _LETTERS and is_unit(text)]
    return len(spoken) > 0 and len(spoken) >= _MOST * len(names)


def _speaks(profile: Profile) -> bool:
    name = profile.name
    return bool(
        name == "value"
        or (len(name) <= _LETTERS and flow_word(name))
        or says(name, "value")
        or says(name, "quantity")
        or unit_in(name)
        or flow_in(name)
    )


def _own_unit(text: str, reporter: str) -> str:
    """The unit a text tells; a bare ``$`` is the reporter's own dollar where it has one."""
    unit, words = unit_in(text), worded(text)
    if unit and not unit.endswith("USD"):
        return unit
    if _US.search(words):
        return unit
    for pattern, homes in _OWN:
        if pattern.search(words) and reporter in homes:
            power = power_in(text)
            return f"1e{power} {homes[reporter]}" if power else homes[reporter]
    return unit


def _is_code(profile: Profile) -> bool:
    """Whole numbers under a heading of codes (an identifier beside the data)."""
    name = fold(profile.name)
    ends = name.endswith(("code", "id", "no", "iso", "編號", "代號"))
    weak = bool(_WEAK.search(profile.name.lower().replace("_", " "))) and not says(profile.name, "value")
    return not profile.fractional and (ends or weak or says(profile.name, "month"))


def unit_of_all(free: Columns, units: list[Profile], reporter: str) -> str:
    """The unit of values when a column of units has one text for all rows, else of the title."""
    for column in units:
        if len(column.texts) == 1 and (unit := _own_unit(column.texts[0], reporter)):
            free.why("values", f"the unit stands in {column.name}: {column.texts[0]}")
            return _scaled(free, unit)
    if (told := _single(free, reporter)) is not None:
        return told
    unit = _own_unit(free.title, reporter) if free.title else ""
    unit = money_in(free.title) if unit.endswith("kg") else unit
    if unit:
        free.why("values", "the title tells the unit")
    return unit


def _single(free: Columns, reporter: str) -> str | None:
    """The unit that the one text of a column tells: ``Merchandise exports (current US$)``, ``MLN_USD``.

    Names of goods and countries do not count: shoes have soles.
    """
    for column in free.every:
        named = any(says(column.name, role) for role in ("commodity", "partner", "reporter"))
        text = column.texts[0] if len(column.texts) == 1 and not (column.numeric or named) else ""
        if text and money_in(text):
            free.why("values", f"the unit stands in {column.name}: {text}")
            return _scaled(free, _own_unit(text, reporter))
    return None


def _scaled(free: Columns, unit: str) -> str:
    """A unit with the power of ten that stands in a column of its own: ``millions``, ``6``."""
    if " " in unit:
        return unit
    for column in free.profiles:
        if len(column.texts) == 1 and _POWER.search(column.name.lower()):
            text = column.texts[0]
            power = text.split(":")[0] if text.split(":")[0] in {"2", "3", "6", "9"} else power_in(text)
            if power:
                return f"1e{power} {unit}"
    return unit


def _telling(free: Columns, units: list[Profile]) -> Profile | None:
    """A column whose texts tell what each number is: ``Value (1000 EUR)``, ``Net weight (kg)``."""
    others = [p for p in free.profiles if not p.numeric and 1 < len(p.texts) <= _FEW and p not in units]
    for column in [p for p in units if len(p.texts) > 1] + others:
        known = [text for text in column.texts if unit_in(text) or (column in units and is_unit(text))]
        spoken = [
            text for text in column.texts if says(text, "value") or says(text, "quantity") or text in known
        ]
        if known and (column in units or len(spoken) == len(column.texts)) and any(unit_in(t) for t in known):
            return column
    return None


@dataclass(frozen=True)
class _Told:
    """What is known of units before a column of numbers is looked at.

    Attributes:
        units: columns of units.
        telling: the column that tells what each number is.
        whole: the unit of all.
        flow: the flow of the rows.
        reporter: whose currency a bare ``$`` is.
        records: the rows are customs records (codes of six digits and more): they weigh in kilograms.
        beside: quantities stand beside values.
    """

    units: list[Profile]
    telling: Profile | None
    whole: str
    flow: dict[str, Any]
    reporter: str
    records: bool
    beside: bool


def _value(column: Profile, told: _Told) -> dict[str, Any]:
    """One column of numbers; empty when its unit stands in a column that holds none."""
    value: dict[str, Any] = {"column": column.name}
    unit, quantity = _own_unit(column.name, told.reporter), says(column.name, "quantity")
    net = quantity and not unit and bool(_NET.search(worded(column.name).replace("_", " ")))
    own = _unit_column(column, told.units) if quantity and not net and told.telling is None else None
    if unit or (net and told.records):
        value["unit"] = unit or "kg"
    elif own is not None and not own.texts:
        return {}
    elif told.telling is not None:
        words = {text: _unit_text(text, told.reporter) for text in told.telling.texts}
        value |= {"unit_column": told.telling.name, "units": words, "measure": "*"}
    elif own is not None:
        value |= {"unit_column": own.name, "units": _units(own), "measure": "quantity"}
    else:
        weighed = told.whole.endswith("kg") and told.beside  # the unit of the quantities
        value["unit"] = UNKNOWN if quantity or weighed or not told.whole else told.whole
    if _TO_DATE.search(worded(column.name)):
        value["span"] = "to_date"
    spoken = flow_in(column.name) or (flow_word(column.name) if len(column.name) <= _LETTERS else "")
    if spoken and "column" not in told.flow and spoken != told.flow.get("constant"):
        value["flow"] = spoken
    return value


def _unit_text(text: str, reporter: str) -> str:
    if unit := _own_unit(text, reporter):
        return unit
    try:
        return unit_of_quantity(text, {})
    except TidewaiterError:
        return "" if fold(text) in _NO_QUANTITY else UNKNOWN


def _unit_column(column: Profile, units: list[Profile]) -> Profile | None:
    """The column of units that belongs to a column of quantities: named alike, and holding units."""

    def alike(other: Profile) -> tuple[int, float]:
        pairs = zip(column.name.lower(), other.name.lower(), strict=False)
        digits = set(re.findall(r"\d", column.name)) == set(re.findall(r"\d", other.name))
        return 100 * digits + len(list(takewhile(lambda pair: pair[0] == pair[1], pairs))), other.units()

    fits = [
        p
        for p in units
        if not p.texts or any(map(is_unit, p.texts)) or (len(p.texts) > 1 and not any(map(unit_in, p.texts)))
    ]
    return max(fits, key=alike, default=None)


def _units(units: Profile) -> dict[str, str]:
    words = {}
    for text in units.texts:
        if not is_unit(text):
            words[text] = "" if fold(text) in _NO_QUANTITY else unit_in(text) or slug(text)
    return words | ({"": ""} if units.blank else {})


def _told_apart(done: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """No two columns make one series: exports beside re-exports are domestic, others carry their name."""
    flows = [flow_in(value["column"]) for value in done]
    whole = [value for value in done if "total" in value["column"].lower()]
    if whole and "re_exports" in flows:
        for value, flow in zip(done, flows, strict=True):
            if flow == "exports" and value not in whole:
                value["flow"] = "domestic_exports"
    seen: set[tuple[str, str, str]] = set()
    for value in done:
        kind = value.get("measure", value.get("unit", "").split(" ")[-1])
        home = (value.get("flow", ""), kind, value.get("span", ""))
        if home in seen and value.get("unit") != UNKNOWN:
            levels = value["column"].split(JOIN)
            value["measure"] = slug(" ".join([level for level in levels if not flow_in(level)] or levels))
        seen.add(home)
    return done
