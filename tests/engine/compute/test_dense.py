"""What the dense run tells is what the definitions say, cell by cell."""

from __future__ import annotations

import random
from fractions import Fraction
from math import isnan

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reference import Slow, same

from tidewaiter.engine.compute.block import Worker
from tidewaiter.engine.compute.context import Context
from tidewaiter.engine.compute.top import run_top
from tidewaiter.engine.cube import Area, Group
from tidewaiter.engine.cube.groups import group_of
from tidewaiter.engine.dense.columns import COLUMNS
from tidewaiter.engine.dense.nothing import MISSING, NOT_YET, SUPPRESSED, reasons
from tidewaiter.model.period import Period
from tidewaiter.store.records import Records, write_frame

ALWAYS = (0, 2**15 - 1)
AREAS = (Area("NORTH", {"AAA": ALWAYS, "BBB": ALWAYS}), Area("BOTH", {"BBB": ALWAYS, "CCC": ALWAYS}))
GROUPS = (
    group_of("machines", {"include": ["84"], "exclude": ["8471"], "also": ["847150"]}),
    group_of("mixed", {"include": ["8471", "85", "0101"]}),
)
CODES = ("HS84713000", "HS84713001", "HS84715000", "HS84011000", "HS85423100", "HS01012100", "goods")
PARTNERS = ("AAA", "BBB", "CCC", "DDD")


def everything(rows, tmp_path, *, first=2000 * 12, areas=AREAS, groups=GROUPS, **more):
    """All statistics of rows (flow, commodity, partner, month, value) by flow, code, place and column."""
    frame = pl.DataFrame(
        rows, schema={"flow": pl.String, "commodity": pl.String, "partner": pl.String, "month": pl.Int32,
                      "value": more.pop("kind", pl.Int64)}, orient="row",
    )  # fmt: skip
    until = more.pop("until", None)
    write_frame(tmp_path / "r.parquet", frame, reporter="TWN", unit="USD", **more)
    records = Records(tmp_path / "r.parquet")
    last = until if until is not None else records.header.span[1] + records.header.step - 1
    context = Context.of(records.header, Period(records.header.span[0], last), areas, groups)
    worker = Worker(context)
    chunks, upward = [], {}
    for block in records.blocks:
        _, passed = worker.run(block.flow, records.columns(block), chunks.append)
        upward.setdefault(block.flow, []).append(passed)
    for flow, parts in upward.items():
        run_top(worker, flow, parts, chunks.append)
    found = {}
    for chunk in chunks:
        for at, (node, slot) in enumerate(zip(chunk.nodes.tolist(), chunk.slots.tolist(), strict=True)):
            key = (context.header.flows[chunk.flow], context.code_of(node), context.places.slots[slot])
            assert key not in found, f"{key} is told twice"
            found[key] = {c.name: chunk.values[n, :, at] for n, c in enumerate(COLUMNS)}
    return found, context


