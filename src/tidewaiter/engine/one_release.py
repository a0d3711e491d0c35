"""What a statistic may ask when it is to be answered from one release alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.engine.edition import as_figure
from tidewaiter.errors import NoFigureError

if TYPE_CHECKING:
    from tidewaiter.engine.routes import Levels
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period


class OneRelease:
    """Levels and printed cells of one release, as :class:`~tidewaiter.statistics.statistic.Ask`.

    Attributes:
        levels: the release's levels.
        derive: levels may be inferred from growth and shares; an audit forbids it, or a rate would
            prove itself.
    """

    def __init__(self, levels: Levels, *, derive: bool) -> None:
        self.levels = levels
        self.derive = derive

    def level(self, key: Key, period: Period) -> Figure:
        """The level, printed or derived."""
        figure = self.levels.level(key, period, derive=self.derive)
        if figure is None:
            raise NoFigureError(f"{self.levels.edition.release.id} has no {key} at {period}")
        return figure

    def figure(self, key: Key, statistic: str, period: Period, of: str = "") -> Figure:
        """The level, or the derived cell as printed."""
        if statistic == "level":
            return self.level(key, period)
        cell = self.levels.edition.derived(key, statistic, of, period)
        if cell is None:
            raise NoFigureError(
                f"{self.levels.edition.release.id} prints no {statistic} of {key} at {period}"
            )
        return as_figure(cell, self.levels.edition.release.id, self.levels.as_of)

    def history(self, key: Key, statistic: str, until: Period, of: str = "") -> list[Figure]:
        """Not asked of one release: what looks back asks the book."""
        raise NotImplementedError(f"history of {statistic} {of} {key} until {until}")

    def siblings(self, key: Key, dimension: str, period: Period) -> list[Key]:
        """Not asked of one release."""
        raise NotImplementedError(f"siblings of {key} in {dimension} at {period}")
