"""Tables of a product brief (經濟部統計處, 產業經濟統計簡訊), read from its text.

A table has blocks: levels in a currency, growth (年增率) and shares (占比) in percent. Columns are years,
the current year's span, or an average growth: ``2018至2023年 平均成長率(%)`` is geometric with the year
before the range as base, so its period is 2017..2023.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tidewaiter.errors import UnparsableError
from tidewaiter.model.observation import LEVEL, Observation, Place
from tidewaiter.model.period import Period
from tidewaiter.model.release import Publisher, Reading
from tidewaiter.model.roc import parse_roc, to_year
from tidewaiter.model.unit import PERCENT, Unit
from tidewaiter.sources.caption import Subject, read_caption, row_key
from tidewaiter.sources.gathering import Gathering
from tidewaiter.sources.printed import count_numbers, plain, unit_of
from tidewaiter.sources.text_tables import find_tables, stray_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tidewaiter.model.key import Key
    from tidewaiter.sources.protocol import Blob
    from tidewaiter.sources.text_tables import TextBlock, TextRow, TextTable

DATASET = "moea-brief"
PUBLISHER = Publisher(
    "Ministry of Economic Affairs, Department of Statistics",
    "經濟部統計處",
    "Open Government Data License, version 1.0 (attribution)",
)
SERIES_TITLE = "產業經濟統計簡訊"
AVERAGE_GROWTH = "average_annual_growth"
_NUMBER = re.compile(r"《\s*(\d+)\s*》")
_AVERAGE = re.compile(
    r"(\d{2,4})\s*年?\s*[-~至]\s*(\d{2,4})\s*年?\s*(?:年?平均.*(?:成長|增)|年均|複合|CAGR).*", re.IGNORECASE
)
_HS_CODE = re.compile(r"(?:參考|採用|依據|依|為)\s*HS\s*(?:code)?\s*(\d{4,10})(?![\d、及~-])", re.IGNORECASE)
_GROWTH = re.compile(r"年增|成長率|增減率|變動率")
_SHARE = re.compile(r"占比|佔比|比重|市占|市佔|結構|份額|占有率")


@dataclass(frozen=True, slots=True)
class _Column:
    period: Period
    average: bool


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What the numbers of a block are."""

    statistic: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a row inherits from its table and its block."""

    subject: Subject
    meaning: _Meaning


class BriefTables:
    """Reads the tables of a brief."""

    name = DATASET

    def sniff(self, blob: Blob) -> bool:
        """The text holds a captioned table of blocks by year."""
        return "\t" in blob.text and "表" in blob.text and bool(find_tables(blob.text))

    def read(self, blob: Blob) -> list[Reading]:
        """One reading for all tables, edition = the number in 《》."""
        found = Gathering(blob.name)
        tables = find_tables(blob.text)
        hs = ""
        for table in tables:
            hs = hs_code(table.foot) or hs  # 說明：同表1
            _table(table, hs, found)
        for number in stray_rows(blob.text, tables):
            hint = "tables are captioned 表1 …, with a row of years below the caption"
            found.fault(f"line {number}", "a row of numbers outside the tables we can read", hint)
        observations = found.finish()
        return [
            Reading(
                dataset=DATASET,
                edition=_edition(blob.text, tables),
                title=_title(blob.text, tables),
                publisher=PUBLISHER,
                observations=observations,
                numeric_cells=sum(_numbers_in(table) for table in tables),
                notes=tuple(
                    f"{table.name} {table.caption} {note}" for table in tables for note in table.foot
                ),
                findings=(*_findings(blob.text), *found.findings),
            )
        ]


SOURCE = BriefTables()


def average_span(first: int, last: int) -> Period:
    """The period of an average growth over the years first to last: the base year before them included."""
    return Period.span(Period.year(first - 1), Period.year(last))


def _numbers_in(table: TextTable) -> int:
    return sum(count_numbers(row.cells) for block in table.blocks for row in block.rows)


def hs_code(notes: Iterable[str]) -> str:
    """The one HS code a table's notes refer to (參考 HS code 847150), empty when none or several."""
    codes = {code for note in notes for code in _HS_CODE.findall(note)}
    return codes.pop() if len(codes) == 1 else ""


