"""Dataflows nobody told us about, read by the names of their concepts.

``REF_AREA`` reports, ``COUNTERPART_AREA`` is the partner, ``TRADE_FLOW`` the flow: cross-domain concepts
have fixed names, and agencies keep near them. A dimension that is none of these is passed over only where
all its codes say "total" or "not applicable"; any other is an error, for a number must not be taken for
more than it is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.errors import Fault, FaultsError
from tidewaiter.model.release import Publisher
from tidewaiter.sources.mapping import partners
from tidewaiter.sources.mapping.commodities import slug
from tidewaiter.sources.mapping.headings import flow_word
from tidewaiter.sources.mapping.spec import HS, Dimension, Flags, Mapping, Value
from tidewaiter.sources.sdmx.units import MEASURES, MULTIPLIERS

if TYPE_CHECKING:
    from tidewaiter.sources.sdmx.message import DataSet

CONCEPTS: dict[str, tuple[str, ...]] = {
    "reporter": ("REF_AREA", "REPORTER", "REPORTING_AREA", "REPORTING_COUNTRY", "COUNTRY", "GEO"),
    "partner": ("COUNTERPART_AREA", "COUNTERPART_COUNTRY", "PARTNER", "PARTNER_COUNTRY", "COUNTERPART"),
    "flow": ("TRADE_FLOW", "FLOW", "FLOW_DIRECTION", "INDICATOR"),
    "commodity": ("COMMODITY", "PRODUCT", "COMMODITY_CODE", "HS", "CMD", "PRODUCT_CODE"),
}
WORLD = ("W", "W0", "W00", "W1", "WLD", "WORLD", "WL", "G001", "_T", "TOT", "TOTAL", "1W")
TOTALS = ("_T", "_Z", "T", "TOTAL", "TOT", "ALL", "_X")
_NOT_ADJUSTED = ("N", "NSA", "_Z", "_T", "NN")
_ADJUSTMENT = ("ADJUSTMENT", "SEASONAL_ADJUST", "S_ADJUST")
_PLAIN = ("V", "VAL", "VALUE", "USD", "EUR", "TV", "TRADE_VALUE")
_SIDE = (
    "FREQ", "FREQUENCY", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "OBS_FLAG", "CONF_STATUS", "OBS_CONF",
    "DECIMALS", "DECIMALS_DISPLAYED", "TIME_FORMAT", "PREBREAK", "COLL_METHOD", "COMMENT", "COMMENT_OBS",
    "OBS_COMMENT", "BASE_PER", "BASE_PERIOD", "PRICE_BASE", "REF_YEAR_PRICE", "TITLE", "SOURCE",
    "LAST UPDATE", "LAST_UPDATE", "PRECISION", "STATUS", "STRUCTURE_ID", "DATAFLOW", "EMBARGO_TIME",
)  # fmt: skip
_NOTED = re.compile(
    r"(?:TITLE|COMMENT|NOTE|SOURCE|CITATION|LICENSE|LICENCE|DESCRIPTION|CONTACT|.*_(?:NOTE|DESC|TEXT|LABEL|CITATION))\w*\Z"
)
_HS_CODE = re.compile(r"(?:HS\d*_?)?\d{2,12}\Z")


def mapping_of(data: DataSet, file: str) -> Mapping:
    """How a data set of an unknown dataflow is read.

    Raises:
        FaultsError: a part of the key that no concept gives, or a dimension nobody knows.
    """
    columns = {part: _column(data, names) for part, names in CONCEPTS.items()}
    faults = [
        Fault(file, f"{data.flow} has no dimension for the {part}", f"known: {', '.join(CONCEPTS[part])}")
        for part in ("reporter", "flow")
        if columns[part] is None
    ]
    taken = {column for column in columns.values() if column}
    faults += [
        fault for name in _dimensions(data) if name not in taken and (fault := _left(data, name, file))
    ]
    faults += _unknown_flows(data, columns["flow"], file)
    if faults:
        hint = f"`tidewaiter map {file}` proposes a mapping to correct; `tidewaiter load {file} --map my.yml`"
        raise FaultsError(faults, hint=hint)
    agency = data.flow.agency
    return Mapping(
        dataset="-".join(part for part in ("sdmx", slug(agency), slug(data.flow.id)) if part),
        title=data.title or str(data.flow) or "SDMX data message",
        publisher=Publisher(agency or "unknown", agency or "未詳"),
        authority=1,
        period=Dimension(columns=("TIME",), format="iso"),
        flow=_flow(data, columns["flow"]),
        reporter=_area(data, columns["reporter"]),
        partner=_area(data, columns["partner"]),
        commodity=_commodity(data, columns["commodity"]),
        values=(Value("OBS_VALUE", unit_column="UNIT", measure="*"),),
        preliminary=Flags(column="STATUS", words=("P",)),
        notes=("read by the names of its concepts; no mapping of this dataflow is kept",),
    )


def _column(data: DataSet, names: tuple[str, ...]) -> str | None:
    return next((column for name in names if (column := data.column(name)) is not None), None)


def _dimensions(data: DataSet) -> tuple[str, ...]:
    """The dimensions; where the syntax does not tell, every component that is no known attribute."""
    return data.dimensions if data.dimensions is not None else tuple(data.table.columns)


def _left(data: DataSet, name: str, file: str) -> Fault | None:
    """A dimension that is no part of our keys: None where it says nothing, else a fault."""
    upper = name.upper()
    if upper in (*_SIDE, *MEASURES, *MULTIPLIERS) or _NOTED.match(upper):
        return None
    codes = [code for code in data.texts(name) if code]
    allowed = _NOT_ADJUSTED if upper in _ADJUSTMENT else (*TOTALS, *_PLAIN) if upper == "MEASURE" else TOTALS
    other = [code for code in codes if code.upper() not in allowed]
    if not other:
        return None
    shown = ", ".join(other[:5]) + (f" and {len(other) - 5} more" if len(other) > 5 else "")  # noqa: PLR2004
    named = next((text for code in other if (text := data.names.get(name, {}).get(code))), "")
    problem = f"the component {name} of {data.flow} is no part of a key that we know ({shown}"
    return Fault(file, f"{problem}{f': {named}' if named else ''})", f"passed over where it is {allowed[0]}")


def _unknown_flows(data: DataSet, column: str | None, file: str) -> list[Fault]:
    if column is None:
        return []
    unknown = [code for code in data.texts(column) if not _flow_of(data, column, code)]
    hint = "exports, imports, X, M …, or a name of it in the message's code list"
    return [Fault(f"{file} › {column}", f"no flow is called {code!r}", hint) for code in unknown[:9]]


def _flow_of(data: DataSet, column: str, code: str) -> str:
    return flow_word(code) or flow_word(data.names.get(column, {}).get(code, ""))


def _flow(data: DataSet, column: str | None) -> Dimension:
    if column is None:
        return Dimension(constant="")
    return Dimension(
        columns=(column,), words={code: _flow_of(data, column, code) for code in data.texts(column)}
    )


def _area(data: DataSet, column: str | None) -> Dimension:
    """Areas by ISO or M49 code, by the codes for the world, and by the names in the message."""
    if column is None:
        return Dimension(constant="W00")
    words = dict.fromkeys(WORLD, "W00")
    lists = ("iso3", "iso2", "m49", partners.NAME)
    for code in data.texts(column):
        if code not in words and partners.area_of(code, lists) is None:
            named = partners.area_of(data.names.get(column, {}).get(code, ""), (partners.NAME,))
            words |= {code: named} if named else {}
    return Dimension(columns=(column,), words=words, codes=lists)


def _commodity(data: DataSet, column: str | None) -> Dimension:
    if column is None:
        return Dimension(constant="total")
    codes = data.texts(column)
    made = Dimension(columns=(column,), words=dict.fromkeys((*TOTALS, "TOTAL"), "total"))
    goods = [code for code in codes if code not in made.words]
    if all(_HS_CODE.match(code) for code in goods):
        return replace(made, words=made.words | {code: _hs(code) for code in goods}, scheme=HS)
    prefix = f"{slug(data.flow.id) or 'sdmx'}_"
    return replace(made, scheme="name", prefix=prefix)


def _hs(code: str) -> str:
    return f"HS{re.sub(r'HS[0-9]*_', '', code).removeprefix('HS')}"
