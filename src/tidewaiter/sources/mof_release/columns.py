"""The columns of a table: which series, which statistic, which unit. Read from the header alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.errors import TidewaiterError, UnknownNameError, UnparsableError
from tidewaiter.model.key import WORLD, Key
from tidewaiter.model.observation import LEVEL
from tidewaiter.model.unit import PERCENT, Unit
from tidewaiter.nomenclature import areas, commodities, flows
from tidewaiter.sources.grid import ref
from tidewaiter.sources.mapping.commodities import slug
from tidewaiter.sources.mof_release import words
from tidewaiter.sources.mof_release.titles import Dimension

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidewaiter.sources.mof_release.layout import Block, Half, HeaderCell

HOME = "TWN"
_INDICATOR = Dimension.INDICATOR


@dataclass(frozen=True, slots=True)
class Column:
    """What every number of a column is.

    Attributes:
        key: the series.
        statistic: ``level``, ``yoy``, ``mom``, ``share`` or ``appreciation``.
        unit: unit of its numbers.
        level_unit: unit of the series itself (that of its amounts).
        of: of a share, the dimension divided by its total.
        dimension: what the names in the table's header are.
    """

    key: Key
    statistic: str
    unit: Unit
    level_unit: Unit
    of: str
    dimension: Dimension


ITEM = "item_"
"""Begins the code of a good that is known by its name only."""


_ITEMS = "項目"
"""In the titles of the tables of items: 出口主要貨品項目."""


class HeaderError(TidewaiterError):
    """A header cell that cannot be read, with its place on the sheet."""

    title = "Header cannot be read"

    def __init__(self, cell: str, detail: str, *, hint: str = "") -> None:
        super().__init__(detail, hint=hint)
        self.cell = cell


def read_column(block: Block, column: int) -> Column:
    """The meaning of a data column.

    Raises:
        HeaderError: a name, statistic or unit in its header is missing or unknown.
    """
    half = block.half_of(column)
    if half.title.dimension is None:
        at = ref(block.top, half.first)
        raise HeaderError(at, f"no table is called {half.title.topic!r}", hint="the title decides the layout")
    path = block.path(column)
    if not path or not block.has_header(column):
        raise HeaderError(ref(block.header, column), "numbers stand in a column without a header")
    statistic = _statistic(path)
    names = [cell for cell in path if not _is_aside(cell.text)]
    if not names:
        raise HeaderError(_at(path[-1]), f"{path[-1].text} stands under no name")
    key, level_unit = _READERS[half.title.dimension](names, half)
    if any(cell.text == words.END_OF_PERIOD for cell in path) or _has_end_of_period(block, column, names):
        key = key.but(measure="eop")
    of = _whole(statistic, half, key) if statistic and statistic.statistic == "share" else ""
    told = statistic.statistic if statistic else LEVEL
    unit = level_unit if told == LEVEL else PERCENT
    return Column(key, told, unit, level_unit, of, half.title.dimension)


def _at(cell: HeaderCell) -> str:
    return ref(cell.row, cell.column)


def _is_aside(text: str) -> bool:
    return words.heading(text) is not None or words.is_group(text)


@dataclass(frozen=True, slots=True)
class _Statistic:
    statistic: str
    whole: str
    at: str


def _statistic(path: list[HeaderCell]) -> _Statistic | None:
    told = [(words.heading(cell.text), cell) for cell in path]
    return next((_Statistic(h.statistic, h.whole, _at(c)) for h, c in reversed(told) if h is not None), None)


def _has_end_of_period(block: Block, column: int, names: list[HeaderCell]) -> bool:
    """A neighbour under the same name is marked 期底數: growth is of end-of-period numbers, too."""
    for other in (column - 1, column + 1):
        path = block.path(other)
        if names[-1] in path and any(cell.text == words.END_OF_PERIOD for cell in path):
            return True
    return False


def _whole(told: _Statistic, half: Half, key: Key) -> str:
    """Of a share: which dimension is divided. ``占總出口`` by partner, ``占對陸港出口`` by commodity."""
    total, flow = told.whole[:-2], told.whole[-2:]
    problem = ""
    if not told.whole:
        pass  # 占比 alone: of the table's own total
    elif flows().find(flow) != key.flow:
        problem = f"a share of {flow} in a table of {key.flow}"
    elif total == "總" and half.title.partner:
        problem = f"a share of the total in a table of trade with {half.title.partner}"
    elif total != "總" and areas().find(total) != key.partner:
        problem = f"a share of trade {total} in a table of trade with {key.partner}"
    if problem or half.title.dimension not in (Dimension.COMMODITY, Dimension.PARTNER):
        raise HeaderError(told.at, problem or "a share in a table that is divided by nothing")
    return str(half.title.dimension)


def _named(cell: HeaderCell, find: Callable[[str], str]) -> str:
    """The code of a header's name.

    Raises:
        HeaderError: it has none, however it is read; told of the name without its mark.
    """
    found: UnknownNameError | None = None
    for name in words.names_of(cell.text):
        try:
            return find(name)
        except UnknownNameError as fault:
            found = fault
    detail, hint = (found.detail, found.hint) if found else ("a name is missing", "")
    raise HeaderError(_at(cell), detail, hint=hint) from found


def _table_unit(half: Half) -> Unit:
    """The money of the unit line ``單位：百萬美元；％``."""
    parts = half.unit.replace("、", ";").replace(",", ";").split(";")
    amounts = [part for part in parts if part not in ("", "%")]
    if not amounts:
        raise HeaderError(ref(*half.unit_at), "the table has no line 單位：…", hint="e.g. 單位：百萬美元；％")
    if len(amounts) > 1 or (unit := words.amount_unit(amounts[0])) is None:
        raise HeaderError(ref(*half.unit_at), f"unknown unit {half.unit!r}", hint="e.g. 百萬美元, 億美元")
    return unit


def _area(name: str) -> str:
    return WORLD if name in words.WHOLE else areas().code_of(name)


def _flow(names: list[HeaderCell], half: Half) -> tuple[Key, Unit]:
    codes = [_named(cell, flows().code_of) for cell in names]
    return Key(HOME, codes[-1]), _table_unit(half)


def _commodity(names: list[HeaderCell], half: Half) -> tuple[Key, Unit]:
    items = _ITEMS in half.title.topic
    codes = [_item(cell) if items else _named(cell, commodities().code_of) for cell in names]
    partner = WORLD
    if half.title.partner:
        if (found := areas().find(half.title.partner)) is None:
            raise HeaderError(ref(*half.unit_at), f"no area is called {half.title.partner!r} (title)")
        partner = found
    return Key(HOME, half.title.flow, codes[-1], partner), _table_unit(half)


def _item(cell: HeaderCell) -> str:
    """The code of an item; one that our lists lack keeps its name as a code of its own, and that is told.

    The office changes the items it prints from year to year. Groups have to be known.
    """
    known = [code for name in words.names_of(cell.text) if (code := commodities().find(name)) is not None]
    return known[0] if known else ITEM + slug(words.names_of(cell.text)[0])


def _partner(names: list[HeaderCell], half: Half) -> tuple[Key, Unit]:
    codes = [_named(cell, _area) for cell in names]
    return Key(HOME, half.title.flow, partner=codes[-1]), _table_unit(half)


def _reporter(names: list[HeaderCell], half: Half) -> tuple[Key, Unit]:
    told = [flows().find(words.chinese(cell.text)) for cell in names]
    flow = half.title.flow or next((one for one in told if one), "")
    codes = [_named(cell, areas().code_of) for cell, one in zip(names, told, strict=True) if not one]
    if not codes:
        raise HeaderError(_at(names[-1]), "the header names no country")
    if not flow:
        raise HeaderError(_at(names[-1]), "neither title nor header says 出口 or 進口")
    return Key(codes[-1], flow), _table_unit(half)


def _adjusted(names: list[HeaderCell], half: Half) -> tuple[Key, Unit]:
    measure = flow = ""
    for cell in names:
        if (told := words.MEASURES.get(words.chinese(cell.text))) is not None:
            measure = told
        else:
            flow = _named(cell, flows().code_of)
    if not measure or not flow:
        raise HeaderError(_at(names[-1]), "the header must name an adjustment and a flow")
    return Key(HOME, flow, measure=measure), _table_unit(half)


def _indicator(names: list[HeaderCell], half: Half) -> tuple[Key, Unit]:  # noqa: ARG001 - one shape for all
    """A price or an index: its unit stands in its own header, ``OPEC原油(美元/桶)``."""
    cell = names[-1]
    name, _, tail = cell.text.removesuffix(")").rpartition("(")
    unit = words.price_unit(tail)
    if unit is None:
        name, unit = cell.text, words.index_unit(cell.text)
    if unit is None:
        raise HeaderError(_at(cell), f"unknown unit in {cell.text!r}", hint="e.g. (美元/桶) or …指數")
    if (flow := flows().find(name)) is not None:
        return Key(HOME, flow), unit
    if name.startswith("我國") and name.endswith("進口"):
        commodity = _commodity_named(cell, name[2:-2])
        return Key(HOME, "import_unit_value", commodity), unit
    return Key(WORLD, "price", words.METALS.get(name) or _commodity_named(cell, name)), unit


def _commodity_named(cell: HeaderCell, name: str) -> str:
    try:
        return commodities().code_of(name)
    except UnknownNameError as fault:
        raise HeaderError(_at(cell), fault.detail, hint=fault.hint) from fault


def _currency(names: list[HeaderCell], half: Half) -> tuple[Key, Unit]:
    cell = names[-1]
    if (found := words.currency(cell.text)) is None:
        raise HeaderError(_at(cell), f"no currency is called {cell.text!r}")
    counted, _, base = half.unit.split(";")[0].partition("/")
    if counted != "各幣別" or base != "美元":
        raise HeaderError(ref(*half.unit_at), f"unknown unit {half.unit!r}", hint="e.g. 各幣別/美元")
    area, iso = found
    try:
        return Key(area, "exchange_rate"), Unit.parse(f"{iso}/USD")
    except UnparsableError as fault:  # pragma: no cover - ISO codes have no blanks
        raise HeaderError(_at(cell), fault.detail) from fault


_READERS: dict[Dimension, Callable[[list[HeaderCell], Half], tuple[Key, Unit]]] = {
    Dimension.FLOW: _flow,
    Dimension.COMMODITY: _commodity,
    Dimension.PARTNER: _partner,
    Dimension.REPORTER: _reporter,
    Dimension.ADJUSTED: _adjusted,
    Dimension.INDICATOR: _indicator,
    Dimension.CURRENCY: _currency,
}
