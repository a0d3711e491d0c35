"""Tables of the sample bulletin: wide in two halves, long, and in blocks. Every number is invented."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from invented import GROUPS, cell, fig, level, months_back

from tidewaiter.bulletin.tables import Cell, Column, Row, Table
from tidewaiter.model.period import Period

if TYPE_CHECKING:
    from tidewaiter.bulletin.document import Lang


def _month_label(period: Period, lang: Lang) -> str:
    if lang == "zh":
        return f"{period.end_year - 1911}年{period.end_month}月"
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{names[period.end_month - 1]} {period.end_year}"


def periods_of_table(lang: Lang) -> list[tuple[Period, str, str]]:
    rows = [
        (Period.year(year), "year", f"{year - 1911}年" if lang == "zh" else str(year))
        for year in range(2089, 2099)
    ]
    for month in months_back(13):
        rows.append((month, "month", _month_label(month, lang)))
        if month.end_month == 12:
            label = f"{month.end_year - 1911}年1-12月" if lang == "zh" else f"Jan–Dec {month.end_year}"
            rows.append((month.to_date(), "cumulative", label))
    return rows


def rows_for(keys: list[tuple[str, str, int]], lang: Lang) -> tuple[Row, ...]:
    rows = []
    for at, (period, kind, label) in enumerate(periods_of_table(lang)):
        scale = 12 if kind in ("year", "cumulative") else 1
        cells = tuple(
            cell(
                level(at + n, 38000.0 / (1 + n / 3)) * scale if decimals == 0 else 20 * math.sin(at + n),
                decimals,
                fig(key, statistic, str(period)),
            )
            for n, (key, statistic, decimals) in enumerate(keys)
        )
        rows.append(Row(label, cells, kind))
    names = {
        "zh": ("較上月增減", "較上月增減(%)", "較上年同月增減", "較上年同月增減(%)", "較上年同期增減"),
        "en": (
            "Change on last month",
            "Change on last month (%)",
            "Change on a year ago",
            "Change on a year ago (%)",
            "Change, year to date",
        ),
    }
    for label in names[lang]:
        cells = tuple(
            Cell("-")
            if decimals
            else cell(
                -3.4 if "%" in label else 1234.5, 1 if "%" in label else 0, fig(key, "change", "2099-01")
            )
            for key, _, decimals in keys
        )
        rows.append(Row(label, cells, "difference"))
    return tuple(rows)


def totals_table(lang: Lang) -> Table:
    zh = lang == "zh"
    flows = [
        (("貿易總值" if zh else "Total trade"), "total_trade"),
        (("出口" if zh else "Exports"), "exports"),
        (("進口" if zh else "Imports"), "imports"),
        (("出(入)超" if zh else "Balance"), "balance"),
    ]
    pair = (Column("金額" if zh else "Amount"), Column("年增率(%)" if zh else "Growth (%)"))
    columns = (*(Column(name, pair) for name, _ in flows[:3]), Column(flows[3][0]))
    keys = [
        (f"{code}.total.W00", stat, dec) for _, code in flows[:3] for stat, dec in (("level", 0), ("yoy", 1))
    ]
    keys.append(("balance.total.W00", "level", 0))
    return Table(
        number=1,
        caption="進出口貿易總值（範例）" if zh else "Total trade (sample)",
        columns=columns,
        rows=rows_for(keys, lang),
        unit="百萬美元；%" if zh else "US$ million; %",
        stub="期間" if zh else "Period",
        notes=("數字均為虛構，僅供排版測試。" if zh else "All numbers are invented, for layout tests only.",),
        source="虛構資料" if zh else "Invented data",
    )


def groups_table(lang: Lang) -> Table:
    zh = lang == "zh"
    pair = (Column("金額" if zh else "Amount"), Column("年增率" if zh else "Growth"))
    names = GROUPS[lang]
    keys = [
        (f"exports.g{n}.W00", stat, dec)
        for n in range(len(names))
        for stat, dec in (("level", 0), ("yoy", 1))
    ]
    return Table(
        number=2,
        caption="主要貨品出口（範例）" if zh else "Exports by commodity group (sample)",
        columns=tuple(Column(name, pair) for name in names),
        rows=rows_for(keys, lang),
        unit="百萬美元；%" if zh else "US$ million; %",
        stub="期間" if zh else "Period",
        source="虛構資料" if zh else "Invented data",
    )


def brief_table(lang: Lang) -> Table:
    zh = lang == "zh"
    years = [f"{year}年" if zh else str(year) for year in range(2092, 2099)]
    years.append("2099年 1-9月" if zh else "Jan–Sep 2099")
    places = (
        (("出口值" if zh else "Exports"), "W00", "total"),
        (("美國" if zh else "United States"), "USA", "item"),
        (("馬來西亞" if zh else "Malaysia"), "MYS", "item"),
        (("中國大陸與香港" if zh else "China and Hong Kong"), "CHN+HKG", "item"),
    )
    rows: list[Row] = []
    blocks = (
        ("金額(億美元)" if zh else "Amount (US$ billion)", "level", 1),
        ("年增率(%)" if zh else "Growth (%)", "yoy", 1),
        ("占比(%)" if zh else "Share (%)", "share", 1),
    )
    for title, statistic, decimals in blocks:
        rows.append(Row(title, kind="section"))
        for n, (name, code, kind) in enumerate(places):
            cells = [
                cell(
                    0.01 * (at + 1) if n == 2 and statistic == "level" else 5.7 * (at + 1) / (n + 1),
                    2 if n == 2 and statistic == "level" and at < 4 else decimals,
                    fig(f"exports.HS847150.{code}", statistic, str(2092 + at)),
                )
                for at in range(len(years))
            ]
            if statistic == "share" and n == 3:
                cells[-1] = Cell("-")
            rows.append(Row(name, tuple(cells), kind, level=int(kind == "item")))
    return Table(
        number=3,
        caption="我國伺服器出口統計（範例）" if zh else "Exports of servers (sample)",
        columns=tuple(Column(year) for year in years),
        rows=tuple(rows),
        source="虛構資料" if zh else "Invented data",
        notes=(
            "海關稅則編號參考 HS code 847150，惟不包含以組件形式出口者。"
            if zh
            else "HS code 847150; parts shipped as kits are not included.",
        ),
    )
