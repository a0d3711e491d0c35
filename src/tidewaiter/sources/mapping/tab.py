"""A tabular file in hand: what a look at its start tells, and its columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tidewaiter.nomenclature.codelist import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    import pyarrow as pa

    from tidewaiter.errors import Fault


@dataclass(frozen=True)
class Head:
    """What a look at the start of a file tells.

    Attributes:
        format: csv, json, xlsx, parquet; empty: none of these.
        rows: the first rows of a text, or the column names of another format as one row.
        encoding: of a text.
        delimiter: of a text.
    """

    format: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    encoding: str = ""
    delimiter: str = ""

    def header(self, required: Collection[str]) -> int | None:
        """The row (from 0) that names the required columns."""
        wanted = {fold(name) for name in required}
        for at, row in enumerate(self.rows):
            if wanted <= {fold(cell) for cell in row}:
                return at
        return None


@dataclass
class Tabular:
    """A file in columns.

    Attributes:
        file: its name.
        table: columns by name, data rows only.
        first: line of the first data row (1: rows are counted from the first).
        word: ``line`` where lines can be counted, else ``row``.
        skipped: lines between that hold no row (blank ones).
        faults: rows that could not be read.
        places: where each row stands, when counting from the first does not tell it.
    """

    file: str
    table: pa.Table
    first: int = 1
    word: str = "row"
    skipped: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def cell_text(value: Any) -> str:
    """A cell as text: whole numbers without ``.0``, no words for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def unique(names: list[str]) -> list[str]:
    """Column names told apart: a second ``qty`` becomes ``qty.2``; an empty one ``column 4``."""
    done: list[str] = []
    for at, name in enumerate(names, 1):
        plain = name.strip() or f"column {at}"
        count = 1
        while (shown := plain if count == 1 else f"{plain}.{count}") in done:
            count += 1
        done.append(shown)
    return done
