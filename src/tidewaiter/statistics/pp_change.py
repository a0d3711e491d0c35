"""Change in percentage points (百分點): the difference of two shares (or rates)."""

from tidewaiter.model.key import Key
from tidewaiter.model.period import Period
from tidewaiter.model.unit import PERCENTAGE_POINT
from tidewaiter.statistics.statistic import Ask, Result, Statistic


def look(ask: Ask, key: Key, period: Period, of: str) -> Result:
    """This period's share less a year ago's; for ``2017..2023`` the last year's less the first's.

    Publishers subtract rounded or unrounded shares: both are accepted within 0.1.

    ``of`` is ``share``, ``share:partner`` …, ``yoy`` and the like.
    """
    statistic, _, parameter = of.partition(":")
    years = list(period.each_year())
    now, base = (years[-1], years[0]) if period.is_years else (period, period.year_ago())
    later, earlier = (ask.figure(key, statistic, at, parameter) for at in (now, base))
    return Result(
        later.interval - earlier.interval,
        (later, earlier),
        detail=(("from", f"{earlier.value:.4g}"), ("to", f"{later.value:.4g}"), ("base", str(base))),
    )


STATISTIC = Statistic(
    name="pp_change", unit=PERCENTAGE_POINT, zh="增減百分點", en="change in percentage points",
    formula="shareₜ − share_base", source="經濟部統計處 產業經濟統計簡訊 第459號, 第4點",
    look=look, of="share",
    parameters=(
        "share", "share:partner", "share:commodity", "share:reporter", "share:parent", "share:total", "yoy",
    ),
)  # fmt: skip
