"""Trade Map (ITC): HS products by year, downloaded as a workbook or as text parted by tabs.

Titles stand above the table (whose trade, sources, ``Unit : US Dollar thousand``), padded with no-break
spaces. The header has two rows: whose imports or exports (``China's imports from India``), over a block
of ``Value in 2001`` columns each; blocks are parted by an empty column. Lists of one country have a
single header row (``Imported value in 2019``) and say in the title whose they are. Codes carry an
apostrophe that keeps their leading zeros. The columns of mirror data are told in the notes above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.errors import UnparsableError
from tidewaiter.model.key import TOTAL, WORLD
from tidewaiter.model.period import Period
from tidewaiter.model.release import Publisher, Reading
from tidewaiter.model.unit import Unit
from tidewaiter.nomenclature import areas
from tidewaiter.sources.gathering import Gathering
from tidewaiter.sources.printed import is_blank, plain, read_number

if TYPE_CHECKING:
    import polars as pl

    from tidewaiter.sources.grid import Grid
    from tidewaiter.sources.protocol import Blob

PUBLISHER = Publisher("International Trade Centre, Trade Map", "國際貿易中心", "as stated by the publisher")
_VALUE = re.compile(
    r"(?:(?P<flow>export|import)ed )?value (?:(?P<flow2>export|import)ed )?in (?P<year>\d{4})"
    r"(?:[- ]?(?P<part>[QM])(?P<number>\d{1,2}))?(?:,? .*)?\Z", re.IGNORECASE,
)  # fmt: skip
_BLOCK = re.compile(r"(?P<who>.+?)['’]s (?P<flow>exports|imports) (?:to|from) (?P<whom>.+)\Z", re.IGNORECASE)
_TITLE = re.compile(
    r"(?P<flow>export|import)ed (?:by|from|to) (?P<who>.+?)(?: (?:from|to) (?P<whom>.+?))?(?: in .*)?\Z",
    re.IGNORECASE,
)
_UNIT = re.compile(r"unit ?: ?(?P<unit>.+)\Z", re.IGNORECASE)
_UNITS = {
    "us dollar thousand": Unit("USD", 3),
    "usd thousand": Unit("USD", 3),
    "us dollar million": Unit("USD", 6),
    "us dollar": Unit("USD"),
    "euro thousand": Unit("EUR", 3),
}
_CODE = re.compile(r"'?(?P<digits>\d{2}|\d{4}|\d{6}|\d{8}|\d{10})\Z")
_CODES = frozenset({"product code", "code"})
_AREAS = frozenset(
    {"exporters", "importers", "exporting countries", "importing countries", "partners", "countries"}
)
_HEADS = _CODES | _AREAS
_LIST = re.compile(r"list of (?P<who>exporters|importers) (?:for|of) ", re.IGNORECASE)
_PRODUCT = re.compile(r"product ?: ?'?(?P<code>\d{2,10}|total)\b", re.IGNORECASE)
_HEADER_WITHIN = 40  # rows
_SNIFFED = 20_000
_COLUMNS = ("reporter", "flow", "commodity", "partner", "first", "last", "value", "decimals", "cell")


@dataclass(frozen=True, slots=True)
class Block:
    """Whose trade a block of columns holds."""

    reporter: str
    flow: str
    partner: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of values."""

    at: int
    block: Block
    period: Period


class TradeMap:
    """Reads the download."""

    name = "trademap"

    def sniff(self, blob: Blob) -> bool:
        """A header with product codes and values by year."""
        if not blob.is_workbook:
            head = blob.text[:_SNIFFED].lower()
            return (
                "\t" in head
                and any(name in head for name in _HEADS)
                and bool(re.search(r"value (exported |imported )?in \d{4}", head))
            )
        try:
            return any(_header_row(grid) is not None for grid in _grids(blob))
        except UnparsableError:
            return False

    def read(self, blob: Blob) -> list[Reading]:
        """One reading a sheet, edition = the last period."""
        return [_read(blob.name, grid) for grid in _grids(blob) if _header_row(grid) is not None]


SOURCE = TradeMap()


def _grids(blob: Blob) -> list[Grid]:
    from tidewaiter.sources.grid import Grid, read_grids  # noqa: PLC0415 — the spreadsheet library is slow to import

    if blob.is_workbook:
        return read_grids(blob.data)
    return [Grid("", [list(line.split("\t")) for line in blob.text.splitlines()], {})]


