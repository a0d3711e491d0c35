"""Mappings as values: what a YAML says, checked when it is read.

A mapping in full; everything but ``period``, ``flow``, ``reporter`` and ``values`` may be left out::

    dataset: nz-hs10                     # identifier; readings of one dataset are its vintages
    title: Overseas merchandise trade
    publisher: {name: Stats NZ, name_zh: 紐西蘭統計局, licence: CC BY 4.0}
    authority: 0                         # 0 the office itself, 1 its numbers restated by others
    file: {format: csv, encoding: utf-8, delimiter: ",", trailing: false}
    sniff: [month, hs, country]          # a file with these columns is read by this mapping
    where:                               # only these rows count; the others are told as a finding
      - {column: motCode, is: ["0"]}
    period: {column: month, format: month}
    flow: {constant: exports}            # or {column: Flow, words: {X: exports}}
    reporter: {constant: NZL}            # or {column: …, codes: [iso3]}
    partner: {column: country, codes: [nz, name], blank: W00}
    commodity: {column: hs, scheme: HS, digits: [10], pad: 10, words: {TOTAL: total}}
    unit: NZD                            # of all columns of numbers that tell none
    values:
      - {column: total_export_FOB, unit: NZD}
      - {column: qty, unit_column: uom, units: {KGM: kg, NMB: number}, measure: quantity}
    preliminary: {column: status, words: [Provisional]}
    suppressed: {words: [c], columns: {}}
    notes: [total_export_FOB includes re-exports]
"""

from __future__ import annotations

import difflib
import re
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import Fault, FaultsError, TidewaiterError
from tidewaiter.model.period import Period
from tidewaiter.model.release import Publisher
from tidewaiter.model.unit import Unit
from tidewaiter.sources.mapping.parts import (
    DIMENSIONS,
    FORMATS,
    HS,
    NAMES,
    PERIODS,
    UNKNOWN,
    Dimension,
    FileSpec,
    Flags,
    Mapping,
    Value,
    Where,
)
from tidewaiter.sources.mapping.yamls import STEP, Parsed, load

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "FORMATS", "HS", "NAMES", "PERIODS", "UNKNOWN",
    "Dimension", "FileSpec", "Flags", "Mapping", "Value", "Where", "parse",
]  # fmt: skip

_MONTHS = 12
_PATTERN = 2000  # signs
_NESTED = re.compile(r"[+*}]\)[+*{]")  # (a+)+ may take longer than anybody waits
_ALLOWED = {
    "unit": "USD, 1e3 USD, 1e6 EUR, kg, number …",
    "values": "USD, 1e3 USD, 1e6 EUR, kg, number …",
    "reporter": "ISO 3166 alpha-3: CHE, KOR …",
    "partner": "ISO 3166 alpha-3, W00 for the world, or the name of a list under codes",
    "flow": "exports, imports, re_exports, balance …",
    "period": "2024, 2024-08, 2024-Q3",
    "commodity": "a code of goods, or total",
}
"""What may stand where a proposal left ``???``."""


class _Reader:
    """Turns the parsed YAML into values and notes what is off."""

    def __init__(self, name: str, parsed: Parsed) -> None:
        self.name = name
        self.parsed = parsed
        self.faults: list[Fault] = []

    def fault(self, at: str, problem: str, hint: str = "") -> None:
        line = self.parsed.line(at)
        place = f"{self.name}{STEP}{at}" + (f", line {line}" if line else "")
        self.faults.append(Fault(place, problem, hint))

    def make(self, kind: type[Any], at: str, given: Any, **renamed: Callable[[Any], Any]) -> Any:
        """A dataclass from a mapping of YAML; unknown names are faults."""
        if not isinstance(given, dict):
            self.fault(
                at, f"{given!r} is not a list of names and values", f"known: {', '.join(_known(kind))}"
            )
            return None
        known = {item.name: item for item in fields(kind)}
        parts = {}
        for key, value in given.items():
            if key in renamed:
                parts.update(renamed[key](value))
            elif key in known:
                try:
                    parts[key] = _shaped(str(known[key].type), value)
                except ValueError as error:
                    self.fault(f"{at}{STEP}{key}", str(error))
            else:
                near = difflib.get_close_matches(key, _known(kind), n=1)
                hint = f"did you mean {near[0]}? " if near else ""
                self.fault(
                    f"{at}{STEP}{key}",
                    "is nothing a mapping tells",
                    f"{hint}known: {', '.join(_known(kind))}",
                )
        try:
            return kind(**parts)
        except (TypeError, ValueError) as error:
            self.fault(at, str(error).replace(f"{kind.__name__}.__init__()", "this part"))
            return None


