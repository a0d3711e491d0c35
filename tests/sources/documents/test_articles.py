"""An article with one small table in each format: units, marks, merged heads, dashes."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import OxmlElement

from tidewaiter.errors import FaultsError
from tidewaiter.sources.documents.source import SOURCE
from tidewaiter.sources.protocol import Blob

CAPTION = "表1 我國工具機出口統計"
UNIT = "單位：百萬美元；％"
HEAD = (("國別", "2023年", "", "2024年(p)", ""), ("", "金額", "年增率(%)", "金額", "年增率(%)"))
ROWS = (
    ("出口值", "２，５９９．１", "△14.2", "2,180.4", "(16.1)"),
    ("美國*", "400.0", "▲3.1", "1,020", "155.0%"),
    ("其他國家", "…", "-", "1.5r", "－2.0"),
)
NOTE = "資料來源：財政部關務署"
WANTED = {
    "TWN.exports.machine_tools.W00 level 2023": (2599.1, 1, False),
    "TWN.exports.machine_tools.W00 yoy 2023": (-14.2, 1, False),
    "TWN.exports.machine_tools.W00 level 2024": (2180.4, 1, True),
    "TWN.exports.machine_tools.W00 yoy 2024": (-16.1, 1, True),
    "TWN.exports.machine_tools.USA level 2023": (400.0, 1, False),
    "TWN.exports.machine_tools.USA yoy 2023": (-3.1, 1, False),
    "TWN.exports.machine_tools.USA level 2024": (1020.0, 0, True),
    "TWN.exports.machine_tools.USA yoy 2024": (155.0, 1, True),
    "TWN.exports.machine_tools.OTHER level 2024": (1.5, 1, True),
    "TWN.exports.machine_tools.OTHER yoy 2024": (-2.0, 1, True),
}


def _html():
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    return f"""<!doctype html><html><head><title>工具機</title></head><body>
<p>全年出口續減，2024年共21.8億美元。</p>
<p>{CAPTION}（{UNIT}）</p><table><tr><th rowspan=2>國別</th><th colspan=2>2023年</th>
<th colspan=2>2024年<sup>1</sup>(p)</th></tr>
<tr><th>金額</th><th>年增率(%)</th><th>金額</th><th>年增率(%)</th></tr>
{rows}</table><p>{NOTE}</p></body></html>""".encode()


def _text():
    lines = ["全年出口續減。", "", CAPTION, UNIT, *("\t".join(row) for row in (*HEAD, *ROWS)), NOTE]
    return "\n".join(lines).encode("cp950", errors="replace").replace(b"?", "－".encode("cp950"))


def _docx():
    document = Document()
    document.add_paragraph("全年出口續減。")
    document.add_paragraph(CAPTION)
    document.add_paragraph(UNIT)
    table = document.add_table(rows=5, cols=5)
    for y, row in enumerate((*HEAD, *ROWS)):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 3).merge(table.cell(0, 4))
    table.cell(0, 0).merge(table.cell(1, 0))
    gone = OxmlElement("w:del")  # a deleted word is no word
    document.paragraphs[0]._p.append(gone)
    document.add_paragraph(NOTE)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


_ODT = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>
<text:p>全年出口續減。</text:p><text:p>{caption}</text:p><text:p>{unit}</text:p><table:table>{rows}</table:table>
<text:p>{note}</text:p></office:text></office:body></office:document-content>"""


def _odt():
    def cell(text, across=1, down=1):
        spans = f' table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"'
        return f"<table:table-cell{spans}><text:p>{text}</text:p></table:table-cell>"

    covered = "<table:covered-table-cell/>"
    top = cell("國別", 1, 2) + cell("2023年", 2) + covered + cell("2024年(p)", 2) + covered
    second = covered + "".join(cell(text) for text in HEAD[1][1:])
    rows = [top, second, *("".join(cell(text) for text in row) for row in ROWS)]
    marked = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", _ODT.format(caption=CAPTION, unit=UNIT, rows=marked, note=NOTE))
    return held.getvalue()


def _told(reading):
    return {
        f"{o.key} {o.statistic} {o.period}": (o.value, o.decimals, o.preliminary)
        for o in reading.observations
    }


@pytest.mark.parametrize("made", [_html, _text, _docx, _odt])
def test_one_small_table_in_an_article(made):
    (reading,) = SOURCE.read(Blob("article", made()))
    assert _told(reading) == WANTED
    assert {str(o.unit) for o in reading.observations} == {"1e6 USD", "percent"}
    assert reading.dataset == "article-tables"
    assert reading.numeric_cells == 10


