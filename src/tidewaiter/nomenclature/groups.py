"""Groups of goods as lists of publications: what is published of their codes, and what is not.

An office names its groups and seldom lists their codes. What it publishes is kept with its source; codes
that others have written down are kept apart as unofficial and never take part in a sum.

>>> [one.code for one in lists_of("ict_av")], lists_of("ict_av")[0].seen
(['release_exports'], ('2025-09-09',))
>>> unofficial("ict_av").holds("847150"), unofficial("machinery").holds("847150")
(True, False)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from tidewaiter.nomenclature.codelist import commodities
from tidewaiter.nomenclature.hs import bare

_SPAN = re.compile(r"(\d{2,10})(?:-(\d{2,10}))?")


@dataclass(frozen=True, slots=True)
class GroupList:
    """The groups of one publication.

    Attributes:
        code: identifier of the list.
        name: language → name.
        source: the publication.
        seen: days of the publications in which the list was read.
        groups: their codes, in the publication's order where it has one.
        published: group → what is published of its codes.
        not_published: language → what is not.
    """

    code: str
    name: dict[str, str]
    source: str
    seen: tuple[str, ...]
    groups: tuple[str, ...]
    published: dict[str, dict[str, Any]]
    not_published: dict[str, str]


@dataclass(frozen=True, slots=True)
class Codes:
    """HS or CCC codes and spans of them, included and excluded.

    Attributes:
        includes: first and last code of each span, of one length.
        excludes: likewise.
    """

    includes: tuple[tuple[str, str], ...]
    excludes: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, text: str) -> Codes:
        """Read ``84 except 8471; 847330``: codes and spans, after ``except`` those left out."""
        inside, _, outside = text.partition("except")
        return cls(_spans(inside), _spans(outside))

    def holds(self, code: str) -> bool | None:
        """A code belongs; None where only a part of it does."""
        digits = bare(code)
        inside, partly_in = _within(digits, self.includes)
        outside, partly_out = _within(digits, self.excludes)
        if outside:
            return False
        if inside:
            return None if partly_out else True
        return None if partly_in else False


def _spans(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((match[1], match[2] or match[1]) for match in _SPAN.finditer(text))


def _within(digits: str, spans: tuple[tuple[str, str], ...]) -> tuple[bool, bool]:
    """The code lies in a span; a span begins or ends below the code."""
    whole = any(first <= digits[: len(first)] <= last for first, last in spans if len(digits) >= len(first))
    part = any(
        first[: len(digits)] <= digits <= last[: len(digits)]
        for first, last in spans
        if len(digits) < len(first)
    )
    return whole, part


@cache
def group_lists() -> dict[str, GroupList]:
    """Every list by identifier."""
    text = resources.files("tidewaiter.nomenclature").joinpath("groups.yml").read_text("utf-8")
    return {
        code: GroupList(
            code, facts["name"], facts["source"], tuple(str(day) for day in facts["seen"]),
            tuple(facts["groups"]), facts["published"], facts["not_published"],
        )
        for code, facts in yaml.safe_load(text).items()
    }  # fmt: skip


def lists_of(group: str) -> list[GroupList]:
    """The lists that have a group."""
    return [one for one in group_lists().values() if group in one.groups]


def unofficial(group: str) -> Codes | None:
    """The codes a third party gives a group, None where nobody does. Not the office's own list."""
    entry = commodities().entries.get(group)
    told = entry.facts.get("hs_unofficial") if entry else None
    return Codes.parse(str(told).partition("(with")[0]) if told else None
