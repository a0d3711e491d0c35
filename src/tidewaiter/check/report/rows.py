"""A check as rows: what the terminal prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.check.compare import in_unit
from tidewaiter.check.report.words import SIGNS, label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tidewaiter.check.judged import Checked

_OPEN_DECIMALS = 3


def as_rows(checked: Iterable[Checked], lang: str) -> list[dict[str, str]]:
    """One row a claim: number, words, verdict, the figure in the claim's unit, the release, why."""
    return [_row(item, lang) for item in checked]


def _row(item: Checked, lang: str) -> dict[str, str]:
    found = item.judgement
    return {
        "claim": str(item.number),
        "text": item.claim.text.replace("\n", ""),
        "verdict": f"{SIGNS[found.verdict]} {label(found.verdict, lang)}",
        "figure": figure_text(item),
        "release": found.figure.release if found.figure else "",
        "why": (found.reason_zh or found.reason) if lang == "zh" else found.reason,
    }


def figure_text(item: Checked) -> str:
    """The figure as a reader would write it beside the claim, empty when there is none."""
    figure = item.judgement.figure
    if figure is None:
        return ""
    value = in_unit(figure, item.claim.unit)
    if value is None:
        value = figure.interval
    if value.high == float("inf"):
        return f"≥ {value.low:g}"
    return f"{round(value.mid, _OPEN_DECIMALS):,g}" if abs(value.mid) < 1 else f"{value.mid:,.6g}"
