"""Which observations go out: those of releases, of a series in all of them, as known on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from tidewaiter.errors import NoFigureError
from tidewaiter.sources.table import KEY_COLUMNS
from tidewaiter.store.store import reach

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tidewaiter.model.key import Key
    from tidewaiter.model.release import Release
    from tidewaiter.store.store import Store


@dataclass(frozen=True)
class Extract:
    """Observations of releases.

    Attributes:
        releases: what they were published in.
        table: the observations (schema of :mod:`tidewaiter.sources.table`), each with its ``release``.
    """

    releases: tuple[Release, ...]
    table: pl.DataFrame


def extract(
    store: Store, releases: Sequence[Release], key: Key | None = None, as_of: date | None = None
) -> Extract:
    """The observations of releases, of one series or pattern or of all.

    Args:
        store: where they are.
        releases: in the order they are written.
        key: a series; parts that are ``*`` stand for each.
        as_of: only what was known on this day.

    Raises:
        NoFigureError: there is nothing to write.
    """
    parts, kept = [], []
    for release in releases:
        rows = store.scan(release)
        if key is not None:
            named = zip(KEY_COLUMNS, key.parts(), strict=True)
            rows = rows.filter(*(pl.col(name) == part for name, part in named if part != "*"))
        if as_of is not None:
            rows = rows.filter(pl.col("known_at") <= reach(release, as_of))
        frame = rows.collect()
        if frame.height:
            kept.append(release)
            parts.append(frame.with_columns(pl.lit(release.id).alias("release")))
    if not parts:
        what = f"of {key} " if key is not None else ""
        raise NoFigureError(
            f"no observation {what}is in the store", hint="`tidewaiter list`, `tidewaiter search`"
        )
    return Extract(tuple(kept), pl.concat(parts))
