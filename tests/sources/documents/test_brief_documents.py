"""Brief 459's three tables, read back from our own brief in every format: the same 363 numbers."""

import pytest

from tidewaiter.sources import brief_csv, registry
from tidewaiter.sources.documents.source import SOURCE


def _facts(reading):
    return sorted(
        (str(o.key), str(o.period), o.statistic, o.of, o.value, o.decimals, str(o.unit))
        for o in reading.observations
    )


@pytest.mark.parametrize("to", ["html", "pdf", "docx", "odt", "xlsx", "ods", "txt"])
def test_all_363_numbers_come_back_from(to, brief, carried):
    (tidy,) = brief_csv.SOURCE.read(carried("moea-brief-459/published.csv"))
    (reading,) = SOURCE.read(brief(to))
    assert _facts(reading) == _facts(tidy)
    assert (reading.dataset, reading.edition) == ("moea-brief", "459")
    assert reading.numeric_cells == len(reading.observations) == 363


@pytest.mark.parametrize("to", ["html", "pdf", "docx", "odt", "xlsx", "ods"])
def test_a_document_is_recognised_by_its_content(to, brief):
    blob = brief(to)
    assert registry.recognise(type(blob)("renamed.bin", blob.data)).name == "documents"


@pytest.mark.parametrize(
    ("to", "place"),
    [
        ("pdf", "表1 › page 1, line "),
        ("docx", "表1 › table 1, row 3, 出口值, column 2"),
        ("xlsx", "表1 › 表1, row 4, 出口值, column 2"),
    ],
)
def test_each_number_keeps_the_place_where_it_stands(to, place, brief):
    (reading,) = SOURCE.read(brief(to))
    assert str(reading.observations[0].place).startswith(f"brief.{to} › {place}")


def test_other_tables_of_a_page_are_told_and_left_out(brief):
    (reading,) = SOURCE.read(brief("html"))
    assert any(
        "is no table of trade that we know and was not read" in finding for finding in reading.findings
    )
