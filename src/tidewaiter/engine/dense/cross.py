"""What looks at the series beside: rank among siblings and its change, and breadth.

Siblings in partners are the partners of one code (areas and the world are sums of them); siblings in
commodities are the codes right below one code, with the same partner. Few of a code's partners trade in
any one month, so only those that do are sorted.
"""

# Compiled loops: their types are inferred, they are long on purpose, and x != x is how they test for NaN.
# ruff: noqa: ANN001, ANN201, ANN202, C901, D417, PLR0912, PLR0917
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

import numpy as np

from tidewaiter.engine.dense.columns import PLACE
from tidewaiter.engine.dense.formulas import better, breadth, comparable, places_won, rises
from tidewaiter.engine.dense.jit import compiled, inlined

RANKS = (PLACE["rank:level:partners"], PLACE["rank:level:commodities"])
CHANGES = (PLACE["rank_change:level:partners"], PLACE["rank_change:level:commodities"])
BREADTH_PARTNERS, BREADTH_COMMODITIES = PLACE["breadth:partners"], PLACE["breadth:commodities"]
RING = 16
_GAPS = (132, 57, 23, 10, 4, 1)
_PARTS = 1 << 16  # parts in the upper half, those that rise in the lower


@inlined
def _sort(values, owners, count):
    """Highest first, by shell sort."""
    for gap in _GAPS:
        for i in range(gap, count):
            value, owner = values[i], owners[i]
            j = i
            while j >= gap and values[j - gap] < value:
                values[j], owners[j] = values[j - gap], owners[j - gap]
                j -= gap
            values[j], owners[j] = value, owner


@inlined
def _rank(members, start, end, flat, home, at, divisor, holes, has_holes, values, owners, row):
    """Write the ranks of a group's members to ``row``; 0 where there is none to be told."""
    count, zeros = 0, 0
    for k in range(start, end):
        one = members[k]
        value = flat[home[one] + at]
        if has_holes and holes[home[one] + at]:
            row[one] = 0
        elif value == 0:
            zeros += 1
            row[one] = -1
        else:
            values[count], owners[count] = value / divisor, one
            count += 1
    if count + zeros < 2:  # noqa: PLR2004 — nobody to be ranked among
        for k in range(start, end):
            row[members[k]] = 0
        return
    if count > 1:
        _sort(values, owners, count)
    above, ahead = 0, 0
    for k in range(count):
        while better(values[ahead], values[k]):
            ahead += 1
        row[owners[k]] = 1 + ahead + (zeros if values[k] < 0 else 0)
        above += 1 if values[k] > 0 else 0
    if zeros and zeros < end - start:
        for k in range(start, end):
            if row[members[k]] < 0:
                row[members[k]] = 1 + above
    elif zeros:
        for k in range(start, end):
            row[members[k]] = 1


