"""Releases of files that are not in a store: for an audit before anything is loaded.

What a store would refuse (one number given twice with two values) is what an audit is to find, so nothing
is refused here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tidewaiter.model.observation import LEVEL
from tidewaiter.model.release import Reading, Release, printing_of
from tidewaiter.store.calendar import published_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from tidewaiter.model.observation import Observation
    from tidewaiter.store.load import Incoming


def releases_of(
    incoming: Iterable[Incoming],
) -> list[tuple[Release, list[Observation], pl.DataFrame | None]]:
    """The releases that files would become, with their numbers.

    Returns:
        Release, numbers and None; of a release of millions its derived numbers, and all as a table.
    """
    groups: dict[tuple[str, str], list[tuple[Incoming, Reading]]] = defaultdict(list)
    for file in incoming:
        for reading in file.readings:
            groups[reading.dataset, reading.edition].append((file, reading))
    return [_release(parts) for parts in groups.values()]


def _release(
    parts: list[tuple[Incoming, Reading]],
) -> tuple[Release, list[Observation], pl.DataFrame | None]:
    import polars as pl  # heavy

    from tidewaiter.engine.large import LARGE
    from tidewaiter.store.frame import from_frame, in_order, table_of

    readings = [reading for _, reading in parts]
    first = readings[0]
    table = pl.concat(table_of(reading) for reading in readings)
    told = [*(file.published for file, _ in parts), *(reading.published for reading in readings)]
    day = published_day(told, table, printing_of(first.edition)[1])
    table = in_order(table, day.day)
    is_derived = table["statistic"] != LEVEL
    derived = int(is_derived.sum())
    large = table.height > LARGE
    numbers = list(from_frame(table.filter(is_derived) if large else table))
    release = Release(
        id=f"{first.dataset}@{first.edition}",
        dataset=first.dataset,
        edition=first.edition,
        title=first.title,
        publisher=first.publisher,
        published=day.day,
        published_inferred=day.inferred,
        authority=first.authority,
        files=(),
        numeric_cells=sum(reading.numeric_cells for reading in readings),
        observations=table.height - derived,
        derived_cells=derived,
        layout_cells=sum(reading.layout_cells for reading in readings),
        first_period="",
        last_period="",
        preliminary=int(table["preliminary"].sum()),
        findings=tuple(dict.fromkeys(found for reading in readings for found in reading.findings)),
    )
    return release, numbers, table if large else None
