"""Any address of an open-data portal: a CSV, JSON, workbook or zip archive, read by what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from tidewaiter.connect.apis import Api, apis
from tidewaiter.connect.call import Call
from tidewaiter.connect.connector import Dialect
from tidewaiter.connect.judge import Look
from tidewaiter.errors import UsageError

if TYPE_CHECKING:
    from tidewaiter.connect.query import Query

_SECRET = frozenset(
    {"key", "apikey", "api_key", "api-key", "token", "access_token", "subscription-key", "secret", "password"}
)
_SHORT = 60


@dataclass(frozen=True)
class AnyAddress(Dialect):
    """Asks addresses as they are given.

    Attributes:
        given: the facts of a publisher, where one is known.
    """

    given: Api | None = None

    @property
    def api(self) -> Api:
        """Its facts."""
        return self.given or apis()["address"]

    def plan(self, query: Query) -> list[Query]:
        """The address itself.

        Raises:
            UsageError: no web address, or one that holds a key: what is asked is archived.
        """
        try:
            parts = urlsplit(query.address)
        except ValueError:
            raise UsageError(f"{query.address!r} is no web address", hint="https://…") from None
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise UsageError(f"{query.address!r} is no web address", hint="https://…")
        if parts.username or parts.password:
            raise UsageError("an address must not hold a user name or password", hint="leave that part out")
        named = {name.casefold() for name, _ in parse_qsl(parts.query)}
        if found := sorted(named & _SECRET):
            raise UsageError(
                f"the address holds a key ({found[0]}=…), and addresses are archived",
                hint=f"leave it out; give --key-param {found[0]} and set TIDEWAITER_ADDRESS_KEY",
            )
        return [query]

    def call(self, part: Query) -> Call:
        """The request for an address."""
        parts = urlsplit(part.address)
        path = PurePosixPath(unquote(parts.path))
        label = f"{parts.hostname} {path.name}"[:_SHORT].strip()
        return Call(self.api.name, part.address, label=label, suffix=path.suffix.lstrip(".").lower()[:8])

    def look(self, body: bytes, where: str) -> Look:  # noqa: ARG002 — the same for all connectors
        """Nothing is known of what it holds."""
        return Look(None)
