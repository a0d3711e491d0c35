"""Exceeds (超越上年全年): a cumulative span is above a full year before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model.interval import Interval
from tidewaiter.model.period import Period
from tidewaiter.model.unit import Unit
from tidewaiter.statistics.lookback import beats
from tidewaiter.statistics.statistic import Result, Statistic

if TYPE_CHECKING:
    from tidewaiter.model.key import Key
    from tidewaiter.statistics.statistic import Ask


def look(ask: Ask, key: Key, period: Period, of: str) -> Result:
    """1 when it is above, 0 when not. ``of`` is ``full_year`` (last year) or ``full_year:2023``."""
    _, _, named = of.partition(":")
    year = Period.parse(named) if named else period.whole_year().year_ago()
    span = period.to_date()
    now, then = ask.level(key, span), ask.level(key, year)
    certain, possible = beats(now.interval * now.unit.factor_to(then.unit), then.interval, low=False)
    note = f"{span}: {now.value:,.6g}, {year}: {then.value:,.6g} {then.unit}"
    return Result(Interval(float(certain), float(possible)), (now, then), note)


STATISTIC = Statistic(
    name="exceeds", unit=Unit("bool"), zh="超越全年", en="exceeds a full year",
    formula="1 when Σ x from January to t > x of the year", source="經濟部統計處 產業經濟統計簡訊 第459號",
    look=look, of="full_year", parameters=("full_year", "full_year:2023"),
)  # fmt: skip
