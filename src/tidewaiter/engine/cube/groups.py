"""Groups of goods: codes of any level in, codes of any level out, the longest that fits decides.

A file of groups is YAML::

    machinery:
      include: ["84"]
      exclude: ["8415", "8418", "8471"]
      # an exception to the exception, and dated
      also: {"847141": {since: 2012-01}}

A group may be cut by dates: a code counts from ``since`` to ``until``, both included.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from tidewaiter.engine.cube.places import span_of
from tidewaiter.errors import UnparsableError
from tidewaiter.store.records.header import digits_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy.typing as npt


@dataclass(frozen=True)
class Rule:
    """One code of a group: in or out, from a month to a month."""

    digits: str
    inside: bool
    since: int
    until: int


@dataclass(frozen=True)
class Group:
    """A group of goods.

    Attributes:
        code: as in keys.
        rules: its codes; the longest that begins a commodity's digits decides.
    """

    code: str
    rules: tuple[Rule, ...]

    def span(self, commodity: str) -> tuple[int, int] | None:
        """The months in which a commodity belongs to it; None when it does not.

        Examples:
            >>> group = group_of("x", {"include": ["84"], "exclude": ["8471"], "also": ["847150"]})
            >>> [group.span(code) is not None for code in ("HS840110", "HS847130", "HS847150")]
            [True, False, True]
        """
        digits = digits_of(commodity)
        fitting = [rule for rule in self.rules if digits.startswith(rule.digits)]
        if not digits or not fitting:
            return None
        longest = max(fitting, key=lambda rule: len(rule.digits))
        return (longest.since, longest.until) if longest.inside else None


@dataclass(frozen=True)
class Memberships:
    """Groups by commodity of the records: commodity → where its groups begin, the groups, their months."""

    first: npt.NDArray[np.int32]
    group: npt.NDArray[np.int32]
    since: npt.NDArray[np.int32]
    until: npt.NDArray[np.int32]

    @classmethod
    def of(cls, commodities: tuple[str, ...], groups: tuple[Group, ...]) -> Memberships:
        """Which groups each commodity belongs to, and when."""
        rows: list[tuple[int, int, int]] = []
        first = [0]
        for commodity in commodities:
            for place, group in enumerate(groups):
                if (span := group.span(commodity)) is not None:
                    rows.append((place, *span))
            first.append(len(rows))
        columns = np.array(rows, np.int32).reshape(-1, 3)
        return cls(np.array(first, np.int32), *(columns[:, at].copy() for at in range(3)))


def group_of(code: str, told: Mapping[str, Any]) -> Group:
    """A group from its YAML.

    Raises:
        UnparsableError: a code is neither two to eleven digits nor such digits with dates.
    """
    rules = []
    for name, inside in (("include", True), ("exclude", False), ("also", True)):
        codes = told.get(name) or ()
        items = codes.items() if isinstance(codes, dict) else [(one, {}) for one in codes]
        for one, dates in items:
            digits = str(one).upper().removeprefix("HS").removeprefix("CCC")
            if not digits.isdigit():
                raise UnparsableError(f"{one!r} of group {code} is not a code", hint='write "8471" in quotes')
            rules.append(Rule(digits, inside, *span_of(dates or {})))
    if not rules:
        raise UnparsableError(f"group {code} has no codes", hint="give include: [...]")
    return Group(code, tuple(rules))


def read_groups(path: Path) -> tuple[Group, ...]:
    """The groups of a YAML file.

    Raises:
        UnparsableError: the file is not such a YAML.
    """
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        return tuple(group_of(str(code), facts) for code, facts in told.items())
    except (OSError, yaml.YAMLError, AttributeError, TypeError) as error:
        raise UnparsableError(f"the groups do not read: {error}", where=str(path)) from error
