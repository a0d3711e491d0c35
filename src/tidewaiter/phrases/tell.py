"""Telling a fact: its figures in a sentence, in the words of the phrasebook.

>>> from tidewaiter.model.key import Key
>>> subject(Key.parse("TWN.exports.total.USA"), "zh"), subject(Key.parse("TWN.exports.ict_av"), "en")
('對美國出口', 'exports of ICT and audio-video products')
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import yaml

from tidewaiter.model.period import MONTHS, Period
from tidewaiter.nomenclature import areas, commodities, flows
from tidewaiter.phrases.book import phrasebook
from tidewaiter.phrases.numbers import amount, amount_twd, growth, ordinal_en, write_number

if TYPE_CHECKING:
    from tidewaiter.engine.facts import Fact
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_HOME = "TWN"
_MONTHLY = {  # kinds that an entry of the phrasebook tells by itself, where months are told
    "record": "record.all_months",
    "record_same_month": "record.same_month",
    "record_span": "record.same_period",
    "second": "rank.second_high",
}


def tell(fact: Fact, lang: str) -> str:
    """The fact in one sentence."""
    when = _when(fact.main.id.period, lang)
    whose = "" if fact.key.reporter == _HOME else areas().label(fact.key.reporter, lang)
    said = [_in_words(fact.part("level"), lang), _growth(fact, lang), _told(fact, lang)]
    if fact.kind == "since_begin":  # the words follow what they are about
        said = [said[0], said[2], said[1]]
    if lang == "zh":
        return f"{when}{whose}{subject(fact.key, lang)}" + _joined(said, "，")
    plain = subject(fact.key, lang, capital=not whose)
    owner = f"{_capital(whose)}'s " if whose else ""
    return f"{owner}{plain} in {when}: " + _joined(said, ", ")


def _joined(said: list[str], joint: str) -> str:
    text = joint.join(part for part in said if part)
    return text.replace(f"{joint}；", "；").replace(f"{joint}; ", "; ")


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
    return _capital(text) if capital else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _when(period: Period, lang: str) -> str:
    first, last = period.start_month, period.end_month
    if period.is_year:
        return f"{period.end_year}年" if lang == "zh" else str(period.end_year)
    if period.start_year != period.end_year:
        ends = (_when(Period(at, at), lang) for at in (period.first, period.last))
        return ("至" if lang == "zh" else "–").join(ends)
    if lang == "zh":
        months = f"{last}月" if period.is_month else f"{first}至{last}月"
        return f"{period.end_year}年{months}"
    if period.is_month:
        return f"{_MONTHS[last - 1]} {period.end_year}"
    return f"{_MONTHS[first - 1]}–{_MONTHS[last - 1]} {period.end_year}"


def _in_words(level: Figure | None, lang: str) -> str:
    """An amount of money as prose has it; nothing for what is not money of a known name."""
    if level is None:
        return ""
    return _money(level.value * 10.0**level.unit.power, level.unit.kind, lang)


def _money(value: float, kind: str, lang: str) -> str:
    if kind == "USD":
        return amount(value, lang)
    if kind == "TWD":
        return amount_twd(value, lang)
    if lang == "zh":
        return f"{kind} {write_number(value / 1e8, 1)}億"
    return f"{kind} {write_number(value / 1e9, 2)} billion"


def _growth(fact: Fact, lang: str) -> str:
    """Growth on a year earlier, beside the level or as the figure itself."""
    figure = fact.main if fact.main.id.statistic == "yoy" else fact.part("yoy")
    return growth(figure.value, lang) if figure is not None else ""


def _told(fact: Fact, lang: str) -> str:
    """The words for what is special."""
    book, main = phrasebook(), fact.main
    yearly = main.id.period.months == MONTHS
    if fact.kind in _MONTHLY and not yearly:
        return book.write(_MONTHLY[fact.kind], lang)
    if fact.kind == "since_begin":
        return _since(fact, lang)
    if fact.kind == "streak":
        return _streak(fact, lang, yearly=yearly)
    if fact.kind == "contribution":
        way = "up" if main.value >= 0 else "down"
        return book.write(f"contribution.{way}", lang, value=write_number(abs(main.value), 1))
    if fact.kind == "full_year":
        return _full_year(fact, lang)
    return _worded(fact, lang, "years" if yearly else "months")


def _full_year(fact: Fact, lang: str) -> str:
    if fact.main.id.statistic == "rank":
        return phrasebook().write("record.full_years", lang)
    year = f"{fact.slots['year']}年" if lang == "zh" else fact.slots["year"]
    return phrasebook().write("exceeds.year", lang, year=year)


def _worded(fact: Fact, lang: str, step: str) -> str:
    """What has words of its own in ``facts.yml``."""
    slots: dict[str, str] = {**fact.slots, **_measured(fact, lang)}
    name = fact.kind
    if fact.kind == "share_high" and slots["date"]:
        step = "known"
    names = (f"{name}.{step}.{fact.slots.get('way', '')}", f"{name}.{step}", name)
    words = facts_words()
    return next(words[known] for known in names if known in words)[lang].format_map(slots)


def _measured(fact: Fact, lang: str) -> dict[str, str]:
    """The slots that a figure fills."""
    main = fact.main
    found = {"date": ""}
    if main.id.statistic in {"best_in_n", "worst_in_n"}:
        n = round(main.interval.low / main.id.period.months)
        found |= {"n": str(n), "before": str(n - 1)}
        if main.interval.width:
            found["date"] = _when(Period.parse(dict(main.detail)["since"]), lang)
    if fact.kind == "share_high":
        share = fact.part("share")
        found["value"] = write_number(share.value, 1) if share is not None else ""
    if fact.kind == "overtaking":
        known = areas() if fact.slots["dimension"] == "partners" else commodities()
        found |= {"passed": known.label(fact.slots["passed"], lang), "nth_place": ordinal_en(int(main.value))}
    if fact.kind == "rare":
        found["nth"] = ordinal_en(int(fact.slots["n"]))
    if fact.kind == "milestone":
        found["amount"] = _round_money(float(fact.slots["level"]), main.unit.kind, lang)
    if fact.kind == "base":
        then = next(figure for figure in fact.figures[1:] if figure.id.statistic == "yoy")
        rate = write_number(abs(then.value), 1)
        found |= {"then": _when(then.id.period, lang)}
        found["before"] = f"年減{rate}%" if lang == "zh" else f"down {rate}%"
    return found


def _round_money(value: float, kind: str, lang: str) -> str:
    """A round amount without the zeros behind its point: 600億美元, US$60 billion."""
    text = _money(value, kind, lang)
    return text.replace(".0億", "億").replace(".00 billion", " billion")


def _since(fact: Fact, lang: str) -> str:
    return phrasebook().write(
        "best.known", lang, date=_when(Period.parse(dict(fact.main.detail)["since"]), lang)
    )


def _streak(fact: Fact, lang: str, *, yearly: bool) -> str:
    way = "down" if fact.main.id.of.endswith("-") else "up"
    name = f"streak.years_{way}" if yearly else f"streak.{way}"
    told, place = phrasebook().write(name, lang, n=int(fact.main.value)), fact.part("rank")
    if place is None:
        return told
    n = int(place.value)
    named = {1: "rank.longest_streak", 2: "rank.second_streak"}.get(n, "rank.nth_streak")
    rank = phrasebook().write(named, lang, n=n)
    return f"{told}，為{rank}" if lang == "zh" else f"{told}, {rank}"


@cache
def facts_words() -> dict[str, dict[str, str]]:
    """The words of ``data/facts.yml``: name → language → template."""
    text = resources.files("tidewaiter.phrases").joinpath("data").joinpath("facts.yml").read_text("utf-8")
    return dict(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506 — both are safe
