"""``tidewaiter diff``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tidewaiter.cli.common import Common, Flat
from tidewaiter.cli.output import emit, write_object
from tidewaiter.cli.talk import progress, say

if TYPE_CHECKING:
    from tidewaiter.api.flips import Flip

_CHANGES = ("change", "key", "statistic", "period", "old", "new", "unit", "difference", "percent")
_FLIPS = (
    "state", "what", "statement", "now", "context", "lang", "figure", "old", "new", "unit", "why_en",
    "why_zh",
)  # fmt: skip
_QUIET = ("holds", "open")  # counted, not listed in the table
_COUNTS = {
    "numbers": (),
    "statements": (),
    "periods": ("period", "restated", "added", "vanished"),
    "series": ("key", "restated", "added", "vanished"),
}


def diff(
    old: str,
    new: str,
    /,
    *,
    show: Literal["numbers", "statements", "periods", "series"] = "numbers",
    statements: Path | None = None,
    largest: int = 20,
    format: Flat = "table",
    common: Common | None = None,
) -> int:
    """What one release adds, restates and leaves out against another, and which sentences flip.

    Numbers that are printed with different precision and round to one another are the same. Statements
    are those of the bulletins written from the first release, of a statements.json, or the claims of a
    document that hold by the first release; each is held against the second: holds, last_digit, changed
    (a number), not_true (direction, record, streak, rank), or open where the second does not tell.

    Examples:
        tidewaiter diff press-first-reported@2026-07 mof-database@2026-07
        tidewaiter diff region-group@2018-12.1 region-group@2018-12.2 --show periods
        tidewaiter diff mof-release@2025-08 mof-database --show statements
        tidewaiter diff mof-release@2025-08 mof-database --statements bulletins/statements.json --format json

    Args:
        old: Identifier of a release, or a part of it that only one has.
        new: The release compared with it.
        show: Numbers that differ, statements held against the second release, or counts by period or
            series. json has it all.
        statements: statements.json of a bulletin, or a document whose claims are read.
        largest: How many of the largest restatements the table and json show.
        format: table, json (counts, the largest, statements), csv or jsonl (every row).
    """
    options = common or Common()
    store = options.open()
    show = "statements" if statements is not None else show
    with progress("comparing"):
        found = store.diff(old, new)
        told = []
        if show == "statements" or format == "json":
            told = store.flips(found.old, found.new, statements)
    say(
        f"{found.new} against {found.old}: {found.same:,} the same, {found.restated:,} restated, "
        f"{found.added:,} added, {found.vanished:,} vanished"
    )
    if format == "json":
        counts = dict(Counter(flip.state for flip in told))
        flipped = {"counts": counts, "flips": [flip.row() for flip in told if flip.state != "holds"]}
        write_object({**found.row(largest), "statements": flipped})
    elif show == "statements":
        _statements(told, format, options.language)
    elif show == "numbers":
        kind, most = ("restated", largest) if format == "table" else ("", None)
        rows = [change.row() for change in found.listed(kind, most)]
        emit(rows, _CHANGES, format, shown=_CHANGES[1:])
    else:
        emit(found.by_period() if show == "periods" else found.by_series(), _COUNTS[show], format)
    return 0


def _statements(told: list[Flip], format: Flat, lang: str) -> None:
    counts = Counter(flip.state for flip in told)
    say("statements: " + ", ".join(f"{count:,} {state}" for state, count in counts.items()))
    rows = [flip.row() for flip in told]
    if format == "table":
        rows = [_seen(flip, lang) for flip in told if flip.state not in _QUIET and flip.lang in ("", lang)]
    emit(rows, _FLIPS, format, shown=("state", "figure", "why"))


def _seen(flip: Flip, lang: str) -> dict[str, Any]:
    state = f"{flip.state}: {flip.what}" if flip.what else flip.state
    why = flip.why_zh if lang == "zh" else flip.why_en
    told = why if flip.now and flip.what != "direction" else f"{flip.statement}: {why}"
    return {**flip.row(), "state": state, "why": told}
