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
    values:
      - {column: total_export_FOB, unit: NZD}
      - {column: qty, unit_column: uom, units: {KGM: kg, NMB: number}, measure: quantity}
    preliminary: {column: status, words: [Provisional]}
    suppressed: {words: [c], columns: {}}
    notes: [total_export_FOB includes re-exports]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

import yaml

from tidewaiter.errors import Fault, FaultsError, TidewaiterError
from tidewaiter.model.release import Publisher
from tidewaiter.model.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

HS = "HS"
UNKNOWN = "???"  # what a proposal could not know; refused until it is filled in
NAMES = "name"
FORMATS = ("csv", "json", "xlsx", "parquet")
_UNKNOWN = Publisher("unknown", "未詳")
PERIODS = ("any", "year", "month", "quarter", "roc", "iso", "fiscal")


@dataclass(frozen=True, slots=True)
class FileSpec:
    """How the file is written. Empty parts are found by looking at the file.

    Attributes:
        format: one of :data:`FORMATS`.
        encoding: a codec's name (``utf-8``, ``latin-1``, ``cp1252``, ``cp950``).
        delimiter: what parts the cells of a text.
        header: the line (from 1) that names the columns.
        trailing: rows end in one delimiter more than the header does.
        decimal: the sign before decimals; with ``,`` a point parts thousands.
        sheet: of a workbook, by name; empty: the first.
        header_rows: how many rows name the columns; their texts are joined by `` / ``.
        across: a pattern for headings that are no names but periods, countries … (see
            :mod:`~tidewaiter.sources.mapping.shape`); its groups become columns, the group ``column``
            names the column of numbers (``value`` without one).
        keep: columns that stay as they are though the pattern fits them.
        fill: columns whose blanks repeat the cell above.
        section: name of a column made of the rows that hold one text only and head what follows.
        notes: rows that hold one text only are passed over.
        rows_end: the table ends before a row that begins with one of these.
    """

    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    header: int = 0
    trailing: bool = False
    decimal: str = "."
    sheet: str = ""
    header_rows: int = 1
    across: str = ""
    keep: tuple[str, ...] = ()
    fill: tuple[str, ...] = ()
    section: str = ""
    notes: bool = False
    rows_end: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Where:
    """Rows that count: the text of ``column`` is one of ``values`` (``negate``: none of them)."""

    column: str
    values: tuple[str, ...]
    negate: bool = False


