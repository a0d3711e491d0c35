"""A store of releases: the folder, its releases, their observations as of a day."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tidewaiter.store.catalogue import read_catalogue
from tidewaiter.store.load import Incoming, Loaded, digest_of, load

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    import polars as pl

    from tidewaiter.model.key import Key
    from tidewaiter.model.observation import Observation
    from tidewaiter.model.release import Release
    from tidewaiter.store.rows import Rows

_LATE = timedelta(days=2)  # the release appears on the 7th to 9th; the 9th is inferred


def default_folder() -> Path:
    """Where the store lies when the user names none."""
    import platformdirs  # noqa: PLC0415 — only needed when no folder is named

    return Path(platformdirs.user_data_dir("tidewaiter", appauthor=False)) / "store"


def reach(release: Release, as_of: date) -> date:
    """Up to which stated day a release counts as known: an inferred day may be late by two."""
    return as_of + _LATE if release.published_inferred else as_of


class Store:
    """Releases in a folder. Cheap to make; reads the catalogue when asked.

    A store value sees the releases that counted when it first read the catalogue, so the answers of
    one value never mix two states. Make a new one to see what was loaded since.
    """

    def __init__(self, folder: Path | str | None = None) -> None:
        self.folder = Path(folder) if folder is not None else default_folder()
        self._rows: dict[str, list[Rows]] = {}
        self._labels: dict[str, tuple[frozenset[str], ...]] = {}

    @cached_property
    def _releases(self) -> tuple[Release, ...]:
        return tuple(read_catalogue(self.folder))

    def releases(self, as_of: date | None = None) -> list[Release]:
        """The releases known on a day (all without one): the office's own first, the newest first."""
        known = [
            # rows of a restated file carry their own day (known_at): the file's day does not decide for it
            (order, r)
            for order, r in enumerate(self._releases)
            if as_of is None or r.published <= reach(r, as_of) or r.authority > 0
        ]
        # of two of a dataset published on one day the one loaded later leads: it replaces the other
        known.sort(
            key=lambda item: (item[1].authority, -item[1].published.toordinal(), item[1].dataset, -item[0])
        )
        return [release for _, release in known]

    def put(
        self, incoming: Iterable[Incoming], *, published: date | None = None, dry_run: bool = False
    ) -> list[Loaded]:
        """Put files that were read into the store. See :func:`tidewaiter.store.load.load`."""
        done = load(self.folder, incoming, published, dry_run=dry_run)
        self.__dict__.pop("_releases", None)
        self._rows.clear()
        self._labels.clear()
        return done

    def scan(self, release: Release) -> pl.LazyFrame:
        """The observations of a release as a lazy table (schema in :mod:`tidewaiter.sources.table`)."""
        import polars as pl  # noqa: PLC0415 — heavy, and `tidewaiter --help` must answer at once

        table, rows = self._kept(release)
        if not rows:
            return pl.scan_parquet(table)
        parts = [pl.scan_parquet(table)] if table.exists() else []
        return pl.concat([*parts, *(one.lazy() for one in rows)])

    def table(self, release: Release) -> pl.DataFrame:
        """All observations of a release: the rows of a key stand together and by period."""
        from tidewaiter.sources.table import ORDER  # noqa: PLC0415 — polars

        table, rows = self._kept(release)
        whole = self.scan(release).collect()
        in_order = not rows or (len(rows) == 1 and rows[0].in_order and not table.exists())
        return whole if in_order else whole.sort(ORDER, maintain_order=True)

    def _kept(self, release: Release) -> tuple[Path, list[Rows]]:
        """Where the numbers are: the table, and the rows in codes of large files."""
        from tidewaiter.store.rows import Rows  # noqa: PLC0415 — polars

        home = self.folder / "releases" / digest_of(release)
        if release.id not in self._rows:
            named = sorted(home.glob("rows-*.parquet"), key=lambda path: (len(path.name), path.name))
            self._rows[release.id] = [Rows(path) for path in named]
        return home / "observations.parquet", self._rows[release.id]

    def labels(self, release: Release) -> tuple[frozenset[str], ...]:
        """What stands in each part of a release's keys."""
        if release.id not in self._labels:
            import polars as pl  # noqa: PLC0415

            from tidewaiter.sources.table import KEY_COLUMNS  # noqa: PLC0415

            table, rows = self._kept(release)
            found = [set[str]() for _ in KEY_COLUMNS]
            if not rows or table.exists():
                kept = pl.scan_parquet(table).select(pl.col(KEY_COLUMNS).unique().implode()).collect()
                found = [set(kept[name][0]) for name in KEY_COLUMNS]
            for one in rows:
                found = [had | new for had, new in zip(found, one.labels(), strict=True)]
            self._labels[release.id] = tuple(frozenset(part) for part in found)
        return self._labels[release.id]

    def days(self, release: Release, as_of: date | None = None) -> set[date]:
        """The days a release's numbers became known on, up to a day."""
        import polars as pl  # noqa: PLC0415

        table, rows = self._kept(release)
        found = {one.known_at for one in rows}
        if not rows or table.exists():
            found |= set(pl.scan_parquet(table).select(pl.col("known_at").unique()).collect()["known_at"])
        return {day for day in found if as_of is None or day <= reach(release, as_of)}

    def keys(self, release: Release, pattern: Key | None = None) -> set[Key]:
        """Every series of a release, or those that a pattern fits, as values."""
        from tidewaiter.model.key import Key  # noqa: PLC0415 — with the heavy ones
        from tidewaiter.store.rows import within  # noqa: PLC0415 — polars

        found = self.key_table(release, within(pattern) if pattern is not None else {})
        return {Key(*row) for row in found.iter_rows()}

    def key_table(self, release: Release, asked: Mapping[str, Collection[str]]) -> pl.DataFrame:
        """The distinct keys of a release, one row each, where some parts are among some codes.

        Args:
            release: which one.
            asked: part of the key → the codes it may have; a part that is not named may be anything.
        """
        import polars as pl  # noqa: PLC0415

        from tidewaiter.sources.table import KEY_COLUMNS  # noqa: PLC0415

        table, rows = self._kept(release)
        found = [one.keys(asked) for one in rows]
        if not rows or table.exists():
            fits = [pl.col(name).is_in(list(codes)) for name, codes in asked.items()]
            found.append(pl.scan_parquet(table).filter(*fits).select(KEY_COLUMNS).unique().collect())
        return found[0] if len(found) == 1 else pl.concat(found).unique()

    def count(self, release: Release, pattern: Key) -> int:
        """How many numbers of a release a pattern may fit; never less than there are."""
        import polars as pl  # noqa: PLC0415

        from tidewaiter.store.rows import within  # noqa: PLC0415

        table, rows = self._kept(release)
        asked = within(pattern)
        found = sum(one.count(asked) for one in rows)
        if not rows or table.exists():
            fits = [pl.col(name).is_in(list(codes)) for name, codes in asked.items()]
            found += pl.scan_parquet(table).filter(*fits).select(pl.len()).collect().item()
        return found

    def observations(
        self, release: Release, as_of: date | None = None, key: Key | None = None
    ) -> list[Observation]:
        """The observations of a release that were known on a day: of one series, of a pattern, or all."""
        import polars as pl  # noqa: PLC0415

        from tidewaiter.sources.table import ORDER  # noqa: PLC0415
        from tidewaiter.store.frame import from_frame  # noqa: PLC0415
        from tidewaiter.store.rows import within  # noqa: PLC0415

        table, rows = self._kept(release)
        frames = []
        if not rows or table.exists():
            kept = pl.scan_parquet(table)
            if key is not None:
                kept = kept.filter(*(pl.col(name) == part for name, (part,) in within(key).items()))
            frames.append(kept.collect())
        frames += [one.series(key) if key is not None else one.lazy().collect() for one in rows]
        whole = pl.concat(frames)
        if as_of is not None:
            whole = whole.filter(pl.col("known_at") <= reach(release, as_of))
        return list(from_frame(whole.sort(ORDER, maintain_order=True) if rows else whole))
