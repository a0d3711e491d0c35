"""One vintage of a history, read like a file of records: the first vintage plus the changes up to it."""

from __future__ import annotations

from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from tidewaiter.errors import StoreError
from tidewaiter.store.history.changes import added, keys, parted, read_changes, translated
from tidewaiter.store.history.codes import Codes
from tidewaiter.store.records import Block, Columns, Header, Records, chapter_of
from tidewaiter.store.records.header import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tidewaiter.store.history.changes import Changes
    from tidewaiter.store.history.codes import Places


class Snapshot:
    """A vintage. It has ``header``, ``blocks`` and ``columns`` as :class:`~tidewaiter.store.records.Records`.

    Args:
        first: the first vintage.
        header: of this one.
        lists: flows, commodities, partners of the first vintage, then those that came with each later one.
        changes: files of changes up to this one.
    """

    def __init__(
        self,
        first: Records,
        header: Header,
        lists: Sequence[tuple[tuple[str, ...], ...]],
        changes: Sequence[Path],
    ) -> None:
        self.path, self.header, self.lists = first.path, header, tuple(lists)
        self._first, self._files = first, tuple(changes)
        self._flows = tuple(dict.fromkeys(flow for flows, *_ in lists for flow in flows))
        self._goods = Codes.of([codes for _, codes, _ in lists], in_order)
        self._partners = Codes.of([codes for *_, codes in lists], sorted)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its blocks, in order."""
        return self.header.blocks

    def columns(self, block: Block) -> Columns:
        """One block as numpy columns, sorted by commodity, partner, month.

        Raises:
            StoreError: the changes do not fit the first vintage.
        """
        flow = self.header.flows[block.flow]
        where = f"{self.path.parent} block {flow} {block.chapter}".rstrip()
        base = next((b for b in self._first.blocks if self._same(b, flow, block.chapter)), None)
        later = self._later_of(flow, block.chapter)
        if base is None:
            found = _stacked(later)
        else:
            own = self._first.columns(base)
            found = own if not self._files else self._merged(self._raised(own), later, flow, where)
        if len(found.value) != block.rows:
            raise StoreError(
                f"the block comes to {len(found.value)} records, its header says {block.rows}",
                hint="append the vintages to a new history",
                where=where,
            )
        return self._lowered(found) if self._files else found

    def _same(self, block: Block, flow: str, chapter: str) -> bool:
        return self._first.header.flows[block.flow] == flow and block.chapter == chapter

    @cached_property
    def _changes(self) -> Changes:
        """All changes in one, by places in the sorted lists of all codes."""
        parts = [
            translated(read_changes(path), self._goods.came, self._partners.came) for path in self._files
        ]
        return added(parts).without_nothing()

    @cached_property
    def _chapters(self) -> dict[str, tuple[int, int]]:
        """Chapter → first place, and the place after the last, in the sorted list of all commodities."""
        found, at = {}, 0
        for chapter, codes in groupby(self._goods.all, chapter_of):
            end = at + sum(1 for _ in codes)
            found[chapter] = (at, end)
            at = end
        return found

    def _later_of(self, flow: str, chapter: str) -> Changes:
        place = self._flows.index(flow)
        low, high = (int(keys(place, end, 0, 0)) for end in self._chapters[chapter])
        return self._changes.between(low, high)

    @cached_property
    def _moves(self) -> bool:
        """Codes came since the first vintage, so places of codes moved."""
        return len(self._goods.all) > len(self._goods.own) or len(self._partners.all) > len(
            self._partners.own
        )

    def _raised(self, own: Columns) -> Columns:
        """Codes' places in the lists of all vintages."""
        if not self._moves:
            return own
        commodity = self._goods.own.astype(np.uint32)[own.commodity]
        return Columns(
            commodity, self._partners.own.astype(np.uint16)[own.partner], own.month, own.value, own.status
        )

    @cached_property
    def _within(self) -> tuple[Places | None, ...]:
        """Places of commodities and partners in this vintage's lists; None where they are the same."""
        pairs = (self._goods, self.header.commodities), (self._partners, self.header.partners)
        return tuple(None if codes.all == own else codes.within(own) for codes, own in pairs)

    def _lowered(self, found: Columns) -> Columns:
        """Codes' places in this vintage's lists."""
        commodity, partner = found.commodity, found.partner
        goods, partners = self._within
        commodity = commodity if goods is None else goods.astype(np.uint32)[commodity]
        partner = partner if partners is None else partners.astype(np.uint16)[partner]
        status = found.status if found.status is not None and found.status.any() else None
        return Columns(commodity, partner, found.month, found.value, status)

    def _merged(self, own: Columns, later: Changes, flow: str, where: str) -> Columns:
        """A block of the first vintage with the changes added."""
        if not len(later):
            return own
        key = keys(self._flows.index(flow), own.commodity, own.partner, own.month)
        at = np.searchsorted(key, later.key)
        hit = key[np.minimum(at, len(key) - 1)] == later.key
        if (later.present[~hit] != 1).any() or (later.present[hit] > 0).any():
            raise StoreError("the changes do not fit the vintage before them", where=where)
        value = own.value.copy()
        value[at[hit]] += later.value[hit]
        status = np.zeros(len(key), np.int8) if own.status is None else own.status.astype(np.int8)
        status[at[hit]] += later.withheld[hit]
        stays = np.ones(len(key), np.bool_)
        stays[at[hit][later.present[hit] < 0]] = False
        return _woven(
            Columns(own.commodity, own.partner, own.month, value, status.view(np.uint8)),
            stays,
            _stacked(later.where(~hit)),
            at[~hit],
        )


def _stacked(changes: Changes) -> Columns:
    told = parted(changes.key)
    return Columns(
        told["commodity"].astype(np.uint32),
        told["partner"].astype(np.uint16),
        told["month"].astype(np.int16),
        changes.value,
        changes.withheld.view(np.uint8),
    )


def _woven(own: Columns, stays: np.ndarray, new: Columns, at: np.ndarray) -> Columns:
    """The rows that stay, with new ones put before the rows that ``at`` says."""
    kept = np.cumsum(stays)
    kept_before = np.concatenate([[0], kept])[at]
    places = kept_before + np.arange(len(at))
    length = int(kept[-1]) + len(at)
    old = np.ones(length, np.bool_)
    old[places] = False

    def woven(one: np.ndarray, other: np.ndarray) -> np.ndarray:
        column = np.empty(length, one.dtype)
        column[places] = other
        column[old] = one if len(one) == kept[-1] else one[stays]
        return column

    names = ("commodity", "partner", "month", "value", "status")
    return Columns(*(woven(getattr(own, name), getattr(new, name)) for name in names))
