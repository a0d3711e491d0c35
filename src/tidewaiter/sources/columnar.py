"""CSV files of known columns: the header tells the layout, each row gives its figures.

What such sources share is here: recognised by the columns a file must have, a column the layout does not
know is a fault, one reading, its edition the last month. A source says which columns and takes the rows.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from tidewaiter.model.release import Reading
from tidewaiter.sources.delimited import header_of, read_sheet
from tidewaiter.sources.gathering import Gathering

if TYPE_CHECKING:
    from collections.abc import Collection

    from tidewaiter.model.observation import Observation
    from tidewaiter.model.release import Publisher
    from tidewaiter.sources.delimited import Sheet
    from tidewaiter.sources.protocol import Blob


class Columnar(ABC):
    """Reads one layout.

    Attributes:
        name: of the dataset.
        title: of its readings.
        publisher: who publishes it.
        authority: 0 the office itself, 1 its numbers restated by others, 2 computed from them.
        required: columns by which a file is recognised.
        columns: all the layout has; empty: any.
    """

    name: str
    title: ClassVar[str]
    publisher: ClassVar[Publisher]
    authority: ClassVar[int] = 0
    required: ClassVar[tuple[str, ...]]
    columns: ClassVar[Collection[str]] = ()

    def sniff(self, blob: Blob) -> bool:
        """All required columns are in the header."""
        return bool(header_of(blob, self.required))

    def read(self, blob: Blob) -> list[Reading]:
        """One reading, edition = the last month.

        Raises:
            FaultsError: every fault of the file.
        """
        found = Gathering(blob.name)
        sheet = read_sheet(blob, self.required, found)
        for heading in sheet.header:
            if not self.knows(heading):
                found.fault(f"header, {heading}", "a column this layout does not have")
        self.take(sheet, found)
        reading = Reading(
            dataset=self.name,
            edition="",
            title=self.title,
            publisher=self.publisher,
            observations=found.finish(),
            numeric_cells=sheet.numeric_cells,
            authority=self.authority,
        )
        edition = str(max(seen.period.last_month() for seen in reading.observations))
        told = self.told(sheet, reading.observations, found)
        rest = told.get("numeric_cells", sheet.numeric_cells) - len(reading.observations)
        findings = tuple(found.findings)
        return [replace(reading, **{"edition": edition, "layout_cells": rest, "findings": findings, **told})]

    def knows(self, heading: str) -> bool:
        """The layout has such a column."""
        return not self.columns or heading in self.columns

    @abstractmethod
    def take(self, sheet: Sheet, found: Gathering) -> None:
        """Gather the figures of all rows."""

    def told(self, sheet: Sheet, observations: list[Observation], found: Gathering) -> dict[str, Any]:
        """What else a reading tells: notes, findings, cells that are no figures, its day."""
        del sheet, observations, found
        return {}
