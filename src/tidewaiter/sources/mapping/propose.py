"""A mapping for a file nobody has seen: columns judged by their headings and by what they hold.

The proposal is a YAML to be corrected and kept; what could not be known is written ``???`` and refused
until it is filled in. What was judged, and on what grounds, stands beside it as comments.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl
import yaml

from tidewaiter.errors import UnknownLayoutError
from tidewaiter.model.period import Period
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.mapping.columns import Columns, period_of
from tidewaiter.sources.mapping.commodities import slug
from tidewaiter.sources.mapping.headings import says
from tidewaiter.sources.mapping.measures import values
from tidewaiter.sources.mapping.profile import TOTALS, decimal_comma, profiles
from tidewaiter.sources.mapping.read import read
from tidewaiter.sources.mapping.resolve import Rows
from tidewaiter.sources.mapping.roles import (
    columns_of,
    commodity,
    flow,
    partner,
    reporter,
    reporter_by_currency,
    time,
)
from tidewaiter.sources.mapping.spec import UNKNOWN, FileSpec, parse
from tidewaiter.sources.mapping.tabular import Head, Tabular, head_of, read_table
from tidewaiter.sources.printed import is_number
from tidewaiter.sources.table import KEY_COLUMNS

if TYPE_CHECKING:
    from tidewaiter.sources.protocol import Blob

_PRELIMINARY = ("p", "provisional", "preliminary", "初步值", "初步", "prel")
_WITHHELD = ("c", "conf", "confidential", "suppressed", "s", "(d)", "d")
_FEW = 60  # texts of a column that cuts numbers further
_FLAGS = 20  # texts of a column of flags
_WIDE = 0.7  # of the widest row: a row of names is about as wide as the rows of data


@dataclass
class Proposal:
    """A mapping as a YAML, with what was seen.

    Attributes:
        parts: the YAML as data, in order.
        notes: what was judged and what to look at.
    """

    parts: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def yaml(self) -> str:
        """The text to keep: notes as comments, one part a line where it fits."""
        lines = [f"# {note}" for note in self.notes]
        for name, value in self.parts.items():
            if name in {"values", "where"}:
                lines.append(f"{name}:")
                lines += [f"  - {_inline(item)}" for item in value]
            else:
                lines.append(f"{name}: {_inline(value)}")
        return "\n".join(lines) + "\n"

    @property
    def unknown(self) -> list[str]:
        """The parts that are still to be filled in, the publisher apart (he is only named, never used)."""
        return [name for name, part in self.parts.items() if name != "publisher" and UNKNOWN in _inline(part)]


@dataclass(frozen=True)
class Sample:
    """What a mapping would read.

    Attributes:
        rows: the first observations as texts: key, period, value, unit, place.
        observations: how many there are in all.
    """

    rows: list[list[str]]
    observations: int


def sample(blob: Blob, proposal: Proposal, rows: int) -> Sample:
    """The first observations the mapping reads; what is not known yet reads ``???``.

    Raises:
        FaultsError: with this mapping the file does not read.
    """
    filled = parse(proposal.yaml, unfilled=True)
    table = read(filled, blob).table
    taken = []
    for row in table.head(rows).iter_rows(named=True):
        period = str(Period(row["first"], row["last"]))
        key = [row[name] for name in KEY_COLUMNS]
        taken.append([*key, period, f"{row['value']:,.10g}", row["unit"], row["cell"]])
    return Sample(taken, table.height)


def _inline(value: Any) -> str:
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**6, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...").replace("? '' : ''", "'': ''")


def propose(blob: Blob) -> Proposal:
    """A mapping for the file.

    Raises:
        UnknownLayoutError: it holds no table with a row of names.
    """
    head = head_of(blob)
    at = header_row(head)
    if at is None:
        raise UnknownLayoutError("no row of column names is found in the first lines", where=blob.name)
    tab = read_table(blob, FileSpec(header=at + 1), ())
    if tab is None or not tab.table.num_rows:
        raise UnknownLayoutError("no rows are found below the names", where=blob.name)
    file = _file(head, at)
    if decimal_comma(tab.table, head.delimiter):
        file["decimal"] = ","
    title = " ".join(cell for row in head.rows[:at] for cell in row if cell)
    free = Columns(profiles(tab.table, comma="decimal" in file), blob.name, title)
    return _assign(free, tab, file)


def header_row(head: Head) -> int | None:
    """The first row that names columns: wide, texts all different, no number among them but periods."""
    if head.format in {"parquet", "json"}:
        return 0 if head.rows else None
    width = max((sum(bool(cell.strip()) for cell in row) for row in head.rows), default=0)
    for at, row in enumerate(head.rows):
        cells = [cell.strip() for cell in row if cell.strip()]
        plain = all(not is_number(cell) or period_of(cell) for cell in cells)
        words = sum(not is_number(cell) for cell in cells)
        if (
            len(cells) > 1
            and len(cells) >= _WIDE * width
            and plain
            and words
            and len(set(cells)) == len(cells)
        ):
            return at
    return None


def _file(head: Head, at: int) -> dict[str, Any]:
    parts: dict[str, Any] = {"format": head.format}
    if head.format == "csv":
        parts["encoding"] = head.encoding
        parts["delimiter"] = "tab" if head.delimiter == "\t" else head.delimiter
    if at:
        parts["header"] = at + 1
    return parts


def _assign(free: Columns, tab: Tabular, file: dict[str, Any]) -> Proposal:
    """Columns get roles, one role after the other; a column has one role."""
    stem = free.file.rpartition("/")[2].rpartition(".")[0] or free.file
    parts: dict[str, Any] = {
        "dataset": slug(stem).replace("_", "-") or "my-data",
        "title": free.title or stem,
        "publisher": {"name": UNKNOWN, "name_zh": UNKNOWN},
        "file": file,
        "sniff": [profile.name for profile in free.profiles][:12],
        "where": [],
    }
    across = free.across()
    parts["period"] = {"constant": ""} if across else time(free)
    parts["flow"] = flow(free)
    parts["commodity"] = commodity(free)
    parts["reporter"] = reporter(free)
    parts["partner"] = partner(free)
    parts["values"] = values(free, parts["flow"], across)
    reporter_by_currency(free, parts)
    parts |= _flags(free)
    _totals(free, tab, parts)
    if not parts["where"]:
        del parts["where"]
    if free.profiles:
        free.note(f"not read: {', '.join(profile.name for profile in free.profiles)}")
    return Proposal(parts, free.notes)


def _flags(free: Columns) -> dict[str, Any]:
    """A column that marks numbers as preliminary or withheld."""
    for profile in list(free.profiles):
        if not says(profile.name, "status") or len(profile.texts) > _FLAGS:
            continue
        for part, known in (("preliminary", _PRELIMINARY), ("suppressed", _WITHHELD)):
            if words := [text for text in profile.texts if fold(text) in known]:
                free.profiles.remove(profile)
                return {part: {"column": profile.name, "words": words}}
    return {}


def _twice(tab: Tabular, parts: dict[str, Any]) -> bool:
    """Some rows that count have the same key."""
    dimensions = ("period", "flow", "reporter", "partner", "commodity")
    columns = [name for at in dimensions for name in columns_of(parts[at])]
    rows = Rows(tab, None)
    keep = pl.repeat(value=True, n=rows.height, dtype=pl.Boolean, eager=True)
    for condition in parts["where"]:
        coded = rows.coded(condition["column"])
        fits = pl.Series([text in condition["is"] for text in coded.texts], dtype=pl.Boolean)
        keep = keep & fits.gather(coded.index)
    if not columns:
        return int(keep.sum()) > 1
    return bool(rows.joined(columns).index.filter(keep).is_duplicated().any())


def _totals(free: Columns, tab: Tabular, parts: dict[str, Any]) -> None:
    """Where keys come twice: columns that cut each number further count with their total only."""
    for profile in list(free.profiles):
        if not _twice(tab, parts):
            return
        totals = [text for text in profile.texts if fold(text) in TOTALS]
        if 1 < len(profile.texts) < _FEW and len(totals) == 1 and not profile.blank:
            parts["where"].append({"column": profile.name, "is": totals})
            free.note(f"only rows with {profile.name} {totals[0]} (its total) are read")
            free.profiles.remove(profile)
    if _twice(tab, parts):
        _kind_of_goods(free, tab, parts)


def _kind_of_goods(free: Columns, tab: Tabular, parts: dict[str, Any]) -> None:
    """A free column that tells rows of one key apart is taken for the goods, when none is known."""
    before = parts["commodity"]
    for profile in list(free.profiles) if "constant" in before else []:
        parts["commodity"] = {"column": profile.name, "scheme": "name", "prefix": f"{slug(profile.name)}_"}
        if not profile.fractional and not _twice(tab, parts):
            free.note(f"{profile.name} tells rows of one key apart and is taken for the goods")
            free.profiles.remove(profile)
            return
    parts["commodity"] = before
    free.note("keys come twice: a condition (where) or a part of the key is missing")
