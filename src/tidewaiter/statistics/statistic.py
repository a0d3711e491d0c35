"""What a statistic is, and what it may ask of the engine.

A formula is written once, with ``+ - * /``, powers and ``abs`` only, so that it takes floats, intervals
(:class:`~tidewaiter.model.interval.Interval`) and numpy columns alike. Each input appears once where
that is possible: on intervals a repeated input widens the answer for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tidewaiter.model.figure import Figure
    from tidewaiter.model.interval import Interval
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period
    from tidewaiter.model.unit import Unit

_SUBHEADING = 6  # digits that all nations share
Number = Any  # float, Interval or numpy array: whatever does arithmetic


class UndefinedError(ArithmeticError):
    """The statistic has no value here: growth from zero, across a sign change, or the like."""


class Ask(Protocol):
    """What a statistic may ask of the engine."""

    def level(self, key: Key, period: Period) -> Figure:
        """The level of a series at a period.

        Raises:
            NoFigureError: it cannot be had.
        """
        ...

    def figure(self, key: Key, statistic: str, period: Period, of: str = "") -> Figure:
        """Any statistic.

        Raises:
            NoFigureError: it cannot be had.
        """
        ...

    def history(self, key: Key, statistic: str, until: Period, of: str = "") -> list[Figure]:
        """The statistic at ``until`` and at the periods of the same length before it, oldest first.

        Months for a month, years for a year; for a cumulative span the same span of each year.
        Periods without a figure are left out.
        """
        ...

    def siblings(self, key: Key, dimension: str, period: Period) -> list[Key]:
        """The series beside this one in a dimension (``partner``, ``commodity``, ``reporter``)."""
        ...


@dataclass(frozen=True, slots=True)
class Needed:
    """A level a point statistic needs: of which series, at which period."""

    key: Key
    period: Period


@dataclass(frozen=True, slots=True)
class Result:
    """What a statistic found: the value, what it stands on, and what a reader must know."""

    interval: Interval
    inputs: tuple[Figure, ...]
    note: str = ""
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Statistic:
    """One statistic.

    Attributes:
        name: identifier, as in ``tidewaiter get --statistic`` and in claims.
        unit: unit of the value; None when it is the series' own.
        zh: name in Traditional Chinese.
        en: name in English.
        formula: in one line.
        source: manual or release the definition is from.
        needs: the levels of a point statistic, given key, period and parameter.
        kernel: the formula over those levels.
        look: for a history statistic, the whole computation.
        of: the parameter when none is given.
        parameters: the parameters it takes (``partner``, ``level:all_months`` …), for help.
        rounds_from_levels: the value may be printed by offices and recomputed from levels.
    """

    name: str
    unit: Unit | None
    zh: str
    en: str
    formula: str
    source: str
    needs: Callable[[Key, Period, str], Sequence[Needed]] | None = None
    kernel: Callable[..., Number] | None = None
    look: Callable[[Ask, Key, Period, str], Result] | None = None
    of: str = ""
    parameters: tuple[str, ...] = ()

    def evaluate(self, ask: Ask, key: Key, period: Period, of: str = "") -> Result:
        """Compute it.

        Raises:
            NoFigureError: an input cannot be had.
            UndefinedError: there is no such value here.
        """
        of = of or self.of
        if self.look is not None:
            return self.look(ask, key, period, of)
        if self.needs is None or self.kernel is None:
            raise TypeError(f"statistic {self.name} has neither a kernel nor a look")
        figures = [ask.level(need.key, need.period) for need in self.needs(key, period, of)]
        numbers = [_in_unit_of(figure, figures[0]) for figure in figures]
        try:
            return Result(self.kernel(*numbers), tuple(figures))
        except ZeroDivisionError as error:
            raise UndefinedError(f"{self.name} of {key} at {period}: {error}") from error


def _in_unit_of(figure: Figure, first: Figure) -> Interval:
    factor = figure.unit.factor_to(first.unit)
    return figure.interval if factor == 1 else figure.interval * factor


def whole_of(key: Key, of: str) -> Key:
    """The series a share is a share of: the same key with one dimension at its total.

    ``partner`` → the world, ``commodity`` → all goods, ``reporter`` → all reporters, ``total`` → all
    goods with the world, ``parent`` → the code right above (a chapter: all goods, a partner of all goods:
    the world). Without a parameter it is the dimension that is not at its total; a commodity's exports to
    one partner are taken as a share of that commodity's exports to the world when the commodity is an HS code
    (product briefs print that), else of all exports to that partner (the release's Table 11).

    Examples:
        >>> from tidewaiter.model.key import Key
        >>> str(whole_of(Key.parse("TWN.exports.ict_av.W00"), ""))
        'TWN.exports.total.W00'
        >>> [str(whole_of(Key.parse("TWN.exports.HS8471.USA"), of)) for of in ("parent", "total")]
        ['TWN.exports.HS84.USA', 'TWN.exports.total.W00']
    """
    if of == "parent":
        return _parent_of(key)
    if of == "total":
        return key.but(partner="W00", commodity="total")
    if of == "reporter":
        return key.but(reporter="W00")
    if not of:
        split_by_partner = key.partner != "W00" and (key.commodity == "total" or key.commodity[:2] == "HS")
        of = "partner" if split_by_partner else "commodity"
    return key.but(partner="W00") if of == "partner" else key.but(commodity="total")


def _parent_of(key: Key) -> Key:
    """The code right above, in steps of two digits to six, then eight, then whatever is longer."""
    if key.commodity == "total":
        return key.but(partner="W00")
    letters = key.commodity.rstrip("0123456789")
    digits = key.commodity[len(letters) :]
    above = max((length for length in (2, 4, 6, 8) if length < len(digits)), default=0)
    if not above:
        return key.but(commodity="total")
    scheme = "HS" if letters == "CCC" and above <= _SUBHEADING else letters
    return key.but(commodity=f"{scheme}{digits[:above]}")
