"""Numbers in words: rounded once, half up, at the end, and with the units each language is used to.

>>> amount(58_487_447_000, "zh"), amount(58_487_447_000, "en")
('584.9億美元', 'US$58.49 billion')
>>> growth(34.0682, "zh"), growth(-3.62, "zh"), growth(101.7, "zh", multiples=True)
('年增34.1%', '年減3.6%', '年增1.0倍')
"""

from __future__ import annotations

from decimal import Decimal

from tidewaiter.model.interval import round_half_up

_YI = 1e8
_BILLION = 1e9
_MULTIPLE = 100.0  # official prose turns to 倍 from 100 % up


def write_number(value: float, decimals: int, *, grouping: bool = True) -> str:
    """A number with so many decimals.

    Examples:
        >>> write_number(3925.55, 1), write_number(-2.25, 1), write_number(-0.04, 1)
        ('3,925.6', '-2.3', '0.0')
    """
    rounded = round_half_up(value, decimals)
    if rounded == 0:
        rounded = abs(rounded)
    return f"{rounded:,f}" if grouping else f"{rounded:f}"


def amount(value_in_usd: float, lang: str) -> str:
    """US dollars in prose: 億美元 with 1 decimal, US$ billion with 2."""
    if lang == "zh":
        return f"{write_number(value_in_usd / _YI, 1)}億美元"
    sign = "-" if value_in_usd < 0 else ""
    return f"{sign}US${write_number(abs(value_in_usd) / _BILLION, 2)} billion"


def amount_twd(value_in_twd: float, lang: str) -> str:
    """New Taiwan dollars in prose: 億元 without decimals, NT$ billion with 1.

    Examples:
        >>> amount_twd(426_712_000_000, "zh"), amount_twd(426_712_000_000, "en")
        ('4,267億元', 'NT$426.7 billion')
    """
    if lang == "zh":
        return f"{write_number(value_in_twd / _YI, 0)}億元"
    return f"NT${write_number(value_in_twd / _BILLION, 1)} billion"


def percent(value: float, decimals: int = 1) -> str:
    """The size of a rate, without its sign: the sign stands in the words."""
    return write_number(abs(value), decimals)


def growth(value: float, lang: str, *, multiples: bool = False, decimals: int = 1) -> str:
    """Growth on a year ago in words.

    Args:
        value: percent.
        lang: zh or en.
        multiples: in Chinese, 倍 from 100 % up (101.7 % → 1.0倍), as official prose has it.
        decimals: of the percentage.
    """
    if lang == "zh":
        if multiples and value >= _MULTIPLE:
            return f"年增{write_number(value / _MULTIPLE, 1)}倍"
        return f"{'年減' if is_negative(value, decimals) else '年增'}{percent(value, decimals)}%"
    return (
        f"{'down' if is_negative(value, decimals) else 'up'} {percent(value, decimals)}% from a year earlier"
    )


def is_negative(value: float, decimals: int) -> bool:
    """Still below zero after rounding: −0.04 prints 0.0 and is no fall."""
    return round_half_up(value, decimals) < Decimal(0)


def ordinal_en(n: int) -> str:
    """An English ordinal.

    Examples:
        >>> [ordinal_en(n) for n in (1, 2, 3, 11, 22, 113)]
        ['1st', '2nd', '3rd', '11th', '22nd', '113th']
    """
    teens = 10 <= n % 100 <= 20  # noqa: PLR2004 - eleventh, twelfth, thirteenth
    suffix = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"
