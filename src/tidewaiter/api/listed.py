"""What the dated lists tell a card: of a group what is published of its codes, of an area its members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.api.carried import NEW, across
from tidewaiter.nomenclature import areas, commodities, hs
from tidewaiter.nomenclature.groups import group_lists, lists_of, unofficial
from tidewaiter.nomenclature.memberships import areas_of, dated_areas, members

if TYPE_CHECKING:
    from tidewaiter.nomenclature.groups import GroupList
    from tidewaiter.nomenclature.memberships import Area

_MANY = 40
_SUBHEADING = 6  # digits


def listed_facts(code: str) -> dict[str, str]:
    """The lists a group stands in; of an HS or CCC code, the groups a third party puts it in."""
    if code.startswith(("HS", "CCC")):
        return _across(code) | _unofficial_groups(code)
    facts: dict[str, str] = {}
    for found in lists_of(code):
        facts |= _of_list(found, code)
    return facts


def _across(code: str) -> dict[str, str]:
    """How a subheading's series runs across the editions of the HS."""
    digits = code.removeprefix("HS")
    if len(digits) != _SUBHEADING or NEW not in hs.editions(digits):
        return {}
    en, zh = across(code)
    return {"across_editions_en": en, "across_editions_zh": zh}


def _of_list(found: GroupList, group: str) -> dict[str, str]:
    seen = f" ({', '.join(found.seen)})" if found.seen else ""
    facts = {"list_zh": found.name["zh"], "list_en": found.name["en"], "list_source": f"{found.source}{seen}"}
    told = found.published.get(group)
    if told is None:
        return {**facts, "codes_zh": found.not_published["zh"], "codes_en": found.not_published["en"]}
    return {
        **facts,
        "codes_published": ", ".join(told["includes"]),
        "excludes_zh": told["excludes"]["zh"],
        "excludes_en": told["excludes"]["en"],
        "codes_source": told["source"],
    }


def _unofficial_groups(code: str) -> dict[str, str]:
    groups = [group for one in group_lists().values() for group in one.groups if (unofficial(group))]
    known = [
        f"{group} ({commodities().label(group, 'zh')})"
        for group in dict.fromkeys(groups)
        if (codes := unofficial(group)) is not None and codes.holds(code)
    ]
    if not known:
        return {}
    source = "a third party's transcription of about 2018, not the office's list"
    return {"group_unofficial": f"{', '.join(known)}: {source}"}


def area_facts(code: str) -> dict[str, str]:
    """Members with their dates and source; of a country, the areas it belongs to."""
    found = dated_areas().get(code)
    if found is not None:
        return _of_area(found)
    return {"belongs_to": told} if (told := ", ".join(_stays_of(code))) else {}


def _of_area(found: Area) -> dict[str, str]:
    facts = {"list_zh": found.told["zh"], "list_en": found.told["en"]}
    if now := members(found.code):
        facts["members_now"] = _named(now)
    dated = [stay for stay in found.stays if stay.first is not None or stay.last is not None]
    facts["members_dated"] = ", ".join(map(str, dated))
    if found.release:
        facts["members_of_the_release"] = f"{_named(found.release)}: {found.release_source}"
    for name, told in (("note", found.note), ("not_published", found.not_published)):
        facts |= {f"{name}_{lang}": text for lang, text in told.items()}
    facts["list_source"] = "; ".join(found.sources)
    return {name: text for name, text in facts.items() if text}


def _named(codes: tuple[str, ...]) -> str:
    shown = "、".join(areas().label(code, "zh") for code in codes[:_MANY])
    return f"{len(codes)}: {', '.join(codes[:_MANY])} ({shown})"


def _stays_of(code: str) -> list[str]:
    return [
        f"{name} ({stay})" if str(stay) != code else name
        for name in areas_of(code)
        for stay in dated_areas()[name].stays
        if stay.code == code
    ]
