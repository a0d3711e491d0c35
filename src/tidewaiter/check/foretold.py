"""Predictions told by comparison: 2023 will be lower than 2003's 35.697 %.

The number told is the one compared with; what is foretold is of another year. So the prediction is kept
beside that number's claim, with who told it and when, and is scored once the year is out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.check.compare import in_unit
from tidewaiter.check.question import questions
from tidewaiter.check.stated import stated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tidewaiter.check.document import Document, Segment
    from tidewaiter.check.judged import Checked
    from tidewaiter.check.question import Question
    from tidewaiter.engine.vintages import Vintages
    from tidewaiter.model.figure import Figure

_ZH = re.compile(
    r"(?P<year>\d{4}|今|明)年(?:(?!\d{4}年)[^。；]){0,40}?(?:會|將|可能|恐|料|預估|或許)(?:(?!\d{4}年)[^。；]){0,20}?比"
    r"(?P<than>\d{4})年的?(?P<value>\d[\d.]*)[%％][^。；,，]{0,4}?(?P<side>低|高|少|多)"
)
_EN = re.compile(
    r"(?P<year>\d{4})(?:(?!\b\d{4}\b)[^.;]){0,50}?\b(?:will|may|could|might|should|would)\b[^.;]{0,40}?"
    r"\b(?P<side>lower than|higher than|below|above)(?: in)? (?P<than>\d{4})(?:'s|’s)? ?(?:at |of )?"
    r"(?P<value>\d[\d.]*) ?(?:%|percent|per cent)"
)
_LOWER = ("低", "少", "lower than", "below")
_RELATIVE = {"今": 0, "明": 1}


@dataclass(frozen=True, slots=True)
class Prediction:
    """What is foretold by comparison.

    Attributes:
        at: place in the document of the number compared with.
        year: the year foretold.
        lower: it will be lower than that number; else higher.
    """

    at: int
    year: str
    lower: bool


def with_predictions(
    checked: list[Checked], document: Document, published: date | None, books: Vintages
) -> list[Checked]:
    """The claims, those that a prediction compares with told what was foretold and what came."""
    found = [one for segment in document.segments for one in predictions(segment, published)]
    return [_scored(item, found, books) for item in checked]


def predictions(segment: Segment, published: date | None) -> Iterator[Prediction]:
    """The predictions of one part of a document."""
    pattern, text, places = _EN, segment.text, list(range(len(segment.text)))
    if segment.lang == "zh":  # lines of a comment are joined with blanks, which part words
        places = [at for at, sign in enumerate(segment.text) if not sign.isspace()]
        pattern, text = _ZH, "".join(segment.text[at] for at in places)
    for match in pattern.finditer(text):
        year = match["year"]
        if year in _RELATIVE:
            if published is None:
                continue
            year = str(published.year + _RELATIVE[year])
        if published is not None and int(year) < published.year:
            continue  # that year was over: no prediction
        at = segment.places[places[match.start("value")]]
        yield Prediction(at, year, match["side"] in _LOWER)


def _latest(asked: Question, books: Vintages) -> Figure | None:
    """A year is compared with another as both are known now."""
    return books.latest.find(asked.key, asked.statistic, asked.period, asked.of)


def _scored(item: Checked, found: list[Prediction], books: Vintages) -> Checked:
    claim = item.claim
    for one in found:
        if not claim.start <= one.at < claim.end:
            continue
        side = "lower" if one.lower else "higher"
        outcome = [("predicted", f"{one.year} {side} than {claim.value}")]
        asked = questions(replace(claim, period=one.year, candidates=()))
        figure = _latest(asked[0], books) if asked else None
        value = in_unit(figure, claim.unit) if figure else None
        told = stated(claim.value, "exact", claim.unit, claim.text)
        if figure is None or value is None or told is None:
            outcome.append(("result", "pending"))
        else:
            right = value.high < told.exact.low if one.lower else value.low > told.exact.high
            wrong = value.low > told.exact.high if one.lower else value.high < told.exact.low
            result = "right" if right else "wrong" if wrong else "open"
            outcome += [("came", f"{value.mid:.5g}"), ("result", result), ("release", figure.release)]
        return replace(item, judgement=replace(item.judgement, outcome=tuple(outcome)))
    return item
