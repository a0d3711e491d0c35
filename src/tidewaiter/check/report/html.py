"""A check as a page: the text as it was, each claim marked, the evidence a tap away.

Self-contained and without script: each mark is a link to its card, each card a ``details`` element.
Verdicts are told by colour, by sign and by words. The text is hostile input and always escaped.
"""

from __future__ import annotations

from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from tidewaiter.check.report.rows import figure_text
from tidewaiter.check.report.words import SIGNS, label
from tidewaiter.check.verdict import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tidewaiter.check.judged import Checked, Verdict

_WORDS = {
    "zh": {
        "title": "查核報告", "claims": "項陳述", "figure": "資料", "route": "算法", "inputs": "依據",
        "release": "資料版本", "came": "結果", "none": "資料庫中沒有可對照的數字。",
        "legend": "點選文中標記，可見依據。",
    },
    "en": {
        "title": "Report of the check", "claims": "claims", "figure": "figure", "route": "formula",
        "inputs": "from", "release": "vintage", "came": "what came",
        "none": "The store has no figure to hold it against.", "legend": "Choose a mark to see its evidence.",
    },
}  # fmt: skip
_MOST_INPUTS = 12


def as_html(text: str, checked: Sequence[Checked], lang: str, title: str = "") -> str:
    """The page.

    Args:
        text: the document's text, as the offsets of the claims count it.
        checked: its claims.
        lang: language of the page, ``zh`` or ``en``; the text stays as it is.
        title: name of the document.
    """
    words = _WORDS[lang]
    css = resources.files("tidewaiter.check.report").joinpath("page.css").read_text(encoding="utf-8")
    head, tag = escape(title or words["title"]), "zh-Hant" if lang == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{tag}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{head}</title>\n'
        f"<style>\n{css}</style>\n</head>\n<body>\n<header>\n<h1>{head}</h1>\n"
        f"<p>{len(checked)} {words['claims']}</p>\n{_summary(checked, lang)}\n"
        f"<p>{words['legend']}</p>\n</header>\n"
        f'<main>\n<article class="text">{_marked(text, checked, lang)}</article>\n'
        f'<section class="cards" aria-label="{words["inputs"]}">\n{"".join(_card(c, lang) for c in checked)}'
        "</section>\n</main>\n</body>\n</html>\n"
    )


def _summary(checked: Sequence[Checked], lang: str) -> str:
    from tidewaiter.check.judged import Verdict  # noqa: PLC0415 — for its order only

    items = "".join(
        f'<li class="{verdict}">{_sign(Verdict(verdict))} {label(Verdict(verdict), lang)} <b>{count}</b></li>'
        for verdict, count in summary(checked).items()
    )
    return f'<ul class="summary">{items}</ul>'


def _sign(verdict: Verdict) -> str:
    return f'<span aria-hidden="true">{SIGNS[verdict]}</span>'


def _marked(text: str, checked: Sequence[Checked], lang: str) -> str:
    """The text with a link around each claim; of claims that overlap the first keeps the words."""
    parts, at = [], 0
    for item in sorted(checked, key=lambda c: (c.claim.start, -c.claim.end)):
        claim, verdict = item.claim, item.judgement.verdict
        if claim.start < at:
            parts.append(f'<a class="{verdict} also" href="#c{item.number}">{_sign(verdict)}</a>')
            continue
        parts.append(escape(text[at : claim.start]))
        parts.append(
            f'<a class="{verdict}" href="#c{item.number}" title="{label(verdict, lang)}">'
            f"{_with_sign(text[claim.start : claim.end], verdict)}</a>"
        )
        at = claim.end
    return "".join(parts) + escape(text[at:])


def _with_sign(words: str, verdict: Verdict) -> str:
    """The words with their sign; the last of them and the sign stay on one line."""
    return f'{escape(words[:-2])}<span class="end">{escape(words[-2:])}{_sign(verdict)}</span>'


def _card(item: Checked, lang: str) -> str:
    found, words = item.judgement, _WORDS[lang]
    reason = (found.reason_zh or found.reason) if lang == "zh" else found.reason
    rows = [f"<p>{escape(reason)}</p>"] if reason else []
    if found.figure is None:
        rows += [] if reason else [f"<p>{words['none']}</p>"]
    else:
        rows.append(_evidence(item, lang))
    if found.outcome:
        told = ", ".join(f"{name}: {value}" for name, value in found.outcome)
        rows.append(f"<p>{words['came']}: {escape(told)}</p>")
    mood = " open" if str(found.verdict) in ("wrong_slot", "contradicted", "hedge_stretched") else ""
    return (
        f'<details id="c{item.number}" class="{found.verdict}"{mood}><summary>{_sign(found.verdict)} '
        f"<q>{escape(item.claim.text.replace(chr(10), ''))}</q> <i>{label(found.verdict, lang)}</i></summary>"
        f"{''.join(rows)}</details>\n"
    )


def _evidence(item: Checked, lang: str) -> str:
    figure, words = item.judgement.figure, _WORDS[lang]
    if figure is None:
        return ""
    inputs = "".join(
        f"<li>{escape(f'{cell.key} {cell.statistic} {cell.period}')} = {cell.interval.mid:,.8g} "
        f"{escape(str(cell.unit))} <small>{escape(str(cell.place or ''))}</small></li>"
        for cell in figure.inputs[:_MOST_INPUTS]
    )
    more = "<li>…</li>" if len(figure.inputs) > _MOST_INPUTS else ""
    note = f"<dt></dt><dd>{escape(figure.note)}</dd>" if figure.note else ""
    return (
        f"<dl><dt>{words['figure']}</dt><dd><b>{escape(figure_text(item))}</b> {escape(item.claim.unit)}<br>"
        f"<code>{escape(str(figure.id))}</code></dd><dt>{words['route']}</dt><dd>{escape(figure.route)}</dd>"
        f"<dt>{words['release']}</dt><dd>{escape(', '.join(figure.releases))}</dd>{note}"
        f"<dt>{words['inputs']}</dt><dd><ul>{inputs}{more}</ul></dd></dl>"
    )
