"""What saved pages and raw posts of PTT share: the header, the footer, the plain shape of a thread."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SYSTEM = re.compile(r"^※ (?:發信站|文章網址|編輯|轉錄者|引述的貼文網址)[^\n]*\n?", re.MULTILINE)
_LINES = re.compile(r"\n{3,}")
_END = re.compile(r"\n--[ \t]*\n(?=※ 發信站)")


@dataclass(frozen=True, slots=True)
class Header:
    """The three lines above a post."""

    author: str
    board: str
    title: str
    time: str

    def __str__(self) -> str:
        return f"作者{self.author}看板{self.board}標題{self.title}時間{self.time}"


def thread_text(header: Header, body: str) -> tuple[str, list[str]]:
    """The thread as one plain text, and what was left out of it."""
    plain = body.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    plain = _END.sub("\n\n", plain)
    plain, dropped = _SYSTEM.subn("", plain)
    plain = _LINES.sub("\n\n", "\n".join(line.rstrip() for line in plain.split("\n"))).strip("\n")
    findings = [f"{dropped} lines of the forum's own (※ 發信站, 編輯 …) left out"] if dropped else []
    return (f"{header}\n{plain}\n" if header.title or header.author else f"{plain}\n"), findings
