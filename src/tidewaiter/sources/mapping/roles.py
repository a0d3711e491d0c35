"""Which column is period, flow, goods, reporter and partner, judged by heading and content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.mapping.across import period_in
from tidewaiter.sources.mapping.headings import flow_in, says
from tidewaiter.sources.mapping.periods import month_named
from tidewaiter.sources.mapping.profile import is_total
from tidewaiter.sources.mapping.spec import UNKNOWN

if TYPE_CHECKING:
    from tidewaiter.sources.mapping.columns import Columns
    from tidewaiter.sources.mapping.profile import Profile

_AREAS_ENOUGH = 0.6  # of a column's texts a code list must know
_FLOWS = 9  # texts a column of flows has at most
_SHORTEST, _LONGEST = 2, 12  # digits of codes of goods
_NINE = 9  # digits of Japanese codes: no zero is lost where all have them
_FIVE = 5  # digits; of six only where some have six
_NATIONAL = 11  # digits; odd, and right so
_NO_GOODS = ("partner", "reporter", "quantity", "unit", "status", "flow", "derived")
_HARMONIZED = ("hs", "sh", "cn8", "ncm", "gtip", "sa6", "nc8")
_MARK = re.compile(r"( ?\([pP]\)|(?<=\d) ?[pP]|(?<=\d)\*)\Z")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FISCAL_STARTS = {"IND": 4, "JPN": 4, "PAK": 7, "BGD": 7, "AUS": 7, "NPL": 7, "EGY": 7, "MMR": 4, "THA": 10}
_CODE_TAKEN = "'?([0-9][0-9.]*)(?: |-|–|:|\\.).*"


def columns_of(part: dict[str, Any]) -> list[str]:
    """The columns a part of a proposal names."""
    column = part.get("column", [])
    return [column] if isinstance(column, str) else list(column)


def time(free: Columns) -> dict[str, Any]:
    """The period."""

    def fits(profile: Profile) -> float:
        form, named = profile.period_form(), says(profile.name, "period") or says(profile.name, "month")
        if not form or ((form == "roc" or profile.fractional) and not named):
            return 0
        if form == "roc" and profile.months_of_year():
            return 0
        if says(profile.name, "commodity") and not named:
            return 0
        whole = form in {"month", "any", "fiscal"}
        return (
            2.0 * named + whole + 0.5 * (len(profile.texts) < profile.rows) + 2 * (profile.name == "period")
        )

    column = free.take(fits, "period")
    if column is None:
        return _months_alone(free)
    form = column.period_form()
    free.why("period", f"every text of {column.name} reads as a period", column)
    if form in {"year", "roc"} and (months := free.take(_are_months)) is not None:
        free.others["period"] = ""
        free.why("period", f"{column.name} holds years, {months.name} months")
        part = {"column": [column.name, months.name], "format": _joint(form, months)}
        return _with_totals(free, months, part)
    return _fiscal(free, column, form) or _with_totals(free, column, {"column": column.name, "format": form})


def _fiscal(free: Columns, column: Profile, form: str) -> dict[str, Any]:
    """Fiscal years: named by the year they begin in, or (FY2025) by the one they end in; empty when none."""
    if form == "year" and all(text[:2].upper() == "FY" for text in column.texts):
        free.note(f"{column.name} is read as fiscal years named by the year they end in (fiscal: begin in)")
        return {"column": column.name, "format": "fiscal_end", "start": 4}
    if form == "fiscal" or (form == "year" and says(column.name, "fiscal")):
        free.note(f"{column.name} is read as fiscal years: see start, the first month")
        return {"column": column.name, "format": "fiscal", "start": 4}
    return {}


def _are_months(profile: Profile) -> float:
    """Months (or quarters) of a year that stands in another column."""
    if not (profile.months_of_year() or profile.quarters_of_year()):
        return 0
    return 1.0 * (says(profile.name, "month") or profile.name == "period" or not profile.texts[0].isdigit())


def _joint(form: str, months: Profile) -> str:
    return "any" if months.quarters_of_year() else "roc" if form == "roc" else "month"


def _with_totals(free: Columns, column: Profile, part: dict[str, Any]) -> dict[str, Any]:
    """Rows that are sums over the column of periods do not count beside it."""
    if totals := [text for text in column.texts if is_total(text)]:
        free.conditions.append({"column": column.name, "not": totals})
        free.note(f"rows with {column.name} {', '.join(totals)} are sums over periods: passed over")
    return part


def _months_alone(free: Columns) -> dict[str, Any]:
    """Months without a year: the title or the file's name tells it."""
    years = list(dict.fromkeys(_YEARS.findall(f"{free.title} {free.file}")))
    months = free.take(_are_months)
    if months is None:
        if told := period_in(f"{free.title} {free.file.rpartition('.')[0]}"):
            free.note(f"no column of periods is found: the title or the file's name tells {told}")
            return {"constant": told}
        if len(years) == 1:
            free.note(f"no column of periods is found: the title or the file's name tells {years[0]}")
            return {"constant": years[0]}
        free.note("no column of periods is found: name it, or say period: {constant: 2024}")
        return {"constant": UNKNOWN}
    year = years[-1] if years else UNKNOWN
    free.note(f"the months of {months.name} are taken to be of {year}")
    texts = [text for text in months.texts if not is_total(text)]
    words = {text: f"{year}-{month_named(text):02}" if years else UNKNOWN for text in texts}
    return _with_totals(free, months, {"column": months.name, "format": "month", "words": words})


