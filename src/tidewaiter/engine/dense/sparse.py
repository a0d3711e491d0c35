"""Series with few records: computed from their records, not month by month.

Most series of customs records trade in a handful of months. Between those nothing changes: growth is not
defined, sums and places stay. So only the months are computed that a record touches (its own, the ones that
look back at it, the year so far and the twelve months it is part of); the months between are counted. Each
number comes from the same formula on the same operands as in :mod:`tidewaiter.engine.dense.kernel`, so its
bits are the same. It holds where one period is kept and the months are covered without a gap up to the last.
"""

# Compiled loops: their types are inferred, they are long on purpose.
# ruff: noqa: ANN001, ANN201, ANN202, C901, D417, PLR0124, PLR0912, PLR0915, PLR0917, PLR2004
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

import numpy as np

from tidewaiter.engine.dense import kernel, stretches
from tidewaiter.engine.dense.columns import SERIES
from tidewaiter.engine.dense.formulas import average, comparable, contribution, proportion, rate, streak_step
from tidewaiter.engine.dense.jit import compiled, inlined

LANES = 128
LIMIT = 48  # records; a series with more is computed month by month
WIDTH = len(SERIES)
STEP = 8  # lanes looked at together
NAN = np.nan
LEVEL, MOM, YOY, TWO_YEARS = kernel.LEVEL, kernel.MOM, kernel.YOY, kernel.TWO_YEARS
YTD, YTD_YOY, SUM12, SUM12_YOY = kernel.YTD, kernel.YTD_YOY, kernel.SUM12, kernel.SUM12_YOY
MA3, STREAK, AVERAGE = kernel.MA3, kernel.STREAK, kernel.AVERAGE
TOTAL, TOTAL_CHANGE, CONTRIBUTION = kernel.TOTAL, kernel.TOTAL_CHANGE, kernel.CONTRIBUTION
_places, _same_months, _same_spans = stretches.places, stretches.same_months, stretches.same_spans
_best, _worst, _ranges, _averages = (
    stretches.best,
    stretches.worst,
    stretches.ranges,
    stretches.averages_of_years,
)


@inlined
def find(sums, first_row, months, number, when):
    """The months with a value of each lane of a tile; only the first ``LIMIT`` + 1 are kept."""
    number[:] = 0
    for time in range(months):
        for start in range(0, LANES, STEP):
            some = np.int64(0)
            for i in range(start, start + STEP):
                some |= sums[first_row + time, i]
            if not some:
                continue
            for i in range(start, start + STEP):
                if sums[first_row + time, i]:
                    if number[i] < LIMIT:
                        when[i, number[i]] = time
                    number[i] += 1


@inlined
def _growth(x, events, n, lag, last, at, column, count, total, value):
    """Growth on ``lag`` periods before: only where there is a base."""
    for j in range(n):
        time = events[j] + lag
        if time >= last:
            break
        if comparable(x[time], x[time - lag]):
            grown = rate(x[time], x[time - lag])
            count[column] += 1
            total[column] += grown
            if time == at:
                value[column] = grown


@inlined
def _streaks(x, events, n, lag, last, at, count, total, value):
    """Streak of growth on a year ago; a month without growth ends it."""
    run, before = 0.0, -2
    for j in range(n):
        time = events[j] + lag
        if time >= last:
            break
        if time != before + 1:
            run = 0.0
        before = time
        grown = rate(x[time], x[time - lag]) if comparable(x[time], x[time - lag]) else NAN
        run = streak_step(grown, run)
        if run != 0:
            count[STREAK] += 1
            total[STREAK] += run
            if time == at:
                value[STREAK] = run


@inlined
def _parts(x, whole, events, n, lag, last, at, total, value):
    """Share of the flow's total, its change, the contribution to its growth."""
    for j in range(n):
        time = events[j]
        if whole[time] == whole[time] and whole[time] != 0:
            total[TOTAL] += proportion(x[time], whole[time])
        for then in (time, time + lag):
            if then < lag or then >= last or (then != time and x[then] != 0):
                continue
            base = whole[then - lag]
            if base != base or base == 0:
                continue
            total[CONTRIBUTION] += contribution(x[then], x[then - lag], base)
            if whole[then] == whole[then] and whole[then] != 0:
                total[TOTAL_CHANGE] += proportion(x[then], whole[then]) - proportion(x[then - lag], base)
    if whole[at] == whole[at] and whole[at] != 0:
        value[TOTAL] = proportion(x[at], whole[at])
    if at >= lag and whole[at - lag] == whole[at - lag] and whole[at - lag] != 0:
        value[CONTRIBUTION] = contribution(x[at], x[at - lag], whole[at - lag])
        value[TOTAL_CHANGE] = value[TOTAL] - proportion(x[at - lag], whole[at - lag])


