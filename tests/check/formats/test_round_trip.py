"""The same words, whatever the file."""

from __future__ import annotations

import pytest

from tidewaiter.check.formats import to_text

KINDS = ("text", "html", "docx", "odt", "pdf")


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_gives_the_same_lines(make, kind):
    told = to_text(make[kind](), "a file")
    assert told.kind == kind
    wanted = to_text(make["text"](), "a text").text.split("\n")
    assert told.text.replace("−", "-").split("\n") == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_tells_title_and_language(make, kind):
    told = to_text(make[kind](), "a file")
    assert (told.title, told.lang, told.simplified) == ("11月出口翻紅年增3.8%", "zh", False)


@pytest.mark.parametrize("kind", KINDS)
def test_the_name_decides_nothing(make, kind):
    data = make[kind]()
    assert to_text(data, "a.pdf").text == to_text(data, "b.txt").text
