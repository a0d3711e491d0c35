"""Observations: one number of one file, with its place.

A file holds two kinds of numbers. A *level* (``statistic == "level"``) is what was counted. Every other
number is *derived*: the publisher computed it from levels and printed it. Both are kept with their
cell: derived cells are audited against the levels and are evidence where levels are missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.model.interval import Interval

if TYPE_CHECKING:
    from datetime import date

    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period
    from tidewaiter.model.unit import Unit

LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: ``Table8.xlsx › 表8 › C17``, ``exports.csv › line 14``."""

    file: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return " › ".join(part for part in (self.file, self.sheet, self.cell) if part)


@dataclass(frozen=True, slots=True)
class Observation:
    """One number as published.

    Attributes:
        key: the series.
        period: what the number speaks of.
        statistic: ``level``, or the name of the statistic the publisher computed (``yoy``, ``share`` …).
        value: the number in ``unit``.
        unit: as published, power of ten included.
        place: the cell.
        decimals: decimals printed; None when the file gives full precision.
        of: parameter of a derived cell, e.g. the parent a share is of (``partner``, ``commodity`` …).
        preliminary: the publisher marks it so (初步值).
        known_at: the day it became known, when it is not the release's own.
    """

    key: Key
    period: Period
    statistic: str
    value: float
    unit: Unit
    place: Place
    decimals: int | None = None
    of: str = ""
    preliminary: bool = False
    known_at: date | None = None

    @property
    def is_derived(self) -> bool:
        """The publisher computed it from levels."""
        return self.statistic != LEVEL

    @property
    def interval(self) -> Interval:
        """What the number may be, given how it is printed."""
        return Interval.rounded(self.value, self.decimals)
