"""Sources of monthly totals: the ministry's database, first prints, NT$ figures, computed months."""

from datetime import date

import pytest

from tidewaiter.sources import customs_twd, derived_totals, first_reported, mof_monthly

_DATABASE = "mof-database/exports_2001-01_2026-07.csv"
_FIRST = "first-reported/first_reported_monthly.csv"
_TWD = "customs-twd/customs_exports_twd_1982-01_2025-09.csv"


@pytest.mark.parametrize(
    ("key", "statistic", "printed"),
    [
        ("TWN.exports.total.W00", "level", (37_456.355, 3)),
        ("TWN.exports.total.W00", "yoy", (3.72, 2)),
        ("TWN.exports.ict_av.W00", "level", (9_369.15, 3)),
    ],
)
def test_november_2023_in_the_database(carried, number, key, statistic, printed):
    (reading,) = mof_monthly.SOURCE.read(carried(_DATABASE))
    seen = number(reading, key, "2023-11", statistic)
    assert (seen.value, seen.decimals) == printed
    assert reading.edition == "2026-07"


@pytest.mark.parametrize(
    ("source", "file"),
    [(mof_monthly.SOURCE, _DATABASE), (first_reported.SOURCE, _FIRST), (customs_twd.SOURCE, _TWD)],
)
def test_no_number_is_dropped(carried, source, file):
    (reading,) = source.read(carried(file))
    assert reading.numeric_cells == len(reading.observations) + reading.layout_cells


def test_database_months_sum_to_the_official_year(carried):
    (reading,) = mof_monthly.SOURCE.read(carried(_DATABASE))
    months = [
        seen.value
        for seen in reading.observations
        if str(seen.key) == "TWN.exports.total.W00" and not seen.is_derived and seen.period.end_year == 2023
    ]
    assert len(months) == 12
    assert sum(months) == pytest.approx(432_419.96, abs=0.01)


def test_unknown_series_and_text_in_the_database(blob, faults_of):
    text = "period,exports_total_usd_mn,moonbeams_usd_mn\n2024-01,1.000,2.000\n2024-13,x,\n"
    faults = faults_of(mof_monthly.SOURCE, blob(text))
    assert len(faults) == 3
    assert "no series is called 'moonbeams'" in faults[0]


def test_first_print_of_november_2023(carried, number):
    (reading,) = first_reported.SOURCE.read(carried(_FIRST))
    level = number(reading, "TWN.exports.total.W00", "2023-11")
    assert (level.value, level.decimals, str(level.unit)) == (374.7, 1, "1e8 USD")
    assert (level.known_at.year, level.known_at.month) == (2023, 12)
    assert number(reading, "TWN.exports.total.W00", "2023-11", "yoy").value == 3.8


def test_day_of_a_print_is_told_or_inferred(carried, number, blob):
    (reading,) = first_reported.SOURCE.read(carried(_FIRST))
    assert number(reading, "TWN.exports.total.W00", "2025-08").known_at == date(2025, 9, 9)
    assert number(reading, "TWN.exports.total.W00", "2025-01").known_at == date(2025, 2, 9)
    header = "period,exports_1e8usd_first,published\n"
    (blank,) = first_reported.SOURCE.read(blob(header + "2025-12,624.8,\n"))
    assert blank.observations[0].known_at == date(2026, 1, 9)
    assert "2025-01" in reading.notes[1]


def test_a_print_before_its_period_is_over_is_a_fault(blob, faults_of):
    text = "period,exports_1e8usd_first,published\n2025-12,624.8,2025-12-09\n"
    (fault,) = faults_of(first_reported.SOURCE, blob(text))
    assert "before 2025-12 was over" in fault


def test_nt_dollars_and_why_the_signal_column_is_left(carried, number):
    (reading,) = customs_twd.SOURCE.read(carried(_TWD))
    aug = number(reading, "TWN.exports.total.W00.twd", "2025-08")
    assert (aug.value, str(aug.unit), aug.decimals) == (1740.699, "1e9 TWD", 3)
    assert number(reading, "TWN.exports.total.W00.twd", "1984-03").decimals == 2
    assert number(reading, "TWN.imports.machinery_electrical.W00.twd", "2025-08").value == 730.817
    assert reading.layout_cells == 525
    assert "12 months, 2024-10 to 2025-09" in reading.findings[0]


def test_computed_months_stand_last_in_authority(blob):
    text = (
        "year,month,export_usd_mn,import_usd_mn,basis\n"
        "2023,11,37456.355,27678.483,implied\n2025,7,56684.35,42342.299,Table 1\n"
    )
    (reading,) = derived_totals.SOURCE.read(blob(text))
    assert reading.authority == 2
    assert [seen.decimals for seen in reading.observations] == [3, 3, 2, 3]
    assert reading.notes == ("2023-11 to 2023-11: implied", "2025-07 to 2025-07: Table 1")
    assert reading.numeric_cells == len(reading.observations) + reading.layout_cells


@pytest.mark.shared
def test_computed_months_of_the_shared_file(shared):
    (reading,) = derived_totals.SOURCE.read(shared("data/mof-2025-08/monthly_totals_derived.csv"))
    assert (len(reading.observations), reading.edition) == (94, "2025-08")
