"""Reading numerals: 五四二點五, 三○一一, 卅七.九, 四十一, 1,234.5, ``ninth``, ``three``.

Newspapers write the same number in half a dozen ways. All of them become a :class:`~decimal.Decimal`,
which keeps the decimals as printed: 廿六 → 26, 五三五點○ → 535.0.
"""

from __future__ import annotations

from decimal import Decimal

DIGITS = dict(zip("〇○零一二三四五六七八九", (0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {"兩": 2}
TENS = {"廿": 20, "卅": 30}
POWERS = {"十": 10, "百": 100, "千": 1000}

ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
HAN = r"[〇○零一二三四五六七八九十百千廿卅兩]+(?:[點.][〇○零一二三四五六七八九]+)?"
NUMBER = rf"(?:{ARABIC}|{HAN})"
"""A number in a Chinese sentence, either script."""

WORDS_EN = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_IRREGULAR = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
    "twentieth": 20,
}
ORDINALS_EN = {f"{word}th": n for n, word in enumerate(WORDS_EN) if n} | _IRREGULAR
NUMBER_EN = rf"(?:{ARABIC}|{'|'.join(sorted(WORDS_EN[1:], key=len, reverse=True))})"
_TENS_EN = "thirtieth|thirtyth|fortieth|fiftieth"
ORDINAL_EN = rf"(?:\d+(?:st|nd|rd|th)|{'|'.join(sorted(ORDINALS_EN, key=len, reverse=True))}|{_TENS_EN})"


def read_number(text: str) -> Decimal:
    """The number a Chinese sentence prints.

    Examples:
        >>> [str(read_number(t)) for t in ("1,234.5", "五四二點五", "三○一一.一", "廿三", "四十一.二", "千")]
        ['1234.5', '542.5', '3011.1', '23', '41.2', '1000']
    """
    plain = text.replace(",", "").replace("點", ".")
    if plain[:1].isascii():
        return Decimal(plain)
    whole, _, fraction = plain.partition(".")
    tail = "".join(str(DIGITS[sign]) for sign in fraction)
    return Decimal(f"{read_integer(whole)}.{tail}" if tail else str(read_integer(whole)))


def read_integer(text: str) -> int:
    """A whole number in Chinese numerals, digit by digit or with 十百千."""
    if not any(sign in POWERS or sign in TENS for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    total, pending = 0, None
    for sign in text:
        if sign in POWERS:
            total += (1 if pending is None else pending) * POWERS[sign]
            pending = None
        elif sign in TENS:
            total += TENS[sign]
        else:
            pending = DIGITS[sign] + 10 * (pending or 0)
    return total + (pending or 0)


def read_english(text: str) -> Decimal:
    """A number in an English sentence: ``1,234.5``, ``three``, ``17th``, ``ninth``.

    Examples:
        >>> [str(read_english(t)) for t in ("three", "17th", "ninth", "24")]
        ['3', '17', '9', '24']
    """
    low = text.casefold()
    if low in ORDINALS_EN:
        return Decimal(ORDINALS_EN[low])
    if low in WORDS_EN:
        return Decimal(WORDS_EN.index(low))
    if low[:1].isdigit():
        return Decimal(low.rstrip("stndrh").replace(",", ""))
    return Decimal({"thir": 30, "fort": 40, "fift": 50}.get(low[:4], 0))


def plain(number: Decimal) -> str:
    """The number as text without an exponent.

    Examples:
        >>> plain(Decimal("4E+1")), plain(Decimal("535.0"))
        ('40', '535.0')
    """
    return format(number, "f")
