"""Evidence: what stands behind one printed figure, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidewaiter.model.figure import Figure


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure with its way back to the files.

    Attributes:
        figure: identity.
        value: unrounded.
        unit: unit of the value (``1e8 USD``, ``percent``).
        route: ``printed`` or the formula.
        releases: releases used, the leading one first.
        cells: the numbers it came from, each with file, sheet and cell.
        preliminary: some input is marked so.
        note: what a reader must know.
    """

    figure: str
    value: float
    unit: str
    route: str
    releases: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    preliminary: bool = False
    note: str = ""

    @classmethod
    def of(cls, figure: Figure) -> Evidence:
        """The evidence a figure carries."""
        return cls(
            figure=str(figure.id),
            value=figure.value,
            unit=str(figure.unit),
            route=figure.route,
            releases=figure.releases,
            cells=tuple(str(each.place or each) for each in figure.inputs),
            preliminary=figure.preliminary,
            note=figure.note,
        )


def gather(*figures: Figure) -> tuple[Evidence, ...]:
    """Evidence of figures, one entry each, in the order given."""
    return tuple({str(each.id): Evidence.of(each) for each in figures}.values())
