"""DuckDB: window functions over the rows that are there, with RANGE frames that step over absent months.

Self joins on the month a year earlier, ASOF joins on running sums and a gap-free grid were tried too: each
is slower here.
"""
# ruff: noqa: S608 — the texts are put together from names and numbers of this package

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidewaiter.bench.engine.data import PARTNERS
from tidewaiter.bench.engine.peers.work import (
    AREAS,
    GOODS,
    MA3_FROM,
    SAMPLE,
    SECOND,
    STATISTICS,
    TWO_YEARS_FROM,
    WORLD,
    YEAR_FROM,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from tidewaiter.bench.engine.peers.work import Answers, Work

SERIES = "(flow::bigint << 40) + (good::bigint << 16) + area"
RANKED = """
    select s, flow, month, x,
        case when area < {countries}
             then rank() over (partition by flow, good, month, area < {countries} order by x desc) end as rank
    from cube
"""
LOOKED = """
    select *,
        lag(month) over w as before,
        lag(x) over w as x_before,
        first_value(x) over (w range between 12 preceding and 12 preceding) as x12,
        sum(x) over (w range between 2 preceding and current row) as sum3,
        sum(x) over (w range between 11 preceding and current row) as sum12,
        sum(x) over (w range between 23 preceding and 12 preceding) as sum12_base,
        sum(x) over (w range between month % 12 preceding and current row) as ytd,
        sum(x) over (w range between month % 12 + 12 preceding and 12 preceding) as ytd_base,
        max(x) over (w rows between unbounded preceding and 1 preceding) as best
    from ({ranked})
    window w as (partition by s order by month)
"""
TOLD = """
    select s, month,
        x as level,
        case when before = month - 1 then (x / x_before - 1) * 100 end as mom,
        (x / x12 - 1) * 100 as yoy,
        ytd as ytd_level,
        (ytd / ytd_base - 1) * 100 as ytd_yoy,
        case when month >= {year_from} then sum12 end as sum12,
        case when month >= {two_years_from} then (sum12 / sum12_base - 1) * 100 end as sum12_yoy,
        case when month >= {ma3_from} then sum3 / 3 end as ma3,
        x / total * 100 as share,
        (x - coalesce(x12, 0)) / total12 * 100 as contribution,
        nullif(month - max(case when not coalesce(x > x12, false) then month
                                when before is distinct from month - 1 then month - 1 end)
               over (partition by s order by month rows unbounded preceding), 0) as streak,
        case when month >= {second} and (best is null or x >= best) then 1 end as record,
        rank
    from ({looked}) join totals using (flow, month)
"""


def told() -> str:
    """The whole query. The rank comes first: its rows are still narrow when they are sorted for it."""
    numbers = {
        "countries": PARTNERS, "year_from": YEAR_FROM, "two_years_from": TWO_YEARS_FROM, "ma3_from": MA3_FROM,
        "second": SECOND,
    }  # fmt: skip
    return TOLD.format(looked=LOOKED.format(ranked=RANKED.format(**numbers)), **numbers)


class Peer:
    """See the module."""

    def __init__(self, work: Work) -> None:
        import duckdb  # noqa: PLC0415 — the tool itself

        self.version, self._work = duckdb.__version__, work
        settings: dict[str, Any] = {"threads": work.cores, "temp_directory": str(work.folder / "spilled")}
        self._base: Any = duckdb.connect(config=settings)
        self._run: Callable[..., Any] = self._base.execute

    def decode(self) -> None:
        """The records, and the code lists, as tables in memory."""
        for name, path in (("records", self._work.records), ("goods", self._work.goods)):
            self._run(f"create table {name} as select * from read_parquet('{path}')")
        self._run(f"create table partners as select * from read_parquet('{self._work.partners}')")

    def cube(self) -> int:
        """Each level from the records: rolling up from the next finer level is no faster here."""
        parts = " union all ".join(
            f"select flow, {good} as good, {area} as area, month, sum(value)::double as x "
            "from records join goods using (commodity) join partners using (partner) group by all"
            for good in GOODS
            for area in AREAS
        )
        self._run(f"create table cube as select {SERIES} as s, * from ({parts})")
        self._run(
            "create table totals as select flow, month, x as total, lag(x, 12) over (order by flow, month) "
            f"as total12 from cube where good = (select any_value(n0) from goods) and area = {WORLD}"
        )
        self._run(f"update totals set total12 = null where month < {YEAR_FROM + 1}")
        return int(self._run("select count(*) from cube").fetchall()[0][0])

    def statistics(self) -> Answers:
        """Count and sum of each, in one pass over the windows."""
        counted = ", ".join(f"count({name}), sum({name})::double" for name in STATISTICS)
        found = self._run(f"select {counted} from ({told()})").fetchall()[0]
        pairs = zip(found[::2], found[1::2], strict=True)
        return {name: (int(n), float(total or 0)) for name, (n, total) in zip(STATISTICS, pairs, strict=True)}

    def sample(self) -> pl.DataFrame:
        """Every so many-th series."""
        import polars as pl  # noqa: PLC0415 — only for the comparison

        found = self._base.sql(f"select * from ({told()}) where s % {SAMPLE} = 0")
        return pl.DataFrame(found.to_arrow_table())
