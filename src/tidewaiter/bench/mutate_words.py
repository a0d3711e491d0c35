"""Errors put into the words of a text, one at a time, as the press makes them.

An *edit* changes a few signs near a claim that the figures bear out, and says what the claim then means.
It knows the languages a little: which word turns a rise into a fall, what the neighbour month is called.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from tidewaiter.errors import UnparsableError
from tidewaiter.model.period import Period
from tidewaiter.nomenclature import areas, commodities

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from tidewaiter.check.claim import Claim

_SENTENCE = {"zh": re.compile(r"[。；\n]"), "en": re.compile(r"(?<=[a-z)\d])[.;] |\n")}
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SIGNED = frozenset({"yoy", "mom", "ytd_yoy", "yoy_change", "ytd_change", "mom_change", "pp_change"})
_SIGNS = {
    "zh": {
        "年增": "年減", "年減": "年增", "成長": "衰退", "衰退": "成長", "增加": "減少", "減少": "增加",
        "增": "減", "減": "增", "上升": "下降", "下降": "上升", "升": "降", "降": "升", "+": "-", "-": "+",
    },
    "en": {
        "rose": "fell", "surged": "plunged", "soared": "plunged", "jumped": "dropped",
        "increased": "decreased",
        "grew": "shrank", "climbed": "declined", "gained": "lost", "expanded": "contracted", "up": "down",
        "fell": "rose", "dropped": "rose", "declined": "grew", "slipped": "rose", "down": "up",
        "an increase": "a decrease", "a decrease": "an increase", "+": "-", "-": "+",
    },
}  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
_FLOWS = {
    "zh": (("出口", "exports"), ("進口", "imports")),
    "en": (("exports", "exports"), ("imports", "imports")),
}
_NUMBERS = frozenset({"level", "ytd_level", "share", "contribution", "average_annual_growth", *_SIGNED})
_ROW = {"zh": "分別", "en": "respectively"}
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Edit:
    """Some signs of a text exchanged for others.

    Attributes:
        kind: of error.
        start: where the old words begin.
        end: one past their last sign.
        words: what is put there.
        claim: the claim as it should now be read.
        at: a place in the text as it was that the claim covers: its number.
        slot: the slot a good diagnosis names, empty where the error names none.
    """

    kind: str
    start: int
    end: int
    words: str
    claim: Claim
    at: int
    slot: str

    def apply(self, text: str) -> str:
        """The text with the error in it."""
        return text[: self.start] + self.words + text[self.end :]

    def moved(self, place: int) -> int:
        """Where a place of the text lies after the edit."""
        return place if place < self.end else place + len(self.words) - (self.end - self.start)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A claim in its sentence."""

    text: str
    lang: str
    claim: Claim
    number: re.Match[str]
    begins: int

    @property
    def lead(self) -> str:
        """The sentence up to the number."""
        return self.text[self.begins : self.number.start()]


def edits(text: str, lang: str, claims: list[Claim], chance: random.Random) -> Iterator[Edit]:
    """Every edit of a text near the claims given, which must be true ones.

    Args:
        text: the document.
        lang: its language.
        claims: those borne out, with their places in ``text``.
        chance: picks digits, neighbours and directions.
    """
    spots = [spot for claim in claims if (spot := _spot(text, lang, claim)) is not None]
    for spot in spots:
        if spot.claim.statistic == "streak":
            yield from _streak(spot, chance)
            continue
        if spot.claim.statistic not in _NUMBERS:
            continue
        yield from _digit(spot, chance)
        yield from _sign(spot)
        yield from _unit(spot)
        yield from _month(spot, chance)
        yield from _name(spot, "commodity", claims, chance)
        yield from _name(spot, "partner", claims, chance)
        yield from _flow(spot)
        yield from _statistic(spot)
    yield from _swapped(spots)


def _spot(text: str, lang: str, claim: Claim) -> _Spot | None:
    """Where the claim's number stands as digits; None where it is written otherwise."""
    breaks = [m.end() for m in _SENTENCE[lang].finditer(text, 0, claim.end - 1)]
    begins = max((at for at in breaks if at <= claim.start), default=0)
    for match in reversed(list(_NUMBER.finditer(text, claim.start, claim.end))):
        if Decimal(match[0].replace(",", "")) == _size(claim.value):
            return _Spot(text, lang, claim, match, begins)
    if claim.statistic == "streak":
        word = re.search("|".join(_ORDINALS), text[claim.start : claim.end])
        if word:
            ordinal = re.compile(word[0]).search(text, claim.start)
            return _Spot(text, lang, claim, ordinal, begins) if ordinal else None
    return None


