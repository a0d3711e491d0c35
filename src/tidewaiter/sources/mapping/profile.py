"""What the columns of an unknown file hold: shares of periods, codes, names and numbers among their texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.errors import TidewaiterError
from tidewaiter.nomenclature.codelist import fold
from tidewaiter.sources.mapping import partners
from tidewaiter.sources.mapping.figures import is_figure
from tidewaiter.sources.mapping.headings import flow_in, flow_word, words
from tidewaiter.sources.mapping.periods import month_named, read_period
from tidewaiter.sources.mapping.resolve import encode
from tidewaiter.sources.mapping.units import unit_of_quantity
from tidewaiter.sources.printed import is_blank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pyarrow as pa

_DISTINCT = 20_000  # texts kept of a column
_JUDGED = 2_000  # texts it is judged by
_COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+\Z")
_POINTS = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3}){2,}\Z")  # 1.234.567: points part thousands
_POINTS_ONE = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+\Z")
_POINT = re.compile(r"-?\d{1,3}(?:,\d{3})+\.\d+\Z")  # 1,234.5
_SPACES = re.compile(r"[\s\u00a0\u202f'’]+")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+\Z")
_CODE = re.compile(r"\d{1,2}[\d. ]*\Z")
_DOTTED = re.compile(r"\d{2}(?:\.\d+)+\Z|\d{4}\.\d{2,8}(?:\.\d+)*\Z")
_MOST = 0.9
_WITHHELD = frozenset(
    {":", "x", "X", "c", "C", "s", "S", "..", "...", "n", "z", "/", ".", "F", "—", "e", "(D)"}
)
_FISCAL = re.compile(r"(?:FY ?)?(\d{4})\s*[-/–]\s*(\d{2}|\d{4})\Z")
_DAY = 8  # signs of a day: 20240101
_JANUARY = (".0", "-01-01", "/01/01", "0101")
_CODED = re.compile(r"'?(\d{2,12}|\d{2,4}(?:\.\d{1,4})+)(?:\s*[-–:.]\s+|\s+)\D")
STANDARDS = ("iso3", "iso2", "m49", partners.NAME)
"""Code lists that belong to no source."""
_WHOLE = frozenset({"totalmerchandise", "allcommodities", "allproducts"})  # whatever code stands before
TOTALS = frozenset(words("totals"))
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
        return self.typed or (
            self.share(lambda text: is_figure(text) or is_blank(text) or text in _WITHHELD) >= _MOST
            and any(map(is_figure, self.texts))
        )

    @property
    def fractional(self) -> bool:
        """Some number has decimals."""
        return self.numeric and any("." in text for text in self.texts)

    def period_form(self) -> str:
        """The form its texts read in as periods, empty when they do not (totals apart)."""
        texts = [text for text in self.texts if not is_total(text)]
        if not texts or (len(self.texts) - len(texts) > 1 and len(texts) < len(self.texts) / 2):
            return ""
        read = Profile(self.name, tuple(texts), self.rows, self.blank)
        return read.form_of_all()

    def form_of_all(self) -> str:
        """As :meth:`period_form`, every text counted."""
        if len(self.texts) > 1 and all(map(_is_fiscal, self.texts)):
            return "fiscal"
        if self.share(lambda text: _reads(text, "any") or _reads(text, "roc")) < 1:
            return ""
        if self.share(lambda text: _reads(text, "year")) == 1:
            january = self.share(
                lambda text: len(text) < _DAY or not text[:4].isdigit() or text[4:].startswith(_JANUARY)
            )
            return "year" if january == 1 else "month"
        if self.share(lambda text: _reads(text, "any")) == 1:
            return "month" if self.share(lambda text: _reads(text, "month")) == 1 else "any"
        return "month" if self.share(lambda text: _reads(text, "month")) == 1 else "roc"

    def months_of_year(self) -> bool:
        """Months 1 to 12, as numbers or names (a total beside them may stand)."""
        texts = [text for text in self.texts if not is_total(text)]
        return bool(texts) and all(map(month_named, texts)) and len(texts) >= len(self.texts) - 2

    def quarters_of_year(self) -> bool:
        """Quarters told by a letter: Q1, T1, 1Q."""
        return bool(self.texts) and all(re.match(r"[QTqt] ?[1-4]\Z", text) for text in self.texts)

    def prefix_of_codes(self) -> str:
        """The letters before codes of goods, where they are the same before all: ``WA84``, ``HS8471``."""
        texts = [text for text in self.texts if not is_total(text)]
        found = [re.fullmatch(r"([A-Za-z]{1,6})[-_ ]?(\d+)", text) for text in texts]
        if not found or not all(found):
            return ""
        prefixes = {match[1] for match in found if match}
        even = all(len(match[2]) % 2 == 0 for match in found if match)
        return prefixes.pop() if len(prefixes) == 1 and even else ""

    def coded_names(self) -> bool:
        """Codes of goods with their names behind: ``8471 - Computers``."""
        texts = [text for text in self.texts if not is_total(text)]
        one = r"'?(?:\d\s+\D|" if "sitc" in self.name.lower() else "(?:"  # sections of SITC have one digit
        return len(texts) > 0 and all(re.match(f"{one}{_CODED.pattern})", text) for text in texts)

    def flows(self) -> dict[str, str]:
        """Text → flow, empty when some text is no flow."""
        if len(self.texts) > 8:  # noqa: PLR2004 — flows are few
            return {}
        words = {text: flow_word(text) or (flow_in(text) if len(text) < 60 else "") for text in self.texts}  # noqa: PLR2004
        return words if words and all(words.values()) else {}

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
        texts = [text.strip("'") for text in self.texts if not is_total(text)]
        codes = [text.replace(".", "").replace(" ", "") for text in texts if _CODE.match(text)]
        if self.fractional and not all(_DOTTED.match(text) for text in texts if "." in text):
            return set()
        return {len(code) for code in codes} if codes and len(codes) >= _MOST * len(texts) else set()

    def units(self) -> float:
        """The share of its texts that are units of quantity."""
        return self.share(is_unit)


def decimal_comma(table: pa.Table, delimiter: str) -> bool:
    """Numbers are written ``1.234,5``: some cell of the first rows reads in no other way."""
    head = table.slice(0, 500)
    columns = [
        [_SPACES.sub("", str(cell)) for cell in head.column(n).to_pylist() if cell] for n in head.column_names
    ]
    texts = [text for column in columns for text in column]
    if any(_POINT.match(text) for text in texts):
        return False
    if any(_COMMA.match(text) and not _THOUSANDS.match(text) for text in texts):
        return True
    return delimiter != "," and any(map(_points_part_thousands, columns))


def _points_part_thousands(texts: list[str]) -> bool:
    """``950``, ``1.234``, ``12.345.678``: whole numbers beside ones with three digits behind each point."""
    dotted = {text for text in texts if "." in text}
    if any(_POINTS.match(text) for text in dotted):
        return True
    whole = any(text.isdigit() and len(text) <= 3 for text in texts)  # noqa: PLR2004 — below a thousand
    return whole and len(dotted) > 2 and all(_POINTS_ONE.match(text) for text in dotted)  # noqa: PLR2004


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


def is_total(text: str) -> bool:
    """The text stands for the whole of something."""
    if fold(text.rpartition(" - ")[2]).replace(" ", "") in _WHOLE:
        return True
    parts = re.split(r"[:\[\]]", text)
    return all(fold(part).replace(" ", "") in TOTALS for part in parts if part.strip()) and bool(text.strip())


def _is_fiscal(text: str) -> bool:
    """Two years that follow each other: 2024-25."""
    match = _FISCAL.match(text)
    return bool(match) and int(match[2][-2:]) == (int(match[1]) + 1) % 100 if match else False


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
