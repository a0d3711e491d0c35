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
    r"\s*(?P<vote>推|噓|→)\s+(?P<user>[A-Za-z][A-Za-z0-9]{1,11})\s*:(?P<text>.*?)\s*(?:推|噓)?"
    r"(?:(?:\d{1,3}\.){3}\d{1,3})?\s*(?P<time>\d{1,2}/\d{1,2}(?:\s+\d{1,2}:\d{2})?)\s*\Z"
)
_HEAD = 2000
_COMMENT_LENGTH = 400


def read_post(coloured: str) -> Draft:
    """The thread in a text with colour codes; a text that is no post loses its codes and nothing else."""
    codes = len(_CODES.findall(coloured))
    plain = _CODES.sub("", coloured).replace("\r\n", "\n")
    found = [f"{codes} colour codes left out"]
    head = _HEADER.match(plain[:_HEAD])
    body = (plain[head.end() :] if head else plain).split("\n")
    lines = [_comment(line) for line in body]
    if head is None and lines == body:
        return Draft("text", plain, findings=found)
    parts = ("author", "board", "title", "time")
    header = Header(*(head[part] if head else "" for part in parts))
    text, left = thread_text(header, "\n".join(lines))
    return Draft("ptt", text, header.title, header.author, read_day(header.time), found + left)


def _comment(line: str) -> str:
    """A comment as the saved page has it; any other line as it is."""
    found = _COMMENT.match(line) if len(line) <= _COMMENT_LENGTH else None
    return f"{found['vote']} {found['user']} : {found['text'].strip()} {found['time']}" if found else line