def fiscal_start(parts: dict[str, Any]) -> None:
    """The first month of fiscal years, by who reports."""
    if "start" in parts["period"]:
        parts["period"]["start"] = _FISCAL_STARTS.get(parts["reporter"].get("constant", ""), 4)


def preliminary(free: Columns, period: Profile | None) -> dict[str, Any]:
    """Periods that carry a mark for preliminary."""
    marks = {match[1].strip() for text in (period.texts if period else ()) if (match := _MARK.search(text))}
    if not marks or period is None:
        return {}
    free.note(f"periods that end in {', '.join(sorted(marks))} are taken for preliminary")
    return {"preliminary": {"column": period.name, "ends": sorted(marks)}}


def flow(free: Columns) -> dict[str, Any]:
    """The flow: a column, or what the file's name, its title or its headings speak of."""

    def fits(profile: Profile) -> float:
        flows = set(profile.flows().values())
        return (1.0 + says(profile.name, "flow") + 0.5 * bool(flows & {"exports", "imports"})) * bool(flows)

    column = free.take(fits, "flow")
    if column is not None:
        free.why("flow", f"every text of {column.name} is a flow", column)
        return {"column": column.name, "words": column.flows()}
    coded = free.take(_codes_of_flows)
    if coded is not None:
        return {"column": coded.name, "words": _ordered_flows(free, coded)}
    spoken = {flow_in(p.name) for p in free.profiles if p.numeric} - {""}
    told = (
        flow_in(free.title)
        or flow_in(free.file.replace("_", " "))
        or (spoken.pop() if len(spoken) == 1 else "")
    )
    if told:
        free.why("flow", "the title, the file's name or the headings speak of it")
    elif not spoken:
        free.note("neither a column nor the file's name tells the flow: exports is a guess")
    return {"constant": told or "exports"}


def _codes_of_flows(profile: Profile) -> float:
    """Few codes under a heading of flows."""
    both = profile.texts in {("1",), ("2",)} and {"exp", "imp"} <= set(
        re.findall(r"exp|imp", profile.name.lower())
    )
    several = 1 < len(profile.texts) < _FLOWS and not profile.fractional
    return 1.0 * (says(profile.name, "flow") and (several or both))


def _ordered_flows(free: Columns, coded: Profile) -> dict[str, str]:
    """Codes of flows: the heading itself may tell their order (``Exp or Imp``: 1, 2)."""
    name = coded.name.lower()
    exports = min((at for word in ("exp", "輸出", "出口", "x") if (at := name.find(word)) >= 0), default=-1)
    imports = min((at for word in ("imp", "輸入", "進口", "m") if (at := name.find(word)) >= 0), default=-1)
    if set(coded.texts) <= {"1", "2"} and exports >= 0 and imports >= 0:
        free.note(f"the flows of {coded.name} are judged by the order of its words: look at them")
        first, second = ("exports", "imports") if exports < imports else ("imports", "exports")
        return {"1": first, "2": second}
    free.note(f"say what the texts of {coded.name} mean: exports, imports …")
    known = coded.texts
    return {text: flow_in(text) or UNKNOWN for text in known}


