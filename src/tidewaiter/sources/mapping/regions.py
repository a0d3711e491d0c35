"""Which column is reporter and which is partner, and how its texts become codes of areas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.mapping import partners
from tidewaiter.sources.mapping.commodities import slug
from tidewaiter.sources.mapping.headings import pairs, says
from tidewaiter.sources.mapping.profile import is_total, lists_of
from tidewaiter.sources.mapping.spec import UNKNOWN

if TYPE_CHECKING:
    from tidewaiter.sources.mapping.columns import Columns
    from tidewaiter.sources.mapping.profile import Profile

_ENOUGH = 0.5  # of a column's texts that must be areas
_SURE = 0.75  # where the heading does not help
_DIGITS = 3  # of a country's number
_CODES = 10  # numbers that must all be codes of one office's list
_MANY = 400  # texts that are listed one by one
_STRICT = re.compile(r"partner|counterpart|dest|socio|importer|fournisseur|client")
_TO = re.compile(
    r"\bby (?:countr|partner|trading|market|dest)|\borigin|\bto\b|market|\bpar pays|por pa[ií]s|nach länd"
)
_ANY = re.compile(r"countr\w+ or area|country_or_area|location|ref.?area|^area$")
_EACH = re.compile(r"country.?(?:name|code)|econom|^geo")
_CUTS = re.compile(r"state|province|region|district|port|département|kanton|bundesland")
_COUNTRY = re.compile(r"countr|econom|pays|pa[ií]s|land\b|reporter|exporter|國|国|ülke|negara")
_SURPLUS = re.compile(
    r"^[\s.·•*–-]+|(?:\s*\(?\d{1,2}\)|\s+\d/|[*†])+$|^of which:? |^thereof:? |^其中[::]?", re.IGNORECASE
)
_BEFORE = re.compile(r"[A-Z0-9_]{1,6}\s*[-–:]\s*(.+)|\d{1,4}\s*[-–:.]?\s+(.+)|[A-Z]{2}\s{1,3}(.+)")
_BEHIND = re.compile(r"(.+?)\s*[-–(\[]\s*(?:[A-Z]{2,3}|\d{1,4})\s*[)\]]?\Z")
_ALL = re.compile(
    r"(?:grand )?total(?:t|e|es|s)?\b[\s,:–-]*|all (?=countr|market|partner|econom)"
    r"|samtliga |alle länder|tous pays|todos los pa",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"(.+?)\s*[(（\[].*[)）\]]\Z")


def office_of(free: Columns) -> str:
    """The country whose office's own codes of countries some column holds, empty when none or several do."""
    found = set()
    for profile in free.profiles:
        if says(profile.name, "partner") and len(profile.texts) > 1 and not profile.fractional:
            source, share = profile.best_areas()
            if share == 1 and source in pairs("lists") and all(len(text) > _DIGITS for text in profile.texts):
                found.add(pairs("lists")[source])
    return found.pop() if len(found) == 1 else ""


def reporter(free: Columns) -> dict[str, Any] | None:
    """Who reports, when a column says it."""
    return _area(free, "reporter")


def partner(free: Columns) -> dict[str, Any]:
    """The partner: a column, else the world."""
    return _area(free, "partner") or {"constant": "W00"}


def turned(free: Columns, parts: dict[str, Any]) -> None:
    """One column of countries and nobody who reports: they do, where heading and title say so.

    International offices name that column so; a national office's column of countries holds partners.
    """
    columns = parts["partner"].get("column", "")
    told = f"{columns} {free.title}".lower()
    if (
        parts["reporter"].get("constant") != UNKNOWN
        or not columns
        or _STRICT.search(told)
        or _TO.search(told)
    ):
        return
    money = {unit.split(" ")[-1] for value in parts["values"] if (unit := value.get("unit", ""))}
    goods = parts["commodity"].get("scheme") == "HS"
    if not (_ANY.search(columns.lower()) or (not goods and _EACH.search(columns.lower()))):
        return  # ``country`` alone may be either: that is asked
    if UNKNOWN in parts["partner"].get("codes", ()) or money - {"USD", "kg", "number", UNKNOWN}:
        return  # an office's own codes, or the money of one country or union: these are partners
    parts["reporter"], parts["partner"] = parts["partner"], {"constant": "W00"}
    free.notes = [note for note in free.notes if "who reports" not in note]
    free.note(
        f"nothing else tells who reports: the countries of {columns} are read as the reporters; are they "
        "partners, then call that part partner and say who reports (reporter: {constant: …})"
    )
    free.grounds["reporter"] = free.grounds.pop("partner", "")


