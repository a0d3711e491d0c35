"""Claims of one series among others: the only one to grow, better than the rest, how many of them rose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.check.several import (
    LackingError,
    Seen,
    above,
    every,
    find,
    growth,
    key_of,
    listed,
    period_of,
    widened,
)  # fmt: skip
from tidewaiter.model.key import WORLD, Key
from tidewaiter.model.period import MONTHS, Period

if TYPE_CHECKING:
    from tidewaiter.check.claim import Claim
    from tidewaiter.check.several import Slack, Test, Truth
    from tidewaiter.engine.book import Book
    from tidewaiter.model.figure import Figure

GROUPS = (
    "electronic_components", "base_metals", "machinery", "plastics_rubber", "ict_av", "chemicals", "minerals",
    "electrical_machinery", "optical_precision", "transport_equipment", "textiles",
)  # fmt: skip
"""The eleven groups of goods the monthly release compares (11大主要貨類)."""
MARKETS = ("CHN+HKG", "USA", "ASEAN", "EUROPE", "JPN")
"""The five markets the release compares (主要出口市場)."""

_FALLS = re.compile(
    r"負成長|衰退|下滑|下降|減少|年減|fall|fell|declin|drop|decreas|contract|shr[ia]nk", re.IGNORECASE
)
_WORSE = re.compile(r"低於|落後|不如|遜於|below|behind|lower|weaker|slower|worse", re.IGNORECASE)
_THAN = re.compile(r"優於|高於|低於|落後|不如|遜於|\b(?:than|behind|above|below|of)\b")
_FEW = 3  # fewer are no field to be the only one of
_ALL = re.compile(r"主要|11大|前.大|\bmajor\b|\bmain\b|\btop (?:\d|t|f|s)", re.IGNORECASE)
_GOODS = re.compile(r"貨品|產品|貨類|品項|product|group|categor|goods", re.IGNORECASE)
_TOP = re.compile(
    r"前(?P<zh>\d+|[一二三四五六七八九十])大|top (?P<en>\d+|two|three|four|five|six|seven|ten)\b"
)
_NUMERALS = {
    **{sign: at for at, sign in enumerate("一二三四五六七八九十", start=1)},
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
}  # fmt: skip
_NAMED = {
    "日": "JPN", "韓": "KOR", "星": "SGP", "陸": "CHN", "港": "HKG", "德": "DEU", "japan": "JPN",
    "korea": "KOR", "singapore": "SGP", "china": "CHN", "hong kong": "HKG", "germany": "DEU",
    "全球": "W00", "world": "W00", "global": "W00",
}  # fmt: skip


def _universe(claim: Claim, book: Book, period: Period) -> dict[str, Key]:
    """The series it stands among: groups of goods, markets, or reporters; the largest n when it says so."""
    key, text = key_of(claim), claim.text
    goods = bool(_GOODS.search(text)) or claim.unit == "groups"
    if goods or (key.partner == WORLD and key.commodity in GROUPS):
        found = {code: key.but(commodity=code) for code in GROUPS}
    elif key.partner != WORLD or claim.unit in ("markets", "partners"):
        found = {code: key.but(partner=code) for code in MARKETS}
    elif key.commodity.startswith("HS"):
        found = {k.reporter: k for k in book.siblings(key, "reporter", period) if k.reporter != WORLD}
    else:
        raise LackingError("it does not say among which")
    if claim.statistic == "compare" and key not in found.values():
        found[key.partner if key.partner != WORLD else key.reporter] = key
    return _largest(text, found, book, period)


def _largest(text: str, found: dict[str, Key], book: Book, period: Period) -> dict[str, Key]:
    match = _TOP.search(text)
    if match is None:
        return found
    told = match["zh"] or match["en"]
    count = int(told) if told.isdigit() else _NUMERALS[told]
    sizes = {code: figure for code, key in found.items() if (figure := _size(book, key, period))}
    if len(sizes) < count:
        raise LackingError(f"the store has not the levels of the {count} largest")
    return {code: found[code] for code in sorted(sizes, key=lambda c: -sizes[c].value)[:count]}


def _size(book: Book, key: Key, period: Period) -> Figure | None:
    """What orders reporters: their share of the world; what orders markets and goods: their level."""
    if key.partner == WORLD and key.commodity.startswith("HS"):
        return find(book, key, "share", period, "reporter")
    return find(book, key, "level", period)


def _growths(found: dict[str, Key], book: Book, period: Period) -> dict[str, Figure]:
    told = {code: figure for code, key in found.items() if (figure := growth(book, key, period))}
    if missing := [code for code in found if code not in told]:
        raise LackingError(f"the store has no growth of {', '.join(missing)} at {period}")
    return told


def _only(claim: Claim, _others: list[Claim], book: Book, slack: Slack) -> Seen:
    """It alone rose (fell) among the series beside it."""
    period, key, falls = period_of(claim), key_of(claim), bool(_FALLS.search(claim.text))
    universe = _universe(claim, book, period)
    found = _growths(universe, book, period)
    mine = next((code for code, other in universe.items() if other == key), "")
    if not mine:
        raise LackingError("it is not among the largest")
    truths: dict[str, Truth] = {}
    for code, figure in found.items():
        value = widened(figure, slack)
        rises = above(-value if falls else value, 0.0)
        truths[code] = rises if code == mine else None if rises is None else not rises
    holds, told = every(list(truths.values())), listed(found)
    if holds is False and truths[mine] is not False and not _ALL.search(claim.text):
        return _perhaps(truths, found, mine, book, period)
    return Seen(holds, found[mine], told)


def _perhaps(
    truths: dict[str, Truth], found: dict[str, Figure], mine: str, book: Book, period: Period
) -> Seen:
    """It does not say among which: so it may be the only one of the largest, or of those it lists."""
    told = listed(found)
    sizes = {code: size for code, figure in found.items() if (size := _size(book, figure.id.key, period))}
    if len(sizes) == len(found):
        order = sorted(sizes, key=lambda code: -sizes[code].value)
        for count in range(len(order) - 1, _FEW - 1, -1):
            if mine in order[:count] and every([truths[code] for code in order[:count]]):
                return Seen(
                    truth=True, figure=found[mine], told=f"among the {count} largest: {told}", loose=True
                )
    certain = found[mine].id.key.partner != WORLD or found[mine].id.key.commodity in GROUPS
    many = list(truths.values()).count(False) > 1
    return Seen(False if certain and many else None, found[mine], told)


def _better(claim: Claim, _others: list[Claim], book: Book, slack: Slack) -> Seen:
    """Its growth is above (below) that of the reporters named, or of all that are known."""
    period, key = period_of(claim), key_of(claim)
    whom = _THAN.split(claim.text.casefold())[-1]  # 9日…優於全球: what stands before is no country
    named = {code for word, code in _NAMED.items() if word in whom}
    known = {k.reporter: k for k in book.siblings(key, "reporter", period)}
    known |= {"W00": key.but(reporter="W00")}
    if not named and not re.search(r"主要|各國|其他|major|other|most", claim.text):
        raise LackingError("it does not say better than whom")
    wanted = {code: key.but(reporter=code) for code in named} or known
    mine = _pace(book, key, period)
    found = {code: figure for code, k in wanted.items() if (figure := _pace(book, k, period))}
    if mine is None or not set(named) <= set(found) or not found:
        raise LackingError(f"the store has not the growth of all that it is compared with at {period}")
    low = bool(_WORSE.search(claim.text))
    truths: list[Truth] = []
    for figure in found.values():
        gap = widened(mine, slack) - widened(figure, slack)
        truths.append(above(-gap if low else gap, 0.0))
    return Seen(every(truths), mine, listed({key.reporter: mine, **found}))


def _pace(book: Book, key: Key, period: Period) -> Figure | None:
    """Growth; over years the average, whether the base year is named or the first one after it."""
    if not period.is_years:
        return growth(book, key, period)
    with_base = Period(period.first - MONTHS, period.last)
    for span in (with_base, period):
        if figure := find(book, key, "average_annual_growth", span):
            return figure
    return None


# -- how many ---------------------------------------------------------------------------------


def _count(claim: Claim, _others: list[Claim], book: Book, slack: Slack) -> Seen:
    """How many of the groups (markets, years) rose or fell."""
    if claim.of not in ("yoy+", "yoy-") or not claim.value.isdigit():
        raise LackingError("a count of what is listed, not of figures")
    period, falls = period_of(claim), claim.of == "yoy-"
    if claim.unit == "years":
        years = {str(year): key_of(claim) for year in period.each_year()} if period.is_years else {}
        found = {year: f for year, k in years.items() if (f := growth(book, k, Period.parse(year)))}
        if not found or len(found) < len(years):
            raise LackingError(f"the store has not the growth of each year of {claim.period}")
    else:
        plain = claim.commodity == "total" and claim.partner == WORLD
        if not plain or claim.unit not in ("groups", "markets", "partners"):
            raise LackingError("it does not say of which groups")
        found = _growths(_universe(claim, book, period), book, period)
    values = [widened(figure, slack) for figure in found.values()]
    truths = [above(-value if falls else value, 0.0) for value in values]
    surely, possibly = truths.count(True), truths.count(True) + truths.count(None)
    told = int(claim.value)
    holds = None if surely < possibly and surely <= told <= possibly else surely <= told <= possibly
    return Seen(holds, next(iter(found.values())), f"{surely} of {len(found)}: {listed(found)}")


TESTS_AMONG_OTHERS: dict[str, Test] = {"only": _only, "better": _better, "count": _count}