def _known(kind: type[Any]) -> list[str]:
    """The names a part may have, as a YAML writes them."""
    shown = {"columns": "column", "values": "is, not", "negate": ""}
    names = [item.name for item in fields(kind)]
    if kind in {Dimension, Where}:
        names = [shown.get(name, name) for name in names]
    return [name for name in names if name]


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(_text(item) for item in value) if isinstance(value, list | tuple) else (_text(value),)


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        raise ValueError(f"{value!r} stands where a text belongs"[:200])  # noqa: TRY004 — caught here
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{value!r} is no whole number")  # noqa: TRY004 — caught here
    return value


def _shaped(kind: str, value: Any) -> Any:
    """A YAML value in the shape of a field: texts stay texts even where YAML saw a number.

    Raises:
        ValueError: it has another shape.
    """
    if kind == "tuple[str, ...]":
        return _texts(value)
    if kind == "tuple[int, ...]":
        return tuple(_whole(item) for item in (value if isinstance(value, list) else [value]))
    if kind == "dict[str, str]":
        if not isinstance(value, dict | None):
            raise ValueError(f"{value!r} is no list of texts and what they mean")
        return {name: _text(code) for name, code in (value or {}).items()}
    if kind in {"str", "str | None"}:
        return _text(value)
    if kind == "bool":
        if not isinstance(value, bool):
            raise ValueError(f"{value!r} is neither true nor false")
        return value
    return (
        _whole(value) if kind in {"int", "int | None"} and not (value is None and "None" in kind) else value
    )


def parse(text: str, name: str = "mapping", *, unfilled: bool = False) -> Mapping:
    """The mapping of a YAML text.

    Args:
        text: the YAML.
        name: of its file, for faults.
        unfilled: let parts stand that still read ``???`` (to show what would be read).

    Raises:
        FaultsError: everything that is off in it, with lines.
    """
    parsed = load(text, name)
    reader = _Reader(name, parsed)
    given = parsed.data
    if not unfilled:
        _unfilled(reader, given)
    if not isinstance(given, dict):
        raise FaultsError([Fault(name, "is no mapping", "see `tidewaiter map FILE`, which proposes one")])
    mapping = _mapping(reader, _with_unit(given))
    if mapping is not None:
        _check(reader, mapping)
    if reader.faults or mapping is None:
        raise FaultsError(reader.faults)
    return mapping


def _with_unit(given: dict[str, Any]) -> dict[str, Any]:
    """The unit of all columns of numbers, given to those that tell none."""
    values = given.get("values")
    if "unit" not in given or not isinstance(values, list):
        return given
    bare = [isinstance(value, dict) and not {"unit", "unit_column"} & set(value) for value in values]
    filled = [
        {**value, "unit": given["unit"]} if lacks else value
        for value, lacks in zip(values, bare, strict=True)
    ]
    return {**{name: part for name, part in given.items() if name != "unit"}, "values": filled}


def _unfilled(reader: _Reader, given: Any, at: str = "") -> None:
    """What still reads ``???`` is to be filled in, except who publishes."""
    if isinstance(given, dict):
        for name, value in given.items():
            if name != "publisher":
                _unfilled(reader, value, f"{at} › {name}" if at else str(name))
    elif isinstance(given, list):
        for n, value in enumerate(given, 1):
            _unfilled(reader, value, f"{at} › {n}")
    elif isinstance(given, str) and UNKNOWN in given:
        part = at.split(STEP, maxsplit=1)[0]
        reader.fault(
            at, "is still to be filled in", _ALLOWED.get(at.rpartition(STEP)[2]) or _ALLOWED.get(part, "")
        )


