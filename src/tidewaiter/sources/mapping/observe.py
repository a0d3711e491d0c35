"""From rows with resolved dimensions to observations: numbers, units, flags, and no key twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from tidewaiter.model.period import MONTHS, Period
from tidewaiter.sources.mapping.numbers import numbers
from tidewaiter.sources.mapping.resolve import Resolved, Telling, resolve
from tidewaiter.sources.mapping.units import unit_of_quantity

if TYPE_CHECKING:
    from tidewaiter.sources.gathering import Gathering
    from tidewaiter.sources.mapping.resolve import Rows
    from tidewaiter.sources.mapping.spec import Flags, Mapping, Value

_LISTED = 20
_TEXT = pl.String()
_MONTH = pl.Int32()


def observe(mapping: Mapping, rows: Rows, parts: tuple[Resolved, ...], found: Gathering) -> pl.DataFrame:
    """One row an observation: key, period, value, unit, preliminary and place.

    Args:
        mapping: what the columns of numbers are.
        rows: the rows that count.
        parts: period, flow, reporter, partner, commodity.
        found: where faults and findings go.
    """
    packed = _packed(parts)
    twice = packed.is_duplicated() if packed is not None and packed.n_unique() < rows.height else None
    add = bool(mapping.parts) and twice is not None
    if add and packed is not None:
        _told_apart(mapping, rows, packed, found)
    if packed is None and rows.height > 1:
        twice = pl.repeat(value=True, n=rows.height, dtype=pl.Boolean, eager=True)
    preliminary = _flagged(rows, mapping.preliminary)
    withheld = _flagged(rows, mapping.suppressed)
    base = _base(mapping, rows, parts, preliminary, packed if twice is not None else None)
    words = () if mapping.suppressed.column else mapping.suppressed.words
    columns = dict.fromkeys(value.unit_column for value in mapping.values)
    units = {column: _unit(column, mapping, rows, found) for column in columns if column}
    one = _Columns(base, rows, words, withheld, mapping.file.decimal, found)
    frames = []
    for value in mapping.values:
        frame = one.observe(value, units.get(value.unit_column) or Resolved([value.unit]))
        if add:
            frame = _added(frame)
        elif twice is not None and not found.faults:
            frame = _without_twins(frame, twice, value, rows, found)
        frames.append(frame.drop("row", "packed", strict=False))
    return pl.concat(frames)


def _packed(parts: tuple[Resolved, ...]) -> pl.Series | None:
    """The key of each row as one number; None when all parts are constants."""
    packed: pl.Series | None = None
    for part in parts:
        if part.index is None:
            continue
        at = part.index.cast(pl.Int64)
        packed = at if packed is None else packed * len(part.labels) + at
    return packed.alias("packed") if packed is not None else None


def _told_apart(mapping: Mapping, rows: Rows, packed: pl.Series, found: Gathering) -> None:
    """Rows that add up must differ in what parts them: a row given twice would count twice."""
    for column in mapping.parts:
        coded = rows.coded(column)
        packed = packed * len(coded.texts) + coded.index.cast(pl.Int64)
    again = packed.is_duplicated().arg_true()
    if not again.is_empty():
        columns = ", ".join(mapping.parts)
        problem = f"{len(again)} rows are alike in key and parts ({columns}): one of them would count twice"
        found.fault(rows.place(int(again[0]), columns), problem)


def _flagged(rows: Rows, flags: Flags) -> pl.Series | None:
    """Which rows carry one of the words; None: no such column, or no row does."""
    if not flags.column:
        return None
    coded = rows.coded(flags.column)
    fits = [text in flags.words or bool(flags.ends and text.endswith(flags.ends)) for text in coded.texts]
    marked = pl.Series(fits, dtype=pl.Boolean).gather(coded.index)
    return marked if marked.any() else None


def _base(
    mapping: Mapping,
    rows: Rows,
    parts: tuple[Resolved, ...],
    preliminary: pl.Series | None,
    packed: pl.Series | None,
) -> pl.DataFrame:
    period, flow, reporter, partner, commodity = parts
    cells = pl.format(rows.word + " {}", rows.lines())
    for column in mapping.place:
        coded = rows.coded(column)
        cells = pl.format("{} ({})", cells, pl.Series(coded.texts, dtype=pl.String).gather(coded.index))
    columns = {
        "reporter": reporter.column(_TEXT),
        "flow": flow.column(_TEXT),
        "commodity": commodity.column(_TEXT),
        "partner": partner.column(_TEXT),
        "first": period.column(_MONTH, lambda label: label[0] if label else 0),
        "last": period.column(_MONTH, lambda label: label[1] if label else 0),
        "preliminary": preliminary if preliminary is not None else pl.lit(value=False),
        "cell": cells,
    }
    if packed is not None:
        columns["packed"] = packed
    return pl.select(pl.int_range(rows.height, dtype=pl.UInt32).alias("row")).with_columns(**columns)


@dataclass(frozen=True)
class _Columns:
    """Columns of numbers over the same rows.

    Attributes:
        base: key, period, flags and place of each row.
        rows: the rows.
        words: texts in cells of numbers that say the number is withheld.
        withheld: rows whose numbers are withheld.
        decimal: the sign before decimals.
        found: where faults and findings go.
    """

    base: pl.DataFrame
    rows: Rows
    words: tuple[str, ...]
    withheld: pl.Series | None
    decimal: str
    found: Gathering

    def observe(self, value: Value, unit: Resolved) -> pl.DataFrame:
        """The observations of one column of numbers."""
        values = self._numbers(value)
        measure = unit.column(_TEXT, lambda text: value.key_measure(text or ""))
        frame = self.base.with_columns(value=values, unit=unit.column(_TEXT), measure=measure)
        frame = _with_unit(frame.filter(pl.col("value").is_not_null()), value, self.found)
        return _overridden(frame, value).with_columns(decimals=pl.lit(value.decimals, dtype=pl.Int16))

    def _numbers(self, value: Value) -> pl.Series:
        read = numbers(self.rows.table.column(value.column), self.words, self.decimal)
        for text, at in list(read.wrong.items())[:_LISTED]:
            many = f" ({len(at)} rows)" if len(at) > 1 else ""
            problem = f"{text.strip()!r} stands where a number belongs{many}"
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


def _with_unit(frame: pl.DataFrame, value: Value, found: Gathering) -> pl.DataFrame:
    if not value.unit_column:
        return frame
    bare = frame.filter(pl.col("unit") == "")
    if bare.height and (counted := bare.filter(pl.col("value") != 0).height):
        found.findings.append(f"{counted} numbers of {value.column} have no unit and were passed over")
    return frame.filter(pl.col("unit") != "") if bare.height else frame


def _overridden(frame: pl.DataFrame, value: Value) -> pl.DataFrame:
    """A column may have its own flow and its own period."""
    if value.flow:
        frame = frame.with_columns(flow=pl.lit(value.flow))
    if value.span == "to_date":
        frame = frame.with_columns(first=pl.col("last") - pl.col("last") % MONTHS)
    if value.period:
        period = Period.parse(value.period)
        frame = frame.with_columns(
            first=pl.lit(period.first, dtype=pl.Int32), last=pl.lit(period.last, dtype=pl.Int32)
        )
    return frame


def _added(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows that are parts of one number, added; the place is the first part's."""
    home = ["packed", "unit"]
    rest = [name for name in frame.columns if name not in (*home, "value", "preliminary", "cell")]
    count = pl.len()
    several = pl.format("{} and {} more", pl.col("cell").first(), count - 1)
    return (
        frame.group_by(home, maintain_order=True)
        .agg(
            pl.col("value").sum(),
            pl.col("preliminary").any(),
            pl.when(count > 1).then(several).otherwise(pl.col("cell").first()).alias("cell"),
            *(pl.col(name).first() for name in rest),
        )
        .select(frame.columns)
    )


