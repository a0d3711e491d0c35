"""Figures as printed in the press: which report is the first print, and what becomes of the others."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.sources import first_reported, press_facts
from tidewaiter.sources.first_print import WINDOW, Print, settle

_FACTS = "first-reported/facts.csv"
_HEADER = "period,indicator,commodity,partner,statistic,value,unit,published,source_url\n"


@pytest.fixture
def facts(carried):
    (reading,) = press_facts.SOURCE.read(carried(_FACTS))
    return reading


@pytest.fixture
def read(blob):
    def of(*rows: str):
        (reading,) = press_facts.SOURCE.read(blob(_HEADER + "\n".join(rows) + "\n"))
        return reading

    return of


@pytest.mark.parametrize(
    ("period", "statistic", "value"),
    [
        ("2023-11", "level", 374.7),
        ("2023-11", "yoy", 3.8),
        ("2023-01..2023-11", "level", 3925.6),
        ("2023-01..2023-11", "yoy", -11.5),
    ],
)
def test_first_prints_of_8_december_2023(facts, number, period, statistic, value):
    """Central News Agency in English, 2023-12-08."""
    seen = number(facts, "TWN.exports.total.W00", period, statistic)
    assert (seen.value, seen.decimals, seen.known_at) == (value, 1, date(2023, 12, 8))


def test_no_number_is_dropped_and_what_is_not_read_is_told(facts, carried):
    assert facts.numeric_cells == len(facts.observations) + facts.layout_cells
    assert any(
        finding.startswith("not read: 6 rows of exports of non_electronics_ict") for finding in facts.findings
    )
    rows = carried(_FACTS).text.count("\n") - 1
    assert facts.notes[0].startswith(f"{rows - 6} reports by ")


def test_swapped_digits_are_outvoted_by_later_reports(facts, number):
    seen = number(facts, "TWN.exports.total.W00", "2025-03")
    assert (seen.value, seen.known_at) == (495.7, date(2025, 4, 11))
    assert any("first print 495.7" in finding and "459.7" in finding for finding in facts.findings)


def test_a_restated_year_told_by_two_sources_is_a_later_vintage(facts):
    years = [
        (seen.value, seen.known_at)
        for seen in facts.observations
        if (str(seen.key), str(seen.period), seen.statistic) == ("TWN.exports.total.W00", "2021", "level")
    ]
    assert years == [(4464.5, date(2022, 1, 7)), (4463.7, date(2024, 1, 10))]


def test_a_year_below_one_of_its_months_is_another_period(facts):
    """274.3 stands in a report for 2019; exports of March 2019 alone were 286.8."""
    assert not [o for o in facts.observations if str(o.period) == "2019" and o.statistic == "level"]
    assert any("274.3" in finding and "less than its month" in finding for finding in facts.findings)


def test_first_prints_agree_with_the_table_made_by_hand(facts, carried):
    (table,) = first_reported.SOURCE.read(carried("first-reported/first_reported_monthly.csv"))
    mine = {(o.key, o.statistic, o.period): o for o in reversed(facts.observations)}
    shared = [(o, mine[o.key, o.statistic, o.period]) for o in table.observations if
              (o.key, o.statistic, o.period) in mine]  # fmt: skip
    assert len(shared) > 320
    assert all(one.interval.meets(other.interval) for one, other in shared)
    assert all(abs((one.known_at - other.known_at).days) <= 10 for one, other in shared)


def test_orders_have_their_own_groups_and_day(read):
    reading = read(
        "2023-12,export_orders,ict_av,W00,yoy,10,percent,2024-01,x",
        "2023-12,exports,ict_av,W00,yoy,77.4,percent,,x",
    )
    orders, exports = reading.observations
    assert (str(orders.key), orders.known_at) == ("TWN.export_orders.ict_products.W00", date(2024, 1, 20))
    assert (str(exports.key), exports.known_at) == ("TWN.exports.ict_av.W00", date(2024, 1, 9))


def test_a_report_with_its_month_only_takes_the_day_others_tell(read):
    reading = read(
        "2023-09,exports,total,W00,level,388.1,1e8 USD,2023-10-12,https://a.tw/1",
        "2023-09,imports,total,W00,level,284.9,1e8 USD,2023-10,https://b.tw/1",
    )
    assert {seen.known_at for seen in reading.observations} == {date(2023, 10, 12)}


def test_shares_tell_their_whole_and_cumulative_names_become_spans(read):
    reading = read(
        "2023,exports,total,CHN+HKG,share,35.2,percent,2024-01-10,x",
        "2023,exports,ict_av,W00,share,19.3,percent,2024-01-10,x",
        "2023-03,exports,total,W00,ytd_level,977.6,1e8 USD,2023-04-11,x",
    )
    assert [seen.of for seen in reading.observations] == ["partner", "commodity", ""]
    assert str(reading.observations[2].period) == "2023-01..2023-03"


def test_the_last_zero_of_a_whole_number_of_1e8_dollars_is_no_digit(read):
    reading = read(
        "2025-04,exports,total,USA,level,130,1e8 USD,2025-05-08,x",
        "2025-04,exports,total,USA,level,131.5,1e8 USD,2025-05-14,y",
        "2025-05,exports,total,USA,level,150,1e8 USD,2025-06-09,y",
        "2025-05,exports,total,USA,yoy,90,percent,2025-06-09,y",
    )
    april, may, growth = reading.observations
    assert (april.value, april.decimals, april.known_at) == (131.5, 1, date(2025, 5, 8))
    assert (may.interval.low, may.interval.high) == (145.0, 155.0)
    assert growth.decimals == 0


def test_faults_of_rows_we_read_and_oddities_of_rows_we_do_not(blob, faults_of, read):
    text = _HEADER + (
        "2023-12,exports,total,W00,level,n/k,1e8 USD,2024-01-09,x\n"
        "2023-12,exports,moonbeams,W00,level,1.0,1e8 USD,2024-01-09,x\n"
        "2023-12,exports,total,XXX,level,1.0,1e8 USD,2024-01-09,x\n"
        "2023-12,exports,total,W00,yoy,1.0,1e8 USD,2024-01-09,x\n"
        "2023-12,cycle_light,total,W00,light,green,colour,2024-01-27,x\n"
    )
    faults = faults_of(press_facts.SOURCE, blob(text))
    assert len(faults) == 4
    assert "'n/k' stands where a number belongs" in faults[0]
    reading = read(
        "2023-12,exports,total,W00,level,399.4,1e8 USD,2024-01-09,x",
        "2023-12,exports,total,W00,level,399.4,1e8 USD,2023-12-20,x",
        "Dec.,exports,total,W00,level,399.4,1e8 USD,2024-01-09,x",
        "2023-12,cycle_light,total,W00,light,green,colour,2024-01-27,x",
    )
    assert len(reading.observations) == 1
    assert reading.numeric_cells == 3
    assert reading.findings == (
        "not read: 1 row, line 3: published 2023-12-20, before 2023-12 was over",
        "not read: 1 row, line 4: 'Dec.' is not a period",
        "not read: 1 rows of cycle_light light",
    )


@given(
    st.lists(
        st.tuples(st.sampled_from([99.8, 100.0, 100.1, 120.0]), st.integers(0, 400), st.sampled_from("abc")),
        min_size=1,
        max_size=12,
    )
)
def test_every_report_is_kept_repeated_or_named(told):
    first = date(2024, 1, 9).toordinal()
    prints = [
        Print(value, 1, date.fromordinal(first + days), inferred=False, source=source, line=n)
        for n, (value, days, source) in enumerate(told)
    ]
    settled = settle(prints)
    assert 1 + len(settled.later) + len(settled.others) + settled.repeats == len(prints)
    assert settled.first.day - min(one.day for one in prints) <= WINDOW
    assert all(not one.fits(settled.first) for one in (*settled.later, *settled.others))
    assert all(one.day > settled.first.day for one in settled.later)
