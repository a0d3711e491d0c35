"""Releases: one publication of one dataset, as known on its day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from tidewaiter.model.observation import Observation


_NUMBERED = re.compile(r"(\d{4}(?:-\d{2}|-Q\d)?)\.(\d{1,2})\Z")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Whose numbers these are."""

    name: str
    name_zh: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it came: its name and the hash of its bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source read from one file (or one sheet of tables that belong together).

    Attributes:
        dataset: identifier of the dataset (``mof-release``, ``customs-query`` …); readings of one
            dataset and one ``edition`` become one release.
        edition: which publication of the dataset (``2025-08``); files of one edition belong together.
        title: the publication's title as printed, or the dataset's name.
        publisher: whose numbers.
        observations: levels and derived cells.
        table: the same as a frame (:mod:`tidewaiter.sources.table`), for files of millions of rows.
        numeric_cells: how many numbers the file holds; each is an observation or a layout cell.
        layout_cells: numbers that are no data (row numbers, years in a header cell).
        published: publication day, when the file tells it.
        authority: 0 the office itself, 1 its numbers restated by others, 2 computed by others.
        notes: footnotes and remarks of the file.
        findings: things a user should know that do not stop the load.
    """

    dataset: str
    edition: str
    title: str
    publisher: Publisher
    observations: list[Observation]
    numeric_cells: int
    layout_cells: int = 0
    published: date | None = None
    authority: int = 0
    notes: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    table: Any = None


@dataclass(frozen=True, slots=True)
class Release:
    """A stored publication: everything about it but its observations.

    Attributes:
        id: ``dataset@edition`` and, for a second vintage of the same edition, its publication day.
        published: the day it became known.
        published_inferred: the day was not told by the file or the user but follows the calendar of
            the publication; shown wherever the day is shown.
    """

    id: str
    dataset: str
    edition: str
    title: str
    publisher: Publisher
    published: date
    published_inferred: bool
    authority: int
    files: tuple[SourceFile, ...]
    numeric_cells: int
    observations: int
    derived_cells: int
    layout_cells: int
    first_period: str
    last_period: str
    preliminary: int
    notes: tuple[str, ...] = ()
    findings: tuple[str, ...] = field(default=())


def printing_of(edition: str) -> tuple[str, int]:
    """What an edition speaks of, and which print of it this is where the publisher numbers them.

    Examples:
        >>> printing_of("2018-12.2"), printing_of("2025-08"), printing_of("459")
        (('2018-12', 2), ('2025-08', 1), ('459', 1))
    """
    match = _NUMBERED.match(edition)
    return (match[1], int(match[2])) if match else (edition, 1)
