"""Real files of other offices, read by the mappings that come with the package. Totals are the files' own."""

import csv
import io

import polars as pl
import pytest

from tidewaiter.errors import FaultsError
from tidewaiter.model.period import Period
from tidewaiter.sources.mapping import partners
from tidewaiter.sources.mapping.source import builtin
from tidewaiter.sources.registry import SOURCES, recognise

pytestmark = pytest.mark.shared


@pytest.fixture
def reading(shared):
    def get(name: str):
        blob = shared(f"data/{name}")
        assert [source.name for source in SOURCES if source.sniff(blob)] == [recognise(blob).name]
        (read,) = recognise(blob).read(blob)
        return read

    return get


def _total(table: pl.DataFrame, **parts: str) -> float:
    return table.filter(*(pl.col(name) == value for name, value in parts.items()))["value"].sum()


def _of_year(table: pl.DataFrame, year: int) -> pl.DataFrame:
    span = Period.year(year)
    return table.filter(pl.col("first") >= span.first, pl.col("last") <= span.last)


def test_comtrade_reads_one_row_a_reporter_and_year(reading, shared):
    read = reading("comtrade-v1/exports_8542_annual.csv")
    text = shared("data/comtrade-v1/exports_8542_annual.csv").data.decode("latin-1")
    rows = list(csv.reader(io.StringIO(text)))
    at = rows[0].index("primaryValue")
    values = read.table.filter(pl.col("measure") == "")
    assert values.height == len(rows) - 1 == 1686
    assert values["value"].sum() == pytest.approx(sum(float(row[at]) for row in rows[1:]))
    assert set(values["commodity"]) == {"HS8542"}
    assert values["cell"][0] == "line 2 (H4)"
    assert {"USA", "FRA", "ITA", "CHE", "NOR", "IND", "TWN"} & set(values["reporter"])


def test_legacy_levels_keep_apart_and_each_sums_to_the_total(reading):
    table = reading("comtrade-legacy/india_exports_mixed_levels.csv").table.filter(pl.col("measure") == "")
    total = _total(table, commodity="total")
    levels = table.filter(pl.col("commodity") != "total").group_by(pl.col("commodity").str.len_chars())
    sums = dict(levels.agg(pl.col("value").sum()).rows())
    assert {length - 2: round(value / total, 3) for length, value in sums.items()} == {2: 1, 4: 1, 6: 1}
    assert table["value"].sum() / total == pytest.approx(4, abs=0.01)  # what a careless sum would give


def test_an_error_message_saved_as_csv_is_refused_with_its_words(shared):
    blob = shared("data/comtrade-legacy/failed_download.csv")
    with pytest.raises(FaultsError, match="error message saved as a file, not data: 'Result too large"):
        recognise(blob).read(blob)


def test_exports_of_new_zealand_are_domestic_and_re_exports(reading):
    table = reading("nz-hs10/Feb_2025_Exports_HS10_by_Country.csv").table.filter(pl.col("measure") == "nzd")
    flows = dict(table.group_by("flow").agg(pl.col("value").sum()).rows())
    assert flows["exports"] == flows["domestic_exports"] + flows["re_exports"]
    assert flows["re_exports"] > 0


def test_the_swiss_files_give_the_totals_published(reading):
    for name in ("country", "goods", "region_group_edition2"):
        table = reading(f"swiss-monthly/exports_{name}.csv").table
        assert _of_year(table, 2017)["value"].sum() == 220_582_404_650
        assert _of_year(table, 2018)["value"].sum() == 233_224_179_642


def test_the_two_swiss_editions_are_vintages_that_differ_in_348_cells(reading):
    first, second = (reading(f"swiss-monthly/exports_region_group_edition{n}.csv") for n in (1, 2))
    assert first.dataset == second.dataset
    assert first.edition != second.edition
    key = ["commodity", "partner", "first", "last"]
    both = first.table.join(second.table.frame, on=key)
    changed = both.filter(pl.col("value") != pl.col("value_right"))
    assert changed.height == 348
    assert changed["first"].min() >= Period.year(2018).first


def test_japan_is_in_billions_of_yen_and_its_last_year_may_be_part_of_one(reading):
    read = reading("japan-annual/trade_year.csv")
    world = _of_year(read.table, 2018).filter(commodity="total", partner="W00", flow="exports")
    assert world.select("value", "unit").row(0) == (81478.752674, "1e9 JPY")
    assert read.table.filter(pl.col("preliminary"))["first"].unique().to_list() == [Period.year(2026).first]


def test_groups_of_the_wto_hold_one_another(reading):
    table = _of_year(reading("wto/WtoData_20200510015454.csv").table, 2018)
    taiwan = {row[0]: row[1] for row in table.filter(reporter="TWN").select("commodity", "value").rows()}
    assert taiwan["SITC3MA"] > taiwan["SITC3MAMT"] > taiwan["SITC3MAMTOF"] > taiwan["SITC3MAMTOTIC"]


def test_india_reads_whole_with_units_and_fiscal_years(reading, shared):
    name = "india-hs8/in_exports_hs8_country_fy2018_2024.parquet"
    read = reading(name)
    frame = pl.read_parquet(io.BytesIO(shared(f"data/{name}").data))
    assert frame.height == 3_126_259
    for measure, column in (("", "value_usd_mn"), ("inr", "value_inr_crore"), ("quantity", "quantity")):
        part = read.table.filter(pl.col("measure") == measure)
        assert part.height == frame[column].count()
        assert part["value"].sum() == pytest.approx(frame[column].sum())
    assert str(Period(*read.table.select("first", "last").row(0))) == "2018-04..2019-03"


def test_every_code_list_of_a_mapping_is_there():
    known = set(partners.sources())
    for source in builtin():
        parts = (source.mapping.reporter, source.mapping.partner)
        assert {name for part in parts for name in part.codes} <= known
