"""UN Comtrade v1: the public preview without a key, the keyed service with one.

Asked with the totals of second partner, mode of transport and customs procedure, so that a partner has one
row. No partner named means all partners; ``world`` is code 0. Where the facts were read: ``apis.yml``.
"""

from __future__ import annotations

from dataclasses import dataclass

from tidewaiter.connect.apis import Api, apis
from tidewaiter.connect.call import Call
from tidewaiter.connect.connector import Dialect
from tidewaiter.connect.judge import Look, message, parse_json
from tidewaiter.connect.query import CUTS, TOTAL, Query, parts_of, short_enough
from tidewaiter.errors import UsageError
from tidewaiter.sources.mapping.partners import code_for

_LISTS = ("comtrade", "m49")
_FLOWS = {"exports": "X", "imports": "M"}
_TOTALS = (("partner2Code", "0"), ("customsCode", "C00"), ("motCode", "0"))
_LONGEST = 2000  # characters of an address; ours: longer ones are refused by many gateways


@dataclass(frozen=True)
class Comtrade(Dialect):
    """The dialect of UN Comtrade.

    Attributes:
        keyed: a key is at hand.
    """

    cuts: tuple[str, ...] = CUTS
    keyed: bool = False

    @property
    def api(self) -> Api:
        """Its facts."""
        return apis()["comtrade" if self.keyed else "comtrade-preview"]

    def plan(self, query: Query) -> list[Query]:
        """As many periods a call as the service takes.

        Raises:
            UsageError: an area that has no code there, no period.
        """
        if not query.reporters:
            raise UsageError("whose trade is to be fetched?", hint="--reporter TWN")
        for code in (*query.reporters, *query.partners):
            _code(code)
        parts = parts_of(query, self.api.periods)
        return [
            part
            for one in parts
            for part in short_enough(one, lambda q: len(self.call(q).shown), _LONGEST, self.cuts)
        ]

    def call(self, part: Query) -> Call:
        """The request for a part."""
        frequency = "A" if part.yearly else "M"
        periods = [
            str(p.start_year) if p.is_year else f"{p.start_year}{p.start_month:02d}" for p in part.periods
        ]
        codes = [code.upper() if code == TOTAL else code for code in part.commodities or (TOTAL,)]
        flows = [_FLOWS[flow] for flow in part.flows or tuple(_FLOWS)]
        params = [
            ("reporterCode", ",".join(_code(one) for one in part.reporters)),
            ("period", ",".join(periods)),
            ("cmdCode", ",".join(codes)),
            ("flowCode", ",".join(flows)),
            *_TOTALS,
            ("includeDesc", "TRUE"),
        ]
        if part.partners:
            params.insert(1, ("partnerCode", ",".join(_code(one) for one in part.partners)))
        path = "data/v1/get" if self.keyed else "public/v1/preview"
        label = f"{'+'.join(part.reporters)} {'+'.join(flows)} {'+'.join(codes)} {part.span}"
        address = f"{self.base}/{path}/C/{frequency}/HS"
        return Call(self.api.name, address, tuple(params), label=label, suffix="json")

    def look(self, body: bytes, where: str) -> Look:
        """The rows of ``data`` and the ``count`` beside them.

        Raises:
            UnavailableError: a message in place of data.
        """
        given = parse_json(body, where)
        rows = given.get("data") if isinstance(given, dict) else None
        if not isinstance(rows, list) or given.get("error"):
            raise message(given, where)
        said = given.get("count")
        return Look(len(rows), said if isinstance(said, int) and not isinstance(said, bool) else None)


def _code(area: str) -> str:
    if (code := code_for(area, _LISTS)) is None:
        raise UsageError(f"UN Comtrade has no code for {area}", hint="a country or territory, EU, or world")
    return code
