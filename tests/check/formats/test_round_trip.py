"""The same words, whatever the file."""

from __future__ import annotations

import json

import pytest
from sample import sample

from tidewaiter.bulletin.render import render
from tidewaiter.check.formats import to_text

KINDS = ("text", "html", "docx", "odt", "pdf")


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_gives_the_same_lines(make, kind):
    told = to_text(make[kind](), "a file")
    assert told.kind.removeprefix("tagged ") == kind
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


def close(words: str) -> str:
    """Without blanks, and with one kind of dash: what typesetting may change."""
    return "".join(words.split()).translate(dict.fromkeys(map(ord, "−–—\u2011"), "-"))


@pytest.mark.parametrize("kind", ["html", "pdf", "odt", "docx"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_statement_of_a_bulletin_stands_whole_in_its_text(lang, kind):
    bulletin = sample(lang)
    told = close(to_text(render(bulletin, kind), "a bulletin").text)
    said = json.loads(render(bulletin, "json"))
    statements = said if isinstance(said, list) else said["statements"]
    assert [one["text"] for one in statements if close(one["text"]) not in told] == []
