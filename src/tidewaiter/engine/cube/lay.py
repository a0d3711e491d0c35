"""Laying out the series of a part of a block, and adding its records up in them.

Sums are integers in tiles ``[series / 128][month][128]``. A part is a run of records; its series are those of
the codes between two depths: for each code the partners that have records, their areas, the world.
"""

# Compiled loops: their types are inferred, they are long on purpose, and x != x is how they test for NaN.
# ruff: noqa: ANN001, ANN201, C901, PLR0912, PLR0917
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tidewaiter.engine.dense.jit import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int32]


@compiled
def lay_out(
    commodity, partner, row, end, at, top, bottom, first_area, area, slots, partners,
    base, node_start, node_count, node_partners, series_node, series_slot,
):  # fmt: skip
    """Number the series of records ``row`` to ``end`` for codes of depths ``top`` to ``bottom`` − 1.

    The series of a node stand together: its partners in the order of their slots, then areas, then the
    world. Nodes stand in the order in which they end, the deepest first.

    Returns:
        The number after the last series, counted from ``base``.
    """
    mark = np.zeros((bottom - top, slots), np.uint8)
    current = np.full(bottom - top, -1, np.int64)
    found = base
    while row <= end:
        same = 0
        if row < end:
            one, who = commodity[row], partner[row]
        for depth in range(bottom - 1, top - 1, -1):
            place = depth - top
            node = at[one, depth] if row < end else -1
            if node == current[place]:
                continue
            if current[place] >= 0:
                node_start[current[place]] = found
                for slot in range(slots):
                    if mark[place, slot]:
                        series_node[found], series_slot[found] = current[place], slot
                        mark[place, slot] = 0
                        found += 1
                        if slot < partners:
                            same += 1
                node_count[current[place]] = found - node_start[current[place]]
                node_partners[current[place]] = same
                same = 0
            current[place] = node
        if row == end:
            break
        for place in range(bottom - top):
            if current[place] >= 0:
                mark[place, who] = 1
                for up in range(first_area[who], first_area[who + 1]):
                    mark[place, area[up]] = 1
        while row < end and commodity[row] == one and partner[row] == who:
            row += 1
    return found


@compiled
def add_up(
    commodity, partner, time, value, row, end, at, top, bottom, first_area, area, since, until, dated,
    node_start, node_count, series_slot, slots, months, sums,
):  # fmt: skip
    """Add the records ``row`` to ``end`` to their series: each to its code at every depth, and its areas."""
    table = np.zeros((bottom - top, slots), np.int64)
    current = np.full(bottom - top, -1, np.int64)
    while row < end:
        one, who = commodity[row], partner[row]
        last = row
        while last < end and commodity[last] == one and partner[last] == who:
            last += 1
        for depth in range(top, bottom):
            node = at[one, depth]
            if node < 0:
                continue
            place = depth - top
            if node != current[place]:
                current[place] = node
                for series in range(node_start[node], node_start[node] + node_count[node]):
                    table[place, series_slot[series]] = (series >> 7) * (months << 7) + (series & 127)
            home = table[place, who]
            for record in range(row, last):
                sums[home + (time[record] << 7)] += value[record]
            for up in range(first_area[who], first_area[who + 1]):
                home = table[place, area[up]]
                if dated:
                    for record in range(row, last):
                        if since[up] <= time[record] <= until[up]:
                            sums[home + (time[record] << 7)] += value[record]
                else:
                    for record in range(row, last):
                        sums[home + (time[record] << 7)] += value[record]
        row = last


@compiled
def mark_holes(
    commodity, partner, time, status, row, end, at, top, bottom, first_area, area,
    node_start, node_count, series_slot, months, upward, holes,
):  # fmt: skip
    """Mark the cells that a withheld value leaves unknown: its own, and with ``upward`` all above it."""
    for record in range(row, end):
        if not status[record]:
            continue
        one, who = commodity[record], partner[record]
        for depth in range(top, bottom):
            node = at[one, depth]
            own = depth + 1 == at.shape[1] or at[one, depth + 1] < 0
            if node < 0 or not (own or upward):
                continue
            for series in range(node_start[node], node_start[node] + node_count[node]):
                slot = series_slot[series]
                touched = slot == who
                if upward:
                    for up in range(first_area[who], first_area[who + 1]):
                        touched |= slot == area[up]
                if touched:
                    holes[(series >> 7) * (months << 7) + (series & 127) + (time[record] << 7)] = 1


@compiled
def find_parents(start, end, series_node, series_slot, node_parent, node_start, node_count, slots, parent):
    """For each series the one of the node above with the same slot; −1 where the total is above."""
    table = np.full(slots, -1, np.int64)
    current = -1
    for series in range(start, end):
        above = node_parent[series_node[series]]
        if above < 0:
            parent[series] = -1
            continue
        if above != current:
            current = above
            table[:] = -1
            for other in range(node_start[above], node_start[above] + node_count[above]):
                table[series_slot[other]] = other
        parent[series] = table[series_slot[series]]


@compiled
def find_twins(
    start, end, series_node, series_slot, parent, first_area, area, slots, partners, twin,
):  # fmt: skip
    """For each series the first one that is the same in every month: itself where there is none.

    A code with one subdivision that trades with a partner is that subdivision; an area with one member that
    trades is that member. Subdivisions stand before their code, partners before areas.
    """
    kids, kid = np.zeros(end - start, np.int32), np.zeros(end - start, np.int64)
    for series in range(start, end):
        above = parent[series]
        if start <= above < end:
            kids[above - start] += 1
            kid[above - start] = series
    members, member = np.zeros(slots, np.int32), np.zeros(slots, np.int64)
    current = -1
    for series in range(start, end):
        if series_node[series] != current:
            current = series_node[series]
            members[:] = 0
        slot = series_slot[series]
        twin[series - start] = series
        if kids[series - start] == 1:
            twin[series - start] = twin[kid[series - start] - start]
        elif slot >= partners and members[slot] == 1:
            twin[series - start] = twin[member[slot] - start]
        if slot < partners:
            for up in range(first_area[slot], first_area[slot + 1]):
                members[area[up]] += 1
                member[area[up]] = series


@compiled
def add_groups(
    commodity, partner, time, value, status, withheld, first_group, group, group_since, group_until,
    first_area, area, since, until, slots, sums, holes, seen,
):  # fmt: skip
    """Add records to the groups of goods they belong to: ``sums`` is [group][slot][month]."""
    for record in range(len(value)):
        one, who, at = commodity[record], partner[record], time[record]
        for place in range(first_group[one], first_group[one + 1]):
            if not group_since[place] <= at <= group_until[place]:
                continue
            row = group[place] * slots
            sums[row + who, at] += value[record]
            seen[row + who] = 1
            for up in range(first_area[who], first_area[who + 1]):
                seen[row + area[up]] = 1
                if since[up] <= at <= until[up]:
                    sums[row + area[up], at] += value[record]
            if withheld and status[record]:
                holes[row + who, at] = 1
                for up in range(first_area[who], first_area[who + 1]):
                    holes[row + area[up], at] = 1
