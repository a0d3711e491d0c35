"""When a publication became known: told by the user or the file, else by the publication's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tidewaiter.model.period import MONTHS, Period

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

_DAY = 9  # the monthly customs release appears on the 7th to 9th of the next month; take the latest


@dataclass(frozen=True, slots=True)
class Published:
    """A publication day, and whether it was inferred."""

    day: date
    inferred: bool


def published_day(told: Iterable[date | None], table: pl.DataFrame | None, printing: int = 1) -> Published:
    """The first day told, else the 9th of the month after the last period observed.

    A publisher that numbers the prints of one edition tells their order and not their days: each later
    print is put one month on, so that it is known after the one it replaces.

    Examples:
        >>> from datetime import UTC, date, datetime
        >>> published_day([None, date(2025, 9, 9)], None)
        Published(day=datetime.date(2025, 9, 9), inferred=False)
    """
    for day in told:
        if day is not None:
            return Published(day, inferred=False)
    last = table["last"].max() if table is not None else None
    after = (last if isinstance(last, int) else Period.month(1970, 1).last) + printing
    day = date(after // MONTHS, after % MONTHS + 1, _DAY)
    return Published(min(day, datetime.now(tz=UTC).date()), inferred=True)  # what is in hand is out
