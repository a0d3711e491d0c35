"""Invented numbers and names shared by the parts of the sample bulletin."""

from __future__ import annotations

import math

from tidewaiter.bulletin.document import Said
from tidewaiter.bulletin.tables import Cell
from tidewaiter.model.period import Period

GROUPS = {
    "zh": (
        "電子零組件",
        "資通與視聽產品",
        "基本金屬及其製品",
        "機械",
        "塑橡膠及其製品",
        "化學品",
        "電機產品",
        "運輸工具",
        "光學及精密儀器",
        "礦產品",
        "紡織品",
        "其他",
        "動植物及調製食品",
        "家具",
        "玩具與體育用品",
    ),
    "en": (
        "Electronic components",
        "ICT and audio-video products",
        "Base metals",
        "Machinery",
        "Plastics and rubber",
        "Chemicals",
        "Electrical machinery",
        "Transport equipment",
        "Optical instruments",
        "Mineral products",
        "Textiles",
        "Others",
        "Food",
        "Furniture",
        "Toys and sports goods",
    ),
}


def fig(key: str, statistic: str, period: str) -> str:
    return f"TWN.{key}/{statistic}/{period}@2099-02-09"


def said(text: str, value: float, key: str, statistic: str, period: str) -> Said:
    return Said(text, (fig(key, statistic, period),), (value,))


def months_back(count: int) -> list[Period]:
    last = Period.month(2099, 1)
    return [last.shift(at - count + 1) for at in range(count)]


def level(at: int, base: float = 38000.0) -> float:
    return base * (1 + at / 60) * (1 + 0.12 * math.sin(at * 1.7))


def cell(value: float, decimals: int, figure: str) -> Cell:
    return Cell(f"{value:,.{decimals}f}", value, figure, decimals)
