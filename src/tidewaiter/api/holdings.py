"""What a store holds of a code, and which of its series may fit a search, without looking at each series.

A nation's customs records have millions of series of some thousands of codes: the codes are searched, and
the files are asked for the series of those that fit.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from tidewaiter.model.key import TOTAL, WORLD, Key
from tidewaiter.nomenclature import areas, commodities, flows
from tidewaiter.sources.table import KEY_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tidewaiter.engine.book import Book
    from tidewaiter.engine.edition import Edition

MOST = 2000  # series of one release a search looks at, the plainest of those whose codes fit
_DIMENSIONS = {"commodity": ("commodity",), "area": ("partner", "reporter"), "flow": ("flow",),
               "indicator": ("flow",), "company": ("commodity",)}  # fmt: skip
_PLAIN = {"measure": "", "reporter": "TWN", "flow": "exports", "partner": WORLD, "commodity": TOTAL}


class Holdings:
    """What the store has of the things a search found: releases, and the series a reader would ask for first.

    Args:
        book: the store.
        found: kind and code of each thing.
        series: the series that may be among them, each with its releases (:func:`candidates`).
    """

    def __init__(self, book: Book, found: Iterable[tuple[str, str]], series: Mapping[Key, list[str]]) -> None:
        self._releases: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._releases.update((("series", str(key)), held) for key, held in series.items())
        self._keys: dict[tuple[str, str], tuple[tuple[int, str], str]] = {}
        wanted: dict[str, set[str]] = defaultdict(set)
        for kind, code in found:
            for dimension in _DIMENSIONS.get(kind, (kind,)):
                wanted[dimension].add(code)
        for edition in book.editions:
            self._take(edition, wanted)

    def _take(self, edition: Edition, wanted: Mapping[str, set[str]]) -> None:
        for dimension, used in zip(KEY_COLUMNS, edition.labels(), strict=True):
            held = wanted.get(dimension, set()) & used
            for code in held:
                self._releases[dimension, code].append(edition.release.id)
            if held:
                self._plainest(edition.key_table({dimension: held}), dimension)

    def _plainest(self, keys: pl.DataFrame, dimension: str) -> None:
        """The plainest series of each code of a dimension."""
        fewest = keys.with_columns(_strange()).filter(
            pl.col("strange") == pl.col("strange").min().over(dimension)
        )
        first = (
            fewest.with_columns(_text())
            .group_by(dimension)
            .agg(pl.col("strange").first(), pl.col("key").min())
        )
        for code, strange, key in first.iter_rows():
            ranked = (strange, key), key
            if (dimension, code) not in self._keys or ranked < self._keys[dimension, code]:
                self._keys[dimension, code] = ranked

    def of(self, kind: str, code: str) -> tuple[tuple[str, ...], str]:
        """The releases that have a thing, and a key that answers; empty when none does."""
        held = [(name, code) for name in _DIMENSIONS.get(kind, (kind,)) if (name, code) in self._releases]
        releases = dict.fromkeys(release for at in held for release in self._releases[at])
        key = next((self._keys[at][1] for at in held if at in self._keys), "")
        return tuple(releases), key


def _strange() -> pl.Expr:
    """How far a key is from Taiwan's exports of the total to the world, not adjusted: a number that sorts."""
    weights = zip(_PLAIN.items(), (16, 8, 4, 2, 1), strict=True)
    return sum(
        ((pl.col(name) != plain).cast(pl.Int32) * weight for (name, plain), weight in weights),
        start=pl.lit(0, dtype=pl.Int32),
    ).alias("strange")


def _text() -> pl.Expr:
    """The key as it is written."""
    plain = pl.concat_str(KEY_COLUMNS[:-1], separator=".")
    return pl.when(pl.col("measure") == "").then(plain).otherwise(
        pl.concat_str(KEY_COLUMNS, separator=".")
    ).alias("key")  # fmt: skip


def candidates(book: Book, asked: list[tuple[str, ...]], plain: Callable[[str], str]) -> dict[Key, list[str]]:
    """The series whose codes or names fit what is asked, with their releases.

    Of a release with many that fit some are given, the plainest first.

    Args:
        book: the store.
        asked: the forms of each thing asked; each thing must fit, by one of its forms.
        plain: the form names are compared in.
    """
    found: dict[Key, list[str]] = defaultdict(list)
    for edition in book.editions:
        fits = [_fits(edition, forms, plain) for forms in asked]
        if not all(fits):
            continue
        each = [edition.key_table(one) for one in fits[0]]
        whole = pl.concat(each).unique() if len(each) > 1 else each[0]
        for other in fits[1:]:
            any_of = [
                pl.all_horizontal(pl.col(name).is_in(list(codes)) for name, codes in one.items())
                for one in other
            ]
            whole = whole.filter(pl.any_horizontal(any_of))
        if whole.height > MOST:
            whole = _plainest_of(whole)
        for row in whole.select(KEY_COLUMNS).iter_rows():
            found[Key(*row)].append(edition.release.id)
    return found


def _plainest_of(keys: pl.DataFrame) -> pl.DataFrame:
    """As many as a search looks at. Sorting millions of texts would take seconds: whole bins are kept."""
    ranked = keys.with_columns(_strange())
    bins = ranked.group_by("strange").len().sort("strange")
    last = int((bins["len"].cum_sum() < MOST).sum())
    kept = ranked.filter(pl.col("strange") <= bins["strange"][last])
    return kept.sort("strange", maintain_order=True).head(MOST)


def _fits(edition: Edition, forms: tuple[str, ...], plain: Callable[[str], str]) -> list[dict[str, set[str]]]:
    """For each form that can fit: part of the key → the codes one of which a series must have.

    A form of several words (``twn exports``) may stand across parts: its words are looked for one by one.
    """
    found = []
    for form in forms:
        words = form.split() or [form]
        each = [_codes(edition, word, plain) for word in words]
        if all(each):
            found += _ways(each)
    return found


def _ways(each: list[dict[str, set[str]]]) -> list[dict[str, set[str]]]:
    """Every way to have each word in some part of the key; two words in one part share its codes."""
    ways: list[dict[str, set[str]]] = [{}]
    for word in each:
        ways = [
            {**way, name: way[name] & codes if name in way else codes}
            for way in ways
            for name, codes in word.items()
        ]
    return [way for way in ways if all(way.values())]


def _codes(edition: Edition, word: str, plain: Callable[[str], str]) -> dict[str, set[str]]:
    """The codes of a release that have a word in code or name, by part of the key."""
    found: dict[str, set[str]] = {}
    for name, codes in zip(KEY_COLUMNS, edition.labels(), strict=True):
        fits = {code for code in codes if word in _names(name, code, plain)}
        if fits:
            found[name] = fits
    return found


@cache
def _names(dimension: str, code: str, plain: Callable[[str], str]) -> str:
    """Code and names of a code in the form they are compared in, a line each."""
    lists = {"reporter": areas, "flow": flows, "commodity": commodities, "partner": areas}
    told = [code]
    if dimension in lists:
        told += [lists[dimension]().label(code, lang) for lang in ("zh", "en")]
    return "\n".join(plain(text) for text in told)
