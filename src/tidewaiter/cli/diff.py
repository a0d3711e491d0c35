"""``tidewaiter diff``."""

from __future__ import annotations

from tidewaiter.cli.common import Common, Flat
from tidewaiter.cli.output import emit, write_object
from tidewaiter.cli.talk import say

_COLUMNS = ("change", "key", "statistic", "period", "old", "new", "unit", "difference", "percent")


def diff(
    old: str, new: str, /, *, largest: int = 20, format: Flat = "table", common: Common | None = None
) -> int:
    """What one release adds, restates and leaves out against another.

    Numbers that are printed with different precision and round to one another are the same.

    Examples:
        tidewaiter diff press-first-reported@2026-07 mof-database@2026-07
        tidewaiter diff mof-release@2025-07 mof-release@2025-08 --format json

    Args:
        old: Identifier of a release, or a part of it that only one has.
        new: The release compared with it.
        largest: How many of the largest restatements the table and json show.
        format: table, json (counts and the largest), csv or jsonl (every change).
    """
    options = common or Common()
    found = options.open().diff(old, new)
    say(
        f"{found.new} against {found.old}: {found.same:,} the same, {found.restated:,} restated, "
        f"{found.added:,} added, {found.vanished:,} vanished"
    )
    if format == "json":
        write_object(found.row(largest))
        return 0
    rows = [change.row() for change in found.changes]
    if format == "table":
        rows = [row for row in rows if row["change"] == "restated"][:largest]
    emit(rows, _COLUMNS, format, shown=_COLUMNS[1:])
    return 0
