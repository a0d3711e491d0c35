"""Rank (居第n, 次高): place among all months, the same month, the same span, full years, or partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.errors import NoFigureError
from tidewaiter.model.interval import Interval
from tidewaiter.model.unit import RANK
from tidewaiter.statistics.lookback import UNIVERSES, Parameter, beats, common, look_back
from tidewaiter.statistics.statistic import Result, Statistic
from tidewaiter.statistics.streak import rank_of_streak

if TYPE_CHECKING:
    from tidewaiter.model.figure import Figure
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period
    from tidewaiter.statistics.statistic import Ask

SIBLINGS = {"partners": "partner", "commodities": "commodity", "exporters": "reporter"}


def rank(value: Interval, others: list[Interval], *, low: bool = False) -> Interval:
    """1 + how many are better; equal values share the better place. An interval where ties are open.

    Examples:
        >>> rank(Interval.exact(3), [Interval.exact(5), Interval.exact(3), Interval.exact(1)])
        Interval(2.0000, 2.0000)
    """
    verdicts = [beats(other, value, low=low) for other in others]
    return Interval(
        1.0 + sum(certain for certain, _ in verdicts), 1.0 + sum(possible for _, possible in verdicts)
    )


def look(ask: Ask, key: Key, period: Period, of: str) -> Result:
    """Rank in the universe that the parameter names, up to the period: later months never count."""
    if of.startswith("streak"):
        return rank_of_streak(ask, key, period, of)
    parameter = Parameter.parse(of)
    if parameter.universe in SIBLINGS:
        return _among_siblings(ask, key, period, parameter)
    figure, others = look_back(ask, key, period, parameter)
    values = common([*others, figure])
    place = rank(values[-1][1], [value for _, value in values[:-1]], low=parameter.low)
    best = sorted(values[:-1], key=lambda item: item[1].mid, reverse=not parameter.low)[:3]
    ranked = ", ".join(f"{at}: {value.mid:,.6g}" for at, value in best)
    return Result(
        place,
        (figure,),
        note=f"of {len(values)} since {values[0][0]}; the best before: {ranked}",
        detail=(("since", str(values[0][0])), ("count", str(len(values))), ("best_before", ranked)),
    )


def _among_siblings(ask: Ask, key: Key, period: Period, parameter: Parameter) -> Result:
    dimension = SIBLINGS[parameter.universe]
    mine = _ranked(ask, key, period, parameter.base, dimension)
    others = []
    for sibling in ask.siblings(key, dimension, period):
        try:
            others.append(ask.figure(sibling, mine.id.statistic, period, mine.id.of))
        except NoFigureError:
            continue
    if not others:
        raise NoFigureError(f"no other {dimension} to rank it among at {period}", where=str(key))
    values = common([*others, mine])
    place = rank(values[-1][1], [value for _, value in values[:-1]], low=parameter.low)
    order = sorted([*others, mine], key=lambda f: -f.interval.mid)[:4]
    ranked = ", ".join(f"{getattr(f.id.key, dimension)} {f.value:,.4g}" for f in order)
    return Result(place, (mine, *others), f"of {len(values)} listed: {ranked}", (("order", ranked),))


def _ranked(ask: Ask, key: Key, period: Period, base: str, dimension: str) -> Figure:
    """The figure to rank by: the one asked for, else the share or the level, which order alike."""
    for name in dict.fromkeys((base, "level", "share")):
        try:
            return ask.figure(key, name, period, dimension if name == "share" else "")
        except NoFigureError:
            continue
    raise NoFigureError(f"neither level nor share at {period}", where=str(key))


STATISTIC = Statistic(
    name="rank", unit=RANK, zh="排名", en="rank", formula="1 + number of better ones in the universe",
    source="財政部 海關進出口貿易初步統計, 歷年單月次高", look=look, of="level:all_months",
    parameters=tuple(f"level:{universe}" for universe in (*UNIVERSES, *SIBLINGS)),
)  # fmt: skip