@compiled
def run_cross(
    flat, home, first, last, yearly, covered, divisor, holes, has_holes, parent, node_of, slot_world,
    group_first, members, kin_first, kin, breadths, own_breadth, window, until, out, base, wanted,
):  # fmt: skip
    """Ranks, their changes and breadth of the series ``first`` to ``last`` − 1, in the periods that are kept.

    Args:
        flat: the cube's integers as one run; ``home`` is where a series begins in it.
        first, last: which series.
        yearly, covered, divisor: as for the kernel.
        holes, has_holes: cells that a withheld value leaves unknown, as ``flat``.
        parent: series → series of the code above, −1 without.
        node_of: series → series of its code with the world where it is a partner's, −1 for areas and the
            world: where its growth counts for the breadth over partners.
        slot_world: series → it is a code's world, so it has a breadth over partners.
        group_first, members: groups of partners of a code.
        kin_first, kin: groups of codes below one code.
        breadths: [period − window][series]: parts and those that rise, of commodities; filled by the parts,
            which come first.
        own_breadth: [series] scratch for the breadth over partners.
        window, until, out, base: as for the kernel; ``base`` is subtracted from a series' number for ``out``.
        wanted: by column: it is asked for.
    """
    size = 1
    for group in range(len(group_first) - 1):
        size = max(size, group_first[group + 1] - group_first[group])
    for group in range(len(kin_first) - 1):
        size = max(size, kin_first[group + 1] - kin_first[group])
    values, owners = np.empty(size), np.empty(size, np.int64)
    ranks = np.zeros((2, RING, last), np.int16)
    for time in range(max(0, window - yearly), until + 1):
        kept = time >= window
        if not kept and time + yearly > until:
            continue  # nothing that is kept looks back at it
        ring, before = time & (RING - 1), (time - yearly) & (RING - 1)
        ranks[0, ring, first:last] = 0
        ranks[1, ring, first:last] = 0
        if covered[time] and (wanted[RANKS[0]] or wanted[CHANGES[0]]):
            for group in range(len(group_first) - 1):
                _rank(members, group_first[group], group_first[group + 1], flat, home, time << 7, divisor,
                      holes, has_holes, values, owners, ranks[0, ring])  # fmt: skip
        if covered[time] and (wanted[RANKS[1]] or wanted[CHANGES[1]]):
            for group in range(len(kin_first) - 1):
                _rank(kin, kin_first[group], kin_first[group + 1], flat, home, time << 7, divisor,
                      holes, has_holes, values, owners, ranks[1, ring])  # fmt: skip
        if not kept:
            continue
        for way in range(2):
            for one in range(first, last):
                now, then = ranks[way, ring, one], ranks[way, before, one] if time >= yearly else 0
                if now > 0 and wanted[RANKS[way]]:
                    out[RANKS[way], time - window, one - base] = now
                if now > 0 and then > 0 and wanted[CHANGES[way]]:
                    out[CHANGES[way], time - window, one - base] = places_won(now, then)
        if time < yearly or not (covered[time] and covered[time - yearly]):
            continue
        if not (wanted[BREADTH_COMMODITIES] or wanted[BREADTH_PARTNERS]):
            continue
        at, ago = time << 7, (time - yearly) << 7
        own_breadth[first:last] = 0
        for one in range(first, last):
            now, base_value = float(flat[home[one] + at]), float(flat[home[one] + ago])
            if not comparable(now, base_value):
                continue
            if has_holes and (holes[home[one] + at] or holes[home[one] + ago]):
                continue
            part = _PARTS + (1 if rises(now, base_value) else 0)
            if parent[one] >= 0:
                breadths[time - window, parent[one]] += part
            if node_of[one] >= 0:
                own_breadth[node_of[one]] += part
        for one in range(first, last):
            parts = breadths[time - window, one]
            if parts and wanted[BREADTH_COMMODITIES]:
                out[BREADTH_COMMODITIES, time - window, one - base] = breadth(
                    parts & (_PARTS - 1), parts >> 16
                )
            parts = own_breadth[one] if slot_world[one] else 0
            if parts and wanted[BREADTH_PARTNERS]:
                out[BREADTH_PARTNERS, time - window, one - base] = breadth(parts & (_PARTS - 1), parts >> 16)


@compiled
def group_partners(
    first, last, series_node, series_slot, partners, node_start, node_count, node_of, slot_world, world
):
    """The groups of partners of each code, and where a series' growth counts.

    Returns:
        Where each group begins (one more entry ends the last), and its members.
    """
    starts, members = np.zeros(last - first + 1, np.int32), np.empty(last - first, np.int32)
    groups, found = 0, 0
    current = -1
    for one in range(first, last):
        node, slot = series_node[one], series_slot[one]
        head = node_start[node] + node_count[node] - 1  # the world stands last in its code
        slot_world[one] = slot == world
        node_of[one] = head if slot < partners else -1
        if slot >= partners:
            continue
        if node != current:
            current = node
            starts[groups] = found
            groups += 1
        members[found] = one
        found += 1
    starts[groups] = found
    return starts[: groups + 1].copy(), members[:found].copy()


@compiled
def group_kin(first, last, parent, top):
    """The groups of series that have the same series above them. ``top`` is one more than the highest parent.

    Returns:
        Where each group begins (one more entry ends the last), and its members.
    """
    count = np.zeros(top + 1, np.int32)
    for one in range(first, last):
        if parent[one] >= 0:
            count[parent[one]] += 1
    groups, found = 0, 0
    starts = np.zeros(last - first + 1, np.int32)
    for above in range(top):
        if count[above]:
            starts[groups] = found
            groups += 1
            found += count[above]
            count[above] = found - count[above]
    starts[groups] = found
    members = np.empty(found, np.int32)
    for one in range(first, last):
        if parent[one] >= 0:
            members[count[parent[one]]] = one
            count[parent[one]] += 1
    return starts[: groups + 1].copy(), members
