"""What is computed for every series and month: one column a figure.

A column is named as a figure is asked for: the statistic, and its parameter after a colon where there is one
(``yoy``, ``share:parent``, ``record:level:same_month``). Its unit is the statistic's; a unit of None is that
of the records.
"""

from __future__ import annotations

from dataclasses import dataclass

from tidewaiter.statistics import statistic


@dataclass(frozen=True, slots=True)
class Column:
    """One figure of every series and month.

    Attributes:
        statistic: its name, as in ``tidewaiter get --statistic``.
        of: its parameter.
        lags: months back that it looks at, as far as they decide why it has no value; a lag of −1 stands for
            all months since January, −12 for the last twelve, −24 for the twelve before those too.
        monthly: it is not told of yearly records.
    """

    statistic: str
    of: str = ""
    lags: tuple[int, ...] = (0,)
    monthly: bool = False

    @property
    def name(self) -> str:
        """``statistic`` or ``statistic:of``."""
        return f"{self.statistic}:{self.of}" if self.of else self.statistic

    @property
    def unit(self) -> str:
        """The unit of its values; empty where it is that of the records."""
        unit = statistic(self.statistic).unit
        return str(unit) if unit else ""


SERIES = (
    Column("level"),
    Column("mom", lags=(0, 1), monthly=True),
    Column("yoy", lags=(0, 12)),
    Column("ytd_level", lags=(0, -1)),
    Column("ytd_yoy", lags=(0, -1, 12)),
    Column("sum12", lags=(0, -12)),
    Column("sum12_yoy", lags=(0, -12, -24)),
    Column("ma3", lags=(0, 1, 2), monthly=True),
    Column("two_year_growth", lags=(0, 24)),
    Column("five_year_range", lags=(0, 12, 24, 36, 48, 60)),
    Column("share", "parent"),
    Column("share", "total"),
    Column("pp_change", "share:parent", (0, 12)),
    Column("pp_change", "share:total", (0, 12)),
    Column("contribution", "total", (0, 12)),
    Column("streak", "yoy", (0, 12)),
    Column("record", "level:all_months"),
    Column("record", "level:same_month", (0, 12)),
    Column("record", "level:same_period", (0, -1, 12)),
    Column("best_in_n", "level"),
    Column("worst_in_n", "level"),
    Column("average_annual_growth", "5", (0, -1, 60)),
)
CROSS = (
    Column("rank", "level:partners"),
    Column("rank", "level:commodities"),
    Column("rank_change", "level:partners", (0, 12)),
    Column("rank_change", "level:commodities", (0, 12)),
    Column("breadth", "partners", (0, 12)),
    Column("breadth", "commodities", (0, 12)),
)
COLUMNS = (*SERIES, *CROSS)
PLACE = {column.name: place for place, column in enumerate(COLUMNS)}
