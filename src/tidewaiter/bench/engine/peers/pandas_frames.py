"""pandas: rows sorted by series and month; sums over spans are differences of one running sum.

Where a span begins is looked up in the index, which is one number for series and month. ``groupby().rolling``
by time and merges on shifted months take several times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

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

WIDE = 1 << 15  # more than any month


class Peer:
    """See the module."""

    version = pd.__version__

    def __init__(self, work: Work) -> None:
        self._work = work

    def decode(self) -> None:
        """The records with their places in the cube (looked up by position, not merged: it is quicker)."""
        self._records = pd.read_parquet(self._work.records)
        goods, partners = pd.read_parquet(self._work.goods), pd.read_parquet(self._work.partners)
        self._whole = int(goods["n0"].iloc[0])
        for lists, name in ((goods, "commodity"), (partners, "partner")):
            for column in lists.columns.drop(name):
                self._records[column] = lists[column].to_numpy()[self._records[name]]

    def cube(self) -> int:
        """One group-by a level, on one number that holds flow, good, area and month."""
        records, parts = self._records, []
        flow = records["flow"].astype("int64").to_numpy() << 40
        for good in GOODS:
            for area in AREAS:
                series = flow | (records[good].astype("int64").to_numpy() << 16) | records[area].to_numpy()
                key = pd.Series(series * WIDE + records["month"].to_numpy(), name="at")
                parts.append(records["value"].groupby(key.to_numpy(), sort=False).sum())
        del self._records
        self._x = pd.concat(parts).sort_index()
        return len(self._x)

    def statistics(self) -> Answers:
        """Count and sum of each."""
        told = self._told()
        return {name: (int(told[name].count()), float(told[name].sum())) for name in STATISTICS}

    def sample(self) -> pl.DataFrame:
        """Every so many-th series."""
        import polars as pl  # noqa: PLC0415 — only for the comparison

        told = self._told()
        kept = told[told["s"] % SAMPLE == 0]
        return pl.DataFrame({name: kept[name].to_numpy() for name in kept.columns}).fill_nan(None)

    def _told(self) -> pd.DataFrame:
        at = self._x.index.to_numpy()
        series, month = at // WIDE, at % WIDE
        x = self._x.reset_index(drop=True).astype("float64")
        year, good, area = month % 12, series >> 16, series & 0xFFFF
        running = np.concatenate([[0], self._x.cumsum().to_numpy()])

        def base(back: int) -> np.ndarray:
            place = np.searchsorted(at, at - back)
            return np.where(at[place] == at - back, x.to_numpy()[place], np.nan)

        def to(back: int | np.ndarray) -> np.ndarray:
            found: np.ndarray = running[np.searchsorted(at, at - back, side="right")]
            return found

        with np.errstate(divide="ignore", invalid="ignore"):
            so_far, a_year = running[1:], to(12)
            twelve, twelve_base = so_far - a_year, a_year - to(24)
            ytd, ytd_base = so_far - to(year + 1), a_year - to(year + 13)
            x_1, x_12 = base(1), base(12)
            total, total_12 = self._totals(at, month, x)
            told = pd.DataFrame({"s": series, "month": month, "level": x})
            told["mom"] = (x / x_1 - 1) * 100
            told["yoy"] = (x / x_12 - 1) * 100
            told["ytd_level"] = ytd
            told["ytd_yoy"] = np.where(ytd_base > 0, (ytd / ytd_base - 1) * 100, np.nan)
            told["sum12"] = np.where(month >= YEAR_FROM, twelve, np.nan)
            known = (month >= TWO_YEARS_FROM) & (twelve_base > 0)
            told["sum12_yoy"] = np.where(known, (twelve / twelve_base - 1) * 100, np.nan)
            told["ma3"] = np.where(month >= MA3_FROM, (so_far - to(3)) / 3, np.nan)
            told["share"] = x / total * 100
            told["contribution"] = (x - np.nan_to_num(x_12)) / total_12 * 100
        stops = np.where(~(x > x_12), month, np.where(np.isnan(x_1), month - 1, np.nan))
        streak = month - pd.Series(stops).ffill()
        told["streak"] = streak.where(streak > 0)
        highest = (x >= x.groupby(series).cummax()) & (month >= SECOND)
        told["record"] = highest.astype("float64").replace(0.0, np.nan)
        place = x[area < PARTNERS].groupby(good[area < PARTNERS] * WIDE + month[area < PARTNERS])
        told["rank"] = place.rank("min", ascending=False).reindex(told.index)
        return told

    def _totals(self, at: np.ndarray, month: np.ndarray, x: pd.Series) -> tuple[np.ndarray, np.ndarray]:
        """The flow's total in the month, and a year before; NaN where there is none."""
        flow = at // WIDE >> 40
        whole = flow << 40 | self._whole << 16 | WORLD
        found = pd.Series(x.to_numpy(), index=at)
        keys = pd.Index(np.unique(whole * WIDE + month))
        now, then = found.reindex(keys), found.reindex(keys - 12)
        place = keys.get_indexer(whole * WIDE + month)
        return now.to_numpy()[place], then.to_numpy()[place]
