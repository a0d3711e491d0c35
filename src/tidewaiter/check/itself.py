"""A document as its own evidence: the tables it prints, and what its sentences say of each other.

With no store at all a document can still be wrong about itself. Its tables become an edition like any
release; its own levels become another, from which shares, balances and differences it states are
recomputed. A sentence is never its own witness: only statements that follow from *other* ones count.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tidewaiter.check.compare import compare, in_unit
from tidewaiter.check.judged import Checked, Judgement, Verdict
from tidewaiter.check.question import questions
from tidewaiter.check.stated import stated
from tidewaiter.engine.audit import Audit, audit
from tidewaiter.engine.edition import Edition
from tidewaiter.engine.one_release import OneRelease
from tidewaiter.engine.routes import Levels
from tidewaiter.errors import FaultsError, NoFigureError, UnparsableError
from tidewaiter.model.figure import Figure, FigureId
from tidewaiter.model.interval import Interval, decimals_of
from tidewaiter.model.observation import Observation, Place
from tidewaiter.model.release import Publisher, Reading, Release
from tidewaiter.model.unit import Unit
from tidewaiter.sources import brief_tables
from tidewaiter.sources.protocol import Blob
from tidewaiter.statistics import UndefinedError, statistic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tidewaiter.check.claim import Claim
    from tidewaiter.check.question import Question

_LEVELS = ("level", "ytd_level")
_DERIVED = frozenset({"share", "yoy", "ytd_yoy", "yoy_change", "ytd_change", "mom", "mom_change"})
_FROM_OTHERS = ("balance", "total_trade")  # their levels follow from exports and imports
_TRUSTED = ("title", "lead", "body", "table")


def own_tables(text: str, name: str, published: date | None) -> list[Edition]:
    """The tables of a document as editions; none when it has none we can read."""
    blob = Blob(name, text.encode())
    if not brief_tables.SOURCE.sniff(blob):
        return []
    try:
        readings = brief_tables.SOURCE.read(blob)
    except FaultsError:
        return []
    return [
        _edition(f"the tables of {name}", reading.observations, published, reading) for reading in readings
    ]


def audited_tables(tables: list[Edition]) -> Audit | None:
    """Every derived cell of a document's tables, recomputed; None when it has no tables."""
    lines = [line for edition in tables for line in audit(edition, _numbers(edition)).lines]
    return Audit(tuple(lines)) if tables else None


def _numbers(edition: Edition) -> list[Observation]:
    levels = [o for series in edition.levels.values() for o in series.values()]
    derived = [o for kinds in edition.printed.values() for series in kinds.values() for o in series.values()]
    return [*levels, *derived]


def own_levels(claims: Iterable[Claim], published: date | None) -> Edition:
    """The levels a document's own sentences state, as an edition."""
    found = []
    for claim in claims:
        told = stated(claim.value, claim.hedge, claim.unit, claim.text)
        asked = questions(claim)
        if claim.statistic not in _LEVELS or claim.where not in _TRUSTED or told is None or not asked:
            continue
        if told.hedged or claim.modality != "observed":
            continue
        question = asked[0]
        found.append(
            Observation(
                question.key, question.period, "level", told.value, Unit.parse(claim.unit),
                Place(claim.doc, "", f"characters {claim.start}–{claim.end}"), decimals_of(claim.value),
            )
        )  # fmt: skip
    return _edition("its own sentences", found, published)


def by_itself(checked: list[Checked], levels: Edition) -> list[Checked]:
    """Judge by the document's own levels what the store could not decide."""
    return [_by_itself(item, levels) for item in checked]


def _by_itself(item: Checked, levels: Edition) -> Checked:
    claim = item.claim
    open_still = item.judgement.verdict in (Verdict.NOT_CHECKABLE, Verdict.REPEAT)
    follows = claim.statistic in _DERIVED or claim.indicator in _FROM_OTHERS
    if not open_still or not follows or claim.modality != "observed":
        return item
    for question in questions(claim):
        figure = _recomputed(question, levels)
        verdict = compare(claim, figure) if figure else None
        if figure is None or verdict is None:
            continue
        if verdict in (Verdict.CONFIRMED, Verdict.CONSISTENT_WITH_ROUNDING):
            reason, reason_zh = "follows from other numbers of the same text", "與本文其他數字相符"
            judgement = Judgement(Verdict.CONSISTENT_WITH_ROUNDING, figure, reason, reason_zh)
        elif _cut_off(claim, figure):
            reason, reason_zh = (
                "off by its last digit from other numbers of the same text",
                "與本文其他數字差一末位",
            )
            judgement = Judgement(Verdict.UNDETERMINED, figure, reason, reason_zh)
        elif verdict is Verdict.CONTRADICTED:
            reason, reason_zh = "does not follow from other numbers of the same text", "與本文其他數字不符"
            judgement = Judgement(verdict, figure, reason, reason_zh)
        else:
            continue
        return Checked(item.number, claim, judgement, item.repeats)
    return item


def _cut_off(claim: Claim, figure: Figure) -> bool:
    """Cut off instead of rounded, as laymen do: within one of the last digit."""
    told, value = stated(claim.value, claim.hedge, claim.unit, claim.text), in_unit(figure, claim.unit)
    if told is None or value is None:
        return False
    digit = told.exact.width
    return value.meets(Interval(told.exact.low - digit / 2, told.exact.high + digit / 2))


def _recomputed(question: Question, levels: Edition) -> Figure | None:
    others = _without(levels, question) if question.statistic in _LEVELS else levels
    ask = OneRelease(Levels(others), derive=False)
    definition = statistic(question.statistic)
    try:
        result = definition.evaluate(ask, question.key, question.period, question.of)
    except (NoFigureError, UndefinedError, UnparsableError, NotImplementedError):
        return None
    return Figure(
        FigureId(question.key, question.statistic, question.period, question.of),
        result.interval,
        definition.unit or result.inputs[0].unit,
        definition.formula,
        tuple(dict.fromkeys(cell for figure in result.inputs for cell in figure.inputs)),
        (levels.release.id,),
    )


def _without(levels: Edition, question: Question) -> Edition:
    """The document's levels but the one asked for: a sentence is not its own witness."""
    kept = [o for series in levels.levels.values() for o in series.values() if o.key != question.key]
    return Edition.of(levels.release, kept)


def _edition(
    name: str, observations: list[Observation], published: date | None, reading: Reading | None = None
) -> Edition:
    """An edition that no store holds."""
    release = Release(
        id=name, dataset="document", edition=name, title=reading.title if reading else name,
        publisher=reading.publisher if reading else Publisher(name, name),
        published=published or date.min, published_inferred=published is None, authority=0, files=(),
        numeric_cells=len(observations), observations=len(observations), derived_cells=0, layout_cells=0,
        first_period="", last_period="", preliminary=0,
    )  # fmt: skip
    return Edition.of(release, observations)
