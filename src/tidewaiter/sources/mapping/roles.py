"""Which column is period, flow, goods, reporter and partner, judged by heading and content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidewaiter.nomenclature import areas
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.mapping import partners
from tidewaiter.sources.mapping.headings import flow_in, says
from tidewaiter.sources.mapping.profile import TOTALS, lists_of
from tidewaiter.sources.mapping.spec import UNKNOWN

if TYPE_CHECKING:
    from tidewaiter.sources.mapping.columns import Columns
    from tidewaiter.sources.mapping.profile import Profile

_AREAS_ENOUGH = 0.6  # of a column's texts a code list must know
_AREAS_SURE = 0.8  # where the heading does not help
_FLOWS = 9  # texts a column of flows has at most
_MANY = 300  # unknown texts that are listed
_SHORTEST, _LONGEST = 2, 12  # digits of codes of goods
_NATIONAL = 11  # digits; odd, and right so
_ISO = 3
_NO_GOODS = ("partner", "reporter", "quantity", "unit", "status", "flow")


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
        return 2.0 * named + (form in {"month", "any"}) + 0.5 * (len(profile.texts) < profile.rows)

    column = free.take(fits)
    if column is None:
        free.note("no column of periods is found: name it, or say period: {constant: 2024}")
        return {"constant": UNKNOWN}
    form = column.period_form()
    if form == "year":
        months = free.take(lambda p: 1.0 * (says(p.name, "month") and p.months_of_year()))
        if months is not None:
            return {"column": [column.name, months.name], "format": "month"}
        if says(column.name, "fiscal"):
            free.note(f"{column.name} is read as fiscal years that begin in April: correct start if not")
            return {"column": column.name, "format": "fiscal", "start": 4}
    return {"column": column.name, "format": form}


def flow(free: Columns) -> dict[str, Any]:
    """The flow: a column, or what the file's name, its title or its headings speak of."""
    column = free.take(lambda p: (1.0 + says(p.name, "flow")) * bool(p.flows()))
    if column is not None:
        return {"column": column.name, "words": column.flows()}
    coded = free.take(lambda p: 1.0 * (says(p.name, "flow") and len(p.texts) < _FLOWS))
    if coded is not None:
        free.note(f"say what the texts of {coded.name} mean: exports, imports …")
        return {"column": coded.name, "words": dict.fromkeys(coded.texts, UNKNOWN)}
    spoken = {flow_in(p.name) for p in free.profiles if p.numeric} - {"", "re_exports"}
    told = flow_in(f"{free.file} {free.title}") or (spoken.pop() if len(spoken) == 1 else "")
    if not told and not spoken:
        free.note("neither a column nor the file's name tells the flow: exports is a guess")
    return {"constant": told or "exports"}


def commodity(free: Columns) -> dict[str, Any]:
    """The goods: a column of codes, else one of names."""

    def fits(profile: Profile) -> float:
        lengths = profile.code_lengths()
        if not lengths or not _SHORTEST <= max(lengths) <= _LONGEST:
            return 0
        if not says(profile.name, "commodity") or any(says(profile.name, role) for role in _NO_GOODS):
            return 0
        bare = profile.name.lower().replace("code", "")
        return 2.0 * says(bare, "commodity") + min(len(profile.texts), 1000) / 1000

    def unnamed(profile: Profile) -> float:
        lengths = profile.code_lengths()
        texts = {text for text in profile.texts if len(text) >= max(lengths, default=0) - 1}
        whole = len(lengths) <= 2 and max(lengths, default=0) in {4, 6, 8, 10} and len(texts) > 1  # noqa: PLR2004
        chapters = profile.share(lambda text: "01" <= text.zfill(max(lengths, default=0))[:2] <= "99")
        roles = any(says(profile.name, role) for role in (*_NO_GOODS, "value", "period"))
        return chapters if whole and chapters == 1 and not roles and not profile.fractional else 0

    column = free.take(fits) or free.take(unnamed)
    if column is not None:
        return {"column": column.name, **_digits(column)}
    named = free.take(_named_goods)
    if named is None:
        return {"constant": "total"}
    free.note(f"goods are told by name ({named.name}): each name becomes a code; put totals under words")
    words = {text: "total" for text in named.texts if fold(text) in {*TOTALS, "allcommodities"}}
    return {"column": named.name, "scheme": "name", "prefix": "item_", "words": words}


def _named_goods(profile: Profile) -> float:
    """How well a column of texts does for goods: the heading says so, and there are several."""
    if not says(profile.name, "commodity") or profile.numeric or profile.best_areas()[1] >= _AREAS_ENOUGH:
        return 0
    bare = profile.name.lower().replace("code", "")
    return 1.0 + says(bare, "commodity") + min(len(profile.texts), 1000) / 1000


