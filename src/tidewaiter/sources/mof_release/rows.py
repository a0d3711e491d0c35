"""The rows of a table: years, months without a year, the cumulative span, differences, footnotes.

A month row carries no year. It belongs to the year of the last row above that names one, and the months
before the cumulative row ``114年1-8月`` must run up to December of the year before: both readings are
made, and a table on which they disagree is a fault, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from tidewaiter.errors import TidewaiterError
from tidewaiter.model.period import MONTHS, Period
from tidewaiter.model.roc import parse_roc
from tidewaiter.sources.mof_release.words import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

_DATED = re.compile(r"\d{2,4}年(?:\d{1,2}月?(?:[-~至]\d{1,2})?月)?\Z")
_BARE_MONTH = re.compile(r"(\d{1,2})月\Z")
_BARE_SPAN = re.compile(r"(1月?[-~至]\d{1,2}月)\Z")
_DASH = re.compile("[‐-―−]")
_ENGLISH = re.compile(r"(?<=[年月減值)])\(?[A-Z][\x20-\x7e]*\Z")
_MARK = re.compile(
    r"(?<=.)(?:\(?(?P<letter>[pPrR])\)?|\((?:初步|修正)(?:值|數|統計)?\)|[*※#]+|\(?註\d*\)?|累計|\(累計\))\Z"
)
_PRELIMINARY = re.compile(r"\(?[pP]\)?\Z|\(初步")


class RowKind(Enum):
    """What the numbers of a row are."""

    PERIOD = "period"
    ON_MONTH = "較上月增減"
    ON_YEAR = "較上年同月增減"
    ON_SPAN = "較上年同期增減"


_DIFFERENCES = (
    (re.compile(r"[較比與]上月(?:增減|比較)?(?:\(?%\)?|數)?\Z"), RowKind.ON_MONTH),
    (re.compile(r"[較比與][上去]年同月(?:增減|比較)?(?:\(?%\)?|數)?\Z"), RowKind.ON_YEAR),
    (re.compile(r"[較比與][上去]年同期(?:增減|比較)?(?:\(?%\)?|數)?\Z"), RowKind.ON_SPAN),
)


@dataclass(frozen=True, slots=True)
class Label:
    """The text that names a row, and whether a mark beside it says preliminary."""

    row: int
    text: str
    preliminary: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of numbers: what they are, of which period, and whether its label says preliminary."""

    row: int
    kind: RowKind
    period: Period
    preliminary: bool = False


@dataclass(frozen=True, slots=True)
class BadLabel:
    """A row label that does not read, and why."""

    label: Label
    problem: str


def label_of(row: int, text: str) -> Label:
    """A row's label without what stands beside it: marks of notes, English, 累計.

    Examples:
        >>> label_of(0, "114年8月(初步值)").text, label_of(0, "8月Aug.(p)").text, label_of(0, "113年r").text
        ('114年8月', '8月', '113年')
        >>> label_of(0, "114年1–8月累計").text, label_of(0, "8月p").preliminary
        ('114年1-8月', True)
    """
    if len(text) > LONGEST:
        return Label(row, text)
    shown, preliminary = _DASH.sub("-", text), False
    while (match := _MARK.search(shown)) is not None:
        preliminary |= bool(_PRELIMINARY.match(match.group()))
        shown = shown[: match.start()]
    return Label(row, _ENGLISH.sub("", shown), preliminary)


def is_dated(text: str) -> bool:
    """The label names a year: ``113年``, ``114年1-8月``, ``114年1月``."""
    return bool(_DATED.match(label_of(0, text).text))


def is_row(text: str) -> bool:
    """The label names a period or a difference."""
    shown = label_of(0, text).text
    bare = _BARE_MONTH.match(shown) or _BARE_SPAN.match(shown)
    return bool(_DATED.match(shown) or bare) or _difference(shown) is not None


