"""The source itself: sniff a workbook of the release, read it into one reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.errors import Fault, FaultsError, UnparsableError
from tidewaiter.model.release import Publisher, Reading
from tidewaiter.model.roc import write_roc
from tidewaiter.sources.grid import Grid, PrintedFloat, read_grids, ref
from tidewaiter.sources.mof_release.cells import Harvest, read_block
from tidewaiter.sources.mof_release.columns import ITEM
from tidewaiter.sources.mof_release.layout import find_blocks, titles_of
from tidewaiter.sources.mof_release.rows import is_row

if TYPE_CHECKING:
    from tidewaiter.model.period import Period
    from tidewaiter.sources.mof_release.layout import Block
    from tidewaiter.sources.protocol import Blob

DATASET = "mof-release"
PUBLISHER = Publisher(
    "Ministry of Finance, R.O.C. (Taiwan), Department of Statistics",
    "財政部統計處",
    "Open Government Data License, Taiwan",
)
_TITLE_ROWS = 5
_LARGEST = 4_000_000  # bytes; a table of the release has about 30 kB, the whole release below 400 kB


class MofRelease:
    """Monthly customs release of the Ministry of Finance (海關進出口貿易初步統計), tables 1 to 16."""

    name = DATASET

    def sniff(self, blob: Blob) -> bool:
        """A workbook with a sheet whose first rows hold the title of one of the tables."""
        if not blob.is_workbook or len(blob.data) > _LARGEST:
            return False
        try:
            grids = read_grids(blob.data)
        except UnparsableError:
            return False
        return any(
            title.dimension is not None for grid in grids for _, _, title in titles_of(grid, _TITLE_ROWS)
        )

    def read(self, blob: Blob) -> list[Reading]:
        """Every number of the workbook.

        Returns:
            One reading; its edition is the newest month that has a row (``2025-08``), so that the
            workbooks of one month become one release.

        Raises:
            FaultsError: all faults of the file, with places.
        """
        try:
            grids = read_grids(blob.data)
        except UnparsableError as fault:
            raise FaultsError([Fault(blob.name, fault.detail)]) from fault
        harvest = Harvest(blob.name)
        for grid in grids:
            _read_sheet(grid, harvest)
        return [reading_of(harvest, sum(1 for grid in grids for _ in grid.numbers()))]


def reading_of(harvest: Harvest, numbers: int) -> Reading:
    """The reading of what the tables of a file gave.

    Args:
        harvest: all of it.
        numbers: how many numbers stand in the tables.

    Raises:
        FaultsError: all faults of the file, with places.
    """
    ends = (seen.period.last_month() for seen in harvest.observations)
    month = max(harvest.months, default=None) or max(ends, default=None)  # a table may hold years alone
    if month is None and not harvest.faults:
        problem = "no sheet holds a table of the release"
        harvest.faults.append(Fault(harvest.file, problem, "its title begins 表1、… to 表16、…"))
    if harvest.faults or month is None:
        raise FaultsError(harvest.faults)
    return _reading(harvest, month, numbers)


def _read_sheet(grid: Grid, harvest: Harvest) -> None:
    """The tables of a sheet; numbers above the first title, or on a sheet without one, are faults."""
    titles = titles_of(grid)
    top = min((row for row, _, _ in titles), default=grid.height)
    stray = next(((row, column) for row, column, _ in grid.numbers() if row < top), None)
    if stray is not None:
        place = f"{harvest.file} › {grid.sheet} › {ref(*stray)}"
        problem = "numbers stand above the first title" if titles else "the sheet has numbers and no title"
        harvest.faults.append(Fault(place, problem, "a title begins 表1、… to 表16、…"))
    for block in find_blocks(grid, harvest.file, harvest.faults):
        _count_texts(block)
        read_block(block, harvest)


def _count_texts(block: Block) -> None:
    """Make numbers of texts that are ones: ``１２，３４５．６``, ``3.1 (p)``, ``(4.0)``."""
    from tidewaiter.sources.documents.numbers import shown_number  # noqa: PLC0415 — documents read releases, too

    for row in range(block.data, block.end):
        if not any(is_row(block.grid.text(row, label)) for label in block.labels):
            continue
        cells = block.grid.rows[row]
        for column, held in enumerate(cells):
            if isinstance(held, str) and held and column not in block.labels:
                shown = shown_number(held)
                if shown is not None:
                    cells[column] = PrintedFloat.of(
                        shown.value, shown.decimals, preliminary=shown.preliminary
                    )


def _reading(harvest: Harvest, month: Period, numbers: int) -> Reading:
    findings = []
    findings += [
        f"{code.removeprefix(ITEM)!r} at {at} is in no list of ours: kept as {code}"
        for code, at in harvest.unlisted.items()
    ]
    if harvest.pending:
        findings.append(f"{len(harvest.pending)} cells are not published yet: {', '.join(harvest.pending)}")
    if harvest.shorter:
        where = ", ".join(harvest.shorter)
        findings.append(f"cumulative cells that end with the last published month: {where}")
    return Reading(
        dataset=DATASET,
        edition=str(month),
        title=f"{write_roc(month)}海關進出口貿易初步統計",
        publisher=PUBLISHER,
        observations=harvest.observations,
        numeric_cells=numbers,
        layout_cells=harvest.layout,
        notes=tuple(dict.fromkeys(harvest.notes)),
        findings=tuple(f"{harvest.file}: {finding}" for finding in findings),
    )