def _without_twins(
    frame: pl.DataFrame, twice: pl.Series, value: Value, rows: Rows, found: Gathering
) -> pl.DataFrame:
    """A key given twice: with one value it counts once (a finding), with two it is a fault."""
    home = ["packed", "unit"] if "packed" in frame.columns else ["unit"]
    twins = frame.filter(twice.gather(frame["row"]))
    groups = twins.group_by(home).agg(pl.len(), pl.col("value").n_unique().alias("values"), pl.col("row"))
    groups = groups.filter(pl.col("len") > 1)
    if groups.is_empty():
        return frame
    split = groups.filter(pl.col("values") > 1).sort(pl.col("row").list.first())
    for row in split.head(_LISTED).iter_rows(named=True):
        _tell_twins(frame, row["row"], value, rows, found)
    if split.height > _LISTED:
        found.fault(value.column, f"{split.height - _LISTED} more series and periods are given twice")
    if same := int((groups.filter(pl.col("values") == 1)["len"] - 1).sum()):
        found.findings.append(f"{same} rows repeat a number of {value.column} and count once")
    return frame.unique(subset=home, keep="first", maintain_order=True)


def _tell_twins(frame: pl.DataFrame, at: list[int], value: Value, rows: Rows, found: Gathering) -> None:
    pair = frame.filter(pl.col("row").is_in(at[:2])).to_dicts()
    first, second = pair[0], pair[-1]
    key = ".".join(str(second[name]) for name in ("reporter", "flow", "commodity", "partner"))
    period = Period(second["first"], second["last"])
    found.fault(
        rows.place(at[1], value.column),
        f"{key} {period} is {second['value']:g} here and {first['value']:g} at {first['cell']}"
        + (f" ({len(at)} rows)" if len(at) > 2 else ""),  # noqa: PLR2004
        "one series has one number a period: a condition (where) is missing, or a part of the key",
    )
