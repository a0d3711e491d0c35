"""Which published sentences flip: statements of one release, evaluated again in another.

A statement carries the identities of its figures (``statements.json``), so no text is read: each figure
is asked of the other release, and what the words need is held against it. A number holds when it prints
the same; a rank, a record, a streak or a turn holds when it is the same. Where a statement looks back
over a series, longer series of the store serve as history on both sides.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import UnparsableError, UsageError
from tidewaiter.model.figure import FigureId
from tidewaiter.model.interval import round_half_up
from tidewaiter.statistics import statistic, statistics

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from tidewaiter.engine.book import Book
    from tidewaiter.model.figure import Figure

HOLDS, LAST_DIGIT, CHANGED, NOT_TRUE, OPEN = "holds", "last_digit", "changed", "not_true", "open"
ORDER = (NOT_TRUE, CHANGED, LAST_DIGIT, OPEN, HOLDS)
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")
_SCALES = (("億", 1e8), ("billion", 1e9), ("million", 1e6))
_GROUPED = 1000
_COUNTED = ("rank", "months", "sign")
_KINDS = {"rank": "rank", "record": "record", "streak": "streak", "turn": "direction",
          "best_in_n": "record", "worst_in_n": "record", "exceeds": "record"}  # fmt: skip
_WHY = {
    "holds": ("still holds", "仍成立"),
    "last_digit": ("the last digit changed: {old} → {new}", "末位改變：{old} → {new}"),
    "changed": ("{old} is now {new}", "原為{old}，今為{new}"),
    "direction": ("the direction is no longer true: {old} → {new}", "方向不再成立：{old} → {new}"),
    "record": ("the record is no longer true: {old} → {new}", "紀錄不再成立：{old} → {new}"),
    "streak": ("the streak is no longer true: {old} → {new}", "連續月數不再成立：{old} → {new}"),
    "rank": ("the rank is no longer true: {old} → {new}", "排名不再成立：{old} → {new}"),
    "open": ("the other release does not tell", "另一版未提供此數"),
}


@dataclass(frozen=True, slots=True)
class Flip:
    """One statement, as it was and as it stands in the other release.

    Attributes:
        state: ``holds``; ``last_digit`` and ``changed``, a number that prints one off in its last digit,
            or more; ``not_true``; ``open`` where the other release does not give the figure.
        what: for ``not_true``: direction, record, streak or rank.
        statement: its words.
        now: for a number, how it would print by the other release.
        context: the sentence or paragraph it stands in, if told.
        lang: zh or en.
        figure: identity of the figure that decides.
        old: its value in the one release.
        new: its value in the other, in the same unit; None where it is open.
        unit: of both.
        why_en: in a sentence.
        why_zh: the same in Chinese.
    """

    state: str
    what: str
    statement: str
    now: str
    context: str
    lang: str
    figure: str
    old: float | None
    new: float | None
    unit: str
    why_en: str
    why_zh: str

    def row(self) -> dict[str, Any]:
        """As one JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Sides:
    """The books a statement is held against.

    Attributes:
        old: the one release alone.
        new: the other release alone.
        old_history: the one with longer series behind it, for what looks back.
        new_history: the other with the same series behind it.
        release: identifier of the other.
    """

    old: Book
    new: Book
    old_history: Book
    new_history: Book
    release: str

    def figures(self, wanted: FigureId) -> tuple[Figure | None, Figure | None]:
        """The figure as each side has it; of the other side only where its release has a part in it."""
        looks = wanted.statistic in statistics() and statistic(wanted.statistic).look is not None
        books = (self.old_history, self.new_history) if looks else (self.old, self.new)
        old, new = (book.find(wanted.key, wanted.statistic, wanted.period, wanted.of) for book in books)
        return old, new if new is not None and self.release in new.releases else None


def flips(statements: Iterable[dict[str, Any]], sides: Sides) -> list[Flip]:
    """Each statement held against both sides, what is no longer true first.

    Args:
        statements: as in ``statements.json``: ``text``, ``figures``, ``values``, ``lang``, ``context``; and
            ``number``, the number in the text that is the figure's, where it is not the first.
        sides: the books.

    Raises:
        UsageError: a statement names no figures.
    """
    found = [_one(told, sides) for told in statements]
    return sorted(found, key=lambda flip: ORDER.index(flip.state))