def commodity(free: Columns) -> dict[str, Any]:
    """The goods: a column of codes, else one of names."""
    return _coded(free) or _listed(free) or _by_name(free) or {"constant": "total"}


def _coded(free: Columns) -> dict[str, Any]:
    """Codes under a heading of goods, alone or beside names; empty when there are none."""
    if (column := free.take(_codes_named, "commodity")) is not None:
        free.why("commodity", f"the texts of {column.name} are codes of goods", column)
        return {"column": column.name, **_digits(column)}
    if (column := free.take(_codes_beside_names)) is not None:
        free.why("commodity", f"codes stand before the names in {column.name}", column)
        return {"column": column.name, **_taken(column)}
    if (column := free.take(_codes_behind_letters)) is not None:
        free.why("commodity", f"the texts of {column.name} are codes behind one prefix", column)
        return {
            "column": column.name,
            "scheme": _scheme(column),
            "take": f"{column.prefix_of_codes()}([0-9]+)",
        }
    return {}


def _listed(free: Columns) -> dict[str, Any]:
    """Codes of another classification that the title tells, or codes by their look; empty when none."""
    if (scheme := _scheme_told(free)) and (column := free.take(_digits_named)) is not None:
        free.why("commodity", f"the title or the file's name tells {scheme}", column)
        words = {text: "total" for text in column.texts if not text.isdigit()}
        return {"column": column.name, "scheme": scheme, "words": words}
    several = sum(profile.numeric for profile in free.profiles) > 1
    if several and (column := free.take(_codes_unnamed)) is not None:
        free.why("commodity", f"the texts of {column.name} look like codes of goods", column)
        return {"column": column.name, **_digits(column)}
    return {}


def _by_name(free: Columns) -> dict[str, Any]:
    """Goods by name; empty when no heading speaks of goods."""
    named = free.take(_named_goods, "commodity")
    if named is None:
        return {}
    free.note(f"goods are told by name ({named.name}): each name becomes a code; put totals under words")
    words = {text: "total" for text in named.texts if is_total(text)}
    return {"column": named.name, "scheme": "name", "prefix": "item_", "words": words}


def _codes_named(profile: Profile) -> float:
    """Codes of goods under a heading of goods."""
    lengths = profile.code_lengths()
    named = says(profile.name, "commodity") and not any(says(profile.name, role) for role in _NO_GOODS)
    if profile.period_form() == "month" and "hs" not in profile.name.lower():
        return 0
    if not lengths or not _SHORTEST <= max(lengths) <= _LONGEST or not named:
        return 0
    if _scheme(profile) == "HS" and _own_codes(profile, lengths):
        return 0
    bare = profile.name.lower().replace("code", "")
    if (says(bare, "period") and not says(bare, "commodity")) or _counts(profile):
        return 0  # time_code; Exports / Goods
    if len(profile.texts) == 1 and profile.rows > 1 and not says(bare, "commodity"):
        return 0
    hs = any(word in bare for word in _HARMONIZED)
    several = 0.6 * (len(profile.texts) > 1) + min(len(profile.texts), 1000) / 1000
    return 2.0 * says(bare, "commodity") + 0.5 * (hs or _scheme(profile) != "HS") + several


def _counts(profile: Profile) -> bool:
    """Numbers under a heading that speaks of a flow and of no code."""
    name = profile.name.lower()
    return profile.numeric and bool(flow_in(name)) and not any(w in name for w in ("code", *_HARMONIZED[:1]))


def _own_codes(profile: Profile, lengths: set[int]) -> bool:
    """Codes that cannot be of the Harmonized System: of one odd length with its zeros kept, or too short."""
    if any(word in profile.name.lower() for word in _HARMONIZED):
        return False
    odd = len(lengths) == 1 and max(lengths) % 2 == 1 and max(lengths) not in {_NINE, _NATIONAL}
    kept = any(text.lstrip("'").startswith("0") for text in profile.texts)
    return odd and (kept or len({text[:1] for text in profile.texts}) > 1 or max(lengths) == _FIVE)


