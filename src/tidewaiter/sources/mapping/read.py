"""A file read by its mapping: columns in, one table of observations out, all faults together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from tidewaiter.errors import TidewaiterError, UnknownNameError, UnparsableError
from tidewaiter.model.period import Period
from tidewaiter.model.release import Reading
from tidewaiter.nomenclature import flows
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.blocks import Resolved
from tidewaiter.sources.gathering import Gathering
from tidewaiter.sources.mapping import partners
from tidewaiter.sources.mapping.commodities import commodity_of
from tidewaiter.sources.mapping.observe import observe
from tidewaiter.sources.mapping.periods import read_period
from tidewaiter.sources.mapping.resolve import Coded, Rows, Telling, encode, resolve
from tidewaiter.sources.mapping.tabular import Tabular, read_table
from tidewaiter.sources.watching import tell_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidewaiter.sources.blocks import Blocks
    from tidewaiter.sources.mapping.spec import Dimension, Mapping
    from tidewaiter.sources.protocol import Blob

_FLOWS = ("re_exports", "re_imports", "domestic_exports")  # beside those of the list of flows


@dataclass(frozen=True)
class Key:
    """The dimensions of all rows. Period labels are (first, last) months."""

    period: Resolved
    flow: Resolved
    reporter: Resolved
    partner: Resolved
    commodity: Resolved

    def parts(self) -> tuple[Resolved, ...]:
        """All of them."""
        return (self.period, self.flow, self.reporter, self.partner, self.commodity)


def read(mapping: Mapping, blob: Blob) -> Reading:
    """Everything in the file that the mapping names.

    Raises:
        FaultsError: every fault of the file, with lines.
    """
    found = Gathering(blob.name)
    tab = _table(mapping, blob, found)
    tell_rows(blob.name, tab.table.num_rows)
    mapping = mapping.without([c for c in mapping.optional if c not in tab.table.column_names])
    if not mapping.values:
        found.fault("header", "the file has none of the columns of numbers that the mapping names")
        found.finish()
    kept = _kept(mapping, tab, found)
    rows = Rows(tab, kept)
    rows.prepare(_looked_up(mapping))
    numeric = rows.numeric(tab)
    if not rows.height:
        found.fault("", *_nothing(mapping, tab))
        found.finish()
    key = _key(mapping, rows, found)
    blocks = observe(mapping, rows, key.parts(), found)
    _marks(mapping, rows, found)
    if not blocks.height and not found.faults:
        found.fault("", "the file has the columns of this layout but no numbers")
    if found.faults:
        found.finish()
    return _reading(mapping, blob, blocks, numeric, found)


def _looked_up(mapping: Mapping) -> list[str]:
    """Columns whose texts are looked up: those of the key, and of units."""
    parts = (mapping.period, mapping.flow, mapping.reporter, mapping.partner, mapping.commodity)
    named = [name for part in parts for name in part.columns]
    return [name for name in (*named, *(value.unit_column for value in mapping.values)) if name]


def _table(mapping: Mapping, blob: Blob, found: Gathering) -> Tabular:
    needed = mapping.sniff or mapping.columns
    tab = read_table(blob, mapping.file, needed, mapping.columns, mapping.numbers)
    if tab is None:
        found.fault("header", f"no row names the columns {', '.join(needed)}", "see the mapping's columns")
        found.finish()
        raise AssertionError  # finish has raised
    found.faults.extend(tab.faults)
    if not tab.table.num_columns:
        found.finish()
    names = {fold(name): name for name in tab.table.column_names}
    optional = {fold(column) for column in mapping.optional}
    missing = [c for c in mapping.columns if fold(c) not in names and fold(c) not in optional]
    for column in missing:
        found.fault(
            f"header, {column}",
            "the file has no such column",
            f"it has {', '.join(names.values())[:300]}",
        )
    if missing:
        found.finish()
    back = {names[fold(column)]: column for column in mapping.columns if fold(column) in names}
    tab.table = tab.table.rename_columns([back.get(name, name) for name in tab.table.column_names])
    return tab


def _nothing(mapping: Mapping, tab: Tabular) -> tuple[str, str]:
    if tab.table.num_rows:
        return "no row is left by the mapping's conditions (where)", "; ".join(map(str, mapping.where))
    return (
        "the file has the columns of this layout but no rows",
        "a query with a wrong code answers so at times",
    )


def _kept(mapping: Mapping, tab: Tabular, found: Gathering) -> pl.Series | None:
    """Which rows count; None: all."""
    if not mapping.where:
        return None
    keep = pl.repeat(value=True, n=tab.table.num_rows, dtype=pl.Boolean, eager=True)
    for condition in mapping.where:
        coded = encode(tab.table.column(condition.column))
        fits = [(text in condition.values) is not condition.negate for text in coded.texts]
        one = pl.Series(fits, dtype=pl.Boolean).gather(coded.index)
        if passed := int((keep & ~one).sum()):
            sign = "is" if condition.negate else "is not"
            values = " or ".join(condition.values)
            found.findings.append(f"{passed} rows were passed over: {condition.column} {sign} {values}")
        keep = keep & one
    return None if keep.all() else keep.arg_true()


def _key(mapping: Mapping, rows: Rows, found: Gathering) -> Key:
    def period(text: str) -> tuple[int, int]:
        if not text:
            raise UnparsableError("the period is missing")
        words = mapping.period.words
        read_one = Period.parse(words[text]) if text in words else None
        read_one = read_one or read_period(text, mapping.period.format, mapping.period.start)
        return read_one.first, read_one.last

    def part(spec: Dimension, read_text: Callable[[str], object]) -> Resolved:
        return _dimension(spec, read_text, rows, found)

    def constant(text: str) -> tuple[int, int]:
        return period(text) if text else (0, 0)

    return Key(
        _dimension(mapping.period, period, rows, found, constant),
        part(mapping.flow, lambda text: flow_of(text, mapping.flow)),
        part(mapping.reporter, lambda text: area(text, mapping.reporter)),
        part(mapping.partner, lambda text: area(text, mapping.partner)),
        part(mapping.commodity, lambda text: commodity_of(text, mapping.commodity)),
    )


def _dimension(
    spec: Dimension,
    read_text: Callable[[str], object],
    rows: Rows,
    found: Gathering,
    as_constant: Callable[[str], object] = str,
) -> Resolved:
    if not spec.columns:
        return Resolved([as_constant(spec.constant)])
    coded = rows.joined(spec.columns)
    names = rows.coded(spec.name) if spec.name and spec.name in rows.table.column_names else None

    def blank_or(given: str) -> object:
        text = spec.taken(given)
        if not text and spec.blank is not None:
            return spec.blank
        if not text and "" not in spec.words:
            raise UnparsableError(
                "the cell is empty", hint="say blank: … in the mapping if that means something"
            )
        return read_text(text)

    if names is not None and spec.codes:
        _compare(coded, names, blank_or, found)
    telling = Telling(rows, ", ".join(spec.columns), found, lambda at: _named(coded, names, at))
    return resolve(coded, blank_or, telling)


def _compare(coded: Coded, names: Coded, read_text: Callable[[str], object], found: Gathering) -> None:
    """A code and the name beside it that speak of two areas: a finding, for a code list may be wrong."""
    for at, text in enumerate(coded.texts):
        named = (
            partners.area_of(names.texts[names.index[first]], (partners.NAME,))
            if (first := coded.index.index_of(at)) is not None
            else None
        )
        try:
            if named is not None and (code := read_text(text)) != named:
                found.findings.append(f"the code {text} is read as {code}, the name beside it says {named}")
        except TidewaiterError:
            continue


def _named(coded: Coded, names: Coded | None, at: int) -> str:
    """The name that stands beside a code: ``, named 'Free Zones'``."""
    if names is None:
        return ""
    first = coded.index.index_of(at)
    return f", named {names.texts[names.index[int(first)]]!r}" if first is not None else ""


def area(text: str, spec: Dimension) -> str:
    """The area of a cell.

    Raises:
        UnknownNameError: neither the mapping's words nor its lists hold it.
    """
    if text in spec.words:
        return spec.words[text]
    if (code := partners.area_of(text, spec.codes or (partners.NAME,))) is not None:
        return code
    lists = ", ".join(spec.codes or (partners.NAME,))
    hint = partners.candidates(text, "", spec.codes or (partners.NAME,))
    raise UnknownNameError(f"no area has the code or name {text!r} (lists: {lists})", hint=hint)


def flow_of(text: str, spec: Dimension) -> str:
    """The flow of a cell.

    Raises:
        UnknownNameError: the mapping's words do not hold it and it is no flow we know.
    """
    if text in spec.words:
        return spec.words[text]
    if fold(text) in _FLOWS:
        return fold(text)
    return flows().code_of(text)


def _marks(mapping: Mapping, rows: Rows, found: Gathering) -> None:
    for flags in mapping.marks:
        coded = rows.coded(flags.column)
        counts = coded.used()
        for at, text in enumerate(coded.texts):
            if text in flags.words and counts.get(at):
                found.findings.append(f"{counts[at]} rows with {flags.column} {text}: {flags.told}")


def _edition(mapping: Mapping, name: str, blocks: Blocks) -> str:
    """The last period, and what the file's name says about the edition where the mapping asks."""
    whole = Period(*blocks.last_span())
    edition = str(whole if whole.is_year else whole.last_month())
    if mapping.edition and (match := re.search(mapping.edition, name)):
        return f"{edition}.{match[match.lastindex or 0]}"
    return edition


def _reading(mapping: Mapping, blob: Blob, blocks: Blocks, numeric: int, found: Gathering) -> Reading:
    if mapping.open_end:
        _, last = blocks.last_span()
        blocks = blocks.preliminary_at(last)
        told = f"the period that ends {Period(last, last)} may be incomplete: it is marked preliminary"
        found.findings.append(told)
    return Reading(
        dataset=mapping.dataset,
        edition=_edition(mapping, blob.name, blocks),
        title=mapping.title or blob.name,
        publisher=mapping.publisher,
        observations=[],
        numeric_cells=numeric,
        layout_cells=max(numeric - blocks.height, 0),
        authority=mapping.authority,
        notes=mapping.notes,
        findings=tuple(found.findings),
        table=blocks,
    )
