"""What an audit finds: one line a number checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tidewaiter.model.interval import Interval
    from tidewaiter.model.observation import Observation

_EXACT = 1e-9


class Status(StrEnum):
    """What came of one check."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Line:
    """One number checked.

    Attributes:
        rule: which rule.
        release: identifier of the release.
        cell: the printed number with its place.
        status: agrees, disagrees, or an input is missing.
        allowed: what the inputs allow; None when missing.
        reason: why it is missing or may disagree.
    """

    rule: str
    release: str
    cell: Observation
    status: Status
    allowed: Interval | None = None
    reason: str = ""

    @property
    def exact(self) -> bool:
        """Both sides were given in full precision."""
        return self.allowed is not None and self.allowed.width == 0 and self.cell.decimals is None


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers a rule checked that have no line of their own: a table of millions has too many.

    Attributes:
        rule: which rule.
        agrees: how many hold, ``exact`` of them in full precision.
        disagrees: how many do not, beyond those told by lines.
        missing: how many could not be checked, beyond those told by lines.
    """

    rule: str
    agrees: int
    exact: int
    disagrees: int
    missing: int


@dataclass(frozen=True)
class Audit:
    """The lines of an audit, the numbers without a line, and the counts of both."""

    lines: tuple[Line, ...]
    tallies: tuple[Tally, ...] = ()

    def only(self, rules: Iterable[str]) -> Audit:
        """What some rules found; ``derived`` stands for ``derived.yoy`` and all others of it."""
        wanted = tuple(rules)
        heads = tuple(f"{name}." for name in wanted)

        def kept(rule: str) -> bool:
            return rule in wanted or rule.startswith(heads)

        return Audit(
            tuple(line for line in self.lines if kept(line.rule)),
            tuple(tally for tally in self.tallies if kept(tally.rule)),
        )

    def counts(self) -> dict[str, dict[str, int]]:
        """Rule → status → how many, and how many of those that agree do so in full precision."""
        table: dict[str, Counter[str]] = {}
        for line in self.lines:
            counts = table.setdefault(line.rule, Counter())
            counts[line.status] += 1
            counts["exact"] += line.status is Status.AGREES and line.exact
        for tally in self.tallies:
            counts = table.setdefault(tally.rule, Counter())
            for name in ("agrees", "exact", "disagrees", "missing"):
                counts[name] += getattr(tally, name)
        return {
            rule: {name: counts[name] for name in ("agrees", "exact", "disagrees", "missing")}
            for rule, counts in table.items()
        }

    def total(self, status: Status) -> int:
        """How many lines have this status."""
        told = sum(line.status is status for line in self.lines)
        return told + sum(int(getattr(tally, status.value)) for tally in self.tallies)

    @property
    def compared(self) -> int:
        """How many numbers could be checked."""
        return self.total(Status.AGREES) + self.total(Status.DISAGREES)

    @property
    def findings(self) -> list[Line]:
        """The lines that disagree."""
        return [line for line in self.lines if line.status is Status.DISAGREES]


def agree(printed: Observation, allowed: Interval) -> bool:
    """Whether a printed number is what its inputs allow.

    In full precision on both sides: equal to 1e-9 of its size. Else: the intervals meet.
    """
    stated = printed.interval
    if stated.width == 0 and allowed.width == 0:
        return abs(stated.mid - allowed.mid) <= _EXACT * max(1.0, abs(stated.mid))
    return stated.meets(allowed)
