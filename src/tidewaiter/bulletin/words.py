"""The fixed words of a page in each language: 表, 圖, 資料來源, page numbers, the appendix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Lang


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words. ``{}`` takes a number."""

    tag: str
    table: str
    figure: str
    source: str
    notes: str
    unit: str
    colon: str
    number: str
    continued: str
    page: str
    skip: str
    evidence: str
    evidence_hint: str
    chart_data: str
    columns: tuple[str, str, str, str, str, str]
    preliminary: str
    period: str
    separator: str
    full_stop: str


ZH = Words(
    tag="zh-Hant-TW",
    table="表{}",
    figure="圖{}",
    source="資料來源",
    notes="說明",
    unit="單位",
    colon="：",
    number="《{}》",
    continued="（續）",
    page="第 {} 頁，共 {} 頁",
    skip="跳至內文",
    evidence="數據佐證",
    evidence_hint="文中、表中與圖中的每一個數字都可點選，連至下列來源。",
    chart_data="圖表數據",
    columns=("數據識別碼", "數值", "單位", "取得方式", "發布版本", "來源儲存格"),
    preliminary="初步值",
    period="期間",
    separator="；",
    full_stop="。",
)

EN = Words(
    tag="en",
    table="Table {}",
    figure="Figure {}",
    source="Source",
    notes="Notes",
    unit="Unit",
    colon=": ",
    number="No. {}",
    continued=" (continued)",
    page="Page {} of {}",
    skip="Skip to the text",
    evidence="Evidence",
    evidence_hint="Every number in the text, the tables and the charts links to its entry below.",
    chart_data="Data of the chart",
    columns=("Figure", "Value", "Unit", "Route", "Release", "Cells"),
    preliminary="preliminary",
    period="Period",
    separator="; ",
    full_stop=".",
)


def words(lang: Lang) -> Words:
    """The words of a language."""
    return ZH if lang == "zh" else EN
