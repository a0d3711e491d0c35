"""What a block must know beside its own records: small, the same for all blocks, made once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tidewaiter.engine.cube import Goods, Group, Places, default_areas
from tidewaiter.engine.cube.groups import Memberships
from tidewaiter.engine.dense.columns import COLUMNS, PLACE
from tidewaiter.engine.dense.nothing import MISSING, NOT_YET
from tidewaiter.errors import UsageError
from tidewaiter.model.key import TOTAL
from tidewaiter.model.period import MONTHS, Period
from tidewaiter.store.records.header import LEFT_OUT, Header

if TYPE_CHECKING:
    import numpy.typing as npt

    from tidewaiter.engine.cube import Area

LEVEL = "level"  # always computed: the reasons of what has no value stand beside it
TOGETHER = {"share:parent", "pp_change:share:parent"}  # one step makes both


@dataclass(frozen=True)
class FlowContext:
    """A flow's coverage and totals, by period.

    Attributes:
        kinds: 0 covered, else ``MISSING`` or ``NOT_YET``.
        covered, year_known, twelve_known: as the kernel wants them.
        total: the flow's total in the records' unit; NaN where not covered.
        steady: how many periods are covered without a gap from the first on; 0 where others are beside them.
    """

    kinds: npt.NDArray[np.uint8]
    covered: npt.NDArray[np.uint8]
    year_known: npt.NDArray[np.uint8]
    twelve_known: npt.NDArray[np.uint8]
    total: npt.NDArray[np.float64]
    steady: int = 0


@dataclass(frozen=True)
class Context:
    """Code lists with their hierarchies, the periods, coverage and totals.

    Attributes:
        header: of the records.
        goods, places, groups: the hierarchies; ``memberships`` tells groups by commodity.
        first: ordinal of the first period; ``months`` periods follow at ``header.step``.
        yearly: periods a year.
        january: place in its year of the first period.
        window, until: first and last period whose statistics are kept.
        flows: by flow of the header.
        wanted: by column: it is asked for.
    """

    header: Header
    goods: Goods
    places: Places
    groups: tuple[Group, ...]
    memberships: Memberships
    first: int
    months: int
    yearly: int
    january: int
    window: int
    until: int
    flows: tuple[FlowContext, ...]
    wanted: tuple[bool, ...] = (True,) * len(COLUMNS)

    @classmethod
    def of(
        cls,
        header: Header,
        period: Period | None = None,
        areas: tuple[Area, ...] | None = None,
        groups: tuple[Group, ...] = (),
        statistics: tuple[str, ...] | None = None,
    ) -> Context:
        """Everything a block must know.

        Args:
            header: of the records.
            period: the months whose statistics are kept; without one the last that any flow covers.
            areas: areas of partners; without any those whose members are known.
            groups: groups of goods.
            statistics: names of columns; without any all of them. What is not asked for is not computed.

        Raises:
            UsageError: a statistic is not known, the period lies before the records, or a group is called
                like a code of the records.
        """
        first, last = header.span
        step, yearly = header.step, MONTHS // header.step
        wanted = period or Period(last, last + step - 1)
        if wanted.last < first:
            raise UsageError(f"{wanted} lies before the records, which begin in {Period(first, first)}")
        end = max(last, wanted.last - (wanted.last - first) % step)
        months = (end - first) // step + 1
        goods = Goods.of(header.commodities)
        taken = {TOTAL, *goods.codes} & {group.code for group in groups}
        if taken:
            raise UsageError(f"a group is called like a code of the records: {sorted(taken)}")
        return cls(
            header,
            goods,
            Places.of(header.partners, default_areas() if areas is None else areas),
            groups,
            Memberships.of(header.commodities, groups),
            first,
            months,
            yearly,
            january=0 if yearly == 1 else first % MONTHS,
            window=max(0, -((first - wanted.first) // step)),
            until=(min(wanted.last, end) - first) // step,
            flows=tuple(_flow(header, flow, first, months, yearly) for flow in header.flows),
            wanted=_wanted(statistics),
        )

    def period(self, time: int) -> Period:
        """The period at a place of the time axis."""
        at = self.first + time * self.header.step
        return Period(at, at + self.header.step - 1)

    @property
    def divisor(self) -> float:
        """What integers are divided by to stand in the unit."""
        return float(10**self.header.scale)

    def code_of(self, node: int) -> str:
        """A node's code, as in keys: goods, then groups, then the total."""
        if node < len(self.goods.codes):
            return self.goods.codes[node]
        place = node - len(self.goods.codes)
        return self.groups[place].code if place < len(self.groups) else TOTAL


def _wanted(statistics: tuple[str, ...] | None) -> tuple[bool, ...]:
    if statistics is None:
        return (True,) * len(COLUMNS)
    unknown = sorted(set(statistics) - set(PLACE))
    if unknown:
        raise UsageError(f"no such statistic: {', '.join(unknown)}", hint=f"there are {', '.join(PLACE)}")
    asked = {LEVEL, *statistics} | (TOGETHER if TOGETHER & set(statistics) else set())
    return tuple(column.name in asked for column in COLUMNS)


def _flow(header: Header, flow: str, first: int, months: int, yearly: int) -> FlowContext:
    covered = np.zeros(months, np.uint8)
    places = (np.array(header.covered[flow], np.int64) - first) // header.step
    covered[places] = 1
    last = int(places.max()) if len(places) else -1
    kinds = np.where(covered, 0, np.where(np.arange(months) > last, NOT_YET, MISSING)).astype(np.uint8)
    year_known, twelve_known = np.zeros(months, np.uint8), np.zeros(months, np.uint8)
    january = 0 if yearly == 1 else first % MONTHS
    for time in range(months):
        place = (january + time) % yearly
        year_known[time] = time >= place and covered[time - place : time + 1].all()
        twelve_known[time] = time >= yearly - 1 and covered[time - yearly + 1 : time + 1].all()
    total = np.full(months, np.nan)
    total[places] = np.array(header.totals[flow], np.int64) / 10**header.scale
    if header.suppressed == LEFT_OUT:
        total[[(month - first) // header.step for month in header.withheld.get(flow, ())]] = np.nan
    steady = last + 1 if covered[: last + 1].all() else 0
    return FlowContext(kinds, covered, year_known, twelve_known, total, steady)