def read_rows(labels: Sequence[Label]) -> tuple[list[Row], list[BadLabel]]:
    """The rows that the labels name, oldest reading first; labels are in the order of the sheet."""
    rows: list[Row] = []
    bad: list[BadLabel] = []
    run: list[tuple[Label, int]] = []
    above: Period | None = None
    labels = [_plain(label) for label in labels]
    for label in labels:
        if match := _BARE_MONTH.match(label.text):
            run.append((label, int(match[1])))
            continue
        text = _with_year(label.text, above, run)
        if not _DATED.match(text):
            if _BARE_SPAN.match(text):
                bad.append(BadLabel(label, f"the year of {text} cannot be told"))
            continue
        try:
            named = parse_roc(text)
        except TidewaiterError as fault:
            bad.append(BadLabel(label, fault.detail))
            continue
        _close(run, above, named, rows, bad)
        run, above = [], named
        rows.append(Row(label.row, RowKind.PERIOD, named, label.preliminary))
    _close(run, above, None, rows, bad)
    rows += _differences(labels, rows, bad)
    return rows, bad


def _plain(label: Label) -> Label:
    told = label_of(label.row, label.text)
    return replace(told, preliminary=told.preliminary or label.preliminary)


def _with_year(text: str, above: Period | None, run: list[tuple[Label, int]]) -> str:
    """``1-8月`` after the last months of a year is of the next one: ``2025年1-8月``."""
    if _BARE_SPAN.match(text) and above is not None and above.is_year and run and run[-1][1] == MONTHS:
        return f"{above.end_year + 1}年{text}"
    return text


def _close(
    run: list[tuple[Label, int]],
    above: Period | None,
    below: Period | None,
    rows: list[Row],
    bad: list[BadLabel],
) -> None:
    """Give the months between two rows with a year their year."""
    if not run:
        return
    first, last = run[0][0], run[-1][1]
    broken = next((label for (_, a), (label, b) in pairwise(run) if b != a % MONTHS + 1), None)
    if broken is not None:
        bad.append(BadLabel(broken, f"{broken.text} does not follow the month above it"))
        return
    turns = sum(1 for (_, a), (_, b) in pairwise(run) if b < a)
    year = _year_of_last(_from_above(above, len(run), turns, last), below, last)
    if year is None and above is not None and below is not None and above.end_year == below.end_year:
        # years to 113年, then 12月, then 113年 (or 113年1-12月) again with its months
        year = below.start_year - 1 if last == MONTHS else None
    if year is None:
        named = f"{above or 'nothing'} above and {below or 'nothing'} below"
        bad.append(BadLabel(first, f"the year of {first.text} cannot be told: {named}"))
        return
    at = Period.month(year, last).first - len(run) + 1
    rows += [
        Row(label.row, RowKind.PERIOD, Period(at + step, at + step), label.preliminary)
        for step, (label, _) in enumerate(run)
    ]


def _from_above(above: Period | None, length: int, turns: int, last: int) -> int | None:
    """The year of a run's last month by the row above that names a year."""
    if above is None:
        return None
    if above.is_month:
        # 114年1月 is followed by 2月, or, where it stands for the cumulative row, by 1月 once more
        again = (last - length) % MONTHS + 1 == above.end_month
        end = above.shift(length - again)
        return end.end_year if end.end_month == last else None
    return above.end_year + turns


def _year_of_last(from_above: int | None, below: Period | None, last: int) -> int | None:
    """The year of a run's last month; None when what stands above and below does not agree."""
    if below is None:
        return from_above
    from_below = (below.first - 1) // MONTHS
    if (below.first - 1) % MONTHS + 1 != last:
        return None
    return from_below if from_above in (None, from_below) else None


def _differences(labels: Sequence[Label], rows: list[Row], bad: list[BadLabel]) -> list[Row]:
    last = last_month(rows)
    found = []
    for label in labels:
        if (kind := _difference(label.text)) is None:
            continue
        if last is None:
            bad.append(BadLabel(label, f"{label.text} has no month to speak of"))
        else:
            period = last.to_date() if kind is RowKind.ON_SPAN else last
            found.append(Row(label.row, kind, period, label.preliminary))
    return found


def last_month(rows: Sequence[Row]) -> Period | None:
    """The newest month that has a row of its own."""
    return max((row.period for row in rows if row.period.is_month), default=None)


def _difference(text: str) -> RowKind | None:
    return next((kind for pattern, kind in _DIFFERENCES if pattern.match(text)), None)
