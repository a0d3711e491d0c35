"""Answers on disk: the bytes as they came, and a record of the question they answer.

::

    fetched/raw/ab/abcdef…                        bytes, by their sha256
    fetched/census/2026-11-23/<call>-<time>.json  what was asked, when, what came (the record)
    fetched/failed/census/2026-11-23/…            the same for what failed; never loaded

Bytes are written first, the record last, each under another name until it is whole: a record is there
only when its answer is. A record never holds a key. Bytes that no longer have their hash are not used.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tidewaiter.connect.call import Answer
from tidewaiter.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tidewaiter.connect.call import Call
    from tidewaiter.connect.judge import Outcome
    from tidewaiter.errors import UnavailableError

FOLDER = "fetched"
_FAILED = "failed"
_RAW = "raw"
_TIME = "%H%M%S%f"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one archived answer.

    Attributes:
        api: which API.
        label: the question in a few words.
        call: the call's digest.
        address: with parameters, without key.
        body: JSON that was sent, empty for a plain request.
        outcome: ``data``, ``nothing``, ``split`` or, apart, ``failed``.
        reason: of everything but data.
        rows: counted rows, None where the format has none to count.
        status: HTTP status, 0 when nothing came.
        headers: those that matter.
        came_from: the address after redirects.
        redirects: how many.
        told: the answer told its length.
        fetched_at: UTC.
        sha256: of the bytes.
        size: of the bytes.
        suffix: of a file that holds them.
        attempt: which attempt it was, 1 for the first.
    """

    api: str
    label: str
    call: str
    address: str
    body: str
    outcome: str
    reason: str
    rows: int | None
    status: int
    headers: dict[str, str]
    came_from: str
    redirects: int
    told: bool
    fetched_at: datetime
    sha256: str
    size: int
    suffix: str
    attempt: int

    @property
    def name(self) -> str:
        """A file name for the answer: the question in letters that any system takes."""
        plain = "".join(sign if sign.isalnum() or sign in "._-" else "-" for sign in self.label)[:80]
        return f"{self.api}-{plain.strip('-')}-{self.call[:8]}.{self.suffix or 'dat'}"


class Archive:
    """The archive in a store's folder."""

    def __init__(self, store: Path) -> None:
        self.folder = store / FOLDER

    def keep(self, call: Call, answer: Answer, outcome: Outcome, now: datetime, attempt: int) -> Record:
        """Keep an answer.

        Raises:
            StoreError: the folder cannot be written.
        """
        record = _record(call, answer, now, attempt, outcome=(outcome.what, outcome.reason, outcome.rows))
        self._write(self.folder, record, answer.body)
        return record

    def keep_failed(
        self, call: Call, answer: Answer | None, error: UnavailableError, now: datetime, attempt: int
    ) -> Record:
        """Keep what failed, apart; of an exchange without an answer only that it failed."""
        given = answer or Answer(0)
        outcome = (_FAILED, f"{error.kind}: {error.detail}", None)
        record = _record(call, given, now, attempt, outcome=outcome)
        self._write(self.folder / _FAILED, record, given.body)
        return record

    def find(self, call: Call, since: datetime) -> Record | None:
        """The newest whole answer to the same call that is not older; None when it has to be asked."""
        found = sorted(self._records(self.folder / call.api, call.digest), key=lambda one: one.fetched_at)
        for record in reversed(found):
            if record.fetched_at >= since and self._intact(record):
                return record
        return None

    def data(self, record: Record) -> bytes:
        """The bytes of an answer.

        Raises:
            StoreError: they are not there, or not the ones that were kept.
        """
        try:
            data = self._home(self.folder, record.sha256).read_bytes()
        except OSError as error:
            raise StoreError(f"the bytes of {record.name} are not in the archive") from error
        if hashlib.sha256(data).hexdigest() != record.sha256:
            raise StoreError(f"the bytes of {record.name} were changed", hint="fetch again with --fresh")
        return data

    def calls(self, api: str, now: datetime) -> list[datetime]:
        """When this API was asked in the last 24 hours, failures included, oldest first."""
        folders = (self.folder / api, self.folder / _FAILED / api)
        times = [one.fetched_at for folder in folders for one in self._records(folder, "", now - _DAY)]
        return sorted(at for at in times if now - at < _DAY)

    def _records(self, folder: Path, digest: str, since: datetime | None = None) -> Iterator[Record]:
        for path in folder.glob(f"*/{digest}*.json") if folder.is_dir() else ():
            if since is not None and path.parent.name < since.date().isoformat():
                continue
            if (record := _read(path)) is not None:
                yield record

    def _intact(self, record: Record) -> bool:
        try:
            self.data(record)
        except StoreError:
            return False
        return True

    def _home(self, folder: Path, sha256: str) -> Path:
        return folder / _RAW / sha256[:2] / sha256

    def _write(self, folder: Path, record: Record, data: bytes) -> None:
        at = record.fetched_at
        home = folder / record.api / at.date().isoformat()
        try:
            raw = self._home(folder, record.sha256)
            if not (raw.exists() and hashlib.sha256(raw.read_bytes()).hexdigest() == record.sha256):
                _whole(raw, data)
            facts: dict[str, Any] = asdict(record) | {"fetched_at": at.isoformat()}
            text = json.dumps(facts, ensure_ascii=False, indent=1)
            # several failures may fall into one moment: a name of its own for each
            _whole(home / f"{record.call}-{at.strftime(_TIME)}-{uuid.uuid4().hex[:6]}.json", text.encode())
        except OSError as error:
            raise StoreError(f"the archive in {self.folder} cannot be written: {error.strerror}") from error


def _record(
    call: Call, answer: Answer, now: datetime, attempt: int, *, outcome: tuple[str, str, int | None]
) -> Record:
    what, reason, rows = outcome
    return Record(
        api=call.api,
        label=call.label,
        call=call.digest,
        address=call.shown,
        body=call.body,
        outcome=what,
        reason=reason,
        rows=rows,
        status=answer.status,
        headers=answer.headers,
        came_from=answer.address,
        redirects=answer.redirects,
        told=answer.told,
        fetched_at=now.astimezone(UTC),
        sha256=hashlib.sha256(answer.body).hexdigest(),
        size=len(answer.body),
        suffix=call.suffix,
        attempt=attempt,
    )


def _whole(path: Path, data: bytes) -> None:
    """Write under another name, then take the place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _read(path: Path) -> Record | None:
    """The record of a file, None when it does not read: it is then as if nothing had been asked."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        return Record(**facts | {"fetched_at": datetime.fromisoformat(facts["fetched_at"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
