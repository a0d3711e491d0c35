"""PDF, DOCX and ODT: what only they have."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml

from tidewaiter.check.formats import to_text
from tidewaiter.check.formats.printed import Printed
from tidewaiter.check.formats.wrap import rejoin

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def words(*paragraphs: str) -> bytes:
    book, out = Document(), BytesIO()
    for xml in paragraphs:
        book.element.body.insert(len(book.element.body) - 1, parse_xml(f"<w:p {W}>{xml}</w:p>"))
    book.save(out)
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_tracked_changes_are_read_as_accepted():
    xml = (
        run("出口")
        + f"<w:ins>{run('374.7')}</w:ins><w:del><w:r><w:delText>400</w:delText></w:r></w:del>"
        + run("億美元。")
    )
    assert to_text(words(xml), "memo").text == "出口374.7億美元。"


def test_the_mark_of_a_note_is_no_digit():
    raised = '<w:vertAlign w:val="superscript"/>'
    assert (
        to_text(words(run("出口374.7") + run("1", raised) + run("億美元。")), "memo").text
        == "出口374.7億美元。"
    )


def test_headers_and_footers_that_repeat_are_dropped(typeset, sentences):
    pages = "\n#pagebreak()\n".join([sentences[1], sentences[2], "出口續增。"])
    source = f"#set page(header: [財政部新聞稿])\n{pages}"
    told = to_text(typeset(source, tagged=False), "memo")
    assert told.kind == "pdf"
    assert told.text.split("\n\n") == [sentences[1], sentences[2], "出口續增。"]
    assert "6 lines of page headers and footers left out" in told.findings


def test_a_tagged_page_needs_no_guess(typeset, sentences):
    pages = "\n#pagebreak()\n".join([sentences[1], sentences[2], "出口續增。"])
    told = to_text(typeset(f"#set page(header: [財政部新聞稿])\n{pages}"), "memo")
    assert told.kind == "tagged pdf"
    assert told.text.split("\n\n") == [sentences[1], sentences[2], "出口續增。"]


def test_columns_of_a_tagged_page_are_read_one_after_the_other(typeset):
    source = "#columns(2)[8月出口584.9億美元，年增34.1%。#colbreak()9月出口估年增25%至30%。]"
    told = to_text(typeset(source), "memo")
    assert told.text.split("\n\n") == ["8月出口584.9億美元，年增34.1%。", "9月出口估年增25%至30%。"]


def test_a_tree_that_leaves_words_out_is_not_trusted(typeset):
    pdf = typeset("8月出口584.9億美元，年增34.1%。")
    assert to_text(pdf, "memo").kind == "tagged pdf"
    assert to_text(pdf.replace(b"/K", b"/k"), "memo").text == "8月出口584.9億美元，年增34.1%。"


@pytest.mark.parametrize("tagged", [True, False])
def test_a_table_without_rules_keeps_its_columns(typeset, tagged):
    cells = ["品名", "金額", "年增率", "電子", "158.1", "-3.6", "資通", "", "74.0", "合計", "374.7", "3.8"]
    table = ", ".join(f"[{cell}]" for cell in cells)
    told = to_text(
        typeset(f"#table(columns: 3, stroke: none, column-gutter: 4em, {table})", tagged=tagged), "memo"
    )
    assert (
        told.text.replace("−", "-") == "品名\t金額\t年增率\n電子\t158.1\t-3.6\n資通\t\t74.0\n合計\t374.7\t3.8"
    )


def test_hyphens_of_the_typesetter_go_and_those_of_the_writer_stay(typeset):
    source = (
        '#set text(lang: "en", hyphenate: true)\n#set par(justify: true)\n#set page(width: 9cm)\n'
        "Exports of electronic components declined for the thirteenth consecutive month, notwithstanding the "
        "deterioration of international circumstances on a year-on-year basis in traditional manufacturing."
    )
    told = to_text(typeset(source), "memo").text
    assert told == source.splitlines()[-1]


def printed(text: str, x1: float, top: float, x0: float = 70.0) -> Printed:
    return Printed(text, x0, x1, top, top + 10, 10.0)


def test_a_short_line_ends_a_paragraph():
    lines = [printed("長" * 40, 470, 100), printed("短句。", 100, 115), printed("次段", 90, 130)]
    assert list(rejoin(lines, (70, 470))) == ["長" * 40 + "短句。", "次段"]


def test_a_number_broken_over_lines_is_one():
    lines = [printed("出" * 38 + "39", 465, 100), printed("2.5億美元。", 120, 115)]
    assert list(rejoin(lines, (70, 470))) == ["出" * 38 + "392.5億美元。"]


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_the_day_in_the_properties_is_not_the_day_of_publication(make, kind):
    told = to_text(make[kind](), "memo")
    assert told.date is None
    assert any("properties" in finding for finding in told.findings)
