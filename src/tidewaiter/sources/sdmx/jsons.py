"""SDMX-JSON 1.0 and 2.0 data messages as data sets.

Codes stand once, in the structure; series and observations point to them by position: the series
``0:3:1`` has the first code of its first dimension, the fourth of its second, the second of its third.
Numbers are kept as texts, so that no digit is lost.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import Fault, FaultsError
from tidewaiter.sources.sdmx.message import DataSet, Flow, data_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tidewaiter.sources.protocol import Blob

_LEVELS = ("dataSet", "series", "observation")


def is_json(blob: Blob) -> bool:
    """A JSON object with data sets."""
    return blob.data[:100].lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{" and b'"dataSets"' in blob.data


def read(blob: Blob) -> list[DataSet]:
    """The data sets of the message.

    Raises:
        FaultsError: it is no message, or holds no observations.
    """
    try:
        message = json.loads(blob.data.decode("utf-8-sig"), parse_float=str, parse_int=str)
        content = message.get("data", message)
        structures = content.get("structures") or [content["structure"]]
        header = message.get("meta") or message.get("header") or {}
        return [
            _data_set(given, structures[int(given.get("structure", 0))], _day(header), blob.name)
            for given in content["dataSets"]
        ]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        problem = f"not readable as SDMX-JSON: {type(error).__name__} {str(error)[:200]}"
        raise FaultsError(
            [Fault(blob.name, problem, "a message has dataSets and their structure")]
        ) from error


@dataclass(frozen=True)
class _Component:
    """A dimension, measure or attribute with its codes by position."""

    id: str
    codes: list[str]

    def text(self, at: Any) -> str:
        """The code at a position; a value written in place of one (version 2) is that value."""
        if at is None:
            return ""
        if isinstance(at, list):
            return "; ".join(self.text(one) for one in at)
        if isinstance(at, dict):
            return str(at.get("en") or next(iter(at.values()), ""))
        return self.codes[int(at)] if self.codes else str(at)


@dataclass
class _Structure:
    """The components of one structure by role and level."""

    given: dict[str, Any]
    names: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, role: str, level: str) -> list[_Component]:
        """Components of a role (dimensions, attributes, measures) at a level, in their order."""
        found = []
        for item in (self.given.get(role) or {}).get(level) or []:
            values = item.get("values") or []
            codes = [str(value.get("id") or value.get("value") or _name(value)) for value in values]
            self.names[item["id"]] = {
                code: _name(value) for code, value in zip(codes, values, strict=True) if _name(value)
            }
            found.append(_Component(str(item["id"]), codes))
        return found


def _name(value: dict[str, Any]) -> str:
    name = value.get("name", "")
    return str(name.get("en") or next(iter(name.values()), "")) if isinstance(name, dict) else str(name or "")


def _data_set(given: dict[str, Any], told: dict[str, Any], prepared: date | None, file: str) -> DataSet:
    structure = _Structure(told)
    dimensions = {level: structure.of("dimensions", level) for level in _LEVELS}
    attributes = {level: structure.of("attributes", level) for level in (*_LEVELS, "dimensionGroup")}
    common = {one.id: one.text("0") for one in dimensions["dataSet"] if one.codes}
    common |= _pick(attributes["dataSet"], given.get("attributes"))
    groups = given.get("dimensionGroupAttributes") or {}
    rows, places = [], []
    for place, key, series, at, cells in _observations(given):
        row = dict(common)
        row |= _at(dimensions["series"], key)
        row |= _pick(attributes["series"], series)
        row |= _grouped(groups, attributes["dimensionGroup"], f"{key}:{at}" if key else at)
        row |= _at(dimensions["observation"], at)
        row["OBS_VALUE"] = "" if cells[0] is None else str(cells[0])
        row |= _pick(attributes["observation"], cells[1:])
        rows.append(row)
        places.append(place)
    every = tuple(one.id for level in _LEVELS for one in dimensions[level])
    return data_set(
        _flow(told, given), rows, places, file=file, dimensions=every, names=structure.names,
        title=_name(told), prepared=prepared,
    )  # fmt: skip


def _observations(given: dict[str, Any]) -> Iterator[tuple[str, str, Any, str, list[Any]]]:
    """Place, key of the series, its attributes, key of the observation, value with attributes."""
    for key, series in (given.get("series") or {}).items():
        for at, cells in (series.get("observations") or {}).items():
            yield f"series {key}, observation {at}", key, series.get("attributes"), at, cells
    for at, cells in (given.get("observations") or {}).items():
        yield f"observation {at}", "", None, at, cells


def _at(components: list[_Component], key: str) -> dict[str, str]:
    if not components:
        return {}
    return {one.id: one.text(at) for one, at in zip(components, key.split(":"), strict=True)}


def _pick(components: list[_Component], values: Any) -> dict[str, str]:
    """Attributes of a list of positions; a list may end early."""
    return {one.id: one.text(at) for one, at in zip(components, values or [], strict=False) if at is not None}


def _grouped(groups: dict[str, Any], components: list[_Component], key: str) -> dict[str, str]:
    """Attributes of part of a key: ``0::1`` fits every key with 0 first and 1 third."""
    found: dict[str, str] = {}
    mine = key.split(":")
    for pattern, values in groups.items():
        if all(part in ("", own) for part, own in zip(pattern.split(":"), mine, strict=False)):
            found |= _pick(components, values)
    return found


def _flow(structure: dict[str, Any], given: dict[str, Any]) -> Flow:
    """The dataflow, as the data set or its structure links to it."""
    for link in [*(given.get("links") or []), *(structure.get("links") or [])]:
        if str(link.get("rel", "")).lower() in {"dataflow", "datastructure", "structure"} and link.get("urn"):
            return Flow.parse(str(link["urn"]))
    told = structure.get("dataflow") or structure.get("dataStructure") or structure.get("id") or ""
    return Flow.parse(str(told))


def _day(header: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(header.get("prepared", ""))[:10])
    except ValueError:
        return None
