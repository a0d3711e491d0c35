"""Places: partners, the areas they belong to, the world. Areas overlap; a partner may be in many."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from tidewaiter.errors import UnparsableError
from tidewaiter.model.key import WORLD
from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

_ALWAYS = (-(2**15), 2**15 - 1)


@dataclass(frozen=True)
class Area:
    """An area of partners.

    Attributes:
        code: as in keys.
        members: partner → first and last month (ordinals) of its membership.
    """

    code: str
    members: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Places:
    """The slots that the series of one code may fill: partners first, then areas, then the world.

    Attributes:
        slots: their codes, as in keys.
        partners: how many of them are partners.
        world: the world's slot.
        first: slot of a partner → where its areas begin in ``area``; one more entry ends the last.
        area: slots of areas (and of the world).
        since, until: first and last month that the partner belongs to the area.
    """

    slots: tuple[str, ...]
    partners: int
    world: int
    first: npt.NDArray[np.int32]
    area: npt.NDArray[np.int32]
    since: npt.NDArray[np.int32]
    until: npt.NDArray[np.int32]

    @classmethod
    def of(cls, partners: tuple[str, ...], areas: tuple[Area, ...] = ()) -> Places:
        """The slots of a list of partners.

        Areas without a member among the partners are left out, and areas that are partners themselves
        (an office that publishes regions): their records say what they are.

        Examples:
            >>> asean = Area("ASEAN", {"SGP": (0, 30000), "VNM": (0, 30000)})
            >>> Places.of(("JPN", "SGP", "VNM"), (asean,)).slots
            ('JPN', 'SGP', 'VNM', 'ASEAN', 'W00')

        Raises:
            UnparsableError: the world stands beside its parts.
        """
        if partners == (WORLD,):
            none = np.zeros(0, np.int32)
            return cls((WORLD,), 0, 0, np.zeros(2, np.int32), none, none, none)
        if WORLD in partners:
            raise UnparsableError("the records tell the world beside its parts", hint="keep the parts only")
        kept = [area for area in areas if area.code not in partners and set(area.members) & set(partners)]
        slots = (*partners, *(area.code for area in kept), WORLD)
        rows: list[tuple[int, int, int]] = []
        first = [0]
        for partner in partners:
            for place, area in enumerate(kept, start=len(partners)):
                if partner in area.members:
                    rows.append((place, *area.members[partner]))
            rows.append((len(slots) - 1, *_ALWAYS))
            first.append(len(rows))
        first += [len(rows)] * (len(slots) - len(partners))
        columns = np.array(rows, np.int32).reshape(-1, 3)
        since, until = columns[:, 1].copy(), columns[:, 2].copy()
        return cls(
            slots,
            len(partners),
            len(slots) - 1,
            np.array(first, np.int32),
            columns[:, 0].copy(),
            since,
            until,
        )


def default_areas() -> tuple[Area, ...]:
    """The areas whose members are told: in the nomenclature, as a union (CHN+HKG), or beside this module."""
    from tidewaiter.nomenclature import areas  # noqa: PLC0415 — reads a long list

    found: dict[str, Area] = {}
    for code, entry in areas().entries.items():
        members = entry.facts.get("members") or (code.split("+") if "+" in code else ())
        if members:
            found[code] = Area(code, dict.fromkeys(members, _ALWAYS))
    text = resources.files(__package__).joinpath("areas.yml").read_text(encoding="utf-8")
    found |= {area.code: area for area in areas_of(yaml.safe_load(text))}
    return tuple(found[code] for code in sorted(found))


def areas_of(told: Mapping[str, Any]) -> tuple[Area, ...]:
    """Areas from YAML: ``NAME: {members: [JPN, {EST: {since: 2004-05}}]}``.

    Examples:
        >>> areas_of({"X": {"members": ["JPN", {"EST": {"since": "2004-05"}}]}})[0].members["EST"][0]
        24052
    """
    found = []
    for code, facts in told.items():
        members: dict[str, tuple[int, int]] = {}
        for member in facts["members"]:
            (name, dates), *_ = member.items() if isinstance(member, dict) else [(member, {})]
            members[name] = span_of(dates)
        found.append(Area(str(code), members))
    return tuple(found)


def span_of(dates: Mapping[str, Any]) -> tuple[int, int]:
    """First and last month from ``since`` and ``until``; open where one is not told."""
    since, until = dates.get("since"), dates.get("until")
    return (
        Period.parse(str(since)).first if since else _ALWAYS[0],
        Period.parse(str(until)).last if until else _ALWAYS[1],
    )
