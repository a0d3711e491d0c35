"""Whatever the phrasebook writes, the reader gives back: write → read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.check.document import read_document
from tidewaiter.check.read import extract
from tidewaiter.phrases import Entry, phrasebook
from tidewaiter.phrases.numbers import amount, write_number

if TYPE_CHECKING:
    from tidewaiter.check.claim import Claim

PUBLISHED = date(2025, 9, 9)
SPAN = ("ytd_level", "ytd_yoy", "ytd_change")
LEADS = {
    ("zh", "month"): "2025年8月出口{first}，{phrase}。",
    ("zh", "span"): "2025年1-8月出口{first}，{phrase}。",
    ("zh", "ratio"): "2025年8月海外生產比{first}，{phrase}。",
    ("en", "month"): "Taiwan's exports in August 2025 came to {first}, {phrase}.",
    ("en", "span"): "Taiwan's exports in January-August 2025 came to {first}, {phrase}.",
    ("en", "ratio"): "The overseas production ratio in August 2025 followed, {phrase}.",
}
WRITTEN = [(entry.id, lang) for entry in phrasebook() for lang in ("zh", "en") if lang in entry.write]


def sentence(entry: Entry, lang: str, phrase: str) -> str:
    kind = "span" if entry.statistic in SPAN else ("ratio" if entry.statistic == "ratio" else "month")
    return LEADS[lang, kind].format(first="" if kind == "ratio" else amount(1.23e10, lang), phrase=phrase)


@st.composite
def slots(draw: Any, entry: Entry, lang: str) -> dict[str, Any]:
    size = draw(st.integers(1, 1999)) / 10
    value = -size if entry.id.endswith(".down") else (0.0 if entry.id.endswith(".flat") else size)
    months = draw(st.integers(2, 60))
    month = draw(st.integers(1, 12))
    year = draw(st.integers(1985, 2024))
    names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    known = {
        "n": months, "m": draw(st.integers(1, 11)), "value": write_number(abs(value), 1),
        "amount": amount(draw(st.integers(10, 9000)) * 1e8, lang),
        "year": f"{year}年" if lang == "zh" else str(year),
        "date": f"{year}年{month}月" if lang == "zh" else f"{names[month - 1]} {year}",
    }  # fmt: skip
    needed = {name for _, name, _, _ in Formatter().parse(entry.write[lang]) if name}
    if "nth" in needed:
        needed = needed - {"nth"} | {"n"}
    return {name: known[name] for name in needed} | {"_date": f"{year}-{month:02d}", "_year": str(year)}


def expected(entry: Entry, given_slots: dict[str, Any]) -> str | Decimal | None:
    value: str | Decimal | None = None
    if "value" in given_slots:
        value = Decimal(given_slots["value"].replace(",", "")) * (entry.sign or 1)
    if "n" in given_slots:
        value = Decimal(given_slots["n"]) + Decimal(given_slots.get("m", 0)) / 12
    if "date" in given_slots or "year" in given_slots:
        value = given_slots["_date" if "date" in given_slots else "_year"]
    return Decimal(entry.value) if entry.value else value


def tells(claim: Claim, entry: Entry, wanted: str | Decimal | None) -> bool:
    if claim.statistic != entry.statistic and not (entry.statistic == "ratio" and claim.statistic == "ratio"):
        return False
    if wanted is None or isinstance(wanted, str):
        return wanted is None or claim.value == wanted
    return abs(Decimal(claim.value) - wanted) < Decimal("1e-9")


@pytest.mark.parametrize(("phrase_id", "lang"), WRITTEN)
def test_what_is_written_is_read(phrase_id, lang):
    entry = phrasebook().entry(phrase_id)

    @settings(max_examples=15, deadline=None)
    @given(slots(entry, lang))
    def check(chosen: dict[str, Any]) -> None:
        open_slots = {name: value for name, value in chosen.items() if not name.startswith("_")}
        text = sentence(entry, lang, phrasebook().write(phrase_id, lang, **open_slots))
        claims = extract(read_document(text.encode(), "round trip"), PUBLISHED)
        assert any(tells(claim, entry, expected(entry, chosen)) for claim in claims), (text, claims)

    check()
