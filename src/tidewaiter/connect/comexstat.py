"""Brazil, Comex Stat: the API (a question by POST), and the files by year.

An answer of the API does not say which flow it is, nor whose: the question does. So these answers are read
by a mapping made from the question, never by their content alone. Where the facts were read: ``apis.yml``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from tidewaiter.connect.call import Call
from tidewaiter.connect.connector import Dialect
from tidewaiter.connect.judge import Look, message, parse_json
from tidewaiter.connect.query import TOTAL, Query, each
from tidewaiter.errors import UsageError
from tidewaiter.model.release import Publisher
from tidewaiter.sources.mapping.partners import code_for
from tidewaiter.sources.mapping.source import MappedSource
from tidewaiter.sources.mapping.spec import Dimension, FileSpec, Mapping, Value

if TYPE_CHECKING:
    from tidewaiter.model.period import Period
    from tidewaiter.sources.protocol import Source

_DATASET = "brazil-comexstat"
_PUBLISHER = Publisher(
    "Ministry of Development, Industry, Commerce and Services, Brazil (Secex)", "巴西發展工商服務部"
)
_FLOWS = {"exports": "export", "imports": "import"}
_DETAILS = {8: "ncm", 6: "subHeading", 4: "heading", 2: "chapter"}
_COLUMNS = {8: "coNcm", 6: "subHeadingCode", 4: "headingCode", 2: "chapterCode"}
_VALUES = {
    "exports": (Value("metricFOB", "USD"), Value("metricKG", "kg")),
    "imports": (
        Value("metricFOB", "USD"),
        Value("metricFreight", "USD", measure="freight"),
        Value("metricInsurance", "USD", measure="insurance"),
        Value("metricKG", "kg"),
    ),
}
_WORLD = ("W00",)
_NAMES = {  # as the service writes them in English, where that is no name we know
    "Bonaire, Saint Eustatius and Saba": "BES", "Cote D'Ivore": "CIV", "Dominica Island": "DMA",
    "Falkland Islands (Malvinas)": "FLK", "French Guyana": "GUF", "Jersey": "JEY", "Northern Marianas": "MNP",
    "Americana Samoa": "ASM", "Saint Christopher and Nevis": "KNA", "Saint Vicent and the Granadines": "VCT",
    "French Southern Lands": "ATF", "Turks and Caicos, Islands": "TCA", "Virgin Islands (UK)": "VGB",
    "Virgin Islands (USA)": "VIR", "South Georgia and the South Sandwich Islands": "SGS",
    "Planes and ships provisions": "SHIP_STORES", "Not declared": "AREAS_NES",
}  # fmt: skip


def _check(query: Query) -> None:
    if set(query.reporters) - {"BRA"}:
        raise UsageError("this service knows the trade of Brazil only", hint="--reporter BRA")


@dataclass(frozen=True)
class ComexStat(Dialect):
    """The dialect of the API."""

    facts: ClassVar[str] = "comexstat"
    cuts: tuple[str, ...] = ("periods", "commodities", "partners")

    def plan(self, query: Query) -> list[Query]:
        """One part a flow and a length of codes; the world is asked by itself.

        Raises:
            UsageError: another reporter, a code of a length that is not there, a partner without code.
        """
        _check(query)
        whole = replace(
            query,
            reporters=("BRA",),
            flows=query.flows or tuple(_FLOWS),
            commodities=query.commodities or (TOTAL,),
        )
        lengths: dict[int, list[str]] = {}
        for code in whole.commodities:
            length = 0 if code == TOTAL else len(code)
            if length and (not code.isdigit() or length not in _DETAILS):
                raise UsageError(f"Comex Stat has no code {code}", hint="2, 4, 6 or 8 digits, or total")
            lengths.setdefault(length, []).append(code)
        others = tuple(area for area in whole.partners if area not in _WORLD)
        for area in others:
            _country(area)
        sides = [others] if others or not whole.partners else []
        sides += [_WORLD] if len(others) < len(whole.partners) else []
        return [
            replace(flow, commodities=tuple(codes), partners=side)
            for flow in each(whole, "flows")
            for codes in lengths.values()
            for side in sides
        ]

    def call(self, part: Query) -> Call:
        """The request for a part."""
        flow, length = part.flows[0], _length(part)
        filters: list[dict[str, object]] = []
        details = []
        if length:
            filters.append({"filter": _DETAILS[length], "values": list(part.commodities)})
            details.append(_DETAILS[length])
        if part.partners != _WORLD:
            details.append("country")
            if part.partners:
                filters.append(
                    {"filter": "country", "values": [int(_country(area)) for area in part.partners]}
                )
        span = part.span
        body = {
            "flow": _FLOWS[flow],
            "monthDetail": not part.yearly,
            "period": {"from": _month(span, first=True), "to": _month(span, first=False)},
            "filters": filters,
            "details": details,
            "metrics": [value.column for value in _VALUES[flow]],
        }
        codes = "+".join(part.commodities)
        label = f"BRA {flow} {codes} {'+'.join(part.partners) or 'all'} {span}"
        sent = json.dumps(body, separators=(",", ":"))
        return Call(
            self.api.name, f"{self.base}/general", (("language", "en"),), sent, label=label, suffix="json"
        )

    def look(self, body: bytes, where: str) -> Look:
        """The records of ``data.list``.

        Raises:
            UnavailableError: a message in place of data.
        """
        given = parse_json(body, where)
        data = given.get("data") if isinstance(given, dict) else None
        rows = data.get("list") if isinstance(data, dict) else None
        if not isinstance(rows, list) or given.get("success") is False:
            raise message(given, where)
        return Look(len(rows))

    def source(self, part: Query) -> Source | None:
        """A mapping made from the question."""
        length = _length(part)
        flow = part.flows[0]
        world = part.partners == _WORLD
        mapping = Mapping(
            dataset=_DATASET,
            title="Comex Stat, foreign trade of Brazil",
            publisher=_PUBLISHER,
            file=FileSpec(format="json"),
            period=Dimension(("year",), format="year")
            if part.yearly
            else Dimension(("year", "monthNumber"), format="month"),
            flow=Dimension(constant=flow),
            reporter=Dimension(constant="BRA"),
            partner=Dimension(constant="W00")
            if world
            else Dimension(("country",), words=_NAMES, codes=("name",)),
            commodity=Dimension((_COLUMNS[length],), digits=(length,), pad=length)
            if length
            else Dimension(constant=TOTAL),
            values=_VALUES[flow],
            notes=("FOB in US$; special trade; flow and reporter are those of the question",),
        )
        return MappedSource(_DATASET, mapping)


@dataclass(frozen=True)
class ComexStatFiles(Dialect):
    """The files by year: every code, partner, state and customs office of a year and flow."""

    facts: ClassVar[str] = "comexstat-bulk"

    def plan(self, query: Query) -> list[Query]:
        """One part a flow and year.

        Raises:
            UsageError: another reporter, or goods and partners, which files by year cannot leave out.
        """
        _check(query)
        if query.commodities or query.partners:
            raise UsageError("a file holds all goods and partners of a year", hint="leave out --bulk")
        years = tuple(dict.fromkeys(p.whole_year() for p in query.periods))
        whole = replace(query, reporters=("BRA",), flows=query.flows or tuple(_FLOWS), periods=years)
        return [part for flow in each(whole, "flows") for part in each(flow, "periods")]

    def call(self, part: Query) -> Call:
        """The request for a part."""
        name = f"{part.flows[0][:3].upper()}_{part.span.start_year}.csv"
        address = f"{self.base}/balanca/bd/comexstat-bd/ncm/{name}"
        return Call(self.api.name, address, label=name, suffix="csv")

    def look(self, body: bytes, where: str) -> Look:  # noqa: ARG002 — the same for all connectors
        """The lines after the header."""
        return Look(max(body.count(b"\n") - body.endswith(b"\n"), 0))


def _length(part: Query) -> int:
    return 0 if part.commodities[0] == TOTAL else len(part.commodities[0])


def _month(span: Period, *, first: bool) -> str:
    year, month = (span.start_year, span.start_month) if first else (span.end_year, span.end_month)
    return f"{year}-{month:02d}"


def _country(area: str) -> str:
    if (code := code_for(area, ("brazil",))) is None:
        raise UsageError(f"the code of {area} at Comex Stat is not known here", hint="leave out --partner")
    return code
