"""Claims of several figures at once: of every year, of one among others, of how many rose.

均呈雙位數成長 is of each year's growth, 唯一正成長 of a group and of all the groups beside it, "eight of
eleven groups" of each of them. Such a claim holds, fails, or is open; it fails only when it would fail in
any vintage within the usual size of revisions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.check.compare import in_unit
from tidewaiter.check.judged import Judgement, Verdict
from tidewaiter.check.stated import stated
from tidewaiter.errors import NoFigureError, TidewaiterError, UnparsableError
from tidewaiter.model.interval import Interval, round_half_up
from tidewaiter.model.key import WORLD, Key
from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidewaiter.check.claim import Claim
    from tidewaiter.engine.book import Book
    from tidewaiter.engine.vintages import Vintages
    from tidewaiter.model.figure import Figure

    Slack = Callable[[Figure], float]
    Test = Callable[["Claim", "list[Claim]", "Book", Slack], "Seen"]

Truth = bool | None

_RANGE = ("介於", "between")
_NOISE = 1e-9
_NEAR = 16  # signs between the two ends of a range
_BOUND = re.compile(r"(?P<base>yoy|ytd_yoy|share|level)(?P<side>[<>])(?P<bound>-?[\d.]+)")
_OTHERS = re.compile(r"餘|除|\b(?:other|rest|except|remaining)\b", re.IGNORECASE)
_EACH_MONTH = re.compile(r"各月|每月|逐月|every month|each month", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one book says of a claim.

    Attributes:
        truth: it holds, it fails, or (None) it is open.
        figure: the one that decides it.
        told: the figures in words.
        loose: it holds, but says less than the figures do.
    """

    truth: Truth
    figure: Figure | None
    told: str
    loose: bool = False


class LackingError(NoFigureError):
    """A figure the claim needs is not in the store, or the claim is too vague; the text says which."""


def judge_several(
    claim: Claim, others: list[Claim], books: Vintages, reach: Callable[[Figure], float]
) -> Judgement | None:
    """The judgement of a claim of several figures; None when it is of one.

    Args:
        claim: the claim.
        others: the document's other claims: where the other end of a range stands.
        books: what it is held against.
        reach: how far a figure may lie from what the writer saw, in its own unit; 0 for the same vintage.
    """
    # both build on this module
    from tidewaiter.check.among import TESTS_AMONG_OTHERS  # noqa: PLC0415
    from tidewaiter.check.ended import TESTS_OF_TIME  # noqa: PLC0415

    test = (_TESTS | TESTS_AMONG_OTHERS | TESTS_OF_TIME).get(_kind(claim, others))
    if test is None:
        return None
    seen: list[Seen] = []
    lacking = ""
    for book in books:
        try:
            seen.append(test(claim, others, book, _exact))
        except TidewaiterError as error:  # a claim may be of anything, in any unit
            lacking = lacking or str(error)
            continue
        if seen[-1].truth is False and test(claim, others, book, reach).truth is not False:
            seen[-1] = Seen(None, seen[-1].figure, f"{seen[-1].told}; within the usual size of revisions")
    return _told(seen, lacking)


def needs_others(claim: Claim) -> bool:
    """The claim may be one of two ends of a range, or rest on a mark told beside it."""
    return ".." in claim.period or claim.statistic in ("target", "all_in_range")


def _told(seen: list[Seen], lacking: str) -> Judgement:
    if not seen:
        return Judgement(Verdict.NOT_CHECKABLE, None, lacking, "資料庫無可對照之數字")
    held = next((one for one in seen if one.truth), None)
    failed = next((one for one in seen if one.truth is False), None)
    if held is not None and failed is not None and seen.index(failed) < seen.index(held):
        return Judgement(Verdict.CONSISTENT_WITH_VINTAGE, held.figure, held.told, f"另一版資料：{held.told}")
    if held is not None:
        verdict = Verdict.CONSISTENT_WITH_ROUNDING if held.loose else Verdict.CONFIRMED
        return Judgement(verdict, held.figure, held.told, f"資料：{held.told}")
    if failed is not None:  # beyond the usual size of revisions, whatever else is open
        return Judgement(Verdict.CONTRADICTED, failed.figure, failed.told, f"資料不符：{failed.told}")
    return Judgement(Verdict.UNDETERMINED, seen[0].figure, seen[0].told, f"無法判定：{seen[0].told}")


