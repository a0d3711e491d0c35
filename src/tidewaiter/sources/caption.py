"""What the caption of a brief's table says: reporter, flow, commodity, and what its rows are.

============================================  ========  ========  ==========  =========
caption                                       reporter  flow      commodity   rows are
============================================  ========  ========  ==========  =========
我國伺服器出口統計                              TWN       exports   伺服器       partners
各國在美國伺服器進口市場市占率                    USA       imports   伺服器       partners
日本工具機進口來源                              JPN       imports   工具機       partners
主要國家伺服器出口統計                          each row  exports   伺服器       reporters
============================================  ========  ========  ==========  =========

Rules: the opening tells whose trade it is; the flow is the last 出口 or 進口; the commodity stands
between the two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidewaiter.errors import UnknownNameError, UnparsableError
from tidewaiter.model.key import TOTAL, WORLD, Key
from tidewaiter.nomenclature import areas, commodities, flows
from tidewaiter.nomenclature.codelist import commodity_code, fold

RESIDUAL_NAMES = frozenset({"其他", "其他國家", "其他地區", "其餘國家", "其他國家(地區)"})
RESIDUAL = "OTHER"
_TOTALS = frozenset({"合計", "總計", "總值", "全球", "世界", "全世界", "金額", "總額"})
_IN_AREA = re.compile(r"(?:各國|主要國家|我國|各主要國家)(?:於|在)(?P<rest>.+)")
_REPORTERS = re.compile(
    r"(?:全球)?(?:主要|前\d+大)?(?:國家|各國|出口國家?|進口國家?|出口國|進口國)(?:之|的)?(?P<rest>.*)"
)
_FILLER = re.compile(r"^[之的]|(?:主要|重要|前\d+大|產品|之|的)$")
_FLOWS = re.compile(r"出口|進口|外銷")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a table is about.

    Attributes:
        key: series of its total row; where rows are reporters the reporter is the world.
        rows_are: ``partner`` or ``reporter``; also what a share in the table is a share of.
    """

    key: Key
    rows_are: str


def read_caption(caption: str, hs: str = "") -> Subject:
    """The subject of a table.

    Args:
        caption: without the table's number.
        hs: the HS code that the table's note gives; it names a commodity that no code list knows.

    Raises:
        UnparsableError: the caption fits none of the rules.
        UnknownNameError: its commodity or reporter is in no code list.
    """
    text = fold(caption)
    if match := _IN_AREA.match(text):
        reporter, rest = _leading_area(match["rest"])
        return Subject(_key(reporter, rest, caption, hs), "partner")
    # 主要國家… before the areas: no area is called so, and 全球主要國家 opens with one
    if (match := _REPORTERS.match(text)) and _FLOWS.search(match["rest"]):
        return Subject(_key(WORLD, match["rest"], caption, hs), "reporter")
    reporter, rest = _leading_area(text)
    return Subject(_key(reporter, rest, caption, hs), "reporter" if reporter == WORLD else "partner")


def _leading_area(text: str) -> tuple[str, str]:
    """The area a text opens with (the longest name wins), and the rest."""
    names = {fold(name): code for name, code in areas().aliases("zh").items()}
    opening = [name for name in names if text.startswith(name)]
    if not opening:
        hint = "captions read 我國…出口統計, 各國在美國…進口市場 or 主要國家…出口統計"
        raise UnparsableError(f"the caption {text!r} does not open with whose trade it is", hint=hint)
    longest = max(opening, key=len)
    return names[longest], text.removeprefix(longest)


def _key(reporter: str, rest: str, caption: str, hs: str) -> Key:
    found = list(_FLOWS.finditer(rest))
    if not found:
        raise UnparsableError(f"the caption {caption!r} names neither 出口 nor 進口")
    name = rest[: found[-1].start()]
    while (shorter := _FILLER.sub("", name)) != name:
        name = shorter
    flow = flows().code_of(found[-1].group())
    return Key(reporter, flow, _commodity(name, hs) if name else TOTAL)


def _commodity(name: str, hs: str) -> str:
    try:
        return commodity_code(name)
    except UnknownNameError:
        if not hs:
            raise
        return commodity_code(hs)


def row_key(subject: Subject, label: str) -> Key:
    """The series of a row.

    The total row is named after the flow (出口值), as a sum (合計) or as the world (全球). Other rows are
    areas; in a table of partners they can be commodities too (a product by kind).

    Raises:
        UnknownNameError: the label is neither, with the nearest names known.
    """
    name = fold(label)
    if name in _TOTALS or flows().find(label) == subject.key.flow or label == subject.key.commodity:
        return subject.key
    area = RESIDUAL if name in RESIDUAL_NAMES else areas().find(label)
    if area is not None:
        return subject.key.but(**{subject.rows_are: area})
    commodity = commodities().find(label)
    if commodity is not None and subject.rows_are == "partner":
        return subject.key.but(commodity=commodity)
    raise _unknown(label)


def _unknown(label: str) -> UnknownNameError:
    try:
        areas().code_of(label)
    except UnknownNameError as error:
        return error
    raise AssertionError(label)  # pragma: no cover - the caller has looked
