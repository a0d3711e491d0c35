"""The same bulletin in every format, written small."""

from __future__ import annotations

from html import escape
from io import BytesIO

import pytest
import typst
from docx import Document as Word
from odfdo import Document as OpenText
from odfdo import Header, Paragraph, Table

LINES = (
    "11月出口翻紅年增3.8%",
    (
        "財政部今天公布11月出口374.7億美元、年成長3.8%，不僅由黑翻紅，且年增幅寫近16個月最佳；其中，在AI人工智慧商機"
        "熱絡下，顯示卡、伺服器等資通與視聽產品，出口93.7億美元、年增74%，雙創歷年單月最高水準。"
    ),
    "累計今年前11月總出口值3925.6億美元、年減11.5%。",
)
ROWS = (("項目", "金額", "年增率"), ("出口", "374.7", "3.8"), ("進口", "276.7", "-14.8"))
TEXT = "\n\n".join([*LINES, "\n".join("\t".join(row) for row in ROWS)])


def as_html() -> bytes:
    head, *body = LINES
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    told = "".join(f"<p>{escape(line)}</p>" for line in body)
    return f"<!DOCTYPE html><title>{head}</title><h1>{head}</h1>{told}<table>{rows}</table>".encode()


def as_docx() -> bytes:
    book, out = Word(), BytesIO()
    book.add_heading(LINES[0], 0)
    for line in LINES[1:]:
        book.add_paragraph(line)
    table = book.add_table(len(ROWS), len(ROWS[0]))
    for at, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            table.cell(at, column).text = cell
    book.save(out)
    return out.getvalue()


def as_odt() -> bytes:
    book, out = OpenText("text"), BytesIO()
    book.body.clear()
    book.body.append(Header(1, LINES[0]))
    for line in LINES[1:]:
        book.body.append(Paragraph(line))
    table = Table("t")
    table.set_values([list(row) for row in ROWS])
    book.body.append(table)
    book.save(out)
    return out.getvalue()


SET = (
    '#set page(paper: "a4", margin: 2.5cm, footer: context [第 #counter(page).display() 頁])\n'
    '#set text(font: ("Libertinus Serif", "Noto Serif CJK TC"), lang: "zh", size: 11pt)\n'
)


def typeset(source: str, *, tagged: bool = True) -> bytes:
    if not any("CJK TC" in name for name in typst.Fonts().families()):
        pytest.skip("needs a Chinese font (fonts-noto-cjk)")
    pdf = typst.compile((SET + source).encode())
    assert isinstance(pdf, bytes)
    return pdf if tagged else pdf.replace(b"/StructTreeRoot", b"/XtructTreeRoot")


def as_pdf() -> bytes:
    cells = ", ".join(f"[{cell}]" for row in ROWS for cell in row)
    return typeset("\n\n".join([f"= {LINES[0]}", *LINES[1:], f"#table(columns: 3, {cells})"]))


MAKERS = {
    "text": TEXT.encode,
    "html": as_html,
    "docx": as_docx,
    "odt": as_odt,
    "pdf": as_pdf,
}


@pytest.fixture(name="make")
def _make():
    """Makers of the same bulletin, by kind."""
    return MAKERS


@pytest.fixture(name="typeset")
def _typeset():
    """A PDF of some Typst."""
    return typeset


@pytest.fixture(name="sentences")
def _sentences():
    """What the bulletin says."""
    return LINES
