"""The parts of a plain text: a forum thread, an official brief with tables, or a plain report."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import groupby

from tidewaiter.check.document import Line, Segment, join, lines_of

_HEADER = re.compile(
    r"\A\s*作者.{1,60}?(?:看板|站內).{1,40}?標題(?P<title>.*?)時間(?P<time>[^\n]{10,30})", re.DOTALL
)
_COMMENT = re.compile(
    r"\s*(?P<vote>推|噓|→)\s*(?P<user>[A-Za-z][A-Za-z0-9]*)\s*:\s?(?P<text>.*?)\s*"
    r"(?P<time>\d{1,2}/\d{1,2}(?:\s+\d{1,2}:\d{2})?)?\s*\Z"
)
_FIELD = re.compile(
    r"\s*(?:\d[.、]\s*)?(?P<name>原文標題|新聞標題|原文連結|新聞連結|發布時間|記者署名|完整新聞標題|"
    r"原文內容|完整新聞內文|心得/評論|心得|評論|備註)[^:：]{0,6}[:：]"
)
_PARTS = {
    "原文標題": "title", "新聞標題": "title", "完整新聞標題": "title",
    "原文內容": "body", "完整新聞內文": "body",
    "心得/評論": "poster", "心得": "poster", "評論": "poster",
}  # fmt: skip
_DAY = re.compile(r"(?P<y>(?:19|20)\d\d)[/.\-年](?P<m>\d{1,2})[/.\-月](?P<d>\d{1,2})")
_LABEL = re.compile(r"\s*[^\s：:，,。]{2,12}(?: [^\s：:，,。]{1,12}){0,3}\s*[：:]\s*\S")
_TITLE_WIDTH = 90
_FEW = 3  # comments that make a thread without a header
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_STAMP = re.compile(rf"(?P<m>{'|'.join(_MONTHS)})\s+(?P<d>\d{{1,2}})\s+[\d:]+\s+(?P<y>\d{{4}})")


def lay_out(text: str) -> tuple[str, list[Segment], date | None]:
    """Kind, parts and own date of a text."""
    lines = lines_of(text)
    head = _HEADER.match(text)
    if head or any(_FIELD.match(line.text) for line in lines[:40]) or _mostly_comments(lines):
        return "thread", _thread(text, lines, head), _date_of(text, head)
    kind = "brief" if any("\t" in line.text for line in lines) else "article"
    return kind, _report(lines), None


def _mostly_comments(lines: list[Line]) -> bool:
    """Comments copied without their post."""
    told = [line for line in lines if line.text.strip()]
    comments = sum(_COMMENT.fullmatch(line.text) is not None for line in told)
    return comments >= _FEW and comments * 2 > len(told)


def _date_of(text: str, head: re.Match[str] | None) -> date | None:
    if head and (stamp := _STAMP.search(head["time"])):
        return datetime(int(stamp["y"]), _MONTHS.index(stamp["m"]) + 1, int(stamp["d"])).date()  # noqa: DTZ001
    at = text.find("發布時間")
    if at >= 0 and (day := _DAY.search(text, at, at + 60)):
        return date(int(day["y"]), int(day["m"]), int(day["d"]))
    return None


def _thread(text: str, lines: list[Line], head: re.Match[str] | None) -> list[Segment]:
    segments: list[Segment] = []
    if head:
        start, end = head.span("title")
        segments.append(join([Line(start, end, text[start:end])], "title"))
    part, block = "body" if not any(_FIELD.match(line.text) for line in lines) else "", list[Line]()
    comments: list[tuple[Line, re.Match[str]]] = []
    for line in lines:
        if head and line.start < head.end():
            continue
        if (spoken := _COMMENT.match(line.text)) and spoken["vote"]:
            comments.append((line, spoken))
            continue
        if named := _FIELD.match(line.text):
            _close(segments, part, block)
            block = [Line(line.start + named.end(), line.end, line.text[named.end() :])]
            part = _PARTS.get(named["name"], "")
            continue
        block.append(line)
    _close(segments, part, block)
    return segments + _comments(comments)


def _close(segments: list[Segment], part: str, block: list[Line]) -> None:
    if part and any(not line.blank for line in block):
        segments.append(join(block, part))


def _comments(found: list[tuple[Line, re.Match[str]]]) -> list[Segment]:
    """Consecutive lines of one user are one comment, its time that of the first line."""
    segments = []
    for user, group in groupby(found, key=lambda pair: pair[1]["user"]):
        run = list(group)
        parts = [
            Line(line.start + match.start("text"), line.start + match.end("text"), match["text"])
            for line, match in run
        ]
        segments.append(join(parts, "comment", user=user, time=run[0][1]["time"] or "", loose=True))
    return segments


def _report(lines: list[Line]) -> list[Segment]:
    """Title, lead and body by paragraph; runs of tabbed lines are tables."""
    segments: list[Segment] = []
    kept: list[list[Line]] = []
    for tabbed, group in groupby(lines, key=lambda line: "\t" in line.text):
        run = list(group)
        if tabbed:
            kept.append(run)
            continue
        for blank, some in groupby(run, key=lambda line: line.blank):
            if not blank:
                kept.append(list(some))
    prose = 0
    for at, run in enumerate(kept):
        if "\t" in run[0].text:
            segments.append(join(run, "table"))
            continue
        if at == 0 and _is_masthead(run):
            segments.append(join(run, "body"))
            continue
        heading = prose == 0 and len(kept) > 1 and len(run) == 1 and _is_heading(run[0])
        where = "title" if heading else ("lead" if not any(s.where == "lead" for s in segments) else "body")
        prose += not heading
        segments.append(join(run, where))
    return segments


def _is_masthead(run: list[Line]) -> bool:
    """The head of an office's paper: short lines, some of them a label with its text, no sentence."""
    plain = all(not line.text.rstrip().endswith(("。", ".")) for line in run)
    return (
        len(run) > 1
        and plain
        and run[0].width <= _TITLE_WIDTH
        and any(_LABEL.match(line.text) for line in run)
    )


def _is_heading(line: Line) -> bool:
    return line.width <= _TITLE_WIDTH and not line.text.rstrip().endswith(("。", ".", "！", "；"))
