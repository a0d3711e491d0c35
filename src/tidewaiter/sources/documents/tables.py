"""Any table of trade in a document: what its caption, headings and row labels say of each number.

A number is told by the texts around it: its row's labels, the heading of its block, its column's headings
from top to bottom, the unit and the caption. Together they must name one period, a unit, and series that
the caption's subject allows; what they leave open is a fault with the cell's place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.errors import TidewaiterError, UnparsableError
from tidewaiter.model.observation import LEVEL, Observation, Place
from tidewaiter.model.unit import PERCENT, Unit
from tidewaiter.nomenclature import flows
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.caption import Subject, read_caption, row_key
from tidewaiter.sources.documents.captions import Titled, count_numbers, is_value, row_texts, stands_first
from tidewaiter.sources.documents.headings import LAYOUT, Heading, read_heading
from tidewaiter.sources.documents.numbers import Shown, is_missing, shown_number, unmarked
from tidewaiter.sources.printed import plain, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.model.key import Key
    from tidewaiter.sources.gathering import Gathering
    from tidewaiter.sources.grid import Grid

_BOTH = "進出口"
_SHARE = "share"


@dataclass(frozen=True)
class _Frame:
    """A table in hand.

    Attributes:
        titled: the table with its surroundings.
        subject: what the caption is about.
        period: of the caption, where it names one.
        unit: of the table's money.
        header: the row below the last heading.
        labels: the columns that name the rows.
        columns: what each column's headings say; None for a column of layout.
    """

    titled: Titled
    subject: Subject
    period: Heading
    unit: Unit | None
    header: int
    labels: tuple[int, ...]
    columns: dict[int, tuple[Heading, ...] | None]


def read_table(titled: Titled, hs: str, found: Gathering) -> int:
    """Add a table's observations to what was found.

    Args:
        titled: the table.
        hs: the HS code its notes refer to, empty when none.
        found: where observations and faults go.

    Returns:
        How many of its numbers are layout (years in headings, ranks).

    Raises:
        TidewaiterError: the caption does not say whose trade this is: no table of trade.
    """
    before = len(found.faults)
    frame = _frame(titled, hs)
    read = 0
    section: tuple[Heading, ...] = ()
    grid = titled.table.grid
    for row in range(frame.header, grid.height):
        texts = row_texts(grid, row)
        if not texts:
            continue
        if len(texts) == 1 and not is_value(texts[0]):
            section = (read_heading(texts[0]),)
        elif not _repeats(grid, row, frame):
            read += _row(frame, row, section, found)
    return count_numbers(titled.table) - read if len(found.faults) == before else 0


def _frame(titled: Titled, hs: str) -> _Frame:
    grid = titled.table.grid
    opening = read_heading(titled.caption)
    topic = opening.name or titled.caption
    subject = subject_of(topic if opening.period else titled.caption, hs)
    header = next((row for row in range(grid.height) if _is_data(grid, row)), grid.height)
    if header in (0, grid.height):
        raise UnparsableError("no row of headings stands above the numbers")
    while header > 1 and len(texts := row_texts(grid, header - 1)) == 1 and grid.width > 2:  # noqa: PLR2004
        if stands_first(grid, header - 1) and read_heading(texts[0]).period is None:
            header -= 1  # the heading of the first block
        else:
            break
    labels = _label_columns(grid, header)
    columns = {at: _column(grid, header, at) for at in range(grid.width) if at not in labels}
    unit = _unit(titled.unit) or next(
        (unit for text in _corner(grid, header, labels) if (unit := _unit(text)) is not None), None
    )
    return _Frame(titled, subject, opening, unit, header, labels, columns)


def subject_of(caption: str, hs: str = "") -> Subject:
    """The subject of a caption, a table of both flows among them.

    Raises:
        TidewaiterError: the caption does not say whose trade it is.
    """
    text = fold(caption)
    if _BOTH in text:
        for both in ("出口", "進口"):
            try:
                return read_caption(text.replace(_BOTH, both, 1), hs)
            except TidewaiterError:
                continue
    return read_caption(caption, hs)


def _unit(text: str) -> Unit | None:
    """The money of a unit line ``百萬美元；%``."""
    shown = plain(text).removeprefix("單位").lstrip(":： ")
    parts = [unit_of(part.strip("() ")) for part in shown.replace("、", ";").replace(",", ";").split(";")]
    return next((unit for unit in parts if unit is not None and unit != PERCENT), None)


def _is_data(grid: Grid, row: int) -> bool:
    """A row of numbers; a row of years is none."""
    cells = [cell for cell in grid.rows[row][1:] if isinstance(cell, str) and cell]
    held = [cell for cell in cells if shown_number(cell) is not None]
    return bool(held) and not all(read_heading(cell).period for cell in held)


def _label_columns(grid: Grid, header: int) -> tuple[int, ...]:
    """Columns on the left whose cells are words (ranks and codes aside); the first where there are none."""
    found: list[int] = []
    for at in range(grid.width):
        if _is_layout(grid, header, at):
            continue
        cells = [str(grid.own(row, at)) for row in range(header, grid.height) if grid.own(row, at)]
        if found and any(is_value(cell) for cell in cells):
            break
        found.append(at)
    return tuple(found)


def _is_layout(grid: Grid, header: int, at: int) -> bool:
    """The column is headed by a rank or a code."""
    texts = (str(grid.value(row, at)) for row in range(header))
    return any("".join(unmarked(text)[0].split()).upper() in LAYOUT for text in texts)


def _corner(grid: Grid, header: int, labels: tuple[int, ...]) -> Iterator[str]:
    for row in range(header):
        for column in labels:
            if isinstance(text := grid.own(row, column), str) and text:
                yield text


def _column(grid: Grid, header: int, at: int) -> tuple[Heading, ...] | None:
    """What a column's headings say, from the top; None for ranks and codes."""
    texts: dict[tuple[int, int], str] = {}
    for row in range(header):
        home = grid.anchor(row, at)
        if not grid.own(*home) and row < header - 1:
            left = at
            while left > 0 and not grid.own(*grid.anchor(row, left)):
                left -= 1
            home = grid.anchor(row, left) if left > 0 and not _starts(grid, row, at) else home
        if isinstance(text := grid.own(*home), str) and text:
            texts[home] = text
    if _is_layout(grid, header, at):
        return None
    return tuple(read_heading(text) for text in texts.values())


