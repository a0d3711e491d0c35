"""The kernel: every statistic of one tile of 128 series, month by month."""

# Compiled loops: their types are inferred, they are long on purpose, and x != x is how they test for NaN.
# ruff: noqa: ANN001, ANN201, C901, D417, PLR0912, PLR0915, PLR0917
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

import numpy as np

from tidewaiter.engine.dense import rows
from tidewaiter.engine.dense.columns import PLACE, SERIES
from tidewaiter.engine.dense.jit import compiled

LANES = 128
BACK = 5  # years before the first month that are looked at: always without a value
RING = 16  # rows kept of what is needed a year later
WIDTH = len(SERIES)
LEVEL, MOM, YOY = PLACE["level"], PLACE["mom"], PLACE["yoy"]
YTD, YTD_YOY = PLACE["ytd_level"], PLACE["ytd_yoy"]
SUM12, SUM12_YOY = PLACE["sum12"], PLACE["sum12_yoy"]
MA3, TWO_YEARS, RANGE = PLACE["ma3"], PLACE["two_year_growth"], PLACE["five_year_range"]
PARENT, PARENT_CHANGE = PLACE["share:parent"], PLACE["pp_change:share:parent"]
TOTAL, TOTAL_CHANGE = PLACE["share:total"], PLACE["pp_change:share:total"]
CONTRIBUTION, STREAK = PLACE["contribution:total"], PLACE["streak:yoy"]
RECORD = PLACE["record:level:all_months"]
SAME_MONTH, SAME_PERIOD = PLACE["record:level:same_month"], PLACE["record:level:same_period"]
BEST, WORST = PLACE["best_in_n:level"], PLACE["worst_in_n:level"]
AVERAGE = PLACE["average_annual_growth:5"]

_blank, _level, _growth, _told, _gather = rows.blank, rows.level, rows.growth, rows.told, rows.gather
_shares, _shares_of, _contributions = rows.shares, rows.shares_of, rows.contributions
_averages, _ranges, _streaks, _records = rows.averages, rows.ranges, rows.streaks, rows.records
_distances, _averages_of_years, _count = rows.distances, rows.averages_of_years, rows.count_and_sum


