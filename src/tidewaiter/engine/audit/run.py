"""The rules, and the run over a release."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.engine.audit.declared import Declared, declared
from tidewaiter.engine.audit.lines import Audit, Line, Status, agree
from tidewaiter.engine.audit.many import Numbers, across_tables, balances, sums_of_months
from tidewaiter.engine.audit.sheet import Sheet
from tidewaiter.engine.audit.table_rule import Findings, TableRule, lines_of
from tidewaiter.engine.audit.table_rules import TABLE_RULES
from tidewaiter.engine.one_release import OneRelease
from tidewaiter.engine.routes import Levels
from tidewaiter.errors import NoFigureError
from tidewaiter.statistics import UndefinedError, statistic
from tidewaiter.store.frame import to_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import polars as pl

    from tidewaiter.engine.edition import Edition
    from tidewaiter.model.interval import Interval
    from tidewaiter.model.observation import Observation
    from tidewaiter.model.release import Release

_ADJUSTED = "sa"
_ANNOUNCED = "forecast"  # a range for months to come follows from no level


@dataclass(frozen=True)
class Rule(Declared):
    """One rule of the audit over single numbers.

    Attributes:
        check: the lines it yields for a release.
    """

    check: Callable[[Levels, list[Observation]], Iterator[Line]]


def audit(edition: Edition, observations: list[Observation], table: pl.DataFrame | None = None) -> Audit:
    """Check one release by every rule.

    Args:
        edition: the release, indexed.
        observations: every number of it; each derived cell is checked where it stands. Of a release of
            millions only the derived ones, the rest in ``table``.
        table: the same as a table in the store's order, for the rules that look at many numbers at once.
    """
    levels = Levels(edition)
    lines = [line for rule in VALUE_RULES for line in rule.check(levels, observations)]
    found = []
    if table is None:
        sheet = Sheet.of(edition.release, to_frame(observations))
    else:
        found = of_many(edition.release, table)
        sheet = Sheet.of(edition.release, table, in_order=True)
    found += [rule.run(sheet) for rule in TABLE_RULES]
    return Audit((*lines, *lines_of(found)), tuple(one.tally() for one in found if one.told))


def of_many(release: Release, table: pl.DataFrame) -> list[Findings]:
    """What the rules over single levels find in a table in the store's order, of any size."""
    numbers = Numbers.of(release, table)
    found = [Findings(name, release.id) for name in ("balance", "sum.months", "same.across_tables")]
    balances(numbers, found[0], _balance)
    sums_of_months(numbers, found[1], _sum)
    across_tables(numbers, found[2], lambda edition, cells: _across_tables(Levels(edition), cells))
    return found


def _derived_cells(levels: Levels, observations: Iterable[Observation]) -> Iterator[Line]:
    for cell in observations:
        if cell.is_derived and not cell.statistic.startswith(_ANNOUNCED):
            yield _recomputed(levels, cell)


def _recomputed(levels: Levels, cell: Observation) -> Line:
    rule, release = f"derived.{cell.statistic}", levels.edition.release.id
    try:
        definition = statistic(cell.statistic)
        result = definition.evaluate(OneRelease(levels, derive=False), cell.key, cell.period, cell.of)
    except (NoFigureError, UndefinedError) as error:
        return Line(rule, release, cell, Status.MISSING, reason=str(error).split("\n")[0])
    if not levels.coherent(tuple(c for figure in result.inputs for c in figure.inputs)):
        reason = "its base is of another day's vintage here"
        return Line(rule, release, cell, Status.MISSING, reason=reason)
    factor = 1.0
    if definition.unit is None:
        factor = result.inputs[0].unit.factor_to(cell.unit)
    allowed = result.interval if factor == 1 else result.interval * factor
    return _judged(rule, release, cell, allowed)


def _judged(rule: str, release: str, cell: Observation, allowed: Interval) -> Line:
    if agree(cell, allowed):
        return Line(rule, release, cell, Status.AGREES, allowed)
    return Line(rule, release, cell, Status.DISAGREES, allowed, reason=_reason(cell, allowed))