def _exact(_figure: Figure) -> float:
    return 0.0


def _kind(claim: Claim, others: list[Claim]) -> str:
    """Which test the claim needs; empty when it is of one figure."""
    name = claim.statistic
    if name == "needed_avg" or (name == "target" and claim.of == "ytd_avg"):
        return "needed_avg"
    if claim.modality != "observed":
        return ""
    if name == "all_in_range" and claim.unit == "bool":
        return "all"
    if name == "all_in_range" or (".." in claim.period and other_end(claim, others) is not None):
        return "range"
    average = claim.of in ("cagr", "average_annual_growth")
    return {
        "exceeds": "first" if claim.unit != "date" else "",
        "compare": "better" if average else "only",
        "breadth": "count",
        "count": "count",
        "prev_streak": "prev_streak",
    }.get(name, "")


# -- what all tests share ---------------------------------------------------------------------


def key_of(claim: Claim) -> Key:
    """The series a claim is of."""
    return Key(claim.reporter, claim.indicator, claim.commodity, claim.partner, "")


def period_of(claim: Claim) -> Period:
    """Its period.

    Raises:
        LackingError: it is none.
    """
    try:
        return Period.parse(claim.period)
    except UnparsableError as error:
        raise LackingError(f"no period in {claim.period!r}") from error


def find(book: Book, key: Key, name: str, period: Period, of: str = "") -> Figure | None:
    """A figure, None when the book has it not."""
    try:
        return book.figure(key, name, period, of)
    except TidewaiterError:
        return None


def growth(book: Book, key: Key, period: Period) -> Figure | None:
    """Growth over the year before, of a month or a span."""
    return find(book, key, "ytd_yoy" if period.is_year_to_date else "yoy", period)


def widened(figure: Figure, slack: Slack) -> Interval:
    """Where the figure may lie in another vintage."""
    by = slack(figure)
    return Interval(figure.interval.low - by, figure.interval.high + by)


def above(value: Interval, bound: float) -> Truth:
    """Above it, not above it, or open."""
    return True if value.low > bound else False if value.high <= bound else None


def every(truths: list[Truth]) -> Truth:
    """All hold; one fails; or it is open."""
    return False if False in truths else None if None in truths else True


def number(figure: Figure) -> str:
    """A figure with the decimals that are read."""
    return f"{round_half_up(figure.value, 1):f}"


def listed(figures: dict[str, Figure]) -> str:
    """Some figures with their names."""
    return ", ".join(f"{name}: {number(figure)}" for name, figure in figures.items())


# -- every year -------------------------------------------------------------------------------


def _spans(claim: Claim) -> list[Period]:
    """Each year, or each month, that the claim is of; the period alone when it is one."""
    period = period_of(claim)
    if period.is_years:
        return list(period.each_year())
    if _EACH_MONTH.search(claim.text) and period.months > 1:
        return list(period.each_month())
    return [period]


