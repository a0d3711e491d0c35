"""A saved page of PTT, as the plain thread that readers copy: header, post, one comment a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter.check.formats.dates import read_day
from tidewaiter.check.formats.extracted import Draft
from tidewaiter.check.formats.post import Header, thread_text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PUSH = "push"
_DROPPED = frozenset(("richcontent", "article-metaline", "article-metaline-right", "bbs-screen-hide"))
_TIME = re.compile(r"\d{1,2}/\d{1,2}(?:\s+\d{1,2}:\d{2})?")
_SILENT = frozenset(("script", "style", "iframe", "noscript"))


def read_thread(root: HtmlElement) -> Draft:
    """Header line, body and comments of a saved page."""
    main = root.xpath("//*[@id='main-content']")[0]
    header = _header(main)
    told: list[str] = []
    _gather(main, told)
    text, findings = thread_text(header, "".join(told))
    return Draft("ptt", text, header.title, header.author, read_day(header.time), findings)


def _header(main: HtmlElement) -> Header:
    told = {}
    for line in main.xpath(".//*[contains(@class, 'article-metaline')]"):
        tag = line.xpath("string(.//*[contains(@class, 'article-meta-tag')])").strip()
        told[tag] = line.xpath("string(.//*[contains(@class, 'article-meta-value')])").strip()
    return Header(told.get("作者", ""), told.get("看板", ""), told.get("標題", ""), told.get("時間", ""))


def _gather(node: HtmlElement, told: list[str]) -> None:
    """The words of the page in order, each comment on a line of its own."""
    told.append(node.text or "")
    for child in node:
        classes = set((child.get("class") or "").split())
        if _PUSH in classes:
            told.append(f"{_line_break(told)}{_comment(child)}\n")
        elif child.get("data-cfemail"):
            told.append(_hidden_address(child.get("data-cfemail")))
        elif child.tag == "br":
            told.append("\n")
        elif not (classes & _DROPPED or child.tag in _SILENT):
            _gather(child, told)
        told.append((child.tail or "").lstrip("\n") if _PUSH in classes else child.tail or "")


def _line_break(told: list[str]) -> str:
    last = next((part for part in reversed(told) if part), "\n")
    return "" if last.endswith("\n") else "\n"


def _comment(push: HtmlElement) -> str:
    tag, user, words, stamp = (
        " ".join(push.xpath(f"string(.//*[contains(@class, 'push-{part}')])").split())
        for part in ("tag", "userid", "content", "ipdatetime")
    )
    if not user:  # 檔案過大！部分文章無法顯示
        return ""
    time = _TIME.search(stamp)
    return f"{tag} {user} : {words.removeprefix(':').strip()} {time[0] if time else ''}".rstrip()


def _hidden_address(code: str) -> str:
    """What Cloudflare took for a mail address: every byte is masked with the first."""
    try:
        masked = bytes.fromhex(code)
    except ValueError:
        return ""
    return bytes(sign ^ masked[0] for sign in masked[1:]).decode("utf-8", errors="replace") if masked else ""
