"""Examining a document: its claims held against the store, its tables against themselves.

A further extractor (a language model, say) may be plugged in: whatever claims it finds go through the
same resolution and verdicts as ours. None is used unless the caller brings it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.check.base import with_low_base
from tidewaiter.check.document import Document, read_document
from tidewaiter.check.foretold import with_predictions
from tidewaiter.check.formats import to_text
from tidewaiter.check.itself import audited_tables, by_itself, own_levels, own_tables
from tidewaiter.check.judged import Verdict
from tidewaiter.check.read import extract
from tidewaiter.check.together import named_together
from tidewaiter.check.verdict import judge_all
from tidewaiter.engine.vintages import Vintages

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tidewaiter.check.claim import Claim
    from tidewaiter.check.judged import Checked, Judgement
    from tidewaiter.engine.audit import Audit
    from tidewaiter.store import Store

Extractor = Callable[[Document, "date | None"], "list[Claim]"]


@dataclass(frozen=True)
class Examination:
    """What came of examining a document.

    Attributes:
        document: the text as the offsets count it.
        published: the day it was taken to be published.
        claims: its claims in order, each with its judgement.
        tables: its own tables, every derived cell recomputed; None when it has none.
        findings: what was left out or guessed when the file was read.
    """

    document: Document
    published: date | None
    claims: list[Checked]
    tables: Audit | None
    findings: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """No claim is contradicted and no cell of its tables is in conflict with the others."""
        wrong = ("contradicted", "wrong_slot", "hedge_stretched")
        told = any(str(item.judgement.verdict) in wrong for item in self.claims)
        return not told and not (self.tables and self.tables.findings)


def examine(
    data: bytes,
    *,
    name: str = "text",
    published: date | None = None,
    as_of: date | None = None,
    store: Store | None = None,
    extractors: Iterable[Extractor] = (),
) -> Examination:
    """Examine a document.

    Args:
        data: the bytes of a file.
        name: what to call it.
        published: the day it was published; read from the text when not given.
        as_of: check against the store as of this day instead of now.
        store: the figures; without one the document is held against itself alone.
        extractors: further readers of claims, after ours.
    """
    document, legible, kind, findings = _opened(data, name)
    day = published or document.date
    claims = [_as_written(claim, document) for claim in extract(legible, day)]
    for extractor in extractors:
        claims += [claim for claim in extractor(document, day) if not _told(claim, claims)]
    tables = own_tables(document.text, name, day)
    books = Vintages(store, day, as_of, tables)
    judged = in_order(claims, document, day, books)
    if kind == "pdf":
        judged = [_read_off_a_page(item) for item in judged]
    return Examination(document, day, judged, audited_tables(tables), findings)


def in_order(
    claims: list[Claim],
    document: Document,
    published: date | None,
    books: Vintages,
    known: dict[Claim, Judgement] | None = None,
) -> list[Checked]:
    """Every claim judged by the store, then by its neighbours and by the document itself, then told more."""
    judged = named_together(judge_all(claims, books, known), books)
    checked = by_itself(judged, own_levels(claims, published))
    scored = with_predictions(checked, document, published, books)
    return [with_low_base(item, books) for item in scored]


def _opened(data: bytes, name: str) -> tuple[Document, Document, str, tuple[str, ...]]:
    """The document as it is and as it is read (in Traditional signs), its kind, and what was left out."""
    told = to_text(data, name)
    document = read_document(told.text.encode("utf-8", "surrogatepass"), name)
    if document.date is None:
        document = replace(document, date=told.date)
    if told.traditional is None or len(told.traditional) != len(told.text):
        return document, document, told.kind, told.findings
    legible = read_document(told.traditional.encode("utf-8", "surrogatepass"), name)
    return document, legible, told.kind, told.findings


def _read_off_a_page(item: Checked) -> Checked:
    """Lines of a PDF may be read across its columns: what speaks against a claim is shown, not decided."""
    found = item.judgement
    if found.verdict not in (Verdict.CONTRADICTED, Verdict.WRONG_SLOT):
        return item
    doubt, doubt_zh = "the page may be read across its columns, look at it", "PDF 版面可能讀錯，請看原頁"
    reasons = f"{found.reason}; {doubt}", f"{found.reason_zh}；{doubt_zh}"
    told = replace(found, verdict=Verdict.UNDETERMINED, reason=reasons[0], reason_zh=reasons[1], slot=None)
    return replace(item, judgement=told)


def _as_written(claim: Claim, document: Document) -> Claim:
    """The claim with the words that stand in the document."""
    words = document.text[claim.start : claim.end]
    return claim if words == claim.text else replace(claim, text=words)


def _told(claim: Claim, others: list[Claim]) -> bool:
    """Ours has this claim already: the same words, the same meaning."""
    return any(claim.start < o.end and o.start < claim.end and claim.told() == o.told() for o in others)
