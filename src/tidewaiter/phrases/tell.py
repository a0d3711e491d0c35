"""Telling a fact: its figures in a sentence, in the words of the phrasebook.

>>> from tidewaiter.model.key import Key
>>> subject(Key.parse("TWN.exports.total.USA"), "zh"), subject(Key.parse("TWN.exports.ict_av"), "en")
('對美國出口', 'exports of ICT and audio-video products')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.nomenclature import areas, commodities, flows
from tidewaiter.phrases.book import phrasebook
from tidewaiter.phrases.numbers import amount, growth, write_number

if TYPE_CHECKING:
    from tidewaiter.engine.facts import Fact
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip


def tell(fact: Fact, lang: str) -> str:
    """The fact in one sentence."""
    parts = [f"{_when(fact.main.id.period, lang)}{subject(fact.key, lang)}"]
    if lang == "en":
        parts = [f"{subject(fact.key, lang, capital=True)} in {_when(fact.main.id.period, lang)}"]
    level = _part(fact, "level")
    yoy = _part(fact, "yoy")
    said = []
    if level is not None:
        said.append(amount(level.value * 10.0**level.unit.power, lang))
    if yoy is not None:
        said.append(growth(yoy.value, lang))
    said.append(_told(fact, lang))
    joiner = "，" if lang == "zh" else ", "
    head = parts[0] if lang == "zh" else f"{parts[0]}: "
    return head + joiner.join(text for text in said if text)


def subject(key: Key, lang: str, *, capital: bool = False) -> str:
    """What the series is, in words."""
    flow = flows().label(key.flow, lang)
    goods = "" if key.commodity == "total" else commodities().label(key.commodity, lang)
    partner = "" if key.partner == "W00" else areas().label(key.partner, lang)
    if lang == "zh":
        toward = {"imports": "自", "exports": "對", "balance": "對"}.get(key.flow, "對")
        return f"{toward + partner if partner else ''}{goods}{flow}"
    preposition = {"imports": "from", "exports": "to"}.get(key.flow, "with")
    text = flow + (f" of {goods}" if goods else "") + (f" {preposition} {partner}" if partner else "")
    return text[0].upper() + text[1:] if capital else text


def _when(period: Period, lang: str) -> str:
    if lang == "zh":
        return f"{period.end_month}月" if period.is_month else f"前{period.end_month}月"
    month = _MONTHS[period.end_month - 1]
    return f"{month} {period.end_year}" if period.is_month else f"January–{month} {period.end_year}"


def _part(fact: Fact, statistic: str) -> Figure | None:
    return next((figure for figure in fact.figures[1:] if figure.id.statistic == statistic), None)


def _told(fact: Fact, lang: str) -> str:
    """The words for what is special."""
    book, main = phrasebook(), fact.main
    if fact.kind in ("record", "second"):
        return _place(fact, lang)
    if fact.kind in ("best", "worst"):
        base = main.id.of.lstrip("-").partition(":")[0]
        of = {"yoy": {"zh": "年增率", "en": "growth "}}.get(base, {"zh": "", "en": ""})[lang]
        return of + book.write(f"{fact.kind}.months", lang, n=int(main.value))
    if fact.kind == "streak":
        yoy = _part(fact, "yoy")
        way = "up" if yoy is None or yoy.value > 0 else "down"
        return book.write(f"streak.{way}", lang, n=int(main.interval.low))
    if fact.kind == "turn":
        yoy = _part(fact, "yoy")
        return book.write("turn.up" if yoy is not None and yoy.value > 0 else "turn.down", lang)
    return book.write(
        "contribution.up" if main.value >= 0 else "contribution.down",
        lang,
        value=write_number(abs(main.value), 1),
    )


def _place(fact: Fact, lang: str) -> str:
    base, _, universe = fact.main.id.of.lstrip("-").partition(":")
    of = {"zh": "年增率", "en": "growth "}[lang] if base == "yoy" else ""
    if fact.kind == "record":
        return of + phrasebook().write(f"record.{universe}", lang)
    if universe == "all_months":
        return of + phrasebook().write("rank.second_high", lang)
    words = {"same_month": ("為歷年同月次高", "the second-highest on record for the month"),
             "same_period": ("為歷年同期次高", "the second-highest on record for the period")}  # fmt: skip
    return of + words[universe][lang == "en"]