def _size(value: str) -> Decimal | None:
    try:
        return abs(Decimal(value.replace(",", "")))
    except ArithmeticError:
        return None


def _digit(spot: _Spot, chance: random.Random) -> Iterator[Edit]:
    """Another digit in one place."""
    number = spot.number[0]
    places = [at for at, sign in enumerate(number) if sign.isdigit()]
    at = chance.choice(places)
    lead = at == places[0] and len(places) > 1
    digit = chance.choice([d for d in "0123456789" if d != number[at] and not (lead and d == "0")])
    new = number[:at] + digit + number[at + 1 :]
    told = ("-" if spot.claim.value.startswith("-") else "") + new.replace(",", "")
    start, end = spot.number.span()
    yield Edit("digit", start, end, new, replace(spot.claim, value=told), start, "")


def _sign(spot: _Spot) -> Iterator[Edit]:
    """A rise told as a fall."""
    claim, words = spot.claim, _SIGNS[spot.lang]
    if claim.statistic not in _SIGNED or _size(claim.value) == 0:
        return
    bound = r"\b" if spot.lang == "en" else ""
    pattern = re.compile("|".join(rf"{bound}{w}{bound}" if w.isalpha() else re.escape(w) for w in words))
    found = list(pattern.finditer(spot.text, claim.start, spot.number.start()))
    if len(found) != 1:
        return
    turned = claim.value[1:] if claim.value.startswith("-") else f"-{claim.value}"
    start, end = found[0].span()
    yield Edit(
        "sign", start, end, words[found[0][0]], replace(claim, value=turned), spot.number.start(), "sign"
    )


def _unit(spot: _Spot) -> Iterator[Edit]:
    """億美元 told as 億元, billion as million, a 億 dropped."""
    claim, end = spot.claim, spot.number.end()
    if not claim.unit.endswith(" USD"):
        return
    behind, at = spot.text[end : end + 12], spot.number.start()
    if behind.startswith("億美元"):
        in_yuan = replace(claim, unit=claim.unit.replace("USD", "TWD"))
        yield Edit("currency", end, end + 3, "億元", in_yuan, at, "unit")
        yield Edit("dropped 億", end, end + 3, "美元", replace(claim, unit="USD"), at, "unit")
    elif behind.startswith(" billion"):
        yield Edit("million", end, end + 8, " million", replace(claim, unit="1e6 USD"), at, "unit")


def _month(spot: _Spot, chance: random.Random) -> Iterator[Edit]:
    """The month, or the end of the cumulative span, one off."""
    try:
        period = Period.parse(spot.claim.period)
    except UnparsableError:
        return
    month = period.last % _YEAR + 1
    other = month + chance.choice((-1, 1))
    if not 1 <= other <= _YEAR or not (period.is_month or period.is_year_to_date):
        return
    step = other - month
    slipped = Period(period.first + (step if period.is_month else 0), period.last + step)
    if slipped.first >= slipped.last and not period.is_month:
        return
    pattern, words = (
        (rf"(?<!\d){month}(?=月)", str(other))
        if spot.lang == "zh"
        else (rf"\b{_MONTHS[month - 1]}\b(?! \d)", _MONTHS[other - 1])
    )
    found = list(re.finditer(pattern, spot.lead))
    between = _between(spot, found[-1].end()) if found else ""
    if not found or re.search(r"月|" + "|".join(_MONTHS), between[1:]):
        return
    if re.search(r"since [\w ]*$|自$", spot.lead[: found[-1].start()]):
        return
    claim = replace(spot.claim, period=str(slipped), candidates=())
    start, end = (spot.begins + at for at in found[-1].span())
    yield Edit("month", start, end, words, claim, spot.number.start(), "period")


def _between(spot: _Spot, at: int) -> str:
    return spot.lead[at:]


def _name(spot: _Spot, slot: str, claims: list[Claim], chance: random.Random) -> Iterator[Edit]:
    """Another product group or market of the same text."""
    known, plain = (commodities(), "total") if slot == "commodity" else (areas(), "W00")
    mine = getattr(spot.claim, slot)
    others = sorted({getattr(c, slot) for c in claims} - {mine, plain})
    entry = known.entries.get(mine)
    if mine == plain or entry is None or not others:
        return
    every = {name for code in [*others, mine] for name in _names(known.entries[code], spot.lang)} if (
        all(code in known.entries for code in others)
    ) else set()  # fmt: skip
    found = _last_name(spot, every)
    if found is None or found[0] not in _names(entry, spot.lang):
        return
    other = chance.choice(others)
    words = _names(known.entries[other], spot.lang)[0]
    start, end = (spot.begins + at for at in found.span())
    yield Edit(slot, start, end, words, replace(spot.claim, **{slot: other}), spot.number.start(), slot)


