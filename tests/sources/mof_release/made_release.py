"""Workbooks of the ministry's release for any month: the layout of August 2025, invented series.

The header, merges, notes and gaps of each carried workbook are taken over; its rows are those that a
release of the month has. What each column means was read from August 2025, whose reading has tests of its
own; what each row means is written down here beside its label, so the reader has to find both again.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from invented_series import Trade

from tidewaiter import official
from tidewaiter.model.period import MONTHS, Period
from tidewaiter.sources.grid import Grid, read_grids, ref
from tidewaiter.sources.mof_release import SOURCE
from tidewaiter.sources.mof_release.rows import is_row
from tidewaiter.sources.protocol import Blob

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.model.key import Key
    from tidewaiter.model.observation import Observation

_TEMPLATE = Period.parse("2025-08")
_LATE = {"DEU": 2, "JPN": 1, "SGP": 1, "HKG": 1, "USA": 1}  # months a peer's office is behind
_CHANGE = {"on_month": "較上月增減", "on_year": "較上年同月增減", "on_span": "較上年同期增減"}


class Kind(Enum):
    """What a row is."""

    YEAR = "year"
    SPAN = "span"
    MONTH = "month"
    BARE_YEAR = "bare_year"
    ON_MONTH = "on_month"
    ON_YEAR = "on_year"
    ON_SPAN = "on_span"


@dataclass(frozen=True)
class RowOf:
    """A row to be made: its label and what it means."""

    kind: Kind
    label: str
    period: Period


@dataclass(frozen=True)
class Cell:
    """What must be read from a cell of a made workbook."""

    key: Key
    statistic: str
    of: str
    period: Period
    value: float
    unit: str


@dataclass
class Sheet:
    """A sheet as it is written: values by place, merges, and the truth beside them."""

    name: str
    file: str
    rows: list[list[object]]
    merges: list[tuple[int, int, int, int]]
    truth: dict[str, Cell] = field(default_factory=dict)
    data: int = 0
    end: int = 0


@dataclass(frozen=True)
class _Template:
    file: str
    grid: Grid
    columns: dict[int, dict[Kind, Observation]]
    first: int
    last: int
    years: int
    pads: dict[Kind, str]


def roc(year: int) -> str:
    """114年."""
    return f"{year - 1911}年"


def sheets_of(month: Period, *, seed: str = "one", span: str | None = None, only: str = "") -> list[Sheet]:
    """The sixteen tables of a month.

    Args:
        month: which.
        seed: of the invented series.
        span: the label of the cumulative row, "" for none, None for the usual one.
        only: the sheet wanted, all when empty.
    """
    trade = Trade(seed, _sizes())
    return [
        _sheet(template, month, trade, span) for template in _templates() if only in ("", template.grid.sheet)
    ]


@cache
def _templates() -> tuple[_Template, ...]:
    return tuple(_template(path.name, path.read_bytes()) for path in _files())


def _files() -> list:
    folder = official.folder() / "mof-release-2025-08"
    return sorted(folder.glob("*.xlsx"))


@cache
def _sizes() -> dict:
    """August 2025 of every series, or its last month."""
    found: dict = {}
    for template in _templates():
        for held in template.columns.values():
            seen = held.get(Kind.MONTH)
            if seen is not None and seen.statistic == "level":
                own = seen.value * (100 if str(seen.unit) == "1e8 USD" and seen.key.reporter == "TWN" else 1)
                found.setdefault(seen.key, own)
    return found


def _template(name: str, data: bytes) -> _Template:
    [grid] = read_grids(data)
    [reading] = SOURCE.read(Blob(name, data))
    rows = [row for row in range(grid.height) if is_row(grid.text(row, 0))]
    columns: dict[int, dict[Kind, Observation]] = defaultdict(dict)
    pads = {}
    kinds = {row: _kind(grid.text(row, 0), grid, row) for row in rows}
    for row, kind in kinds.items():
        pads.setdefault(kind, str(grid.own(row, 0)))
    for seen in reading.observations:
        for row, column in [_place(seen.place.cell)]:
            columns[column][kinds[row]] = seen
    years = next(at for at, row in enumerate(rows) if kinds[row] is Kind.MONTH)
    return _Template(name, grid, dict(columns), rows[0], rows[-1], years, pads)


def _place(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(cell[len(letters) :]) - 1, column - 1


def _kind(text: str, grid: Grid, row: int) -> Kind:
    for kind, label in _CHANGE.items():
        if text == label:
            return Kind(kind)
    if text.endswith("年"):
        empty = all(grid.number(row, column) is None for column in range(grid.width))
        return Kind.BARE_YEAR if empty else Kind.YEAR
    return Kind.SPAN if "年" in text else Kind.MONTH


def _padded(template: _Template, kind: Kind, label: str) -> str:
    like = template.pads.get(kind, label)
    return " " * (len(like) - len(like.lstrip())) + label


def rows_of(template_years: int, month: Period, kinds: set[Kind], span: str | None) -> Iterator[RowOf]:
    """The rows of a release: past years, thirteen months with the cumulative row between, changes."""
    year, at = month.start_year, month.start_month
    if Kind.BARE_YEAR in kinds:  # Table 13: each year above its months, 25 months
        for past in (year - 2, year - 1):
            yield RowOf(Kind.YEAR, roc(past), Period.year(past))
            for one in range(at if past == year - 2 else 1, MONTHS + 1):
                yield RowOf(Kind.MONTH, f"{one}月", Period.month(past, one))
        yield RowOf(Kind.BARE_YEAR, roc(year), Period.year(year))
    else:
        for past in range(year - template_years, year):
            yield RowOf(Kind.YEAR, roc(past), Period.year(past))
        for one in range(at, MONTHS + 1):
            yield RowOf(Kind.MONTH, f"{one}月", Period.month(year - 1, one))
        usual = f"{roc(year)}1-{at}月" if at > 1 else ""
        label = usual if span is None else span
        if label:
            yield RowOf(Kind.SPAN, label, month.to_date())
    for one in range(1, at + 1):
        yield RowOf(Kind.MONTH, f"{one}月", Period.month(year, one))
    for kind in (Kind.ON_MONTH, Kind.ON_YEAR, Kind.ON_SPAN):
        if kind in kinds:
            yield RowOf(kind, _CHANGE[kind.value], month.to_date() if kind is Kind.ON_SPAN else month)


def _sheet(template: _Template, month: Period, trade: Trade, span: str | None) -> Sheet:
    grid = template.grid
    rows: list[list[object]] = [list(row) for row in grid.rows[: template.first]]
    truth: dict[str, Cell] = {}
    for row in rows_of(template.years, month, set(template.pads), span):
        line: list[object] = [""] * grid.width
        line[0] = _padded(template, row.kind, row.label)
        for column, held in template.columns.items():
            value = _value(trade, held, row, month)
            if isinstance(value, Cell):
                truth[ref(len(rows), column)] = value
                line[column] = value.value
            elif value is not None:
                line[column] = value
        rows.append(line)
    end = len(rows)
    rows += [list(row) for row in grid.rows[template.last + 1 :]]
    moved = end - template.last - 1
    return Sheet(grid.sheet, template.file, rows, _merges(grid, template, moved), truth, template.first, end)


def _merges(grid: Grid, template: _Template, moved: int) -> list[tuple[int, int, int, int]]:
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), anchor in grid.anchors.items():
        low, right = spans.get(anchor, anchor)
        spans[anchor] = max(low, row), max(right, column)
    found = []
    for (top, left), (bottom, right) in spans.items():
        if template.first <= top <= template.last:
            continue
        by = moved if top > template.last else 0
        found.append((top + by, left, bottom + by, right))
    return found


def _value(trade: Trade, held: dict[Kind, Observation], row: RowOf, month: Period) -> Cell | str | None:
    """What a column has in a row; text where a peer has not published; None where it is left blank."""
    like = held.get(row.kind)
    if row.kind is Kind.SPAN and like is None:
        return None
    plain = held[Kind.MONTH]
    if like is None:
        return None
    key, statistic, period = like.key, like.statistic, row.period
    late = _LATE.get(plain.key.reporter, 0)
    if late and row.kind in (Kind.MONTH, Kind.SPAN, Kind.YEAR):
        out = Period(month.first - late, month.first - late)
        if row.kind is Kind.MONTH and period.first > out.first:
            return "…  "
        if row.kind is not Kind.MONTH and period.last > out.first:
            if out.first < period.first:
                return "…  "
            period = Period(period.first, out.first)
    value = _computed(trade, key, statistic, like.of, period)
    unit = str(like.unit)
    if unit == "1e8 USD" and key.reporter == "TWN" and statistic == "level":
        value = round(value / 100, 5)
    if like.decimals is not None and statistic != "level":
        value = round(value, 4 if key.measure == "sa_ma3" and statistic == "mom" else 2)
    return Cell(key, statistic, like.of, period, value, unit)


def _computed(trade: Trade, key: Key, statistic: str, of: str, period: Period) -> float:
    if statistic == "level":
        return trade.level(key, period)
    now = trade.level(key, period)
    if statistic == "share":
        whole = key.but(commodity="total") if of == "commodity" else key.but(partner="W00")
        if of == "commodity" and key.partner != "W00":
            whole = key.but(commodity="total")
        return now / trade.level(whole, period) * 100
    back = 1 if statistic.startswith("mom") else MONTHS
    base = trade.level(key, period.shift(-back))
    if statistic.endswith("_change"):
        return now - base
    if statistic == "appreciation":
        return (base / now - 1) * 100
    return (now - base) / abs(base) * 100


def close(one: float, other: float) -> bool:
    """The same double but for binary noise."""
    return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-9)
