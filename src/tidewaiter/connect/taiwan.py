"""Taiwan's open data: files known by name, and any dataset of data.gov.tw by its number.

A dataset's page names its files (``distribution``); the files are then asked as addresses. Where the facts
were read: ``apis.yml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from tidewaiter.connect.call import Call
from tidewaiter.connect.connector import Dialect
from tidewaiter.connect.judge import Look, message, parse_json
from tidewaiter.errors import UnavailableError, UsageError

if TYPE_CHECKING:
    from tidewaiter.connect.query import Query

KNOWN = {
    "customs-totals": "https://opendata.customs.gov.tw/data/6053/csv.csv",
    "export-orders": "https://service.moea.gov.tw/EE520/opendata/b.csv",
}
_FORMATS = ("CSV", "JSON", "XLSX", "XLS", "ODS", "ZIP")  # the first that a dataset has is taken


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of a dataset."""

    format: str
    description: str
    address: str


@dataclass(frozen=True)
class Dataset(Dialect):
    """Asks for a dataset's page; the number stands in the query's address."""

    facts: ClassVar[str] = "taiwan"

    def plan(self, query: Query) -> list[Query]:
        """The dataset itself.

        Raises:
            UsageError: no number.
        """
        if not (query.address.isascii() and query.address.isdigit()):
            raise UsageError(
                f"{query.address!r} is no dataset",
                hint=f"a number of data.gov.tw (6053), or {', '.join(KNOWN)}",
            )
        return [query]

    def call(self, part: Query) -> Call:
        """The request for a dataset's page."""
        address = f"{self.base}/api/v2/rest/dataset/{part.address}"
        return Call(self.api.name, address, label=f"dataset {part.address}", suffix="json")

    def look(self, body: bytes, where: str) -> Look:
        """How many files it names.

        Raises:
            UnavailableError: a message in place of a list.
        """
        return Look(len(_distribution(body, where)))


def resources(body: bytes, where: str, wanted: str = "") -> list[Resource]:
    """The files of a dataset in the best format it has.

    Args:
        body: the dataset's page.
        where: for errors.
        wanted: only files whose description holds this text.

    Raises:
        UnavailableError: the page names no file that can be read.
    """
    found = [
        Resource(
            str(one.get("resourceFormat", "")).upper(),
            str(one.get("resourceDescription", "")),
            str(one["resourceDownloadUrl"]),
        )
        for one in _distribution(body, where)
        if isinstance(one, dict) and one.get("resourceDownloadUrl")
    ]
    fitting = [one for one in found if wanted.casefold() in one.description.casefold()]
    for form in _FORMATS:
        if chosen := [one for one in fitting if one.format == form]:
            return chosen
    there = "; ".join(f"{one.format} {one.description}" for one in found) or "none"
    raise UnavailableError(
        f"no file that can be read{f' with {wanted!r} in its description' if wanted else ''}",
        kind="not-found",
        where=where,
        hint=f"it names: {there[:300]}",
    )


def _distribution(body: bytes, where: str) -> list[Any]:
    given = parse_json(body, where)
    result = given.get("result") if isinstance(given, dict) else None
    found = result.get("distribution") if isinstance(result, dict) else None
    if not isinstance(found, list):
        raise message(given, where)
    return found
