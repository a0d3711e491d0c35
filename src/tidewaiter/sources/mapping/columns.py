"""The columns of an unknown file that have no role yet, and what is noted while they get one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidewaiter.errors import UnparsableError
from tidewaiter.sources.mapping.periods import read_period

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidewaiter.sources.mapping.profile import Profile

_WIDE = 2  # headings that are periods before a table counts as one with periods across


@dataclass
class Columns:
    """Columns without a role.

    Attributes:
        profiles: the columns.
        file: the file's name.
        title: what stands above the row of names.
        notes: what was judged.
    """

    profiles: list[Profile]
    file: str
    title: str
    notes: list[str] = field(default_factory=list)

    def take(self, fits: Callable[[Profile], float]) -> Profile | None:
        """The column that fits best (above zero, the first of equals); it is free no more."""
        best, score = None, 0.0
        for profile in self.profiles:
            if (fit := fits(profile)) > score:
                best, score = profile, fit
        if best is not None:
            self.profiles.remove(best)
        return best

    def note(self, text: str) -> None:
        """Keep a remark for the reader of the proposal."""
        if text not in self.notes:
            self.notes.append(text)

    def across(self) -> list[tuple[str, str]]:
        """Columns headed by periods, when there are several: (heading, period). They are free no more."""
        found = [(profile, period_of(profile.name)) for profile in self.profiles if profile.numeric]
        wide = [(profile, period) for profile, period in found if period]
        if len(wide) < _WIDE:
            return []
        self.profiles = [profile for profile in self.profiles if all(profile is not one for one, _ in wide)]
        return [(profile.name, period) for profile, period in wide]


def period_of(text: str, form: str = "any") -> str:
    """The period a heading is, empty when it is none."""
    try:
        return str(read_period(text, form))
    except UnparsableError:
        return ""
