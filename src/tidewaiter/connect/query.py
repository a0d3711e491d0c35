"""What is wanted, in our codes, and how it is cut into parts that an API answers whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import UnknownNameError, UsageError
from tidewaiter.model.period import Period
from tidewaiter.sources.mapping.partners import NAME, area_of, candidates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

CUTS = ("periods", "commodities", "partners", "reporters", "flows")
_HS = re.compile(r"(?:HS|CCC)?(\d{2,11})\Z", re.IGNORECASE)
_LEVEL = re.compile(r"AG[246]\Z", re.IGNORECASE)
TOTAL = "total"
_MOST = 1200  # periods in one query: a hundred years of months


@dataclass(frozen=True, slots=True)
class Query:
    """A question, or a part of one.

    Attributes:
        reporters: areas whose trade it is (``TWN``); empty: all.
        partners: areas traded with; empty: all.
        flows: ``exports``, ``imports``.
        commodities: digits of HS, ``total``, or a whole level (``AG6``); empty: as the API sees it.
        periods: all months or all years.
        address: of what is asked by address alone.
    """

    reporters: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    commodities: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    address: str = ""

    @property
    def span(self) -> Period:
        """From the first period to the last."""
        return Period(min(p.first for p in self.periods), max(p.last for p in self.periods))

    @property
    def yearly(self) -> bool:
        """Years are asked, not months."""
        return bool(self.periods) and all(period.is_year for period in self.periods)


def make(
    *,
    reporters: Iterable[str] = (),
    partners: Iterable[str] = (),
    flows: Iterable[str] = (),
    commodities: Iterable[str] = (),
    period: str,
    monthly: bool = False,
) -> Query:
    """A query from what a user wrote.

    Args:
        reporters: codes or names of areas.
        partners: likewise; ``world`` is the total of all.
        flows: ``exports`` or ``imports``.
        commodities: HS codes with or without ``HS``, ``total``, ``AG2`` ``AG4`` ``AG6``.
        period: ``2024..2025`` asks for years, ``2024-01..2024-12`` for months.
        monthly: years are asked for by month.

    Raises:
        UnknownNameError: an area nobody knows.
        UsageError: a commodity, flow or period that cannot be asked for.

    Examples:
        >>> asked = make(reporters=["Taiwan"], commodities=["HS847150"], period="2024..2025")
        >>> asked.reporters, asked.commodities
        (('TWN',), ('847150',))
    """
    return Query(
        tuple(dict.fromkeys(area(name) for name in reporters)),
        tuple(dict.fromkeys(area(name) for name in partners)),
        tuple(dict.fromkeys(_flow(name) for name in flows)),
        tuple(dict.fromkeys(_commodity(code) for code in commodities)),
        periods_of(period, monthly=monthly),
    )


def area(name: str) -> str:
    """The code of an area given by code or name.

    Raises:
        UnknownNameError: nobody knows it; lists candidates.
    """
    lists = ("iso3", "iso2", NAME)
    if name.casefold() in {"world", "w00"}:
        return "W00"
    if (code := area_of(name, lists)) is not None:
        return code
    raise UnknownNameError(f"no area is called {name!r}", hint=candidates(name, name, lists))


def periods_of(text: str, *, monthly: bool = False) -> tuple[Period, ...]:
    """The months or years of a period, oldest first. ``2024`` is a year, ``2024-01..2024-12`` are months.

    Raises:
        UsageError: an open start, or more periods than anybody asks for at once.

    Examples:
        >>> periods_of("2024..2025"), len(periods_of("2024", monthly=True))
        ((Period('2024'), Period('2025')), 12)
        >>> len(periods_of("2024-01..2024-12"))
        12
    """
    whole = Period.parse(text)
    if whole.is_open:
        raise UsageError(f"{text!r} has no start", hint="write the first period as well: 2015..2024")
    if "-" not in text and (whole.is_year or whole.is_years) and not monthly:
        found = tuple(whole.each_year())
    else:
        found = tuple(whole.each_month())
    if len(found) > _MOST:
        raise UsageError(f"{text!r} are {len(found)} periods", hint=f"ask for at most {_MOST} at a time")
    return found


def _flow(name: str) -> str:
    plain = name.casefold()
    for flow in ("exports", "imports"):
        if plain in {flow, flow.removesuffix("s")}:
            return flow
    raise UsageError(f"{name!r} is no flow that can be fetched", hint="exports or imports")


def _commodity(code: str) -> str:
    if code.casefold() == TOTAL:
        return TOTAL
    if match := _HS.match(code):
        return match[1]
    if _LEVEL.match(code):
        return code.upper()
    raise UsageError(
        f"{code!r} is no commodity that can be fetched", hint="digits of HS (847150), total, or a level: AG6"
    )


def parts_of(query: Query, most: int) -> list[Query]:
    """The query in parts of at most ``most`` periods (0: any number)."""
    if not most or len(query.periods) <= most:
        return [query]
    at = range(0, len(query.periods), most)
    return [replace(query, periods=query.periods[n : n + most]) for n in at]


def each(query: Query, part: str) -> list[Query]:
    """One query for each value of a part; the query itself where the part is empty."""
    values = getattr(query, part)
    return [_with(query, part, (value,)) for value in values] if values else [query]


def short_enough(query: Query, length: Callable[[Query], int], most: int, cuts: Sequence[str]) -> list[Query]:
    """The query in parts whose addresses have at most ``most`` characters, as far as it can be cut."""
    if length(query) <= most or not (pieces := halves(query, cuts)):
        return [query]
    return [part for piece in pieces for part in short_enough(piece, length, most, cuts)]


def halves(query: Query, cuts: Sequence[str] = CUTS) -> list[Query]:
    """The query in two, along the first of its parts that has several values; empty when none has.

    Examples:
        >>> [half.periods for half in halves(Query(periods=periods_of("2023..2025")))]
        [(Period('2023'),), (Period('2024'), Period('2025'))]
        >>> halves(Query(periods=periods_of("2023")))
        []
    """
    for part in cuts:
        values = getattr(query, part)
        if len(values) > 1:
            middle = len(values) // 2
            return [_with(query, part, values[:middle]), _with(query, part, values[middle:])]
    return []


def _with(query: Query, part: str, values: tuple[Any, ...]) -> Query:
    changed: dict[str, Any] = {part: values}
    return replace(query, **changed)
