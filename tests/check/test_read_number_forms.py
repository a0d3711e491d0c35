"""The forty written forms of numbers in ../shared, each read as what it means."""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tidewaiter.check.document import language
from tidewaiter.check.read.lexer import lex
from tidewaiter.check.read.normal import normalise
from tidewaiter.phrases.numerals import read_number

if TYPE_CHECKING:
    from tidewaiter.check.read.tokens import Token

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
FORMS = SHARED / "claims" / "number_forms.csv"
NEEDED = 38


def tokens_of(text: str) -> list[Token]:
    lang = language(text)
    return lex(normalise(text, list(range(len(text) + 1)), lang), lang)


def base_value(token: Token) -> Decimal:
    """The value in units of one: 5.425e+10 USD, not 542.5 of 1e8."""
    scale = re.match(r"1e(\d+) ", token.unit)
    return Decimal(token.value).scaleb(int(scale[1])) if scale else Decimal(token.value)


def read_form(text: str) -> list[Decimal]:
    """Every number of a snippet: amounts, rates, counts of phrases, years."""
    found: list[Decimal] = []
    for token in tokens_of(text):
        if token.is_number:
            found.append(base_value(token))
        elif token.kind == "phrase" and token.slots:
            found += phrase_numbers(token)
    return found


def phrase_numbers(token: Token) -> list[Decimal]:
    number = read_number(token.slots["n"]) if "n" in token.slots else Decimal(0)
    if "m" in token.slots:
        number += read_number(token.slots["m"]) / 12
    if "half" in token.slots:
        number += Decimal("0.5")
    return [number]


def meant(meaning: str) -> list[Decimal]:
    return [Decimal(part) for part in re.findall(r"-?\d+(?:\.\d+)?(?:e\+\d+)?", meaning)]


@pytest.mark.shared
def test_number_forms_are_read_as_they_are_meant():
    if not FORMS.exists():
        pytest.skip(f"{FORMS} is not there")
    wrong = []
    with FORMS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            wanted, got = meant(row["meaning"]), read_form(row["text"])
            have = Counter(value.normalize() for value in got)
            need = Counter(value.normalize() for value in wanted)
            if need != have:
                wrong.append((row["text"], row["meaning"], [str(v) for v in got]))
    assert 40 - len(wrong) >= NEEDED, wrong