def _text(grid: Grid, row: int, column: int) -> str:
    return " ".join(plain(str(grid.value(row, column))).strip('"').split())


def _header_row(grid: Grid) -> int | None:
    for row in range(min(_HEADER_WITHIN, grid.height)):
        named = any(_text(grid, row, column).lower() in _HEADS for column in range(3))
        if named and any(_VALUE.match(_text(grid, r, c)) for r in (row, row + 1) for c in range(grid.width)):
            return row
    return None


def _read(file: str, grid: Grid) -> Reading:
    found = Gathering(file)
    header = _header_row(grid) or 0
    unit = _unit(grid, header, found)
    columns = _columns(grid, header, found)
    first = header + 1
    if not any(_VALUE.match(_text(grid, header, column)) for column in range(grid.width)):
        first += 1
    at = next(c for c in range(3) if _text(grid, header, c).lower() in _HEADS)
    if _text(grid, header, at).lower() in _CODES:
        values = _values(grid, _rows(grid, first, at, found), columns, found)
    else:
        values = _by_area(grid, (header, first, at), columns, found)
    if not values or found.faults:
        found.finish()
    return _reading(grid, header, columns, _frame(values, file, grid.sheet, unit), found)


def _unit(grid: Grid, header: int, found: Gathering) -> Unit:
    texts = [_text(grid, row, column) for row in range(header + 2) for column in range(min(grid.width, 8))]
    for text in texts:
        if match := _UNIT.match(text):
            if (unit := _UNITS.get(match["unit"].strip().lower())) is None:
                found.fault("title", f"{match['unit']!r} is no unit we know", ", ".join(_UNITS))
                return Unit("USD")
            return unit
        for name, unit in _UNITS.items():
            if name in text.lower():
                return unit
    found.fault("title", "no unit stands above the table", "Unit : US Dollar thousand")
    return Unit("USD")


def _columns(grid: Grid, header: int, found: Gathering) -> list[Column]:
    single = any(_VALUE.match(_text(grid, header, column)) for column in range(grid.width))
    row = header if single else header + 1
    block: Block | None = None if not single else _block_of_title(grid, header, found)
    columns = []
    for at in range(grid.width):
        if not single and (title := _text(grid, header, at)) and title != _text(grid, header, at - 1):
            block = _block(title, f"header, {title}", found) or block
        if (match := _VALUE.match(_text(grid, row, at))) and block is not None:
            columns.append(Column(at, block, _period(match)))
    return columns


def _block(title: str, place: str, found: Gathering) -> Block | None:
    match = _BLOCK.match(title)
    if match is None:
        return None
    reporter = found.attempt(place, _area, match["who"].strip())
    partner = found.attempt(place, _partner, match["whom"].strip())
    return Block(reporter or "", match["flow"].lower(), partner or "")  # what is unknown is a fault by now


def _block_of_title(grid: Grid, header: int, found: Gathering) -> Block | None:
    for row in range(header):
        text = _text(grid, row, 0)
        if match := _LIST.search(text):
            return Block(WORLD, "exports" if match["who"].lower() == "exporters" else "imports", WORLD)
        if match := _TITLE.search(text):
            reporter = found.attempt("title", _area, match["who"].strip())
            partner = found.attempt("title", _partner, (match["whom"] or "world").strip())
            return Block(reporter or "", f"{match['flow'].lower()}s", partner or "")
    found.fault("title", "nothing above the table says whose trade this is", "products exported by … to …")
    return None


def _partner(name: str) -> str:
    return WORLD if name.lower() in {"world", "the world", "all"} else _area(name)


def _area(name: str) -> str:
    """An area by any name we know; ITC calls Taiwan ``Taipei, Chinese``.

    Raises:
        UnknownNameError: no list has it; candidates are listed.
    """
    from tidewaiter.sources.mapping import partners  # noqa: PLC0415

    return partners.area_of(name, ("trademap", partners.NAME)) or areas().code_of(name)


def _period(match: re.Match[str]) -> Period:
    year, number = int(match["year"]), int(match["number"] or 0)
    if match["part"] is None:
        return Period.year(year)
    return Period.quarter(year, number) if match["part"].upper() == "Q" else Period.month(year, number)