def _names(entry: object, lang: str) -> list[str]:
    return [name for name in getattr(entry, lang) if not name.endswith("*")]


def _last_name(spot: _Spot, names: set[str]) -> re.Match[str] | None:
    """The name that stands nearest before the number."""
    if not names:
        return None
    bound = r"\b" if spot.lang == "en" else ""
    longest = sorted(names, key=len, reverse=True)
    pattern = f"{bound}(?:{'|'.join(map(re.escape, longest))})" + (r"(?![\w$])" if bound else "")
    found = list(re.finditer(pattern, spot.lead))
    return found[-1] if found else None


def _flow(spot: _Spot) -> Iterator[Edit]:
    """Exports told as imports."""
    (one, one_code), (other, other_code) = _FLOWS[spot.lang]
    found = list(re.finditer(f"(?<!total )(?<!總)(?:{one}|{other})", spot.lead, re.IGNORECASE))
    turned = {one_code: (one, other_code, other), other_code: (other, one_code, one)}
    if not found or spot.claim.indicator not in turned or spot.claim.statistic == "share":
        return
    if re.search("總(?:出口|進口)|total (?:exports|imports)", spot.lead[found[-1].end() :]):
        return  # that one says of what the number is, not this
    mine, code, word = turned[spot.claim.indicator]
    last = found[-1]
    if last[0].casefold() != mine:
        return
    word = word.capitalize() if last[0][0].isupper() else word
    start, end = (spot.begins + at for at in last.span())
    claim = replace(spot.claim, indicator=code)
    yield Edit("flow", start, end, word, claim, spot.number.start(), "indicator")


def _statistic(spot: _Spot) -> Iterator[Edit]:
    """A share told as growth, growth as a share."""
    claim = spot.claim
    if spot.lang != "zh" or claim.hedge != "exact" or claim.unit != "percent":
        return
    as_growth, as_share = re.compile("占(?:8月)?總出口(?:比重)?"), re.compile("年增")
    pattern, words, other = (
        (as_growth, "年增", "yoy") if claim.statistic == "share" else (as_share, "占總出口", "share")
    )
    found = list(pattern.finditer(spot.text, claim.start, spot.number.start()))
    if claim.statistic not in ("share", "yoy") or not found or found[-1].end() != spot.number.start():
        return
    start, end = found[-1].span()
    changed = replace(claim, statistic=other, candidates=())
    yield Edit("share for growth", start, end, words, changed, spot.number.start(), "statistic")


def _streak(spot: _Spot, chance: random.Random) -> Iterator[Edit]:
    """A streak one off."""
    length = int(float(spot.claim.value)) + chance.choice((-1, 1))
    start, end = spot.number.span()
    word = spot.number[0]
    if length < 1 or (not word.isdigit() and length > len(_ORDINALS)):
        return
    words = str(length) if word.isdigit() else _ORDINALS[length - 1]
    if word.isdigit() and spot.lang == "en" and spot.text[end : end + 2] in ("st", "nd", "rd", "th"):
        tens, ones = divmod(length, 10)
        words += "th" if tens == 1 else {1: "st", 2: "nd", 3: "rd"}.get(ones, "th")
        end += 2
    yield Edit("streak", start, end, words, replace(spot.claim, value=str(length)), start, "")


def _swapped(spots: list[_Spot]) -> Iterator[Edit]:
    """Two numbers that are told respectively, exchanged."""
    for one, other in pairwise(spots):
        a, b = one.claim, other.claim
        end = _SENTENCE[one.lang].search(one.text, other.number.end())
        sentence = one.text[one.begins : end.start() if end else len(one.text)]
        same = (a.statistic, a.unit, a.hedge) == (b.statistic, b.unit, b.hedge)
        if one.begins != other.begins or not same or a.value == b.value or _ROW[one.lang] not in sentence:
            continue
        differ = [
            slot for slot in ("commodity", "partner", "indicator") if getattr(a, slot) != getattr(b, slot)
        ]
        if len(differ) != 1 or a.value.startswith("-") != b.value.startswith("-"):
            continue
        (start, middle), (again, stop) = one.number.span(), other.number.span()
        words = other.number[0] + one.text[middle:again] + one.number[0]
        yield Edit("swapped pair", start, stop, words, replace(a, value=b.value), start, differ[0])
