"""A whole query: planned, asked part by part, cut again where an answer was full.

An answer that reaches the API's limit is never taken as complete: it is kept as *split*, and its two
halves are asked. The records that come out cover the query once, without overlap.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidewaiter.connect.query import halves
from tidewaiter.errors import UnavailableError

if TYPE_CHECKING:
    from tidewaiter.connect.archive import Record
    from tidewaiter.connect.connector import Connector
    from tidewaiter.connect.query import Query
    from tidewaiter.connect.session import Session


@dataclass(frozen=True, slots=True)
class Obtained:
    """A part of the query and the answer to it."""

    part: Query
    record: Record


@dataclass
class Fetched:
    """What a query brought.

    Attributes:
        obtained: parts answered whole, with data or with nothing, in the query's order.
        split: answers that were full and were asked again in halves.
        asked: calls made; the others came from the archive.
    """

    obtained: list[Obtained] = field(default_factory=list)
    split: list[Record] = field(default_factory=list)
    asked: int = 0


def fetch(connector: Connector, query: Query, session: Session) -> Fetched:
    """Ask everything a query wants.

    Raises:
        UsageError: the API cannot be asked this.
        UnavailableError: a part stayed without an answer, or an answer stayed full when its question
            could not be cut further; what was answered until then is in the archive.
    """
    done = Fetched()
    todo = connector.plan(query)[::-1]
    while todo:
        part = todo.pop()
        record = session.obtain(connector, part)
        if record.outcome != "split":
            done.obtained.append(Obtained(part, record))
            continue
        pieces = halves(part, connector.cuts)
        if not pieces:
            hint = "name partners, ask for fewer codes, or take a key with a larger limit"
            raise UnavailableError(
                f"the answer is not whole ({record.reason}) and cannot be cut further",
                kind="incomplete",
                where=record.label,
                hint=hint,
            )
        done.split.append(record)
        todo.extend(reversed(pieces))
    done.asked = session.asked
    return done