@compiled
def run_tiles(
    sums, own, weight, months, yearly, january, covered, year_known, twelve_known, divisor, total,
    parent, holes, has_holes, window, until, out, counts, totals, checked, wanted,
):  # fmt: skip
    """Every statistic of the series ``0`` to ``series`` of tiles from ``first_tile`` on.

    Args:
        sums: [tile × month][128], the cube's integers.
        own: the series, counted over all tiles.
        weight: how many series each stands for, in counts and check sums.
        months: how many periods.
        yearly: periods a year: 12, or 1 for yearly records.
        january: place in its year of the first period.
        covered: by period: the office has published it.
        year_known: by period: all periods of its year so far are covered.
        twelve_known: by period: it and the eleven before are covered.
        divisor: 10^scale.
        total: by period: the flow's total with all partners; NaN where not covered.
        parent: by place in ``own``: the series above it, counted over all tiles; −1 without.
        holes: as sums: cells that a withheld value leaves unknown.
        has_holes: there are any.
        window: first period whose values are kept.
        until: last one.
        out: [column][period − window][place in own], for the values kept.
        counts, totals: by column: how many values there are in all periods, and their sum.
        checked: counts and totals are wanted.
        wanted: by column: it is asked for; the others have no values.
    """
    back, series = BACK * yearly, len(own)
    x = np.empty((back + months, LANES))
    x[:back] = np.nan
    so_far, twelve = np.empty((RING, LANES)), np.empty((RING, LANES))
    part, whole_part = np.empty((RING, LANES)), np.empty((RING, LANES))
    years = np.empty((BACK + months // yearly + 2, LANES))
    best, second = np.empty((1 + 2 * yearly, LANES)), np.empty((1 + 2 * yearly, LANES))
    year_sum, twelve_sum = np.empty(LANES, np.int64), np.empty(LANES, np.int64)
    hole = np.empty(LANES, np.int64)
    run, wholes, none = np.empty(LANES), np.empty(LANES), np.empty(LANES)
    home, lane = np.empty(LANES, np.int64), np.empty(LANES, np.int64)
    cell, at = np.empty(LANES, np.int64), np.empty(LANES, np.int64)
    whole, alone, times = np.zeros((RING, LANES), np.int64), np.ones(LANES), np.ones(LANES)
    stack, stacked = np.empty((2, LANES, months)), np.empty((2, LANES, months), np.int16)
    depth, reach, since = (
        np.empty((2, LANES), np.int64),
        np.empty((2, LANES), np.int64),
        np.empty(LANES, np.int64),
    )
    row = np.full((WIDTH, LANES), np.nan)
    for tile in range((series + LANES - 1) // LANES):
        live = min(LANES, series - tile * LANES)
        so_far[:], twelve[:], part[:], whole_part[:], years[:BACK] = np.nan, np.nan, np.nan, np.nan, np.nan
        best[:], second[:] = -np.inf, -np.inf
        year_sum[:], twelve_sum[:], run[:], hole[:] = 0, 0, 0, -months
        depth[:], reach[:], since[:] = 0, -1, 0
        for i in range(LANES):
            one = own[tile * LANES + (i if i < live else 0)]
            times[i] = weight[tile * LANES + i] if i < live else 0.0
            cell[i], at[i] = (one >> 7) * months, one & 127
            above = parent[tile * LANES + i] if i < live else -1
            none[i] = 0.0 if above >= 0 else np.nan
            home[i] = (above >> 7) * months if above >= 0 else cell[i]
            lane[i] = above & 127 if above >= 0 else at[i]
        for time in range(months):
            now, ring, base = back + time, time & (RING - 1), (time - yearly) & (RING - 1)
            place = (january + time) % yearly
            year = BACK + (january + time) // yearly
            for i in range(LANES):
                whole[ring, i] = sums[cell[i] + time, at[i]]
            _level(whole, ring, divisor, x, now, row, LEVEL)
            if not covered[time]:
                _blank(x, now)
                _blank(row, LEVEL)
            if has_holes:
                for i in range(LANES):
                    if holes[cell[i] + time, at[i]]:
                        x[now, i], row[LEVEL, i], hole[i] = np.nan, np.nan, time
            # sums over the year so far and over twelve months, exact
            if place == 0:
                for i in range(LANES):
                    year_sum[i] = 0
            for i in range(LANES):
                year_sum[i] += whole[ring, i]
            if time >= yearly:
                for i in range(LANES):
                    twelve_sum[i] += whole[ring, i] - whole[base, i]
            else:
                for i in range(LANES):
                    twelve_sum[i] += whole[ring, i]
            _told(year_sum, divisor, so_far, ring, row, YTD)
            _told(twelve_sum, divisor, twelve, ring, row, SUM12)
            if not year_known[time]:
                _blank(so_far, ring)
                _blank(row, YTD)
            if not twelve_known[time]:
                _blank(twelve, ring)
                _blank(row, SUM12)
            if has_holes:
                for i in range(LANES):
                    if hole[i] >= time - place:
                        so_far[ring, i], row[YTD, i] = np.nan, np.nan
                    if hole[i] > time - yearly:
                        twelve[ring, i], row[SUM12, i] = np.nan, np.nan
            # growth
            if yearly > 1:
                if wanted[MOM]:
                    _growth(x, now, now - 1, row, MOM)
                if wanted[MA3]:
                    _averages(x, now, row, MA3)
            if wanted[YOY] or wanted[STREAK]:
                _growth(x, now, now - yearly, row, YOY)
            if wanted[YTD_YOY]:
                _growth(so_far, ring, base, row, YTD_YOY)
            if wanted[SUM12_YOY]:
                _growth(twelve, ring, base, row, SUM12_YOY)
            if wanted[TWO_YEARS]:
                _growth(x, now, now - 2 * yearly, row, TWO_YEARS)
            if wanted[RANGE]:
                _ranges(x, now, yearly, row, RANGE)
            # shares
            if wanted[PARENT] or wanted[PARENT_CHANGE]:
                _gather(sums, home, lane, time, divisor, none, wholes)
                if has_holes:
                    for i in range(LANES):
                        if holes[home[i] + time, lane[i]]:
                            wholes[i] = np.nan
                _shares(x, now, wholes, part, ring, base, row, PARENT, PARENT_CHANGE)
            _shares_of(x, now, total[time], whole_part, ring, base, row, TOTAL, TOTAL_CHANGE)
            whole_base = total[time - yearly] if time >= yearly else np.nan
            if wanted[CONTRIBUTION]:
                _contributions(x, now, now - yearly, whole_base, row, CONTRIBUTION)
            # what looks back
            if wanted[STREAK]:
                _streaks(row, YOY, run, STREAK)
            if wanted[RECORD]:
                _records(x, now, best, second, 0, row, RECORD)
            if wanted[SAME_MONTH]:
                _records(x, now, best, second, 1 + place, row, SAME_MONTH)
            if wanted[SAME_PERIOD]:
                _records(so_far, ring, best, second, 1 + yearly + place, row, SAME_PERIOD)
            if wanted[BEST] or wanted[WORST]:
                _distances(x, now, time, live, stack, stacked, depth, reach, since, row, BEST, WORST)
            if place == yearly - 1:
                for i in range(LANES):
                    years[year, i] = so_far[ring, i]
                _averages_of_years(years, year, BACK, row, AVERAGE)
            else:
                _blank(row, AVERAGE)
            if checked:
                for column in range(WIDTH):
                    if not wanted[column]:
                        continue
                    # the share of the series above differs among those that are the same else
                    often = alone if column in (PARENT, PARENT_CHANGE) else times
                    _count(row, column, live, often, counts, totals)
            if window <= time <= until:
                for column in range(WIDTH):
                    if not wanted[column]:
                        continue
                    for i in range(live):
                        out[column, time - window, tile * LANES + i] = row[column, i]


@compiled
def share_of_twins(
    sums, own, cells, months, yearly, covered, divisor, parent, window, until, out, place, counts, totals
):
    """Share of the series above, and its change, of series that are the same as others but for that.

    Args:
        sums, months, yearly, covered, divisor, window, until, counts, totals: as for :func:`run_tiles`.
        own: the series; ``cells`` are those that have their sums.
        parent: by place in ``own``: the series above it.
        out: [column][period − window][place], all series'; ``place`` is where those of ``own`` stand in it.
    """
    part, wholes, none = np.empty((RING, LANES)), np.empty(LANES), np.empty(LANES)
    x, row, one = np.empty((1, LANES)), np.full((WIDTH, LANES), np.nan), np.ones(LANES)
    mine, at = np.empty(LANES, np.int64), np.empty(LANES, np.int64)
    home, lane = np.empty(LANES, np.int64), np.empty(LANES, np.int64)
    for tile in range((len(own) + LANES - 1) // LANES):
        live = min(LANES, len(own) - tile * LANES)
        part[:] = np.nan
        for i in range(LANES):
            k = tile * LANES + (i if i < live else 0)
            none[i] = 0.0 if parent[k] >= 0 else np.nan
            mine[i], at[i] = (cells[k] >> 7) * months, cells[k] & 127
            home[i] = (parent[k] >> 7) * months if parent[k] >= 0 else mine[i]
            lane[i] = parent[k] & 127 if parent[k] >= 0 else at[i]
        for time in range(months):
            for i in range(LANES):
                x[0, i] = sums[mine[i] + time, at[i]] / divisor
            if not covered[time]:
                _blank(x, 0)
            _gather(sums, home, lane, time, divisor, none, wholes)
            ring, base = time & (RING - 1), (time - yearly) & (RING - 1)
            _shares(x, 0, wholes, part, ring, base, row, PARENT, PARENT_CHANGE)
            _count(row, PARENT, live, one, counts, totals)
            _count(row, PARENT_CHANGE, live, one, counts, totals)
            if window <= time <= until:
                for i in range(live):
                    out[PARENT, time - window, place[tile * LANES + i]] = row[PARENT, i]
                    out[PARENT_CHANGE, time - window, place[tile * LANES + i]] = row[PARENT_CHANGE, i]