def _codes_beside_names(profile: Profile) -> float:
    other = any(says(profile.name, role) for role in ("period", "partner"))
    return 1.0 * ((says(profile.name, "commodity") or not other) and profile.coded_names())


def _codes_behind_letters(profile: Profile) -> float:
    return 1.0 * bool(profile.prefix_of_codes() and says(profile.name, "commodity"))


def _codes_unnamed(profile: Profile) -> float:
    """Codes of goods by their look: one length, even or eleven, chapters from 01 to 99."""
    lengths = set() if profile.period_form() == "month" else profile.code_lengths()
    longest = max(lengths, default=0)
    texts = {text for text in profile.texts if len(text) >= longest - 1}
    whole = len(lengths) <= 2 and longest in {4, 6, 8, 10, 11} and len(texts) > 1  # noqa: PLR2004 — digits of codes
    roles = any(says(profile.name, role) for role in (*_NO_GOODS, "value", "period"))
    roles = roles or _counts(profile)
    chapters = profile.share(lambda text: "01" <= text.zfill(longest)[:2] <= "99")
    return chapters if whole and chapters == 1 and not roles and not profile.fractional else 0


def _named_goods(profile: Profile) -> float:
    """How well a column of texts does for goods: the heading says so, and there are several."""
    if not says(profile.name, "commodity") or profile.numeric or profile.best_areas()[1] >= _AREAS_ENOUGH:
        return 0
    if any(says(profile.name, role) for role in ("unit", "status", "flow")):
        return 0
    bare = profile.name.lower().replace("code", "")
    return 1.0 + says(bare, "commodity") + min(len(profile.texts), 1000) / 1000


def _taken(column: Profile) -> dict[str, Any]:
    parts: dict[str, Any] = {"scheme": _scheme(column), "take": _CODE_TAKEN}
    if any("." in text.split(" ", 1)[0].rstrip(".") for text in column.texts):
        parts["strip"] = "."
    words = {text: "total" for text in column.texts if is_total(text)}
    return {**parts, "words": words} if words else parts


def _scheme_told(free: Columns) -> str:
    """Another classification than the Harmonized System, as title or file name tells it; else empty."""
    told = fold(f"{free.title} {free.file}")
    return next((scheme for word, scheme in _SCHEMES[:2] if word in told), "")


def _digits_named(profile: Profile) -> float:
    """Codes of one digit or more under a heading of goods."""
    codes = [text for text in profile.texts if text.isdigit()]
    named = says(profile.name, "commodity") and not any(says(profile.name, role) for role in _NO_GOODS)
    rest = all(is_total(text) for text in profile.texts if text not in codes)
    return 1.0 * (named and bool(codes) and rest)


def _scheme(column: Profile) -> str:
    """HS, unless the heading names another classification."""
    name = fold(column.name)
    return next((scheme for word, scheme in _SCHEMES if word in name), "HS")


_SCHEMES = (
    ("sitc", "SITC"),
    ("ctci", "SITC"),
    ("bec", "BEC"),
    ("napcs", "NAPCS"),
    ("isic", "ISIC"),
    ("naics", "NAICS"),
    ("cpa", "CPA"),
    ("nace", "NACE"),
    ("anzsic", "ANZSIC"),
    ("cpc", "CPC"),
)


def _digits(column: Profile) -> dict[str, Any]:
    """How the codes of a column are written: zeros lost, signs between, totals."""
    parts: dict[str, Any] = {"scheme": _scheme(column)}
    lengths = column.code_lengths()
    signs = "".join(
        sign for sign in ". '" if any(sign in text for text in column.texts if text[:1] in "'0123456789")
    )
    if signs:
        parts["strip"] = signs
    if parts["scheme"] == "HS" and any(length % 2 for length in lengths if length < _NATIONAL):
        longest = max(lengths)
        if lengths != {_NINE}:
            parts["pad"] = longest if lengths == {longest - 1, longest} else -1
    words = {
        t: "total" if is_total(t) else UNKNOWN
        for t in column.texts
        if is_total(t) or not t.lstrip("'")[:1].isdigit()
    }
    return {**parts, "words": words} if words else parts
