"""Parts 2 to 5: what the total is made of, by goods, use, market and source.

All four are one scheme: the total's change, each part by the size of its change (level, place in history,
change, share or contribution, what it came from), and the year to date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.bulletin.document import Block, Heading, NumberedList, Paragraph, Point
from tidewaiter.bulletin.release import clauses
from tidewaiter.bulletin.release.desk import Desk, sentence_case
from tidewaiter.phrases.numbers import percent

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Runs
    from tidewaiter.model.key import Key

_ITEMS = 3  # of which: as many as a reader keeps in mind
_PRINTS_ZERO = 0.05
# in two lists of the release, so the code list cannot name one group
_ALSO = {("exports", "electronic_components"): ("ic",), ("imports", "raw_materials"): ("ic",)}


@dataclass(frozen=True)
class Scheme:
    """How one part is told.

    Attributes:
        name: of its heading in the wording, ``part.groups``.
        whole: the series the parts sum to.
        keys: the parts.
        dimension: in which the parts differ, ``commodity`` or ``partner``.
        lead: wording of a point's lead.
        share: tell the share and its change; without, the contribution to growth.
        counted: the parts are all there is, so their rises and falls may be counted.
    """

    name: str
    whole: Key
    keys: tuple[Key, ...]
    dimension: str
    lead: str = "lead.plain"
    share: bool = True
    counted: bool = False

    def label(self, desk: Desk, key: Key) -> str:
        """The part by name."""
        return desk.area(key.partner) if self.dimension == "partner" else desk.goods(key.commodity)

    def in_list(self, desk: Desk, key: Key) -> str:
        """The part in a list of parts: 對美國, 自日本, 機械."""
        name = self.label(desk, key)
        return desk.say.text(f"partner.{key.flow}", name=name) if self.dimension == "partner" else name


def part(desk: Desk, scheme: Scheme, number: str) -> list[Block]:
    """The part; nothing when the release has none of its series."""
    keys = clauses.by_size(desk, list(scheme.keys))
    if not keys:
        return []
    blocks: list[Block] = [
        Heading(desk.say(f"part.{scheme.name}", n=number)),
        Paragraph(_open(desk, scheme, keys)),
    ]
    blocks.append(NumberedList(tuple(_point(desk, scheme, key) for key in keys), "(1)"))
    if desk.cumulates:
        blocks.append(Paragraph(_to_date(desk, scheme)))
    return blocks


def _open(desk: Desk, scheme: Scheme, keys: list[Key]) -> Runs:
    change = clauses.change(desk, scheme.whole)
    opened = desk.say(f"open.{scheme.whole.flow}", month=desk.month_name, change=change) if change else ()
    return desk.say.clauses(
        [opened, _breadth(desk, scheme, keys), desk.say("by_size", {"points": float(not scheme.share)})],
        "colon",
    )


def _breadth(desk: Desk, scheme: Scheme, keys: list[Key]) -> Runs:
    """How many rose and how many fell: only where the parts are all there is."""
    if not scheme.counted or len(keys) < len(scheme.keys):
        return ()
    growths = [found for key in keys if (found := desk.find(key, "yoy")) is not None]
    up = [found for found in growths if found.value > 0]
    down = [found for found in growths if found.value < 0]
    if len(up) + len(down) != len(keys):
        return ()
    counts = {"n": float(len(keys)), "up": float(len(up))}
    pen = desk.pen
    return desk.say(
        "breadth",
        counts,
        n=pen.said(str(len(keys)), *growths),
        up=pen.said(str(len(up)), *(up or growths)),
        down=pen.said(str(len(down)), *(down or growths)),
    )


def _point(desk: Desk, scheme: Scheme, key: Key) -> Point:
    level = desk.find(key, "level")
    name = scheme.label(desk, key)
    if scheme.lead == "lead.plain":
        name = sentence_case(name)
    lead = desk.say(scheme.lead, name=name, level=desk.pen.amount(level)) if level else (name,)
    told = [clauses.record(desk, key), clauses.change(desk, key), clauses.streak(desk, key)]
    told.append(share(desk, scheme, key) if scheme.share else _contribution(desk, scheme, key))
    told.append(_of_which(desk, key))
    return Point(desk.say.clauses(told), lead)


def share(desk: Desk, scheme: Scheme, key: Key, *, to_date: bool = False) -> Runs:
    """占總出口33.6%，較上年同月增加6.3個百分點."""
    period = desk.month.to_date() if to_date else desk.month
    found = desk.pen.find(key, "share", period, scheme.dimension)
    if found is None:
        return ()
    told = desk.say(f"share.{scheme.whole.flow}", share=desk.pen.percent(found))
    moved = desk.pen.find(key, "pp_change", period, f"share:{scheme.dimension}")
    if moved is None or abs(moved.value) < _PRINTS_ZERO:
        return told
    words = "share.change_ytd" if to_date else "share.change"
    change = desk.say(words, {"value": moved.value}, points=desk.pen.points(moved))
    return desk.say("share.both", share=told, change=change)


def _contribution(desk: Desk, scheme: Scheme, key: Key) -> Runs:
    """貢獻23.8個百分點, 拖累0.5個百分點."""
    found = desk.find(key, "contribution", scheme.dimension)
    if found is None or abs(found.value) < _PRINTS_ZERO:
        return ()
    entry = "contribution.up" if found.value >= 0 else "contribution.down"
    return (desk.pen.phrase(entry, found, value=percent(found.value)),)


def _of_which(desk: Desk, key: Key) -> Runs:
    """其中: items of a group, groups of a market, members of an area, by the size of their change."""
    below = [(_label_below(desk, key, each), each) for each in _below(desk, key)]
    order = clauses.by_size(desk, [each for _, each in below])[:_ITEMS]
    names = {each: name for name, each in below}
    items = [clauses.change_item(desk, names[each], each) for each in order]
    return desk.say("of_which", items=desk.say.listed(items)) if items else ()


def _below(desk: Desk, key: Key) -> list[Key]:
    from tidewaiter.nomenclature import areas, commodities  # noqa: PLC0415 (lists are read on first use)

    if key.partner != "W00":
        goods = desk.pen.own.keys(key.but(commodity="*"))
        within = [each for each in goods if each.commodity != key.commodity]
        if within:
            return within
        entry = areas().entries.get(key.partner)
        members = entry.facts.get("members", []) if entry else []
        known = set(desk.pen.own.keys(key.but(partner="*")))
        return [each for code in members if (each := key.but(partner=code)) in known]
    field = "group" if key.flow == "exports" else "use"
    codes = [code for code, each in commodities().entries.items() if each.facts.get(field) == key.commodity]
    return [key.but(commodity=code) for code in (*codes, *_ALSO.get((key.flow, key.commodity), ()))]


def _label_below(desk: Desk, key: Key, each: Key) -> str:
    return desk.goods(each.commodity) if each.commodity != key.commodity else desk.area(each.partner)


def _to_date(desk: Desk, scheme: Scheme) -> Runs:
    change = clauses.change(desk, scheme.whole, to_date=True)
    name = f"ytd.{scheme.whole.flow}_change"
    head = desk.say(name, {"year": float(desk.is_year)}, span=desk.span_name, change=change) if change else ()
    order = clauses.by_change(desk, list(scheme.keys), to_date=True)
    items = [clauses.change_item(desk, scheme.in_list(desk, key), key, to_date=True) for key in order]
    listed = desk.say("of_which", items=desk.say.listed([item for item in items if item])) if items else ()
    return desk.say.clauses([head, listed])