def _starts(grid: Grid, row: int, at: int) -> bool:
    """A heading above begins in this column: what stands left of it does not reach here."""
    return any(grid.own(above, at) for above in range(row))


def _repeats(grid: Grid, row: int, frame: _Frame) -> bool:
    """The header printed once more."""
    return any(grid.rows[row] == grid.rows[above] for above in range(frame.header))


def _row(frame: _Frame, row: int, section: tuple[Heading, ...], found: Gathering) -> int:
    """Observations of a row; how many numbers were read."""
    grid, where = frame.titled.table.grid, frame.titled.table.where[row]
    labels = [str(grid.value(row, at)) for at in frame.labels if grid.value(row, at)]
    side = tuple(read_heading(label) for label in labels)
    shown = " ".join(labels) or "no label"
    read = 0
    for at, above in frame.columns.items():
        text = str(grid.own(row, at)) if grid.own(row, at) else ""
        if not text or is_missing(text) or above is None:
            continue
        place = Place(found.file, frame.titled.name, f"{where}, {shown}, column {at + 1}")
        if (number := shown_number(text)) is None:
            found.fault(place, f"{text!r} stands where a number belongs")
            continue
        seen = found.attempt(place, _observation, frame, (side, section, above), number, place)
        if seen is not None:
            found.add(seen, frame.titled.where)
            read += 1
    return read


def _observation(
    frame: _Frame, told: tuple[tuple[Heading, ...], tuple[Heading, ...], tuple[Heading, ...]], number: Shown,
    place: Place,
) -> Observation:  # fmt: skip
    """One number.

    Raises:
        TidewaiterError: the texts around it do not say what it is.
    """
    side, section, above = told
    every = (*above, *side, *section)
    dated = next((one for one in (*every, frame.period) if one.period is not None), None)
    if dated is None or dated.period is None:
        raise UnparsableError(
            "neither row nor column nor caption names a period", hint="e.g. 2024年, 113年1-9月"
        )
    statistic, unit = _meaning(every, frame)
    key = _key(frame.subject, [one.name for one in every if one.name])
    if unit.kind == "TWD" and statistic == LEVEL:
        key = key.but(measure="twd")
    marked = number.preliminary or any(one.preliminary for one in every)
    of = _share_of(frame.subject, key) if statistic == _SHARE else ""
    return Observation(
        key, dated.period, statistic, number.value, unit, place,
        decimals=number.decimals, of=of, preliminary=marked,
    )  # fmt: skip


def _meaning(every: tuple[Heading, ...], frame: _Frame) -> tuple[str, Unit]:
    """Statistic and unit: the nearest text that says more than that it is a level."""
    average = next((one for one in every if one.average), None)
    if average is not None:
        if any(one.statistic == _SHARE for one in every):
            raise UnparsableError("an average growth among shares")
        return average.statistic, PERCENT
    told = [one for one in every if one.statistic]
    best = next((one for one in told if one.statistic != LEVEL), told[0] if told else None)
    statistic = best.statistic if best else LEVEL
    unit = next((one.unit for one in every if one.unit is not None and one.statistic == statistic), None)
    if statistic in {"yoy", "mom", _SHARE}:
        return statistic, PERCENT
    unit = unit or next((one.unit for one in every if one.unit not in (None, PERCENT)), None) or frame.unit
    if unit is None:
        raise UnparsableError("no unit is told for this number", hint="單位：百萬美元, or 金額(億美元)")
    return statistic, unit


def _key(subject: Subject, names: list[str]) -> Key:
    key = subject.key
    for name in names:
        flow = flows().find(name)
        if flow is not None:
            key = key.but(flow=flow)
            continue
        plain_name = _without_flow(name, key.flow)
        key = _joined(key, subject, row_key(subject, plain_name))
    return key


def _without_flow(name: str, flow: str) -> str:
    """``對美國出口`` is the row of 美國 in a table of exports."""
    words = "".join(name.split())
    for head, tail, of in (("對", "出口", "exports"), ("自", "進口", "imports")):
        if flow == of and words.startswith(head) and words.endswith(tail) and len(words) > len(head + tail):
            return words[len(head) : -len(tail)]
    return name


def _joined(key: Key, subject: Subject, named: Key) -> Key:
    """A name's part of the key put onto what other names gave."""
    whole = subject.key
    changed = {
        part: getattr(named, part)
        for part in ("reporter", "commodity", "partner")
        if getattr(named, part) != getattr(whole, part)
    }
    return key.but(**changed)


def _share_of(subject: Subject, key: Key) -> str:
    if key.commodity != subject.key.commodity:
        return "commodity"
    return subject.rows_are
