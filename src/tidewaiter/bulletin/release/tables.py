"""The release's tables: ten years, thirteen months with the cumulative row, and the changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.dates import row_text
from tidewaiter.bulletin.release.desk import Desk, sentence_case
from tidewaiter.bulletin.release.spec import SHEETS, Sheet
from tidewaiter.bulletin.tables import Cell, Column, Row, RowKind, Table
from tidewaiter.nomenclature import flows

if TYPE_CHECKING:
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period

_MILLION = "1e6 USD"
_YEARS, _MONTHS = 10, 13
_CHANGES = (
    ("row.mom", "mom_change", "mom"),
    ("row.yoy", "yoy_change", "yoy"),
    ("row.ytd", "ytd_change", "ytd_yoy"),
)


def tables(desk: Desk) -> list[Table]:
    """Every table the release has numbers for."""
    return [table for sheet in SHEETS if (table := _table(desk, sheet)) is not None]


def _table(desk: Desk, sheet: Sheet) -> Table | None:
    keys = [key for key in sheet.keys if desk.find(key, "level") is not None]
    if len(keys) < min(len(sheet.keys), 2):
        return None
    plan = [(key, statistic) for key in keys for statistic in _statistics(sheet, key)]
    rows = [_row(desk, plan, period, kind) for period, kind in _periods(desk, keys[0])]
    rows += [_changes(desk, plan, *change) for change in _CHANGES if change[0] != "row.ytd" or desk.cumulates]
    return Table(
        number=sheet.number,
        caption=sheet.zh if desk.lang == "zh" else sheet.en,
        columns=tuple(_column(desk, sheet, key) for key in keys),
        rows=tuple(rows),
        unit=desk.say.text("unit.table"),
        stub=desk.say.text("stub"),
    )


def _statistics(sheet: Sheet, key: Key) -> tuple[str, ...]:
    shared = ("share",) if getattr(key, sheet.dimension) in sheet.shares else ()
    return ("level", *shared, *(("yoy",) if sheet.rates else ()))


def _column(desk: Desk, sheet: Sheet, key: Key) -> Column:
    say = desk.say
    heads = {
        "level": say.text("column.level"),
        "share": say.text(f"column.share.{key.flow}") if sheet.shares else "",
        "yoy": say.text("column.yoy"),
    }
    return Column(_name(desk, sheet, key), tuple(Column(heads[each]) for each in _statistics(sheet, key)))


def _name(desk: Desk, sheet: Sheet, key: Key) -> str:
    if sheet.dimension == "flow":
        names = {"zh": {"balance": "出（入）超"}, "en": {"balance": "Balance"}}[desk.lang]
        return names.get(key.flow) or sentence_case(flows().label(key.flow, desk.lang))
    code = getattr(key, sheet.dimension)
    if code in ("total", "W00"):
        return desk.say.text("column.total")
    return sentence_case(desk.goods(code) if sheet.dimension == "commodity" else desk.area(code))


def _periods(desk: Desk, key: Key) -> list[tuple[Period, RowKind]]:
    """Ten years, then thirteen months with the cumulative span before January, as far as known."""
    month = desk.month
    last = month.whole_year() if month.end_month == 12 else month.whole_year().year_ago()  # noqa: PLR2004
    found: list[tuple[Period, RowKind]] = [(last.year_ago(back), "year") for back in reversed(range(_YEARS))]
    for at in range(_MONTHS - 1, -1, -1):
        each = month.shift(-at)
        if each.end_month == 1 and desk.cumulates and month.end_month != 12:  # noqa: PLR2004
            found.append((month.to_date(), "cumulative"))
        found.append((each, "month"))
    return [(period, kind) for period, kind in found if desk.pen.find(key, "level", period) is not None]


def _row(desk: Desk, plan: list[tuple[Key, str]], period: Period, kind: RowKind) -> Row:
    first = period == desk.month.shift(1 - _MONTHS)
    label = row_text(period, desk.lang, year=kind != "month" or first or desk.lang == "en")
    cells = tuple(_cell(desk, key, statistic, period) for key, statistic in plan)
    return Row(label, cells, kind)


def _cell(desk: Desk, key: Key, statistic: str, period: Period) -> Cell:
    of = ("partner" if key.partner != "W00" else "commodity") if statistic == "share" else ""
    found = desk.pen.printed(key, statistic, period, of)
    money = statistic == "level"
    return desk.pen.cell(found, 0 if money else 1, _MILLION if money else "", missing="-")


def _changes(desk: Desk, plan: list[tuple[Key, str]], label: str, amount: str, rate: str) -> Row:
    cells = []
    for key, statistic in plan:
        if statistic == "share":
            cells.append(Cell(""))
            continue
        found = desk.find(key, amount if statistic == "level" else rate)
        money = statistic == "level"
        cells.append(desk.pen.cell(found, 0 if money else 1, _MILLION if money else "", missing="-"))
    return Row(desk.say.text(label), tuple(cells), "difference")
