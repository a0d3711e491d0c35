"""Charts of the sample bulletin, one of each form. Every number is invented."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from invented import GROUPS, fig, level, months_back

from tidewaiter.bulletin.document import Chart, ChartPoint, Series

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Lang
    from tidewaiter.model.period import Period


def months_chart(lang: Lang) -> Chart:
    zh = lang == "zh"
    months = months_back(13)

    def label(at: int, month: Period) -> str:
        year = f"\n{month.end_year}" if at == 0 or month.end_month == 1 else ""
        return f"{month.end_month}月{year}" if zh else f"{'JFMAMJJASOND'[month.end_month - 1]}{year}"

    levels = tuple(
        ChartPoint(
            str(month),
            label(at, month),
            level(at) / 100,
            f"{level(at) / 100:,.1f}",
            fig("exports.total.W00", "level", str(month)),
            strong=at == 12,
        )
        for at, month in enumerate(months)
    )
    growth = tuple(
        ChartPoint(
            str(month),
            label(at, month),
            (value := 18 * math.sin(at / 2) + 6),
            f"{value:.1f}",
            fig("exports.total.W00", "yoy", str(month)),
            strong=at == 12,
        )
        for at, month in enumerate(months)
    )
    return Chart(
        1,
        "近13個月出口及年增率（範例）" if zh else "Exports and growth, 13 months (sample)",
        "虛構：出口由380億美元升至510億美元，年增率轉負。"
        if zh
        else "Invented: exports rise, growth turns negative.",
        "months",
        (
            Series("出口" if zh else "Exports", "億美元" if zh else "US$ 100 million", levels),
            Series("年增率" if zh else "Growth on a year ago", "%", growth, "line"),
        ),
        source="虛構資料" if zh else "Invented data",
    )


def years_chart(lang: Lang) -> Chart:
    zh = lang == "zh"
    marks = {9: "第1高" if zh else "1st", 8: "第2高" if zh else "2nd", 6: "第3高" if zh else "3rd"}
    points = tuple(
        ChartPoint(
            f"{2090 + at}-01..{2090 + at}-11",
            str(2090 + at) + ("\n1-11月" if zh and at in (0, 9) else ""),
            (value := 2500 + 150 * at + 200 * math.sin(at * 2)),
            f"{value:,.1f}",
            fig("exports.total.W00", "ytd_level", f"{2090 + at}-01..{2090 + at}-11"),
            mark=marks.get(at, ""),
            strong=at == 9,
        )
        for at in range(10)
    )
    return Chart(
        2,
        "近10年1-11月出口（範例）" if zh else "Exports, January–November of ten years (sample)",
        "虛構：2099年1-11月為10年最高。" if zh else "Invented: 2099 is the highest of ten years.",
        "years",
        (Series("1-11月出口" if zh else "Exports, Jan–Nov", "億美元" if zh else "US$ 100 million", points),),
    )


def bars_chart(lang: Lang) -> Chart:
    zh = lang == "zh"
    points = tuple(
        ChartPoint(
            f"g{at}",
            name,
            (value := 30.0 - 4.1 * at),
            f"{value:+.1f}",
            fig(f"exports.g{at}.W00", "contribution", "2099-01"),
            strong=at == 1,
        )
        for at, name in enumerate(GROUPS[lang][:11])
    )
    return Chart(
        3,
        "各類貨品對出口年增率之貢獻（範例）" if zh else "Contributions to export growth (sample)",
        "虛構：電子零組件貢獻最多。" if zh else "Invented: electronic components contribute most.",
        "bars",
        (Series("貢獻" if zh else "Contribution", "百分點" if zh else "percentage points", points),),
    )
