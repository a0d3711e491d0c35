"""The lists of the release: its parts and its tables, in the ministry's order.

A list names what may be told; what a given release does not have is left out of text and tables alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tidewaiter.bulletin.release.desk import EXPORTS, IMPORTS
from tidewaiter.bulletin.release.parts import Scheme

if TYPE_CHECKING:
    from tidewaiter.model.key import Key

GROUPS = (
    "electronic_components", "ict_av", "base_metals", "machinery", "plastics_rubber", "chemicals",
    "minerals", "electrical_machinery", "optical_precision", "transport_equipment", "textiles",
)  # fmt: skip
IMPORT_GROUPS = (
    "electronic_components", "minerals", "machinery", "chemicals", "ict_av", "base_metals",
    "electrical_machinery", "optical_precision", "transport_equipment", "plastics_rubber",
)  # fmt: skip
USES = ("capital_goods", "raw_materials", "consumer_goods")
EXPORT_USES = ("capital_goods", "intermediate_goods", "consumer_goods")
MARKETS = ("CHN+HKG", "USA", "ASEAN", "EUROPE", "JPN", "KOR")
PEERS = ("CHN", "KOR", "JPN", "SGP", "HKG", "USA", "DEU")
Across = Literal["commodity", "partner"]


def across(whole: Key, dimension: Across, codes: tuple[str, ...]) -> tuple[Key, ...]:
    """The parts of a whole in one dimension."""
    return tuple(whole.but(**{dimension: code}) for code in codes)


SCHEMES = (
    Scheme("groups", EXPORTS, across(EXPORTS, "commodity", GROUPS), "commodity", share=False, counted=True),
    Scheme("use", IMPORTS, across(IMPORTS, "commodity", USES), "commodity"),
    Scheme("markets", EXPORTS, across(EXPORTS, "partner", MARKETS), "partner", "lead.market"),
    Scheme("sources", IMPORTS, across(IMPORTS, "partner", MARKETS), "partner", "lead.source"),
)


@dataclass(frozen=True)
class Sheet:
    """One table of the release.

    Attributes:
        number: 表1 is 1.
        zh: caption.
        en: caption in English.
        keys: a column (or pair of columns) each.
        dimension: what names a column: flow, commodity or partner.
        shares: codes whose share of the total is printed too.
        rates: growth is printed beside the level.
    """

    number: int
    zh: str
    en: str
    keys: tuple[Key, ...]
    dimension: Literal["flow", "commodity", "partner"]
    shares: tuple[str, ...] = ()
    rates: bool = True


def _with_total(whole: Key, dimension: Across, codes: tuple[str, ...]) -> tuple[Key, ...]:
    return (whole, *across(whole, dimension, codes))


_LED = ("electronics_ict", "electronic_components", "ict_av")
SHEETS = (
    Sheet(
        1, "進出口貿易值及年增率", "Exports and imports, value and growth",
        (EXPORTS, IMPORTS, EXPORTS.but(flow="balance")), "flow",
    ),
    Sheet(
        2, "出口主要貨品分類", "Exports by commodity group",
        _with_total(EXPORTS, "commodity", ("electronics_ict", *GROUPS)), "commodity", _LED,
    ),
    Sheet(
        3, "進口主要貨品分類", "Imports by commodity group",
        _with_total(IMPORTS, "commodity", IMPORT_GROUPS), "commodity", ("electronic_components",),
    ),
    Sheet(
        6, "出口貿易結構", "Exports by use",
        _with_total(EXPORTS, "commodity", EXPORT_USES), "commodity", EXPORT_USES,
    ),
    Sheet(
        7, "進口貿易結構", "Imports by use", _with_total(IMPORTS, "commodity", USES), "commodity", USES,
    ),
    Sheet(
        8, "我國對主要國家（地區）出口金額及年增率", "Exports by market",
        _with_total(EXPORTS, "partner", MARKETS), "partner", ("CHN+HKG", "USA", "ASEAN"),
    ),
    Sheet(
        9, "我國自主要國家（地區）進口金額及年增率", "Imports by source",
        _with_total(IMPORTS, "partner", MARKETS), "partner", ("CHN+HKG", "USA", "ASEAN"),
    ),
)  # fmt: skip
