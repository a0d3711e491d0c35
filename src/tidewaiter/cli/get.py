"""``tidewaiter get``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from tidewaiter.cli.common import Common, Format
from tidewaiter.cli.output import emit, refuse_terminal, sensible, write_csv, write_json, write_table
from tidewaiter.cli.talk import progress

if TYPE_CHECKING:
    from tidewaiter.api import Figures

_COLUMNS = (
    "figure", "key", "reporter", "flow", "commodity", "partner", "measure", "statistic", "of", "period",
    "first", "last", "value", "unit", "low", "high", "as_of", "release", "published", "preliminary",
    "route", "note",
)  # fmt: skip
_CARRIED = (
    "key", "period", "value", "unit", "edition", "relation", "codes", "releases", "kind", "note", "note_zh",
)  # fmt: skip


def get(
    key: str,
    /,
    *,
    statistic: Annotated[list[str] | None, Parameter(negative="")] = None,
    period: str | None = None,
    carried: Annotated[bool, Parameter(negative="")] = False,
    format: Format = "table",
    common: Common | None = None,
) -> int:
    """Figures of a series, each with its origin down to the cell.

    KEY reads reporter.flow.commodity.partner with codes or names in Chinese or English; empty parts
    mean total or world, * means each. HS codes may stand bare.

    Examples:
        tidewaiter get TWN.exports.ict_av.W00 --statistic yoy --period 2025-08
        tidewaiter get TWN.出口.847150 --period 2024-01..2026-06 --format csv
        tidewaiter get 'TWN.exports.*.USA' --statistic share --period 2025-08
        tidewaiter get TWN.exports --period 2023-11 --as-of 2023-12-08 --format json
        tidewaiter get TWN.exports.HS490590 --carried

    Args:
        key: Which series.
        statistic: level (default), yoy, mom, ytd_level, share:partner, streak, record, rank … or all.
            Give the option again for more.
        period: 2025-08, 2025-Q1, 2025, or a range 2025-01..2025-08, which answers for itself and for
            each period in it. Default: every period that has a figure.
        carried: The levels of a six-digit HS code across editions: before its edition the sum of the codes
            it was made of. Each period tells its edition, its codes and how they stand to the code asked
            for (1:1, n:1); where the goods are not the same the note says that it is not comparable.
        format: table (rounded for eyes), csv, json, jsonl or parquet (unrounded).
    """
    options = common or Common()
    if carried:
        return _carried(key, statistic, period, format, options)
    with progress("looking it up"):
        found = options.open().get(
            key, statistic or "level", period, options.as_of, vintages=format in ("json", "jsonl")
        )
    if format in ("json", "jsonl"):
        write_json(found.records(), lines=format == "jsonl")
    elif format == "csv":
        write_csv(found.rows(), _COLUMNS)
    elif format == "parquet":
        refuse_terminal()
        found.to_polars().write_parquet(sys.stdout.buffer)
    else:
        _show(found, options.language)
    return 0


def _carried(
    key: str, statistic: list[str] | None, period: str | None, format: Format, options: Common
) -> int:
    """A series across editions of the HS.

    Raises:
        UsageError: another statistic than the level is asked for.
    """
    if statistic not in (None, ["level"]):
        from tidewaiter.errors import UsageError

        raise UsageError("--carried gives levels only", hint="leave --statistic out")
    with progress("looking it up"):
        found = options.open().carried(key, period, options.as_of)
    rows = found.rows()
    if format != "table":
        emit(rows, _CARRIED, format)
        return 0
    shown = [
        [row["period"], sensible(row["value"], row["unit"]), row["unit"], row["edition"], row["relation"],
         " + ".join(row["codes"]), ", ".join(row["releases"])]
        for row in rows
    ]  # fmt: skip
    note = found.note_zh if options.language == "zh" else found.note
    columns = ("period", "value", "unit", "edition", "relation", "codes", "release")
    write_table(shown, columns, title=f"{found.key} ({found.kind})", caption=note)
    return 0


def _show(found: Figures, lang: str) -> None:
    rows = []
    for figure in found:
        name = figure.id
        unit = str(figure.unit)
        low, high = figure.interval.low, figure.interval.high
        ends = sensible(low, unit), sensible(high, unit)
        narrow = ends[0] == ends[1] or high - low <= _AS_PRINTED * abs(high)
        spread = "" if narrow else "–".join(ends)
        rows.append(
            [
                str(name.key),
                f"{name.statistic}:{name.of}" if name.of else name.statistic,
                f"{name.period}{'*' if figure.preliminary else ''}",
                sensible(figure.value, unit),
                spread,
                unit,
                figure.release,
                figure.note or ("" if figure.route == "observed" else figure.route),
            ]
        )
    columns = ["key", "statistic", "period", "value", "between", "unit", "release", "how"]
    if not any(row[4] for row in rows):
        rows, columns = [[*row[:4], *row[5:]] for row in rows], [*columns[:4], *columns[5:]]
    write_table(rows, columns, caption=_sources(found, lang))


_AS_PRINTED = 1e-6  # of the value: what rounding to the last printed digit leaves open goes without saying


def _sources(found: Figures, lang: str) -> str:
    """Where the numbers are from, one line a release."""
    lines = []
    for name in dict.fromkeys(release for figure in found for release in figure.releases):
        release = found.releases.get(name)
        if release is None:
            continue
        days = [c.known_at for figure in found for c in figure.inputs if c.release == name and c.known_at]
        who = release.publisher.name_zh if lang == "zh" else release.publisher.name
        lines.append(f"[{name}] {who}, {release.title}, {max(days, default=release.published)}")
    if any(figure.preliminary for figure in found):
        lines.append("* 初步值" if lang == "zh" else "* preliminary")
    return "\n".join(lines)
