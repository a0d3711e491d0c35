"""The day a document bears."""

from __future__ import annotations

from datetime import date

import pytest

from tidewaiter.check.formats import to_text
from tidewaiter.check.formats.dates import meta_day, read_day

DAY = date(2023, 12, 8)


@pytest.mark.parametrize(
    "words",
    ["2023-12-08", "2023/12/8", "2023年12月8日", "中華民國112年12月8日", "112.12.08", "8 December 2023",
     "Dec. 8, 2023", "December 8th 2023", "Fri Dec  8 20:08:40 2023", "20231208",
     "2023-12-08T16:30:00+08:00"],
)  # fmt: skip
def test_days_are_read_as_they_are_written(words):
    assert read_day(words) == DAY


@pytest.mark.parametrize(
    "words", ["", "3.8.1", "2023-13-01", "112年2月30日", "374.7", "99/12", "Exports 8 maybe 2023"]
)
def test_what_is_no_day_is_none(words):
    assert read_day(words) is None


def test_universal_time_is_read_in_taipei():
    assert meta_day("2023-12-07T16:30:00Z") == DAY
    assert meta_day("2023-12-07T16:30:00+09:00") == date(2023, 12, 7)


@pytest.mark.parametrize(
    "head",
    ["發布日期：112年12月8日", "發布時間：\n2023/12/8 18:48（12/8 18:53 更新）",
     "Published: 8 December 2023",
     "2023/12/08 16:30", "（2023年12月8日）", "中華民國112年12月8日 星期五",
     "Release date: December 8, 2023"],
)  # fmt: skip
def test_a_day_at_the_head_is_the_documents(head):
    assert to_text(f"出口統計\n\n{head}\n\n11月出口374.7億美元。".encode(), "memo").date == DAY


@pytest.mark.parametrize(
    "words",
    [
        "自2023年12月8日起出口轉正。",
        "自2022/7/1以來最佳，發布後上漲。",
        "Exports to date since 8 December 2023 rose.",
    ],
)
def test_a_day_in_a_sentence_is_not(words):
    assert to_text(f"出口統計\n\n{words}".encode(), "memo").date is None
