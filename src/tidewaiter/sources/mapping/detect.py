"""How an unknown table is laid out: where its names stand, what runs across the top, where it ends.

Only the shape is judged here, from the cells; what a column means is judged afterwards, on the table in
columns. The outcome is the ``file`` part of a mapping.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tidewaiter.sources.mapping.across import pattern_of
from tidewaiter.sources.mapping.columns import period_of
from tidewaiter.sources.mapping.figures import is_figure
from tidewaiter.sources.mapping.headings import money_in
from tidewaiter.sources.mapping.periods import month_named
from tidewaiter.sources.mapping.shape import FLAGGED, YEAR, headings
from tidewaiter.sources.mapping.spec import FileSpec
from tidewaiter.sources.printed import is_blank

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDEST = 5_000  # columns; no table of an office has more
_LOOKED = 400  # rows looked at
_WITHIN = 60  # rows above the table
_ROWS_OF_NAMES = 4
_YEAR_LIKE = re.compile(r"(?:1[89]|20|25)\d\d(?:0[1-9]|1[0-2])?\Z")
_FEW = 3
_GAPS = 0.3  # of a column: fewer blanks are blanks
_SHORT = 24  # signs of a note's first words

Row = list[str]


@dataclass
class Layout:
    """What was judged.

    Attributes:
        spec: the table's part of the mapping.
        notes: grounds, for the reader.
        title: what stands above the names.
        remarks: rows of one text among and below the data: notes, whose source.
        named: the texts of the rows of names.
    """

    spec: FileSpec
    notes: list[str] = field(default_factory=list)
    title: str = ""
    remarks: str = ""
    named: frozenset[str] = frozenset()


def layout_of(rows: Sequence[Row]) -> Layout | None:
    """The layout of a table, None when no row of names over rows of numbers is found."""
    if max(map(len, rows), default=0) > _WIDEST:
        return None
    rows = [list(row) for row in rows[:_LOOKED]]
    data = _first_of_data(rows)
    if data is None:
        return None
    last, width = data - 1, max(map(len, rows[data : data + 20]))
    while last >= 0 and (not _filled(rows[last]) or _is_lone(rows, last, width)):
        last -= 1
    if last < 0:
        return None
    first = _first_of_names(rows, last, data)
    layout = Layout(FileSpec(header=first + 1, header_rows=last - first + 1))
    layout.named = frozenset(cell.strip() for row in rows[first : last + 1] for cell in row)
    layout.title = " ".join(cell.strip() for row in rows[:first] for cell in row if cell.strip())
    _rows_of_one_text(layout, rows, data)
    _joined(layout, rows, last, data)
    _across(layout, rows, first, last, data)
    _gaps(layout, rows, first, last, data)
    return layout


def _is_lone(rows: Sequence[Row], at: int, width: int) -> bool:
    """A row of one text at the left, below a row of names: a section, or what the table counts."""
    cells = _filled(rows[at])
    above = any(len(_filled(row)) >= width / 2 and len(_filled(row)) > 1 for row in rows[:at])
    return width > 2 and len(cells) == 1 and bool(rows[at][0].strip()) and above  # noqa: PLR2004


def _filled(row: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in row if cell.strip()]


def _first_of_data(rows: Sequence[Row]) -> int | None:
    """The first row with a figure that is no period, below a row of texts."""
    for at, row in enumerate(rows[:_WITHIN]):
        cells = _filled(row)
        figures = [cell for cell in cells if is_figure(cell)]
        if len(cells) < 2 or not figures or _is_narrow(rows, at):  # noqa: PLR2004
            continue
        if all(_YEAR_LIKE.match(cell) for cell in figures) and _is_heading(cells, figures, rows, at):
            continue
        if at and _is_numbering(cells):
            continue
        if at == 0:
            return None
        return at
    return None


def _is_narrow(rows: Sequence[Row], at: int) -> bool:
    """A row of two cells above a table of many columns: ``STATUS, 0``."""
    below = sorted(len(_filled(row)) for row in rows[at + 1 : at + 1 + _WITHIN])
    return len(_filled(rows[at])) == 2 and bool(below) and below[len(below) // 2] > 2 * _FEW  # noqa: PLR2004


def _is_heading(cells: list[str], figures: list[str], rows: Sequence[Row], at: int) -> bool:
    """Years and texts only: a row of names, when what stands below is another kind of row."""
    if len(set(figures)) < len(figures) and len(figures) > 1 and at == 0:
        return True
    below = next((_filled(row) for row in rows[at + 1 :] if len(_filled(row)) > 1), [])
    plain = [cell for cell in below if is_figure(cell)]
    if not plain:
        return bool(below)  # years over names
    same = len(plain) == len(figures) and all(_YEAR_LIKE.match(cell) for cell in plain)
    return not same and (at == 0 or len(figures) > 1 or len(cells) == len(figures) + 1)


def _is_numbering(cells: list[str]) -> bool:
    """``(1) (2) (3)`` or ``1 2 3`` below the names: the numbers of the columns."""
    plain = [cell.strip("() ") for cell in cells]
    found = [cell for cell in plain if cell.isdigit()]
    start = int(found[0]) if found and len(found[0]) < _FEW else 99
    return (
        len(found) >= _FEW
        and len(found) >= len(cells) - 1
        and start <= 2  # noqa: PLR2004
        and [int(cell) for cell in found] == list(range(start, start + len(found)))
    )


def _first_of_names(rows: Sequence[Row], last: int, data: int) -> int:
    """The first of the rows that name the columns: upwards, while names are missing or alike."""
    width = max(map(len, rows[data : data + 20]))
    held = [
        at for at in range(width) if any(at < len(row) and row[at].strip() for row in rows[data : data + 50])
    ]
    first = last - 1 if last and _is_numbering(_filled(rows[last])) else last
    while first > 0 and last - first + 1 < _ROWS_OF_NAMES:
        names = headings(rows[first : last + 1], max(width, *map(len, rows[first : last + 1])))
        shown = [names[at] for at in held]
        lone = [name for name in shown[1:] if name and _alone(name)]
        above = _filled(rows[first - 1])
        if not above or (
            all(shown[1:]) and len(set(shown)) == len(shown) and not (lone and _names_years(above))
        ):
            break
        column = next(at for at, cell in enumerate(rows[first - 1]) if cell.strip())
        if len(above) == 1 and (column == 0 or column >= width - 1 or len(above[0]) > _SHORT * 2):
            break
        first -= 1
    return first


def _alone(name: str) -> bool:
    """A month or a quarter without its year."""
    return not period_of(name) and bool(month_named(name))


def _names_years(cells: list[str]) -> bool:
    return sum(bool(period_of(cell)) for cell in cells) >= 1


def _rows_of_one_text(layout: Layout, rows: Sequence[Row], data: int) -> None:
    """Rows with one text only: names of sections when rows follow them, else notes."""
    start = layout.spec.header + layout.spec.header_rows - 1
    body = [(n, _filled(row)) for n, row in enumerate(rows) if n >= start]
    years = [n for n, cells in body if len(cells) == 1 and YEAR.match(cells[0])]
    lone = years or [n for n, cells in body if len(cells) == 1 and not is_figure(cells[0])]
    if not lone:
        return
    above = " ".join(rows[n][0] for n in lone if n < data and money_in(rows[n][0]))
    layout.remarks = " ".join(_filled(rows[n])[0] for n in lone if ":" in _filled(rows[n])[0] and n >= data)
    layout.title = f"{layout.title} {above}".strip()
    inner = [n for n in lone if any(m > n and len(cells) > 1 for m, cells in body)]
    heads = [n for n in inner if any(m == n + 1 and len(cells) > 1 for m, cells in body)]
    if len(heads) > 1 or years:
        name = "year" if years else "section"
        while name in layout.named:
            name += " above"  # the file has a column of that name
        layout.spec = replace(layout.spec, section=name)
        layout.notes.append("rows with one text only are read as the names of what follows (section)")
    else:
        layout.spec = replace(layout.spec, notes=True)
        layout.notes.append("rows with one text only are passed over as notes")


def _across(layout: Layout, rows: Sequence[Row], first: int, last: int, data: int) -> None:
    """Periods, countries or goods across the top."""
    named = rows[first : last + 1]
    width = max(map(len, named))
    names = headings(named, width)
    numeric = [at for at, name in enumerate(names) if name and _is_numeric(rows[data:], at)]
    if len(numeric) == 1 and _are_periods(rows[data:]):
        return  # a date above the only column of numbers is no period of theirs
    found = pattern_of(names, numeric)
    if found is not None:
        layout.spec = replace(layout.spec, across=found.pattern, keep=tuple(found.keep))
        layout.notes.extend(found.notes)
        if any(FLAGGED.match(cell) for row in rows[data:] for cell in row[1:]):
            layout.spec = replace(layout.spec, flags="flag")
            layout.notes.append("letters behind numbers are read as marks (column flag)")


def _joined(layout: Layout, rows: Sequence[Row], last: int, data: int) -> None:
    """A first column that joins several, heading and cells alike: ``freq,partner,geo``."""
    heading = next(iter(rows[last]), "").partition("\\")[0]
    cells = [row[0] for row in rows[data:] if len(_filled(row)) > 1]
    for sign in (",", ";", "|"):
        count = heading.count(sign)
        if count and cells and all(cell.count(sign) == count for cell in cells) and " " not in heading:
            layout.spec = replace(layout.spec, split=sign)
            layout.notes.append(f"the first column holds {count + 1}, parted by {sign!r}")
            return


def _are_periods(body: Sequence[Row]) -> bool:
    """Every row begins with a period of its own."""
    cells = [row[0] for row in body if len(_filled(row)) > 1]
    return len(set(cells)) > 1 and all(period_of(cell) for cell in cells)


def _is_numeric(body: Sequence[Row], at: int) -> bool:
    cells = [row[at].strip() for row in body if at < len(row) and row[at].strip() and len(_filled(row)) > 1]
    found = [is_figure(cell) or bool(FLAGGED.match(cell)) for cell in cells]
    figures = sum(
        known or is_blank(cell) or len(cell) <= 2  # noqa: PLR2004
        for known, cell in zip(found, cells, strict=True)
    )
    return bool(cells) and figures >= 0.9 * len(cells) and any(found)


def _gaps(layout: Layout, rows: Sequence[Row], first: int, last: int, data: int) -> None:
    """Columns at the left whose text stands only beside the first row it counts for."""
    names = headings(rows[first : last + 1], max(map(len, rows[first : last + 1])))
    body = [row for row in rows[data:] if len(_filled(row)) > 1]
    fill = []
    for at, name in enumerate(names[:-1]):
        cells = [row[at].strip() if at < len(row) else "" for row in body]
        right = [row[at + 1].strip() if at + 1 < len(row) else "" for row in body]
        blank = sum(not cell for cell in cells)
        runs = bool(cells) and bool(cells[0]) and blank >= _GAPS * len(cells) and all(right)
        if not (name and runs and (period_of(cells[0]) or not is_figure(cells[0]))):
            break
        fill.append(name)
    if fill:
        layout.spec = replace(layout.spec, fill=tuple(fill))
        layout.notes.append(f"blanks of {', '.join(fill)} repeat the cell above")
