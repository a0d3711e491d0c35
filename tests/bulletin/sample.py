"""A bulletin built by hand. Every number in it is INVENTED: a sample to render, never to cite."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from invented import said
from sample_charts import bars_chart, months_chart, years_chart
from sample_tables import brief_table, groups_table, totals_table

from tidewaiter.bulletin.document import Bulletin, Heading, Lang, Masthead, NumberedList, Paragraph, Point
from tidewaiter.bulletin.evidence import Evidence
from tidewaiter.model.period import Period


def _text_zh() -> tuple[Heading | Paragraph | NumberedList, ...]:
    return (
        Heading(("一、進出口總值",)),
        Paragraph(
            (
                "（範例，數字均為虛構）受惠人工智慧應用需求持續強勁，出口",
                said("511.2億美元", 51123.4, "exports.total.W00", "level", "2099-01"),
                "，為",
                said("歷年單月新高", 1, "exports.total.W00", "rank", "2099-01"),
                "，較上月增加",
                said("3.4%", 3.4, "exports.total.W00", "mom", "2099-01"),
                "，較上年同月增加",
                said("34.1%", 34.07, "exports.total.W00", "yoy", "2099-01"),
                "（以新臺幣計算增",
                said("22.5", 22.5, "exports.total.W00.twd", "yoy", "2099-01"),
                "%），",
                said("連續13個月正成長", 13, "exports.total.W00", "streak", "2099-01"),
                "。",
            )
        ),
        Heading(("二、主要貨品出口",)),
        NumberedList(
            (
                Point(
                    (
                        "伺服器為具備較高計算能力、儲存容量及網絡連接的電腦系統，企業及雲端服務供應商投入資料中心建置，",
                        "復因疫情催化數位轉型商機，產值續增",
                        said("153.9%", 153.9, "production.HS847150.W00", "yoy", "2099-01"),
                        "，全年將再締新猷。",
                    ),
                    (
                        "2099年1-7月伺服器產值",
                        said("4,267億元", 4267.0, "production.HS847150.W00", "level", "2099-01"),
                        "續創新高",
                    ),
                    NumberedList(
                        (
                            Point(
                                (
                                    "其中處理器及控制器增",
                                    said("1.8倍", 180.0, "exports.cpu.W00", "yoy", "2099-01"),
                                    "。",
                                )
                            ),
                            Point(
                                (
                                    "儲存媒體減",
                                    said("0.7億美元", -70.0, "exports.storage.W00", "change", "2099-01"),
                                    "。",
                                )
                            ),
                        ),
                        "(1)",
                    ),
                ),
                Point(
                    (
                        "對美國出口占比揚升至",
                        said("78.9%", 78.9, "exports.HS847150.USA", "share", "2099-01"),
                        "，較上年增加",
                        said("5.9個百分點", 5.9, "exports.HS847150.USA", "pp_change", "2099-01"),
                        "。",
                    ),
                    ("我國伺服器出口以美國為大宗",),
                ),
            )
        ),
    )


def _text_en() -> tuple[Heading | Paragraph | NumberedList, ...]:
    return (
        Heading(("1. Total trade",)),
        Paragraph(
            (
                "(Sample, all numbers invented.) Exports reached ",
                said("US$51.12 billion", 51123.4, "exports.total.W00", "level", "2099-01"),
                ", ",
                said("the highest on record", 1, "exports.total.W00", "rank", "2099-01"),
                ", up ",
                said("34.1%", 34.07, "exports.total.W00", "yoy", "2099-01"),
                " from a year earlier and ",
                said("3.4%", 3.4, "exports.total.W00", "mom", "2099-01"),
                " from the month before; growth has now lasted ",
                said("13", 13, "exports.total.W00", "streak", "2099-01"),
                " months. The share of the United States rose by ",
                said("5.9 percentage points", 5.9, "exports.total.USA", "pp_change", "2099-01"),
                ".",
            )
        ),
        NumberedList(
            (
                Point(
                    (
                        "Servers led, with exports up ",
                        said("153.9%", 153.9, "exports.HS847150.W00", "yoy", "2099-01"),
                        ".",
                    ),
                    (
                        "Production of servers reached ",
                        said("NT$426.7 billion", 4267.0, "production.HS847150.W00", "level", "2099-01"),
                    ),
                ),
                Point(("The rest followed.",), ("Others",)),
            )
        ),
    )


def sample(lang: Lang) -> Bulletin:
    zh = lang == "zh"
    bare = Bulletin(
        id=f"sample-2099-01-{lang}",
        lang=lang,
        title="2099年1月進出口貿易統計：排版範例（數字均為虛構）"
        if zh
        else "Trade of January 2099: a layout sample",
        subtitle="受惠人工智慧應用需求，出口續創佳績（虛構）"
        if zh
        else "Every number in this paper is invented",
        masthead=Masthead(
            "Tidewaiter",
            "統計簡訊" if zh else "Statistical brief",
            "0",
            (
                (("發布日期", "188年2月9日"), ("下次發布", "188年3月9日 16:00"))
                if zh
                else (("Published", "9 February 2099"), ("Next release", "9 March 2099, 16:00"))
            ),
        ),
        published=date(2099, 2, 9),
        period=Period.month(2099, 1),
        blocks=(
            *(_text_zh() if zh else _text_en()),
            months_chart(lang),
            years_chart(lang),
            bars_chart(lang),
            Heading(("附表" if zh else "Tables",)),
            totals_table(lang),
            groups_table(lang),
            brief_table(lang),
        ),
        sources=("虛構資料" if zh else "Invented data",),
        notes=("數字均為虛構，僅供排版測試。" if zh else "All numbers are invented.",),
        contacts=((("撰稿" if zh else "Author"), "Tidewaiter"),),
    )
    evidence = tuple(
        Evidence(
            figure,
            12.3456 * at,
            "1e6 USD" if "/level/" in figure else "percent",
            "printed" if "/level/" in figure else "(x − y) ÷ y × 100",
            ("sample@2099-01",),
            (f"Sample.xlsx › 表1 › C{at + 1}",),
            preliminary="2099-01" in figure,
        )
        for at, figure in enumerate(bare.figures())
    )
    return replace(bare, evidence=evidence)
