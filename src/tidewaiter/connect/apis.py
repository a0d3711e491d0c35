"""The facts about each API as values: ``apis.yml``, read once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Literal

import yaml


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact and where it was read."""

    what: str
    read_in: str


@dataclass(frozen=True, slots=True)
class Api:
    """One API.

    Attributes:
        name: in ``apis.yml`` and in the archive.
        title: what a reader knows it by.
        base: scheme and host.
        interval: seconds between the start of two calls.
        per_day: calls in 24 hours, 0 where none are published.
        row_limit: rows at which an answer is cut off; 0 where none are published.
        periods: most periods in one call; 0: any number.
        key: which key it takes (``comtrade``), empty for none.
        key_header: the header the key travels in.
        key_param: the parameter the key travels in.
        key_needed: nothing is answered without one.
        key_from: where a key is had.
        format: what answers are written in: json, csv or any.
        empty: what a whole answer of no bytes means: ``fault`` or ``nothing``.
        loose_certificates: the strictest check of certificates is left off (chain and name are checked).
        facts: where all this was read.
    """

    name: str
    title: str
    base: str
    interval: float = 1.0
    per_day: int = 0
    row_limit: int = 0
    periods: int = 0
    key: str = ""
    key_header: str = ""
    key_param: str = ""
    key_needed: bool = False
    key_from: str = ""
    format: Literal["json", "csv", "any"] = "any"
    empty: Literal["fault", "nothing"] = "fault"
    loose_certificates: bool = False
    facts: tuple[Fact, ...] = ()


@cache
def apis() -> dict[str, Api]:
    """Every API by name.

    Examples:
        >>> apis()["comtrade-preview"].row_limit, apis()["census"].key_needed
        (500, True)
    """
    text = resources.files("tidewaiter.connect").joinpath("apis.yml").read_text(encoding="utf-8")
    known = {field.name for field in fields(Api)}
    done = {}
    for name, given in yaml.safe_load(text).items():
        facts = tuple(Fact(**fact) for fact in given.pop("facts"))
        if strange := given.keys() - known:
            raise AssertionError(f"apis.yml › {name}: {', '.join(strange)}")
        done[name] = Api(name=name, facts=facts, **given)
    return done
