"""What the columns of an unknown file hold: shares of periods, codes, names and numbers among their texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.errors import TidewaiterError
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.mapping import partners
from tidewaiter.sources.mapping.headings import flow_word
from tidewaiter.sources.mapping.periods import read_period
from tidewaiter.sources.mapping.resolve import encode
from tidewaiter.sources.mapping.units import unit_of_quantity
from tidewaiter.sources.printed import is_blank, is_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pyarrow as pa

_DISTINCT = 20_000  # texts kept of a column
_JUDGED = 2_000  # texts it is judged by
_COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+\Z")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+\Z")
_CODE = re.compile(r"\d{1,2}[\d.]*\Z")
_DOTTED = re.compile(r"\d{2}(?:\.\d+)+\Z|\d{4}\.\d{2}(?:\.\d+)*\Z")
_MOST = 0.9
STANDARDS = ("iso3", "iso2", "m49", partners.NAME)
"""Code lists that belong to no source."""
TOTALS = frozenset({"0", "c00", "total", "t", "_t", "all", "tot", "world", "合計", "總計", "grandtotal"})
"""Texts (folded) that stand for the whole of a dimension."""


@dataclass(frozen=True)
class Profile:
    """One column.

    Attributes:
        name: its heading.
        texts: distinct texts, blanks left out; numbers with decimal commas are written with points.
        rows: how many rows the file has.
        blank: how many of them hold nothing.
        typed: the file itself says that these are numbers with decimals.
    """

    name: str
    texts: tuple[str, ...]
    rows: int
    blank: int
    typed: bool = False

    def share(self, holds: Callable[[str], bool]) -> float:
        """The share of its texts (of many: of some) for which something holds."""
        texts = self.texts[:: max(1, len(self.texts) // _JUDGED)]
        return sum(map(holds, texts)) / len(texts) if texts else 0.0

    @property
    def numeric(self) -> bool:
        """Its texts are numbers, but for words that stand for none."""
        return self.typed or self.share(lambda text: is_number(text) or is_blank(text)) >= _MOST

    @property
    def fractional(self) -> bool:
        """Some number has decimals."""
        return self.numeric and any("." in text for text in self.texts)

    def period_form(self) -> str:
        """The form its texts read in as periods, empty when they do not."""
        if not self.texts or self.share(lambda text: _reads(text, "any") or _reads(text, "roc")) < 1:
            return ""
        if self.share(lambda text: _reads(text, "year")) == 1:
            january = self.share(
                lambda text: not text[4:] or text[4:].startswith((".0", "-01-01", "/01/01", "0101"))
            )
            return "year" if january == 1 else "month"
        if self.share(lambda text: _reads(text, "any")) == 1:
            return "month" if self.share(lambda text: _reads(text, "month")) == 1 else "any"
        return "roc"

    def months_of_year(self) -> bool:
        """Numbers 1 to 12."""
        return bool(self.texts) and all(text.isdigit() and 1 <= int(text) <= 12 for text in self.texts)  # noqa: PLR2004

    def flows(self) -> dict[str, str]:
        """Text → flow, empty when some text is no flow."""
        words = {text: flow_word(text) for text in self.texts}
        return words if words and len(words) < 9 and all(words.values()) else {}  # noqa: PLR2004 — flows are few

    def best_areas(self) -> tuple[str, float]:
        """The code list that knows most of its texts, and the share it knows."""
        best, share = "", 0.0
        for source in _ordered(partners.sources()):
            lists = lists_of(source)
            known = self.share(lambda text, lists=lists: partners.area_of(text, lists) is not None)  # type: ignore[misc]
            if known > share + 1e-9:
                best, share = source, known
            if share == 1 and best in STANDARDS:
                break
        return best, share

    def code_lengths(self) -> set[int]:
        """Lengths of its codes of goods, empty when it holds none."""
        texts = [text for text in self.texts if fold(text) not in TOTALS]
        codes = [text.replace(".", "") for text in texts if _CODE.match(text)]
        if self.fractional and not all(_DOTTED.match(text) for text in texts if "." in text):
            return set()
        return {len(code) for code in codes} if codes and len(codes) >= _MOST * len(texts) else set()

    def units(self) -> float:
        """The share of its texts that are units of quantity."""
        return self.share(is_unit)


def decimal_comma(table: pa.Table, delimiter: str) -> bool:
    """Numbers are written ``1.234,5``: some cell of the first rows reads in no other way."""
    if delimiter == ",":
        return False
    texts = [str(value) for row in table.slice(0, 200).to_pylist() for value in row.values() if value]
    return any(_COMMA.match(text) and not _THOUSANDS.match(text) for text in texts)


def profiles(table: pa.Table, *, comma: bool = False) -> list[Profile]:
    """A profile of each column; ``comma``: decimals are parted by commas."""
    import pyarrow as pa  # noqa: PLC0415 — only its type tests are needed here

    done = []
    for name in table.column_names:
        column = table.column(name)
        coded = encode(column)
        used = coded.used() if coded.texts else {}
        texts = [text for at, text in enumerate(coded.texts) if text and used.get(at)]
        if comma:
            texts = [
                text.replace(".", "").replace(",", ".") if _COMMA.match(text) else text for text in texts
            ]
        blank = sum(count for at, count in used.items() if not coded.texts[at])
        typed = pa.types.is_floating(column.type)
        done.append(Profile(name, tuple(texts[:_DISTINCT]), len(column), blank, typed))
    return done


def lists_of(source: str) -> tuple[str, ...]:
    """A list and what is asked after it: a source's quirks go before a standard."""
    if source in STANDARDS:
        return (source,)
    return (source, "m49" if source in {"comtrade", "wto"} else partners.NAME)


def _ordered(sources: Iterable[str]) -> list[str]:
    """Standards before the lists of single sources: a tie goes to the standard."""
    return [*STANDARDS, "comtrade", *(name for name in sources if name not in (*STANDARDS, "comtrade"))]


def _reads(text: str, form: str) -> bool:
    try:
        read_period(text, form)
    except TidewaiterError:
        return False
    return True


def is_unit(text: str) -> bool:
    """The text is a unit of quantity we know."""
    try:
        unit_of_quantity(text, {})
    except TidewaiterError:
        return False
    return True
