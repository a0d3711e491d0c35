"""``tidewaiter fetch``: live connectors to open APIs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from tidewaiter.cli.common import Day, Flat, StoreFolder, examples
from tidewaiter.cli.output import emit
from tidewaiter.cli.talk import progress, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidewaiter.api import Store
    from tidewaiter.connect.connector import Connector
    from tidewaiter.connect.query import Query
    from tidewaiter.connect.run import Fetched, Obtained
    from tidewaiter.connect.work import Settings

_COLUMNS = (
    "question", "outcome", "rows", "bytes", "status", "fetched_at", "sha256", "address", "sent", "reason",
    "releases",
)  # fmt: skip
_SHOWN = ("question", "outcome", "rows", "bytes", "fetched_at", "releases")
_MIB = 512
_Several = Parameter(negative="", consume_multiple=True)
_List = Annotated[tuple[str, ...], _Several]
_Any = Annotated[tuple[str, ...] | None, _Several]
_Flag = Annotated[bool, Parameter(negative="")]


@Parameter(name="*")
@dataclass(frozen=True)
class Fetching:
    """Options of every connector.

    Attributes:
        load: Load the answers into the store. Without it they are archived only.
        plan: Say what would be asked, and ask nothing.
        fresh: Ask again what was answered within a day.
        published: Day the figures became known, where the answers tell none. Default: the day of fetching.
        base: Another host that answers alike (https://mirror.example).
        allow_private: Addresses in private networks may be asked.
        max_mib: Largest answer in MiB.
        format: table, csv, json (an array) or jsonl (one answer a line).
        store: Folder of the store. Answers are archived within.
    """

    load: _Flag = False
    plan: _Flag = False
    fresh: _Flag = False
    published: Annotated[Day | None, Parameter(help="Day the figures became known.")] = None
    base: Annotated[
        str | None, Parameter(help="Another host that answers alike (https://mirror.example).")
    ] = None
    allow_private: _Flag = False
    max_mib: int = _MIB
    format: Flat = "table"
    store: StoreFolder = None

    def open(self) -> Store:
        """The store."""
        from tidewaiter.api import open_store  # heavy

        return open_store(self.store)

    def settings(self, store: Store, tell: Callable[[str], None]) -> Settings:
        """How the fetch is made."""
        from tidewaiter.connect.work import Settings, bounds

        return Settings(
            store.folder,
            fresh=self.fresh,
            allow_private=self.allow_private,
            bounds=bounds(self.max_mib),
            tell=tell,
        )


def comtrade(
    *,
    reporter: _List,
    period: str,
    flow: _Any = None,
    commodity: _Any = None,
    partner: _Any = None,
    monthly: _Flag = False,
    options: Fetching | None = None,
) -> int:
    """UN Comtrade: the public preview, or the full service with a key (TIDEWAITER_COMTRADE_KEY).

    Without a key an answer holds 500 rows and one period; what is larger is asked in parts.

    Examples:
        tidewaiter fetch comtrade --reporter TWN --flow exports --commodity 847150 --period 2024..2025
        tidewaiter fetch comtrade --reporter TWN --partner USA --period 2025-01..2025-06 --load

    Args:
        reporter: Whose trade: codes or names of areas.
        period: Years (2024..2025) or months (2025-01..2025-06).
        flow: exports, imports. Default: both.
        commodity: HS codes, total, or a level (AG2, AG4, AG6). Default: total.
        partner: With whom: areas, or world. Default: all.
        monthly: Ask for years by month.
    """
    from tidewaiter.connect.apis import apis
    from tidewaiter.connect.comtrade import Comtrade
    from tidewaiter.connect.keys import key_for

    chosen = options or Fetching()
    connector = Comtrade(keyed=key_for(apis()["comtrade"]) is not None, base=chosen.base or "")
    return _ask(connector, _query(reporter, partner, flow, commodity, period, monthly=monthly), chosen)


def census(
    *,
    period: str,
    flow: _Any = None,
    commodity: _Any = None,
    partner: _Any = None,
    options: Fetching | None = None,
) -> int:
    """US Census Bureau: exports and imports of the United States by month. Needs TIDEWAITER_CENSUS_KEY.

    Examples:
        tidewaiter fetch census --flow imports --commodity 847150 --period 2024-01..2025-06 --load

    Args:
        period: Months or years; both are asked by month.
        flow: exports, imports. Default: both.
        commodity: HS codes of 2, 4, 6 or 10 digits, total, or a level (AG2). Default: total.
        partner: With whom: areas, or world. Default: all.
    """
    from tidewaiter.connect.census import Census

    chosen = options or Fetching()
    return _ask(Census(chosen.base or ""), _query((), partner, flow, commodity, period), chosen)


def comext(
    *,
    commodity: _List,
    period: str,
    reporter: _Any = None,
    partner: _Any = None,
    flow: _Any = None,
    monthly: _Flag = False,
    options: Fetching | None = None,
) -> int:
    """Eurostat Comext: trade of the EU and its members by HS and CN8.

    Examples:
        tidewaiter fetch comext --reporter DEU --partner TWN --commodity 854231 --period 2024 --load

    Args:
        commodity: Codes of 2, 4, 6 or 8 digits, or total.
        period: Years or months.
        reporter: Member states, or EU. Default: all.
        partner: With whom: areas, or world. Default: all.
        flow: exports, imports. Default: both.
        monthly: Ask for years by month.
    """
    from tidewaiter.connect.comext import Comext

    chosen = options or Fetching()
    query = _query(reporter, partner, flow, commodity, period, monthly=monthly)
    return _ask(Comext(chosen.base or ""), query, chosen)


def comexstat(
    *,
    period: str,
    flow: _Any = None,
    commodity: _Any = None,
    partner: _Any = None,
    monthly: _Flag = False,
    bulk: _Flag = False,
    options: Fetching | None = None,
) -> int:
    """Brazil, Comex Stat: the API, or the files by year.

    Examples:
        tidewaiter fetch comexstat --flow exports --commodity 12019000 --period 2024-01..2024-12 --load
        tidewaiter fetch comexstat --flow exports --period 2024 --bulk

    Args:
        period: Years or months.
        flow: exports, imports. Default: both.
        commodity: Codes of 2, 4, 6 or 8 digits, or total. Default: total.
        partner: With whom: areas, or world. Default: all.
        monthly: Ask for years by month.
        bulk: Fetch the files by year: all goods and partners, about 100 MB each.
    """
    from tidewaiter.connect.comexstat import ComexStat, ComexStatFiles

    chosen = options or Fetching()
    connector = ComexStatFiles(chosen.base or "") if bulk else ComexStat(chosen.base or "")
    return _ask(connector, _query((), partner, flow, commodity, period, monthly=monthly), chosen)


def taiwan(dataset: str, /, *, resource: str | None = None, options: Fetching | None = None) -> int:
    """Taiwan's open data: a file known by name, or a dataset of data.gov.tw by its number.

    Known by name: customs-totals (6053, monthly totals in NT$), export-orders (6845).

    Examples:
        tidewaiter fetch taiwan customs-totals --load
        tidewaiter fetch taiwan 6053

    Args:
        dataset: A name or a number.
        resource: Only files whose description holds this text.
    """
    from tidewaiter.connect.address_of import AnyAddress
    from tidewaiter.connect.apis import apis
    from tidewaiter.connect.work import taiwan_addresses

    chosen = options or Fetching()
    store = chosen.open()
    with progress("fetching") as tell:
        settings = chosen.settings(store, tell)
        queries = taiwan_addresses(dataset, settings, resource=resource or "", base=chosen.base or "")
    return _ask_addresses(AnyAddress(given=apis()["taiwan"]), queries, chosen)


def url(address: str, /, *, key_param: str | None = None, options: Fetching | None = None) -> int:
    """Any address of an open-data portal: CSV, JSON, a workbook, a zip archive; read by what it holds.

    Examples:
        tidewaiter fetch url https://data.example.org/trade/exports.csv --load

    Args:
        address: The address.
        key_param: Name of the parameter that carries the key in TIDEWAITER_ADDRESS_KEY.
    """
    from tidewaiter.connect.address_of import AnyAddress
    from tidewaiter.connect.apis import apis
    from tidewaiter.connect.query import Query

    api = replace(
        apis()["address"], key="address" if key_param else "", key_param=key_param or "", key_needed=True
    )
    return _ask_addresses(AnyAddress(given=api), [Query(address=address)], options or Fetching())


def _query(
    reporter: tuple[str, ...] | None,
    partner: tuple[str, ...] | None,
    flow: tuple[str, ...] | None,
    commodity: tuple[str, ...] | None,
    period: str,
    *,
    monthly: bool = False,
) -> Query:
    from tidewaiter.connect.query import make

    return make(
        reporters=_parted(reporter),
        partners=_parted(partner),
        flows=_parted(flow),
        commodities=_parted(commodity),
        period=period,
        monthly=monthly,
    )


def _parted(given: tuple[str, ...] | None) -> list[str]:
    """Several values may stand behind one option, with commas between."""
    return [one.strip() for text in given or () for one in text.split(",") if one.strip()]


def _ask_addresses(connector: Any, queries: list[Query], chosen: Fetching) -> int:
    from tidewaiter.connect.work import get_addresses

    return _run(
        connector,
        lambda: [part for query in queries for part in connector.plan(query)],
        lambda settings: get_addresses(queries, connector, settings),
        chosen,
    )


def _ask(connector: Connector, query: Query, chosen: Fetching) -> int:
    from tidewaiter.connect.work import get

    return _run(
        connector,
        lambda: connector.plan(query),
        lambda settings: get(connector, query, settings),
        chosen,
    )


def _run(
    connector: Connector,
    plan: Callable[[], list[Query]],
    ask: Callable[[Settings], Fetched],
    chosen: Fetching,
) -> int:
    if chosen.plan:
        calls = [connector.call(part) for part in plan()]
        rows = [{"question": call.label, "address": call.shown, "sent": call.body} for call in calls]
        emit(rows, ("question", "address", "sent"), chosen.format)
        say(f"{len(rows)} calls at least; nothing was asked")
        return 0
    store = chosen.open()
    with progress("fetching") as tell:
        settings = chosen.settings(store, tell)
        fetched = ask(settings)
        releases = _load(connector, fetched, settings, chosen, store) if chosen.load else []
    emit([_row(one, releases) for one in fetched.obtained], _COLUMNS, chosen.format, shown=_SHOWN)
    _tell(fetched, connector, chosen)
    return 0


def _load(
    connector: Connector, fetched: Fetched, settings: Settings, chosen: Fetching, store: Store
) -> list[str]:
    from tidewaiter.connect.work import read

    answers = read(connector, fetched, settings)
    done = store.put(answers.incoming, published=chosen.published) if answers.incoming else []
    for entry in done:
        state = "loaded" if entry.is_new else "was there already"
        release = entry.release
        say(f"{release.id}: {state}; {release.observations} observations, known from {release.published}")
        for finding in release.findings:
            say(f"{release.id}: {finding}")
    return [entry.release.id for entry in done]


def _row(one: Obtained, releases: list[str]) -> dict[str, Any]:
    record = one.record
    return {
        "question": record.label,
        "outcome": record.outcome,
        "rows": record.rows,
        "bytes": record.size,
        "status": record.status,
        "fetched_at": record.fetched_at.isoformat(timespec="seconds"),
        "sha256": record.sha256,
        "address": record.address,
        "sent": record.body,
        "reason": record.reason,
        "releases": releases if record.outcome == "data" else [],
    }


def _tell(fetched: Fetched, connector: Connector, chosen: Fetching) -> None:
    """What happened, for a reader: calls, cuts, and what the source had nothing to say about."""
    kept = len(fetched.obtained) + len(fetched.split) - fetched.asked
    say(
        f"{connector.api.title}: {fetched.asked} calls"
        + (f", {kept} answers from the archive" if kept > 0 else "")
    )
    for record in fetched.split:
        say(f"{record.label}: {record.reason}; asked again in halves")
    for one in fetched.obtained:
        if one.record.outcome == "nothing":
            say(f"{one.record.label}: {one.record.reason}")
    if not chosen.load and any(one.record.outcome == "data" for one in fetched.obtained):
        say("archived; --load puts it into the store")


app = App(
    name="fetch", help="Fetch from open APIs: politely, every answer archived; --load puts it into the store."
)
for _entry in (comtrade, census, comext, comexstat, taiwan, url):
    app.command(_entry, help_epilogue=examples(_entry))
