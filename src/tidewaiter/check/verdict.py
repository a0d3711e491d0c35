"""The verdict on a claim: asked of the day's vintage, then of the latest, then of others, then elsewhere.

A true claim called false is the worst error we can make. So a claim is contradicted only when the
vintage the writer saw speaks against it, or no vintage that bears it out can exist within the usual
size of revisions; else it is undetermined, and the answer says what is missing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tidewaiter.check.compare import compare, in_unit
from tidewaiter.check.elsewhere import Found, elsewhere, other_currency
from tidewaiter.check.forecast import is_forecast, judge_forecast
from tidewaiter.check.judged import Checked, Judgement, Verdict
from tidewaiter.check.question import Question, questions
from tidewaiter.check.several import judge_several, needs_others
from tidewaiter.check.stated import stated
from tidewaiter.errors import TidewaiterError
from tidewaiter.model.interval import decimals_of, round_half_up
from tidewaiter.nomenclature import areas, commodities, flows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tidewaiter.check.claim import Claim
    from tidewaiter.engine.book import Book
    from tidewaiter.engine.vintages import Vintages
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.period import Period

_BORNE_OUT = (Verdict.CONFIRMED, Verdict.CONSISTENT_WITH_ROUNDING, Verdict.CONSISTENT_WITH_VINTAGE)
_GOOD = (Verdict.CONFIRMED, Verdict.CONSISTENT_WITH_ROUNDING)
_REVISED = {"percent": 0.6, "percentage_point": 0.3}  # points; the widest first-to-last revision seen is 0.6
_REVISED_LEVEL = (
    0.006  # of the level; imports of 2023-11: 276.7 first, 276.8 later; 2025-10: 618.0, 608.9 with re-exports
)
_SHARE = 0.05  # points
_OWN, _RESTATED, _EARLY = timedelta(days=35), timedelta(days=7), timedelta(days=-2)
_PRESS = 1 / 6  # of a usual revision: 0.1 points, 0.1 % of a level
# over years the office redefines too: in 2016 re-exports came in
_LONG, _REDEFINED = timedelta(days=3 * 365), 4.0
_LOOKS_BACK = ("streak", "best_in_n", "worst_in_n", "rank", "record", "turn")
_SLOTS_ZH = {
    "indicator": "指標", "commodity": "貨品", "partner": "對象", "period": "期間", "statistic": "統計",
    "unit": "單位", "sign": "正負號",
}  # fmt: skip
_OVER_RANGES = ("average_annual_growth", "pp_change")
_PRINTED_DECIMALS = 1  # offices print growth and shares with one decimal


def judge_all(
    claims: list[Claim], books: Vintages, known: dict[Claim, Judgement] | None = None
) -> list[Checked]:
    """Every claim of a document with its judgement, in the document's order.

    Args:
        claims: the claims.
        books: what they are held against.
        known: judgements that hold for any document, kept from one version of a text to the next.
    """
    done: list[Checked] = []
    first: dict[tuple[str, ...], int] = {}
    for number, claim in enumerate(claims, start=1):
        earlier = first.setdefault(claim.told(), number)
        others = [other for other in claims if other is not claim]
        judgement = _judge_once(claim, others, books, known)
        if judgement.reading is not None:
            claim = claim.read_as(*judgement.reading)  # noqa: PLW2901 — decided by the evidence
        if earlier != number and judgement.verdict is Verdict.NOT_CHECKABLE:
            reason, reason_zh = f"says the same as claim {earlier}", f"與第{earlier}項相同"
            judgement = replace(judgement, verdict=Verdict.REPEAT, reason=reason, reason_zh=reason_zh)
        done.append(Checked(number, claim, judgement, earlier if earlier != number else None))
    return done


def _judge_once(
    claim: Claim, others: list[Claim], books: Vintages, known: dict[Claim, Judgement] | None
) -> Judgement:
    """As :func:`judge`; a claim that stands for itself is judged once, wherever it stands."""
    if known is None or is_forecast(claim, books.published) or needs_others(claim):
        return judge(claim, others, books)
    alone = replace(claim, start=0, end=0, doc="", where="", user="", time="")
    if alone not in known:
        known[alone] = judge(claim, others, books)
    return known[alone]


def judge(claim: Claim, others: list[Claim], books: Vintages) -> Judgement:
    """The judgement of one claim."""
    several = judge_several(claim, others, books, lambda figure: _usual(figure) * _reach(figure, books))
    if several is not None:
        return several
    if is_forecast(claim, books.published):
        slipped = _slipped_month(claim, books) if claim.modality == "observed" else None
        return slipped or judge_forecast(claim, _forecast_question(claim), others, books)
    if claim.modality in ("opinion", "target", "conditional"):
        return Judgement(Verdict.NOT_CHECKABLE, None, f"{claim.modality}, not an observation", "非觀測值")
    asked = questions(claim)
    if not asked:
        return Judgement(Verdict.NOT_CHECKABLE, None, "no such statistic in the store", "資料庫無此項統計")
    return _best([_judge_reading(claim, question, books) for question in asked])


def _slipped_month(claim: Claim, books: Vintages) -> Judgement | None:
    """Told as observed, of a month (a span) not over: the number of the one before, one month on."""
    for question in questions(claim):
        if not (question.period.is_month or question.period.is_year_to_date):
            return None
        found = elsewhere(claim, question, books.then)
        if found is not None and found.slot == "period":
            return _wrong(found)
    return None


def _judge_reading(claim: Claim, question: Question, books: Vintages) -> Judgement:
    """A claim on a range of years holds for each of them: the worst year decides."""
    if question.reading is not None:
        return _told_reading(claim, question, _judge_plain(claim, question, books))
    return _judge_plain(claim, question, books)


def _told_reading(claim: Claim, question: Question, found: Judgement) -> Judgement:
    """Say that the number is right for a reading that the text does not suggest first."""
    if question.reading is None or found.verdict not in _BORNE_OUT:
        return found
    slot, value = question.reading
    plain = getattr(claim, slot)
    reason = f"right for {slot} {value}, not for {plain}" + (f"; {found.reason}" if found.reason else "")
    reason_zh = f"以{value}計正確，以{plain}計不符" + (f"；{found.reason_zh}" if found.reason_zh else "")
    return replace(found, reason=reason, reason_zh=reason_zh, reading=question.reading)


def _judge_plain(claim: Claim, question: Question, books: Vintages) -> Judgement:
    if not question.period.is_years or question.statistic in _OVER_RANGES:
        return _judge_question(claim, question, books)
    each = [
        _judge_question(claim, replace(question, period=at), books)
        for at in _years_known(question, books.latest)
    ]
    known = [judgement for judgement in each if judgement.verdict is not Verdict.NOT_CHECKABLE]
    if not known:
        return _judge_question(claim, question, books)
    order = list(Verdict)
    worst = max(known, key=lambda judgement: order.index(judgement.verdict))
    values = ", ".join(f"{j.figure.id.period}: {j.figure.value:.4g}" for j in known if j.figure)
    return replace(worst, reason=f"{worst.reason} ({values})".strip(), reason_zh=worst.reason_zh)


def _years_known(question: Question, book: Book) -> list[Period]:
    """Each year of the range; for a year not yet full, the longest span printed of it."""
    printed = book.periods(question.key)
    found = []
    for year in question.period.each_year():
        spans = [p for p in printed if p.is_year_to_date and p.start_year == year.start_year]
        found.append(max(spans, key=lambda p: p.last) if year not in printed and spans else year)
    return found


def _best(found: list[Judgement]) -> Judgement:
    """The reading the evidence bears out; told when it is not the first that the text suggests."""
    order = list(Verdict)
    return min(found, key=lambda judgement: order.index(judgement.verdict))


def _judge_question(claim: Claim, question: Question, books: Vintages) -> Judgement:
    seen: list[tuple[Book, Figure, Verdict]] = []
    for book in books:
        figure = _ask(book, question)
        if figure is None:
            continue
        verdict = compare(claim, figure)
        if verdict in _GOOD and all(open_still is Verdict.UNDETERMINED for _, _, open_still in seen):
            return Judgement(verdict, figure)
        if verdict in _GOOD:
            return _of_vintage(figure)
        seen.append((book, figure, verdict))
    if not seen and (found := _in_dollars(claim, question, books)) is not None:
        return _wrong(found)
    if not seen:
        reason = f"the store has no {question.statistic} of {question.key} at {question.period}"
        return Judgement(Verdict.NOT_CHECKABLE, None, reason, "資料庫無此數字")
    for book in books.others:
        figure = _ask(book, question)
        if figure is not None and compare(claim, figure) in _GOOD:
            return _of_vintage(figure)
    return _against(claim, question, books, seen)


def _in_dollars(claim: Claim, question: Question, books: Vintages) -> Found | None:
    tried = (other_currency(claim, question, book) for book in books)
    return next((found for found in tried if found is not None), None)


def _of_vintage(figure: Figure) -> Judgement:
    return Judgement(
        Verdict.CONSISTENT_WITH_VINTAGE, figure,
        f"as in {figure.release}; another vintage gives another number", f"與{figure.release}版資料一致",
    )  # fmt: skip


def _against(
    claim: Claim, question: Question, books: Vintages, seen: list[tuple[Book, Figure, Verdict]]
) -> Judgement:
    _, figure, verdict = seen[0]
    if verdict is not Verdict.CONTRADICTED:
        return Judgement(verdict, figure, _why(verdict, figure), "")
    if _finer_than_printed(claim, figure) and _reach(figure, books):
        reason = "agrees to the decimal that the office prints; the vintage of the day is not in the store"
        reason_zh = "與官方公布之小數位一致，資料庫無當日版本"
        return Judgement(Verdict.CONSISTENT_WITH_VINTAGE, figure, reason, reason_zh)
    reach = _reach(figure, books)
    if reach and question.statistic in _LOOKS_BACK:
        reason = "a place in history turns on small revisions; the vintage of the day is not in the store"
        return Judgement(Verdict.UNDETERMINED, figure, reason, "歷史排序受修正影響，資料庫無當日版本")
    if reach and _within(claim, figure, reach):
        reason = "within the usual size of revisions; the vintage of the day is not in the store"
        return Judgement(Verdict.UNDETERMINED, figure, reason, "差異在一般修正幅度內，資料庫無當日版本")
    for book in books:
        found = elsewhere(claim, question, book)
        if found is not None:
            return Judgement(
                Verdict.WRONG_SLOT, found.figure, f"right for {found.slot} {found.value}",
                f"數字屬於{found.value}", slot=(found.slot, found.value),
            )  # fmt: skip
    return Judgement(Verdict.CONTRADICTED, figure, *_gap(claim, figure))


def _wrong(found: Found) -> Judgement:
    slot, value = found.slot, found.value
    named = {"indicator": flows(), "commodity": commodities(), "partner": areas()}.get(slot)
    zh, en = (named.label(value, "zh"), named.label(value, "en")) if named else (value, value)
    told, told_zh = f"right for {slot} {en}", f"這是{_SLOTS_ZH.get(slot, slot)}「{zh}」的數字"
    return Judgement(Verdict.WRONG_SLOT, found.figure, told, told_zh, slot=(slot, value))


def _why(verdict: Verdict, figure: Figure) -> str:
    if verdict is Verdict.UNDETERMINED:
        return f"the store cannot decide it: {figure.note}" if figure.note else "the evidence is too wide"
    return "beyond what the word before the number allows" if verdict is Verdict.HEDGE_STRETCHED else ""


def _gap(claim: Claim, figure: Figure) -> tuple[str, str]:
    """What the figure is, and how far off the claim, also in units of its last digit."""
    told, value = stated(claim.value, claim.hedge, claim.unit, claim.text), in_unit(figure, claim.unit)
    if figure.id.statistic in ("streak", "best_in_n", "worst_in_n", "rank", "record"):
        number = f"{figure.interval.low:.0f}"
        note = f" ({figure.note})" if figure.note else ""
        return f"the figure is {number}{note}", f"資料為{number}"
    if told is None or value is None or told.exact.width == 0:
        return figure.note, "與資料不符"
    decimals = max(decimals_of(claim.value), 1)
    number = f"{round_half_up(value.mid, decimals):f}"
    off, digits = told.value - value.mid, (told.value - value.mid) / told.exact.width
    return f"the figure is {number}; off by {off:+.4g}, {digits:+.0f} in the last digit", f"資料為{number}"


def _reach(figure: Figure, books: Vintages) -> float:
    """How far the writer's number may lie from ours and both be right, in usual sizes of a revision.

    None, where the figure is of the vintage the writer saw: an office's own numbers hold until its next
    release. A first print restated by the press holds for a week, and may be a little off itself. Of a
    text without a date we only know that a month's figures are mostly told when they first appear.
    """
    release = next((e.release for e in books.latest.editions if e.release.id == figure.release), None)
    if release is None or release.dataset == "document":
        return 0.0
    if books.published is None:
        fresh = release.last_period == str(figure.id.period.last_month())
        return 0.0 if release.authority == 0 and fresh else 1.0
    known = max((cell.known_at for cell in figure.inputs if cell.known_at), default=release.published)
    age = books.published - known
    if age < -_LONG:
        return _REDEFINED
    if release.authority == 0:
        return 0.0 if _EARLY <= age <= _OWN else 1.0
    return _PRESS if _EARLY <= age <= _RESTATED else 1.0


def _usual(figure: Figure) -> float:
    """The usual size of a revision, in the figure's own unit."""
    if figure.id.statistic == "share":
        return _SHARE
    return _REVISED.get(str(figure.unit), _REVISED_LEVEL * abs(figure.value))


