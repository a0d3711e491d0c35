"""A data set made ready for a mapping: values without statuses, units with their power, plain periods.

Three columns are added: ``TIME`` (the period as we write it), ``UNIT`` (``1e6 USD``) and ``STATUS``
(``P`` preliminary). Observations without a value are told by their status and left out; so are forecasts,
which are no levels.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from tidewaiter.errors import TidewaiterError
from tidewaiter.sources.sdmx.text import read_time
from tidewaiter.sources.sdmx.units import MEASURES, MULTIPLIERS, unit_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidewaiter.sources.gathering import Gathering
    from tidewaiter.sources.sdmx.message import DataSet

_STATUS = ("OBS_STATUS", "OBS_FLAG", "STATUS")
_CONFIDENTIAL = ("CONF_STATUS", "OBS_CONF")
_MISSING = {"", "nan", "null", ":", "-"}
PRELIMINARY = ("P", "PROV")
_SAID = {
    "M": "missing", "L": "missing, not collected", "H": "missing, holiday", "O": "missing",
    "Q": "suppressed: neither zero nor missing", "C": "confidential: neither zero nor missing",
}  # fmt: skip
_TOLD = {
    "E": ": estimates of the publisher",
    "I": ": imputed by the publisher",
    "B": ": at a break in the series",
    "A": "",
}
_FORECAST = "F"
_LISTED = 20


def prepared(data: DataSet, found: Gathering, words: dict[str, str] | None) -> DataSet:
    """The data set with its added columns.

    Args:
        data: as read from the message.
        found: where faults and findings go.
        words: codes of units the mapping knows → unit; None: the mapping has its unit elsewhere.
    """
    data = _with_values(data, found)
    table = data.table
    measure, multiplier = _first(data, MEASURES), _first(data, MULTIPLIERS)
    blank = pl.repeat("", table.height, dtype=pl.String, eager=True)
    units = pl.DataFrame(
        {
            "measure": table[measure] if measure else blank,
            "multiplier": table[multiplier] if multiplier else blank,
        }
    ).to_struct("both")

    def unit(both: dict[str, str]) -> str:
        if words is None:
            return ""
        code, power = both["measure"], both["multiplier"]
        return str(unit_of(words.get(code, code), power))

    time = str(data.column("TIME_PERIOD"))
    added = {
        "TIME": _each(data, table[time], lambda text: str(read_time(text)), time, found),
        "UNIT": _each(data, units, unit, measure or "UNIT_MEASURE", found),
        "STATUS": _status(data),
    }
    if (value := str(data.column("OBS_VALUE"))) != "OBS_VALUE":
        table = table.rename({value: "OBS_VALUE"})
    return replace(data, table=table.with_columns(**added))


def counted(count: int) -> str:
    """``1 observation``, ``2 observations``."""
    return f"{count} observation{'' if count == 1 else 's'}"


def _first(data: DataSet, names: tuple[str, ...]) -> str | None:
    return next((column for name in names if (column := data.column(name)) is not None), None)


def _each(
    data: DataSet, column: pl.Series, read: Callable[..., str], name: str, found: Gathering
) -> pl.Series:
    """A text for each row, read once for each distinct one; what does not read is a fault."""
    rows = column.to_list()
    keys = [str(value) for value in rows]
    done: dict[str, str] = {}
    for at, (key, value) in enumerate(zip(keys, rows, strict=True)):
        if key in done:
            continue
        try:
            done[key] = read(value)
        except TidewaiterError as error:
            done[key] = ""
            if len(found.faults) < _LISTED:
                found.fault(
                    f"{data.places[at]}, {name}", f"{error.detail} ({keys.count(key)} rows)", error.hint
                )
    return pl.Series([done[key] for key in keys], dtype=pl.String)


def _statuses(data: DataSet) -> pl.Series:
    column = _first(data, _STATUS)
    texts = data.table[column] if column else pl.repeat("", data.table.height, dtype=pl.String, eager=True)
    return texts.str.to_uppercase()


def _status(data: DataSet) -> pl.Series:
    return pl.Series(["P" if text in PRELIMINARY else "" for text in _statuses(data)], dtype=pl.String)


def _with_values(data: DataSet, found: Gathering) -> DataSet:
    """Only observations with a value that is a level; the others are counted by their status."""
    values = data.table[str(data.column("OBS_VALUE"))].str.strip_chars()
    statuses = _statuses(data)
    hidden = _first(data, _CONFIDENTIAL)
    secret = (
        data.table[hidden].is_in(["C", "D", "S"])
        if hidden
        else pl.repeat(value=False, n=len(values), eager=True)
    )
    empty = values.str.to_lowercase().is_in(list(_MISSING))
    forecast = ~empty & (statuses == _FORECAST)
    told = Counter(
        _SAID["C"] if confidential else _SAID.get(status, "no status says why")
        for status, confidential, bare in zip(statuses, secret, empty, strict=True)
        if bare
    )
    found.findings.extend(f"{counted(count)} without a value ({why})" for why, count in told.items())
    for status, why in _TOLD.items():
        if why and (count := int((~empty & (statuses == status)).sum())):
            found.findings.append(f"{counted(count)}{why} (status {status})")
    if forecast.any():
        found.findings.append(f"{counted(int(forecast.sum()))}: forecasts (status F); passed over")
    keep = ~empty & ~forecast
    return replace(data, table=data.table.filter(keep), places=data.places.filter(keep))
