"""A series in hand, asked as the engine is asked: statistics without a store."""

from __future__ import annotations

from tidewaiter.errors import NoFigureError
from tidewaiter.model.figure import Figure, FigureId, Input
from tidewaiter.model.interval import Interval
from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.model.unit import PERCENT, Unit
from tidewaiter.statistics import statistic

KEY = Key.parse("TWN.exports")
START = Period.month(2000, 1)
_UNIT = Unit("USD", 6)


class Series:
    """Numbers by month (None: a gap), as levels and as growth alike.

    Attributes:
        values: what is told for each month from January 2000 on.
        decimals: printed with so many; None: full precision.
    """

    def __init__(self, values: list[float | None], decimals: int | None = None) -> None:
        self.values = values
        self.decimals = decimals

    def at(self, index: int) -> Period:
        return START.shift(index)

    @property
    def last(self) -> Period:
        return self.at(len(self.values) - 1)

    def level(self, key: Key, period: Period) -> Figure:
        return self.figure(key, "level", period)

    def figure(self, key: Key, name: str, period: Period, of: str = "") -> Figure:
        found = [self._value(month, key, period) for month in period.each_month()]
        interval = found[0] if len(found) == 1 else sum(found[1:], found[0])
        unit = _UNIT if name == "level" else PERCENT
        cell = Input(key, period, name, interval, unit, "series")
        return Figure(FigureId(key, name, period, of), interval, unit, "told", (cell,), ("series",))

    def _value(self, month: Period, key: Key, period: Period) -> Interval:
        index = month.first - START.first
        value = self.values[index] if 0 <= index < len(self.values) else None
        if value is None:
            raise NoFigureError(f"no {key} at {period}")
        return Interval.rounded(value, self.decimals)

    def history(self, key: Key, name: str, until: Period, of: str = "") -> list[Figure]:
        months = (self.at(n) for n in range(until.last - START.first + 1))
        found = []
        for month in months:
            try:
                found.append(self.figure(key, name, month, of))
            except NoFigureError:
                continue
        return found

    def siblings(self, *_: object) -> list[Key]:
        return []

    def tell(self, name: str, of: str = "", period: Period | None = None):
        return statistic(name).evaluate(self, KEY, period or self.last, of)
