"""A fetch from end to end: connector, key, session, answers, readings. What a command or a program calls."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from tidewaiter.connect.archive import Archive
from tidewaiter.connect.clock import Clock, SystemClock
from tidewaiter.connect.http import Bounds, Http
from tidewaiter.connect.keys import key_for
from tidewaiter.connect.query import Query
from tidewaiter.connect.read import ReadAnswers, read_answers
from tidewaiter.connect.retry import Patience
from tidewaiter.connect.run import Fetched, fetch
from tidewaiter.connect.session import Session
from tidewaiter.connect.taiwan import KNOWN, Dataset, resources

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tidewaiter.connect.address_of import AnyAddress
    from tidewaiter.connect.connector import Connector

_MIB = 1024 * 1024
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Settings:
    """How a fetch is made.

    Attributes:
        store: the store's folder; answers are archived within.
        fresh: ask again what was archived within a day.
        allow_private: addresses in private networks may be asked.
        bounds: what one answer may take.
        patience: how often and how long.
        clock: time, and waiting.
        tell: is told what is done, for progress.
    """

    store: Path
    fresh: bool = False
    allow_private: bool = False
    bounds: Bounds = field(default_factory=Bounds)
    patience: Patience = field(default_factory=Patience)
    clock: Clock = field(default_factory=SystemClock)
    tell: Callable[[str], None] = lambda _: None

    @property
    def archive(self) -> Archive:
        """Where answers are kept."""
        return Archive(self.store)

    def session(self, connector: Connector) -> Session:
        """A session with an API.

        Raises:
            UsageError: it answers nothing without a key, and there is none.
        """
        return Session(
            archive=self.archive,
            http=Http(self.clock, self.bounds, self.allow_private),
            clock=self.clock,
            key=key_for(connector.api),
            patience=self.patience,
            reuse=timedelta() if self.fresh else _DAY,
            tell=self.tell,
        )


def bounds(max_mib: int) -> Bounds:
    """The usual bounds with another size."""
    return Bounds(size=max_mib * _MIB)


def get(connector: Connector, query: Query, settings: Settings) -> Fetched:
    """Everything a query wants, archived.

    Raises:
        UsageError: the API cannot be asked this.
        UnavailableError: a part stayed without an answer.
    """
    return fetch(connector, query, settings.session(connector))


def read(connector: Connector, fetched: Fetched, settings: Settings) -> ReadAnswers:
    """The archived answers as readings.

    Raises:
        FaultsError: every fault of every answer.
        UnknownLayoutError: one answer, and no source reads it.
    """
    return read_answers(connector, fetched, settings.archive)


def taiwan_addresses(what: str, settings: Settings, *, resource: str = "", base: str = "") -> list[Query]:
    """The files of a dataset: known by name, or named by the dataset's page.

    Args:
        what: a name of :data:`~tidewaiter.connect.taiwan.KNOWN`, or a number of data.gov.tw.
        settings: how the page is fetched.
        resource: only files whose description holds this text.
        base: another host that answers alike.

    Raises:
        UsageError: neither name nor number.
        UnavailableError: no page, or no file that can be read.
    """
    if what in KNOWN:
        return [Query(address=KNOWN[what])]
    dataset = Dataset(base)
    found = get(dataset, Query(address=what), settings).obtained[0].record
    page = settings.archive.data(found)
    return [Query(address=one.address) for one in resources(page, found.label, resource)]


def get_addresses(queries: list[Query], connector: AnyAddress, settings: Settings) -> Fetched:
    """Several addresses in one fetch.

    Raises:
        UsageError: no web address, or one that holds a key.
        UnavailableError: one of them gave no answer.
    """
    session = settings.session(connector)
    done = Fetched()
    for query in queries:
        done.obtained.extend(fetch(connector, query, session).obtained)
    done.asked = session.asked
    return done
