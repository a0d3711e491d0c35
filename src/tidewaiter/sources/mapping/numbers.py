"""Columns of numbers, read in one go; only what does not read at once is looked at one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa

from tidewaiter.sources.printed import is_blank, read_number

if TYPE_CHECKING:
    from collections.abc import Collection

_DIGITS = r"^[+-]?\d+(\.\d+)?$"
_APART = r"(\d)[ \u00a0\u202f\u2009'’](\d{3})"
_THOUSANDS = r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"


@dataclass(frozen=True)
class Numbers:
    """A column of numbers.

    Attributes:
        values: null where the cell is blank, suppressed or faulty.
        wrong: text → rows that hold it, for texts that are no number.
        suppressed: how many cells hold a word that says the number is withheld.
    """

    values: pl.Series
    wrong: dict[str, list[int]] = field(default_factory=dict)
    suppressed: int = 0


def numbers(column: pa.ChunkedArray, withheld: Collection[str] = (), decimal: str = ".") -> Numbers:
    """The numbers of a column. ``1,234`` and ``−3`` read; a blank or ``-`` is none.

    Args:
        column: texts or numbers.
        withheld: words that stand for a suppressed number: neither zero nor missing.
        decimal: the sign before decimals; with ``,`` a point parts thousands.
    """
    if not (pa.types.is_string(column.type) or pa.types.is_dictionary(column.type)):
        given = pl.Series("value", pl.from_arrow(column)).cast(pl.Float64)
        return Numbers(given.fill_nan(None) if given.is_nan().any() else given)
    if pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    texts = pl.Series("value", pl.from_arrow(column), dtype=pl.String)
    if decimal == ",":
        texts = texts.str.replace_all(".", "", literal=True).str.replace_all(",", ".", literal=True)
    values = texts.cast(pl.Float64, strict=False)
    values = values.set(~values.is_finite().fill_null(value=True), None)
    left = (values.is_null() & texts.is_not_null() & (texts != "")).arg_true()
    if left.is_empty():
        return Numbers(values)
    return _mended(texts, values, left, withheld)


def _mended(texts: pl.Series, values: pl.Series, left: pl.Series, withheld: Collection[str]) -> Numbers:
    rest = texts.gather(left)
    for _ in range(2):  # neighbours share a digit: 1 234 567
        rest = rest.str.replace_all(_APART, "$1$2")
    plain = rest.str.contains(_THOUSANDS)
    parsed = rest.str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False)
    mended = parsed.set(~(plain | rest.str.contains(_DIGITS)), None)
    wrong: dict[str, list[int]] = {}
    suppressed = 0
    endless = parsed.is_infinite().fill_null(value=False)  # hundreds of digits are no number
    odd = ((plain | rest.str.contains(_DIGITS)).not_() | endless).arg_true()
    single = {text: _one(text, withheld) for text in rest.gather(odd).unique()}
    found: list[float | None] = []
    for at, text in zip(left.gather(odd), rest.gather(odd), strict=True):
        kind, number = single[text]
        found.append(number)
        suppressed += kind == "withheld"
        if kind == "wrong":
            wrong.setdefault(text, []).append(int(at))
    if found:
        mended = mended.scatter(odd, found)
    return Numbers(values.scatter(left, mended), wrong, suppressed)


def _one(text: str, withheld: Collection[str]) -> tuple[str, float | None]:
    if text.strip() in withheld:
        return "withheld", None
    if is_blank(text) or text.strip() == ":":  # Eurostat's "not available"
        return "blank", None
    printed = read_number(text)
    return ("number", printed.value) if printed and isfinite(printed.value) else ("wrong", None)
