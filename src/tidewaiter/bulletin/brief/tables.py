"""Tables 1 to 3 of a brief: blocks of value, growth and share, cell by cell as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.release.desk import sentence_case
from tidewaiter.bulletin.tables import Cell, Column, Row, Table
from tidewaiter.model.key import WORLD
from tidewaiter.model.observation import LEVEL

if TYPE_CHECKING:
    from tidewaiter.bulletin.brief.desk import Desk
    from tidewaiter.model.key import Key
    from tidewaiter.model.observation import Observation
    from tidewaiter.model.period import Period

_AVERAGE = "average_annual_growth"


def tables(desk: Desk) -> list[Table]:
    """The tables the release has cells for, numbered without gaps."""
    found = [
        (desk.exports, desk.partners, "partner", "table.exports"),
        (desk.importer, desk.suppliers, "partner", "table.importer"),
        (desk.exports.but(reporter=WORLD), desk.exporters, "reporter", "table.world"),
    ]
    made: list[Table] = []
    for whole, parts, dimension, name in found:
        if whole is not None and parts:
            made.append(_table(desk, len(made) + 1, [whole, *parts], dimension, name))
    return made


def _table(desk: Desk, number: int, keys: list[Key], dimension: str, name: str) -> Table:
    periods = _columns(desk, keys[0])
    blocks = (("block.level", LEVEL, ""), ("block.yoy", "yoy", ""), ("block.share", "share", dimension))
    rows: list[Row] = []
    for title, statistic, of in blocks:
        lines = [_row(desk, key, keys[0], periods, (statistic, of)) for key in keys]
        if any(cell.figure for cell in lines[0].cells):
            rows += [Row(desk.say.text(title), kind="section"), *lines]
    say = desk.say
    names = {"goods": desk.goods, "Goods": sentence_case(desk.goods), "reporter": desk.area(desk.reporter)}
    importer = desk.area(desk.importer.reporter) if desk.importer else ""
    return Table(
        number=number,
        caption=say.text(name, **names, importer=importer),
        columns=tuple(Column(_head(desk, period)) for period in periods),
        rows=tuple(rows),
        stub=say.text("stub"),
        source=_source(desk, number),
    )


def _columns(desk: Desk, whole: Key) -> list[Period]:
    """Years and the cumulative span, then the years an average growth is printed for."""
    periods = desk.periods(whole)
    ranges = [period for period in desk.pen.own.periods(whole) if period.is_years]
    averages = [period for period in ranges if _printed(desk, whole, period, (_AVERAGE, ""))]
    # a table of shares of a world without levels is the one that prints averages
    levels = any(_printed(desk, whole, period, (LEVEL, "")) for period in periods)
    return periods if levels else [*periods, *averages]


def _head(desk: Desk, period: Period) -> str:
    if not period.is_years:
        return desk.when(period) if desk.lang == "zh" or period.is_year else _short(period)
    years = f"{period.start_year + 1}至{period.end_year}"
    if desk.lang == "en":
        years = f"{period.start_year + 1}–{period.end_year}"
    return desk.say.text("column.average", years=years)


def _short(period: Period) -> str:
    from tidewaiter.bulletin.dates import row_text  # noqa: PLC0415

    return row_text(period, "en")


def _row(desk: Desk, key: Key, whole: Key, periods: list[Period], what: tuple[str, str]) -> Row:
    cells = tuple(_cell(desk, key, period, what) for period in periods)
    return Row(_label(desk, key, whole), cells, "total" if key == whole else "item", int(key != whole))


def _label(desk: Desk, key: Key, whole: Key) -> str:
    if key != whole:
        return sentence_case(desk.area(key.partner if key.partner != WORLD else key.reporter))
    if key.reporter == WORLD:
        return sentence_case(desk.area(WORLD))
    return desk.say.text(f"total.{key.flow}")


def _cell(desk: Desk, key: Key, period: Period, what: tuple[str, str]) -> Cell:
    if period.is_years:
        what = (_AVERAGE, "") if what[0] == "yoy" else ("", "")
    seen = _printed(desk, key, period, what)
    if seen is None:
        return Cell("-")
    figure = desk.pen.printed(key, what[0], period, what[1])
    decimals = seen.decimals if seen.decimals is not None else 1
    if what[0] != LEVEL:
        return desk.pen.cell(figure, decimals, grouping=False)
    if desk.lang == "zh":
        return desk.pen.cell(figure, decimals + seen.unit.power - 8, "1e8 USD", grouping=False)
    return desk.pen.cell(figure, decimals + 9 - seen.unit.power, "1e9 USD", grouping=False)


def _printed(desk: Desk, key: Key, period: Period, what: tuple[str, str]) -> Observation | None:
    edition = desk.pen.own.editions[0]
    statistic, of = what
    return edition.level(key, period) if statistic == LEVEL else edition.derived(key, statistic, of, period)


def _source(desk: Desk, number: int) -> str:
    """Whose numbers a table restates, where the release tells it (``T1: …``)."""
    head = f"T{number}: "
    notes = desk.pen.own.editions[0].release.notes
    told = next((note.removeprefix(head) for note in notes if note.startswith(head)), "")
    return desk.say.known(f"origins.{told}") or told