@inlined
def _three_months(x, events, n, last, at, total, value):
    """Three-month average."""
    for j in range(n):
        for time in range(max(2, events[j]), min(last, events[j] + 3)):
            if j + 1 < n and time >= events[j + 1]:
                break
            total[MA3] += average(x[time - 2], x[time - 1], x[time])
    if at >= 2:
        value[MA3] = average(x[at - 2], x[at - 1], x[at])


@inlined
def _year_to_date(whole, so_far, events, n, yearly, january, last, divisor, years):
    """Fill the year so far in every year with a record; returns how many years there are.

    ``years`` gets the first period of each. Years that began before the records are left out: they are not
    known.
    """
    found = 0
    for j in range(n):
        start = events[j] - (january + events[j]) % yearly
        if start < 0 or (found and years[found - 1] == start):
            continue
        years[found] = start
        found += 1
        acc = np.int64(0)
        for time in range(start, min(last, start + yearly)):
            acc += whole[time]
            so_far[time] = acc / divisor
    return found


@inlined
def _twelve_months(whole, twelve, events, n, yearly, last, divisor):
    """Fill the sum over twelve months wherever a record is part of it."""
    acc, end = np.int64(0), 0
    for j in range(n):
        if events[j] > end:
            acc = np.int64(0)
        end = min(last, events[j] + yearly)
        stop = min(end, events[j + 1]) if j + 1 < n else end
        for time in range(events[j], stop):
            acc += whole[time] - (whole[time - yearly] if time >= yearly else 0)
            twelve[time] = acc / divisor


@inlined
def _sums(x, starts, n, span, known, lag, last, at, column, growths, count, total, value):
    """Sums and their growth over stretches of ``span`` periods that begin at ``starts``."""
    for j in range(n):
        for time in range(starts[j], min(last, starts[j] + span)):
            if j + 1 < n and time >= starts[j + 1]:
                break
            if time < known:
                continue
            total[column] += x[time]
            then = time + lag
            if then < last and comparable(x[then], x[time]):
                grown = rate(x[then], x[time])
                count[growths] += 1
                total[growths] += grown
                if then == at:
                    value[growths] = grown


@compiled
def run_sparse(
    sums, own, weight, months, yearly, january, last, divisor, whole_total, every, at, wanted,
    out, counts, totals, checked, left,
):  # fmt: skip
    """Statistics of those series that have few records; the share of the series above is left out.

    Args:
        sums, own, weight, months, yearly, january, divisor, counts, totals, checked: as for ``run_tiles``.
        last: how many periods are covered, from the first on without a gap.
        whole_total: by period: the flow's total; NaN where not known.
        every: by column: in how many periods it has a value whatever the series, where that is so.
        at: the one period that is kept; it is covered.
        wanted: by column: it is asked for.
        out: [column][place in own].
        left: by place in own: set to 1 where the series has too many records; it is to be computed elsewhere.
    """
    number, when = np.zeros(LANES, np.int64), np.zeros((LANES, LIMIT + 1), np.int64)
    whole, x = np.zeros(months + yearly, np.int64), np.zeros(months + yearly)
    so_far, twelve = np.zeros(months + yearly), np.zeros(months + yearly)
    years = np.zeros(LIMIT + 1, np.int64)
    count, total, value = np.zeros(WIDTH), np.zeros(WIDTH), np.zeros(WIDTH)
    first_year = (yearly - january) % yearly  # the first period whose year is known from its beginning
    tile = np.int64(-1)
    for k in range(len(own)):
        if own[k] >> 7 != tile:
            tile = own[k] >> 7
            find(sums, tile * months, months, number, when)
        lane = own[k] & 127
        n = number[lane]
        if n > LIMIT or (n and when[lane, n - 1] >= last):
            left[k] = 1
            continue
        events = when[lane]
        count[:] = every
        total[:], value[:] = 0.0, NAN
        for j in range(n):
            whole[events[j]] = sums[tile * months + events[j], lane]
            x[events[j]] = whole[events[j]] / divisor
            total[LEVEL] += x[events[j]]
        value[LEVEL] = x[at]
        found = 0
        if yearly > 1:
            _growth(x, events, n, 1, last, at, MOM, count, total, value)
            _three_months(x, events, n, last, at, total, value)
        _growth(x, events, n, yearly, last, at, YOY, count, total, value)
        if wanted[TWO_YEARS]:
            _growth(x, events, n, 2 * yearly, last, at, TWO_YEARS, count, total, value)
        _streaks(x, events, n, yearly, last, at, count, total, value)
        _parts(x, whole_total, events, n, yearly, last, at, total, value)
        found = _year_to_date(whole, so_far, events, n, yearly, january, last, divisor, years)
        _sums(so_far, years, found, yearly, 0, yearly, last, at, YTD, YTD_YOY, count, total, value)
        value[YTD] = so_far[at] if at >= (january + at) % yearly else NAN
        _twelve_months(whole, twelve, events, n, yearly, last, divisor)
        _sums(twelve, events, n, yearly, yearly - 1, yearly, last, at, SUM12, SUM12_YOY, count, total, value)
        value[SUM12] = twelve[at] if at >= yearly - 1 else NAN
        _places(x, events, n, last, at, count, total, value)
        if wanted[kernel.SAME_MONTH]:
            _same_months(x, events, n, yearly, last, at, count, total, value)
        if wanted[kernel.SAME_PERIOD]:
            _same_spans(so_far, years, found, first_year, yearly, last, at, count, total, value)
        if wanted[kernel.RANGE]:
            _ranges(x, events, n, yearly, last, at, count, total, value)
        if wanted[kernel.BEST]:
            _best(x, events, n, last, at, total, value)
        if wanted[kernel.WORST]:
            _worst(x, events, n, last, at, total, value)
        if wanted[AVERAGE]:
            _averages(so_far, years, found, yearly, last, at, count, total, value)
        for column in range(WIDTH):
            if wanted[column]:
                out[column, k] = value[column]
                if checked:
                    counts[column] += int(weight[k] * count[column])
                    totals[column] += weight[k] * total[column]
        for j in range(n):
            whole[events[j]], x[events[j]] = 0, 0.0
            twelve[events[j] : events[j] + yearly] = 0.0
        for j in range(found):
            so_far[years[j] : years[j] + yearly] = 0.0


