"""From a block to observations: every number under a header and beside a label, faults for the rest."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tidewaiter.errors import Fault
from tidewaiter.model.observation import LEVEL, Observation, Place
from tidewaiter.model.period import Period
from tidewaiter.model.unit import PERCENT
from tidewaiter.sources.grid import PrintedFloat, ref
from tidewaiter.sources.mof_release import words
from tidewaiter.sources.mof_release.columns import HOME, ITEM, Column, HeaderError, read_column
from tidewaiter.sources.mof_release.decimals import (
    derived_decimals,
    level_decimals,
    own_decimals,
    short_decimals,
)
from tidewaiter.sources.mof_release.rows import Label, Row, RowKind, is_row, read_rows
from tidewaiter.sources.mof_release.titles import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.model.key import Key
    from tidewaiter.sources.mof_release.layout import Block

_NOISE = 1e-9
_CHANGES = {RowKind.ON_MONTH: "mom", RowKind.ON_YEAR: "yoy", RowKind.ON_SPAN: "yoy"}


@dataclass
class Harvest:
    """What the tables of one file gave."""

    file: str
    observations: list[Observation] = field(default_factory=list)
    layout: int = 0
    months: set[Period] = field(default_factory=set)
    pending: list[str] = field(default_factory=list)
    shorter: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unlisted: dict[str, str] = field(default_factory=dict)


def read_block(block: Block, harvest: Harvest) -> None:
    """Add a block's observations, notes and faults to the harvest."""
    rows = {label: _rows(block, label, harvest) for label in block.labels}
    columns = dict(_columns(block, harvest))
    for at, column in columns.items():
        if (label := block.label_of(at)) is not None:
            harvest.observations += _with_decimals(column, _cells(block, at, column, rows[label], harvest))
    _strays(block, set(columns), {row.row for found in rows.values() for row in found}, harvest)


def _place(block: Block, harvest: Harvest, cell: str) -> Place:
    return Place(harvest.file, block.grid.sheet, cell)


def _fault(block: Block, harvest: Harvest, cell: str, problem: str, hint: str = "") -> None:
    """Note a fault, once however many columns share the cell."""
    fault = Fault(str(_place(block, harvest, cell)), problem, hint)
    if fault not in harvest.faults:
        harvest.faults.append(fault)


def _rows(block: Block, label: int, harvest: Harvest) -> list[Row]:
    """The rows named by one period column; other texts without numbers are footnotes."""
    grid = block.grid
    labels = []
    for row in range(block.data, block.end):
        text = grid.text(row, label)
        if is_row(text):
            labels.append(Label(row, text))
        elif any(grid.number(row, column) is not None for column in range(label + 1, grid.width)):
            problem = f"the row label {text!r} names no period" if text else "numbers in a row without label"
            _fault(block, harvest, ref(row, label), problem, "e.g. 113年, 8月, 114年1-8月, 較上月增減")
        elif (held := grid.own(row, label)) and isinstance(held, str) and text:
            harvest.notes.append(" ".join(held.split()))
    rows, bad = read_rows(labels)
    for unread in bad:
        _fault(block, harvest, ref(unread.label.row, label), unread.problem)
    harvest.months |= {row.period for row in rows if row.period.is_month}
    return rows


def _columns(block: Block, harvest: Harvest) -> Iterator[tuple[int, Column]]:
    """The columns that hold data, each with its meaning; no two of a block may have the same."""
    seen: dict[tuple[object, ...], int] = {}
    for at in range(block.grid.width):
        if at in block.labels or not _holds_data(block, at):
            continue
        try:
            column = read_column(block, at)
        except HeaderError as fault:
            _fault(block, harvest, fault.cell, fault.detail, fault.hint)
            continue
        identity = (column.key, column.statistic, column.of, column.unit)
        if identity in seen:
            first = ref(block.header, seen[identity])
            problem = f"{column.key} {column.statistic} stands twice"
            _fault(block, harvest, ref(block.header, at), problem, f"also in {first}")
            continue
        seen[identity] = at
        if column.key.commodity.startswith(ITEM):
            harvest.unlisted.setdefault(column.key.commodity, ref(block.header, at))
        yield at, column


def _holds_data(block: Block, column: int) -> bool:
    """The column has a number, or a header of its own over something that ought to be one."""
    cells = [block.grid.own(row, column) for row in range(block.data, block.end)]
    if any(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells):
        return True
    return block.has_header(column) and any(cell != "" for cell in cells)


def _cells(block: Block, at: int, column: Column, rows: list[Row], harvest: Harvest) -> list[Observation]:
    found = []
    plain: dict[Period, Observation] = {}
    for row in _as_published(block, at, rows, harvest):
        held, text = block.grid.own(row.row, at), block.grid.text(row.row, at)
        value = block.grid.number(row.row, at)
        if value is None:
            if text in words.NOT_PUBLISHED:
                harvest.pending.append(ref(row.row, at))
            elif text or not isinstance(held, str):
                _fault(block, harvest, ref(row.row, at), f"{held!r} stands where a number belongs")
            continue
        place = _place(block, harvest, ref(row.row, at))
        if (cell := _observation(column, row, value, place)) is None:
            problem = f"{row.kind.value} of a {column.statistic} has no meaning here"
            _fault(block, harvest, place.cell, problem)
            continue
        if row.kind is RowKind.PERIOD:
            twin = plain.setdefault(row.period, cell)
            if not _may_be_one(twin.value, cell.value):
                problem = f"{row.period} of {column.key} has a second value, {value:g} beside {twin.value:g}"
                _fault(block, harvest, ref(row.row, at), problem, f"the first is in {twin.place.cell}")
                continue
        found.append(cell)
    return found


