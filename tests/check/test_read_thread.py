"""A forum thread: header, the news as quoted, the poster's view, comments."""

from __future__ import annotations

from datetime import date

import pytest

from tidewaiter.check.document import read_document
from tidewaiter.check.read import extract

THREAD = """作者harbour (港口人)看板Stock標題[新聞] 5月出口年增3.5%時間Fri Jun  7 19:10:02 2024
原文標題：
5月出口年增3.5% 創歷年同月新高

發布時間：
2024/6/7 16:30

原文內容：
財政部今天公布5月海關進出口貿易初步統計，出口規模維持在高檔水準，電子零組件出口１４０
．２億美元，年減0.7%。

心得/評論：
出口連7紅，不錯。

推 gull        : 對美國出口占比要破2 06/07 19:30

→ gull        : 成五了 06/07 19:30

→ tern        : 99資通 06/07 19:31

推 plover      : 去年5月才年減14.1% 06/07 20:00
"""


@pytest.fixture
def claims():
    return extract(read_document(THREAD.encode(), "thread"))


def test_the_thread_bears_its_own_date():
    document = read_document(THREAD.encode(), "thread")
    assert (document.kind, document.lang, document.date) == ("thread", "zh", date(2024, 6, 7))


def test_each_claim_knows_where_it_stands_and_who_said_it(claims):
    assert [(c.where, c.statistic, c.value, c.user, c.time) for c in claims] == [
        ("title", "yoy", "3.5", "", ""),
        ("title", "record", "1", "", ""),
        ("body", "level", "140.2", "", ""),
        ("body", "yoy", "-0.7", "", ""),
        ("poster", "streak", "7", "", ""),
        ("comment", "share", "25", "gull", "06/07 19:30"),
        ("comment", "yoy", "-14.1", "plover", "06/07 20:00"),
    ]


def test_a_wrapped_number_is_one_number_and_its_span_holds_the_line_break(claims):
    wrapped = next(c for c in claims if c.value == "140.2")
    assert "\n" in wrapped.text
    assert THREAD[wrapped.start : wrapped.end] == wrapped.text


def test_a_comment_speaks_of_its_own_period(claims):
    assert next(c for c in claims if c.user == "plover").period == "2023-05"


def test_a_share_in_a_comment_leaves_the_cumulative_span_open(claims):
    share = next(c for c in claims if c.user == "gull")
    assert (share.partner, share.candidates) == ("USA", (("period", "2024-01..2024-05"),))
