"""The signs of list points (``1.``, ``一、``, ``(1)``, ``(一)``, ``•``) and what follows a bold lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.bulletin.document import plain

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Numbering, Runs
    from tidewaiter.bulletin.words import Words

_DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """A number from 1 to 99 in Chinese.

    >>> chinese(7), chinese(10), chinese(21)
    ('七', '十', '二十一')
    """
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")


def label_of(numbering: Numbering, at: int) -> str:
    """What stands before the point ``at``, blank included where the style has one."""
    labels = {
        "1.": f"{at}. ",
        "一、": f"{chinese(at)}、",
        "(1)": f"({at}) ",
        "(一)": f"（{chinese(at)}）",
        "•": "• ",
    }
    return labels[numbering]


def after_lead(lead: Runs, say: Words) -> str:
    """A colon, unless the lead ends in a sign of its own."""
    if plain(lead)[-1:] in tuple("。：；！？"):
        return ""
    return " " if plain(lead)[-1:] in tuple(".:;!?") else say.colon