def _mapping(reader: _Reader, given: dict[str, Any]) -> Mapping | None:
    def part(kind: type[Any], at: str) -> Callable[[Any], dict[str, Any]]:
        return lambda value: {at: reader.make(kind, at, value)}

    def dimension(at: str) -> Callable[[Any], dict[str, Any]]:
        def named(value: Any) -> dict[str, Any]:
            try:
                return {"columns": _texts(value)}
            except ValueError as error:
                reader.fault(f"{at}{STEP}column", str(error))
                return {}

        return lambda value: {at: reader.make(Dimension, at, value, column=named)}

    def several(at: str, make: Callable[[str, Any], Any]) -> Callable[[Any], dict[str, Any]]:
        def made(value: Any) -> dict[str, Any]:
            items = value if isinstance(value, list) else [value]
            return {at: tuple(make(f"{at} › {n}", item) for n, item in enumerate(items, 1))}

        return made

    def words(at: str, value: Any, **more: bool) -> dict[str, Any]:
        try:
            return {"values": _texts(value), **more}
        except ValueError as error:
            reader.fault(at, str(error))
            return {}

    def where(at: str, item: Any) -> Any:
        known = {"is": lambda value: words(at, value), "not": lambda value: words(at, value, negate=True)}
        return reader.make(Where, at, item, **known)

    mapping = reader.make(
        Mapping,
        "mapping",
        given,
        publisher=part(Publisher, "publisher"),
        file=part(FileSpec, "file"),
        preliminary=part(Flags, "preliminary"),
        suppressed=part(Flags, "suppressed"),
        marks=several("marks", lambda at, item: reader.make(Flags, at, item)),
        where=several("where", where),
        values=several("values", lambda at, item: reader.make(Value, at, item)),
        **{at: dimension(at) for at in DIMENSIONS},
    )
    return mapping if isinstance(mapping, Mapping) and not reader.faults else None


def _check(reader: _Reader, mapping: Mapping) -> None:
    for at in DIMENSIONS[1:]:
        part = getattr(mapping, at)
        if bool(part.columns) == bool(part.constant) and not all(value.flow for value in mapping.values):
            reader.fault(at, "needs either a column or a constant")
    period = mapping.period
    if not (period.columns or period.constant or all(v.period for v in mapping.values)):
        reader.fault("period", "needs a column or a constant, or each value its own period")
    _one_of(reader, f"period{STEP}format", period.format, PERIODS)
    _one_of(reader, f"file{STEP}format", mapping.file.format, ("", *FORMATS))
    _one_of(reader, f"file{STEP}decimal", mapping.file.decimal, (".", ","))
    if not 1 <= period.start <= _MONTHS:
        reader.fault(
            f"period{STEP}start", f"{period.start} is no month", "1 to 12: the first month of the year"
        )
    _check_patterns(reader, mapping)
    _check_codes(reader, mapping)
    for n, value in enumerate(mapping.values, 1):
        _check_value(reader, f"values{STEP}{n}", value)
    if not mapping.values:
        reader.fault("values", "no column of numbers is named")


def _one_of(reader: _Reader, at: str, given: str, allowed: tuple[str, ...]) -> None:
    if given not in allowed:
        reader.fault(
            at, f"{given!r} is none we know", f"known: {', '.join(name for name in allowed if name)}"
        )


def _check_patterns(reader: _Reader, mapping: Mapping) -> None:
    """Patterns are patterns, and small ones: a file of somebody else's must not stop us."""
    parts = {f"file{STEP}across": mapping.file.across, "edition": mapping.edition}
    parts |= {f"{at}{STEP}take": getattr(mapping, at).take for at in DIMENSIONS}
    for at, pattern in parts.items():
        try:
            if len(pattern) > _PATTERN or _NESTED.search(pattern):
                reader.fault(at, "the pattern is too long, or repeats what is repeated already")
            elif pattern and not re.compile(pattern).groups and at != "edition":
                reader.fault(at, "the pattern has no group", "(…) around the part that counts, (?P<period>…)")
        except (re.error, RecursionError, OverflowError) as error:
            reader.fault(at, f"is no pattern: {error}")


def _check_codes(reader: _Reader, mapping: Mapping) -> None:
    from tidewaiter.sources.mapping.partners import sources  # noqa: PLC0415 — reads the lists

    for at in ("reporter", "partner"):
        for code in getattr(mapping, at).codes:
            if code != UNKNOWN and code not in sources():
                reader.fault(
                    f"{at}{STEP}codes", f"no list is called {code!r}", f"known: {', '.join(sources())}"
                )


def _check_value(reader: _Reader, at: str, value: Value) -> None:
    if not value.unit and not value.unit_column:
        reader.fault(at, f"{value.column} has no unit", "write unit: 1e3 USD, or unit_column")
    _one_of(reader, f"{at}{STEP}zero", value.zero, ("", "blank"))
    _one_of(reader, f"{at}{STEP}span", value.span, ("", "to_date"))
    if value.period:
        try:
            Period.parse(value.period)
        except TidewaiterError as error:
            reader.fault(f"{at}{STEP}period", error.detail, error.hint)
    for unit in (value.unit, *value.units.values()):
        try:
            if unit:
                Unit.parse(unit)
        except TidewaiterError as error:
            reader.fault(f"{at}{STEP}unit", error.detail, error.hint)