def _table(table: TextTable, hs: str, found: Gathering) -> None:
    where = Place(found.file, table.name, f"line {table.line}")
    subject = found.attempt(where, read_caption, table.caption, hs)
    columns = [found.attempt(where, _column, heading) for heading in table.header]
    for block in table.blocks:
        meaning = found.attempt(Place(found.file, table.name, f"line {block.line}"), _meaning, block)
        for row in block.rows:
            if len(row.cells) < len(columns) or any(row.cells[len(columns) :]):
                place = Place(found.file, table.name, f"line {row.line}")
                found.fault(place, f"{len(row.cells)} cells under {len(columns)} headings")
            elif subject and meaning:
                _row(table, row, columns, _Frame(subject, meaning), found)


def _row(
    table: TextTable,
    row: TextRow,
    columns: list[_Column | None],
    frame: _Frame,
    found: Gathering,
) -> None:
    subject, meaning = frame.subject, frame.meaning
    key = found.attempt(Place(found.file, table.name, f"line {row.line}"), row_key, subject, row.label)
    for cell, heading, column in zip(row.cells, table.header, columns, strict=False):
        place = Place(found.file, table.name, f"line {row.line}, {row.label}, {heading}")
        printed = found.number(cell, place)
        if printed is None or key is None or column is None:
            continue
        if column.average and meaning.statistic == "share":
            found.fault(place, "an average growth among shares")
            continue
        statistic = AVERAGE_GROWTH if column.average else meaning.statistic
        measured = key.but(measure="twd") if meaning.unit.kind == "TWD" else key
        found.add(
            Observation(
                measured,
                column.period,
                statistic,
                printed.value,
                PERCENT if column.average else meaning.unit,
                place,
                decimals=printed.decimals,
                of=_share_of(subject, key) if statistic == "share" else "",
            ),
            str(table.line),
        )


def _share_of(subject: Subject, key: Key) -> str:
    return subject.rows_are if key.commodity == subject.key.commodity else "commodity"


def _column(heading: str) -> _Column:
    """The period of a column.

    Raises:
        UnparsableError: the heading is neither a date nor an average over years.
    """
    text = plain(heading)
    if match := _AVERAGE.match(text):
        return _Column(average_span(to_year(int(match[1])), to_year(int(match[2]))), average=True)
    return _Column(parse_roc(text), average=False)


def _meaning(block: TextBlock) -> _Meaning:
    """What a block's heading says.

    Raises:
        UnparsableError: a unit we do not know, or a percentage that is neither growth nor share.
    """
    heading = f"{block.title}({block.unit})"
    unit = unit_of(block.unit)
    if unit is None:
        raise UnparsableError(
            f"{heading!r}: no unit we know", hint="blocks read 金額(億美元), 年增率(%), 占比(%)"
        )
    if unit != PERCENT:
        return _Meaning(LEVEL, unit)
    if _SHARE.search(block.title):
        return _Meaning("share", unit)
    if _GROWTH.search(block.title):
        return _Meaning("yoy", unit)
    raise UnparsableError(f"{heading!r}: neither growth (年增率) nor share (占比)")


def _edition(text: str, tables: list[TextTable]) -> str:
    if match := _NUMBER.search(text):
        return match[1]
    return re.sub(r"\W+", "-", tables[0].caption).strip("-")


def _title(text: str, tables: list[TextTable]) -> str:
    """Number and headline: the line with 《459》 and the next line of text."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line, after in pairwise(lines):
        if _NUMBER.search(line):
            return f"{line} {after}"
    return tables[0].caption


def _findings(text: str) -> tuple[str, ...]:
    if PUBLISHER.name_zh in text:
        return ()
    return (f"the document does not name {PUBLISHER.name_zh}; its tables are read as a brief of that office",)
