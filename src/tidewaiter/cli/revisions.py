"""``tidewaiter revisions``."""

from __future__ import annotations

from tidewaiter.cli.common import Common, Format
from tidewaiter.cli.output import emit

_COLUMNS = (
    "key", "statistic", "period", "published", "release", "value", "unit", "revision", "same",
    "preliminary", "place",
)  # fmt: skip
_SHOWN = ("period", "published", "release", "value", "unit", "revision", "same", "preliminary")


def revisions(
    key: str,
    /,
    *,
    statistic: str = "level",
    period: str | None = None,
    revised: bool = False,
    format: Format = "table",
    common: Common | None = None,
) -> int:
    """Every value a series was given, by period and the day it became known.

    Examples:
        tidewaiter revisions TWN.exports --period 2023-11
        tidewaiter revisions TWN.exports --revised --format csv

    Args:
        key: Which series, as in get.
        statistic: level, or a statistic that releases print (yoy, share …).
        period: A period or a range.
        revised: Only periods given more than once with values that differ.
        format: table, csv, json, jsonl or parquet (unrounded).
    """
    options = common or Common()
    found = options.open().revisions(key, statistic, period, options.as_of)
    if revised:
        moved = {(r.key, r.period) for r in found if r.revision is not None and not r.same}
        found = [r for r in found if (r.key, r.period) in moved]
    emit([row.row() for row in found], _COLUMNS, format, shown=_SHOWN)
    return 0
