"""The pen: writes numbers of figures as runs, cells and points, and remembers every figure it wrote.

Whatever a bulletin prints goes through a pen, so the evidence at its end is complete by construction and
nothing is printed that no figure stands behind.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from tidewaiter.bulletin.document import ChartPoint, Said
from tidewaiter.bulletin.evidence import Evidence
from tidewaiter.bulletin.tables import Cell
from tidewaiter.engine.edition import as_figure
from tidewaiter.model.unit import Unit
from tidewaiter.phrases import phrasebook
from tidewaiter.phrases.numbers import amount, is_negative, percent, write_number

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Bulletin, Lang, Run, Runs
    from tidewaiter.engine import Book
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period

Slot: TypeAlias = "str | Said | Runs"
_SLOT = re.compile(r"\{(\w+)\}")


def fill(template: str, **slots: Slot) -> Runs:
    """A template with its slots filled by texts, statements or runs.

    Examples:
        >>> fill("出口{level}，", level=Said("374.7億美元", ("f",)))
        ('出口', Said(text='374.7億美元', figures=('f',), values=()), '，')
    """
    runs: list[Run] = []
    for at, part in enumerate(_SLOT.split(template)):
        given: Slot = slots[part] if at % 2 else part
        runs.extend(given if isinstance(given, tuple) else (given,))
    return joined(runs)


def joined(runs: list[Run]) -> Runs:
    """Runs with neighbouring plain texts put together and empty ones left off."""
    kept: list[Run] = []
    for run in runs:
        if isinstance(run, str) and kept and isinstance(kept[-1], str):
            kept[-1] += run
        elif run:
            kept.append(run)
    return tuple(kept)


class Pen:
    """Writes in one language, from two books.

    Attributes:
        lang: of what is written.
        own: the month's own release: every number of the text, the tables and the charts.
        history: the same release first, then longer series, perhaps of later vintages: places in
            history (records, streaks) and nothing else.
    """

    def __init__(self, lang: Lang, own: Book, history: Book | None = None) -> None:
        self.lang: Lang = lang
        self.own = own
        self.history = history or own
        self._written: dict[str, Figure] = {}

    # -- figures ------------------------------------------------------------------------------

    def find(self, key: Key, statistic: str, period: Period, of: str = "") -> Figure | None:
        """A figure of the month's own release, None when it cannot be had."""
        return self.own.find(key, statistic, period, of)

    def figure(self, key: Key, statistic: str, period: Period, of: str = "") -> Figure:
        """As :meth:`find`, where it is known to be there."""
        return self.own.figure(key, statistic, period, of)

    def printed(self, key: Key, statistic: str, period: Period, of: str = "") -> Figure | None:
        """The release's own cell where it prints one, else as :meth:`find`: what a table wants."""
        if statistic == "level":
            return self.find(key, statistic, period)
        for edition in self.own.editions:
            if (cell := edition.derived(key, statistic, of, period)) is not None:
                return as_figure(cell, edition.release.id, self.own.as_of)
        return self.find(key, statistic, period, of)

    def months_known(self, key: Key) -> int:
        """How many months of a series are printed in any release: decides what is worth asking."""
        return len(
            {
                period
                for edition in self.history.editions
                for period in edition.levels.get(key, ())
                if period.is_month
            }
        )

    def look(self, key: Key, statistic: str, period: Period, of: str) -> Figure | None:
        """A figure that looks back over the series, with the releases that carry its history named."""
        found = self.history.find(key, statistic, period, of)
        if found is None:
            return None
        carriers = (
            edition.release.id
            for edition in self.history.editions
            if edition.levels.get(key) and min(edition.levels[key]) < period
        )
        return replace(found, releases=tuple(dict.fromkeys((*found.releases, *carriers))))

    # -- runs ---------------------------------------------------------------------------------

    def said(self, text: str, *figures: Figure) -> Said:
        """A statement of figures."""
        for figure in figures:
            self._written.setdefault(str(figure.id), figure)
        return Said.of(text, *figures)

    def amount(self, figure: Figure, *, size: bool = False) -> Said:
        """An amount of US dollars with its unit; ``size`` leaves the sign to the words."""
        value = figure.value * 10.0**figure.unit.power
        return self.said(amount(abs(value) if size else value, self.lang), figure)

    def percent(self, figure: Figure, *, signed: bool = False, decimals: int = 1) -> Said:
        """A rate with its sign %: its size only (the words tell the sign), or signed: +34.1%."""
        sign = ""
        if signed:
            sign = "-" if is_negative(figure.value, decimals) else "+"
        return self.said(f"{sign}{percent(figure.value, decimals)}%", figure)

    def growth(self, figure: Figure) -> Said:
        """The size of a growth: in Chinese 倍 from 100 % up, else percent."""
        if self.lang == "zh" and figure.value >= 100:  # noqa: PLR2004 (the house rule of the offices)
            return self.said(f"{write_number(figure.value / 100, 1)}倍", figure)
        return self.percent(figure)

    def points(self, figure: Figure) -> Said:
        """A size in percentage points, with its unit."""
        number = percent(figure.value)
        return self.said(f"{number}個百分點" if self.lang == "zh" else f"{number} percentage points", figure)

    def phrase(self, entry: str, *figures: Figure, **slots: str | int) -> Said:
        """The words of the phrasebook as one statement: 創歷年單月新高."""
        return self.said(phrasebook().write(entry, self.lang, **slots), *figures)

    # -- cells and points ---------------------------------------------------------------------

    def cell(
        self,
        figure: Figure | None,
        decimals: int,
        unit: str = "",
        *,
        missing: str = "",
        grouping: bool = True,
    ) -> Cell:
        """A cell in ``unit`` (the figure's own when empty)."""
        if figure is None:
            return Cell(missing)
        value = self._in(figure, unit)
        text = write_number(value, decimals, grouping=grouping)
        return Cell(text, value, self.said(text, figure).figures[0], decimals)

    def point(
        self,
        figure: Figure,
        at: str,
        label: str,
        *,
        decimals: int = 1,
        unit: str = "",
        signed: bool = False,
        mark: str = "",
        strong: bool = False,
    ) -> ChartPoint:
        """A point of a chart in ``unit``."""
        value = self._in(figure, unit)
        text = write_number(value, decimals)
        if signed and value > 0 and not is_negative(value, decimals):
            text = f"+{text}"
        identity = self.said(text, figure).figures[0]
        return ChartPoint(at, label, value, text, identity, mark, strong)

    def _in(self, figure: Figure, unit: str) -> float:
        return figure.value * (figure.unit.factor_to(Unit.parse(unit)) if unit else 1.0)

    # -- the end ------------------------------------------------------------------------------

    def signed(self, bulletin: Bulletin) -> Bulletin:
        """The bulletin with the evidence of what it prints, in order of first print."""
        evidence = tuple(
            Evidence.of(self._written[each]) for each in bulletin.figures() if each in self._written
        )
        return replace(bulletin, evidence=evidence)
