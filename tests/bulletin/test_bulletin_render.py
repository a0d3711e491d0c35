"""Renderers: one page that needs nothing else, a tagged PDF, text and statements that agree."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from sample import sample

from tidewaiter.bulletin.charts import svg
from tidewaiter.bulletin.document import Paragraph, Said, plain
from tidewaiter.bulletin.render import FORMATS, pdf, render
from tidewaiter.errors import UsageError

VOID = {"meta", "br", "link", "img", "hr", "input"}


class Reader(HTMLParser):
    """Checks nesting and gathers ids, links and figures."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.figures, self.outside = [], [], [], set(), []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if given.get("href"):
            self.links.append(given["href"])
        self.figures.update((given.get("data-figure") or "").split())
        self.outside += [given[name] for name in ("src", "srcset", "action") if name in given]

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def read(page: bytes) -> Reader:
    reader = Reader()
    reader.feed(page.decode())
    assert reader.open == []
    return reader


@pytest.fixture(scope="module", params=["zh", "en"])
def bulletin(request):
    return sample(request.param)


def test_the_page_is_well_formed_and_asks_nothing_of_the_network(bulletin):
    page = render(bulletin, "html")
    reader = read(page)
    assert reader.outside == []
    assert all(link.startswith("#") for link in reader.links)
    assert {link[1:] for link in reader.links} <= set(reader.ids)
    assert len(reader.ids) == len(set(reader.ids))
    assert b"url(http" not in page
    assert b"@import" not in page


def test_every_figure_of_the_bulletin_can_be_followed_on_the_page(bulletin):
    assert read(render(bulletin, "html")).figures == set(bulletin.figures())


def test_the_language_is_declared(bulletin):
    tag = {"zh": 'lang="zh-Hant-TW"', "en": 'lang="en"'}[bulletin.lang]
    assert tag in render(bulletin, "html").decode()


def test_statements_have_their_anchor_on_the_page_and_their_place_in_the_text(bulletin):
    content = json.loads(render(bulletin, "json"))
    ids = [each["id"] for each in content["statements"]]
    assert ids
    assert set(ids) <= set(read(render(bulletin, "html")).ids)
    for each in content["statements"]:
        at = each["offset"]
        assert each["context"][at : at + len(each["text"])] == each["text"]
    named = {figure for each in content["statements"] for figure in each["figures"]}
    named |= {each["figure"] for part in ("cells", "points") for each in content[part]}
    assert named == set(bulletin.figures())


@pytest.fixture
def chinese_font():
    if "Noto Sans CJK TC" not in pdf._installed():
        pytest.skip("no Traditional Chinese font on this machine: apt-get install fonts-noto-cjk")


@pytest.mark.parametrize("to", FORMATS)
def test_equal_bulletins_give_equal_bytes(to, chinese_font):
    first = render(sample("zh"), to)
    svg.cache_clear()
    assert first == render(sample("zh"), to)


def test_the_text_holds_every_sentence_and_every_row(bulletin):
    lines = render(bulletin, "txt").decode().splitlines()
    for runs in bulletin.texts():
        assert any(plain(runs) in line for line in lines)
    for table in bulletin.tables():
        for row in table.rows:
            assert "\t".join([row.label, *(cell.text for cell in row.cells)]) in [
                line.rstrip("\t") for line in lines
            ]


def test_the_pdf_is_tagged_dated_and_holds_the_statements(bulletin, chinese_font):
    made = render(bulletin, "pdf")
    assert made.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in made
    assert re.search(rb"/CreationDate ?\(D:20990209", made)
    assert b"statements.json" in made
    assert b"pdfuaid" in made


def test_a_chinese_pdf_without_its_font_says_what_to_install(monkeypatch):
    monkeypatch.setattr(pdf, "_installed", lambda: frozenset({"DejaVu Sans", "Libertinus Serif"}))
    with pytest.raises(pdf.MissingFontError, match="fonts-noto-cjk"):
        render(sample("zh"), "pdf")


def test_an_english_pdf_needs_no_chinese_font(monkeypatch):
    monkeypatch.setattr(pdf, "_installed", lambda: frozenset({"Libertinus Serif"}))
    assert render(sample("en"), "pdf").startswith(b"%PDF")


def test_markup_in_a_text_stays_text():
    nasty = '<script>alert("1")</script> #strong[x] *y* $z$ {{ 7 }}'
    blocks = (Paragraph((nasty, Said("<b>3%</b>", ('a"b',), (3.0,)))),)
    bulletin = replace(sample("en"), title=nasty, blocks=blocks, evidence=())
    page = render(bulletin, "html").decode()
    assert "<script>alert" not in page
    assert "<b>3%" not in page
    assert re.search(r'data-figure="a&#34;b"', page)
    assert render(bulletin, "pdf").startswith(b"%PDF")


def test_an_unknown_format_is_refused():
    with pytest.raises(UsageError, match="docx"):
        render(sample("en"), "rtf")
