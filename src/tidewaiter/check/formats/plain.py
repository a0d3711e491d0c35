"""Plain text: as given. Only what its head says of it is read."""

from __future__ import annotations

import re

from tidewaiter.check.formats.dates import read_day
from tidewaiter.check.formats.extracted import Draft
from tidewaiter.check.formats.lines import first_line, flat

_POST = re.compile(
    r"\A\s*作者\s*[:：]?(?P<author>.{1,80}?)(?:看板|站內).{1,60}?標題\s*[:：]?(?P<title>.*?)"
    r"時間\s*[:：]?(?P<time>[^\n]{10,40})",
    re.DOTALL,
)
_HEAD = 2000


def read_plain(text: str) -> Draft:
    """A text as it is; a copied thread tells its title, author and day in its first line."""
    head = _POST.match(text[:_HEAD])
    if head is None:
        return Draft("text", text, title=flat(first_line(text.lstrip())) if "\n\n" in text else "")
    return Draft("text", text, flat(head["title"]), flat(head["author"]), read_day(head["time"]))
