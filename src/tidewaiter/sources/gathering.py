"""What is gathered while one file is read: observations on one side, faults on the other.

A reader never stops at the first fault. It notes it and goes on, and :meth:`Gathering.finish` raises
all of them together, or hands over the observations when there are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

from tidewaiter.errors import Fault, FaultsError, TidewaiterError
from tidewaiter.model.observation import Place
from tidewaiter.sources.printed import Printed, is_blank, read_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidewaiter.model.observation import Observation

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Gathering:
    """Observations and faults of one file.

    Attributes:
        file: its name, first part of every place.
        observations: what was read so far.
        faults: what is wrong so far.
        findings: what a user should know though it stops nothing.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.observations: list[Observation] = []
        self.faults: list[Fault] = []
        self.findings: list[str] = []
        self._seen: dict[tuple[object, ...], dict[str, Observation]] = {}

    def fault(self, place: Place | str, problem: str, hint: str = "") -> None:
        """Note a fault. A text is taken for the cell, within this file."""
        where = place if isinstance(place, Place) else Place(self.file, "", place)
        self.faults.append(Fault(str(where), problem, hint))

    def attempt(
        self, place: Place | str, call: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs
    ) -> _T | None:
        """What the call returns; when it raises one of our errors, None and a fault."""
        try:
            return call(*args, **kwargs)
        except TidewaiterError as error:
            self.fault(place, error.detail, error.hint)
            return None

    def number(self, text: str, place: Place) -> Printed | None:
        """The number of a cell. Blank or ``-``: None. Any other text: None and a fault."""
        if is_blank(text):
            return None
        if (printed := read_number(text)) is None:
            self.fault(place, f"{text.strip()[:60]!r} stands where a number belongs")
        return printed

    def add(self, observation: Observation, table: str = "") -> None:
        """Keep an observation; a second one of the same series, period and statistic is a fault.

        Tables of one document repeat each other, from other sources at times. So a number given again in
        another ``table`` is kept as well, and where the two cannot both be right that is a finding.
        """
        seen = observation
        identity = (seen.key, seen.period, seen.statistic, seen.of)
        what = f"{seen.key} {seen.statistic} {seen.period}"
        others = self._seen.setdefault(identity, {})
        if (first := others.get(table)) is not None:
            self.fault(seen.place, f"{what} is given twice", f"first at {first.place.cell}")
            return
        unit = seen.unit
        for other in others.values():
            if other.unit != unit or not other.interval.meets(seen.interval):
                twice = (
                    f"{other.value:g} {other.unit} at {other.place}, {seen.value:g} {unit} at {seen.place}"
                )
                self.findings.append(f"{what} is given as {twice}")
        others[table] = seen
        self.observations.append(seen)

    def finish(self) -> list[Observation]:
        """The observations.

        Raises:
            FaultsError: anything was wrong.
        """
        if not self.observations and not self.faults:
            self.fault("", "the file has the header of this layout but no numbers")
        if self.faults:
            raise FaultsError(self.faults)
        return self.observations
