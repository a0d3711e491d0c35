"""Numbers as printed, and the units offices write in brackets.

A number keeps its decimals: ``100.0`` says more than ``100``, and the interval it stands for depends on
it. Units are looked up in a small table; one that is not there is a fault, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.model.interval import decimals_of
from tidewaiter.model.unit import PERCENT, Unit
from tidewaiter.nomenclature.codelist import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?\Z")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "－": "-"})
_NO_NUMBER = frozenset(  # NFKC has turned … into ...
    {"", "-", "--", "...", "..", "n.a.", "na", "n/a", "n.d.", "n/d"}
)
_IN_BRACKETS = re.compile(r"(?P<name>.*?)\((?P<unit>[^()]+)\)\Z")
_KINDS = (("新臺幣", "TWD"), ("美元", "USD"), ("美金", "USD"), ("元", "TWD"))
_POWERS = {"": 0, "千": 3, "萬": 4, "百萬": 6, "千萬": 7, "億": 8, "十億": 9, "兆": 12}


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed.

    Attributes:
        value: the number.
        decimals: how many decimals it shows.
    """

    value: float
    decimals: int


def plain(text: str) -> str:
    """Half-width, one kind of minus sign, no space at the ends: the form numbers are read in."""
    return unicodedata.normalize("NFKC", text.translate(_MINUS)).strip()


def is_number(text: str) -> bool:
    """The whole text is one number."""
    return bool(_NUMBER.match(plain(text)))


def is_blank(text: str) -> bool:
    """Nothing stands here, or a sign that says so: ``-`` does not apply, ``…`` not available."""
    return plain(text).casefold() in _NO_NUMBER


def count_numbers(cells: Iterable[str]) -> int:
    """How many of the cells are numbers."""
    return sum(is_number(cell) for cell in cells)


def read_number(text: str) -> Printed | None:
    """The number in a text, None when the text is no number.

    Examples:
        >>> read_number("1,342.80"), read_number("-"), read_number("－11.3")
        (Printed(value=1342.8, decimals=2), None, Printed(value=-11.3, decimals=1))
    """
    shown = plain(text)
    if not _NUMBER.match(shown):
        return None
    return Printed(float(shown.replace(",", "")), decimals_of(shown))


def split_unit(text: str) -> tuple[str, str]:
    """The name and the unit of a heading: ``出口值(億美元)`` → 出口值, 億美元; no brackets → no unit.

    Examples:
        >>> split_unit("美元（千元）"), split_unit("國家")
        (('美元', '千元'), ('國家', ''))
    """
    shown = plain(text)
    match = _IN_BRACKETS.match(shown)
    return (match["name"].strip(), match["unit"].strip()) if match else (shown, "")


def unit_of(text: str) -> Unit | None:
    """The unit of a bracket, None when it is none we know.

    Examples:
        >>> str(unit_of("億美元")), str(unit_of("新臺幣億元")), str(unit_of("億元")), str(unit_of("%"))
        ('1e8 USD', '1e8 TWD', '1e8 TWD', 'percent')
        >>> unit_of("兆披索") is None
        True
    """
    name = fold(text)
    if name in {"%", "百分比"}:
        return PERCENT
    for word, kind in _KINDS:
        if word in name:
            power = name.replace(word, "", 1).removesuffix("元")
            return Unit(kind, _POWERS[power]) if power in _POWERS else None
    return None


def currency_column(heading: str) -> Unit | None:
    """The unit of a column headed by a currency: ``美元(千元)`` → 1e3 USD, None for any other heading.

    Examples:
        >>> str(currency_column("美元(千元)")), str(currency_column("新臺幣(千元)"))
        ('1e3 USD', '1e3 TWD')
    """
    name, bracket = split_unit(heading)
    word = fold(name)
    if word not in {"美元", "美金", "新臺幣"} or not bracket.endswith("元"):
        return None
    return unit_of(f"{word}{bracket}")
