"""One month of one tile: a function a statistic, over 128 series. The formulas are the statistics' own.

Each is a plain loop, so that the compiler runs it across the vector unit; where a formula is not defined the
cell is NaN.
"""

# Compiled loops: their types are inferred, they are long on purpose, and x != x is how they test for NaN.
# ruff: noqa: ANN001, ANN201, PLR0917, PLR0124, PLW3301
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

import numpy as np

from tidewaiter.engine.dense.formulas import (
    SLACK,
    average,
    average_annual_growth,
    better,
    comparable,
    contribution,
    proportion,
    rate,
    streak_step,
)
from tidewaiter.engine.dense.jit import inlined, summing

LANES = 128
NAN = np.nan
OPEN = -np.inf


@inlined
def level(sums, cell, divisor, x, now, out, column):
    """The level: the cube's integer in the unit of the records."""
    if divisor == 1.0:
        for i in range(LANES):
            value = float(sums[cell, i])
            x[now, i] = value
            out[column, i] = value
    else:
        for i in range(LANES):
            value = sums[cell, i] / divisor
            x[now, i] = value
            out[column, i] = value


@inlined
def blank(x, row):
    """No value."""
    for i in range(LANES):
        x[row, i] = NAN


@inlined
def growth(x, now, base, out, column):
    """Growth of one row on another."""
    for i in range(LANES):
        a, b = x[now, i], x[base, i]
        grown = rate(a, b)
        out[column, i] = grown if comparable(a, b) else NAN


@inlined
def told(sums, divisor, x, now, out, column):
    """A sum in the unit of the records, for growth and for the answer."""
    if divisor == 1.0:
        for i in range(LANES):
            value = float(sums[i])
            x[now, i] = value
            out[column, i] = value
    else:
        for i in range(LANES):
            value = sums[i] / divisor
            x[now, i] = value
            out[column, i] = value


@inlined
def gather(sums, home, lane, time, divisor, none, wholes):
    """The level of the series above each."""
    if divisor == 1.0:
        for i in range(LANES):
            wholes[i] = float(sums[home[i] + time, lane[i]]) + none[i]
    else:
        for i in range(LANES):
            wholes[i] = sums[home[i] + time, lane[i]] / divisor + none[i]


@inlined
def shares(x, now, wholes, y, ring, base, out, column, change):
    """Share of the series above, and its change on a year ago."""
    for i in range(LANES):
        whole = wholes[i]
        part = proportion(x[now, i], whole)
        part = part if whole != 0 else NAN
        y[ring, i] = part
        out[column, i] = part
        out[change, i] = part - y[base, i]


@inlined
def shares_of(x, now, whole, y, ring, base, out, column, change):
    """Share of one whole, and its change on a year ago."""
    if whole == 0:
        whole = NAN
    for i in range(LANES):
        part = proportion(x[now, i], whole)
        y[ring, i] = part
        out[column, i] = part
        out[change, i] = part - y[base, i]


@inlined
def contributions(x, now, base, whole, out, column):
    """Contribution to the growth of one whole."""
    if whole == 0:
        whole = NAN
    for i in range(LANES):
        out[column, i] = contribution(x[now, i], x[base, i], whole)


@inlined
def averages(x, now, out, column):
    """Three-month average."""
    for i in range(LANES):
        out[column, i] = average(x[now - 2, i], x[now - 1, i], x[now, i])


@inlined
def ranges(x, now, lag, out, column):
    """Distance from the range of the same month of five years."""
    for i in range(LANES):
        a, b, c = x[now - lag, i], x[now - 2 * lag, i], x[now - 3 * lag, i]
        d, e, here = x[now - 4 * lag, i], x[now - 5 * lag, i], x[now, i]
        low = min(min(min(a, b), min(c, d)), e)
        high = max(max(max(a, b), max(c, d)), e)
        known = a + b + c + d + e + here
        nearest = high if here > high else low
        outside = rate(here, nearest)
        outside = outside if comparable(here, nearest) else NAN
        found = 0.0 if (low <= here) & (here <= high) else outside
        out[column, i] = found if known == known else NAN


@inlined
def streaks(out, growths, run, column):
    """Streak of the sign of growth."""
    for i in range(LANES):
        found = streak_step(out[growths, i], run[i])
        run[i] = found
        out[column, i] = found if found != 0 else NAN


@inlined
def records(x, now, best, second, state, out, column):
    """First, second or a later place among the values before; what has a gap before it begins anew."""
    for i in range(LANES):
        here, top, next_ = x[now, i], best[state, i], second[state, i]
        size = abs(here)
        beaten = top > here + SLACK * max(abs(top), size)
        twice = next_ > here + SLACK * max(abs(next_), size)
        found = 3.0 if twice else (2.0 if beaten else 1.0)
        known = here == here
        out[column, i] = found if known & (top > OPEN) else NAN
        lower = min(here, top)
        second[state, i] = (max(next_, lower)) if known else OPEN
        best[state, i] = max(here, top) if known else OPEN


@inlined
def distances(x, now, time, live, values, months, depth, reach, since, out, best, worst):
    """Months back to the last better one, and to the last worse one; to the first known month without one.

    ``values`` and ``months`` hold for each series two stacks: the months that no later one has reached, the
    latest on top, the month before this one left out; for the worst with the sign turned. Where a month
    equals the one before it nothing changes.
    """
    for i in range(live):
        here, before = x[now, i], x[now - 1, i]
        if here == before:
            continue
        if here != here or before != before:
            depth[0, i] = depth[1, i] = 0
            reach[0, i] = reach[1, i] = -1
            since[i] = time if here == here else time + 1
            continue
        for side in range(2):
            top = depth[side, i]
            if before > here:
                values[side, i, top], months[side, i, top] = before, time - 1
                top += 1
            else:
                while top > 0 and values[side, i, top - 1] <= here:
                    top -= 1
            depth[side, i] = top
            while top > 0 and not better(values[side, i, top - 1], here):
                top -= 1
            reach[side, i] = months[side, i, top - 1] if top > 0 else -1
            here, before = -here, -before
    for i in range(LANES):
        whole = time - since[i] + 1
        known = since[i] < time
        up = time - reach[0, i] if reach[0, i] >= 0 else whole
        down = time - reach[1, i] if reach[1, i] >= 0 else whole
        out[best, i] = float(up) if known else NAN
        out[worst, i] = float(down) if known else NAN


@inlined
def averages_of_years(years, year, span, out, column):
    """Average annual growth from ``span`` years ago."""
    for i in range(LANES):
        first, last = years[year - span, i], years[year, i]
        if (first > 0) & (last >= 0):
            out[column, i] = average_annual_growth(first, last, span)
        else:
            out[column, i] = NAN


@summing
def count_and_sum(row, column, live, weight, counts, totals):
    """Count and sum of the values there are, each as often as it stands for a series."""
    count, total = 0.0, 0.0
    for i in range(live):
        value = row[column, i]
        known = value == value
        count += weight[i] if known else 0.0
        total += weight[i] * value if known else 0.0
    counts[column] += int(count)
    totals[column] += total
