"""Breadth (成長廣度): how many of the parts grow. Is the upswing broad, or one group's?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.errors import NoFigureError
from tidewaiter.model.interval import Interval
from tidewaiter.model.unit import PERCENT
from tidewaiter.statistics.share import proportion
from tidewaiter.statistics.statistic import Number, Result, Statistic, UndefinedError

if TYPE_CHECKING:
    from tidewaiter.model.key import Key
    from tidewaiter.model.period import Period
    from tidewaiter.statistics.statistic import Ask

_DIMENSIONS = {"commodities": ("commodity", "total"), "partners": ("partner", "W00")}


def breadth(up: Number, parts: Number) -> Number:
    """``up / parts × 100``: the share of the parts whose growth on a year earlier is above zero, percent.

    Examples:
        Nine of eleven groups grew:

        >>> round(breadth(9, 11), 1)
        81.8
    """
    return proportion(up, parts)


def look(ask: Ask, key: Key, period: Period, of: str) -> Result:
    """Over the parts that growth is defined for. ``of`` is ``commodities`` (groups) or ``partners``."""
    dimension, whole = _DIMENSIONS[of]
    if getattr(key, dimension) != whole:
        raise UndefinedError(f"breadth over {of} is told of {whole}, not of {getattr(key, dimension)}")
    found = []
    for part in ask.siblings(key, dimension, period):
        try:
            found.append(ask.figure(part, "yoy", period))
        except (NoFigureError, UndefinedError):
            continue
    if not found:
        raise NoFigureError(f"no {of} with growth at {period}", where=str(key))
    surely = sum(figure.interval.low > 0 for figure in found)
    possibly = sum(figure.interval.high > 0 for figure in found)
    value = Interval(breadth(surely, len(found)), breadth(possibly, len(found)))
    detail = (("up", str(surely)), ("parts", str(len(found))))
    return Result(value, tuple(found), f"{surely} of {len(found)} {of} up", detail)


STATISTIC = Statistic(
    name="breadth", unit=PERCENT, zh="成長廣度", en="breadth",
    formula="number of parts with growth > 0 / number of parts with growth × 100",
    source="a diffusion index: the share of parts that rise",
    look=look, of="commodities", parameters=("commodities", "partners"),
)  # fmt: skip
