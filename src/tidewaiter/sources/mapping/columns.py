"""The columns of an unknown file that have no role yet, and what is noted while they get one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import UnparsableError
from tidewaiter.sources.mapping.periods import read_period

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidewaiter.sources.mapping.profile import Profile

_REPUBLIC = re.compile(r"(?:民國)?1[01]\d年")
_SHOWN = 3  # texts of a column that are quoted


@dataclass
class Columns:
    """Columns without a role.

    Attributes:
        profiles: the columns.
        file: the file's name.
        title: what stands above the row of names.
        remarks: notes among and below the rows.
        notes: what was judged.
        grounds: part of the mapping → why it was chosen.
        others: part of the mapping → the column that came second.
        headings: the names of all columns, those with a role too.
        across: headings were made into rows.
        every: all columns, those with a role too.
        office: the reporter whose office's own codes of countries some column holds.
        conditions: rows that do not count, as the mapping's ``where``.
    """

    profiles: list[Profile]
    file: str
    title: str
    notes: list[str] = field(default_factory=list)
    grounds: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    conditions: list[dict[str, Any]] = field(default_factory=list)
    across: bool = False
    office: str = ""
    remarks: str = ""
    every: list[Profile] = field(default_factory=list)

    @property
    def republic(self) -> bool:
        """Some column holds years of the Republic of China: 114年."""
        return self._republic

    def __post_init__(self) -> None:
        self.headings = self.headings or [profile.name for profile in self.profiles]
        self._republic = any(
            _REPUBLIC.match(text) for profile in self.profiles for text in profile.texts[:50]
        )

    def take(self, fits: Callable[[Profile], float], part: str = "") -> Profile | None:
        """The column that fits best (above zero, the first of equals); it is free no more.

        Args:
            fits: how well a column does.
            part: the part of the mapping it is for; the second best is kept for its comment.
        """
        scored = [(fits(profile), profile) for profile in self.profiles]
        ranked = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])
        if not ranked:
            return None
        best = ranked[0][1]
        self.profiles = [profile for profile in self.profiles if profile is not best]
        if part and len(ranked) > 1:
            self.others[part] = ranked[1][1].name
        return best

    def note(self, text: str) -> None:
        """Keep a remark for the reader of the proposal."""
        if text not in self.notes:
            self.notes.append(text)

    def why(self, part: str, text: str, profile: Profile | None = None) -> None:
        """Keep the ground of a choice, with a few texts of its column."""
        shown = ", ".join(profile.texts[:_SHOWN]) if profile is not None else ""
        self.grounds[part] = f"{text}: {shown}" if shown else text


def period_of(text: str, form: str = "any") -> str:
    """The period a heading is, empty when it is none."""
    try:
        return str(read_period(text, form))
    except UnparsableError:
        return ""
