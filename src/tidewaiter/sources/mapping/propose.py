"""A mapping for a file nobody has seen: columns judged by their headings and by what they hold.

The proposal is a YAML to be corrected and kept; what could not be known is written ``???`` and refused
until it is filled in. What was judged, and on what grounds, stands beside it as comments.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from tidewaiter.errors import UnknownLayoutError
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.mapping.columns import Columns
from tidewaiter.sources.mapping.commodities import slug
from tidewaiter.sources.mapping.detect import Layout, layout_of
from tidewaiter.sources.mapping.figures import is_figure
from tidewaiter.sources.mapping.headings import flow_in, says
from tidewaiter.sources.mapping.measures import values
from tidewaiter.sources.mapping.profile import Profile, decimal_comma, is_total, profiles
from tidewaiter.sources.mapping.proposal import Proposal, Sample, sample
from tidewaiter.sources.mapping.regions import area_in, office_of, partner, reporter, turned
from tidewaiter.sources.mapping.resolve import Rows
from tidewaiter.sources.mapping.roles import columns_of, commodity, fiscal_start, flow, preliminary, time
from tidewaiter.sources.mapping.spec import UNKNOWN, FileSpec
from tidewaiter.sources.mapping.tabular import Head, Tabular, all_rows, head_of, read_table, sheets_of
from tidewaiter.sources.mapping.who import named_in, reporter_of

if TYPE_CHECKING:
    from tidewaiter.sources.protocol import Blob

__all__ = ["Proposal", "Sample", "propose", "sample"]

_PRELIMINARY = ("p", "provisional", "preliminary", "初步值", "初步", "prel", "prov", "provisorio", "速報")
_WITHHELD = ("c", "conf", "confidential", "suppressed", "s", "(d)", "d", "x")
_SECRET = ("c", "C", "s", "S", "x", "X", "(D)", "conf", "conf.", "**")
_FEW = 60  # texts of a column that cuts numbers further
_FLAGS = 20  # texts of a column of flags
_START = 8_000_000  # bytes of a file from which its shape is judged
_END = 20_000  # bytes of its end
_TITLE = 300  # signs of a title that are kept
_RECORDS = 6  # digits; codes of customs records have as many at least
_PARTS = (
    "province",
    "state",
    "port",
    "custom",
    "district",
    "mode",
    "transport",
    "regime",
    "depart",
    "via",
    "region",
    "office",
)


def propose(blob: Blob) -> Proposal:
    """A mapping for the file.

    Raises:
        UnknownLayoutError: it holds no table with a row of names.
    """
    head = head_of(blob)
    layout = _layout(blob, head)
    tab = read_table(blob, layout.spec, ())
    if tab is None or not tab.table.num_rows:
        raise UnknownLayoutError("no rows are found below the names", where=blob.name)
    free = Columns(profiles(tab.table), blob.name, layout.title)
    if decimal_comma(tab.table, head.delimiter):
        layout.spec = replace(layout.spec, decimal=",")
        free.profiles = profiles(tab.table, comma=True)
    free.notes.extend(layout.notes)
    free.across = bool(layout.spec.across)
    free.remarks = layout.remarks
    return _assign(free, tab, layout, head)


def _layout(blob: Blob, head: Head) -> Layout:
    """The shape of the table that holds most figures; the names of a typed file need no search."""
    if head.format == "parquet":
        return Layout(FileSpec(format="parquet"))
    best: tuple[int, Layout | None] = (0, None)
    for name in sheets_of(blob) if head.format == "xlsx" else ("",):
        rows = all_rows(_start(blob, head), FileSpec(sheet=name), head)
        figures = sum(is_figure(cell) for row in rows[:300] for cell in row)
        if figures > best[0] and (layout := layout_of(rows)) is not None:
            best = (figures, layout)
            layout.spec = replace(layout.spec, sheet=name)
    if best[1] is None:
        raise UnknownLayoutError("no row of column names over rows of numbers is found", where=blob.name)
    layout = best[1]
    if head.format == "xlsx" and layout.spec.sheet == sheets_of(blob)[0]:
        layout.spec = replace(layout.spec, sheet="")
    delimiter = "tab" if head.delimiter == "\t" else head.delimiter
    layout.spec = replace(layout.spec, format=head.format, encoding=head.encoding, delimiter=delimiter)
    return layout


def _start(blob: Blob, head: Head) -> Blob:
    """The beginning and the end of a large text: enough for its shape."""
    if head.format != "csv" or len(blob.data) <= _START:
        return blob
    data = blob.data
    cut = data.rfind(b"\n", 0, _START) + 1
    end = data.find(b"\n", len(data) - _END) + 1
    return replace(blob, data=data[:cut] + data[end:])


def _assign(free: Columns, tab: Tabular, layout: Layout, head: Head) -> Proposal:
    """Columns get roles, one role after the other; a column has one role."""
    stem = free.file.rpartition("/")[2].rpartition(".")[0] or free.file
    columns = free.every = list(free.profiles)
    parts: dict[str, Any] = {
        "dataset": slug(stem).replace("_", "-") or "my-data",
        "title": free.title[:_TITLE] or stem,
        "publisher": {"name": UNKNOWN, "name_zh": UNKNOWN},
        "file": _file(layout.spec),
        "sniff": _sniff(layout, head, columns),
        "where": [],
    }
    parts["period"] = time(free)
    parts["flow"] = flow(free)
    if "constant" in parts["flow"] and "flow" in free.grounds:
        parts["says"] = flow_in(free.title) or flow_in(free.file.replace("_", " "))
        if not parts["says"]:
            del parts["says"]
    free.office = office_of(free)
    found = reporter(free)
    parts["commodity"] = commodity(free)
    parts["reporter"] = found or {}
    parts["partner"] = partner(free)
    names = named_in(f"{free.title} {stem}")
    alone = _column(columns, found) if found else None
    names = [area_in(text) for text in alone.texts] if alone else names
    home = names[0] if len(names) == 1 or (not found and names) else ""
    goods = _column(columns, parts["commodity"])
    records = goods is not None and max(goods.code_lengths(), default=0) >= _RECORDS
    parts["values"] = values(free, parts["flow"], home, records=records)
    _one_unit(parts)
    parts["reporter"] = found or reporter_of(free, parts)
    turned(free, parts)
    if layout.spec.section and layout.spec.section in columns_of(parts["commodity"]):
        _sections(free, tab, parts)
    fiscal_start(parts)
    parts |= preliminary(free, _column(columns, parts["period"]))
    parts |= _flags(free)
    parts |= _withheld(columns, parts)
    parts["where"] += free.conditions
    _totals(free, tab, parts)
    if not parts["where"]:
        del parts["where"]
    if free.profiles:
        free.note(f"not read: {', '.join(profile.name for profile in free.profiles)}")
    return Proposal(parts, free.notes, free.grounds, free.others)


def _sections(free: Columns, tab: Tabular, parts: dict[str, Any]) -> None:
    """Sections are goods only where rows need them to be told apart; else they group the partners."""
    goods, parts["commodity"] = parts["commodity"], {"constant": "total"}
    if "column" not in parts["partner"] or _twice(tab, parts):
        parts["commodity"] = goods
        return
    free.notes = [note for note in free.notes if "goods are told by name" not in note]
    free.note(f"the sections ({', '.join(columns_of(goods))}) only group the rows: they are not read")


def _one_unit(parts: dict[str, Any]) -> None:
    """Several columns of money whose unit is told nowhere have one: it is filled in once."""
    values = parts.pop("values")
    money = [v for v in values if v.get("unit") == UNKNOWN and not says(v["column"], "quantity")]
    if len(money) > 1:
        parts["unit"] = UNKNOWN
        for value in money:
            del value["unit"]
    parts["values"] = values


def _column(columns: list[Profile], part: dict[str, Any]) -> Profile | None:
    named = columns_of(part)
    return next((profile for profile in columns if profile.name in named[-1:]), None)


def _file(spec: FileSpec) -> dict[str, Any]:
    """The parts of a file that are not as usual."""
    usual = FileSpec()
    parts: dict[str, Any] = {}
    for item in fields(FileSpec):
        value = getattr(spec, item.name)
        if value != getattr(usual, item.name) and not (item.name == "header" and value == 1):
            parts[item.name] = list(value) if isinstance(value, tuple) else value
    return parts


def _sniff(layout: Layout, head: Head, columns: list[Profile]) -> list[str]:
    """Texts of one row by which the next file of the layout is known: names, not periods."""
    names = [profile.name for profile in columns]
    if not layout.spec.across and layout.spec.header_rows == 1:
        return [name for name in names if name != layout.spec.section][:12]
    if layout.spec.header_rows == 1 and not layout.spec.split:
        return [name for name in names if any(name in row for row in head.rows)][:12]
    del head
    if layout.spec.split:
        return [name for name in layout.named if layout.spec.split in name][:1]
    parts = [part for name in names for part in name.split(" / ")]
    return list(dict.fromkeys(part for part in parts if part in layout.named))[:12]


def _flags(free: Columns) -> dict[str, Any]:
    """A column that marks numbers as preliminary or withheld."""
    for profile in list(free.profiles):
        if not says(profile.name, "status") or len(profile.texts) > _FLAGS:
            continue
        done: dict[str, Any] = {}
        for part, known in (("preliminary", _PRELIMINARY), ("suppressed", _WITHHELD)):
            if words := [text for text in profile.texts if fold(text) in known or _speaks_of(text, part)]:
                done[part] = {"column": profile.name, "words": words}
        if done:
            free.profiles.remove(profile)
            return done
    return {}


def _speaks_of(text: str, part: str) -> bool:
    words = (
        ("prelim", "provis", "prov.", "初步", "暫", "速報")
        if part == "preliminary"
        else ("confid", "suppress", "secret")
    )
    return any(word in text.lower() for word in words) and "non-conf" not in text.lower()


def _withheld(columns: list[Profile], parts: dict[str, Any]) -> dict[str, Any]:
    """Words in columns of numbers that say a number is withheld or that there is none."""
    named = {value["column"] for value in parts["values"]}
    texts = {
        text for profile in columns if profile.name in named for text in profile.texts if not is_figure(text)
    }
    words = sorted(text for text in texts if text in _SECRET)
    return {"suppressed": {"words": words}} if words and "suppressed" not in parts else {}


def _twice(tab: Tabular, parts: dict[str, Any]) -> bool:
    """Some rows that count have the same key."""
    dimensions = ("period", "flow", "reporter", "partner", "commodity")
    columns = [name for at in dimensions for name in columns_of(parts[at])]
    columns += [value["unit_column"] for value in parts["values"] if value.get("measure") == "*"]
    columns += parts.get("parts", [])
    rows = Rows(tab, None)
    keep = pl.repeat(value=True, n=rows.height, dtype=pl.Boolean, eager=True)
    for condition in parts["where"]:
        coded = rows.coded(condition["column"])
        negate = "not" in condition
        fits = [(text in condition["not" if negate else "is"]) is not negate for text in coded.texts]
        keep = keep & pl.Series(fits, dtype=pl.Boolean).gather(coded.index)
    if not columns:
        return int(keep.sum()) > 1
    return bool(rows.joined(columns).index.filter(keep).is_duplicated().any())


def _totals(free: Columns, tab: Tabular, parts: dict[str, Any]) -> None:
    """Where keys come twice: columns that cut each number further count with their total only."""
    for profile in list(free.profiles):
        if not _twice(tab, parts):
            return
        totals = [text for text in profile.texts if is_total(text)]
        if 1 < len(profile.texts) < _FEW and len(totals) == 1 and not profile.blank:
            parts["where"].append({"column": profile.name, "is": totals})
            free.note(f"only rows with {profile.name} {totals[0]} (its total) are read")
            free.profiles.remove(profile)
    if _twice(tab, parts):
        _apart(free, tab, parts)


def _rest_apart(free: Columns, tab: Tabular, parts: dict[str, Any]) -> bool:
    """The one other column that tells all rows of one key apart cuts numbers into parts."""
    before = parts.get("parts", [])
    for profile in free.profiles:
        if profile.fractional or len(profile.texts) < 2 or len(profile.texts) > _FEW:  # noqa: PLR2004
            continue
        parts["parts"] = [*before, profile.name]
        if not _twice(tab, parts):
            free.note(
                f"rows that differ in {profile.name} only are taken for parts of one number: they are added"
            )
            free.profiles.remove(profile)
            return True
    parts["parts"] = before
    if not before:
        del parts["parts"]
    return False


def _apart(free: Columns, tab: Tabular, parts: dict[str, Any]) -> None:
    """Rows of one key are told apart by a free column: a part (its rows add up), or else the goods."""
    for profile in list(free.profiles):
        if not any(word in profile.name.lower() for word in _PARTS) or len(profile.texts) < 2:  # noqa: PLR2004
            continue
        parts["parts"] = [*parts.get("parts", []), profile.name]
        free.profiles.remove(profile)
        free.note(f"rows that differ in {profile.name} only are parts of one number: they are added")
        if not _twice(tab, parts):
            return
    if "constant" not in parts["commodity"] and _rest_apart(free, tab, parts):
        return
    before = parts["commodity"]
    for profile in list(free.profiles) if "constant" in before else []:
        words = {text: "total" for text in profile.texts if is_total(text)}
        name = {"column": profile.name, "scheme": "name", "prefix": "item_", "words": words}
        parts["commodity"] = name
        if not profile.fractional and not _twice(tab, parts):
            free.note(f"{profile.name} tells rows of one key apart and is taken for the goods")
            free.profiles.remove(profile)
            return
    parts["commodity"] = before
    free.note("keys come twice: a condition (where) or a part of the key is missing")
