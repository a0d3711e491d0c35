"""HS: the Harmonized System, editions 2017 and 2022, at two, four and six digits.

English names are those of the editions, Chinese ones those of the national classification, which is
built on HS 2017; a subheading that only HS 2022 has takes no Chinese name from a neighbour. ``其他`` and
``Other`` alone say nothing, so such a name is told with its heading.

>>> name("847150", "en")[:31], parent("847150"), children("8471")[:2]
('Units of automatic data process', '8471', ['847130', '847141'])
>>> [str(one) for one in convert("854231", "HS2022", "HS2017")]
['854231 (n:1)']
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from tidewaiter.errors import UnknownNameError
from tidewaiter.nomenclature import ccc
from tidewaiter.nomenclature.packed import rows

EDITIONS = ("HS2017", "HS2022")
LATEST = "HS2022"
NOT_COMPARABLE = "not comparable"
_SUBHEADING, _HEADING = 6, 4
_VAGUE = frozenset({"其他", "其他者", "other", "零件", "parts"})


@dataclass(frozen=True, slots=True)
class Conversion:
    """One code of another edition that (part of) a code goes to.

    Attributes:
        code: in the other edition.
        kind: ``1:1`` the same goods; ``n:1`` all of it, with others; ``1:n`` it is split among several;
            ``n:m`` split, and the other holds goods of more codes.
        weight: 1.0 where all of it goes there; None where it is split: no share is published, so a
            series across the editions is not comparable.
    """

    code: str
    kind: str
    weight: float | None

    @property
    def note(self) -> str:
        """``not comparable`` where the share is not known, else empty."""
        return NOT_COMPARABLE if self.weight is None else ""

    def __str__(self) -> str:
        return f"{self.code} ({self.kind}{', ' + self.note if self.note else ''})"


def bare(code: str) -> str:
    """The digits of ``HS847150`` or ``847150``."""
    return code.upper().removeprefix("HS").replace(".", "")


@cache
def _names() -> dict[str, dict[str, str]]:
    """Edition → code → English name."""
    names: dict[str, dict[str, str]] = {edition: {} for edition in EDITIONS}
    for code, editions, en in rows("hs"):
        for year in editions.split("+"):
            names[f"HS{year}"][code] = en
    return names


def _edition(edition: str) -> dict[str, str]:
    known = _names().get(edition if edition.startswith("HS") else f"HS{edition}")
    if known is None:
        raise UnknownNameError.of("edition of the HS", edition, list(EDITIONS))
    return known


def editions(code: str) -> tuple[str, ...]:
    """The editions that have the code, oldest first."""
    return tuple(edition for edition in EDITIONS if bare(code) in _names()[edition])


def codes(edition: str = LATEST) -> tuple[str, ...]:
    """Every code of an edition.

    Raises:
        UnknownNameError: the edition is not carried.
    """
    return tuple(_edition(edition))


def name(code: str, lang: str = "en", edition: str = "") -> str:
    """The name of a code.

    Args:
        code: two, four or six digits, with or without ``HS``.
        lang: ``en`` or ``zh``.
        edition: ``HS2017`` or ``HS2022``; without one the latest that has the code.

    Returns:
        The name; empty when the edition (in Chinese: the national classification) does not have it.
    """
    digits = bare(code)
    if lang == "en":
        found = (edition,) if edition else editions(digits)[-1:]
        return _edition(found[0]).get(digits, "") if found else ""
    if edition == LATEST and not _unchanged(digits):
        return ""
    return _told(digits, ccc.name(digits, "zh"))


def _told(digits: str, own: str) -> str:
    """A vague name with what stands above it."""
    if own not in _VAGUE or len(digits) != _SUBHEADING:
        return own
    above = ccc.parent(digits)
    single = ccc.children(digits)
    if len(single) == 1 and (full := ccc.name(single[0])) not in _VAGUE:
        return full
    return f"{own}（{ccc.name(above) if above else ''}）"


def _unchanged(digits: str) -> bool:
    """Headings and chapters keep their names; a subheading keeps its own when it comes from itself."""
    return len(digits) < _SUBHEADING or digits in _pairs()["HS2022"].get(digits, {digits})


def parent(code: str) -> str | None:
    """The code above: six digits → four → two; None above a chapter."""
    digits = bare(code)
    return digits[:-2] if len(digits) > 2 else None  # noqa: PLR2004 — a chapter has two digits


def children(code: str, edition: str = LATEST) -> list[str]:
    """The codes right below, in one edition.

    Raises:
        UnknownNameError: the edition is not carried.
    """
    digits = bare(code)
    return list(_children(edition).get(digits, ()))


@cache
def _children(edition: str) -> dict[str, list[str]]:
    below: dict[str, list[str]] = defaultdict(list)
    for code in _edition(edition):
        if len(code) > 2:  # noqa: PLR2004
            below[code[:-2]].append(code)
    return dict(below)


@cache
def _pairs() -> dict[str, dict[str, set[str]]]:
    """Edition → its code → codes of the other; codes that are themselves alone are left out."""
    later: dict[str, set[str]] = defaultdict(set)
    earlier: dict[str, set[str]] = defaultdict(set)
    for new, old in rows("hs2022_hs2017"):
        later[new].add(old)
        earlier[old].add(new)
    return {"HS2022": dict(later), "HS2017": dict(earlier)}


def convert(code: str, of: str, to: str) -> list[Conversion]:
    """Where the goods of a subheading stand in another edition.

    Returns:
        The codes it goes to; empty where the conversion table leaves it out.

    Raises:
        UnknownNameError: an edition that is not carried, a code the first one does not have, or a
            heading or chapter (headings of one number are not the same goods in two editions).
    """
    digits = bare(code)
    _edition(to)
    if digits not in _edition(of) or len(digits) != _SUBHEADING:
        near = [
            known
            for known in _edition(of)
            if len(known) == _SUBHEADING and known.startswith(digits[:_HEADING])
        ]
        raise UnknownNameError.of(f"subheading of {of}", code, near[:5])
    if of == to:
        return [Conversion(digits, "1:1", 1.0)]
    alone = {digits} & _edition(to).keys()  # a subheading of one edition for which no pair is published: none
    targets = sorted(_pairs()[of].get(digits, alone))
    back = _pairs()[to]
    return [_conversion(target, len(targets), len(back.get(target, {digits}))) for target in targets]


def _conversion(target: str, targets: int, sources: int) -> Conversion:
    kind = {(False, False): "1:1", (False, True): "n:1", (True, False): "1:n", (True, True): "n:m"}[
        targets > 1, sources > 1
    ]
    return Conversion(target, kind, 1.0 if targets == 1 else None)
