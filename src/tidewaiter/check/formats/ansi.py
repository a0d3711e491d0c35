"""A raw post of PTT: colour codes out, header and comments in the plain shape of a thread."""

from __future__ import annotations

import re

from tidewaiter.check.formats.dates import read_day
from tidewaiter.check.formats.extracted import Draft
from tidewaiter.check.formats.post import Header, thread_text

_CODES = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\*[a-z]|.)?")
_HEADER = re.compile(
    r"\A\s*作者\s*[:：]?\s*(?P<author>\S[^\n]*?)\s*(?:看板|站內)\s*[:：]?\s*(?P<board>\S+)[^\n]*\n"
    r"\s*標題\s*[:：]?\s*(?P<title>[^\n]*?)\s*\n"
    r"\s*時間\s*[:：]?\s*(?P<time>[^\n]*?)\s*\n(?:\s*─+[^\n]*\n)?"
)
_COMMENT = re.compile(
    r"^\s*(?P<vote>推|噓|→)\s+(?P<user>[A-Za-z][A-Za-z0-9]{1,11})\s*:(?P<text>.*?)\s*(?:推|噓)?"
    r"(?:(?:\d{1,3}\.){3}\d{1,3})?\s*(?P<time>\d{1,2}/\d{1,2}(?:\s+\d{1,2}:\d{2})?)[ \t]*$",
    re.MULTILINE,
)


def read_post(coloured: str) -> Draft:
    """The thread in a text with colour codes; a text that is no post loses its codes and nothing else."""
    codes = len(_CODES.findall(coloured))
    plain = _CODES.sub("", coloured).replace("\r\n", "\n")
    found = [f"{codes} colour codes left out"]
    head = _HEADER.match(plain)
    if head is None and not _COMMENT.search(plain):
        return Draft("text", plain, findings=found)
    header = (
        Header(*(head[part] for part in ("author", "board", "title", "time")))
        if head
        else Header("", "", "", "")
    )
    body = _COMMENT.sub(_comment, plain[head.end() :] if head else plain)
    text, left = thread_text(header, body)
    return Draft("ptt", text, header.title, header.author, read_day(header.time), found + left)


def _comment(match: re.Match[str]) -> str:
    return f"{match['vote']} {match['user']} : {match['text'].strip()} {match['time']}"