def _may_be_one(first: float, second: float) -> bool:
    """Two numbers of one cell's meaning are the same, or one is the other rounded: 32.92 and 32.9201."""
    known = [d for d in (short_decimals(first), short_decimals(second)) if d is not None]
    gap = abs(first - second)
    half = 0.5 * 10.0 ** -min(known) if known else 0.0
    return gap <= half + _NOISE * max(abs(first), 1)


def _as_published(block: Block, at: int, rows: list[Row], harvest: Harvest) -> list[Row]:
    """The rows as a column fills them: its cumulative number ends with its last published month.

    Among the peers the row 114年1-8月 holds the sum of January to July where August is not out yet.
    """
    out = {r.period.first for r in rows if r.period.is_month and block.grid.number(r.row, at) is not None}
    waiting = {
        r.period.first
        for r in rows
        if r.period.is_month and block.grid.text(r.row, at) in words.NOT_PUBLISHED
    }
    found = []
    for row in rows:
        span = row.period
        adds = span.is_year_to_date or span.is_year  # in December the cumulative row is the year
        if row.kind is RowKind.PERIOD and adds and span.last in waiting:
            last = max((month for month in out if span.first <= month <= span.last), default=None)
            if last is not None:
                row = replace(row, period=Period(span.first, last))  # noqa: PLW2901
                harvest.shorter.append(f"{ref(row.row, at)} ({row.period})")
        found.append(row)
    return found


def _observation(column: Column, row: Row, value: float, place: Place) -> Observation | None:
    """One number; None when its row and column do not go together."""
    statistic, key = column.statistic, column.key
    if row.kind is not RowKind.PERIOD:
        base = _CHANGES[row.kind]
        if statistic == LEVEL:
            statistic = f"{base}_change"
        elif statistic in ("yoy", "mom"):
            statistic = base
        else:
            return None
    elif column.dimension is Dimension.ADJUSTED and row.period.is_year and key.measure == "sa":
        # the year rows among adjusted months are the unadjusted totals
        key = replace(key, measure="")
    return Observation(
        key, row.period, statistic, value, column.unit, place, of=column.of, preliminary=row.preliminary
    )


def _with_decimals(column: Column, cells: list[Observation]) -> list[Observation]:
    """Say how precisely each cell is given (see :mod:`decimals`); on paper, and in text cells, it shows."""
    printed = [cell for cell in cells if isinstance(cell.value, PrintedFloat)]
    if not printed:
        return _by_column(column, cells)
    others = [cell for cell in cells if not isinstance(cell.value, PrintedFloat)]
    return [_as_printed(cell) for cell in printed] + _by_column(column, others)


def _by_column(column: Column, cells: list[Observation]) -> list[Observation]:
    if column.unit == PERCENT:
        values = [cell.value for cell in cells]
        return [replace(cell, decimals=d) for cell, d in zip(cells, derived_decimals(values), strict=True)]
    if column.dimension is Dimension.REPORTER and column.key.reporter == HOME:
        return [replace(cell, decimals=own_decimals(cell.value)) for cell in cells]
    if column.dimension not in (Dimension.INDICATOR, Dimension.ADJUSTED):
        return cells
    # a mean over a span has more decimals than the months it is of; a yearly total is another series
    groups: dict[tuple[Key, bool], list[float]] = {}
    for cell in cells:
        groups.setdefault(_group(cell), []).append(cell.value)
    return [replace(cell, decimals=level_decimals(groups[_group(cell)])[0]) for cell in cells]


def _as_printed(cell: Observation) -> Observation:
    held = cell.value
    if not isinstance(held, PrintedFloat):
        return cell
    preliminary = cell.preliminary or held.preliminary
    return replace(cell, value=float(held), decimals=held.decimals, preliminary=preliminary)


def _group(cell: Observation) -> tuple[Key, bool]:
    return cell.key, cell.period.is_year_to_date


def _strays(block: Block, columns: set[int], rows: set[int], harvest: Harvest) -> None:
    """Numbers of the block that are neither under a read header nor in a read row.

    In the header they are layout (a year, a page). Below it, each column and row without a meaning has
    its fault already; a number in the period column has not.
    """
    for row in range(block.top, block.end):
        for column in range(block.grid.width):
            if block.grid.number(row, column) is None or (row in rows and column in columns):
                continue
            if row < block.data:
                harvest.layout += 1
            elif column in block.labels:
                _fault(block, harvest, ref(row, column), "a number stands where a period belongs")
            elif row in rows and block.label_of(column) is None:
                _fault(block, harvest, ref(row, column), "a number stands left of the periods")
