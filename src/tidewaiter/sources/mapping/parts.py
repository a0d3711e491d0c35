"""What a mapping consists of, as values; :mod:`~tidewaiter.sources.mapping.spec` reads them from a YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tidewaiter.model.release import Publisher
from tidewaiter.model.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Collection

HS = "HS"
UNKNOWN = "???"  # what a proposal could not know; refused until it is filled in
NAMES = "name"
FORMATS = ("csv", "json", "xlsx", "parquet")
PERIODS = ("any", "year", "month", "quarter", "roc", "iso", "fiscal", "fiscal_end")
DIMENSIONS = ("period", "flow", "reporter", "partner", "commodity")
_UNKNOWN = Publisher("unknown", "未詳")


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
        split: a sign that parts the first column into several, its heading (up to a backslash) and its
            cells alike: ``freq,partner,geo``.
        flags: name of a column made of the letters behind numbers (``12.5 p``), where headings become rows.
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
    split: str = ""
    flags: str = ""


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
        says: the flow that title or file name must speak of, where a user's mapping takes it from there.
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
    says: str = ""
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
        texts = set(replace(self, values=()).columns)
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
