"""What was known when: releases by name, prints of an edition, vintages of a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.api.figures import Vintage
from tidewaiter.errors import NoFigureError
from tidewaiter.model.release import printing_of
from tidewaiter.statistics import statistic

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tidewaiter.engine.book import Book
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.release import Release


def pick_release(releases: list[Release], name: str) -> Release:
    """A release by identifier, or by a part of it that only one has.

    Raises:
        NoFigureError: none or several have it.
    """
    same = [release for release in releases if release.id == name]
    found = same or [release for release in releases if name in release.id]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(release.id for release in found or releases) or "the store is empty"
    problem = "several releases are called" if found else "no release is called"
    raise NoFigureError(f"{problem} {name!r}", hint=f"there are {listed}")


def pick_releases(releases: list[Release], name: str) -> list[Release]:
    """The releases of a dataset or of a dataset's edition, or the one a name picks.

    Raises:
        NoFigureError: none has the name.
    """
    same = [r for r in releases if name in (r.dataset, f"{r.dataset}@{printing_of(r.edition)[0]}", r.id)]
    exact = [r for r in same if r.id == name]
    return exact or same or [pick_release(releases, name)]


def vintage_name(release: Release, releases: list[Release]) -> str:
    """Which print of its edition a release is: ``1 of 2``, by the day it became known.

    Prints are releases of one dataset and edition: loaded twice with other content, or numbered by the
    publisher (``2018-12.1``, ``2018-12.2``).
    """
    edition, _ = printing_of(release.edition)
    same = [r for r in releases if (r.dataset, printing_of(r.edition)[0]) == (release.dataset, edition)]
    same.sort(key=lambda r: (r.published, printing_of(r.edition)[1], r.id))
    return f"{same.index(release) + 1} of {len(same)}"


def vintages_of(
    book: Book, figures: Iterable[Figure], single: dict[tuple[date | None, str], Book]
) -> dict[str, tuple[Vintage, ...]]:
    """The same figures from each other release alone. Statistics that look back are left out.

    Args:
        book: answers from all releases.
        figures: which ones.
        single: books of one release each, kept between calls.
    """
    from tidewaiter.engine.book import Book as OneBook  # imports polars

    found: dict[str, tuple[Vintage, ...]] = {}
    for figure in figures:
        if statistic(figure.id.statistic).look is not None:
            continue
        others = []
        for edition in book.editions:
            release = edition.release
            if release.id in figure.releases:
                continue
            alone = single.setdefault((book.as_of, release.id), OneBook([edition], book.as_of))
            other = alone.find(figure.id.key, figure.id.statistic, figure.id.period, figure.id.of)
            if other is not None:
                others.append(_vintage(other, release))
        if others:
            found[str(figure.id)] = tuple(sorted(others, key=lambda v: v.published))
    return found


def _vintage(figure: Figure, release: Release) -> Vintage:
    days = [cell.known_at for cell in figure.inputs if cell.known_at is not None]
    known = max(days, default=release.published)
    return Vintage(figure.value, str(figure.unit), release.id, known.isoformat(), figure.preliminary)