def area_in(text: str) -> str:
    """The area of a text with something beside its name; empty when it is none.

    Examples:
        >>> [area_in(text) for text in ("156 - China", "CN China", "Korea (Rep.)", "  . Japan 1/")]
        ['CHN', 'CHN', 'KOR', 'JPN']
        >>> area_in("Total"), area_in("OPEC")
        ('W00', '')
    """
    bare = _SURPLUS.sub("", text.strip()).strip()
    forms = [text, bare]
    if match := _BEFORE.fullmatch(bare):
        forms.append(next(part for part in match.groups() if part))
    forms += [match[1] for pattern in (_BEHIND, _BRACKETS) if (match := pattern.fullmatch(bare))]
    for form in forms:
        if is_total(form):
            return "W00"
        if found := partners.area_of(form, (partners.NAME, "iso3")):
            return found
    return (
        "W00"
        if _ALL.match(bare) and partners.area_of(_ALL.sub("", bare).strip(), (partners.NAME,)) is None
        else ""
    )


def _known(profile: Profile) -> float:
    """The share of texts that are areas, by a list of codes or by their names."""
    if not profile.texts or profile.fractional:
        return 0
    source, share = profile.best_areas()
    if profile.numeric and not _is_code_list(profile, source, share):
        return 0
    return max(share, profile.share(lambda text: bool(area_in(text)))) if not profile.numeric else share


def _is_code_list(profile: Profile, source: str, share: float) -> bool:
    """Numbers are codes of areas only where a list knows about all of them, and they are no mere 1, 2, 3."""
    if source in {"m49", "comtrade"}:
        return share >= _SURE and any(len(text) >= _DIGITS for text in profile.texts)
    return share == 1 and len(profile.texts) >= _CODES


def _area(free: Columns, role: str) -> dict[str, Any] | None:
    def fits(profile: Profile) -> float:
        other = role == "partner" and says(profile.name, "reporter")
        if not says(profile.name, role) or profile.fractional or other or says(profile.name, "unit"):
            return 0
        known = _known(profile)
        codes = 0.2 if any(word in fold(profile.name) for word in ("iso", "code")) else 0.0
        whole = 0.3 * (not profile.blank) + 0.4 * (not profile.numeric) + 0.3 * (len(profile.texts) > 1)
        whole += 0.5 * (role == "partner" and bool(_STRICT.search(profile.name.lower())))
        return known + codes + whole + 2 * (profile.name == role) if known >= _ENOUGH else 0

    def by_content(profile: Profile) -> float:
        if profile.numeric or says(profile.name, "status") or says(profile.name, "unit"):
            return 0
        short = all(len(text) <= 2 for text in profile.texts)  # noqa: PLR2004 — codes of anything
        return known if (known := _known(profile)) >= _SURE and not (short and len(profile.texts) < 4) else 0  # noqa: PLR2004

    column = free.take(fits, role)
    if column is None and role == "reporter" and any(_STRICT.search(p.name.lower()) for p in free.profiles):
        column = free.take(
            lambda p: (
                _known(p)
                * bool(
                    _COUNTRY.search(p.name.lower())
                    and not _STRICT.search(p.name.lower())
                    and not p.fractional
                )
            )
        )
    if column is None:
        others = sum(by_content(p) > 0 for p in free.profiles)
        named = any(says(p.name, "partner") for p in free.profiles)
        if role == "partner" or (others > 1 and not named):
            column = free.take(by_content, role)
    if column is None:
        return _codes_unknown(free) if role == "partner" else None
    free.why(role, f"{_known(column):.0%} of the texts of {column.name} are areas", column)
    _drop_names(free, role)
    return _codes(free, column)


def _codes_unknown(free: Columns) -> dict[str, Any] | None:
    """A column of an office's own codes: no list knows them."""
    column = free.take(
        lambda p: (
            1.0
            * (says(p.name, "partner") and not p.fractional and len(p.texts) > 1 and not says(p.name, "unit"))
        )
    )
    if column is None:
        return None
    free.note(f"the codes of {column.name} are in no list: say which (codes: […]) or put them under words")
    return {"column": column.name, "codes": [UNKNOWN]}


def _drop_names(free: Columns, role: str) -> None:
    """Other columns of the same role (the name beside a code) are no more to be judged."""
    free.profiles = [
        p
        for p in free.profiles
        if _CUTS.search(p.name.lower())
        or not (says(p.name, role) and not p.fractional and _known(p) >= _ENOUGH)
    ]


def _codes(free: Columns, column: Profile) -> dict[str, Any]:
    source, share = column.best_areas()
    if share < _ENOUGH:
        source = partners.NAME
    lists = lists_of(source)
    parts: dict[str, Any] = {"column": column.name, "codes": list(lists)}
    words: dict[str, str] = {}
    own = []
    for text in column.texts:
        if partners.area_of(text, lists) is not None or len(words) >= _MANY:
            continue
        code = area_in(text) or (partners.nearest(text) if len(text) > 4 else "")  # noqa: PLR2004
        if not code and column.numeric:
            code = UNKNOWN
        if not code:
            code = "X_" + slug(text).upper()
            own.append(text)
        words[text] = code
    if column.blank:
        parts["blank"] = "W00"
        free.note(f"empty cells of {column.name} are read as the world")
    if words:
        parts["words"] = words
    if own:
        shown = ", ".join(own[:8])
        free.note(f"no list holds these texts of {column.name}; they keep a code of their own (X_…): {shown}")
    return parts
