"""Office files: real headings, captions, lists and tables; numbers that are numbers; equal bytes."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import odfdo
import pytest
from docx import Document
from python_calamine import CalamineWorkbook
from sample import sample

from tidewaiter.bulletin.document import Heading, NumberedList, plain
from tidewaiter.bulletin.render import render
from tidewaiter.bulletin.render.sheets import number_format
from tidewaiter.bulletin.render.tables_csv import guarded
from tidewaiter.bulletin.tables import Cell, Column, Row, Table

PACKAGES = ["docx", "odt", "xlsx", "ods", "csv", "png", "svg"]
DAY = (2099, 2, 9, 0, 0, 0)


@pytest.fixture(scope="module", params=["zh", "en"])
def bulletin(request):
    return sample(request.param)


def packed(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(data))


@pytest.mark.parametrize("to", PACKAGES)
def test_every_member_of_a_package_is_dated_the_day_of_publication(bulletin, to):
    assert {info.date_time for info in packed(render(bulletin, to)).infolist()} == {DAY}


def word(bulletin):
    return Document(BytesIO(render(bulletin, "docx")))


def test_word_headings_are_headings(bulletin):
    headings = [each.text for each in word(bulletin).paragraphs if each.style.name.startswith("Heading")]
    told = [plain(block.runs) for block in bulletin.blocks if isinstance(block, Heading)]
    assert [" ".join(each.split()) for each in headings] == told


def test_word_tables_have_all_cells_and_repeat_their_heads(bulletin):
    drawn = word(bulletin).tables
    parts = [part for table in bulletin.tables() for part in table.folded(12)]
    assert len(drawn) == len(parts)
    for made, part in zip(drawn, parts, strict=True):
        depth = len(part.head())
        xml = made._tbl.xml
        assert xml.count("<w:tblHeader/>") == depth
        rows = [[cell.text for cell in row.cells] for row in made.rows][depth:]
        for row, told in zip(part.rows, rows, strict=True):
            wanted = [cell.text for cell in row.cells] or [row.label] * part.width
            assert [text.replace("\u00a0", " ") for text in told] == [row.label, *wanted]


def test_word_pictures_tell_what_they_show(bulletin):
    drawn = word(bulletin).inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in drawn] == [chart.alt for chart in bulletin.charts()]


def test_word_bookmarks_are_the_statements(bulletin):
    body = word(bulletin).element.body.xml
    names = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(s\d+)"/>', body)
    assert names == [f"s{at}" for at in range(1, len(names) + 1)]
    assert names


def test_word_knows_the_day_and_both_scripts(bulletin):
    made = word(bulletin)
    assert made.core_properties.created.date() == bulletin.published
    assert 'w:eastAsia="Noto Serif CJK TC"' in made.styles.element.xml
    assert b"\xe6\xa8\x99\xe6\xa5\xb7\xe9\xab\x94" in packed(render(bulletin, "docx")).read(
        "word/fontTable.xml"
    )


def open_text(bulletin):
    return odfdo.Document(BytesIO(render(bulletin, "odt")))


def test_open_text_has_headings_lists_tables_and_pictures_with_their_texts(bulletin):
    body = open_text(bulletin).body
    told = [plain(block.runs) for block in bulletin.blocks if isinstance(block, Heading)]
    assert [" ".join(each.text_recursive.split()) for each in body.headers] == told
    assert len(body.lists) >= sum(isinstance(block, NumberedList) for block in bulletin.blocks)
    described = [each.text for each in body.get_elements("descendant::svg:desc")]
    assert described == [chart.alt for chart in bulletin.charts()]
    assert len(body.tables) == sum(len(table.folded(12)) for table in bulletin.tables())


def test_open_text_repeats_the_heads_of_tables_and_covers_what_is_merged(bulletin):
    parts = [part for table in bulletin.tables() for part in table.folded(12)]
    for made, part in zip(open_text(bulletin).body.tables, parts, strict=True):
        assert len(made.get_elements("table:table-header-rows/table:table-row")) == len(part.head())
        for row in made.get_elements("descendant::table:table-row"):
            assert len(row.get_elements("table:table-cell|table:covered-table-cell")) == part.width + 1


def test_open_text_bookmarks_are_the_statements(bulletin):
    names = [mark.name for mark in open_text(bulletin).body.get_elements("descendant::text:bookmark-start")]
    assert names == [f"s{at}" for at in range(1, len(names) + 1)]
    assert names


def test_open_files_name_every_member_and_begin_with_their_type(bulletin):
    for to in ("odt", "ods"):
        package = packed(render(bulletin, to))
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        listed = re.findall(r'full-path="([^"/][^"]*)"', package.read("META-INF/manifest.xml").decode())
        assert set(listed) == set(package.namelist()) - {"mimetype", "META-INF/manifest.xml"}


@pytest.mark.parametrize("to", ["docx", "odt"])
def test_what_is_read_back_from_office_files_is_what_was_written(bulletin, to):
    from tidewaiter.check.formats import to_text  # noqa: PLC0415

    told = "".join(to_text(render(bulletin, to), f"bulletin.{to}").text.split())
    for runs in bulletin.texts():
        assert "".join(plain(runs).split()) in told


@pytest.mark.parametrize("to", ["xlsx", "ods"])
def test_a_workbook_has_a_sheet_for_each_table_with_whole_numbers(bulletin, to):
    book = CalamineWorkbook.from_filelike(BytesIO(render(bulletin, to)))
    name = "表{}" if bulletin.lang == "zh" else "Table {}"
    assert book.sheet_names[:-1] == [name.format(table.number) for table in bulletin.tables()]
    for table in bulletin.tables():
        rows = book.get_sheet_by_name(name.format(table.number)).to_python(skip_empty_area=False)
        first = 1 + bool(table.unit) + len(table.head())
        for row, told in zip(table.rows, rows[first:], strict=False):
            assert told[0] == row.label
            for cell, content in zip(row.cells, told[1:], strict=False):
                assert content == (cell.text if cell.value is None else pytest.approx(cell.value, rel=1e-14))


def test_a_workbook_has_no_formulas(bulletin):
    book = packed(render(bulletin, "xlsx"))
    assert not [name for name in book.namelist() if "sheet" in name and b"<f>" in book.read(name)]
    assert b"table:formula" not in packed(render(bulletin, "ods")).read("content.xml")


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("58,487", 58487.447, "#,##0"),
        ("34.1", 34.0682, "0.0"),
        ("0.01", 0.0112, "0.00"),
        ("-3.4", -3.4, "0.0"),
        ("+3.4", 3.4, "+0.0;-0.0"),
        ("3.4", -3.4, "0.0;0.0"),
        ("0", -0.3, "0;0"),
        ("(3.4)", 3.4, '"("0.0")"'),
        ("3.4%", 3.4, '0.0"%"'),
        ("廿三", 23.0, "General"),
    ],
)
def test_formats_print_what_is_printed(text, value, form):
    assert number_format(text, value) == form


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "\t=1", "-2+3", "%0a=1"])
def test_texts_that_would_be_formulas_are_guarded(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-3.4", "+29.2%", "-", "1,234", "機械", "0", ""])
def test_numbers_and_words_are_left_alone(text):
    assert guarded(text) == text


def test_tables_as_csv_open_in_excel_with_chinese(bulletin):
    book = packed(render(bulletin, "csv"))
    assert len(book.namelist()) == len(list(bulletin.tables())) + 1
    for name in book.namelist():
        assert book.read(name).startswith(b"\xef\xbb\xbf")
    figures = book.read(book.namelist()[-1]).decode("utf-8-sig").splitlines()
    assert figures[0] == "table,section,row,column,text,value,figure"
    assert len(figures) - 1 == sum(1 for table in bulletin.tables() for _ in table.figures())


def test_charts_come_as_pictures(bulletin):
    drawn = packed(render(bulletin, "png"))
    assert len(drawn.namelist()) == 3
    assert all(drawn.read(name).startswith(b"\x89PNG") for name in drawn.namelist())
    assert all(
        packed(render(bulletin, "svg")).read(f"{name[:-3]}svg")[:4] == b"<svg" for name in drawn.namelist()
    )


@pytest.mark.parametrize("to", PACKAGES)
def test_a_bulletin_without_tables_and_charts_is_a_file_all_the_same(to):
    assert zipfile.is_zipfile(BytesIO(render(replace(sample("en"), blocks=()), to)))


@pytest.mark.parametrize("to", PACKAGES)
def test_signs_of_markup_in_texts_stay_texts(to):
    nasty = '<w:b/> & "quoted" =1+1'
    table = Table(1, nasty, (Column(nasty),), (Row(nasty, (Cell(nasty),)),), nasty, nasty, (nasty,), nasty)
    made = render(replace(sample("en"), title=nasty, blocks=(Heading((nasty,)), table)), to)
    assert zipfile.is_zipfile(BytesIO(made))
