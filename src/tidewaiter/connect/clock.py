"""Time as the connectors see it: the day, a stopwatch, and waiting. Tests bring their own."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What waits and what tells the time."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        ...

    def tick(self) -> float:
        """Seconds on a stopwatch that never goes back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemClock:
    """The machine's own."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(tz=UTC)

    def tick(self) -> float:
        """Seconds on a stopwatch that never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