@pytest.mark.parametrize("ruled", [True, False])
def test_one_small_table_on_paper(paper, ruled):
    cells = [(0, 0, "國別", 1, 2, True), (1, 0, "2023年", 2, 1, True), (3, 0, "2024年(p)", 2, 1, True)]
    cells += [(x, 1, text, 1, 1, True) for x, text in enumerate(HEAD[1]) if x]
    cells += [(x, y, text, 1, 1, False) for y, row in enumerate(ROWS, 2) for x, text in enumerate(row)]
    (reading,) = SOURCE.read(paper([CAPTION, UNIT], cells, below=[NOTE], ruled=ruled))
    assert _told(reading) == WANTED


def test_columns_made_with_blanks():
    text = """\
表2 我國工具機出口統計                單位：億美元

國別          2023年    2024年   2025年1-3月
出口值          26.0      21.8         5.05
美國             4.0      10.2         1.0
其他國家         1.0        -          …
"""
    (reading,) = SOURCE.read(Blob("article.txt", text.encode()))
    assert {f"{o.key.partner} {o.period}": o.value for o in reading.observations} == {
        "W00 2023": 26.0, "W00 2024": 21.8, "W00 2025-01..2025-03": 5.05,
        "USA 2023": 4.0, "USA 2024": 10.2, "USA 2025-01..2025-03": 1.0, "OTHER 2023": 1.0,
    }  # fmt: skip


def test_rows_may_be_periods_and_columns_flows():
    years = ("113年\t4,749.96\t3,943.65\t806.30", "114年1-8月\t3,984.3\t3,115.4\t868.9")
    text = "\n".join(["表1 我國進出口統計（單位：億美元）", "年別\t出口\t進口\t出超", *years])
    (reading,) = SOURCE.read(Blob("article.txt", text.encode()))
    assert {f"{o.key} {o.period}": o.value for o in reading.observations} == {
        "TWN.exports.total.W00 2024": 4749.96,
        "TWN.imports.total.W00 2024": 3943.65,
        "TWN.balance.total.W00 2024": 806.3,
        "TWN.exports.total.W00 2025-01..2025-08": 3984.3,
        "TWN.imports.total.W00 2025-01..2025-08": 3115.4,
        "TWN.balance.total.W00 2025-01..2025-08": 868.9,
    }


def test_ranks_and_codes_are_layout():
    rows = ("排名\t國別\t2023年\t2024年", "1\t美國\t73.4\t150.0", "2\t墨西哥\t5.0\t60.0")
    text = "\n".join(["表1 我國伺服器出口", "單位：億美元", *rows])
    (reading,) = SOURCE.read(Blob("article.txt", text.encode()))
    assert {f"{o.key.partner} {o.period}": o.value for o in reading.observations} == {
        "USA 2023": 73.4, "USA 2024": 150.0, "MEX 2023": 5.0, "MEX 2024": 60.0,
    }  # fmt: skip
    assert (reading.numeric_cells, reading.layout_cells) == (6, 2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("表1 我國工具機出口\n國別\t2023年\t2024年\n美國\t1.0\t2.0\n", "no unit is told"),
        (
            "表1 我國工具機出口(單位：億美元)\n國別\t2023年\t2024年\n木星\t1.0\t2.0\n",
            "no area is called '木星'",
        ),
        ("表1 我國工具機出口(單位：億美元)\n國別\t甲\t乙\n美國\t1.0\t2.0\n", "names a period"),
        (
            "表1 我國工具機出口(單位：億美元)\n國別\t2023年\t2024年\n美國\t1.0\t約2\n",
            "'約2' stands where a number",
        ),
    ],
)
def test_what_a_table_leaves_open_is_a_fault_with_its_line(text, told):
    with pytest.raises(FaultsError, match=told) as raised:
        SOURCE.read(Blob("article.txt", text.encode()))
    assert "article.txt › 表1 › line" in str(raised.value)


def test_a_document_without_tables_of_trade_is_none_of_ours():
    assert not SOURCE.sniff(Blob("a.html", b"<html><body><p>8 1.0 2.0</p></body></html>"))
    assert not SOURCE.sniff(Blob("a.txt", "氣溫\t1月\t2月\n臺北\t15.1\t16.2\n".encode()))
    assert not SOURCE.sniff(Blob("a.bin", b"\0\1\2"))


def test_a_bomb_among_office_files_is_refused():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", b" " * (200 << 20))
    blob = Blob("bomb.odt", held.getvalue())
    with pytest.raises(FaultsError, match="unpacks to"):
        SOURCE.read(blob)