@compiled
def count_wholes(sums, tiles, months, yearly, last, known, both):
    """In how many periods each series of some tiles is not zero, and in how many not a year before either."""
    for tile in tiles:
        first, row = tile * LANES, tile * months
        for i in range(LANES):
            known[first + i], both[first + i] = 0, 0
        for time in range(last):
            for i in range(LANES):
                known[first + i] += 1 if sums[row + time, i] != 0 else 0
        for time in range(yearly, last):
            for i in range(LANES):
                both[first + i] += (
                    1 if (sums[row + time, i] != 0) & (sums[row + time - yearly, i] != 0) else 0
                )


@inlined
def _part(sums, row, lane, home, away, time, divisor):
    """Share of the series above in a period; NaN where that is zero."""
    whole = sums[home + time, away] / divisor
    return proportion(sums[row + time, lane] / divisor, whole) if whole != 0 else NAN


@compiled
def share_of_parents(
    sums, cells, parent, place, months, yearly, last, divisor, known, both, at, out, counts, totals
):
    """Share of the series above, and its change, of series that have few records.

    Args:
        sums, months, yearly, last, divisor, at, counts, totals: as for :func:`run_sparse`.
        cells: the series that have their sums, in rising order.
        parent: the series above each, −1 without.
        place: where each stands in ``out``, which is [column][place].
        known, both: by series, from :func:`count_wholes`.
    """
    number, when = np.zeros(LANES, np.int64), np.zeros((LANES, LIMIT + 1), np.int64)
    tile = np.int64(-1)
    for k in range(len(cells)):
        above = parent[k]
        if above < 0:
            continue
        if cells[k] >> 7 != tile:
            tile = cells[k] >> 7
            find(sums, tile * months, months, number, when)
        lane, row = cells[k] & 127, tile * months
        home, away = (above >> 7) * months, above & 127
        counts[kernel.PARENT] += known[above]
        counts[kernel.PARENT_CHANGE] += both[above]
        share, change = 0.0, 0.0
        for j in range(number[lane]):
            time = when[lane, j]
            part = _part(sums, row, lane, home, away, time, divisor)
            share += part if part == part else 0.0
            for then in (time, time + yearly):
                if then < yearly or then >= last or (then != time and sums[row + then, lane] != 0):
                    continue
                moved = _part(sums, row, lane, home, away, then, divisor) - _part(
                    sums, row, lane, home, away, then - yearly, divisor
                )
                change += moved if moved == moved else 0.0
        totals[kernel.PARENT] += share
        totals[kernel.PARENT_CHANGE] += change
        part = _part(sums, row, lane, home, away, at, divisor)
        out[kernel.PARENT, place[k]] = part
        if at >= yearly:
            out[kernel.PARENT_CHANGE, place[k]] = part - _part(
                sums, row, lane, home, away, at - yearly, divisor
            )
