"""The header of a table on paper: which columns each of its names stands over."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from tidewaiter.sources.documents.numbers import flat
from tidewaiter.sources.grid import squash
from tidewaiter.sources.mof_release.words import heading, is_group, price_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEAR = 1.6  # of a line's height: as far as the ruling line below a name may be
_SLACK = 2.0  # points: ruling lines end a little early or late
_SKIP = 0.3  # of a column's width: what leaving a column without a name costs
_WRAPPED = 0.9  # of a line's height: lines of one cell stand that near


@dataclass(frozen=True, slots=True)
class Rules:
    """Ruling lines: upright ones as (x, top, bottom), level ones as (y, left, right)."""

    upright: tuple[tuple[float, float, float], ...] = ()
    level: tuple[tuple[float, float, float], ...] = ()

    def walls(self, top: float, bottom: float) -> list[float]:
        """Where upright lines cross a band."""
        middle = (top + bottom) / 2
        return [x for x, high, low in self.upright if high - _SLACK <= middle <= low + _SLACK]


NO_RULES = Rules()


@dataclass(frozen=True, slots=True)
class Header:
    """A line of a header: (left, right, words) of each cell."""

    top: float
    bottom: float
    cells: list[tuple[float, float, str]]
    where: str


@dataclass
class Laid:
    """Header rows on the grid: column 0 is that of the labels."""

    rows: list[list[str]] = field(default_factory=list)
    anchors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    where: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Name:
    words: str
    first: int
    last: int
    top: float
    bottom: float
    row: int
    middle: float


def spread_header(
    header: Sequence[Header], columns: list[tuple[float, float]], left: float, rules: Rules
) -> Laid:
    """The header rows of a table.

    Args:
        header: its lines, from the top.
        columns: left and right edge of each column of data.
        left: where the columns of data begin.
        rules: the page's ruling lines.
    """
    names: list[_Name] = []
    halves = _halves(header, columns)
    if halves and rules.upright:
        seams = [cell[1] + _SLACK / 2 for cell in header[max(halves)].cells[:-1]]
        walls = tuple((x, header[0].top, header[-1].bottom) for x in seams)
        rules = Rules((*rules.upright, *walls), rules.level)
    for row, line in enumerate(header):
        spans = halves.get(row) or _spans(line, columns, left, rules)
        for (x0, x1, words), span in zip(line.cells, spans, strict=True):
            name = _Name(words, *span, line.top, line.bottom, row, (x0 + x1) / 2)
            above = next((n for n in reversed(names) if _is_wrapped(n, name, rules)), None)
            if above is not None:
                above.words, above.bottom = flat(f"{above.words}\n{words}"), line.bottom
            else:
                names.append(name)
    laid = Laid(where=[line.where for line in header])
    laid.rows = [[""] * (len(columns) + 1) for _ in header]
    for name in names:
        held = laid.rows[name.row][name.first]
        laid.rows[name.row][name.first] = f"{held} {name.words}".strip()
        for at in range(name.first, name.last + 1):
            if name.last > name.first:
                laid.anchors[name.row, at] = (name.row, name.first)
    return _without_blanks(laid)


def _halves(header: Sequence[Header], columns: list[tuple[float, float]]) -> dict[int, list[tuple[int, int]]]:
    """Titles side by side: each half ends where its unit, set to the right, ends."""
    units = next((line for line in header[:3] if _all(line, "單位:")), None)
    titles = next((at for at, line in enumerate(header[:2]) if _all(line, "表")), None)
    if units is None or titles is None or len(units.cells) != len(header[titles].cells):
        return {}
    spans, first = [], 1
    for _, edge, _ in units.cells:
        last = max((at for at, (x0, x1) in enumerate(columns, 1) if (x0 + x1) / 2 < edge + _SLACK), default=0)
        if last < first:
            return {}
        spans.append((first, last))
        first = last + 1
    return {titles: spans, list(header).index(units): spans}


def _all(line: Header, head: str) -> bool:
    return len(line.cells) > 1 and all(squash(words).startswith(head) for _, _, words in line.cells)


def _without_blanks(laid: Laid) -> Laid:
    """Lines whose words all went up into the line above are no rows."""
    kept = [at for at, row in enumerate(laid.rows) if any(row)]
    anchors = {
        (kept.index(row), column): (kept.index(home[0]), home[1])
        for (row, column), home in laid.anchors.items()
        if row in kept and home[0] in kept
    }
    return Laid([laid.rows[at] for at in kept], anchors, [laid.where[at] for at in kept])


def _spans(
    line: Header, columns: list[tuple[float, float]], left: float, rules: Rules
) -> list[tuple[int, int]]:
    """First and last grid column of each cell of a header line."""
    spans: list[tuple[int, int] | None] = [_ruled(line, cell, columns, left, rules) for cell in line.cells]
    free = [at for at, span in enumerate(spans) if span is None]
    right_of = [
        at for at in free if sum(line.cells[at][:2]) / 2 >= left - (columns[0][1] - left if columns else 0)
    ]
    found = _centred([line.cells[at][:2] for at in right_of], columns) if right_of and columns else []
    for at, span in zip(right_of, found, strict=True):
        spans[at] = span
    return _shared([span or (0, 0) for span in spans], line, columns)


def _shared(
    spans: list[tuple[int, int]], line: Header, columns: list[tuple[float, float]]
) -> list[tuple[int, int]]:
    """Names between the same two lines part the columns there: nothing is ruled between halves of a table."""
    for span in {span for span in spans if span[0] and spans.count(span) > 1}:
        several = [at for at, one in enumerate(spans) if one == span]
        inside = columns[span[0] - 1 : span[1]]
        if len(inside) < 2 * len(several):
            continue  # one name set wide, as in LMEX　基本
        for at, (first, last) in zip(
            several, _centred([line.cells[at][:2] for at in several], inside), strict=True
        ):
            spans[at] = (first + span[0] - 1, last + span[0] - 1)
    return spans


def _ruled(
    line: Header,
    cell: tuple[float, float, str],
    columns: list[tuple[float, float]],
    left: float,
    rules: Rules,
) -> tuple[int, int] | None:
    """By the ruling lines beside the cell, else by the one below it; None where there are none."""
    x0, x1, _ = cell
    middle = (x0 + x1) / 2
    beside = rules.walls(line.top, line.bottom)
    lower = max((x for x in beside if x <= middle), default=None)
    upper = min((x for x in beside if x > middle), default=None)
    if lower is not None or upper is not None:
        height = line.bottom - line.top
        boxed = [
            low
            for y, low, high in rules.level
            if line.top - height <= y <= line.top + _SLACK and low <= x0 + _SLACK and x1 <= high + _SLACK
        ]
        lower = max([*boxed, lower], key=lambda x: -1e9 if x is None else x) if boxed else lower
        return _within(lower or -1e9, upper or 1e9, columns, left)
    reach = _NEAR * (line.bottom - line.top)
    below = [
        (y, low, high)
        for y, low, high in rules.level
        if line.bottom - _SLACK <= y <= line.bottom + reach and low - _SLACK <= x0 and x1 <= high + _SLACK
    ]
    if below and columns:
        _, low, high = min(below)
        if low > left - _SLACK or high < columns[-1][0]:  # a line under the whole header tells nothing
            return _within(low, high, columns, left)
    return None


def _within(
    low: float, high: float, columns: list[tuple[float, float]], left: float
) -> tuple[int, int] | None:
    inside = [at for at, (x0, x1) in enumerate(columns, 1) if low - _SLACK <= (x0 + x1) / 2 <= high + _SLACK]
    if low < left - _SLACK and (not inside or low < -1e8 or high < columns[-1][0]):  # noqa: PLR2004
        outside = high <= columns[0][0] + _SLACK if columns else True
        if outside:
            return (0, 0)
    return (inside[0], inside[-1]) if inside else None


def _centred(cells: list[tuple[float, float]], columns: list[tuple[float, float]]) -> list[tuple[int, int]]:
    """Runs of columns, from left to right, whose middles are those of the cells."""
    if len(cells) > len(columns):
        return [_nearest(cell, columns) for cell in cells]
    width = (columns[-1][1] - columns[0][0]) / max(len(columns), 1)

    @cache
    def best(cell: int, column: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if cell == len(cells):
            return (len(columns) - column) * _SKIP * width, ()
        found: tuple[float, tuple[tuple[int, int], ...]] = (float("inf"), ())
        left_over = len(cells) - cell - 1
        x0, x1 = cells[cell]
        for first in range(column, len(columns) - left_over):
            for last in range(first, len(columns) - left_over):
                low, high = columns[first][0], columns[last][1]
                off = abs((low + high) / 2 - (x0 + x1) / 2)
                if off > 2 * width:
                    continue
                cost, rest = best(cell + 1, last + 1)
                cost += off + (first - column) * _SKIP * width
                if cost < found[0]:
                    found = (cost, ((first + 1, last + 1), *rest))
        return found

    cost, spans = best(0, 0)
    if cost == float("inf"):
        return [_nearest(cell, columns) for cell in cells]
    return list(spans)


def _nearest(cell: tuple[float, float], columns: list[tuple[float, float]]) -> tuple[int, int]:
    middle = (cell[0] + cell[1]) / 2
    at = 1 + min(range(len(columns)), key=lambda n: abs(sum(columns[n]) / 2 - middle))
    return at, at


def _is_wrapped(above: _Name, name: _Name, rules: Rules) -> bool:
    """The lower line of a name that was broken: over the same columns, near, and no line between."""
    if (above.first, above.last) != (name.first, name.last) or above.row == name.row:
        return False
    height = name.bottom - name.top
    if name.top - above.bottom > _WRAPPED * height:
        return False
    told = squash(name.words)
    if not rules.upright or heading(told) is not None or (is_group(told) and price_unit(told[1:-1]) is None):
        return False
    return not any(
        above.bottom - _SLACK / 2 <= y <= name.top + _SLACK and low <= name.middle <= high
        for y, low, high in rules.level
    )