def _rows(grid: Grid, first: int, column: int, found: Gathering) -> list[tuple[int, str]]:
    """Rows of data and their commodity; a row whose first cell is no code and holds numbers is a fault."""
    rows, seen = [], dict[str, int]()
    for row in range(first, grid.height):
        shown = _text(grid, row, column)
        if not shown:
            continue
        match = _CODE.match(shown)
        code = TOTAL if shown.strip("'").upper() == "TOTAL" else f"HS{match['digits']}" if match else ""
        place = f"row {row + 1}"
        if not code:
            if any(read_number(str(cell)) for cell in grid.rows[row][column + 1 :]):
                found.fault(place, f"{shown!r} is no product code")
        elif code in seen:
            found.fault(place, f"{code} is given twice", f"first at row {seen[code] + 1}")
        else:
            seen[code] = row
            rows.append((row, code))
    return rows


_Row = tuple[str, str, str, str, int, int, float, int | None, str]


def _values(grid: Grid, rows: list[tuple[int, str]], columns: list[Column], found: Gathering) -> list[_Row]:
    from tidewaiter.sources.grid import ref  # noqa: PLC0415

    values: list[_Row] = []
    for row, code in rows:
        for column in columns:
            cell = grid.own(row, column.at)
            if isinstance(cell, str) and is_blank(cell.strip('" ')):
                continue
            place = ref(row, column.at)
            if (number := _number(cell)) is None:
                found.fault(f"{grid.sheet} › {place}", f"{cell!r} stands where a number belongs")
                continue
            block, period = column.block, column.period
            identity = (block.reporter, block.flow, code, block.partner, period.first, period.last)
            values.append((*identity, *number, place))
    return values


def _by_area(grid: Grid, at: tuple[int, int, int], columns: list[Column], found: Gathering) -> list[_Row]:
    """A list of one product by country: rows are partners, or the reporters where the title says so."""
    header, first, column = at
    titles = [_text(grid, row, cell) for row in range(header) for cell in range(min(grid.width, 3))]
    product = next((match["code"] for text in titles if (match := _PRODUCT.search(text))), "")
    if not product:
        found.fault("title", "nothing above the table says which product this is", "Product: 847150 …")
    code = TOTAL if product.upper() == "TOTAL" else f"HS{product}"
    part = "reporter" if any(_LIST.search(text) for text in titles) else "partner"
    values: list[_Row] = []
    for row in range(first, grid.height):
        name = _text(grid, row, column)
        if not name or not any(read_number(str(cell)) for cell in grid.rows[row][column + 1 :]):
            continue
        area = found.attempt(f"row {row + 1}", _partner, name)
        if area is not None:
            moved = [replace(each, block=replace(each.block, **{part: area})) for each in columns]
            values += _values(grid, [(row, code)], moved, found)
    return values


def _number(cell: object) -> tuple[float, int | None] | None:
    """The value of a cell and its decimals, None when it is no number."""
    if isinstance(cell, str):
        printed = read_number(cell.strip('" '))
        return (printed.value, printed.decimals) if printed else None
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return None
    return float(cell), (0 if float(cell).is_integer() else None)


def _frame(rows: list[_Row], file: str, sheet: str, unit: Unit) -> pl.DataFrame:
    import polars as pl  # noqa: PLC0415 — heavy, and other sources do without

    from tidewaiter.sources.table import SCHEMA, complete  # noqa: PLC0415

    schema = {name: SCHEMA[name] for name in _COLUMNS}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    measure = "" if unit.kind == "USD" else unit.kind.lower()
    return complete(frame, unit=str(unit), measure=measure, file=file, sheet=sheet)


def _dataset(grid: Grid, header: int, block: Block, frame: pl.DataFrame) -> str:
    """Named after what the download is of, so that downloads of other things are no vintages of it."""
    if any(_text(grid, header, column).lower() in _AREAS for column in range(3)):
        return f"trademap-{block.reporter}-{block.flow}-{frame['commodity'][0]}-by-country".lower()
    return f"trademap-{block.reporter}-{block.flow}-{block.partner}".lower()


def _reading(
    grid: Grid, header: int, columns: list[Column], frame: pl.DataFrame, found: Gathering
) -> Reading:
    notes = tuple(note for note in dict.fromkeys(_text(grid, row, 0) for row in range(header)) if note)
    return Reading(
        dataset=_dataset(grid, header, columns[0].block, frame),
        edition=str(max((column.period for column in columns), key=lambda period: period.last)),
        title=notes[0] if notes else "Trade Map",
        publisher=PUBLISHER,
        observations=[],
        numeric_cells=frame.height,
        authority=1,
        notes=notes,
        findings=tuple(found.findings),
        table=frame,
    )
