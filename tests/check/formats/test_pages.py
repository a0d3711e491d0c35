"""News pages and official pages."""

from __future__ import annotations

from datetime import date

import pytest

from tidewaiter.check.formats import to_text

NEWS = """<!DOCTYPE html><html lang="zh-TW"><head><meta charset="utf-8">
<title>11月出口翻紅 | 財經 | 中央社 CNA</title>
<meta property="og:type" content="article"><meta property="og:title" content="11月出口翻紅年增3.8% | 財經">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",
"headline": "11月出口翻紅年增3.8%",
"datePublished": "2023-12-08T16:30:00+08:00",
"author": {"name": "張璦"}}]}</script>
</head><body><nav><ul><li><a href="/">首頁</a></li><li><a href="/a">財經</a></li></ul></nav><article>
<h1>11月出口翻紅年增3.8%</h1><p>（中央社記者張璦台北8日電）財政部今天公布11月出口374.7億美元、年成長3.8%，不僅
由黑翻紅。</p><h2>進口續減</h2><p>進口276.7億美元、年減14.8%，主因半導體設備購置大幅下降，
以及國際農工原料價格走低所致。</p>
<table><tr><th>項目</th><th>金額</th></tr><tr><td>出口</td><td>374.7</td></tr></table>
<p>累計今年前11月總出口值3925.6億美元、年減11.5%。</p></article>
<aside><h3>延伸閱讀</h3><a href="/b">出口大跌99%</a></aside>
<script>var x = "出口9億美元"</script></body></html>"""

OFFICIAL = """<html><head>
<meta name="DC.Title" content="114年8月海關進出口貿易統計"><meta name="DC.Date" content="2025-09-08">
</head><body><form id="aspnetForm"><div class="navbar"><a href="/">財政部</a></div><div id="center">
<h1>114年8月海關進出口貿易統計</h1><dl><dt>發布日期</dt><dd>114年9月8日</dd></dl>
<p>8月出口584.9億美元，較上年同月增34.1%<sup>1</sup>。<br>進口416.6億美元。</p>
<ol><li><span>1.</span><p>對美國出口增。</p></li>
</ol>
<table><caption>表1 出口</caption>
<tr><td rowspan="2">地區</td><td colspan="2">出口</td></tr>
<tr><td>金額</td><td>年增率</td></tr>
<tr><td>美國</td><td>230.6</td><td>111.3</td></tr></table>
<p style="display: none">出口1億</p></div></form></body></html>"""


def test_the_article_is_read_and_nothing_around_it():
    told = to_text(NEWS.encode(), "page")
    assert told.text.split("\n\n") == [
        "11月出口翻紅年增3.8%",
        "（中央社記者張璦台北8日電）財政部今天公布11月出口374.7億美元、年成長3.8%，不僅由黑翻紅。",
        "進口續減",
        "進口276.7億美元、年減14.8%，主因半導體設備購置大幅下降，以及國際農工原料價格走低所致。",
        "項目\t金額\n出口\t374.7",
        "累計今年前11月總出口值3925.6億美元、年減11.5%。",
    ]
    assert (told.kind, told.title, told.author, told.date) == (
        "html",
        "11月出口翻紅年增3.8%",
        "張璦",
        date(2023, 12, 8),
    )


def test_an_official_page_is_read_as_it_stands():
    told = to_text(OFFICIAL.encode(), "page")
    assert told.text.split("\n\n") == [
        "114年8月海關進出口貿易統計",
        "發布日期：114年9月8日",
        "8月出口584.9億美元，較上年同月增34.1%。\n進口416.6億美元。",
        "1. 對美國出口增。",
        "表1 出口",
        "地區\t出口\n\t金額\t年增率\n美國\t230.6\t111.3",
    ]
    assert told.date == date(2025, 9, 8)


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-16"])
def test_a_page_in_another_encoding_is_the_same(encoding):
    page = OFFICIAL if encoding != "gb18030" else OFFICIAL.replace("<head>", '<head><meta charset="gb2312">')
    assert to_text(page.encode(encoding), "page").text == to_text(OFFICIAL.encode(), "page").text


def test_a_large_page_is_read_apart_and_just_as_well():
    large = OFFICIAL.replace("</head>", f"<script>{'x = 1;' * 50_000}</script></head>")
    assert to_text(large.encode(), "page").text == to_text(OFFICIAL.encode(), "page").text


def test_a_page_asks_nothing_of_the_network(monkeypatch):
    def refuse(*_args, **_options):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    page = NEWS.replace(
        "<article>", '<article><img src="http://192.0.2.1/x.png"><iframe src="http://192.0.2.1/"></iframe>'
    )
    assert "374.7" in to_text(page.encode(), "page").text


@pytest.mark.parametrize(
    "page", ["<html></html>", "<p>", "<html><body><script>x</script>", "<!doctype html>"]
)
def test_a_page_without_words_is_empty(page):
    assert to_text(page.encode(), "page").text == ""
