"""What looks back in a series with few records: places among the best, ranges, spans of years.

``x`` is by period, zero where there is no record; ``events`` are the ``n`` periods with one, in order, and
``last`` periods are covered;
``at`` is the period that is kept; ``count`` and ``total`` are added to, by column.
"""

# Compiled loops: their types are inferred.
# ruff: noqa: ANN001, ANN201, ANN202, C901, PLR0124, PLR0917
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

import numpy as np

from tidewaiter.engine.dense import kernel
from tidewaiter.engine.dense.formulas import average_annual_growth, better, comparable, rate
from tidewaiter.engine.dense.jit import inlined

NAN, OPEN = np.nan, -np.inf
RECORD, SAME_MONTH, SAME_PERIOD = kernel.RECORD, kernel.SAME_MONTH, kernel.SAME_PERIOD
RANGE, BEST, WORST, AVERAGE = kernel.RANGE, kernel.BEST, kernel.WORST, kernel.AVERAGE
SPAN, SECOND, LATER = 5, 2.0, 3.0


@inlined
def step(here, top, second):
    """A value's place among those before it, and the first and the second with it."""
    place = LATER if better(second, here) else (SECOND if better(top, here) else 1.0)
    return place if top > OPEN else NAN, max(here, top), max(second, min(here, top))


@inlined
def zeros(many, top, second, column, count, total):
    """The places of ``many`` zeros in a row. From the second on they are all the same.

    Returns:
        The place of the last of them; the first and the second with them.
    """
    place = NAN
    if many > 0:
        place, top, second = step(0.0, top, second)
        if place > 0:
            count[column] += 1
            total[column] += place
    if many > 1:
        place, top, second = step(0.0, top, second)
        count[column] += many - 1
        total[column] += (many - 1) * place
    return place, top, second


@inlined
def places(x, events, n, last, at, count, total, value):
    """Record of all months. ``at`` is the last covered period or before it."""
    top, second, reached = OPEN, OPEN, 0
    for j in range(n + 1):
        end = events[j] if j < n else last
        if reached <= at < end:  # the kept period is one of these zeros: stop there, and go on
            place, top, second = zeros(at + 1 - reached, top, second, RECORD, count, total)
            value[RECORD] = place
            reached = at + 1
        _, top, second = zeros(end - reached, top, second, RECORD, count, total)
        if j < n:
            place, top, second = step(x[end], top, second)
            if place > 0:
                count[RECORD] += 1
                total[RECORD] += place
            if end == at:
                value[RECORD] = place
        reached = end + 1