def compare(rows, tmp_path, **more):
    found, context = everything(rows, tmp_path, **more)
    head = context.header
    scale = 10**head.scale
    for flow in head.flows:
        mine = {
            (c, p, (m - context.first) // head.step): None if v is None else Fraction(round(v * scale), scale)
            for f, c, p, m, v in rows
            if f == flow
        }
        covered = {(m - context.first) // head.step for m in head.covered[flow]}
        slow = Slow(
            mine, context.months, covered, areas={a.code: set(a.members) for a in AREAS},
            groups={g.code: (lambda c, g=g: g.span(c) is not None) for g in GROUPS},
            yearly=context.yearly, january=context.january,
        )  # fmt: skip
        assert {key[1:] for key in found if key[0] == flow} == set(slow.series)
        for key in slow.series:
            for column in COLUMNS:
                told = found[(flow, *key)][column.name]
                for time in range(context.months):
                    expected = slow.tell(column.name, key, time)
                    assert same(told[time], expected), (flow, *key, column.name, time, told[time], expected)
    return found, context


def _random_rows(chance, months, density, values, *, flows=("exports", "imports"), first=2000 * 12):
    return [
        (flow, code, partner, first + month, values())
        for flow in flows
        for code in CODES
        for partner in PARTNERS
        if chance.random() < 0.7
        for month in range(months)
        if chance.random() < density
    ]


@pytest.mark.parametrize(
    ("months", "density", "largest"), [(75, 0.9, 10**6), (75, 0.3, 9), (30, 0.6, 3), (3, 1.0, 5)]
)
def test_every_statistic_of_every_series_is_what_its_definition_says(tmp_path, months, density, largest):
    chance = random.Random(months)
    rows = _random_rows(chance, months, density, lambda: chance.randint(1, largest), first=2000 * 12 + 4)
    compare(rows, tmp_path)


def test_negative_values_ties_and_sign_changes(tmp_path):
    chance = random.Random(7)
    compare(_random_rows(chance, 40, 0.8, lambda: chance.randint(-3, 3)), tmp_path)


def test_decimals_are_divided_out_at_the_end(tmp_path):
    chance = random.Random(8)
    rows = _random_rows(chance, 30, 0.7, lambda: round(chance.uniform(0, 99), 2), flows=("exports",))
    _, context = compare(rows, tmp_path, kind=pl.Float64)
    assert context.header.scale == 2


def test_gaps_in_coverage_are_missing_and_break_what_looks_back(tmp_path):
    chance = random.Random(9)
    rows = [
        row
        for row in _random_rows(chance, 60, 0.8, lambda: chance.randint(1, 5), flows=("exports",))
        if row[3] - 24000 not in (14, 15, 37)
    ]
    found, _ = compare(rows, tmp_path)
    level = found["exports", "total", "W00"]["level"]
    assert reasons(level)[14] == MISSING
    assert reasons(found["exports", "total", "W00"]["yoy"])[26] == MISSING
    assert reasons(found["exports", "total", "W00"]["yoy"])[5] == MISSING


def test_yearly_records_go_through_with_the_year_as_period(tmp_path):
    chance = random.Random(10)
    rows = [
        (flow, code, partner, (2000 + year) * 12 + 3, chance.randint(1, 50))
        for flow in ("exports", "imports")
        for code in CODES
        for partner in PARTNERS
        for year in range(12)
        if chance.random() < 0.8
    ]
    found, context = compare(rows, tmp_path, step=12)
    assert context.yearly == 1
    assert str(context.period(0)) == "2000-04..2001-03"
    assert isnan(found["exports", "total", "W00"]["mom"][5])


def test_withheld_values_leave_sums_over_them_unknown(tmp_path):
    chance = random.Random(11)
    rows = _random_rows(chance, 40, 0.8, lambda: chance.randint(1, 9), flows=("exports",))
    rows = [(*row[:4], None if chance.random() < 0.02 else row[4]) for row in rows]
    found, _ = compare(rows, tmp_path)
    hidden = next(row for row in rows if row[4] is None)
    at = hidden[3] - 24000
    for place in (hidden[2], "W00"):
        for code in (hidden[1], "total"):
            assert reasons(found["exports", code, place]["level"])[at] == SUPPRESSED


def test_withheld_values_booked_elsewhere_leave_the_sums_whole(tmp_path):
    rows = [("exports", "HS84713000", "AAA", 24000 + m, 5) for m in range(3)]
    rows += [("exports", "HS84715000", "AAA", 24000 + m, None if m == 1 else 7) for m in range(3)]
    found, _ = everything(rows, tmp_path, suppressed="booked_elsewhere")
    assert found["exports", "HS8471", "AAA"]["level"].tolist() == [12, 5, 12]
    assert isnan(found["exports", "HS84715000", "AAA"]["level"][1])


def test_what_one_flow_has_not_published_yet_is_told_as_that(tmp_path):
    rows = [("exports", "HS84713000", "AAA", 24000 + m, 5) for m in range(20)]
    rows += [("imports", "HS84713000", "AAA", 24000 + m, 5) for m in range(18)]
    found, _ = everything(rows, tmp_path)
    level = found["imports", "HS84", "AAA"]["level"]
    assert reasons(level).tolist() == [0] * 18 + [NOT_YET] * 2
    assert reasons(found["imports", "HS84", "AAA"]["ytd_yoy"])[19] == NOT_YET


def test_a_covered_month_without_a_row_is_zero(tmp_path):
    rows = [("exports", "HS84713000", "AAA", 24000 + m, 5) for m in range(3)]
    rows += [("exports", "HS84715000", "AAA", 24001, 7)]
    found, _ = everything(rows, tmp_path)
    assert found["exports", "HS84715000", "AAA"]["level"].tolist() == [0, 7, 0]


def test_sums_beyond_two_to_the_53_are_exact(tmp_path):
    big = 2**53
    rows = [("exports", f"HS8471300{n}", "AAA", 24000, big // 4 + 1) for n in range(4)]
    found, _ = everything([*rows, ("exports", "HS84713009", "AAA", 24000, 3)], tmp_path)
    assert found["exports", "HS8471", "AAA"]["level"][0] == float(big // 4 * 4 + 4 + 3)
    assert found["exports", "total", "W00"]["level"][0] == float(big + 7)


def test_dated_members_count_from_and_until_their_months(tmp_path):
    areas = (Area("CLUB", {"AAA": (0, 24001), "BBB": (24001, 2**15 - 1)}),)
    rows = [
        ("exports", "HS84713000", p, 24000 + m, v) for m in range(3) for p, v in (("AAA", 1), ("BBB", 10))
    ]
    found, _ = everything(rows, tmp_path, areas=areas)
    assert found["exports", "HS84", "CLUB"]["level"].tolist() == [1, 11, 10]


def test_dated_codes_of_a_group_count_from_and_until_their_months(tmp_path):
    group: Group = group_of("g", {"include": {"8471": {"until": "2000-02"}, "85": {"since": "2000-02"}}})
    rows = [
        ("exports", code, "AAA", 24000 + m, v)
        for m in range(3)
        for code, v in (("HS847130", 1), ("HS854231", 10))
    ]
    found, _ = everything(rows, tmp_path, groups=(group,))
    assert found["exports", "g", "W00"]["level"].tolist() == [1, 11, 10]


_value = st.one_of(st.integers(-3, 3), st.integers(0, 10**9))
_cells = st.dictionaries(
    st.tuples(st.sampled_from(CODES[:4]), st.sampled_from(PARTNERS[:3]), st.integers(0, 40)),
    _value,
    min_size=1,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_cells)
def test_any_records(tmp_path_factory, cells):
    rows = [
        ("exports", code, partner, 24000 + month, value) for (code, partner, month), value in cells.items()
    ]
    compare(rows, tmp_path_factory.mktemp("any"))
