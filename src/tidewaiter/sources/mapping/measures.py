"""Which columns are numbers to keep, and what they count."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.mapping.commodities import slug
from tidewaiter.sources.mapping.headings import flow_in, says, unit_in
from tidewaiter.sources.mapping.profile import is_unit
from tidewaiter.sources.mapping.spec import UNKNOWN

if TYPE_CHECKING:
    from tidewaiter.sources.mapping.columns import Columns
    from tidewaiter.sources.mapping.profile import Profile

_HALF = 0.5
_NO_QUANTITY = frozenset({"n/a", "noquantity", "none", "-", "nounit"})


def values(free: Columns, flow: dict[str, Any], across: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """The columns of numbers with their units; with periods across, each heading is one.

    Args:
        free: the columns without a role.
        flow: the flow of the rows, which a heading may overrule.
        across: headings that are periods, with their periods.
    """
    units = [p for p in free.profiles if says(p.name, "unit") and not p.numeric and p.texts]
    whole = _unit_of_all(free, units)
    if across:
        if not whole:
            free.note("a unit is told nowhere: fill it in, for example 1e3 USD")
        return [{"column": name, "unit": whole or UNKNOWN, "period": period} for name, period in across]
    columns = [
        p for p in free.profiles if p.numeric and p.texts and not says(p.name, "derived") and not _is_code(p)
    ]
    named = [p for p in columns if says(p.name, "value") or says(p.name, "quantity") or unit_in(p.name)]
    chosen = named or [p for p in columns if p.fractional] or columns[-1:]
    done = [_value(p, units, whole, flow) for p in chosen]
    used = {value["column"] for value in done} | {value.get("unit_column") for value in done}
    free.profiles = [p for p in free.profiles if p.name not in used]
    if any(value.get("unit") == UNKNOWN for value in done):
        free.note("a unit is told nowhere: fill it in, for example 1e3 USD")
    if not done:
        free.note("no column of numbers is found")
    return _told_apart(done)


def _is_code(profile: Profile) -> bool:
    """Whole numbers under a heading of codes (an identifier beside the data)."""
    name = fold(profile.name)
    ends = name.endswith(("code", "id", "no", "iso", "編號", "代號"))
    return not profile.fractional and (ends or says(profile.name, "month"))


def _unit_of_all(free: Columns, units: list[Profile]) -> str:
    """The unit of values when a column of units has one text for all rows, else of the title."""
    for column in units:
        if len(column.texts) == 1 and (unit := unit_in(column.texts[0])):
            return unit
    return unit_in(free.title) if free.title else ""


def _value(column: Profile, units: list[Profile], whole: str, flow: dict[str, Any]) -> dict[str, Any]:
    value: dict[str, Any] = {"column": column.name}
    unit, quantity = unit_in(column.name), says(column.name, "quantity")
    own = _unit_column(column, units) if quantity else None
    money = [p for p in units if len(p.texts) > 1 and all(unit_in(text) for text in p.texts)]
    if unit:
        value["unit"] = unit
    elif own is not None:
        value |= {"unit_column": own.name, "units": _units(own), "measure": "quantity"}
    elif money and not quantity:
        words = {text: unit_in(text) for text in money[0].texts}
        value |= {"unit_column": money[0].name, "units": words, "measure": ""}
    else:
        value["unit"] = UNKNOWN if quantity or not whole else whole
    told = flow_in(column.name)
    if told and "column" not in flow and told != flow.get("constant"):
        value["flow"] = told
    return value


def _unit_column(column: Profile, units: list[Profile]) -> Profile | None:
    """The column of units that belongs to a column of quantities: named alike, and holding units."""

    def alike(other: Profile) -> tuple[int, float]:
        pairs = zip(column.name.lower(), other.name.lower(), strict=False)
        return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs))), other.units()

    return max((other for other in units if other.units() >= _HALF), key=alike, default=None)


def _units(units: Profile) -> dict[str, str]:
    words = {text: "" if fold(text) in _NO_QUANTITY else UNKNOWN for text in units.texts if not is_unit(text)}
    return words | ({"": ""} if units.blank else {})


def _told_apart(done: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """No two columns make one series: exports beside re-exports are domestic, others carry their name."""
    flows = [flow_in(value["column"]) for value in done]
    whole = [value for value in done if "total" in value["column"].lower()]
    if whole and "re_exports" in flows:
        for value, flow in zip(done, flows, strict=True):
            if flow == "exports" and value not in whole:
                value["flow"] = "domestic_exports"
    seen: set[tuple[str, str]] = set()
    for value in done:
        kind = value.get("measure", value.get("unit", "").split(" ")[-1])
        home = (value.get("flow", ""), kind)
        if home in seen:
            value["measure"] = slug(value["column"])
        seen.add(home)
    return done
