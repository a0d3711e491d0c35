"""Bytes to text: UTF-8, else the encodings of Taiwan's forums (Big5-UAO) and of the mainland (GB18030).

Python's cp950 lacks signs that PTT's users write (kana, Simplified forms, circled numbers): Big5-UAO has
them. Bytes of GB18030 are often good Big5 and the reverse, so both are tried, and the one whose signs are
usual in real text wins.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tidewaiter.errors import UnknownLayoutError

if TYPE_CHECKING:
    from collections.abc import Callable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAIR = re.compile(r"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_HIGH = re.compile(r"[\x80-\xff]")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_COLOUR = re.compile(rb"(?<=[\x81-\xfe])((?:\x1b\[[\d;]*m)+)([\x40-\x7e\xa1-\xfe])")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_USUAL = frozenset(
    "，。、；：「」（）％！？・…—─│～　的一是不在有年月日出口進口貿易總值億元美增減成長與及為上下大中國人"
    "台臺灣較來同期個第三二四五六七八九十百千萬電子產品業經濟部財政統計公布表示去今前單高低連續金額率時間作者標"
    "題看板推噓編輯进贸总值亿减长与为国来个万电产业经济财统计发这说时对会我们他她它了和也就都要可以到没"
    "“”‘’–—…€£°é"
)
_ENOUGH = 0.15  # of the signs beyond ASCII are usual ones in any real text; chance gives under 0.02
_FEW = 0.02  # signs that cannot be read, of those beyond ASCII, in a file that is only damaged
_BYTE = 255
_SAMPLE = 100_000  # bytes to judge an encoding by
_SHORT = 12  # signs beyond ASCII that are too few to judge by


def decode(data: bytes, name: str) -> tuple[str, list[str]]:
    """The text of some bytes, and what was guessed.

    Raises:
        UnknownLayoutError: they are no text.
    """
    text, findings = _decode(data)
    if text is None or "\x00" in text or len(_CONTROLS.findall(text)) > max(2, len(text) // 500):
        raise UnknownLayoutError(
            "the file is neither text nor a document of a kind that is read",
            hint="text, HTML, PDF, DOCX, ODT and saved forum pages are read",
            where=name,
        )
    return text, findings


def _decode(data: bytes) -> tuple[str | None, list[str]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            body = data.removeprefix(mark) if encoding == "utf-8" else data
            return body.decode(encoding, errors="replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return _older(data)


def _older(data: bytes) -> tuple[str | None, list[str]]:
    """Not UTF-8: the likeliest of three, the declared one ahead; None when none gives usual words."""
    mended = data.decode("utf-8", errors="replace")
    lost = mended.count("\ufffd")
    if lost <= _FEW * max(1, len(mended) - len(mended.encode("ascii", errors="ignore"))):
        return mended, [f"{lost} damaged signs in UTF-8"]
    best, likely = _likeliest(data[:_SAMPLE])
    text = _DECODERS[best](data)
    return (text if likely else None), _told(best, text)


def _likeliest(sample: bytes) -> tuple[str, bool]:
    """The encoding whose signs are the most usual ones, and whether they are usual enough."""
    declared = _CHARSET.search(sample[:4096])
    named = declared[1].decode().lower() if declared else ""
    texts = {name: decoder(sample) for name, decoder in _DECODERS.items()}
    scores = {name: _usual(text) for name, text in texts.items()}
    for prefix, name in (("big5", "Big5-UAO"), ("gb", "GB18030")):
        if named.startswith(prefix):
            scores[name] += 0.5
    best = max(scores, key=lambda name: scores[name])
    return best, scores[best] >= _ENOUGH or len(_beyond(texts[best])) <= _SHORT


def _told(encoding: str, text: str) -> list[str]:
    lost = text.count("\ufffd")
    return [f"read as {encoding}", *([f"{lost} signs that {encoding} does not have"] if lost else [])]


def _beyond(text: str) -> list[str]:
    return [sign for sign in text if sign > "\x7f"]


def _usual(text: str) -> float:
    """Share of usual signs among those beyond ASCII, lost ones counted against it."""
    beyond = _beyond(text)
    lost = beyond.count("\ufffd")
    return (sum(sign in _USUAL for sign in beyond) - 3 * lost) / max(1, len(beyond))


def _big5(data: bytes) -> str:
    """Big5-UAO. A colour code between the two bytes of a sign is moved before it."""
    table = _table()
    whole = _COLOUR.sub(rb"\2\1", data) if b"\x1b" in data else data
    text = _PAIR.sub(lambda pair: table.get(pair[0], "\ufffd"), whole.decode("latin-1"))
    return _HIGH.sub("\ufffd", text)


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    from uao.b2u import b2u_table  # noqa: PLC0415 — 20,000 signs, for old files alone

    return {
        bytes((key >> 8, key & 255)).decode("latin-1"): sign for key, sign in b2u_table.items() if key > _BYTE
    }


_DECODERS: dict[str, Callable[[bytes], str]] = {
    "Big5-UAO": _big5,
    "GB18030": lambda data: data.decode("gb18030", errors="replace"),
    "Windows-1252": lambda data: data.decode("cp1252", errors="replace"),
}
