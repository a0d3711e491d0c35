"""Examining a document: its claims held against the store, its tables against themselves.

A further extractor (a language model, say) may be plugged in: whatever claims it finds go through the
same resolution and verdicts as ours. None is used unless the caller brings it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.check.base import with_low_base
from tidewaiter.check.document import Document, read_document
from tidewaiter.check.itself import audited_tables, by_itself, own_levels, own_tables
from tidewaiter.check.read import extract
from tidewaiter.check.verdict import judge_all
from tidewaiter.engine.vintages import Vintages

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tidewaiter.check.claim import Claim
    from tidewaiter.check.judged import Checked
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
    """

    document: Document
    published: date | None
    claims: list[Checked]
    tables: Audit | None

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
    document = read_document(data, name)
    day = published or document.date
    claims = extract(document, day)
    for extractor in extractors:
        claims += [claim for claim in extractor(document, day) if not _told(claim, claims)]
    tables = own_tables(document.text, name, day)
    books = Vintages(store, day, as_of, tables)
    checked = by_itself(judge_all(claims, books), own_levels(claims, day))
    return Examination(document, day, [with_low_base(c, books) for c in checked], audited_tables(tables))


def _told(claim: Claim, others: list[Claim]) -> bool:
    """Ours has this claim already: the same words, the same meaning."""
    return any(claim.start < o.end and o.start < claim.end and claim.told() == o.told() for o in others)
