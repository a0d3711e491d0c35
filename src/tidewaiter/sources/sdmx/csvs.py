"""SDMX-CSV 1.0 and 2.x as data sets: texts stay as they stand, leading zeros and last digits included.

Version 1.0 names the dataflow in a column ``DATAFLOW``; version 2 has ``STRUCTURE``, ``STRUCTURE_ID`` and
``ACTION``. Dimensions stand before the value, attributes after it. With labels the header reads
``FREQ: Frequency`` and cells ``M: Monthly``, or names stand in columns of their own.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import polars as pl

from tidewaiter.errors import Fault, FaultsError
from tidewaiter.sources.mapping.spec import FileSpec
from tidewaiter.sources.mapping.tabular import head_of, read_table
from tidewaiter.sources.sdmx.message import DataSet, Flow, checked

if TYPE_CHECKING:
    from datetime import date

    from tidewaiter.sources.mapping.tabular import Tabular
    from tidewaiter.sources.protocol import Blob

_FLOWS = ("DATAFLOW", "STRUCTURE_ID")
_VALUE = "OBS_VALUE"
_LABEL = re.compile(r"([A-Za-z_][\w@$\-]*): .+")
_COMPONENT = re.compile(r"[A-Za-z_][\w@$\-]*\Z")
_NAMES = "STRUCTURE_NAME"
_LABELLED = re.compile(r"(\S+): (.+)", re.DOTALL)
_NO_DIMENSIONS = frozenset(
    {"DATAFLOW", "STRUCTURE", "STRUCTURE_ID", _NAMES, "ACTION", "LAST UPDATE", "SERIES_KEY", "OBS_KEY"}
)
_DELETES = "D"
_DAYS = ("%d/%m/%y %H:%M:%S", "%d/%m/%y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d")


def is_csv(blob: Blob) -> bool:
    """The first row names a dataflow or a structure, the time and the value."""
    head = head_of(blob)
    if head.format != "csv" or not head.rows:
        return False
    names = {_id(cell.strip()).upper() for cell in head.rows[0]}
    told = "DATAFLOW" in names or {"STRUCTURE", "STRUCTURE_ID"} <= {_bare(name) for name in names}
    return told and {"TIME_PERIOD", _VALUE} <= names


def read(blob: Blob) -> list[DataSet]:
    """One data set a dataflow named in the file.

    Raises:
        FaultsError: rows that do not read, no observations.
    """
    given = [cell.strip() for cell in head_of(blob).rows[0]]
    tab = read_table(blob, FileSpec(format="csv", header=1), [given[0]])
    if tab is None or tab.faults:
        raise FaultsError(tab.faults if tab else [])
    table = pl.DataFrame(pl.from_arrow(tab.table)).with_columns(pl.all().cast(pl.String).str.strip_chars())
    names, labels = [_bare(_id(name)) for name in table.columns], dict[str, dict[str, str]]()
    for name, column in zip(names, table.columns, strict=True):
        if _LABEL.fullmatch(column):
            labels[name] = _named(table[column])
    table.columns = names
    table = table.with_columns(
        pl.col(name).str.extract(r"^(\S+?)(?:: .*)?$").fill_null("") for name in labels
    )
    places = _places(tab)
    flow = next(name for name in _FLOWS if name in names)
    titles = table[_NAMES] if _NAMES in names else None
    labels |= _beside(table) if titles is not None else {}
    done = []
    for (text,), part in table.with_row_index("at").group_by(flow, maintain_order=True):
        kept = part.filter(_counts(part))
        at = kept["at"]
        done.append(
            DataSet(
                Flow.parse(str(text)),
                kept.drop("at", flow, "ACTION", "STRUCTURE", _NAMES, strict=False),
                places.gather(at),
                dimensions=_dimensions(names),
                names=labels,
                title=str(titles[int(at[0])]) if titles is not None and len(at) else "",
                prepared=_updated(kept),
            )
        )
    if not done:
        raise FaultsError([Fault(blob.name, "the message holds no observations", "a wrong code answers so")])
    return [checked(data, blob.name) for data in done]


def _places(tab: Tabular) -> pl.Series:
    """``line 14``: blank lines between are counted, as an editor counts them."""
    at = pl.int_range(tab.table.num_rows, eager=True, dtype=pl.Int64)
    if tab.skipped:  # the nth line skipped (from 0) stands before the row it would have been, less n
        before = pl.Series([line - tab.first - n for n, line in enumerate(sorted(tab.skipped))])
        at = at + before.search_sorted(at, side="right").cast(pl.Int64)
    return pl.select(pl.format(tab.word + " {}", at + tab.first).alias("place")).to_series()


def _id(cell: str) -> str:
    """The identifier of a heading with its label: ``FREQ: Frequency`` → FREQ."""
    match = _LABEL.fullmatch(cell)
    return match[1] if match else cell


def _bare(name: str) -> str:
    """``STRUCTURE[;]`` (which tells the sign between values of one cell) → STRUCTURE."""
    return name.partition("[")[0] if name.endswith("]") else name


def _named(column: pl.Series) -> dict[str, str]:
    pairs = (_LABELLED.fullmatch(text) for text in column.unique() if text)
    return {match[1]: match[2] for match in pairs if match}


def _beside(table: pl.DataFrame) -> dict[str, dict[str, str]]:
    """Names of codes in the column after that of the codes (OECD's CSV with labels)."""
    pairs = zip(table.columns, table.columns[1:], strict=False)
    return {
        code: dict(table.select(code, name).unique().iter_rows())
        for code, name in pairs
        if code.isupper() and not name.isupper() and code not in _NO_DIMENSIONS
    }


def _dimensions(names: list[str]) -> tuple[str, ...]:
    before = names[: next(at for at, name in enumerate(names) if name.upper() == _VALUE)]
    named = _NAMES in names  # names stand in columns of their own, headed by the name of the component
    fit = [name for name in before if _COMPONENT.match(name) and (name.isupper() or not named)]
    return tuple(name for name in fit if name.upper() not in _NO_DIMENSIONS)


def _counts(part: pl.DataFrame) -> pl.Expr:
    """Rows that tell an observation: not those that delete one, nor those that carry attributes alone."""
    time = next(name for name in part.columns if name.upper() == "TIME_PERIOD")
    keep = pl.col(time) != ""
    return keep & (pl.col("ACTION") != _DELETES) if "ACTION" in part.columns else keep


def _updated(part: pl.DataFrame) -> date | None:
    """The day of a column LAST UPDATE (Eurostat), where it is one."""
    texts = part["LAST UPDATE"].unique().to_list() if "LAST UPDATE" in part.columns else []
    days = []
    for text in texts:
        for form in _DAYS:
            try:
                days.append(datetime.strptime(text[:19], form).date())  # noqa: DTZ007 — a day, no moment
                break
            except ValueError:
                continue
    return max(days, default=None)
