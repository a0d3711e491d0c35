"""Rules over a whole table: what they are, and what they found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidewaiter.engine.audit.declared import Declared
from tidewaiter.engine.audit.lines import Line, Status, Tally
from tidewaiter.model.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tidewaiter.engine.audit.sheet import Sheet
    from tidewaiter.model.observation import Observation

MOST = 1000  # lines a rule tells; more are counted


@dataclass
class Findings:
    """What one rule found: lines for what is told, counts for the rest."""

    rule: str
    release: str
    lines: list[Line] = field(default_factory=list)
    agrees: int = 0
    exact: int = 0
    counted: dict[Status, int] = field(default_factory=dict)

    def tell(self, cell: Observation, status: Status, reason: str, allowed: Interval | None = None) -> None:
        """A line, or one more of its kind when there are many."""
        if len(self.lines) < MOST:
            self.lines.append(Line(self.rule, self.release, cell, status, allowed, reason))
        else:
            self.counted[status] = self.counted.get(status, 0) + 1

    def take(self, line: Line) -> None:
        """A line that was judged by itself: kept unless it agrees."""
        if line.status is Status.AGREES:
            self.agrees += 1
            self.exact += line.exact
        else:
            self.tell(line.cell, line.status, line.reason, line.allowed)

    @property
    def told(self) -> bool:
        """It checked something, or could not."""
        return bool(self.lines or self.agrees or self.counted)

    def tally(self) -> Tally:
        """The counts without a line."""
        return Tally(
            self.rule,
            self.agrees,
            self.exact,
            self.counted.get(Status.DISAGREES, 0),
            self.counted.get(Status.MISSING, 0),
        )


@dataclass(frozen=True)
class TableRule(Declared):
    """One rule over a table.

    Attributes:
        check: what it finds in a release.
    """

    check: Callable[[Sheet, Findings], None]

    def run(self, sheet: Sheet) -> Findings:
        """Check a release."""
        found = Findings(self.name, sheet.release.id)
        if sheet.levels.height:
            self.check(sheet, found)
        return found


def around(value: float, half: float, power: int) -> Interval:
    """A sum and what its parts leave open, in the unit of the cell it is held against."""
    scale = 10.0**-power
    return Interval((value - half) * scale, (value + half) * scale)


def percent(part: float, whole: float) -> str:
    """``66.1 %``."""
    return f"{100 * part / whole:.1f} %" if whole else "—"


def lines_of(found: list[Findings]) -> Iterator[Line]:
    """Every line of several rules."""
    for one in found:
        yield from one.lines
