"""What a connector is: the dialect of one API, without any network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from tidewaiter.connect.apis import Api, apis

if TYPE_CHECKING:
    from datetime import date

    from tidewaiter.connect.call import Call
    from tidewaiter.connect.judge import Look
    from tidewaiter.connect.query import Query
    from tidewaiter.sources.protocol import Source


class Connector(Protocol):
    """One API's dialect."""

    @property
    def api(self) -> Api:
        """Its facts."""
        ...

    @property
    def cuts(self) -> tuple[str, ...]:
        """Along which parts a question is halved when its answer is full, the first one first."""
        ...

    def plan(self, query: Query) -> list[Query]:
        """The fewest parts that the API can be expected to answer whole.

        Raises:
            UsageError: the API cannot be asked this.
        """
        ...

    def call(self, part: Query) -> Call:
        """The request for a part."""
        ...

    def look(self, body: bytes, where: str) -> Look:
        """The rows of an answer.

        Raises:
            UnavailableError: it is no data.
        """
        ...

    def source(self, part: Query) -> Source | None:
        """What reads the answer; None: its content tells."""
        ...

    def published(self, body: bytes) -> date | None:
        """The day the payload says it was published, None where it says none."""
        ...


@dataclass(frozen=True)
class Dialect:
    """What most APIs have in common: content tells the layout, and rows tell no day.

    Attributes:
        base: scheme and host that are asked; empty for the publisher's own.
        cuts: along which parts a question is halved when its answer is full.
    """

    facts: ClassVar[str] = ""
    """Name in ``apis.yml``."""

    base: str = ""
    cuts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "base", self.base or self.api.base)

    @property
    def api(self) -> Api:
        """Its facts."""
        return apis()[self.facts]

    def source(self, part: Query) -> Source | None:  # noqa: ARG002 — for those whose answers lack a part
        """The content tells."""
        return None

    def published(self, body: bytes) -> date | None:  # noqa: ARG002 — for those whose rows tell one
        """Rows tell no day."""
        return None