@dataclass(frozen=True, slots=True)
class Dimension:
    """One part of the key: a constant, or a column and how its texts become codes.

    Attributes:
        columns: columns whose texts make it; several are joined by a blank (year and month, say).
        constant: the code of all rows.
        words: text of the file → code.
        codes: code lists asked in this order (:mod:`tidewaiter.sources.mapping.partners`).
        blank: what an empty cell means; None: a fault.
        name: a column with the name of the code, told in faults.
        format: of a period, one of :data:`PERIODS`.
        start: first month of a fiscal year (4: April).
        scheme: of a commodity: prefix of its codes (``HS``), ``name`` for slugs of names.
        digits: lengths a code may have; empty: any.
        pad: zeros are put before shorter codes up to this length; -1: up to the next even one.
        fill: zeros are put behind shorter codes up to this length.
        strip: characters that part the digits (``.``), taken out.
        prefix: put before slugs and codes that are no HS.
        take: a pattern whose first group is the part of a text that counts (``([0-9]+) - .*``).
    """

    columns: tuple[str, ...] = ()
    constant: str = ""
    words: dict[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    blank: str | None = None
    name: str = ""
    format: str = "any"
    start: int = 1
    scheme: str = HS
    digits: tuple[int, ...] = ()
    pad: int = 0
    fill: int = 0
    strip: str = ""
    prefix: str = ""
    take: str = ""

    def taken(self, text: str) -> str:
        """The part of a text that counts; all of it where the pattern does not fit."""
        if not self.take or text in self.words:
            return text
        match = re.match(self.take, text)
        return (match[1] or "") if match and match.lastindex else text


@dataclass(frozen=True, slots=True)
class Value:
    """A column of numbers.

    Attributes:
        column: its name.
        unit: ``1e6 USD``; empty when each row tells its own.
        unit_column: the column of units.
        units: text of the unit column → unit; ``""``: no quantity.
        measure: part of the key; empty is value in US$. Left out: ``""`` for US$, else the unit's kind.
        flow: the flow of this column, where it differs from the row's.
        period: the period of this column, where periods stand in the header.
        decimals: decimals printed, where the file rounds.
        zero: ``blank`` where the file writes 0 for "no such number".
        span: ``to_date`` for numbers that run from January to the row's period.
    """

    column: str
    unit: str = ""
    unit_column: str = ""
    units: dict[str, str] = field(default_factory=dict)
    measure: str | None = None
    flow: str = ""
    period: str = ""
    decimals: int | None = None
    zero: str = ""
    span: str = ""

    def key_measure(self, unit: str) -> str:
        """The measure in keys, given the unit of the row; ``*`` asks for the unit's own."""
        if self.measure is not None and self.measure != "*":
            return self.measure
        if not unit or (self.unit_column and self.measure is None):
            return "quantity"
        kind = Unit.parse(unit).kind
        return {"USD": "", "kg": "weight"}.get(kind, kind.lower())


@dataclass(frozen=True, slots=True)
class Flags:
    """Words that mark rows (in ``column``) or stand in cells of numbers (no column).

    ``ends``: what a text that marks ends in (``2025-08p``).
    """

    column: str = ""
    words: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    told: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a YAML says; the module's text shows one in full.

    Attributes:
        edition: empty: the last period; else a pattern searched in the file's name, its first group
            is added (``edition([0-9]+)``).
        marks: rows that carry a mark are counted in a finding.
        open_end: the last period may be incomplete (a year to date told as a year): preliminary.
        place: columns whose texts are added to the place of each number (an HS edition, say).
        optional: columns a file may lack; what the mapping says of them is passed over then.
        parts: columns that cut a number into parts (state, port, regime): rows alike but for them add up.
    """

    dataset: str
    period: Dimension
    flow: Dimension
    reporter: Dimension
    values: tuple[Value, ...]
    partner: Dimension = Dimension(constant="W00")
    commodity: Dimension = Dimension(constant="total")
    title: str = ""
    publisher: Publisher = _UNKNOWN
    authority: int = 0
    file: FileSpec = FileSpec()
    sniff: tuple[str, ...] = ()
    sniff_not: tuple[str, ...] = ()
    where: tuple[Where, ...] = ()
    preliminary: Flags = Flags()
    suppressed: Flags = Flags()
    marks: tuple[Flags, ...] = ()
    edition: str = ""
    open_end: bool = False
    place: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the mapping needs, once each."""
        parts = (self.period, self.flow, self.reporter, self.partner, self.commodity)
        named = [name for part in parts for name in part.columns]
        named += [name for value in self.values for name in (value.column, value.unit_column)]
        named += [condition.column for condition in self.where]
        named += [flags.column for flags in (self.preliminary, self.suppressed, *self.marks)]
        return tuple(dict.fromkeys(name for name in (*named, *self.place, *self.parts) if name))

    @property
    def numbers(self) -> tuple[str, ...]:
        """Columns of nothing but numbers with a decimal point, as far as the mapping tells."""
        if self.file.decimal != ".":
            return ()
        texts = {name for name in replace(self, values=()).columns}
        texts |= {value.unit_column for value in self.values}
        return tuple(value.column for value in self.values if value.column not in texts)

    def without(self, lacking: Collection[str]) -> Mapping:
        """The mapping for a file that lacks some of its optional columns."""
        gone = set(lacking)
        return replace(
            self,
            values=tuple(v for v in self.values if v.column not in gone and v.unit_column not in gone),
            where=tuple(condition for condition in self.where if condition.column not in gone),
            marks=tuple(flags for flags in self.marks if flags.column not in gone),
            preliminary=Flags() if self.preliminary.column in gone else self.preliminary,
            suppressed=Flags() if self.suppressed.column in gone else self.suppressed,
            place=tuple(column for column in self.place if column not in gone),
            parts=tuple(column for column in self.parts if column not in gone),
        )


class _Reader:
    """Turns the parsed YAML into values and notes what is off."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []

    def fault(self, at: str, problem: str, hint: str = "") -> None:
        self.faults.append(Fault(f"{self.name} › {at}", problem, hint))

    def make(self, kind: type[Any], at: str, given: Any, **renamed: Callable[[Any], Any]) -> Any:
        """A dataclass from a mapping of YAML; unknown names are faults."""
        if not isinstance(given, dict):
            self.fault(at, f"{given!r} is not a list of names and values")
            return None
        known = {item.name: item for item in fields(kind)}
        parts = {}
        for key, value in given.items():
            if key in renamed:
                parts.update(renamed[key](value))
            elif key in known:
                parts[key] = _shaped(str(known[key].type), value)
            else:
                self.fault(f"{at} › {key}", "is nothing a mapping tells", f"known: {', '.join(known)}")
        try:
            return kind(**parts)
        except (TypeError, ValueError) as error:
            self.fault(at, str(error).replace(f"{kind.__name__}.__init__()", "this part"))
            return None


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else (str(value),)


def _shaped(kind: str, value: Any) -> Any:
    """A YAML value in the shape of a field: texts stay texts even where YAML saw a number."""
    if kind == "tuple[str, ...]":
        return _texts(value)
    if kind == "tuple[int, ...]":
        return tuple(int(item) for item in (value if isinstance(value, list) else [value]))
    if kind == "dict[str, str]":
        return {str(name): "" if code is None else str(code) for name, code in dict(value or {}).items()}
    if kind in {"str", "str | None"}:
        return "" if value is None else str(value)
    return value


def parse(text: str, name: str = "mapping", *, unfilled: bool = False) -> Mapping:
    """The mapping of a YAML text.

    Args:
        text: the YAML.
        name: of its file, for faults.
        unfilled: let parts stand that still read ``???`` (to show what would be read).

    Raises:
        FaultsError: everything that is off in it.
    """
    try:
        given = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise FaultsError([Fault(name, f"is not YAML: {error}")]) from error
    reader = _Reader(name)
    if not unfilled:
        _unfilled(reader, given)
    if not isinstance(given, dict):
        raise FaultsError([Fault(name, "is no mapping", "see `tidewaiter map FILE`, which proposes one")])
    mapping = _mapping(reader, given)
    if mapping is not None:
        _check(reader, mapping)
    if reader.faults or mapping is None:
        raise FaultsError(reader.faults)
    return mapping


def _unfilled(reader: _Reader, given: Any, at: str = "") -> None:
    """What still reads ``???`` is to be filled in, except who publishes."""
    if isinstance(given, dict):
        for name, value in given.items():
            if name != "publisher":
                _unfilled(reader, value, f"{at} › {name}" if at else str(name))
    elif isinstance(given, list):
        for n, value in enumerate(given, 1):
            _unfilled(reader, value, f"{at} › {n}")
    elif given == UNKNOWN:
        reader.fault(at, "is still to be filled in")


def _mapping(reader: _Reader, given: dict[str, Any]) -> Mapping | None:
    def part(kind: type[Any], at: str) -> Callable[[Any], dict[str, Any]]:
        return lambda value: {at: reader.make(kind, at, value)}

    def dimension(at: str) -> Callable[[Any], dict[str, Any]]:
        column = {"column": lambda value: {"columns": _texts(value)}}
        return lambda value: {at: reader.make(Dimension, at, value, **column)}

    def several(at: str, make: Callable[[str, Any], Any]) -> Callable[[Any], dict[str, Any]]:
        def made(value: Any) -> dict[str, Any]:
            items = value if isinstance(value, list) else [value]
            return {at: tuple(make(f"{at} › {n}", item) for n, item in enumerate(items, 1))}

        return made

    def where(at: str, item: Any) -> Any:
        return reader.make(
            Where,
            at,
            item,
            **{
                "is": lambda value: {"values": _texts(value)},
                "not": lambda value: {"values": _texts(value), "negate": True},
            },
        )

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
        **{at: dimension(at) for at in ("period", "flow", "reporter", "partner", "commodity")},
    )
    return mapping if isinstance(mapping, Mapping) and not reader.faults else None


def _check(reader: _Reader, mapping: Mapping) -> None:
    parts = {"flow": mapping.flow, "reporter": mapping.reporter, "partner": mapping.partner,
             "commodity": mapping.commodity}  # fmt: skip
    for at, part in parts.items():
        if bool(part.columns) == bool(part.constant) and not all(value.flow for value in mapping.values):
            reader.fault(at, "needs either a column or a constant")
    if mapping.period.format not in PERIODS:
        reader.fault("period › format", f"{mapping.period.format!r}", f"known: {', '.join(PERIODS)}")
    if (
        not mapping.period.columns
        and not mapping.period.constant
        and not all(v.period for v in mapping.values)
    ):
        reader.fault("period", "needs a column or a constant, or each value its own period")
    if mapping.file.format and mapping.file.format not in FORMATS:
        reader.fault("file › format", f"{mapping.file.format!r}", f"known: {', '.join(FORMATS)}")
    for n, value in enumerate(mapping.values, 1):
        _check_value(reader, f"values › {n}", value)
    if not mapping.values:
        reader.fault("values", "no column of numbers is named")


def _check_value(reader: _Reader, at: str, value: Value) -> None:
    if not value.unit and not value.unit_column:
        reader.fault(at, f"{value.column} has no unit", "write unit: 1e3 USD, or unit_column")
    for unit in (value.unit, *value.units.values()):
        try:
            if unit:
                Unit.parse(unit)
        except TidewaiterError as error:
            reader.fault(at, error.detail, error.hint)
