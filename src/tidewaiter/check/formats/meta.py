"""What the head of a page says: title, author, day, and whether an office or a newsroom wrote it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tidewaiter.check.formats.dates import meta_day
from tidewaiter.check.formats.lines import flat

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lxml.html import HtmlElement

_DAYS = (
    "article:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate",
    "dc.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dcterms.date", "date", "publish-date",
    "parsely-pub-date",
)  # fmt: skip
_TITLES = ("og:title", "dc.title", "twitter:title")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author")
_ADDRESSES = ("og:url", "twitter:url")
_OFFICE = re.compile(r"https?://[\w.-]+\.(?:gov|gov\.\w\w|go\.\w\w|europa\.eu)(?:[/:]|\Z)")
_PARTS = re.compile(r"\s*(?:[|｜]|\s[-–—_]\s)\s*")
_STORY = frozenset(("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "AnalysisNewsArticle"))
_MAX_JSON = 500_000


@dataclass(frozen=True, slots=True)
class Meta:
    """What the head of a page says of it.

    Attributes:
        title: its headline, without the site's name.
        author: who wrote it.
        day: when it was published.
        official: an office's page.
        news: it calls itself an article.
    """

    title: str = ""
    author: str = ""
    day: date | None = None
    official: bool = False
    news: bool = False


def read_meta(root: HtmlElement) -> Meta:
    """The metadata of a page: its own article record (JSON-LD) first, then meta tags, then its headings."""
    given = _tags(root)
    story = next(_stories(root), {})
    day = next(filter(None, (meta_day(value) for value in _days(root, given, story))), None)
    addresses = [given.get(name, "") for name in _ADDRESSES] + root.xpath("//link[@rel='canonical']/@href")
    return Meta(
        title=_title(root, given, story),
        author=_author(story) or next((given[name] for name in _AUTHORS if given.get(name)), ""),
        day=day,
        official=any(_OFFICE.match(address) for address in addresses) or "dc.title" in given,
        news=bool(story) or given.get("og:type") == "article" or "article:published_time" in given,
    )


def _tags(root: HtmlElement) -> dict[str, str]:
    told: dict[str, str] = {}
    for node in root.xpath("//meta[@content]"):
        name = node.get("property") or node.get("name") or node.get("itemprop") or ""
        if name and node.get("content").strip():
            told.setdefault(name.strip().lower(), flat(node.get("content")))
    return told


def _days(root: HtmlElement, given: dict[str, str], story: dict[str, Any]) -> Iterator[str]:
    yield _words(story.get("datePublished"))
    yield from (given.get(name, "") for name in _DAYS)
    yield from root.xpath("//article//time/@datetime | //time[@pubdate]/@datetime | //main//time/@datetime")[
        :1
    ]


def _title(root: HtmlElement, given: dict[str, str], story: dict[str, Any]) -> str:
    headline = flat(_words(story.get("headline")))
    tops = [flat(top.text_content()) for top in root.xpath("//h1")[:5]]
    heads = [given.get(name, "") for name in _TITLES] + [flat("".join(root.xpath("//head/title[1]//text()")))]
    whole = next((head for head in heads if head), "")
    told = [top for top in tops if top and (top in whole or top == headline)]
    if told:
        return max(told, key=len)
    return headline or _PARTS.split(whole)[0] or next(iter(top for top in tops if top), "")


def _stories(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """The articles that a page's JSON-LD tells of."""
    for words in root.xpath("//script[@type='application/ld+json']/text()"):
        if len(words) > _MAX_JSON:
            continue
        try:
            told = json.loads(words, strict=False)
        except (ValueError, RecursionError):
            continue
        for part in _parts(told):
            kinds = part.get("@type")
            if _STORY & {
                kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
            }:
                yield part


def _parts(told: object) -> Iterator[dict[str, Any]]:
    tops = told if isinstance(told, list) else [told]
    for top in tops:
        if isinstance(top, dict):
            yield top
            graph = top.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()


def _author(story: dict[str, Any]) -> str:
    given = story.get("author")
    people = given if isinstance(given, list) else [given]
    names = [_words(one.get("name")) if isinstance(one, dict) else _words(one) for one in people]
    return "、".join(flat(name) for name in names if name)


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""