@inlined
def same_months(x, events, n, yearly, last, at, count, total, value):
    """Record of the same month. A month of the year without any record is first in all its years but one."""
    count[SAME_MONTH] += max(0, last - yearly)
    total[SAME_MONTH] += max(0, last - yearly)
    value[SAME_MONTH] = 1.0 if at >= yearly else NAN
    seen, here = 0, at % yearly
    for first in range(n):
        month = events[first] % yearly
        if seen >> month & 1:
            continue
        seen |= 1 << month
        years = (last - 1 - month) // yearly + 1
        count[SAME_MONTH] -= years - 1
        total[SAME_MONTH] -= years - 1
        top, second, reached = OPEN, OPEN, month
        for j in range(first, n + 1):
            end = events[j] if j < n else month + years * yearly
            if j < n and end % yearly != month:
                continue
            if month == here and reached <= at < end:
                place, top, second = zeros(
                    (at - reached) // yearly + 1, top, second, SAME_MONTH, count, total
                )
                value[SAME_MONTH] = place
                reached = at + yearly
            _, top, second = zeros((end - reached) // yearly, top, second, SAME_MONTH, count, total)
            if j < n:
                place, top, second = step(x[end], top, second)
                if place > 0:
                    count[SAME_MONTH] += 1
                    total[SAME_MONTH] += place
                if end == at:
                    value[SAME_MONTH] = place
            reached = end + yearly


@inlined
def same_spans(so_far, years, n, first, yearly, last, at, count, total, value):
    """Record of the year so far; ``years`` are the first periods of the years with a record.

    Months whose sums are the same as those of the month before, in every year, have the same places.
    """
    alike_count, alike_total, whole = 0.0, 0.0, -1
    for month in range(yearly):
        start = first + month
        if start >= last:
            break
        many = (last - 1 - start) // yearly + 1
        kept = (at - start) // yearly if at >= start and (at - start) % yearly == 0 else -1
        alike = kept < 0 and many == whole
        for j in range(n):
            if alike and years[j] + month < last:
                alike = so_far[years[j] + month] == so_far[years[j] + month - 1]
        if alike:
            count[SAME_PERIOD] += alike_count
            total[SAME_PERIOD] += alike_total
            continue
        whole, alike_count, alike_total = many, count[SAME_PERIOD], total[SAME_PERIOD]
        top, second, reached = OPEN, OPEN, 0
        for j in range(n + 1):
            end = min(many, (years[j] - first) // yearly) if j < n else many
            if reached <= kept < end:
                place, top, second = zeros(kept + 1 - reached, top, second, SAME_PERIOD, count, total)
                value[SAME_PERIOD] = place
                reached = kept + 1
            _, top, second = zeros(end - reached, top, second, SAME_PERIOD, count, total)
            if end < many:
                place, top, second = step(so_far[start + end * yearly], top, second)
                if place > 0:
                    count[SAME_PERIOD] += 1
                    total[SAME_PERIOD] += place
                if end == kept:
                    value[SAME_PERIOD] = place
            reached = end + 1
        alike_count, alike_total = count[SAME_PERIOD] - alike_count, total[SAME_PERIOD] - alike_total


@inlined
def ranges(x, events, n, yearly, last, at, count, total, value):
    """Distance from the range of the same month of five years; zero among zeros is inside."""
    for j in range(n):
        for back in range(SPAN + 1):
            time = events[j] + back * yearly
            if time < SPAN * yearly or time >= last:
                continue
            told = False  # from a later record
            for later in range(back):
                told |= x[time - later * yearly] != 0
            if told:
                continue
            found = _range(x, time, yearly)
            if found == found:
                total[RANGE] += found
            else:
                count[RANGE] -= 1
    if at >= SPAN * yearly:
        value[RANGE] = _range(x, at, yearly)


@inlined
def _range(x, time, lag):
    here, low, high = x[time], x[time - lag], x[time - lag]
    for back in range(2, SPAN + 1):
        low, high = min(low, x[time - back * lag]), max(high, x[time - back * lag])
    if low <= here <= high:
        return 0.0
    nearest = high if here > high else low
    return rate(here, nearest) if comparable(here, nearest) else NAN


@inlined
def _away(x, events, j, time, sign):
    """Periods back from ``time`` to the last better one; to the first period without one.

    ``events[j]`` is the last record before ``time``.
    """
    here, before = sign * x[time], time
    zero = better(0.0, here)
    while before > 0:
        if zero and (j < 0 or events[j] != before - 1):
            return time - before + 1
        if j < 0:
            break
        if better(sign * x[events[j]], here):
            return time - events[j]
        before = events[j]
        j -= 1
    return time + 1


@inlined
def _distances(x, events, n, last, at, sign, column, total, value):
    """Of a record by looking back; of the zeros after it, which all look at the same one, by their number."""
    reach = -1  # the last period that is better than zero
    for j in range(n + 1):
        begin, end = (events[j - 1] + 1 if j else 0), (events[j] if j < n else last)
        if begin < end:
            low, high = begin - reach, end - 1 - reach
            total[column] += (low + high) * (end - begin) / 2
            if begin <= at < end and at > 0:
                value[column] = at - reach
        if j < n:
            away = _away(x, events, j - 1, end, sign)
            total[column] += away
            if end == at and at > 0:
                value[column] = away
            if better(sign * x[end], 0.0):
                reach = end
    total[column] -= 1  # the first period has nobody before it


@inlined
def best(x, events, n, last, at, total, value):
    """Months back to the last better one."""
    _distances(x, events, n, last, at, 1.0, BEST, total, value)


@inlined
def worst(x, events, n, last, at, total, value):
    """Months back to the last worse one."""
    _distances(x, events, n, last, at, -1.0, WORST, total, value)


@inlined
def averages_of_years(so_far, years, n, yearly, last, at, count, total, value):
    """Average annual growth over five years, in the last period of a year."""
    for j in range(n):
        time = years[j] + yearly - 1 + SPAN * yearly
        if time >= last:
            break
        first, then = so_far[years[j] + yearly - 1], so_far[time]
        if first > 0 and then >= 0:
            grown = average_annual_growth(first, then, SPAN)
            count[AVERAGE] += 1
            total[AVERAGE] += grown
            if time == at:
                value[AVERAGE] = grown
