"""Holding a claim against a figure, by the kind of statistic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.check.judged import Verdict
from tidewaiter.check.stated import stated
from tidewaiter.errors import UnparsableError
from tidewaiter.model.interval import Interval
from tidewaiter.model.period import MONTHS, Period
from tidewaiter.model.unit import Unit

if TYPE_CHECKING:
    from tidewaiter.check.claim import Claim
    from tidewaiter.model.figure import Figure

_RANKED = ("record", "rank")
_DISTANCE = ("best_in_n", "worst_in_n")
_YES = ("turn", "exceeds")
_TOO_WIDE = 3.0  # a figure this many times wider than the claim decides nothing
_MONTHS_ENOUGH, _YEARS_ENOUGH = 120, 9  # from here on "of all time" is taken at its word, with its start told
_HALF = 0.1  # shares and their differences may come from rounded or unrounded numbers


def compare(claim: Claim, figure: Figure) -> Verdict:
    """The verdict of one claim on one figure, without looking elsewhere."""
    statistic = figure.id.statistic
    if statistic in _RANKED:
        return _ranked(claim, figure)
    if statistic in _DISTANCE:
        return _distance(claim, figure)
    if statistic in _YES:
        return _yes(figure.interval)
    if statistic == "streak":
        return _counted(claim, figure.interval)
    return _measured(claim, figure)


def _measured(claim: Claim, figure: Figure) -> Verdict:
    told = stated(claim.value, claim.hedge, claim.unit, claim.text)
    value = in_unit(figure, claim.unit)
    if told is None or value is None:
        return Verdict.NOT_CHECKABLE
    if value.within(told.allowed):
        return Verdict.CONFIRMED
    if value.meets(told.allowed):
        too_wide = value.width > _TOO_WIDE * max(told.allowed.width, told.exact.width)
        return Verdict.UNDETERMINED if too_wide else Verdict.CONSISTENT_WITH_ROUNDING
    if claim.statistic == "pp_change" and value.meets(_widened(told.allowed, _HALF)):
        return Verdict.CONSISTENT_WITH_ROUNDING
    return Verdict.HEDGE_STRETCHED if told.stretched(value) else Verdict.CONTRADICTED


def _widened(interval: Interval, by: float) -> Interval:
    return Interval(interval.low - by, interval.high + by)


def in_unit(figure: Figure, unit: str) -> Interval | None:
    """The figure's value in the claim's unit, None when the two count different things."""
    try:
        factor = figure.unit.factor_to(Unit.parse(unit))
    except UnparsableError:
        return None
    return figure.interval if factor == 1 else figure.interval * factor


def _ranked(claim: Claim, figure: Figure) -> Verdict:
    told = stated(claim.value, "exact", claim.unit, claim.text)
    if told is None:
        return Verdict.NOT_CHECKABLE
    place = figure.interval
    enough = _long_enough(figure)
    if not place.low <= told.value <= place.high:
        # a longer history can only push a place down: a lower one than seen may still be right
        return Verdict.CONTRADICTED if enough or told.value < place.low else Verdict.UNDETERMINED
    if not enough:
        return Verdict.UNDETERMINED
    return Verdict.CONFIRMED if place.width == 0 else Verdict.CONSISTENT_WITH_ROUNDING


def _long_enough(figure: Figure) -> bool:
    """There is history enough behind a place among all months or years to take it at its word."""
    detail = dict(figure.detail)
    if "count" not in detail or figure.id.of.endswith("this_year"):
        return True
    monthly = figure.id.of.endswith("all_months") or figure.id.of.startswith("streak")
    return int(detail["count"]) >= (_MONTHS_ENOUGH if monthly else _YEARS_ENOUGH)


def _counted(claim: Claim, length: Interval) -> Verdict:
    told = stated(claim.value, "exact", claim.unit, claim.text)
    if told is None:
        return Verdict.NOT_CHECKABLE
    if not length.low <= told.value <= length.high:
        return Verdict.CONTRADICTED
    return Verdict.CONFIRMED if length.width == 0 else Verdict.UNDETERMINED


def _yes(interval: Interval) -> Verdict:
    if interval.low == 1:
        return Verdict.CONFIRMED
    return Verdict.UNDETERMINED if interval.high == 1 else Verdict.CONTRADICTED


def _distance(claim: Claim, figure: Figure) -> Verdict:
    """Best in n: the window's first month or the better month itself may be named; both are right.

    A shorter n than the data give is true but says less: consistent.
    """
    if claim.unit == "date":
        return _since(claim.value, figure)
    told = stated(claim.value, "exact", claim.unit, claim.text)
    if told is None:
        return Verdict.NOT_CHECKABLE
    per = MONTHS if claim.unit == "years" else 1
    least, most = figure.interval.low, figure.interval.high
    claimed = told.value * per
    if least - per < claimed < most + per or claimed == least:
        return Verdict.CONFIRMED if most != float("inf") else Verdict.UNDETERMINED
    return Verdict.CONSISTENT_WITH_ROUNDING if claimed < least else Verdict.CONTRADICTED


def _since(text: str, figure: Figure) -> Verdict:
    detail = dict(figure.detail)
    try:
        named = Period.parse(text)
    except UnparsableError:
        return Verdict.NOT_CHECKABLE
    better, window = detail.get("better", ""), detail.get("window", "")
    if any(at and Period.parse(at) in named for at in (better, window)):
        return Verdict.CONFIRMED
    if not better:  # none was better since the data begin: true of any later start, open before
        begins = detail.get("since", "")
        inside = bool(begins) and named.first >= Period.parse(begins).first
        return Verdict.CONFIRMED if inside else Verdict.UNDETERMINED
    return (
        Verdict.CONSISTENT_WITH_ROUNDING if named.first > Period.parse(better).last else Verdict.CONTRADICTED
    )
