"""Eurostat Comext, dissemination API (SDMX 2.1 as SDMX-CSV), dataset DS-045409: HS 2-4-6 and CN8.

The key is ``freq.reporter.partner.product.flow.indicators``, an empty part meaning all, ``+`` between
several. An extraction that is too large is refused (413) or put off with a key for later; both are cut in
halves here until they are answered at once. Where the facts were read: ``apis.yml``. The monthly bulk files
are 7z archives, which nothing here unpacks: load them unpacked.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tidewaiter.connect.call import Call
from tidewaiter.connect.connector import Dialect
from tidewaiter.connect.judge import Look
from tidewaiter.connect.query import CUTS, TOTAL, Query
from tidewaiter.errors import UnavailableError, UsageError
from tidewaiter.sources.mapping.partners import code_for

_LISTS = ("eurostat", "iso2")
_FLOWS = {"imports": "1", "exports": "2"}
_INDICATORS = ("VALUE_IN_EUROS", "QUANTITY_IN_100KG")
_DATASET = "DS-045409"
_LENGTHS = frozenset({2, 4, 6, 8})
_LATER = re.compile(rb"EXTRACTION_TOO_BIG|\bSUBMITTED\b|\bPROCESSING\b|asynchronous", re.IGNORECASE)
_UPDATED = re.compile(r"(\d{2})/(\d{2})/(\d{2}|\d{4})(?: \d{2}:\d{2}(?::\d{2})?)?\Z")
_CENTURY, _SHORT = 2000, 100


@dataclass(frozen=True)
class Comext(Dialect):
    """The dialect of Eurostat's dissemination API for Comext."""

    facts: ClassVar[str] = "comext"
    cuts: tuple[str, ...] = CUTS

    def plan(self, query: Query) -> list[Query]:
        """All at once; what is too much is cut when the service says so.

        Raises:
            UsageError: no commodity, a code of a length that is not there, an area without code.
        """
        if not query.commodities:
            raise UsageError("which goods are to be fetched?", hint="--commodity 854231, or total")
        for code in query.commodities:
            if code != TOTAL and (not code.isdigit() or len(code) not in _LENGTHS):
                raise UsageError(f"Comext has no product {code}", hint="2, 4, 6 or 8 digits, or total")
        for area in (*query.reporters, *query.partners):
            _code(area)
        return [query]

    def call(self, part: Query) -> Call:
        """The request for a part."""
        form = "{p.start_year}" if part.yearly else "{p.start_year}-{p.start_month:02d}"
        products = [TOTAL.upper() if code == TOTAL else code for code in part.commodities]
        key = ".".join(
            "+".join(values)
            for values in (
                ("A" if part.yearly else "M",),
                [_code(area) for area in part.reporters],
                [_code(area) for area in part.partners],
                products,
                [_FLOWS[flow] for flow in part.flows or tuple(_FLOWS)],
                _INDICATORS,
            )
        )
        params = (
            ("startPeriod", form.format(p=part.periods[0])),
            ("endPeriod", form.format(p=part.periods[-1])),
            ("format", "SDMX-CSV"),
            ("compressed", "false"),
        )
        address = f"{self.base}/eurostat/api/comext/dissemination/sdmx/2.1/data/{_DATASET}/{key}"
        who = "+".join(part.reporters) or "all"
        label = f"{who} {'+'.join(part.partners) or 'all'} {'+'.join(products)} {part.span}"
        return Call(self.api.name, address, params, label=label, suffix="csv")

    def look(self, body: bytes, where: str) -> Look:
        """The lines after the header; an answer in XML is a refusal or a key for later.

        Raises:
            UnavailableError: no SDMX-CSV.
        """
        start = body.lstrip(b"\xef\xbb\xbf \r\n\t")
        if start.startswith(b"<"):
            if _LATER.search(start[:4096]):
                return Look(None, withheld="too much was asked to be answered at once")
            text = " ".join(re.sub(rb"<[^>]+>", b" ", start[:2048]).decode("utf-8", "replace").split())
            raise UnavailableError(f"a message, not data: {text[:160]}", kind="not-data", where=where)
        if not start.startswith((b"DATAFLOW", b"STRUCTURE")):
            raise UnavailableError("the answer is no SDMX-CSV", kind="not-data", retriable=True, where=where)
        return Look(sum(1 for line in body.splitlines() if line.strip()) - 1)

    def published(self, body: bytes) -> date | None:
        """The day of ``LAST UPDATE`` (``14/02/25 11:00:00``: day, month, year), alike in every row."""
        head = body[:65_536].decode("utf-8-sig", "ignore").splitlines()[:2]
        try:
            row = next(csv.DictReader(head), None) or {}
        except csv.Error:
            return None
        match = _UPDATED.match((row.get("LAST UPDATE") or "").strip())
        if match is None:
            return None
        year = int(match[3]) + (_CENTURY if int(match[3]) < _SHORT else 0)
        try:
            return date(year, int(match[2]), int(match[1]))
        except ValueError:
            return None


def _code(area: str) -> str:
    if (code := code_for(area, _LISTS)) is None:
        raise UsageError(f"Comext has no code for {area}", hint="a country or territory, EU, or world")
    return code
