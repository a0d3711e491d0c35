"""A claim: a figure as told in a text, with the span it stands in. The slots are the project's contract."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a document.

    Attributes:
        doc: name of the document.
        start: first character of the span in the text as given.
        end: one past its last character.
        text: the span's own words, line breaks included.
        where: title, lead, body, table, poster or comment.
        user: who wrote it (comments).
        time: when, as written (comments).
        indicator: exports, imports, balance, export_orders …
        reporter: whose figure it is.
        partner: with whom, ``W00`` for the world.
        commodity: of what, ``total`` for everything.
        period: 2023-11, 2023-01..2023-11, 2023-Q4, 2023 …
        statistic: level, yoy, share, record, streak …
        of: what a streak, rank, record or forecast is of.
        value: the number as text with its sign.
        unit: percent, percentage_point, 1e8 USD, months …
        hedge: exact, or the hedging word itself.
        modality: observed, forecast, target, conditional, opinion.
        candidates: other readings that the text leaves open: (slot, value).
    """

    doc: str
    start: int
    end: int
    text: str
    where: str
    user: str
    time: str
    indicator: str
    reporter: str
    partner: str
    commodity: str
    period: str
    statistic: str
    of: str
    value: str
    unit: str
    hedge: str
    modality: str
    candidates: tuple[tuple[str, str], ...] = ()

    def slots(self) -> dict[str, Any]:
        """The claim as one JSON object."""
        fields = {name: getattr(self, name) for name in self.__slots__ if name != "candidates"}
        if self.candidates:
            fields["candidates"] = [{slot: value} for slot, value in self.candidates]
        return fields

    def read_as(self, slot: str, value: str) -> Claim:
        """The same claim with one slot read otherwise."""
        parts: dict[str, Any] = {slot: value}
        return replace(self, **parts)

    def told(self) -> tuple[str, ...]:
        """What is told, without the place: equal for two claims that say the same."""
        return (
            self.indicator, self.reporter, self.partner, self.commodity, self.period,
            self.statistic, self.of, self.value, self.unit,
        )  # fmt: skip