def _digits(column: Profile) -> dict[str, Any]:
    """How the codes of a column are written: zeros lost, signs between, totals."""
    parts: dict[str, Any] = {"scheme": "HS"}
    lengths = column.code_lengths()
    if any("." in text for text in column.texts):
        parts["strip"] = "."
    if any(length % 2 for length in lengths if length < _NATIONAL):
        longest = max(lengths)
        parts["pad"] = longest if lengths == {longest - 1, longest} else -1
    words = {t: "total" if fold(t) in TOTALS else UNKNOWN for t in column.texts if not t[:1].isdigit()}
    return {**parts, "words": words} if words else parts


def reporter(free: Columns) -> dict[str, Any]:
    """Who reports: a column, else whom the file's name or title names."""
    return _area(free, "reporter") or {"constant": _who(free)}


def partner(free: Columns) -> dict[str, Any]:
    """The partner: a column, else the world."""
    return _area(free, "partner") or {"constant": "W00"}


def _area(free: Columns, role: str) -> dict[str, Any] | None:
    def fits(profile: Profile) -> float:
        other = role == "partner" and says(profile.name, "reporter")
        if not says(profile.name, role) or profile.fractional or other:
            return 0
        known = profile.best_areas()[1]
        codes = 0.2 if any(word in fold(profile.name) for word in ("iso", "code")) else 0.0
        return known + codes + 0.3 * (not profile.blank) if known >= _AREAS_ENOUGH else 0

    def by_content(profile: Profile) -> float:
        known = profile.best_areas()[1]
        return (
            known if known > _AREAS_SURE and not profile.numeric and not says(profile.name, "status") else 0
        )

    column = free.take(fits)
    if column is None:
        others = sum(by_content(p) > 0 for p in free.profiles)
        named = any(says(p.name, "partner") for p in free.profiles)
        if role == "partner" or (others > 1 and not named):
            column = free.take(by_content)
    if column is None:
        return None
    _drop_names(free, role)
    return _codes(free, column)


def _drop_names(free: Columns, role: str) -> None:
    """Other columns of the same role (the name beside a code) are no more to be judged."""
    free.profiles = [
        p
        for p in free.profiles
        if not (says(p.name, role) and not p.fractional and p.best_areas()[1] >= _AREAS_ENOUGH)
    ]


def _codes(free: Columns, column: Profile) -> dict[str, Any]:
    source, share = column.best_areas()
    lists = list(lists_of(source))
    parts: dict[str, Any] = {"column": column.name, "codes": lists}
    words: dict[str, str] = {}
    for text in column.texts:
        if partners.area_of(text, tuple(lists)) is None and len(words) < _MANY:
            other = partners.area_of(text, (partners.NAME, "iso3", "iso2", "comtrade"))
            world = "W00" if fold(text) in TOTALS else None
            words[text] = world or other or partners.nearest(text) or UNKNOWN
    if column.blank:
        parts["blank"] = "W00"
        free.note(f"empty cells of {column.name} are read as the world")
    if words:
        parts["words"] = words
        free.note(
            f"{len(words)} texts of {column.name} are in no list ({share:.0%} are): look at their codes"
        )
    return parts


def _who(free: Columns) -> str:
    """The country that the file's name or title names, when it is one."""
    text = f" {free.file} {free.title} ".lower()
    for sign in "_-.,:;()":
        text = text.replace(sign, " ")
    found = {
        code
        for code, entry in areas().entries.items()
        if len(code) == _ISO and code != "W00"
        for name in entry.en
        if len(name) > _ISO and f" {name.lower()} " in text
    }
    return found.pop() if len(found) == 1 else UNKNOWN


_COUNTRIES = {
    "TWD": "TWN", "NZD": "NZL", "AUD": "AUS", "CAD": "CAN", "CHF": "CHE", "JPY": "JPN", "GBP": "GBR",
    "BRL": "BRA", "CNY": "CHN", "KRW": "KOR", "INR": "IND", "MXN": "MEX", "ZAR": "ZAF", "TRY": "TUR",
    "THB": "THA", "VND": "VNM", "IDR": "IDN", "MYR": "MYS", "PHP": "PHL", "RUB": "RUS", "SEK": "SWE",
    "NOK": "NOR", "DKK": "DNK", "PLN": "POL", "CZK": "CZE", "HUF": "HUN", "ILS": "ISR", "CLP": "CHL",
    "HKD": "HKG", "SGD": "SGP",
}  # fmt: skip


def reporter_by_currency(free: Columns, parts: dict[str, Any]) -> None:
    """Nobody is named as reporter: the calendar or the currency tells, or the user must."""
    if parts["reporter"].get("constant") != UNKNOWN:
        return
    if parts["period"].get("format") == "roc":
        parts["reporter"] = {"constant": "TWN"}
        free.note("the reporter is judged by the calendar: TWN")
        return
    kinds = {value.get("unit", "").split(" ")[-1] for value in parts["values"]}
    found = {_COUNTRIES[kind] for kind in kinds if kind in _COUNTRIES}
    if len(found) == 1:
        parts["reporter"] = {"constant": found.pop()}
        free.note(f"the reporter is judged by the currency: {parts['reporter']['constant']}")
    else:
        free.note("nothing tells who reports: fill in reporter (ISO alpha-3)")
