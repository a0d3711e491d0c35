"""From a document to its claims."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tidewaiter.check.claim import Claim
from tidewaiter.check.read.en import ReadEn
from tidewaiter.check.read.lexer import lex
from tidewaiter.check.read.normal import normalise
from tidewaiter.check.read.periods import Calendar
from tidewaiter.check.read.state import HOME, WORLD, State, Subject
from tidewaiter.check.read.zh import ReadZh

if TYPE_CHECKING:
    from tidewaiter.check.document import Document, Segment
    from tidewaiter.check.read.normal import Normal
    from tidewaiter.check.read.reader import Reader
    from tidewaiter.check.read.state import Draft
    from tidewaiter.check.read.tokens import Token

_OF_ORDERS = {
    "optical_precision": "optical",
    "ict_av": "ict_products",
    "electronic_components": "electronic_products",
}
_HEADING = {"zh": 40, "en": 80}
_READERS: dict[str, type[Reader]] = {"zh": ReadZh, "en": ReadEn}


def extract(document: Document, published: date | None = None) -> list[Claim]:
    """Every claim of a document, in order of its spans.

    Args:
        document: the document.
        published: the day it was published; the date it bears itself when None, today when it bears none.

    Returns:
        The claims. Cells of tables are none; what a second title repeats is told once.
    """
    day = published or document.date or datetime.now(tz=UTC).date()
    state = State()
    calendar = Calendar.of(day)
    start_over(state, calendar)
    claims: list[Claim] = []
    titles: set[tuple[str, ...]] = set()
    for segment in document.segments:
        if segment.where == "table":
            continue
        if segment.where == "comment":
            state, calendar = State(), Calendar.of(day)
            start_over(state, calendar)
        found = _segment(document, segment, state, calendar)
        if segment.where == "title":
            found = [claim for claim in found if claim.told() not in titles]
            titles |= {claim.told() for claim in found}
        claims += found
    return sorted(claims, key=lambda claim: claim.start)


def start_over(state: State, calendar: Calendar) -> None:
    """The default period is the month before publication."""
    year, month = calendar.month
    state.period = state.main = f"{year:04d}-{month:02d}"


def _segment(document: Document, segment: Segment, state: State, calendar: Calendar) -> list[Claim]:
    normal = normalise(segment.text, segment.places, segment.lang)
    tokens = lex(normal, segment.lang)
    if _heads(segment, tokens):
        _under(state, peers=_announces_peers(tokens))
        if not state.claimed:
            _topic(tokens, state)
    if not tokens:
        return []
    state.exporters = state.peers  # a list of exporters ends with its paragraph
    if segment.where == "title":
        _topic(tokens, state)
        for token in tokens:
            if token.kind == "soft":
                token.kind = "stop"
    reader = _READERS[segment.lang](tokens, normal.text, calendar, state)
    return [_claim(document, segment, normal, draft) for draft in reader.read()]


def _heads(segment: Segment, tokens: list[Token]) -> bool:
    """A heading: one short line that ends no sentence and tells no figure."""
    line = segment.text.strip()
    ended = line.endswith(("。", ".", "；", ";", "：", ":"))
    short = len(line) <= _HEADING[segment.lang] and "\n" not in line
    return short and not ended and not any(token.is_claim for token in tokens)


def _under(state: State, *, peers: bool) -> None:
    """A new heading: the countries of the section before are not whose figures come now."""
    if state.peers and not peers:
        state.subject = state.subject.but(reporter=HOME, partner=WORLD)
    state.peers = state.exporters = peers


def _announces_peers(tokens: list[Token]) -> bool:
    """主要國家（地區）貿易概況, Trade of other economies: no trade of ours with them."""
    return any(t.does("exporters") for t in tokens) and not any(t.does("prep") for t in tokens)


def _topic(tokens: list[Token], state: State) -> None:
    """A title that names one commodity and no total says what the document is about."""
    named = {token.code for token in tokens if token.kind == "commodity"}
    numbers = any(token.is_claim for token in tokens)
    flows = [token.code for token in tokens if token.kind == "flow"]
    if len(named) == 1 and not numbers:
        state.topic = named.pop()
        state.subject = Subject(commodity=state.topic, indicator=flows[0] if flows else "exports")


def _claim(document: Document, segment: Segment, normal: Normal, draft: Draft) -> Claim:
    start, end = normal.span(draft.start, draft.end)
    subject = draft.subject
    if subject.indicator in ("export_orders", "overseas_production_ratio"):
        subject = subject.but(commodity=_OF_ORDERS.get(subject.commodity, subject.commodity))
    return Claim(
        document.name, start, end, document.text[start:end], segment.where, segment.user, segment.time,
        subject.indicator, subject.reporter, subject.partner, subject.commodity, draft.period,
        draft.statistic, draft.of, draft.value, draft.unit, draft.hedge, draft.modality, draft.candidates,
    )  # fmt: skip
