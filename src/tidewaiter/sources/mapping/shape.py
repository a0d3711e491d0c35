"""A table laid out for the eye, as columns: rows of names, sections, notes, periods or countries across.

What the file's part of a mapping tells (:class:`~tidewaiter.sources.mapping.spec.FileSpec`) is done here,
before any column gets a meaning::

    Exports by country, US$ million             file: {header: 3, header_rows: 2, notes: true,
                                                  across: '(?P<column>.+) / (?P<period>[0-9]{4})'}
              Exports        Imports
    Country   2023   2024    2023   2024   →    Country  period  Exports  Imports
    China     1.5    1.7     2.2    2.0         China    2023    1.5      2.2
    Source: the office                          China    2024    1.7      2.0

A heading is the texts of its rows of names joined by `` / ``; a blank in an upper row repeats what stands
left of it. Nothing with a number in it is passed over: a row of data longer than the names is a fault.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from tidewaiter.errors import Fault
from tidewaiter.sources.printed import is_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidewaiter.sources.mapping.spec import FileSpec

JOIN = " / "
VALUE = "value"  # the column of numbers, where no part of a heading names it
_COLUMN = "column"  # the group of a pattern that names the column of numbers
_MOST_CELLS = 20_000_000  # a table for the eye is far smaller
_FAULTS = 50
_LETTERS = 26

FLAGGED = re.compile(r"([+-]?\d[\d.,]*|:) ?([a-z]{1,3})\Z")
"""A number, or a colon for none, with letters behind it."""
YEAR = re.compile(r"(?:1[89]|20|25)\d\d\Z")
"""A year that stands alone in its row."""
Cells = list[str]


@dataclass
class Shaped:
    """A table in columns.

    Attributes:
        names: of its columns.
        rows: cells, one list a row.
        places: where each row stands: ``7``, or ``7, column F`` where columns became rows.
        faults: rows that do not fit the names.
    """

    names: Cells
    rows: list[Cells] = field(default_factory=list)
    places: Cells = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def table(self) -> pa.Table:
        """The columns as texts."""
        columns = [
            pa.array([row[at] for row in self.rows], pa.string()).dictionary_encode()
            for at in range(len(self.names))
        ]
        return pa.table(columns, names=self.names)


def is_laid_out(spec: FileSpec) -> bool:
    """The file part of a mapping asks for more than one row of names over plain rows."""
    return bool(
        spec.header_rows > 1
        or spec.across
        or spec.fill
        or spec.section
        or spec.notes
        or spec.rows_end
        or spec.split
    )


def text_rows(text: str, delimiter: str) -> list[Cells]:
    """The lines of a text as cells; a quoted cell may hold line breaks."""
    return [
        [cell.strip() for cell in row]
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    ]


def headings(rows: Sequence[Sequence[str]], width: int) -> Cells:
    """The heading of each column under several rows of names."""
    levels = [_filled(row, width, last=row is rows[-1]) for row in rows]
    done = []
    for at in range(width):
        parts = dict.fromkeys(level[at] for level in levels if level[at])
        done.append(JOIN.join(parts))
    return done


def _filled(row: Sequence[str], width: int, *, last: bool) -> Cells:
    cells = [cell.strip() for cell in row] + [""] * (width - len(row))
    if last:
        return cells[:width]
    seen, done = "", []
    for cell in cells[:width]:
        seen = cell or seen
        done.append(seen)
    return done


def shaped(file: str, rows: Sequence[Sequence[str]], spec: FileSpec, first: int = 1) -> Shaped | None:
    """The rows of a file in columns; None when the row of names lies past its end.

    Args:
        file: its name, for faults.
        rows: all of its rows.
        spec: how the table is laid out.
        first: the number of the first row.
    """
    at = max(spec.header, 1) - 1
    count = max(spec.header_rows, 1)
    if at + count > len(rows):
        return None
    named = rows[at : at + count]
    body = rows[at + count :]
    width = max(map(len, named))
    names = headings(named, width)
    plain = Shaped(told_apart(names))
    for n, cells in _rows(body, spec):
        _take(plain, list(cells), n + at + count + first, file)
    width = len(names)
    if spec.split:
        names = _parted(plain, names, spec.split, file)
    plain = _sections(plain, spec)
    _repeat(plain, spec.fill)
    return _across(plain, names, spec, len(names) - width) if spec.across else plain


def _parted(plain: Shaped, names: Cells, sign: str, file: str) -> Cells:
    """The first column as several; the headings then."""
    parts = names[0].partition("\\")[0].split(sign)
    for row, place in zip(plain.rows, plain.places, strict=True):
        cells = row[0].split(sign)
        if len(cells) != len(parts) and len(plain.faults) < _FAULTS:
            problem = f"the first cell has {len(cells)} parts, its heading {len(parts)}"
            plain.faults.append(Fault(f"{file} › row {place}", problem, f"parted by {sign!r}; see split"))
        row[:1] = (cells + [""] * len(parts))[: len(parts)]
    names = [*parts, *names[1:]]
    plain.names = told_apart(names)
    return names


def told_apart(names: Sequence[str]) -> Cells:
    """Column names told apart: a second ``qty`` becomes ``qty.2``; an empty one ``column 4``."""
    done: dict[str, None] = {}
    counts: dict[str, int] = {}
    for at, name in enumerate(names, 1):
        plain = name.strip() or f"column {at}"
        shown = plain
        while shown in done:
            counts[plain] = counts.get(plain, 1) + 1
            shown = f"{plain}.{counts[plain]}"
        done[shown] = None
    return list(done)


def _rows(body: Sequence[Sequence[str]], spec: FileSpec) -> list[tuple[int, Sequence[str]]]:
    """Rows that hold something, up to the row that begins with the words that end the table."""
    taken: list[tuple[int, Sequence[str]]] = []
    for n, cells in enumerate(body):
        first = next((cell.strip() for cell in cells if cell.strip()), "")
        if spec.rows_end and first.startswith(spec.rows_end):
            break
        if first:
            taken.append((n, cells))
    return taken


def _take(done: Shaped, cells: Cells, line: int, file: str) -> None:
    width = len(done.names)
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) > width:
        if len(done.faults) < _FAULTS:
            problem = f"the row has {len(cells)} cells, the names {width}"
            done.faults.append(Fault(f"{file} › row {line}", problem, "see header and header_rows"))
        return
    done.rows.append([cell.strip() for cell in cells] + [""] * (width - len(cells)))
    done.places.append(str(line))


def _sections(plain: Shaped, spec: FileSpec) -> Shaped:
    """Rows with one text only are notes, or the names of what stands below them."""
    if not (spec.notes or spec.section):
        return plain
    names = told_apart([spec.section, *plain.names]) if spec.section else plain.names
    done = Shaped(names, faults=plain.faults)
    above = ""
    for row, place in zip(plain.rows, plain.places, strict=True):
        filled = [cell for cell in row if cell]
        if len(filled) == 1 and (not is_number(filled[0]) or (spec.section and YEAR.match(filled[0]))):
            above = filled[0]
        elif row != plain.names:  # names repeated at the head of a page
            done.rows.append([above, *row] if spec.section else row)
            done.places.append(place)
    return done


def _repeat(plain: Shaped, columns: Sequence[str]) -> None:
    """A blank below a text repeats it: a year that stands only beside its first month."""
    for name in columns:
        if name not in plain.names:
            continue
        at, above = plain.names.index(name), ""
        for row in plain.rows:
            above = row[at] = row[at] or above


def _across(plain: Shaped, names: Sequence[str], spec: FileSpec, more: int) -> Shaped:
    """Columns whose heading fits the pattern become rows; the others stand beside each of them.

    Args:
        plain: the table.
        names: the headings.
        spec: with the pattern.
        more: columns that the first one was parted into, which the file itself does not have.
    """
    pattern = re.compile(spec.across)
    groups = [name for name in pattern.groupindex if name != _COLUMN]
    found = {
        at: match
        for at, name in enumerate(names)
        if name and name not in spec.keep and (match := pattern.fullmatch(name))
    }
    kept = [at for at in range(len(plain.names)) if at - (len(plain.names) - len(names)) not in found]
    shift = len(plain.names) - len(names)
    columns = list(dict.fromkeys(_named(match) for match in found.values()))
    homes: dict[tuple[str, ...], dict[str, int]] = {}
    for at, match in found.items():
        home = homes.setdefault(tuple((match[name] or "").strip() for name in groups), {})
        home.setdefault(_named(match), at + shift)
    extra = [spec.flags] if spec.flags else []
    beside_names = [plain.names[at] for at in kept]
    done = Shaped(told_apart([*beside_names, *groups, *columns, *extra]), faults=plain.faults)
    if len(plain.rows) * max(len(homes), 1) * len(done.names) > _MOST_CELLS:
        done.faults.append(Fault("across", f"the table would have more than {_MOST_CELLS:,} cells"))
        return done
    for row, place in zip(plain.rows, plain.places, strict=True):
        beside = [row[at] for at in kept]
        for key, home in homes.items():
            values = [row[home[name]] if name in home else "" for name in columns]
            if any(values):
                if extra:
                    values, marks = _marked(values)
                    values.append(marks)
                done.rows.append([*beside, *key, *values])
                done.places.append(f"{place}, column {_letters(min(home.values()) - shift - more)}")
    return done


def _marked(values: Cells) -> tuple[Cells, str]:
    """Numbers without the letters behind them, and these letters."""
    found = [FLAGGED.match(cell) for cell in values]
    plain = [match[1] if match else cell for match, cell in zip(found, values, strict=True)]
    return plain, " ".join(dict.fromkeys(match[2] for match in found if match))


def _named(match: re.Match[str]) -> str:
    """The column of numbers a heading belongs to."""
    return (match.groupdict().get(_COLUMN) or "").strip() or VALUE


def _letters(at: int) -> str:
    shown, at = "", at + 1
    while at:
        at, rest = divmod(at - 1, _LETTERS)
        shown = chr(ord("A") + rest) + shown
    return shown
