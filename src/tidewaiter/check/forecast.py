"""Forecasts: do both ends of a range imply one base, and what came?

A range of levels with a range of growths speaks of one base a year ago: 372 to 382 with 4 to 7 % implies
[355.5, 359.9] and [354.9, 359.2], which meet. A forecast is never contradicted by what comes; it is
scored.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tidewaiter.check.compare import in_unit
from tidewaiter.check.judged import Judgement, Verdict
from tidewaiter.check.stated import stated
from tidewaiter.errors import NoFigureError, UnparsableError
from tidewaiter.model.period import MONTHS, Period

if TYPE_CHECKING:
    from tidewaiter.check.claim import Claim
    from tidewaiter.check.question import Question
    from tidewaiter.engine.vintages import Vintages
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.interval import Interval

_FORECASTS = frozenset({"forecast", "forecast_low", "forecast_high"})
_FIRST_PRINT = timedelta(days=40)  # the first print of a month is out by then


def is_forecast(claim: Claim, published: date | None) -> bool:
    """The claim speaks of what is to come: it says so, or its period was not over when it was made."""
    if claim.statistic in _FORECASTS or claim.modality == "forecast":
        return True
    try:
        period = Period.parse(claim.period)
    except UnparsableError:
        return False
    over = published is None or period.last < published.year * MONTHS + published.month - 1
    return not over and not period.is_years  # "2017 to 2024" told in 2024 means the part that is out


def judge_forecast(claim: Claim, asked: Question | None, others: list[Claim], books: Vintages) -> Judgement:
    """Coherence with the other end of the pair, and the outcome where the period is out.

    Args:
        claim: the forecast.
        asked: the figure it speaks of, None when the engine has no such statistic.
        others: the document's other claims.
        books: the store.
    """
    outcome, figure = _outcome(claim, asked, others, books)
    base = _bases(claim, others)
    if base is not None and base[0].overlap(base[1]) is None:
        reason = f"level and growth imply bases that do not meet: {base[0]!r} and {base[1]!r}"
        return Judgement(
            Verdict.CONTRADICTED, figure, reason, "金額與年增率隱含的基期不一致", outcome=outcome
        )
    told = ""
    if base is not None:
        common = base[0].overlap(base[1])
        told = f"level and growth imply one base, {common.low:.1f} to {common.high:.1f}" if common else ""
    if outcome:
        verdict = Verdict.CONSISTENT_WITH_ROUNDING if base is not None else Verdict.NOT_CHECKABLE
        return Judgement(
            verdict, figure, told or "a forecast; scored by what came", "預測；與實際比較", outcome=outcome
        )
    if base is not None:
        return Judgement(Verdict.CONSISTENT_WITH_ROUNDING, None, told, "金額與年增率隱含同一基期")
    return Judgement(Verdict.PENDING, None, "a forecast whose period is not in the store", "預測，尚無實際值")


def _bases(claim: Claim, others: list[Claim]) -> tuple[Interval, Interval] | None:
    """The base that level and growth imply at the low end, and at the high end."""
    ends = []
    for end in ("forecast_low", "forecast_high"):
        level = _end(claim, others, end, "level")
        growth = _end(claim, others, end, "yoy")
        if level is None or growth is None:
            return None
        ends.append(level / (growth / 100 + 1))
    return ends[0], ends[1]


def _end(claim: Claim, others: list[Claim], end: str, of: str) -> Interval | None:
    for other in [claim, *others]:
        same = (other.period, other.indicator, other.commodity, other.partner) == (
            claim.period, claim.indicator, claim.commodity, claim.partner,
        )  # fmt: skip
        if same and other.statistic == end and other.of == of:
            told = stated(other.value, "exact", other.unit, other.text)
            return told.exact if told else None
    return None


def _outcome(
    claim: Claim, asked: Question | None, others: list[Claim], books: Vintages
) -> tuple[tuple[tuple[str, str], ...], Figure | None]:
    """What came: the first print of the period, else the latest figure; and where the range lay."""
    if asked is None:
        return (), None
    figure = _came(asked, books)
    if figure is None:
        return (), None
    value = figure.interval
    low = _end(claim, others, "forecast_low", claim.of) if claim.statistic != "forecast" else None
    high = _end(claim, others, "forecast_high", claim.of) if claim.statistic != "forecast" else None
    scaled, told = in_unit(figure, claim.unit), stated(claim.value, claim.hedge, claim.unit, claim.text)
    result = "known"
    if scaled is not None and low is not None and high is not None:
        result = "above" if scaled.low > high.high else "below" if scaled.high < low.low else "inside"
    elif scaled is not None and told is not None and claim.statistic == "target":
        result = "met" if scaled.high >= told.exact.low else "missed"
    elif scaled is not None and told is not None:
        allowed = told.allowed
        result = "above" if scaled.low > allowed.high else "below" if scaled.high < allowed.low else "inside"
    value = scaled or value
    return (("came", f"{value.mid:.4g}"), ("result", result), ("release", figure.release)), figure


def _came(asked: Question, books: Vintages) -> Figure | None:
    """What came: the first print of the period where a store tells, else the latest figure."""
    after = asked.period.last + 1
    first_print = date(after // MONTHS, after % MONTHS + 1, 1) + _FIRST_PRINT
    for book in (books.as_known(first_print), books.latest):
        try:
            return book.figure(asked.key, asked.statistic, asked.period, asked.of)
        except (NoFigureError, UnparsableError):
            continue
    return None
