"""Areas as dated lists: which countries belonged to an area in a month, by whose list, from which source.

>>> "GBR" in members("EU", Period.parse("2020-01")), "GBR" in members("EU", Period.parse("2020-02"))
(True, False)
>>> len(members("ASEAN", Period.parse("2025-09"))), len(members("ASEAN", Period.parse("2025-10")))
(10, 11)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from tidewaiter.errors import UnknownNameError
from tidewaiter.model.period import Period


@dataclass(frozen=True, slots=True)
class Stay:
    """A country's time in an area; without a beginning or an end where it is None."""

    code: str
    first: Period | None = None
    last: Period | None = None

    def holds(self, period: Period) -> bool:
        """It belonged in every month of the period."""
        return (self.first is None or self.first.first <= period.first) and (
            self.last is None or period.last <= self.last.last
        )

    def __str__(self) -> str:
        if self.first is None and self.last is None:
            return self.code
        return f"{self.code} {self.first or ''}..{self.last or ''}"


@dataclass(frozen=True, slots=True)
class Area:
    """An area as a dated list.

    Attributes:
        code: as in keys.
        told: language → whose list it is, in words.
        stays: who belonged when; empty where no list is published.
        sources: where it was read.
        note: language → what a reader must know.
        not_published: language → what no source tells.
        release: the codes the ministry's release names, where its list is published, and ``release_source``.
    """

    code: str
    told: dict[str, str]
    stays: tuple[Stay, ...]
    sources: tuple[str, ...]
    note: dict[str, str]
    not_published: dict[str, str]
    release: tuple[str, ...]
    release_source: str

    def changes(self) -> list[Period]:
        """The months in which its list changed, oldest first."""
        ends = [stay.last.shift(1) for stay in self.stays if stay.last is not None]
        starts = [stay.first for stay in self.stays if stay.first is not None]
        return sorted(set(starts + ends))


@cache
def dated_areas() -> dict[str, Area]:
    """Every area with a dated list, by code."""
    text = resources.files("tidewaiter.nomenclature").joinpath("memberships.yml").read_text("utf-8")
    return {code: _area(code, facts) for code, facts in yaml.safe_load(text).items()}


def _area(code: str, facts: dict[str, Any]) -> Area:
    stays = tuple(
        Stay(member, _month(group.get("from")), _month(group.get("to")))
        for group in facts["members"]
        for member in group["codes"]
    )
    own = facts.get("release") or {}
    return Area(
        code, facts["as"], stays, tuple(facts["source"]), facts.get("note") or {},
        facts.get("not_published") or {}, tuple(own.get("codes", ())), own.get("source", ""),
    )  # fmt: skip


def _month(text: object) -> Period | None:
    return None if text is None else Period.parse(str(text))


def area(code: str) -> Area:
    """The dated list of an area.

    Raises:
        UnknownNameError: no dated list is kept of it.
    """
    known = dated_areas()
    if code not in known:
        raise UnknownNameError.of("area with a dated list", code, list(known))
    return known[code]


def members(code: str, period: Period | None = None) -> tuple[str, ...]:
    """Who belonged to an area in every month of a period; without one, who belongs now.

    Raises:
        UnknownNameError: no dated list is kept of it.
    """
    stays = area(code).stays
    if period is None:
        return tuple(stay.code for stay in stays if stay.last is None)
    return tuple(stay.code for stay in stays if stay.holds(period))


def areas_of(code: str) -> tuple[str, ...]:
    """The areas a country belongs to or once belonged to."""
    return tuple(name for name, one in dated_areas().items() if any(stay.code == code for stay in one.stays))
