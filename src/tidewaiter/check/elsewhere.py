"""Before a claim is contradicted: is its number right for something else?

Errors really made in the press: imports told as exports, total trade as exports, an increase told as a
level, a month told as the cumulative span, a lost minus sign, 億元 for 億美元, 3.18 for 31.8, two
numbers swapped under "respectively". Each is one slot read otherwise. The nearest readings come first,
and a match must be close: few digits match by chance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.check.compare import in_unit
from tidewaiter.check.stated import stated
from tidewaiter.errors import TidewaiterError
from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.check.claim import Claim
    from tidewaiter.check.question import Question
    from tidewaiter.engine.book import Book
    from tidewaiter.model.figure import Figure

_NUMERIC = frozenset({
    "level", "yoy", "mom", "share", "yoy_change", "mom_change", "ytd_level", "ytd_yoy", "ytd_change",
    "pp_change", "contribution",
})  # fmt: skip
_ALSO_SIGNED = ("average_annual_growth", "qoq")
_TRADE = ("exports", "imports", "total_trade", "balance")
_STATISTICS = {
    "level": ("yoy_change", "ytd_level", "mom_change", "ytd_change"),
    "yoy": ("ytd_yoy", "mom", "share"),
    "ytd_yoy": ("yoy", "share"),
    "share": ("yoy",),
    "ytd_level": ("level", "ytd_change"),
    "yoy_change": ("level", "mom_change", "ytd_change"),
    "mom": ("yoy",),
}
_DIGITS_FOR_SURE = 3  # fewer significant digits coincide too often to accuse a slot
_DIGITS_FOR_A_HINT = 2
_LARGE_POWERS = (1e3, 1e-3, 1e4, 1e-4, 1e8, 1e-8)
_POWERS = (10.0, 0.1, 100.0, 0.01, *_LARGE_POWERS)


@dataclass(frozen=True, slots=True)
class Found:
    """The slot that is wrong, what it should say, and the figure that shows it."""

    slot: str
    value: str
    figure: Figure


def elsewhere(claim: Claim, question: Question, book: Book) -> Found | None:
    """The nearest other reading under which the number is right, None when there is none.

    A lost sign and another currency are tried whatever the digits; a neighbour month or flow needs two
    significant digits, a slipped unit three; another statistic, market or product three, or two when it
    is the only one that fits.
    """
    if question.statistic not in _NUMERIC:
        return _turned(claim, question, book) if question.statistic in _ALSO_SIGNED else None
    found = other_currency(claim, question, book) or _turned(claim, question, book)
    if found is not None:
        return found
    digits = _significant(claim.value)
    if digits < _DIGITS_FOR_A_HINT or claim.hedge != "exact":  # "over 90" fits too much
        return None
    if near := _matches(claim, book, _near(question)):
        return near[0]
    far = _matches(claim, book, _far(question, book))
    # two digits fit several by chance: only when they fit exactly one is that one named
    return far[0] if far and (digits >= _DIGITS_FOR_SURE or len(far) == 1) else None


def _matches(claim: Claim, book: Book, readings: Iterator[tuple[str, str, Question]]) -> list[Found]:
    found = []
    for slot, value, other in readings:
        figure = _find(book, other)
        if figure is not None and _right(claim, figure):
            found.append(Found(slot, value, figure))
    return found


def other_currency(claim: Claim, question: Question, book: Book) -> Found | None:
    """億元 told for 億美元: the number is right in the currency the series is kept in."""
    if question.key.measure != "twd" or not claim.unit.endswith("TWD"):
        return None
    in_dollars = replace(claim, unit=claim.unit.replace("TWD", "USD"))
    figure = _find(book, replace(question, key=question.key.but(measure="")))
    if figure is None or not _right(in_dollars, figure):
        return None
    return Found("unit", in_dollars.unit, figure)


def _turned(claim: Claim, question: Question, book: Book) -> Found | None:
    """The right figure with a lost sign or a slipped decimal point."""
    figure = _find(book, question)
    told = stated(claim.value, "exact", claim.unit, claim.text)
    value = in_unit(figure, claim.unit) if figure else None
    if figure is None or told is None or value is None:
        return None
    if (-value).meets(told.exact) and told.value != 0:
        return Found("sign", f"{value.mid:.4g}", figure)
    # three digits, or a slip so large that one shows it: a thousand, a 億
    sure = _significant(claim.value) >= _DIGITS_FOR_SURE
    for power in _POWERS if sure else _LARGE_POWERS:
        if value.within(told.exact * power):
            return Found("unit", f"×{power:g}", figure)
    return None


def _near(question: Question) -> Iterator[tuple[str, str, Question]]:
    """The other flows and the neighbour periods."""
    for flow in _TRADE:
        if question.key.flow in _TRADE and flow != question.key.flow:
            yield "indicator", flow, replace(question, key=question.key.but(flow=flow))
    for other in _periods(question.period):
        yield "period", str(other), replace(question, period=other)


def _far(question: Question, book: Book) -> Iterator[tuple[str, str, Question]]:
    """Other statistics of the series, then other markets and products, those listed beside it first."""
    for name in _STATISTICS.get(question.statistic, ()):
        yield "statistic", name, replace(question, statistic=name, of="")
    for dimension, plain in (("partner", "W00"), ("commodity", "total")):
        if getattr(question.key, dimension) == plain:
            continue
        beside = book.siblings(question.key, dimension, question.period)
        anywhere = book.keys(question.key.but(**{dimension: "*"}))
        for other in dict.fromkeys([*beside, *anywhere]):
            if other != question.key and getattr(other, dimension) != plain:
                yield dimension, getattr(other, dimension), replace(question, key=other)


def _periods(period: Period) -> list[Period]:
    """The periods a slip leads to: the next and last, the year before, the month for the span."""
    if period.is_month:
        near = [period.to_date(), period.shift(-1), period.shift(1), period.year_ago(), period.shift(12)]
    elif period.is_year_to_date:
        spans = [Period(period.first, period.last + step) for step in (-1, 1)]
        near = [period.last_month(), period.year_ago(), *(s for s in spans if s.is_year_to_date)]
    else:
        near = [period.year_ago(), period.shift(period.months)]
    return [other for other in near if other != period]


def _find(book: Book, question: Question) -> Figure | None:
    try:
        return book.figure(question.key, question.statistic, question.period, question.of)
    except TidewaiterError:
        return None


def _right(claim: Claim, figure: Figure) -> bool:
    told = stated(claim.value, claim.hedge, claim.unit, claim.text)
    value = in_unit(figure, claim.unit)
    return told is not None and value is not None and value.within(told.allowed)


def _significant(text: str) -> int:
    return len(text.lstrip("+-").replace(".", "").replace(",", "").lstrip("0"))
