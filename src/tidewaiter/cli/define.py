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
_FACTS_ZH = {
    "definition_zh": "定義", "definition_en": "定義（英）", "definition_source": "定義出處", "source": "出處",
    "excludes": "不含", "excludes_zh": "不含", "excludes_en": "不含（英）", "note": "說明", "note_zh": "說明",
    "note_en": "說明（英）", "items": "細項", "list_zh": "清單", "list_en": "清單（英）",
    "list_source": "清單出處",
    "codes_zh": "號列公布情形", "codes_en": "號列公布情形（英）", "codes_published": "公布之號列",
    "codes_source": "號列出處", "hs_unofficial": "號列（非官方）", "hs_unofficial_source": "非官方號列之來源",
    "hs_unofficial_date": "非官方號列之時點", "group_unofficial": "所屬貨品群（非官方）", "formula": "公式",
    "unit": "單位", "parameters": "參數", "above": "上層", "below": "下層", "editions": "HS版本",
    "national_codes": "CCC號列", "name_zh_official": "官方中文名", "name_en_official": "官方英文名",
    "members_now": "現有成員", "members_dated": "成員起訖", "members_of_the_release": "發布所列成員",
    "not_published_zh": "未公布者", "not_published_en": "未公布者（英）", "belongs_to": "所屬區域",
    "across_editions_zh": "跨HS版本",
    "across_editions_en": "跨HS版本（英）", "valuation": "計價", "group": "所屬貨品群",
    "use": "用途別", "industry": "產業別", "series": "序列",
}  # fmt: skip


def define(
    name: str, /, *, format: Literal["table", "json", "jsonl"] = "table", common: Common | None = None
) -> int:
    """The definition card: names, codes and what they leave out, dates, source, look-alikes.

    Of a group of goods it says what its office publishes of its codes, and what it does not; of an area who
    belonged when; of a code what stands above and below it and where it went in another edition of the HS;
    of a statistic its formula.

    Examples:
        tidewaiter define 資通與視聽產品
        tidewaiter define 847150 --format json
        tidewaiter define 東協
        tidewaiter define 年增率

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
    facts = _FACTS_ZH if lang == "zh" else {}
    lines = [
        (zh, "、".join(card.zh)),
        (en, "; ".join(card.en)),
        (members, ", ".join(card.members)),
        (hs, ", ".join(card.hs)),
        *((facts.get(fact, fact.replace("_", " ")), value) for fact, value in card.facts),
        (series, ", ".join(card.series) + more),
        (releases, ", ".join(card.releases)),
        (alike, ", ".join(card.look_alikes)),
    ]
    table = Table(box=None, show_header=False, title=f"{card.kind} {card.code}", title_justify="left")
    for name, value in lines:
        if value:
            table.add_row(Text(name, style="dim"), Text(value))
    page().print(table)
