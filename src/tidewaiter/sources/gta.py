"""Global Trade Atlas: the user's own export, as a workbook or as text, columns by their headings.

Two shapes. Wide: titles (``Taiwan Export Statistics``, ``Commodity: 847150, …``), then ``Reporter``,
``Partner``, ``Commodity``, ``Unit`` beside columns by period below ``United States Dollars``, ``Quantity``,
``% Share``, ``% Change``, in one row of headings or in two. Long: one row a period. Titles and headings
tell reporter, flow, commodity, unit and scale; nothing is taken from a position. Shares and changes are kept
as printed. The database is licensed: there is no sample of it in the project, tests use files made so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidewaiter.errors import TidewaiterError, UnknownNameError, UnparsableError
from tidewaiter.model.key import TOTAL, WORLD, Key
from tidewaiter.model.observation import LEVEL, Observation, Place
from tidewaiter.model.release import Publisher, Reading
from tidewaiter.model.unit import PERCENT, Unit
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.gathering import Gathering
from tidewaiter.sources.gta_headings import Column, column_of, role_of
from tidewaiter.sources.printed import is_blank, read_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tidewaiter.model.period import Period
    from tidewaiter.sources.protocol import Blob

PUBLISHER = Publisher(
    "S&P Global, Global Trade Atlas (national statistics, restated)",
    "全球貿易資料庫（轉載各國統計）",
    "licensed: the user's own export",
)
_WITHIN = 40  # rows
_SNIFFED = 200_000  # characters
_NAMED = re.compile(r"global trade atlas|\bGTA\b|\bGTIS\b|global trade information", re.IGNORECASE)
_TITLE = re.compile(
    r"(?P<who>.+?) (?P<flow>export|import)s?(?: statistics)?(?: (?:from|to) (?P<whom>.+?))?\Z", re.IGNORECASE
)
_TOLD = re.compile(r"(?P<name>[\w /]+?)\s*[:：]\s*(?P<value>.+)\Z")
_CODE = re.compile(r"'?(?:HS\s*)?(?P<digits>\d{2,12})\b")
_DOTS = re.compile(r"(?<=\d)\.(?=\d)")
_TOTALS = frozenset({"total", "all", "all commodities", "total all commodities", "_total", "alltrade"})
_WORLDS = frozenset({"world", "_world", "the world", "world total", "all countries", "all partners", "total",
                     "_total", "reporting total", "all reporters", "grand total"})  # fmt: skip
_QUANTITIES = {
    fold(word): unit
    for unit, words in (
        ("kg", ("kg", "kgs", "kilograms")),
        ("1e3 kg", ("t", "tons", "tonnes", "metric tons")),
        ("number", ("no", "nmb", "number", "pcs", "unit", "units")),
        ("l", ("l", "liters", "litres")),
        ("m2", ("m2", "sqm")),
        ("m3", ("m3", "cbm")),
    )
    for word in words
}


@dataclass
class Sheet:
    """A sheet in texts, with its header found.

    Attributes:
        name: of the sheet; empty for text.
        rows: all rows.
        first: the first row of data.
        roles: column → reporter, partner, flow, code, description, unit, period.
        columns: column → what its numbers are.
    """

    name: str
    rows: list[list[str]]
    first: int = 0
    roles: dict[str, int] = field(default_factory=dict)
    columns: dict[int, Column] = field(default_factory=dict)


class GlobalTradeAtlas:
    """Reads the export."""

    name = "gta"

    def sniff(self, blob: Blob) -> bool:
        """A header with reporter or partner beside values by period, shares, or the name of the database."""
        if not blob.is_workbook and not re.search(r"partner|reporter", blob.text[:_SNIFFED], re.IGNORECASE):
            return False
        try:
            return any(_header(sheet) for sheet in _sheets(blob, _WITHIN))
        except UnparsableError:
            return False

    def read(self, blob: Blob) -> list[Reading]:
        """One reading, edition = the last period.

        Raises:
            FaultsError: every fault of the file.
        """
        found = Gathering(blob.name)
        sheets = [sheet for sheet in _sheets(blob) if _header(sheet)]
        numbers = sum(_read(sheet, found) for sheet in sheets)
        observations = found.finish()
        keys = {seen.key for seen in observations}
        reporters, flows_ = {key.reporter for key in keys}, {key.flow for key in keys}
        named = [next(iter(part)) if len(part) == 1 else "several" for part in (reporters, flows_)]
        return [
            Reading(
                dataset="-".join(["gta", *named]).lower(),
                edition=str(max(seen.period.last_month() for seen in observations)),
                title=next((text for row in sheets[0].rows for text in row if text), "Global Trade Atlas"),
                publisher=PUBLISHER,
                observations=observations,
                numeric_cells=numbers,
                layout_cells=numbers - len(observations),
                authority=1,
                notes=tuple(
                    text for sheet in sheets for row in sheet.rows[: sheet.first - 1] for text in row if text
                ),
                findings=tuple(found.findings),
            )
        ]


SOURCE = GlobalTradeAtlas()


def _sheets(blob: Blob, most: int = 0) -> list[Sheet]:
    from tidewaiter.sources.mapping.tab import cell_text  # noqa: PLC0415

    if blob.is_workbook:
        from tidewaiter.sources.grid import read_grids  # noqa: PLC0415 — the spreadsheet library is slow to import

        grids = read_grids(blob.data)
        return [
            Sheet(grid.sheet, [[_flat(cell_text(grid.value(r, c))) for c in range(grid.width)] for r in
                               range(min(grid.height, most or grid.height))])
            for grid in grids
        ]  # fmt: skip
    import csv  # noqa: PLC0415

    text = blob.text[:_SNIFFED] if most else blob.text
    lines = text.splitlines()[: most or None]
    sign = max("\t,;", key=lambda mark: sum(line.count(mark) for line in lines[:_WITHIN]))
    try:
        return [Sheet("", [[_flat(cell) for cell in row] for row in csv.reader(lines, delimiter=sign)])]
    except csv.Error as error:
        raise UnparsableError(f"not readable as text in columns: {error}") from error


def _flat(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


def _header(sheet: Sheet) -> bool:
    """Find the header; whether there is one of this layout."""
    for row in range(min(_WITHIN, len(sheet.rows) - 1)):
        roles = {
            role: at for at, text in reversed(list(enumerate(sheet.rows[row]))) if (role := role_of(text))
        }
        if not {"reporter", "partner"} & roles.keys() or len(sheet.rows[row]) < 3:  # noqa: PLR2004
            continue
        columns: dict[int, Column] = {}
        depth = 1
        for depth in (1, 2):
            columns = _columns(sheet.rows, row, depth, set(roles.values()))
            if any(column.period or "period" in roles for column in columns.values()):
                break
        if not columns or not _is_ours(sheet.rows[:row], roles, columns):
            continue
        sheet.first, sheet.roles, sheet.columns = row + depth, roles, columns
        return True
    return False


def _columns(rows: list[list[str]], row: int, depth: int, taken: set[int]) -> dict[int, Column]:
    """What each column of numbers is; a heading in the upper of two rows reaches to the next one."""
    found: dict[int, Column] = {}
    upper = ""
    if row + depth > len(rows):
        return found
    width = max(len(one) for one in rows[row : row + depth])
    for at in range(width):
        texts = [rows[row + d][at] if at < len(rows[row + d]) else "" for d in range(depth)]
        if at in taken:
            upper = ""
            continue
        upper = texts[0] or upper
        parts = [upper, *texts[1:]] if depth > 1 else texts
        if (depth == 1 or texts[-1] or texts[0]) and (
            column := column_of([p for p in parts if p])
        ) is not None:
            found[at] = column
    return found


def _is_ours(above: list[list[str]], roles: dict[str, int], columns: dict[int, Column]) -> bool:
    """Named so, or laid out so: shares or changes beside values by period, by partner."""
    if any(_NAMED.search(text) for row in above for text in row):
        return True
    kinds = {column.statistic for column in columns.values()}
    dated = sum(1 for column in columns.values() if column.period is not None)
    shaped = dated > 1 and ("partner" in roles or "reporter" in roles)
    return shaped and (bool(kinds & {"share", "yoy"}) or {"reporter", "partner", "code"} <= roles.keys())


def _read(sheet: Sheet, found: Gathering) -> int:
    """Add the observations of a sheet; how many numbers its rows hold."""
    told = dict(_told(sheet.rows[: sheet.first]))
    parts = sorted({column.statistic for column in sheet.columns.values()} & {"share"})
    of = "partner" if "partner" in sheet.roles and parts else "reporter"
    unit = next((unit for text in told.values() if (unit := _money(text)) is not None), None)
    numbers = 0
    for number in range(sheet.first, len(sheet.rows)):
        row = sheet.rows[number]
        if not any(row) or not any(at < len(row) and row[at] for at in sheet.columns):
            continue
        numbers += sum(read_number(cell) is not None for cell in row)
        _row(sheet, number, told, (unit, of), found)
    return numbers


def _told(rows: list[list[str]]) -> Iterator[tuple[str, str]]:
    """What titles say: ``Commodity: 847150, …``; ``Taiwan Export Statistics`` is reporter and flow."""
    for row in rows:
        texts = [text for text in row if text]
        if len(texts) == 2 and role_of(texts[0].rstrip(":：")):  # noqa: PLR2004 — name and value in two cells
            yield role_of(texts[0].rstrip(":：")), texts[1]
        for text in texts if len(texts) <= 2 else ():  # noqa: PLR2004
            if (match := _TOLD.match(text)) and (role := role_of(match["name"])):
                yield role, match["value"]
            elif match:
                yield match["name"].lower(), match["value"]
            elif match := _TITLE.match(text):
                yield "reporter", match["who"]
                yield "flow", match["flow"]
                if match["whom"]:
                    yield "partner", match["whom"]
            else:
                yield f"title {text[:40]}", text


def _money(text: str) -> Unit | None:
    from tidewaiter.sources.mapping.headings import unit_in  # noqa: PLC0415

    shown = unit_in(text)
    unit = Unit.parse(shown) if shown else None
    return unit if unit is not None and unit.kind not in {"kg", "percent"} else None


def _row(
    sheet: Sheet, number: int, told: dict[str, str], defaults: tuple[Unit | None, str], found: Gathering
) -> None:
    row = sheet.rows[number]

    def cell(role: str) -> str:
        at = sheet.roles.get(role)
        own = row[at] if at is not None and at < len(row) else ""
        return own or told.get(role, "")

    place = Place(found.file, sheet.name, f"row {number + 1}")
    try:
        key = _key(cell)
        period = _period(cell("period")) if "period" in sheet.roles else None
    except TidewaiterError as error:
        found.fault(place, error.detail, error.hint)
        return
    quantity = _QUANTITIES.get(fold(cell("unit")), cell("unit"))
    for at, column in sheet.columns.items():
        text = row[at] if at < len(row) else ""
        here = Place(found.file, sheet.name, f"row {number + 1}, {column.heading}")
        when = column.period or period
        if is_blank(text.rstrip("%")) or (printed := found.number(text.rstrip("% "), here)) is None:
            continue
        if when is None:
            found.fault(here, "no period is told for this number")
            continue
        unit = _unit(column, quantity, defaults[0], here, found)
        if unit is not None:
            measure = {"quantity": "quantity", "price": "unit_value"}.get(column.kind, _measure(unit))
            found.add(
                Observation(
                    key.but(measure=measure), when, column.statistic, printed.value, unit, here,
                    decimals=printed.decimals if "." in text else None,
                    of=defaults[1] if column.statistic == "share" else "",
                )
            )  # fmt: skip


def _measure(unit: Unit) -> str:
    return "" if unit.kind in {"USD", "percent"} else {"kg": "weight"}.get(unit.kind, unit.kind.lower())


def _unit(column: Column, quantity: str, money: Unit | None, here: Place, found: Gathering) -> Unit | None:
    if column.statistic != LEVEL:
        return PERCENT
    if column.kind == "quantity":
        if not quantity:
            found.fault(here, "no column or title tells the unit of quantity", "Unit: KG")
            return None
        return Unit.parse(quantity) if " " in quantity else Unit(quantity)
    unit = column.unit or money
    if unit is None:
        found.fault(here, "no heading or title tells the currency", "United States Dollars")
    elif column.kind == "price":
        return Unit(f"{unit.kind}/{quantity or 'unit'}")
    return unit


def _key(cell: Callable[[str], str]) -> Key:
    """The series of a row.

    Raises:
        UnknownNameError: an area, a flow or a code that no list has, or that nothing tells.
    """
    reporter, partner, flow, code = (cell(role) for role in ("reporter", "partner", "flow", "code"))
    if not reporter:
        raise UnparsableError("neither row nor title tells whose trade this is", hint="Reporter: Taiwan")
    if not flow:
        raise UnparsableError("neither row nor title tells the flow", hint="Flow: Exports")
    return Key(_area(reporter), _flow(flow), _commodity(code), _area(partner) if partner else WORLD)


def _area(name: str) -> str:
    from tidewaiter.sources.mapping import partners  # noqa: PLC0415

    if name.strip().lower() in _WORLDS:
        return WORLD
    head, _, last = name.lstrip("_").rpartition(" ")
    for form in (name.lstrip("_"), f"{head}, {last}"):  # Korea South is Korea, South elsewhere
        if (code := partners.area_of(form, (partners.NAME, "iso3", "iso2"))) is not None:
            return code
    hint = partners.candidates(name, name, (partners.NAME,))
    raise UnknownNameError(f"no area is called {name!r}", hint=hint)


def _flow(text: str) -> str:
    from tidewaiter.sources.mapping.headings import flow_in, flow_word  # noqa: PLC0415

    if code := flow_word(text) or flow_in(text):
        return code
    raise UnknownNameError(f"no flow is called {text!r}", hint="Import, Export, Re-Export, Domestic Export")


def _commodity(text: str) -> str:
    shown = text.strip().lower()
    if not shown or shown in _TOTALS:
        return TOTAL
    if match := _CODE.match(_DOTS.sub("", text.strip())):
        return f"HS{match['digits']}"
    raise UnknownNameError(f"{text!r} is no commodity code", hint="847150, or 847150, Processing units")


def _period(text: str) -> Period:
    from tidewaiter.sources.gta_headings import period_of  # noqa: PLC0415

    if (period := period_of(text)) is None:
        raise UnparsableError(f"{text!r} is no period", hint="2023, 2023-09, Sep 2023")
    return period