def _all(claim: Claim, _others: list[Claim], book: Book, slack: Slack) -> Seen:
    """Every year is above (below) a bound: yoy>10. One that the text excepts is not known to us."""
    parts = _BOUND.fullmatch(claim.of)
    if parts is None:
        raise LackingError(f"no bound in {claim.of!r}")
    spans, excepting = _spans(claim), bool(_OTHERS.search(claim.text))
    found: dict[str, Figure] = {}
    for span in spans:
        figure = growth(book, key_of(claim), span) if "yoy" in parts["base"] else (
            find(book, key_of(claim), parts["base"], span)
        )  # fmt: skip
        if figure is not None:
            found[str(span)] = figure
    if len(spans) == 1 and excepting:
        raise LackingError("the others, which are not named")
    if not found:
        raise LackingError(f"the store has no {parts['base']} of {key_of(claim)} at {claim.period}")
    bound, up = float(parts["bound"]), parts["side"] == ">"
    # the bound itself is in: ten percent has two digits
    truths = [
        above(w, bound - _NOISE) if up else above(-w, -bound - _NOISE)
        for w in (widened(f, slack) for f in found.values())
    ]
    holds, told = every(truths), listed(found)
    figure = next(f for f, t in zip(found.values(), truths, strict=True) if t is holds or holds is not False)
    if holds is False and (excepting or len(spans) == 1):
        # 除2021年外, 餘均…: one may be excepted; of one year alone the others are not in the claim
        one = len(spans) > 2 and truths.count(False) == 1  # noqa: PLR2004
        return Seen(True if one and None not in truths else None, figure, f"but for one: {told}")
    if holds and len(found) < len(spans):
        holds, told = None, f"{told}; the store has not all of {claim.period}"
    return Seen(holds, figure, told)


def other_end(claim: Claim, others: list[Claim]) -> Claim | None:
    """The other number of 介於64.7%至80.6%, None when the claim is no end of a range."""
    same = ("indicator", "reporter", "partner", "commodity", "period", "unit", "statistic")
    for other in others:
        if any(getattr(claim, slot) != getattr(other, slot) for slot in same):
            continue
        first, second = sorted((claim, other), key=lambda c: c.start)
        if not 0 <= second.start - first.end <= _NEAR:
            continue
        if first.statistic == "all_in_range" or first.hedge in _RANGE:
            return other
    return None


def _in_range(claim: Claim, others: list[Claim], book: Book, slack: Slack) -> Seen:
    """Every year lies between two numbers; each is the nearest that year's figure comes to it."""
    other = other_end(claim, others)
    name = claim.of or "share" if claim.statistic == "all_in_range" else claim.statistic
    told_here = stated(claim.value, "exact", claim.unit, claim.text)
    told_there = stated(other.value, "exact", other.unit, other.text) if other else None
    if told_here is None or told_there is None:
        raise LackingError("the other end of the range is not told")
    low, high = sorted((told_here, told_there), key=lambda t: t.value)
    if name == "share" and claim.partner == WORLD and claim.commodity == "total":
        raise LackingError("a share of what is not told")
    part = "partner" if claim.partner != WORLD else "commodity"
    found: dict[str, Figure] = {}
    for span in _spans(claim):
        figure = find(book, key_of(claim), name, span, part if name == "share" else "")
        if figure is not None and in_unit(figure, claim.unit) is not None:
            found[str(span)] = figure
    if not found:
        raise LackingError(f"the store has no {name} of {key_of(claim)} at {claim.period}")
    truths: list[Truth] = []
    for figure in found.values():
        value, by = in_unit(figure, claim.unit), slack(figure) + _NOISE
        if value is None:
            continue
        allowed = Interval(low.exact.low - by, high.exact.high + by)
        narrow = value.width <= told_here.exact.width  # then it is enough that the two meet
        truths.append(True if value.within(allowed) or (narrow and value.meets(allowed)) else None)
        if not value.meets(allowed):
            truths[-1] = False
    is_low = told_here.value == low.value
    extreme = (min if is_low else max)(found.values(), key=lambda f: f.value)
    holds, told = every(truths), listed(found)
    if holds and len(found) < len(_spans(claim)):
        holds, told = None, f"{told}; the store has not all of {claim.period}"
    value = in_unit(extreme, claim.unit)
    loose = value is not None and not value.meets(told_here.exact)
    return Seen(holds, extreme, told, loose=loose)


_TESTS: dict[str, Test] = {"all": _all, "range": _in_range}
