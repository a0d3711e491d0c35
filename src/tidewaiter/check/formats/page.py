"""HTML: whose page it is decides how it is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.check.formats.blocks import blocks_of
from tidewaiter.check.formats.extracted import Draft
from tidewaiter.check.formats.lines import render
from tidewaiter.check.formats.meta import read_meta

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from tidewaiter.check.formats.meta import Meta

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_MAIN = (
    "//main",
    "//*[@role='main']",
    "//*[@id='main-content' or @id='maincontent' or @id='content' or @id='center' or @id='main']",
    "//article",
)
_LARGE = 20_000  # elements; beyond, an article is not looked for but the page read as it stands
_LINKED = 0.3  # of a page's words: there is more around the text than text
_ENOUGH = 40


def read_page(text: str) -> Draft:
    """The text of a page: a forum thread, a news article, or an official page."""
    root = parse(text)
    if root is None:
        return Draft("html", "", findings=["the page holds no text"])
    if root.xpath(
        "//*[@id='main-content']//*[contains(@class, 'article-metaline') or contains(@class, 'push-tag')]"
    ):
        from tidewaiter.check.formats.thread import read_thread  # noqa: PLC0415

        return read_thread(root)
    meta = read_meta(root)
    if not meta.official and sum(1 for _ in root.iter()) < _LARGE and (meta.news or _linked(root) > _LINKED):
        from tidewaiter.check.formats.news import read_news  # noqa: PLC0415 — trafilatura is heavy

        draft = read_news(text, meta)
        if len(draft.text) - len(draft.title) > _ENOUGH:
            return draft
    return _as_it_stands(root, meta)


def parse(text: str) -> HtmlElement | None:
    """The tree of a page; no entity beyond HTML's own, no network. None when there is nothing in it."""
    from lxml import html  # noqa: PLC0415
    from lxml.etree import ParserError  # noqa: PLC0415

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    body = _DECLARATION.sub("", text).encode("utf-8", errors="replace")
    try:
        return html.document_fromstring(body, parser=parser, ensure_head_body=True)
    except ParserError:
        return None


def _as_it_stands(root: HtmlElement, meta: Meta) -> Draft:
    """Everything in the main part that a reader sees."""
    body = render(blocks_of(_main(root)), meta.title)
    left = root.xpath("//nav | //script | //form | //aside | //footer | //*[@hidden]")
    findings = ["menus, scripts and hidden parts of the page left out"] if left else []
    if not body:
        findings = ["the page holds no text"]
    return Draft("html", body, meta.title, meta.author, meta.day, findings)


def _main(root: HtmlElement) -> HtmlElement:
    """The part that is the document; all of the body when its heading stands outside of any such part."""
    bodies = root.xpath("//body")
    body: HtmlElement = bodies[0] if bodies else root
    tops = body.xpath(".//h1[not(.//a)]")
    for path in _MAIN:
        found = root.xpath(path)
        if len(found) == 1 and len(found[0].text_content().strip()) >= _ENOUGH:
            main: HtmlElement = found[0]
            return (
                main if not tops or main.xpath(".//h1") or not body.xpath("./header//h1[not(.//a)]") else body
            )
    return body


def _linked(root: HtmlElement) -> float:
    """The share of a page's words that are links."""
    bodies = root.xpath("//body")
    words = sum(len(found.strip()) for body in bodies for found in body.itertext())
    links = sum(len(found.strip()) for found in root.xpath("//body//a//text()"))
    return links / max(1, words)
