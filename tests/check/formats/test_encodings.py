"""Plain text in the encodings it comes in."""

from __future__ import annotations

import pytest
from uao import register_uao

from tidewaiter.check.formats import to_text
from tidewaiter.errors import FaultsError, UnknownLayoutError

register_uao()
SENTENCE = "財政部公布11月出口374.7億美元、年成長3.8%，為近16個月最佳。\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp950", "big5-uao"])
def test_the_text_is_as_given(encoding):
    assert to_text(SENTENCE.encode(encoding), "memo").text == SENTENCE


def test_signs_that_only_the_forums_write_are_read():
    words = "出口創新高♥ すごい 发财\n" + SENTENCE
    with pytest.raises(UnicodeEncodeError):
        words.encode("cp950")
    told = to_text(words.encode("big5-uao"), "post")
    assert told.text == words
    assert told.findings == ("read as Big5-UAO",)


def test_simplified_bytes_are_told_from_big5():
    words = "财政部公布11月出口374.7亿美元、同比增长3.8%，创近16个月最佳。"
    told = to_text(words.encode("gb18030"), "memo")
    assert (told.text, told.simplified, told.findings) == (words, True, ("read as GB18030",))


def test_english_with_typographic_quotes_is_read():
    words = "Taiwan’s exports rose 3.8% – the best in 16 months."
    assert to_text(words.encode("cp1252"), "memo").text == words


def test_a_cut_or_damaged_file_keeps_what_can_be_read():
    told = to_text((SENTENCE * 20).encode()[:-3], "memo")
    assert told.text.startswith(SENTENCE)
    assert "damaged" in told.findings[0]


def test_simplified_text_is_kept_and_has_a_traditional_reading_of_the_same_length():
    words = "台湾11月出口干货增长3.8%，后续里程可观，达374.7亿美元，\n创历史新高。"
    told = to_text(words.encode(), "memo")
    assert told.simplified
    assert told.text == words
    assert len(told.traditional) == len(words)
    assert told.traditional[words.index("亿")] == "億"


@pytest.mark.parametrize("words", [SENTENCE, "Exports rose 3.8%.", "台灣出口干擾里程碑"])
def test_other_text_is_not_simplified(words):
    told = to_text(words.encode(), "memo")
    assert (told.simplified, told.traditional) == (False, None)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bytes(range(256)) * 9, "neither text"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "before 2007"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\x1f\x8b\x08", "packed"),
    ],
)
def test_what_is_no_text_is_told(data, said):
    with pytest.raises(UnknownLayoutError, match=said):
        to_text(data, "a.txt")


def test_an_enormous_file_is_refused():
    with pytest.raises(FaultsError, match="more than"):
        to_text(b" " * ((64 << 20) + 1), "a.txt")
