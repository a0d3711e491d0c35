"""Codes of goods as files write them → the codes of our keys, digit level kept.

``8542`` → ``HS8542``, ``85423100`` → ``HS85423100``: a sum over keys of one length never mixes levels.
Other classifications carry a prefix (``BAZG01110100``); goods told by name only become a slug with a
prefix (``jpn_motor_vehicles``).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from tidewaiter.errors import UnknownNameError
from tidewaiter.sources.mapping.spec import HS, NAMES

if TYPE_CHECKING:
    from tidewaiter.sources.mapping.spec import Dimension

_NO_KEY = re.compile(r"[.+*\s]")
_SLUG = re.compile(r"[^0-9a-z]+")
_HS_CODE = re.compile(r"\d{2}[0-9A-Z]*\Z")


def commodity_of(text: str, spec: Dimension) -> str:
    """The key's commodity for a cell.

    Raises:
        UnknownNameError: the code has a length the mapping does not allow, or signs no code has.
    """
    as_is = spec.scheme == HS and not spec.words and not spec.fill and len(text) >= spec.pad >= 0
    if as_is and len(text) in spec.digits and text.isdigit() and text.isascii():
        return (spec.prefix or HS) + text  # as nearly all are; a file has ten thousand
    shown = text.strip()
    if shown in spec.words:
        return spec.words[shown]
    if spec.scheme == NAMES:
        return spec.prefix + slug(shown)
    code = shown
    for sign in spec.strip:
        code = code.replace(sign, "")
    code = padded(code, spec.pad)
    if spec.fill:
        code = code.ljust(spec.fill, "0")
    if spec.digits and len(code) not in spec.digits:
        lengths = ", ".join(map(str, spec.digits))
        raise _unknown(shown, f"{len(code)} signs; codes of this file have {lengths}")
    if spec.scheme == HS and not _HS_CODE.match(code):
        raise _unknown(
            shown, "a code of goods begins with the two digits of its chapter; or put it under words"
        )
    if not code or _NO_KEY.search(code):
        raise _unknown(shown, "a code has no blanks, dots, + or *; name what parts the digits under strip")
    return f"{spec.prefix or spec.scheme}{code}"


def padded(code: str, pad: int) -> str:
    """Zeros before a code that lost them: up to ``pad`` digits, or (-1) to the next even length."""
    if not code.isdigit():
        return code
    return "0" + code if pad < 0 and len(code) % 2 else code.rjust(max(pad, 0), "0")


def slug(name: str) -> str:
    """A name as an identifier: ``Parts Of Audio, Visual App.`` → ``parts_of_audio_visual_app``.

    Names in other scripts keep their letters.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = _SLUG.sub("_", plain).strip("_")
    return made or _NO_KEY.sub("_", unicodedata.normalize("NFKC", name).strip())


def _unknown(code: str, hint: str) -> UnknownNameError:
    return UnknownNameError(f"no commodity code is {code!r}", hint=hint)
