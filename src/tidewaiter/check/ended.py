"""Claims of two times at once: a streak that ended, a mark passed for the first time, an average needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.check.compare import in_unit
from tidewaiter.check.several import LackingError, Seen, find, growth, key_of, period_of, widened
from tidewaiter.check.stated import stated
from tidewaiter.model.interval import Interval
from tidewaiter.model.period import MONTHS, Period
from tidewaiter.model.unit import Unit

if TYPE_CHECKING:
    from tidewaiter.check.claim import Claim
    from tidewaiter.check.several import Slack, Test
    from tidewaiter.engine.book import Book
    from tidewaiter.model.key import Key

_LONGEST = 600  # months looked back
_ENOUGH = 120  # months of history, without which "first" is taken for open


def _ended(claim: Claim, _others: list[Claim], book: Book, slack: Slack) -> Seen:
    """A streak of n months ended: the month before was its last, this one has the other sign.

    A revision may turn a month of little growth, so it may have had one of several lengths.
    """
    period, key = period_of(claim), key_of(claim)
    month = period if period.is_month else period.last_month()
    told = stated(claim.value, "exact", claim.unit, claim.text)
    now = growth(book, key, month)
    if now is None or told is None or claim.unit != "months":
        raise LackingError(f"the store has no growth of {key} at {month}")
    if claim.of not in ("yoy+", "yoy-"):
        raise LackingError("it does not say whether of growth or of decline")
    sign = 1 if claim.of == "yoy+" else -1
    on = widened(now, slack) * sign
    lengths = _lengths(book, key, month.shift(-1), sign, slack)
    note = f"{_words(lengths)} months before {month}, which is {now.value:.1f}"
    if on.low > 0:
        return Seen(truth=False, figure=now, told=f"it goes on: {note}")
    if not _holds(told.value, lengths):
        earlier = _ended_earlier(book, key, month, sign, length=int(told.value), slack=slack)
        return Seen(None if earlier else False, now, f"{note}{earlier}")
    return Seen(True if on.high <= 0 and len(lengths) == 1 else None, now, note)


def _lengths(book: Book, key: Key, last: Period, sign: int, slack: Slack) -> list[float]:
    """The lengths a streak up to ``last`` may have; infinity after them where the data begin within it."""
    found: list[float] = []
    for length in range(_LONGEST):
        figure = growth(book, key, last.shift(-length))
        if figure is None:
            return [*found, length, float("inf")]
        value = widened(figure, slack) * sign
        if value.low <= 0:
            found.append(length)
        if value.high <= 0:
            break
    return found


def _holds(told: float, lengths: list[float]) -> bool:
    beyond = lengths[-1:] == [float("inf")] and told >= lengths[-2]
    return told in lengths or beyond


def _words(lengths: list[float]) -> str:
    return " or ".join("more" if length == float("inf") else f"{length:.0f}" for length in lengths)


def _ended_earlier(book: Book, key: Key, month: Period, sign: int, *, length: int, slack: Slack) -> str:
    """Whether such a streak ended within the year before: the text may look back."""
    for back in range(1, MONTHS + 1):
        end = month.shift(-back)
        after = growth(book, key, end)
        if after is None:
            break
        if after.value * sign <= 0 and length in _lengths(book, key, end.shift(-1), sign, slack):
            return f"; one of {length} ended in {end}"
    return ""


def _first(claim: Claim, _others: list[Claim], book: Book, slack: Slack) -> Seen:
    """Above a mark; and, when it says so, for the first time."""
    period, key = period_of(claim), key_of(claim)
    told = stated(claim.value, "exact", claim.unit, claim.text)
    now = find(book, key, "level", period)
    if told is None or now is None:
        raise LackingError(f"the store has no level of {key} at {period}")
    factor = now.unit.factor_to(Unit.parse(claim.unit))
    mark, value = told.value, widened(now, slack) * factor
    here = f"{now.value * factor:.4g}"
    if value.high <= mark:
        return Seen(truth=False, figure=now, told=here)
    if value.low <= mark:
        return Seen(None, now, here)
    if claim.of != "first":
        return Seen(truth=True, figure=now, told=here)
    earlier = [f for f in book.history(key, "level", period) if f.id.period != period]
    if not earlier:
        raise LackingError(f"the store has no earlier level of {key}")
    best = max(earlier, key=lambda f: f.interval.high * f.unit.factor_to(Unit.parse(claim.unit)))
    top = widened(best, slack) * best.unit.factor_to(Unit.parse(claim.unit))
    note = f"the highest before: {best.id.period}, {top.mid:.4g}"
    if top.low > mark:
        return Seen(truth=False, figure=now, told=note)
    enough = period.last - earlier[0].id.period.first >= _ENOUGH or len(earlier) >= _ENOUGH
    return Seen(True if top.high <= mark and enough else None, now, note)


def _needed(claim: Claim, others: list[Claim], book: Book, _slack: Slack) -> Seen:
    """What each month left must bring to reach a year's mark told beside it: arithmetic, not foresight."""
    left = period_of(claim)
    if left.is_month or (left.last + 1) % MONTHS:
        raise LackingError("the months left do not end with the year")
    year = str(left.end_year)
    goals = [
        o for o in others
        if o.period == year and o.unit == claim.unit and o.indicator == claim.indicator
        and o.commodity == claim.commodity and o.partner == claim.partner and o.modality != "observed"
    ]  # fmt: skip
    told = stated(claim.value, claim.hedge, claim.unit, claim.text)
    goal = stated(goals[0].value, "exact", goals[0].unit) if goals else None
    if goal is None or told is None:
        raise LackingError("the mark it is to reach is not told")
    known = left.months < MONTHS
    before = Period(left.last - MONTHS + 1, left.first - 1) if known else left
    so_far = find(book, key_of(claim), "level", before) if known else None
    value = in_unit(so_far, claim.unit) if so_far else None
    if known and (so_far is None or value is None):
        raise LackingError(f"the store has no level of {key_of(claim)} before {left}")
    exact = Interval(goal.value, goal.value)
    needed = (exact - (value or Interval(0.0, 0.0))) / left.months
    note = f"({goal.value:g} − {value.mid if value else 0:.6g}) / {left.months} = {needed.mid:.6g}"
    holds = True if needed.within(told.allowed) else None if needed.meets(told.allowed) else False
    return Seen(holds, so_far, note)


TESTS_OF_TIME: dict[str, Test] = {"prev_streak": _ended, "first": _first, "needed_avg": _needed}
