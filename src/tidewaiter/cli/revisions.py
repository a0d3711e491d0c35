"""``tidewaiter revisions``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from tidewaiter.cli.common import Common, Format
from tidewaiter.cli.output import emit
from tidewaiter.cli.talk import progress, say

if TYPE_CHECKING:
    from tidewaiter.api.revisions import Revision

_COLUMNS = (
    "key", "statistic", "period", "published", "release", "value", "unit", "revision", "same",
    "preliminary", "place", "authority",
)  # fmt: skip
_SHOWN = ("period", "published", "release", "value", "unit", "revision", "same", "preliminary")
_SPANS = (
    "key", "statistic", "period", "first_published", "first", "latest_published", "latest", "unit",
    "vintages", "revision", "percent", "same", "preliminary",
)  # fmt: skip
_SUMMARY = (
    "key", "statistic", "of", "unit", "periods", "revised", "mean", "mean_absolute", "mean_percent",
    "mean_absolute_percent", "largest", "largest_period",
)  # fmt: skip
_TOLD = {
    "en": "{key} {statistic}: {periods} {of} given more than once, {revised} revised; latest less first: "
    "mean {mean:+,.4g}, mean size {mean_absolute:,.4g} {unit}{share}, most {largest:+,.4g} at "
    "{largest_period}",
    "zh": "{key} {statistic}（{of}）：{periods}期有多次數值，{revised}期修正；最新減首次：平均{mean:+,.4g}，"
    "平均絕對{mean_absolute:,.4g} {unit}{share}，最大{largest:+,.4g}（{largest_period}）",
}


def revisions(
    key: str,
    /,
    *,
    statistic: str = "level",
    period: str | None = None,
    revised: bool = False,
    show: Literal["values", "periods", "summary"] = "values",
    format: Format = "table",
    common: Common | None = None,
) -> int:
    """Every value a series was given, by period and the day it became known.

    A statistic that a release does not print is computed from the levels of that release alone.

    Examples:
        tidewaiter revisions TWN.exports --period 2023-11
        tidewaiter revisions TWN.exports --statistic yoy --show periods
        tidewaiter revisions TWN.exports --show summary --format json

    Args:
        key: Which series, as in get.
        statistic: level, or a statistic of few levels (yoy, mom, share …).
        period: A period or a range.
        revised: Only periods given more than once with values that differ.
        show: Every value; first and latest value of each period; or, a row a series, the mean and the
            mean absolute revision of first against latest.
        format: table, csv, json, jsonl or parquet (unrounded).
    """
    from tidewaiter.api.revisions import spans, summaries

    options = common or Common()
    with progress("looking through the releases"):
        found = options.open().revisions(key, statistic, period, options.as_of)
    if revised:
        moved = {(r.key, r.period) for r in found if r.revision is not None and not r.same}
        found = [r for r in found if (r.key, r.period) in moved]
    if show == "summary":
        emit([one.row() for one in summaries(found)], _SUMMARY, format)
    elif show == "periods":
        emit([one.row() for one in spans(found)], _SPANS, format, shown=_SPANS[2:])
    else:
        emit([row.row() for row in found], _COLUMNS, format, shown=_SHOWN)
    if format == "table" and show != "summary":
        _tell(found, options.language)
    return 0


def _tell(found: list[Revision], lang: str) -> None:
    from tidewaiter.api.revisions import summaries

    for one in summaries(found):
        row: dict[str, Any] = one.row()
        share = "" if one.mean_absolute_percent is None else f" ({one.mean_absolute_percent:.2g} %)"
        say(_TOLD[lang].format(share=share, **row))
