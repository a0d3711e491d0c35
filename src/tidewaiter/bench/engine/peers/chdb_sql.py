"""ClickHouse's engine through chdb: window functions over the rows that are there, with RANGE frames.

Frames take constants only, so sums since January run over a key in which every year has 24 places. Ranks are
asked for without a ROWS frame: with one, ties get wrong ranks.
"""
# ruff: noqa: S608 — the texts are put together from names and numbers of this package

from __future__ import annotations

import json
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
    import polars as pl

    from tidewaiter.bench.engine.peers.work import Answers, Work

NUMBERS = {
    "countries": PARTNERS, "year_from": YEAR_FROM, "two_years_from": TWO_YEARS_FROM, "ma3_from": MA3_FROM,
    "second": SECOND,
}  # fmt: skip
RANKED = """
    select s, flow, month, x, intDiv(month, 12) * 24 + month % 12 as spread,
        rank() over (partition by flow, good, month, area < {countries} order by x desc) as place,
        area < {countries} as ranked
    from cube
"""
LOOKED = """
    select *,
        lagInFrame(month) over (partition by s order by month
                                rows between 1 preceding and current row) as before,
        lagInFrame(x) over (partition by s order by month
                            rows between 1 preceding and current row) as x_before,
        sum(x) over (partition by s order by month range between 12 preceding and 12 preceding) as x12,
        sum(x) over (partition by s order by month range between 2 preceding and current row) as sum3,
        sum(x) over (partition by s order by month range between 11 preceding and current row) as sum12,
        sum(x) over (partition by s order by month range between 23 preceding and 12 preceding) as sum12_base,
        sum(x) over (partition by s order by spread range between 11 preceding and current row) as ytd,
        sum(x) over (partition by s order by spread range between 35 preceding and 24 preceding) as ytd_base,
        max(x) over (partition by s order by month rows between unbounded preceding and current row) as best
    from ({ranked})
"""
TOLD = """
    select s, month,
        x as level,
        if(before = month - 1, (x / x_before - 1) * 100, null) as mom,
        if(x12 > 0, (x / x12 - 1) * 100, null) as yoy,
        ytd as ytd_level,
        if(ytd_base > 0, (ytd / ytd_base - 1) * 100, null) as ytd_yoy,
        if(month >= {year_from}, sum12, null) as sum12,
        if(month >= {two_years_from} and sum12_base > 0, (looked.sum12 / sum12_base - 1) * 100, null)
            as sum12_yoy,
        if(month >= {ma3_from}, sum3 / 3, null) as ma3,
        x / total * 100 as share,
        if(total12 > 0, (x - ifNull(x12, 0)) / total12 * 100, null) as contribution,
        nullIf(month - max(multiIf(ifNull(x <= x12 or x12 = 0, true), month,
                                ifNull(before, 0) != month - 1, month - 1, 0))
               over (partition by s order by month rows between unbounded preceding and current row), 0)
            as streak,
        if(month >= {second} and x >= best, 1, null) as record,
        if(ranked, place, null) as rank
    from ({looked}) as looked join totals using (flow, month)
"""


def told() -> str:
    """The whole query."""
    return TOLD.format(looked=LOOKED.format(ranked=RANKED.format(**NUMBERS)), **NUMBERS)


class Peer:
    """See the module."""

    def __init__(self, work: Work) -> None:
        from importlib import import_module  # noqa: PLC0415
        from importlib.metadata import version  # noqa: PLC0415

        self.version, self._work = version("chdb"), work
        self._session: Any = import_module("chdb.session").Session()  # the tool itself
        self._session.query(f"set max_threads = {work.cores}")

    def decode(self) -> None:
        """The records, and the code lists, as tables in memory."""
        paths = {"records": self._work.records, "goods": self._work.goods, "partners": self._work.partners}
        for name, path in paths.items():
            self._session.query(
                f"create table {name} engine = Memory as select * from file('{path}', Parquet)"
            )

    def cube(self) -> int:
        """Each level from the records."""
        series = "bitShiftLeft(toInt64(flow), 40) + bitShiftLeft(toInt64(good), 16) + toInt64(area)"
        parts = " union all ".join(
            f"select flow, {good} as good, {area} as area, month, toFloat64(sum(value)) as x "
            "from records join goods using (commodity) join partners using (partner) "
            f"group by flow, {good}, {area}, month"
            for good in GOODS
            for area in AREAS
        )
        self._session.query(
            f"create table cube engine = Memory as select {series} as s, toInt32(month) as month, "
            f"flow, good, area, x from ({parts})"
        )
        whole = f"cube where good = (select any(n0) from goods) and area = {WORLD}"
        self._session.query(
            "create table totals engine = Memory as select now.flow as flow, now.month as month, "
            f"now.x as total, then.x as total12 from (select * from {whole}) as now left join "
            f"(select flow, month + 12 as month, x from {whole}) as then using (flow, month)"
        )
        return int(self._rows("select count() as n from cube")[0]["n"])

    def statistics(self) -> Answers:
        """Count and sum of each, in one pass over the windows."""
        counted = ", ".join(f"count({n}) as {n}_n, toFloat64(sum({n})) as {n}_sum" for n in STATISTICS)
        row = self._rows(f"select {counted} from ({told()})")[0]
        return {name: (int(row[f"{name}_n"]), float(row[f"{name}_sum"])) for name in STATISTICS}

    def sample(self) -> pl.DataFrame:
        """Every so many-th series."""
        import polars as pl  # noqa: PLC0415 — only for the comparison

        path = self._work.folder / "chdb.parquet"
        path.unlink(missing_ok=True)
        self._session.query(
            f"select * from ({told()}) where s % {SAMPLE} = 0 into outfile '{path}' format Parquet"
        )
        return pl.read_parquet(path)

    def _rows(self, sql: str) -> list[dict[str, Any]]:
        text = str(self._session.query(sql, "JSONEachRow"))
        return [json.loads(line) for line in text.splitlines()]
