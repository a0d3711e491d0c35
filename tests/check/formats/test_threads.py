"""PTT: saved pages and raw posts become the thread that readers copy."""

from __future__ import annotations

from datetime import date

import pytest
from uao import register_uao

from tidewaiter.check.document import read_document
from tidewaiter.check.formats import to_text

register_uao()
PLAIN = """作者kcbill (明日)看板Stock標題[新聞] 11月出口翻紅時間Fri Dec  8 20:08:40 2023

原文標題：
11月出口翻紅年增3.8%
原文內容：
財政部今天公布11月出口374.7億美元、年成長3.8%，不僅
由黑翻紅。

推 abc : 好耶 12/08 20:16
→ springman : 港的比例為 35.381%、比2022年的38.771%大幅下降 12/13 08:28
噓 x99 : 才374億 12/13 08:30
"""
BODY = PLAIN.split("\n\n", 1)[1].split("\n\n推", maxsplit=1)[0]
SYSTEM = "※ 發信站: 批踢踢實業坊(ptt.cc), 來自: 1.2.3.4 (臺灣)\n"
SPOKEN = [line.split(" ", 3) for line in PLAIN.rsplit("\n\n", maxsplit=1)[-1].splitlines()]


def meta(tag: str, value: str, side: str = "") -> str:
    spans = f'<span class="article-meta-tag">{tag}</span><span class="article-meta-value">{value}</span>'
    return f'<div class="article-metaline{side}">{spans}</div>'


def push(vote: str, user: str, words: str) -> str:
    said, day, time = words.rsplit(" ", 2)
    return (
        f'<div class="push"><span class="hl push-tag">{vote} </span>'
        f'<span class="f3 hl push-userid">{user}   </span><span class="f3 push-content">: {said}</span>'
        f'<span class="push-ipdatetime"> 1.2.3.4 {day} {time}\n</span></div>'
    )


def coloured(vote: str, user: str, words: str) -> str:
    said, day, time = words.rsplit(" ", 2)
    return f"\x1b[1;37m{vote} \x1b[33m{user}\x1b[m\x1b[33m: {said}      \x1b[m {day} {time}\n"


def page() -> bytes:
    head = meta("作者", "kcbill (明日)") + meta("看板", "Stock", "-right")
    head += meta("標題", "[新聞] 11月出口翻紅") + meta("時間", "Fri Dec  8 20:08:40 2023")
    pushes = "".join(push(vote, user, words) for vote, user, _, words in SPOKEN)
    return (
        '<!DOCTYPE html><html><body><div id="topbar">批踢踢實業坊</div><div id="main-content">'
        f'{head}\n{BODY}\n\n--\n<span class="f2">{SYSTEM}</span>{pushes}</div></body></html>'
    ).encode()


def raw(header: str) -> bytes:
    spoken = "".join(coloured(vote, user, words) for vote, user, _, words in SPOKEN)
    post = f"{header}\n{BODY}\n\n--\n{SYSTEM}{spoken}".encode("big5-uao")
    word = "翻紅年".encode("big5-uao")
    return post.replace(word, word[:1] + b"\x1b[1;31m" + word[1:3] + b"\x1b[m" + word[3:])


FILE = "作者: kcbill (明日) 看板: Stock\n標題: [新聞] 11月出口翻紅\n時間: Fri Dec  8 20:08:40 2023\n"
SCREEN = (
    "\x1b[34;47m 作者 \x1b[44;37m kcbill (明日)                 \x1b[34;47m 看板 \x1b[44;37m Stock \x1b[m\n"
    "\x1b[34;47m 標題 \x1b[44;37m [新聞] 11月出口翻紅   \x1b[m\n"
    "\x1b[34;47m 時間 \x1b[44;37m Fri Dec  8 20:08:40 2023     \x1b[m\n\x1b[36m───────────────\x1b[m\n"
)


@pytest.mark.parametrize("data", [page(), raw(FILE), raw(SCREEN)], ids=["page", "file", "screen"])
def test_the_thread_is_plain(data):
    told = to_text(data, "thread")
    assert "\n".join(line for line in told.text.split("\n") if line) == PLAIN.replace("\n\n", "\n").strip()
    assert (told.kind, told.date) == ("ptt", date(2023, 12, 8))
    assert (told.title, told.author) == ("[新聞] 11月出口翻紅", "kcbill (明日)")


def test_the_copied_thread_bears_the_same_day_title_and_author():
    told = to_text(PLAIN.encode(), "thread")
    assert told.text == PLAIN
    assert (told.title, told.author, told.date) == ("[新聞] 11月出口翻紅", "kcbill (明日)", date(2023, 12, 8))


def test_the_parts_of_a_saved_page_are_those_of_the_copied_thread():
    of_page, of_copy = (
        [(part.where, part.user, part.time, part.text) for part in read_document(text.encode(), "t").segments]
        for text in (to_text(page(), "t").text, PLAIN)
    )
    assert of_page == of_copy


def test_the_forums_own_lines_are_left_out_and_told():
    told = to_text(page(), "thread")
    assert "發信站" not in told.text
    assert any("※" in finding for finding in told.findings)


def test_what_was_masked_as_a_mail_address_is_read():
    masked = "".join(f"{sign ^ 0x42:02x}" for sign in b"a@b.tw")
    link = f'<a class="__cf_email__" data-cfemail="42{masked}">[email]</a>'.encode()
    assert "不僅 a@b.tw" in to_text(page().replace("不僅".encode(), "不僅 ".encode() + link), "t").text


def test_coloured_text_that_is_no_post_loses_its_colours_alone():
    told = to_text(b"\x1b[1;31mexports\x1b[m rose 3.8%\n\n\n\nok", "log")
    assert (told.kind, told.text) == ("text", "exports rose 3.8%\n\n\n\nok")