def _one(told: dict[str, Any], sides: Sides) -> Flip:
    try:
        wanted = [FigureId.parse(text) for text in told["figures"]]
        text = str(told["text"])
        values = [float(value) for value in told.get("values") or ()]
        number = str(told.get("number") or "") or _first_number(text)
    except (KeyError, TypeError, ValueError, UnparsableError) as error:
        hint = "statements have text and figures, as `tidewaiter write` gives them in statements.json"
        raise UsageError(f"a statement cannot be read: {error!r}", hint=hint) from error
    if not wanted:
        raise UsageError(f"the statement {text!r} names no figure")
    pairs = [_Pair.of(name, sides, values[at : at + 1]) for at, name in enumerate(wanted)]
    if len(pairs) > 1:
        return _told(told, text, *_count(pairs))
    return _told(told, text, *_single(text, number, pairs[0], sides), number=number)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A figure on both sides, in one unit."""

    id: FigureId
    old: float | None
    new: float | None
    unit: str

    @classmethod
    def of(cls, wanted: FigureId, sides: Sides, printed: list[float]) -> _Pair:
        """As each side has it; what the statement itself carries wins for the old one."""
        before, after = sides.figures(wanted)
        old = printed[0] if printed else before.value if before is not None else None
        unit = before.unit if before is not None else after.unit if after is not None else None
        if after is None or unit is None:
            return cls(wanted, old, None, str(unit or ""))
        same = unit.kind == after.unit.kind
        return cls(wanted, old, after.value * after.unit.factor_to(unit) if same else None, str(unit))

    @property
    def power(self) -> float:
        """What one of the unit is."""
        return 10.0 ** float(self.unit[2:].split()[0]) if self.unit.startswith("1e") else 1.0


def _single(text: str, number: str, pair: _Pair, sides: Sides) -> tuple[str, str, _Pair]:
    if pair.old is None or pair.new is None:
        if pair.id.statistic == "streak" and _turned(pair.id, sides):
            return NOT_TRUE, "streak", pair
        return OPEN, "", pair
    kind = _KINDS.get(pair.id.statistic)
    if kind is None:
        return (*_number(text, number, pair), pair)
    turned = kind == "streak" and _turned(pair.id, sides)
    if pair.old == pair.new and not turned:
        return HOLDS, "", pair
    if kind == "rank" and pair.old == 1:
        kind = "record"
    return NOT_TRUE, kind, pair


def _turned(wanted: FigureId, sides: Sides) -> bool:
    """The growth that a streak counts has another sign on the other side."""
    base = wanted.of.rstrip("+-") or "yoy"
    old, new = sides.figures(FigureId(wanted.key, base, wanted.period))
    return old is not None and new is not None and old.value * new.value < 0


def _number(text: str, number: str, pair: _Pair) -> tuple[str, str]:
    """A number holds when it prints the same, with the decimals and the scale of the statement."""
    if pair.old is None or pair.new is None:
        return OPEN, ""
    printed = _printed(text, number, pair)
    if printed is None:  # words alone carry the direction
        return (NOT_TRUE, "direction") if pair.old * pair.new < 0 else (HOLDS, "")
    old, new, step = printed
    if pair.old * pair.new < 0 and new:
        return NOT_TRUE, "direction"
    if old == new:
        return HOLDS, ""
    return (LAST_DIGIT if abs(old - new) <= step else CHANGED), ""


def _first_number(text: str) -> str:
    match = _NUMBER.search(text)
    return match[0] if match else ""


def _printed(text: str, number: str, pair: _Pair) -> tuple[Decimal, Decimal, Decimal] | None:
    """Both sizes with the decimals and in the scale of the statement, and one in its last digit."""
    if not _NUMBER.fullmatch(number) or pair.old is None or pair.new is None:
        return None
    shown = number.replace(",", "")
    decimals = len(shown.partition(".")[2])
    scale = _scale(text, abs(float(shown)), pair)
    old, new = (round_half_up(abs(value) / scale, decimals) for value in (pair.old, pair.new))
    return old, new, round_half_up(10.0**-decimals, decimals)


def _now(text: str, number: str, pair: _Pair) -> str:
    """The words with the other side's number: ``584.9億美元`` → ``584.3億美元``."""
    printed = _printed(text, number, pair) if pair.id.statistic not in _KINDS else None
    written = next((form for form in (number, number.lstrip("+-")) if form and form in text), "")
    if printed is None or not written:
        return ""
    before, _, behind = text.rpartition(written)
    return f"{before}{_signed(written, printed[1])}{behind}"


def _signed(written: str, number: Decimal) -> str:
    sign = written[0] if written[0] in "+-" else ""
    return f"{sign}{number:,f}" if "," in written or number >= _GROUPED else f"{sign}{number:f}"


def _scale(text: str, shown: float, pair: _Pair) -> float:
    """How many units of the figure one unit of the text is: 億 of a figure in millions is 100 of it."""
    if shown and pair.old:
        return float(10.0 ** round(math.log10(abs(pair.old) / shown)))
    return next((scale / pair.power for word, scale in _SCALES if word in text), 1.0)


def _count(pairs: list[_Pair]) -> tuple[str, str, _Pair]:
    """Several figures of one sign are counted (5 groups up): none may have turned."""
    known = [pair for pair in pairs if pair.old is not None and pair.new is not None]
    signs = {(pair.old or 0) > 0 for pair in known}
    if len(known) < len(pairs):
        return OPEN, "", next(pair for pair in pairs if pair not in known)
    turned = [pair for pair in known if (pair.old or 0) * (pair.new or 0) < 0]
    if turned and len(signs) == 1:
        return NOT_TRUE, "direction", turned[0]
    return HOLDS, "", pairs[0]


def _told(told: dict[str, Any], text: str, state: str, what: str, pair: _Pair, *, number: str = "") -> Flip:
    shown = {name: _shown(value, pair.unit) for name, value in (("old", pair.old), ("new", pair.new))}
    now = _now(text, number, pair) if state in (CHANGED, LAST_DIGIT, NOT_TRUE) else ""
    if now and what != "direction":
        shown = {"old": text, "new": now}
    why_en, why_zh = (words.format(**shown) for words in _WHY[what or state])
    return Flip(
        state, what, text, now, str(told.get("context", "")), str(told.get("lang", "")), str(pair.id),
        pair.old, pair.new, pair.unit, why_en, why_zh,
    )  # fmt: skip


def _shown(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    if math.isinf(value):
        return "all that is known"
    if unit in _COUNTED:
        return f"{value:.0f}"
    return f"{value:,.7g} {unit}".strip()
