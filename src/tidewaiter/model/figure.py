"""Figures: a statistic of a series at a period, as known on a date. The heart of the matter.

The identity of a figure (:class:`FigureId`) runs through everything: it anchors a sentence in the HTML,
a cell of a table, a point of a chart, a path of the API and the evidence of a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tidewaiter.errors import UnparsableError
from tidewaiter.model.key import Key
from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from tidewaiter.model.interval import Interval
    from tidewaiter.model.observation import Place
    from tidewaiter.model.unit import Unit


@dataclass(frozen=True, slots=True)
class FigureId:
    """Series key + statistic (+ its parameter) + period + as-of.

    ``TWN.exports.total.W00/yoy/2025-08@2025-09-09``; ``@latest`` when no day is asked for.
    """

    key: Key
    statistic: str
    period: Period
    of: str = ""
    as_of: date | None = None

    @classmethod
    def parse(cls, text: str) -> FigureId:
        """Read the text form.

        Examples:
            >>> str(FigureId.parse("TWN.exports.total.W00/rank:level:all_months/2025-08@latest"))
            'TWN.exports.total.W00/rank:level:all_months/2025-08@latest'

        Raises:
            UnparsableError: it has not the form ``key/statistic/period@day``.
        """
        try:
            key, name, rest = text.split("/")
            period, _, day = rest.partition("@")
            known = date.fromisoformat(day) if day not in ("", "latest") else None
        except ValueError as error:
            hint = "write TWN.exports.total.W00/yoy/2025-08@2025-09-09"
            raise UnparsableError(f"{text!r} is not the identity of a figure", hint=hint) from error
        statistic, _, of = name.partition(":")
        return cls(Key.parse(key), statistic, Period.parse(period), of, known)

    def __str__(self) -> str:
        name = f"{self.statistic}:{self.of}" if self.of else self.statistic
        return f"{self.key}/{name}/{self.period}@{self.as_of or 'latest'}"


@dataclass(frozen=True, slots=True)
class Input:
    """One number a figure was computed from: a cell of a release, and the day it became known."""

    key: Key
    period: Period
    statistic: str
    interval: Interval
    unit: Unit
    release: str
    place: Place | None = None
    known_at: date | None = None

    def __str__(self) -> str:
        return (
            f"{self.key}/{self.statistic}/{self.period} = {self.interval.mid:g} {self.unit} [{self.release}]"
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its evidence.

    Attributes:
        id: its identity.
        interval: the value, with what the printing of its inputs leaves open.
        unit: unit of the value.
        route: how it was had: ``printed``, or the formula with its inputs' periods.
        inputs: the numbers it was computed from; for a printed figure, the cell itself.
        releases: identifiers of the releases used, the first one leading.
        preliminary: some input is marked preliminary.
        note: what a reader must know (the list of record months, the episodes of a streak …).
        detail: the same as data, for phrases and reports.
    """

    id: FigureId
    interval: Interval
    unit: Unit
    route: str
    inputs: tuple[Input, ...]
    releases: tuple[str, ...]
    preliminary: bool = False
    note: str = ""
    detail: tuple[tuple[str, str], ...] = ()

    @property
    def value(self) -> float:
        """The middle of the interval; the number itself where precision is full."""
        return self.interval.mid

    @property
    def release(self) -> str:
        """The leading release."""
        return self.releases[0] if self.releases else ""
