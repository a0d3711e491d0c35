"""From rows with resolved dimensions to observations: numbers, units, flags, and no key twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from tidewaiter.model.period import Period
from tidewaiter.sources.blocks import DIMENSIONS, Block, Blocks, Resolved
from tidewaiter.sources.mapping.numbers import numbers
from tidewaiter.sources.mapping.resolve import Telling, resolve
from tidewaiter.sources.mapping.twins import Keys, added, told_apart, without_twins
from tidewaiter.sources.mapping.units import unit_of_quantity

if TYPE_CHECKING:
    from tidewaiter.sources.gathering import Gathering
    from tidewaiter.sources.mapping.resolve import Rows
    from tidewaiter.sources.mapping.spec import Flags, Mapping, Value

_LISTED = 20
_SHOWN = 60  # letters of a cell that an error tells


def observe(mapping: Mapping, rows: Rows, parts: tuple[Resolved, ...], found: Gathering) -> Blocks:
    """The observations of the rows: a block a column of numbers.

    Args:
        mapping: what the columns of numbers are.
        rows: the rows that count.
        parts: period, flow, reporter, partner, commodity.
        found: where faults and findings go.
    """
    with ThreadPoolExecutor(1) as thread:
        keys = Keys.of(parts)
        repeated = thread.submit(keys.repeated, rows.height)
        blocks = _blocks(mapping, rows, found)
        twice = repeated.result()
    preliminary = _flagged(rows, mapping.preliminary)
    if twice is not None and mapping.parts:
        if keys.packed is not None:
            told_apart(mapping, rows, keys.packed, found)
        packed = keys.or_one(rows.height)
        blocks = [added(block, twice, packed, preliminary) for block in blocks]
    elif twice is not None:
        for at, value in enumerate(mapping.values):
            if not found.faults:
                told = Telling(rows, value.column, found)
                blocks[at] = without_twins(blocks[at], twice, keys, told)
    period, flow, reporter, partner, commodity = parts
    named = dict(zip(DIMENSIONS, (reporter, flow, commodity, partner), strict=True))
    beside = tuple(Resolved(coded.texts, coded.index) for coded in map(rows.coded, mapping.place))
    return Blocks(rows.file, named, period, rows.lines, tuple(blocks), preliminary, beside)


def _blocks(mapping: Mapping, rows: Rows, found: Gathering) -> list[Block]:
    """The columns of numbers, as they stand in the rows."""
    words = () if mapping.suppressed.column else mapping.suppressed.words
    columns = dict.fromkeys(value.unit_column for value in mapping.values)
    units = {column: _unit(column, mapping, rows, found) for column in columns if column}
    one = _Columns(rows, words, _flagged(rows, mapping.suppressed), mapping.file.decimal, found)
    return [
        one.observe(value, units.get(value.unit_column) or Resolved([value.unit])) for value in mapping.values
    ]


def _flagged(rows: Rows, flags: Flags) -> pl.Series | None:
    """Which rows carry one of the words; None: no such column, or no row does."""
    if not flags.column:
        return None
    coded = rows.coded(flags.column)
    fits = [text in flags.words or bool(flags.ends and text.endswith(flags.ends)) for text in coded.texts]
    marked = pl.Series(fits, dtype=pl.Boolean).gather(coded.index)
    return marked if marked.any() else None


@dataclass(frozen=True)
class _Columns:
    """Columns of numbers over the same rows.

    Attributes:
        rows: the rows.
        words: texts in cells of numbers that say the number is withheld.
        withheld: rows whose numbers are withheld.
        decimal: the sign before decimals.
        found: where faults and findings go.
    """

    rows: Rows
    words: tuple[str, ...]
    withheld: pl.Series | None
    decimal: str
    found: Gathering

    def observe(self, value: Value, unit: Resolved) -> Block:
        """The observations of one column of numbers."""
        values = self._numbers(value)
        if value.unit_column:
            values = _with_unit(values, unit, value, self.found)
        whole = Period.parse(value.period) if value.period else None
        return Block(
            values,
            unit,
            _measure(unit, value),
            flow=value.flow,
            period=(whole.first, whole.last) if whole else None,
            to_date=value.span == "to_date",
            decimals=value.decimals,
        )

    def _numbers(self, value: Value) -> pl.Series:
        read = numbers(self.rows.table.column(value.column), self.words, self.decimal)
        for text, at in list(read.wrong.items())[:_LISTED]:
            many = f" ({len(at)} rows)" if len(at) > 1 else ""
            problem = f"{text.strip()[:_SHOWN]!r} stands where a number belongs{many}"
            self.found.fault(self.rows.place(at[0], value.column), problem)
        if len(read.wrong) > _LISTED:
            left = len(read.wrong) - _LISTED
            self.found.fault(value.column, f"{left} more texts stand where numbers belong")
        values, suppressed = read.values, read.suppressed
        if self.withheld is not None:
            suppressed += int((self.withheld & values.is_not_null()).sum())
            values = values.set(self.withheld, None)
        if suppressed:
            told = f"{suppressed} numbers of {value.column} are suppressed: neither zero nor missing"
            self.found.findings.append(told)
        return values.set(values == 0, None) if value.zero == "blank" else values


def _unit(column: str, mapping: Mapping, rows: Rows, found: Gathering) -> Resolved:
    """The units of a column of unit codes, resolved once for all columns of numbers that use it."""
    words = {
        text: unit
        for value in mapping.values
        if value.unit_column == column
        for text, unit in value.units.items()
    }
    coded = rows.coded(column)
    return resolve(coded, lambda text: unit_of_quantity(text, words), Telling(rows, column, found))


def _measure(unit: Resolved, value: Value) -> Resolved:
    """The measure of each row, by its unit."""
    told = [value.key_measure(text or "") for text in unit.labels]
    distinct = list(dict.fromkeys(told))
    if len(distinct) == 1 or unit.index is None:
        return Resolved(distinct)
    places = [distinct.index(measure) for measure in told]
    return Resolved(distinct, pl.Series(places, dtype=pl.UInt32).gather(unit.index))


def _with_unit(values: pl.Series, unit: Resolved, value: Value, found: Gathering) -> pl.Series:
    """Numbers without a unit are passed over."""
    bare = [label == "" for label in unit.labels]
    if not any(bare):
        return values
    if unit.index is None:
        none = pl.repeat(value=True, n=len(values), dtype=pl.Boolean, eager=True)
    else:
        none = pl.Series(bare, dtype=pl.Boolean).gather(unit.index)
    if counted := int((none & (values != 0)).sum()):
        found.findings.append(f"{counted} numbers of {value.column} have no unit and were passed over")
    return values.set(none, None)
