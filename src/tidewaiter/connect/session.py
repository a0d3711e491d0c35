"""A session: one call at a time, spaced, asked again where that may help, archived before it is read.

What was archived within ``reuse`` is not asked again: a fetch that was stopped goes on where it was, and a
question asked twice in a day costs the source one call. An answer of no rows counts for an hour. Waiting is
told, and never longer than the patience allows.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tidewaiter.connect.judge import Outcome, check_body, check_status
from tidewaiter.connect.retry import Patience
from tidewaiter.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tidewaiter.connect.apis import Api
    from tidewaiter.connect.archive import Archive, Record
    from tidewaiter.connect.call import Answer, Call
    from tidewaiter.connect.clock import Clock
    from tidewaiter.connect.connector import Connector
    from tidewaiter.connect.http import Http
    from tidewaiter.connect.judge import Look
    from tidewaiter.connect.keys import Key
    from tidewaiter.connect.query import Query

_REUSE = timedelta(days=1)
_REUSE_NOTHING = timedelta(hours=1)  # what was not there in the morning may be published by noon
_FINE = 1_000_000


def _chance() -> float:
    return secrets.randbelow(_FINE) / _FINE


@dataclass
class Session:
    """Makes the calls of one fetch.

    Attributes:
        archive: where answers are kept.
        http: makes requests.
        clock: time, and waiting.
        key: of the API, None without one.
        patience: how often and how long.
        reuse: an archived answer not older than this is taken; zero: everything is asked.
        tell: is told what is done, for progress.
        chance: a number between 0 and 1.
        asked: how many calls were made.
    """

    archive: Archive
    http: Http
    clock: Clock
    key: Key | None = None
    patience: Patience = field(default_factory=Patience)
    reuse: timedelta = _REUSE
    tell: Callable[[str], None] = lambda _: None
    chance: Callable[[], float] = _chance
    asked: int = 0
    _history: dict[str, list[datetime]] = field(default_factory=dict)

    def obtain(self, connector: Connector, part: Query) -> Record:
        """The archived answer to a part of a query: kept from before, or asked now.

        Raises:
            UnavailableError: no answer after all attempts; what failed is archived apart.
        """
        call = connector.call(part)
        if (kept := self._kept(call)) is not None:
            self.tell(f"{call.label}: in the archive")
            return kept
        failures = 0
        while True:
            try:
                return self._ask(connector, call, failures + 1)
            except UnavailableError as error:
                failures += 1
                self._wait_or_give_up(error, failures, call)

    def _kept(self, call: Call) -> Record | None:
        now = self.clock.now()
        kept = self.archive.find(call, now - self.reuse) if self.reuse else None
        if kept is not None and kept.outcome == "nothing" and now - kept.fetched_at > _REUSE_NOTHING:
            return None
        return kept

    def _ask(self, connector: Connector, call: Call, attempt: int) -> Record:
        api = connector.api
        self._space(api)
        self.tell(call.label if attempt == 1 else f"{call.label}: attempt {attempt}")
        self.asked += 1
        answer: Answer | None = None
        try:
            answer = self.http.send(call, api, self.key)
            outcome = judged(connector, call, answer, self.clock.now())
        except UnavailableError as error:
            error.where = error.where or call.label
            self.archive.keep_failed(call, answer, error, self._moment(api), attempt)
            raise
        return self.archive.keep(call, answer, outcome, self._moment(api), attempt)

    def _moment(self, api: Api) -> datetime:
        """Now, noted as a call to the API."""
        now = self.clock.now()
        self._history.setdefault(api.name, []).append(now)
        return now

    def _space(self, api: Api) -> None:
        """Wait until the API may be asked again.

        Raises:
            UnavailableError: the calls of 24 hours are spent.
        """
        now = self.clock.now()
        if api.name not in self._history:  # other runs count as well
            self._history[api.name] = self.archive.calls(api.name, now)
        made = [at for at in self._history[api.name] if now - at < timedelta(days=1)]
        self._history[api.name] = made
        if api.per_day and len(made) >= api.per_day:
            free = (made[0] + timedelta(days=1)).astimezone(UTC)
            raise UnavailableError(
                f"{len(made)} calls were made in 24 hours; {api.title} takes {api.per_day}",
                kind="quota",
                where=api.name,
                hint=f"go on after {free:%Y-%m-%d %H:%M} UTC: what is archived is not asked again",
            )
        if made and (rest := api.interval - (now - made[-1]).total_seconds()) > 0:
            self.clock.sleep(rest)

    def _wait_or_give_up(self, error: UnavailableError, failures: int, call: Call) -> None:
        if not error.retriable or failures >= self.patience.attempts:
            if failures > 1:
                error.detail = f"{error.detail} (after {failures} attempts)"
            raise error
        wait = self.patience.wait(failures, error.after, self.chance())
        if wait > self.patience.longest:
            error.hint = (
                f"the source asks to wait {wait / 60:.0f} minutes; what is archived is not asked again"
            )
            raise error
        self.tell(f"{call.label}: {error.kind}; waiting {wait:.0f} s")
        self.clock.sleep(wait)


def judged(connector: Connector, call: Call, answer: Answer, now: datetime) -> Outcome:
    """What an answer is.

    Raises:
        UnavailableError: it is none.
    """
    api = connector.api
    decided = check_status(answer, call, now) or check_body(answer, call, api)
    if decided is not None:
        return decided
    return _counted(connector.look(answer.body, call.label), api)


def _counted(look: Look, api: Api) -> Outcome:
    """What the rows of an answer make of it."""
    if look.withheld:
        return Outcome("split", look.withheld)
    if look.rows is None:
        return Outcome("data")
    if look.said is not None and look.said > look.rows:
        return Outcome("split", f"{look.rows} rows came of {look.said}", look.rows)
    if api.row_limit and look.rows >= api.row_limit:
        return Outcome("split", f"{look.rows} rows: the limit of an answer", look.rows)
    if look.rows == 0:
        return Outcome("nothing", "no rows: no such trade, not yet published, or a wrong code", 0)
    return Outcome("data", rows=look.rows)