def _finer_than_printed(claim: Claim, figure: Figure) -> bool:
    """A rate told with more decimals than offices print, equal to theirs in the decimals they do print."""
    told, value = stated(claim.value, "exact", claim.unit, claim.text), in_unit(figure, claim.unit)
    if told is None or value is None or claim.unit != "percent":
        return False
    finer = told.exact.width < 10.0**-_PRINTED_DECIMALS
    same = round_half_up(told.value, _PRINTED_DECIMALS) == round_half_up(value.mid, _PRINTED_DECIMALS)
    return finer and same


def _within(claim: Claim, figure: Figure, reach: float) -> bool:
    """The claim is off by no more than ``reach`` times the usual size of a revision."""
    told, value = stated(claim.value, claim.hedge, claim.unit, claim.text), in_unit(figure, claim.unit)
    if told is None or value is None or figure.unit.kind in ("rank", "months", "sign", "bool"):
        return False
    usual = (
        _SHARE if claim.statistic == "share" else _REVISED.get(claim.unit, _REVISED_LEVEL * abs(value.mid))
    )
    gap = max(told.allowed.low - value.high, value.low - told.allowed.high)
    return gap <= reach * usual


def _forecast_question(claim: Claim) -> Question | None:
    """The figure a forecast will be held against."""
    of = claim.of or "level"
    statistic = {
        "level": "level",
        "yoy": "yoy",
        "ytd_yoy": "ytd_yoy",
        "streak+": "streak",
        "streak-": "streak",
    }.get(of)
    if statistic is None:
        return None
    asked = questions(replace(claim, statistic=statistic, of="yoy" if statistic == "streak" else ""))
    return asked[0] if asked else None


def _ask(book: Book, question: Question) -> Figure | None:
    try:
        return book.figure(question.key, question.statistic, question.period, question.of)
    except TidewaiterError:  # a claim may be of anything; what we cannot compute is not in the store
        return None


def summary(checked: Iterable[Checked]) -> dict[str, int]:
    """How many claims have each verdict."""
    counts = dict.fromkeys((str(verdict) for verdict in Verdict), 0)
    for item in checked:
        counts[str(item.judgement.verdict)] += 1
    return {verdict: count for verdict, count in counts.items() if count}
