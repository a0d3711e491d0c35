"""How long to wait: what the source asks for, or twice as long each time with chance in it."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long.

    Attributes:
        attempts: calls for one question, the first included.
        first: seconds after the first failure; doubled each time.
        most: seconds a doubled wait never passes.
        longest: seconds a source may ask to wait; a longer wait is told to the user instead.
    """

    attempts: int = 5
    first: float = 2.0
    most: float = 120.0
    longest: float = 900.0

    def wait(self, failures: int, after: float | None, chance: float) -> float:
        """Seconds before the next attempt.

        Args:
            failures: how many there were, 1 after the first.
            after: what the source asked for, None where it did not.
            chance: between 0 and 1; spreads callers that failed together.

        Examples:
            >>> Patience().wait(1, None, 1.0), Patience().wait(3, None, 0.0), Patience().wait(1, 30.0, 0.5)
            (2.0, 4.0, 30.0)
        """
        doubled = min(self.first * 2.0 ** (failures - 1), self.most)
        spread = doubled * (0.5 + 0.5 * chance)
        return spread if after is None else max(after, spread)


def seconds_to_wait(header: str, now: datetime) -> float | None:
    """The seconds of a ``Retry-After``: a number, or a date. None where there is none that reads.

    Examples:
        >>> from datetime import UTC, datetime
        >>> now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
        >>> seconds_to_wait("120", now), seconds_to_wait("Mon, 23 Nov 2026 01:05:00 GMT", now)
        (120.0, 300.0)
        >>> seconds_to_wait("soon", now), seconds_to_wait("Mon, 23 Nov 2026 00:00:00 GMT", now)
        (None, 0.0)
    """
    text = header.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        return None
    return max((moment - now).total_seconds(), 0.0)