def _reason(cell: Observation, allowed: Interval) -> str:
    """What may lie behind a disagreement, as far as the numbers tell."""
    gap = cell.value - allowed.mid
    told = f"off by {gap:+.4g}"
    if cell.is_derived and cell.key.reporter != "TWN":
        return f"{told}; another office's own rate (own currency or own revised base), printed as given"
    if cell.key.reporter != "TWN":
        return f"{told}; another office revised the parts or the sum on its own, printed as given"
    if cell.decimals is not None and abs(gap) < 2 * 10.0**-cell.decimals:
        return f"{told}; printed from numbers rounded earlier or from another vintage"
    return told


def _balances(levels: Levels, observations: Iterable[Observation]) -> Iterator[Line]:
    for cell in observations:
        if cell.is_derived or cell.key.flow != "balance":
            continue
        parts = [
            levels.edition.level(cell.key.but(flow=flow), cell.period) for flow in ("exports", "imports")
        ]
        yield _balance(levels.edition.release.id, cell, parts, mixed=levels.edition.mixed)


def _balance(release: str, cell: Observation, parts: list[Observation | None], *, mixed: bool) -> Line:
    """A balance against its exports and imports."""
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        reason = f"no exports or imports of {cell.key.partner} at {cell.period}"
        return Line("balance", release, cell, Status.MISSING, reason=reason)
    if any(part.unit.kind != cell.unit.kind for part in known):
        reason = "exports or imports are counted in another unit"
        return Line("balance", release, cell, Status.MISSING, reason=reason)
    if mixed and any(part.known_at != cell.known_at for part in known):
        reason = "exports or imports are of another day's vintage here"
        return Line("balance", release, cell, Status.MISSING, reason=reason)
    exports, imports = (part.interval * part.unit.factor_to(cell.unit) for part in known)
    return _judged("balance", release, cell, exports - imports)


def _cumulative(levels: Levels, observations: Iterable[Observation]) -> Iterator[Line]:
    """A printed span or year is the sum of its printed months."""
    for cell in observations:
        if cell.is_derived or cell.period.is_month or cell.period.is_open or not cell.unit.adds_up:
            continue
        months = [levels.edition.level(cell.key, month) for month in cell.period.each_month()]
        found = [month for month in months if month is not None and month.unit.kind == cell.unit.kind]
        if len(found) == len(months) and not _of_other_days(levels, cell, found):
            yield _sum(levels.edition.release.id, cell, found)


def _sum(release: str, cell: Observation, months: list[Observation]) -> Line:
    """A span against its months."""
    parts = [month.interval * month.unit.factor_to(cell.unit) for month in months]
    return _judged("sum.months", release, cell, sum(parts[1:], parts[0]))


def _of_other_days(levels: Levels, cell: Observation, others: Iterable[Observation]) -> bool:
    """In an edition that restates numbers of several days: some other is not of the cell's day."""
    return levels.edition.mixed and any(other.known_at != cell.known_at for other in others)


def _across_tables(levels: Levels, observations: Iterable[Observation]) -> Iterator[Line]:
    """A number that stands in several tables is the same in each."""
    for cell in observations:
        if cell.is_derived:
            continue
        first = levels.edition.level(cell.key, cell.period)
        if first is None or first.place == cell.place or first.unit.kind != cell.unit.kind:
            continue
        if _of_other_days(levels, cell, [first]):
            continue
        same = first.interval * first.unit.factor_to(cell.unit)
        line = _judged("same.across_tables", levels.edition.release.id, cell, same)
        if line.status is Status.DISAGREES:
            line = replace(
                line, reason=f"{line.reason}; {first.place} prints {first.value:.10g} {first.unit}"
            )
        yield line


CHECKS = {
    "derived": _derived_cells,
    "balance": _balances,
    "sum.months": _cumulative,
    "same.across_tables": _across_tables,
}
VALUE_RULES = tuple(
    Rule(**vars(rule), check=CHECKS[name]) for name, rule in declared().items() if name in CHECKS
)

RULES: tuple[Rule | TableRule, ...] = (*VALUE_RULES, *TABLE_RULES)
