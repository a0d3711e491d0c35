"""A product's series carried across editions of the HS.

Where a subheading of the later edition holds the whole of one or several older ones, and nothing else
(1:1, n:1), its history is theirs: their sum. Where an older one was split, the shares of the parts come
from the data once a period of the later edition is loaded, and say so; where a part also holds goods of
others, no share can be told, and the series is not comparable.

Which edition a period is told in is read off the data: a code that only one edition has tells it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import NoFigureError
from tidewaiter.nomenclature import hs

if TYPE_CHECKING:
    from tidewaiter.engine.book import Book
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period

OLD, NEW = hs.EDITIONS


@dataclass(frozen=True, slots=True)
class Step:
    """One period of a carried series.

    Attributes:
        period: when.
        value: in ``unit``.
        unit: of the value.
        codes: the codes it is the sum of: itself, or those of the older edition.
        edition: in which edition they are told; empty where both have them.
        relation: how these codes stand to the one asked for: empty for itself, ``1:1`` or ``n:1``.
        releases: where the numbers stand.
    """

    period: str
    value: float
    unit: str
    codes: tuple[str, ...]
    edition: str
    relation: str = ""
    releases: tuple[str, ...] = ()

    def row(self) -> dict[str, Any]:
        """As one JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Carried:
    """A series across the editions.

    Attributes:
        key: the series asked for.
        kind: ``1:1``, ``n:1``, or ``not comparable``.
        older: the codes of the older edition it is made of.
        steps: its periods, oldest first.
        note: what a reader must know.
        note_zh: the same in Chinese.
    """

    key: str
    kind: str
    older: tuple[str, ...]
    steps: tuple[Step, ...]
    note: str
    note_zh: str

    def of(self, span: Period) -> Carried:
        """The same of the periods within a span.

        Raises:
            NoFigureError: there are none.
        """
        from tidewaiter.model.period import Period as Parsed

        steps = tuple(step for step in self.steps if Parsed.parse(step.period) in span)
        if not steps:
            told = f"it has {self.steps[0].period} to {self.steps[-1].period}"
            raise NoFigureError(f"nothing is carried of {self.key} at {span}", hint=told)
        return replace(self, steps=steps)

    def rows(self) -> list[dict[str, Any]]:
        """One flat dictionary a period, each with what a reader must know of the whole."""
        whole = {"kind": self.kind, "note": self.note, "note_zh": self.note_zh}
        return [{"key": self.key, **step.row(), **whole} for step in self.steps]


def older_codes(code: str) -> tuple[str, tuple[str, ...]]:
    """The codes of the older edition a subheading is made of, and whether it is all of them.

    Args:
        code: six digits of the later edition.

    Returns:
        ``1:1``, ``n:1`` or ``not comparable``, and the codes.

    Raises:
        UnknownNameError: the later edition has no such subheading.

    Examples:
        >>> older_codes("490590"), older_codes("030910"), older_codes("851713")
        (('n:1', ('490510', '490599')), ('1:1', ('030510',)), ('not comparable', ('851712',)))
    """
    back = tuple(one.code for one in hs.convert(code, NEW, OLD))
    whole = all([one.code for one in hs.convert(old, OLD, NEW)] == [hs.bare(code)] for old in back)
    if not back or not whole:
        return hs.NOT_COMPARABLE, back
    return ("1:1" if len(back) == 1 else "n:1"), back


def carried(book: Book, key: Key) -> Carried:
    """The series of a subheading, with the periods before its edition taken from the codes it came from.

    Raises:
        NoFigureError: the key is of no subheading, or the store has neither it nor its forerunners.
        UnknownNameError: the later edition does not have the subheading.
    """
    if not key.commodity.startswith("HS"):
        raise NoFigureError(f"{key} is of no HS code", hint="ask for TWN.exports.HS490590")
    kind, older = older_codes(key.commodity)
    steps = _own(book, key, older) if kind != hs.NOT_COMPARABLE else _levels(book, key)
    if kind != hs.NOT_COMPARABLE:
        told = {step.period for step in steps}
        steps += [step for step in _before(book, key, older) if step.period not in told]
    if not steps:
        raise NoFigureError(f"the store has neither {key} nor {', '.join(older)}")
    steps.sort(key=lambda step: step.period)
    return Carried(str(key), kind, older, tuple(steps), *across(key.commodity))


