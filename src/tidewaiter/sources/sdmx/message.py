"""Data messages as values: data sets of texts, with the structure they name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidewaiter.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import polars as pl

_SHORT = re.compile(r"(?:.*=)?(?P<agency>[\w.\-]+):(?P<id>[\w@$\-]+)(?:\((?P<version>[^)]*)\))?\Z")
_VALUE, _TIME = "OBS_VALUE", "TIME_PERIOD"


@dataclass(frozen=True, slots=True)
class Flow:
    """A dataflow (or the data structure, where a message names only that).

    Examples:
        >>> Flow.parse("urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=IMF.STA:IMTS(1.0.0)")
        Flow(agency='IMF.STA', id='IMTS', version='1.0.0')
    """

    agency: str = ""
    id: str = ""
    version: str = ""

    @classmethod
    def parse(cls, text: str) -> Flow:
        """``ESTAT:DS-045409(1.0)`` or a URN; any other text is taken for the identifier alone."""
        match = _SHORT.match(text.strip())
        return cls(match["agency"], match["id"], match["version"] or "") if match else cls("", text.strip())

    def __str__(self) -> str:
        version = f"({self.version})" if self.version else ""
        return f"{self.agency}:{self.id}{version}" if self.agency else self.id or "an unnamed dataflow"


@dataclass(frozen=True)
class DataSet:
    """One data set of a message.

    Attributes:
        flow: what it is an extract of.
        table: one column a component, one row an observation, all texts.
        places: where each observation stands (``line 14``), one a row.
        dimensions: which columns are dimensions; None where the syntax does not tell.
        names: component → code → name, as far as the message holds its code lists.
        title: name of the dataflow, empty when the message does not tell.
        prepared: the day the message was made.
    """

    flow: Flow
    table: pl.DataFrame
    places: pl.Series
    dimensions: tuple[str, ...] | None = None
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    title: str = ""
    prepared: date | None = None

    def column(self, name: str) -> str | None:
        """The column of a component, whatever its case (``freq``, ``FREQ``)."""
        return next((found for found in self.table.columns if found.upper() == name.upper()), None)

    def texts(self, name: str) -> list[str]:
        """The distinct texts of a component that the data set may lack."""
        column = self.column(name)
        return sorted(set(self.table[column].to_list())) if column else []


def data_set(
    flow: Flow,
    rows: Sequence[dict[str, str]],
    places: Sequence[str],
    *,
    file: str,
    **told: object,
) -> DataSet:
    """A data set of rows of texts; what a row lacks is empty.

    Raises:
        FaultsError: no observations, or no component for values or time.
    """
    import polars as pl  # noqa: PLC0415 — only when a message is read

    names = dict.fromkeys(name for row in rows for name in row)
    table = pl.DataFrame(
        {name: [row.get(name, "") for row in rows] for name in names}, schema=dict.fromkeys(names, pl.String)
    )
    made = DataSet(flow, table, pl.Series("place", list(places), dtype=pl.String), **told)  # type: ignore[arg-type]
    return checked(made, file)


def checked(data: DataSet, file: str) -> DataSet:
    """The data set, if it holds observations.

    Raises:
        FaultsError: it does not.
    """
    if not data.table.height:
        problem = f"the message of {data.flow} holds no observations"
        raise FaultsError([Fault(file, problem, "a wrong code in a query answers so; look at the key")])
    lacking = [name for name in (_TIME, _VALUE) if data.column(name) is None]
    if lacking:
        has = ", ".join(data.table.columns)
        problem = f"the message of {data.flow} has no component {' and no '.join(lacking)}"
        raise FaultsError([Fault(file, problem, f"it has {has[:300]}")])
    return data
