"""US Census Bureau, ``timeseries/intltrade``: months of exports and imports by HS and country.

One call a flow, commodity and partner, all months at once. Names asked for come back as columns, and so do
the names asked with. Where the facts were read: ``apis.yml``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from tidewaiter.connect.call import Call
from tidewaiter.connect.connector import Dialect
from tidewaiter.connect.judge import Look, message, parse_json
from tidewaiter.connect.query import TOTAL, Query, each
from tidewaiter.errors import UsageError
from tidewaiter.sources.mapping.partners import code_for

_ASKED = {
    "imports": ("I_COMMODITY", ("GEN_VAL_MO", "CON_VAL_MO", "GEN_QY1_MO", "UNIT_QY1")),
    "exports": ("E_COMMODITY", ("ALL_VAL_MO", "QTY_1_MO", "UNIT_QY1")),
}
_LEVEL = "AG"
_LENGTHS = frozenset({2, 4, 6, 10})


@dataclass(frozen=True)
class Census(Dialect):
    """The dialect of the US Census Bureau."""

    facts: ClassVar[str] = "census"
    cuts: tuple[str, ...] = ("periods",)

    def plan(self, query: Query) -> list[Query]:
        """One part a flow, commodity and partner; years are asked by month.

        Raises:
            UsageError: another reporter, a code of a length the service has not, an area without code.
        """
        if set(query.reporters) - {"USA"}:
            raise UsageError("this service knows the trade of the United States only", hint="--reporter USA")
        for code in query.commodities:
            if code.isdigit() and len(code) not in _LENGTHS:
                raise UsageError(f"{code} has {len(code)} digits", hint="2, 4, 6 or 10 digits, or total")
        months = tuple(month for period in query.periods for month in period.each_month())
        whole = replace(
            query,
            reporters=("USA",),
            flows=query.flows or tuple(_ASKED),
            commodities=query.commodities or (TOTAL,),
            periods=months,
        )
        for area in query.partners:
            _country(area)
        return [
            part
            for flow in each(whole, "flows")
            for commodity in each(flow, "commodities")
            for part in each(commodity, "partners")
        ]

    def call(self, part: Query) -> Call:
        """The request for a part."""
        flow, code = part.flows[0], part.commodities[0]
        commodity, values = _ASKED[flow]
        get = [*values]
        params: list[tuple[str, str]] = []
        if code.startswith(_LEVEL):
            get.insert(0, commodity)
            params.append(("COMM_LVL", f"HS{code.removeprefix(_LEVEL)}"))
        else:
            params.append((commodity, "-" if code == TOTAL else code))
        if part.partners:
            get.append("CTY_NAME")
            params.append(("CTY_CODE", _country(part.partners[0])))
        else:
            get[:0] = ["CTY_CODE", "CTY_NAME"]
        first, last = part.periods[0], part.periods[-1]
        params.append(("time", str(first) if first == last else f"from {first} to {last}"))
        label = f"USA {flow} {code} {'+'.join(part.partners) or 'all'} {part.span}"
        address = f"{self.base}/data/timeseries/intltrade/{flow}/hs"
        return Call(self.api.name, address, (("get", ",".join(get)), *params), label=label, suffix="json")

    def look(self, body: bytes, where: str) -> Look:
        """The arrays after the first, which names the columns.

        Raises:
            UnavailableError: a message in place of data.
        """
        given = parse_json(body, where)
        if not isinstance(given, list) or not given or not all(isinstance(row, list) for row in given):
            raise message(given, where)
        return Look(len(given) - 1)


def _country(area: str) -> str:
    if (code := code_for(area, ("census",))) is None:
        raise UsageError(f"the Census Bureau has no country code for {area}", hint="Schedule C; or world")
    return code
