"""``tidewaiter audit``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from tidewaiter.cli.common import Common, Flat
from tidewaiter.cli.output import emit, write_json, write_table
from tidewaiter.cli.talk import progress, say

if TYPE_CHECKING:
    from tidewaiter.engine.audit import Audit, Line
    from tidewaiter.model.release import Release

_COLUMNS = (
    "release", "rule", "place", "key", "statistic", "of", "period", "printed", "decimals", "unit",
    "implied_low", "implied_high", "severity", "reason",
)  # fmt: skip
_COUNTED = ("compared", "passes", "exact", "fails", "missings")


def audit(
    release: Annotated[list[str] | None, Parameter(negative="")] = None,
    /,
    *,
    rule: Annotated[list[str] | None, Parameter(negative="")] = None,
    top: int = 30,
    everything: Annotated[bool, Parameter(negative="")] = False,
    rules: Annotated[bool, Parameter(negative="")] = False,
    format: Flat = "table",
    common: Common | None = None,
) -> int:
    """Hold a release against the rules: derived numbers, sums, levels, gaps, units, marks, coverage.

    Every derived number is recomputed from the levels the release prints. Where a number is given in full
    precision it must agree to 1e-9, else within what rounding leaves open. Every cell that does not agree
    is told with its place, the printed value, the interval its inputs imply and what may lie behind it.

    Examples:
        tidewaiter audit
        tidewaiter audit mof-release@2025-08 --format json
        tidewaiter audit brief459.csv
        tidewaiter audit exports.csv --rule one.level --rule coverage
        tidewaiter audit --rules --lang zh

    Args:
        release: Releases of the store (all without one), or files, which are audited without loading.
        rule: Only this rule (again for more); ``derived`` is all of ``derived.yoy``, ``derived.share`` …
        top: How many failing cells the table shows, the gravest first.
        rules: List the rules: what must hold, where each is from, how grave it is, what it allows.
        everything: List every cell that disagrees, and those that could not be compared.
        format: table, csv or jsonl (one line a cell that disagrees), json (counts and cells).
    """
    options = common or Common()
    if rules:
        return _rules(format, options.language)
    with progress("auditing"):
        done = [(one, _only(result, rule)) for one, result in _audits(options, release or [])]
    if format == "json":
        write_json(
            [_told(one, result, options.language, everything=everything) for one, result in done], lines=False
        )
    elif format == "table":
        for one, result in done:
            _show(one, result, options.language, None if everything else top)
    else:
        rows = [_cell(line) for _, result in done for line in _lines(result, everything=everything)]
        emit(rows, _COLUMNS, format)
    if not done:
        say("nothing to audit: the store is empty")
    return 1 if any(result.findings for _, result in done) else 0


def _rules(format: Flat, lang: str) -> int:
    from tidewaiter.engine.audit import declared

    zh = lang == "zh"
    rows = [
        {
            "rule": one.name,
            "label": one.label_zh if zh else one.label,
            "description": one.description_zh if zh else one.description,
            "origin": one.origin,
            "severity": one.severity,
            "tolerance": one.tolerance,
        }
        for one in declared().values()
    ]
    emit(rows, tuple(rows[0]), format, shown=("rule", "severity", "description", "origin"))
    return 0


def _only(result: Audit, rule: list[str] | None) -> Audit:
    """What some rules found.

    Raises:
        UnknownNameError: a rule nobody declares.
    """
    from tidewaiter.engine.audit import declared, declared_for
    from tidewaiter.errors import UnknownNameError

    if not rule:
        return result
    if strange := next((name for name in rule if declared_for(name) is None), ""):
        raise UnknownNameError.of("rule", strange, list(declared()))
    return result.only(rule)


def _audits(options: Common, names: list[str]) -> list[tuple[Release, Audit]]:
    store = options.open()
    files = [Path(name) for name in names if Path(name).exists()]
    loaded = [name for name in names if not Path(name).exists()]
    done = store.audit(*loaded) if loaded or not files else []
    return [*done, *(store.audit_files(*files) if files else [])]


def _lines(result: Audit, *, everything: bool) -> list[Line]:
    if not everything:
        return result.findings
    return [line for line in result.lines if line.status != "agrees"]


def _counts(result: Audit, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "rule": rule,
            **_declared(rule, lang),
            "compared": counts["agrees"] + counts["disagrees"],
            "passes": counts["agrees"],
            "exact": counts["exact"],
            "fails": counts["disagrees"],
            "missings": counts["missing"],
        }
        for rule, counts in sorted(result.counts().items())
    ]


def _declared(rule: str, lang: str) -> dict[str, str]:
    from tidewaiter.engine.audit import declared_for

    told = declared_for(rule)
    if told is None:
        return {"label": rule, "severity": ""}
    return {"label": told.label_zh if lang == "zh" else told.label, "severity": told.severity}


def _told(release: Release, result: Audit, lang: str, *, everything: bool) -> dict[str, Any]:
    rules = _counts(result, lang)
    totals = {
        name: sum(rule[name] for rule in rules)
        for name in ("compared", "passes", "exact", "fails", "missings")
    }
    cells = [_cell(line) for line in _lines(result, everything=everything)]
    return {
        "release": release.id,
        **totals,
        "rules": rules,
        "failing": cells,
        "findings": list(release.findings),
    }


def _cell(line: Line) -> dict[str, Any]:
    cell, allowed = line.cell, line.allowed
    return {
        "release": line.release,
        "rule": line.rule,
        "status": str(line.status),
        "place": str(cell.place),
        "file": cell.place.file,
        "sheet": cell.place.sheet,
        "cell": cell.place.cell,
        "key": str(cell.key),
        "statistic": cell.statistic,
        "of": cell.of,
        "period": str(cell.period),
        "printed": cell.value,
        "decimals": cell.decimals,
        "unit": str(cell.unit),
        "implied_low": allowed.low if allowed else None,
        "implied_high": allowed.high if allowed else None,
        "severity": _declared(line.rule, "en")["severity"],
        "reason": line.reason,
    }


def _show(release: Release, result: Audit, lang: str, most: int | None) -> None:
    names = ("rule", "label", *_COUNTED)
    rules = _counts(result, lang)
    rows: list[list[Any]] = [[rule[name] for name in names] for rule in rules]
    rows.append(["all", "", *(sum(rule[name] for rule in rules) for name in _COUNTED)])
    write_table(rows, names, title=f"{release.id}: {release.title}")
    lines = _lines(result, everything=most is None)
    lines.sort(key=lambda line: _declared(line.rule, lang)["severity"] != "error")
    if shown := lines[:most]:
        cells = [_seen(line) for line in shown]
        write_table(cells, ("place", "series", "rule", "period", "printed", "implied", "reason"))
    if len(lines) > len(shown):
        say(f"{release.id}: {len(lines) - len(shown)} more; --everything or --format csv lists them")
    for finding in release.findings:
        say(f"{release.id}: {finding}")


def _seen(line: Line) -> list[str]:
    cell = line.cell
    where = (str(cell.place), str(cell.key), line.rule, str(cell.period))
    return [*where, f"{cell.value:,.8g}", _implied(line), line.reason]


def _implied(line: Line) -> str:
    if line.allowed is None:
        return ""
    if line.allowed.width == 0:
        return f"{line.allowed.mid:,.8g}"
    return f"{line.allowed.low:,.6g}–{line.allowed.high:,.6g}"