def across(code: str) -> tuple[str, str]:
    """How a subheading stands to the older edition, in English and in Chinese.

    Raises:
        UnknownNameError: the later edition has no such subheading.
    """
    kind, older = older_codes(code)
    digits, listed = hs.bare(code), ", ".join(older)
    if kind == hs.NOT_COMPARABLE:
        told = f"{digits} of {NEW} holds a part of {listed} of {OLD}, or more than they did: not comparable"
        return told, f"{NEW} 之 {digits} 與 {OLD} 之 {listed} 範圍不同，不可比"
    if older == (digits,):
        return f"{digits} holds the same goods in {OLD} and {NEW}", f"{digits} 於 {OLD} 與 {NEW} 範圍相同"
    return f"before {NEW} the sum of {listed} ({kind})", f"{NEW} 以前為 {listed} 之和（{kind}）"


def _levels(book: Book, key: Key) -> list[Step]:
    found = ((period, book.find(key, "level", period)) for period in book.periods(key))
    return [_step(period, [figure], "", "") for period, figure in found if figure is not None]


def _own(book: Book, key: Key, older: tuple[str, ...]) -> list[Step]:
    """Its own periods, without those told in the older edition: there its number means other goods."""
    gone = {period for old in _only_old(older) for period in book.periods(key.but(commodity=f"HS{old}"))}
    known = {str(period) for period in gone}
    return [step for step in _levels(book, key) if step.period not in known]


def _only_old(older: tuple[str, ...]) -> list[str]:
    return [old for old in older if hs.editions(old) == (OLD,)]


def _before(book: Book, key: Key, older: tuple[str, ...]) -> list[Step]:
    """The sum of the older codes, where every one that was in use has a number."""
    keys = [key.but(commodity=f"HS{old}") for old in older]
    used = [one for one in keys if book.periods(one)]
    if len(used) < len(keys):
        return []  # a code without any number may be without trade, or not loaded: nobody can tell
    periods = set.intersection(*(set(book.periods(one)) for one in used))
    found = []
    for period in sorted(periods):
        parts = [book.find(one, "level", period) for one in used]
        known = [part for part in parts if part is not None]
        if len(known) == len(used):
            found.append(_step(period, known, OLD, "1:1" if len(known) == 1 else "n:1"))
    return found


def _step(period: Period, parts: list[Figure], edition: str, relation: str) -> Step:
    unit = parts[0].unit
    total = sum(part.value * part.unit.factor_to(unit) for part in parts)
    codes = tuple(part.id.key.commodity.removeprefix("HS") for part in parts)
    releases = tuple(dict.fromkeys(name for part in parts for name in part.releases))
    return Step(str(period), total, str(unit), codes, edition, relation, releases)


def weighted(book: Book, key: Key, period: Period) -> list[hs.Conversion]:
    """Where a subheading of the older edition goes, its split weighted by the data of a later period.

    ``wᵢ = xᵢ / Σx`` over the parts, from their levels at the period. Only where each part comes from this
    code alone; a part that holds goods of other codes as well has no share, and stays not comparable.

    Args:
        book: the figures.
        key: the series, with the code of the older edition.
        period: of the later edition, for which every part has a number.

    Raises:
        UnknownNameError: the older edition has no such subheading.
    """
    targets = hs.convert(key.commodity, OLD, NEW)
    if len(targets) < 2 or any(one.kind != "1:n" for one in targets):  # noqa: PLR2004 — no split
        return targets
    parts = [book.find(key.but(commodity=f"HS{one.code}"), "level", period) for one in targets]
    known = [part for part in parts if part is not None]
    total = sum(part.value * part.unit.factor_to(known[0].unit) for part in known)
    if len(known) < len(parts) or not total:
        return targets
    return [
        replace(one, weight=part.value * part.unit.factor_to(known[0].unit) / total)
        for one, part in zip(targets, known, strict=True)
    ]
