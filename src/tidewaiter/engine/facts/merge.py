"""Near-duplicates: what says the same is told once, of the more general series, and the rest listed.

The same: one figure twice; one event of a series in two ways (a record and a round number passed); the
same numbers under another name (a chapter and its only heading, a region that is one country); a part
that carries most of what its parent's fact tells.
"""

from __future__ import annotations

from dataclasses import replace
from math import isclose
from typing import TYPE_CHECKING

from tidewaiter.engine.facts.weights import table
from tidewaiter.model.key import TOTAL, WORLD
from tidewaiter.nomenclature import areas, commodities

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tidewaiter.engine.facts.fact import Fact
    from tidewaiter.model.key import Key

_FAMILIES = {
    "record": "height", "second": "height", "since_begin": "height", "record_same_month": "height",
    "milestone": "height", "record_span": "span", "full_year": "span", "growth_record": "pace",
    "best": "pace", "worst": "pace", "rare": "pace", "base": "pace", "streak": "run", "turn": "run",
    "overtaking": "place", "contribution": "part", "share_high": "part", "breadth": "breadth",
}  # fmt: skip
_SAME = 0.95  # from this part of its parent on, a series is its parent under another name


def merged(found: Iterable[Fact], top: int) -> list[Fact]:
    """The first ``top`` facts that say something new, in the order given; the others under ``also``."""
    kept: list[Fact] = []
    left_out: list[Fact] = []  # of series that have said enough; under another name they are no news either
    for fact in found:
        at = next((at for at, other in enumerate(kept) if says_the_same(other, fact)), None)
        if at is not None:
            kept[at] = _with(kept[at], fact)
        elif not _has_room(kept, fact) or any(says_the_same(other, fact) for other in left_out):
            left_out.append(fact)
        elif len(kept) < top:
            kept.append(fact)
    return sorted(kept, key=order)


def order(fact: Fact) -> tuple[float, str, str, str]:
    """The heavier first; of two alike the one whose key comes first, so the order is no luck."""
    return (-fact.weight, str(fact.key), fact.kind, str(fact.main.id))


def says_the_same(told: Fact, fact: Fact) -> bool:
    """The second says what the first has said."""
    if told.main.id == fact.main.id:
        return True
    family = _family(told) == _family(fact)
    if told.key == fact.key:
        return family
    if not family or told.key.flow != fact.key.flow or (told.kind == "turn") != (fact.kind == "turn"):
        return False
    if _identical(told, fact):
        return True
    if told.kind == "overtaking" and fact.kind == "overtaking":
        return False
    small, large = (fact, told) if _share(fact) <= _share(told) else (told, fact)
    carries = float(table()["carries"])
    return is_part(small.key, large.key) and _share(small) >= carries * _share(large)


def _identical(told: Fact, fact: Fact) -> bool:
    """The same numbers under two names."""
    same_time = told.main.id.period == fact.main.id.period
    alike = isclose(_share(told), _share(fact), rel_tol=1e-12)
    return alike and (not same_time or _growth(told) == _growth(fact))


def _with(told: Fact, fact: Fact) -> Fact:
    """The two as one: a record before a round number, the more general of two names for the same."""
    first = table()["told_first"]
    if told.key == fact.key and told.kind not in first and fact.kind in first:
        return replace(fact, also=(*told.also, replace(told, also=()), *fact.also))
    alike = _share(fact) * _SAME <= _share(told) <= _share(fact) / _SAME
    if told.key != fact.key and alike and _generality(fact.key) < _generality(told.key):
        return replace(fact, also=(*told.also, replace(told, also=()), *fact.also))
    return replace(told, also=(*told.also, fact))


def _has_room(kept: list[Fact], fact: Fact) -> bool:
    says = table()["a_series_says"]
    most = int(says["whole" if is_whole(fact.key) else "part"])
    return sum(other.key == fact.key for other in kept) < most


def is_whole(key: Key) -> bool:
    """All goods with the world."""
    return key.commodity == TOTAL and key.partner == WORLD


def is_part(part: Key, whole: Key) -> bool:
    """The second holds the first: by its code, its group, or the members of an area.

    Examples:
        >>> from tidewaiter.model.key import Key
        >>> is_part(Key.parse("TWN.exports.HS8471"), Key.parse("TWN.exports.HS84"))
        True
        >>> is_part(Key.parse("TWN.exports.computers"), Key.parse("TWN.exports.ict_av"))
        True
        >>> is_part(Key.parse("TWN.exports.HS84"), Key.parse("TWN.exports.HS8471"))
        False
    """
    if (part.reporter, part.flow, part.measure) != (
        whole.reporter,
        whole.flow,
        whole.measure,
    ) or part == whole:
        return False
    return _within(part.commodity, whole.commodity, goods=True) and _within(
        part.partner, whole.partner, goods=False
    )


def _within(code: str, other: str, *, goods: bool) -> bool:
    if code == other:
        return True
    if is_everything := other == (TOTAL if goods else WORLD):
        return not is_everything  # what carries most of everything is news, not a duplicate
    entries = (commodities() if goods else areas()).entries
    mine, its = entries.get(code), entries.get(other)
    if its is not None and code in its.facts.get("members", ()):
        return True
    if mine is not None and other in (mine.facts.get("group"), mine.facts.get("use")):
        return True
    return goods and other[-1:].isdigit() and code.startswith(other)


def _generality(key: Key) -> tuple[int, int, int, str]:
    """Lower is more general: all before some, the world before an area before a country, short codes."""
    area = 0 if key.partner == WORLD else 1 if "+" in key.partner or len(key.partner) != _ISO else 2
    coded = key.commodity[-1:].isdigit()
    return (area, 0 if key.commodity == TOTAL else 2 if coded else 1, len(key.commodity), str(key))


_ISO = 3


def _family(fact: Fact) -> str:
    """What it speaks of; of a part the month and the months since January are one event."""
    family = _FAMILIES[fact.kind]
    return "height" if family == "span" and not is_whole(fact.key) else family


def _share(fact: Fact) -> float:
    """What the series is of its flow in the month, as its size tells: the same for a month and its span."""
    return fact.factors.size**2


def _growth(fact: Fact) -> float | None:
    growth = fact.main if fact.main.id.statistic == "yoy" else fact.part("yoy")
    return round(growth.value, 6) if growth is not None else None
