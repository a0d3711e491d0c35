"""The names and signs of the verdicts: readable without colour."""

from __future__ import annotations

from tidewaiter.check.judged import Verdict

SIGNS = {
    Verdict.CONFIRMED: "✓",
    Verdict.CONSISTENT_WITH_ROUNDING: "≈",
    Verdict.CONSISTENT_WITH_VINTAGE: "◷",
    Verdict.HEDGE_STRETCHED: "~",
    Verdict.WRONG_SLOT: "⇄",
    Verdict.CONTRADICTED: "✗",
    Verdict.UNDETERMINED: "?",
    Verdict.PENDING: "…",
    Verdict.REPEAT: "↺",
    Verdict.NOT_CHECKABLE: "–",
}
_LABELS = {
    Verdict.CONFIRMED: ("證實", "confirmed"),
    Verdict.CONSISTENT_WITH_ROUNDING: ("進位範圍內相符", "consistent with rounding"),
    Verdict.CONSISTENT_WITH_VINTAGE: ("與另一版資料相符", "true in another vintage"),
    Verdict.HEDGE_STRETCHED: ("用詞寬鬆", "hedge stretched"),
    Verdict.WRONG_SLOT: ("數字張冠李戴", "right number, wrong slot"),
    Verdict.CONTRADICTED: ("與資料不符", "contradicted"),
    Verdict.UNDETERMINED: ("無法判定", "undetermined"),
    Verdict.PENDING: ("尚待揭曉", "pending"),
    Verdict.REPEAT: ("重複", "repeat"),
    Verdict.NOT_CHECKABLE: ("無法查核", "not checkable"),
}


def label(verdict: Verdict, lang: str) -> str:
    """The verdict in words.

    Examples:
        >>> label(Verdict.WRONG_SLOT, "zh"), label(Verdict.WRONG_SLOT, "en")
        ('數字張冠李戴', 'right number, wrong slot')
    """
    return _LABELS[verdict][lang == "en"]
