"""``tidewaiter define``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tidewaiter.cli.common import Common
from tidewaiter.cli.output import write_json
from tidewaiter.cli.talk import page

if TYPE_CHECKING:
    from tidewaiter.api.cards import Card

_WORDS = {
    "en": ("names in Chinese", "names in English", "sum of", "HS and CCC codes", "series here", "releases",
           "not to be confused with"),
    "zh": ("中文名稱", "英文名稱", "組成", "稅則號別", "現有序列", "來源", "勿與之混淆"),
}  # fmt: skip


def define(
    name: str, /, *, format: Literal["table", "json", "jsonl"] = "table", common: Common | None = None
) -> int:
    """The definition card: names, members, HS codes as far as known, source, look-alikes.

    Examples:
        tidewaiter define 資通
        tidewaiter define 847150 --format json

    Args:
        name: A name in Chinese or English, a code, or a statistic.
        format: table, json or jsonl.
    """
    options = common or Common()
    cards = options.open().define(name)
    if format != "table":
        write_json([card.row() for card in cards], lines=format == "jsonl")
        return 0
    for card in cards:
        _show(card, options.language)
    return 0


def _show(card: Card, lang: str) -> None:
    from rich.table import Table
    from rich.text import Text

    zh, en, members, hs, series, releases, alike = _WORDS[lang]
    more = f" … ({card.series_count})" if card.series_count > len(card.series) else ""
    lines = [
        (zh, "、".join(card.zh)),
        (en, "; ".join(card.en)),
        (members, ", ".join(card.members)),
        (hs, ", ".join(card.hs)),
        *card.facts,
        (series, ", ".join(card.series) + more),
        (releases, ", ".join(card.releases)),
        (alike, ", ".join(card.look_alikes)),
    ]
    table = Table(box=None, show_header=False, title=f"{card.kind} {card.code}", title_justify="left")
    for name, value in lines:
        if value:
            table.add_row(Text(name, style="dim"), Text(value))
    page().print(table)
