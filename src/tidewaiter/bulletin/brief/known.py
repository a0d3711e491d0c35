"""Which releases a brief on a product is written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.engine import Book
from tidewaiter.errors import NoFigureError
from tidewaiter.model.key import Key

if TYPE_CHECKING:
    from tidewaiter.engine.edition import Edition

_MONTHS = 13


def tables_and_months(book: Book, product: str, reporter: str) -> tuple[Book | None, Book | None]:
    """The release with tables by partner, and the one with most months, each alone.

    Raises:
        NoFigureError: neither is in the book.
    """
    pattern = Key(reporter, "exports", product, "*")
    total = Key(reporter, "exports", product)
    tabled = [edition for edition in book.editions if len(_partners(edition, pattern)) > 1]
    monthly = [edition for edition in book.editions if _months(edition, total) >= _MONTHS]
    tables = max(tabled, key=lambda edition: edition.release.published, default=None)
    months = max(monthly, key=lambda edition: edition.release.published, default=None)
    if tables is None and months is None:
        raise NoFigureError(
            f"no release has tables or months of exports of {product} by {reporter}",
            hint="`tidewaiter search` finds the products that are loaded",
        )
    return alone(tables), alone(months)


def alone(edition: Edition | None) -> Book | None:
    """One release as known on its day."""
    return Book([edition], edition.release.published) if edition is not None else None


def _partners(edition: Edition, pattern: Key) -> list[Key]:
    return [key for key in edition.series() if pattern.matches(key) and _of_years(edition, key)]


def _of_years(edition: Edition, key: Key) -> bool:
    return any(period.is_year for period in edition.levels.get(key) or ())


def _months(edition: Edition, key: Key) -> int:
    return sum(1 for period in edition.levels.get(key) or () if period.is_month)
