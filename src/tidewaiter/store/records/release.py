"""From a release of the store to records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.errors import StoreError
from tidewaiter.model.observation import LEVEL
from tidewaiter.model.period import MONTHS
from tidewaiter.model.unit import Unit
from tidewaiter.store.load import digest_of
from tidewaiter.store.records.write import write_frame

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import polars as pl

    from tidewaiter.model.release import Release
    from tidewaiter.store.records.header import Header
    from tidewaiter.store.store import Store

_CUSTOMS = ("exports", "imports")


def records_path(store: Store, release: Release, as_of: date | None = None) -> Path:
    """Where a release's records lie once they are made: beside its observations, which never change."""
    day = f"-{as_of}" if as_of is not None else ""
    return store.folder / "releases" / digest_of(release) / f"records{day}.parquet"


def write_release(
    store: Store, release: Release, path: Path, *, measure: str | None = None, as_of: date | None = None
) -> Header:
    """Write the customs records of a release: its levels by month (or by year), in one unit.

    Only exports and imports are customs records; domestic exports and re-exports are parts of exports and
    would be counted twice. Levels of totals that stand beside their parts are left out: the cube makes them.

    Args:
        store: where the release is.
        release: which one.
        path: the file to write.
        measure: which measure, as in keys. Without one the value: in US$, else in the office's own money.
        as_of: only what was known on the day.

    Returns:
        The header as written.

    Raises:
        StoreError: it holds no such levels, or of several reporters.
        FaultsError: a number stands twice.
    """
    import polars as pl  # noqa: PLC0415 — heavy

    rows = store.scan(release).filter(pl.col("statistic") == LEVEL, pl.col("flow").is_in(_CUSTOMS))
    if as_of is not None:
        rows = rows.filter(pl.col("known_at") <= as_of)
    kept = rows.select(
        "reporter", "flow", "commodity", "partner", "measure", "first", "last", "unit", "value", "known_at"
    ).collect()
    kinds = kept.select("measure", "unit").unique()
    measure = _money(kinds) if measure is None else measure
    kept = kept.filter(pl.col("measure") == measure)
    if kept.is_empty():
        raise StoreError(
            "the release holds no levels of exports or imports", hint="tidewaiter list", where=release.id
        )
    kept = _one_unit(kept)
    kept, step = _one_length(kept)
    reporters = kept["reporter"].unique().to_list()
    if len(reporters) > 1:
        raise StoreError(
            f"records are of one reporter, the release has {sorted(reporters)}", where=release.id
        )
    kept = _latest(_finest(kept))
    return write_frame(
        path,
        kept.rename({"first": "month"}),
        reporter=reporters[0],
        unit=kept["unit"][0],
        measure=measure,
        step=step,
        dataset=release.dataset,
        release=release.id,
    )


def _money(kinds: pl.DataFrame) -> str:
    """The measure that is a value: the plain one, else the one called like its currency (``nzd``)."""
    told = {measure: Unit.parse(unit).kind for measure, unit in kinds.iter_rows()}
    named = [measure for measure, kind in sorted(told.items()) if kind.lower() == measure]
    return "" if "" in told or not named else named[0]


def _one_unit(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of the unit that most have (a file may tell dollars and rupees beside each other)."""
    import polars as pl  # noqa: PLC0415

    counts = rows.group_by("unit").len().sort(["len", "unit"], descending=[True, False])
    return rows.filter(pl.col("unit") == counts["unit"][0])


def _one_length(rows: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Months where there are any, else years; spans of other lengths are sums of these."""
    import polars as pl  # noqa: PLC0415

    length = pl.col("last") - pl.col("first") + 1
    months = rows.filter(length == 1)
    if not months.is_empty():
        return months, 1
    years = rows.filter(length == MONTHS)
    if years["first"].is_empty() or (years["first"] % MONTHS).n_unique() > 1:
        raise StoreError("the release has neither months nor years that begin in one month")
    return years, MONTHS


def _finest(rows: pl.DataFrame) -> pl.DataFrame:
    """Without totals that stand beside their parts."""
    import polars as pl  # noqa: PLC0415

    for name, total in (("commodity", "total"), ("partner", "W00")):
        parts = rows.filter(pl.col(name) != total)
        rows = rows if parts.is_empty() else parts
    return rows


def _latest(rows: pl.DataFrame) -> pl.DataFrame:
    """Of one number that became known on several days the last."""
    return (
        rows.sort("known_at", maintain_order=True)
        .unique(["flow", "commodity", "partner", "first"], keep="last", maintain_order=True)
    )  # fmt: skip
